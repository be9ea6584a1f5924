// A token that leaks in any place fails whatever test starts the bundle: planted here, place by
// place, by a script in the place of the bundle.
import { afterEach, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leaksIn } from '../../scripts/canary.js'
import type { SimulatedServer } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import { runBundle } from '../support/bundle.js'
import { openServer } from '../support/open-server.js'

const TOKEN = 'canary/0123+456"789 <abc'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function serving(): Promise<SimulatedServer> {
  return openServer(createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' }))
}

/** A run of this program in the place of the bundle, which is given the token and an address. */
async function run(program: string, other = ''): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'))
  folders.push(folder)
  const script = join(folder, 'leaks.mjs')
  const token = `const token = process.env.INPUT_TOKEN, other = ${JSON.stringify(other)}\n`
  writeFileSync(script, `import fs from 'node:fs'\n${token}${program}\n`)
  const { apiUrl } = await serving()
  return runBundle({ apiUrl, repo: 'acme/widgets', token: TOKEN, script })
}

const API = 'process.env.GITHUB_API_URL'

it.each([
  { place: 'standard output', program: 'console.log(`x${token}x`)' },
  { place: 'standard error', program: 'console.error(token)' },
  { place: 'output', program: 'fs.appendFileSync(process.env.GITHUB_OUTPUT, `x=${token}\\n`)' },
  { place: 'summary', program: 'fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, token)' },
  { place: 'temp', program: 'fs.writeFileSync(`${process.env.RUNNER_TEMP}/report`, token)' },
  { place: 'workspace', program: "fs.mkdirSync('a'); fs.writeFileSync('a/b', token)" },
  { place: 'JSON-escaped', program: 'console.log(JSON.stringify({ token }))' },
  { place: 'URL-encoded', program: 'console.log(encodeURIComponent(token))' },
  ...['', 'a', 'ab', 'abc'].map(before => ({
    place: 'base64',
    program: `console.log(Buffer.from('${before}' + token + ':x').toString('base64'))`,
  })),
  { place: 'base64', program: "console.log(Buffer.from(token).toString('base64url'))" },
  { place: 'hexadecimal', program: "console.log(Buffer.from(token).toString('hex'))" },
  {
    place: 'beside the header',
    program: `await fetch(${API} + '?t=' + encodeURIComponent(token))`,
  },
  {
    place: 'beside the header',
    program: `await fetch(${API}, { headers: { 'x-token': btoa(token) } })`,
  },
  { place: 'beside the header', program: `await fetch(${API}, { method: 'POST', body: token })` },
])('a token in $place is found: $program', async ({ place, program }) => {
  await expect(run(program)).rejects.toThrow(
    new RegExp(`^the token leaks: .*${place.replace('/', '.')}`),
  )
})

it('a token that goes to another server is found', async () => {
  const { apiUrl } = await serving()
  const headers = "{ authorization: 'token ' + token, 'user-agent': 'umbrella-reaper' }"
  const program = `await fetch(other, { headers: ${headers} })`
  await expect(run(program, apiUrl)).rejects.toThrow('the header of a request to http://127.0.0.1')
})

it('nothing is found where it goes to its own server, or is masked', async () => {
  const program =
    `console.log('::add-mask::' + token)\n` +
    `await fetch(${API}, { headers: { authorization: 'token ' + token } })`
  await expect(run(program)).resolves.toMatchObject({ code: 0 })
})

it.each(['', 'canary', 'canary0123456789ab', Buffer.from('abcdefghi').toString('hex')])(
  'words are no token: %s',
  text => {
    expect(leaksIn(text, TOKEN)).toEqual([])
  },
)
