import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { crashesIn, reportOf } from '../../verification/recorded-answers/report.js'
import { decode, noCounts, tallyOf } from '../../verification/recorded-answers/tally.js'
import type { Tally } from '../../verification/recorded-answers/tally.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorded-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(name: string, content: string): void {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

const PULL = { number: 7, state: 'open', head: { sha: 'a'.repeat(40) } }
const API = '/repos/acme/widgets'

/** Decodes by schema. */
const decodesIn = ({ schemas }: Tally): Record<string, number> =>
  Object.fromEntries([...schemas].map(([name, { decodes }]) => [name, decodes]))

const refusalsIn = ({ schemas }: Tally): readonly string[] =>
  [...schemas].flatMap(([name, { refusals }]) =>
    [...refusals].map(([reason, files]) => `${name}: ${reason} (${files.length})`),
  )

/** An exchange as PyGithub writes it. */
const replayed = (method: string, path: string, status: number, body: string, asked = 'None') =>
  ['https', method, 'api.github.com', 'None', path, '{}', asked, status, '[]', body, '', ''].join(
    '\n',
  )

describe('recorded answers', () => {
  it('reads PyGithub: a pull, a body of two lines, a 404, what nobody reads', async () => {
    put(
      'ReplayData/Pull.setUp.txt',
      replayed('GET', `${API}/pulls/7?x=1`, 200, JSON.stringify(PULL)) +
        replayed('GET', `/api/v3${API}`, 200, '{"default_branch":\n"main"}') +
        replayed('GET', `${API}/pulls/8`, 404, '{"message":"Not Found"}') +
        replayed('GET', '/user', 200, '{}'),
    )
    const tally = await tallyOf(folder)
    expect(decodesIn(tally)).toEqual({ WirePull: 1, WireRepository: 1 })
    const { files, exchanges, failed, unread, broken } = tally
    expect({ files, exchanges, failed, unread, broken }).toEqual({
      files: 1,
      exchanges: 4,
      failed: 1,
      unread: 1,
      broken: [],
    })
  })

  it('reads WireMock: a body in __files, one in the mapping, a query', async () => {
    const mapping = (request: object, response: object) =>
      JSON.stringify({
        request: { method: 'GET', ...request },
        response: { status: 200, ...response },
      })
    const commit = { commit: { sha: 'b'.repeat(40) } }
    put('w/__files/1.json', JSON.stringify(commit))
    put('w/mappings/1.json', mapping({ url: `${API}/branches/main` }, { bodyFileName: '1.json' }))
    put('w/mappings/2.json', mapping({ urlPath: `${API}/rules/branches/main` }, { body: '[]' }))
    const query = 'query viewer { viewer { login } }'
    const patterns = [{ equalToJson: JSON.stringify({ query }) }]
    const data = { viewer: { login: 'ann' } }
    put(
      'w/mappings/3.json',
      mapping({ method: 'POST', url: '/graphql', bodyPatterns: patterns }, { jsonBody: { data } }),
    )
    put('w/mappings/4.json', mapping({ url: API }, { bodyFileName: 'gone.json' }))
    const tally = await tallyOf(folder)
    expect(decodesIn(tally)).toEqual({
      WireBranch: 1,
      WireTip: 1,
      'WireRule[]': 1,
      GraphqlAnswer: 1,
      NodeViewer: 1,
    })
    expect(tally.broken).toEqual(['w/mappings/4.json: there is no __files/gone.json'])
  })

  it('reads fixtures of octokit', async () => {
    const status = { id: 1, state: 'success', context: 'ci', created_at: '2026-05-14T12:00:00Z' }
    const one = { scope: 'https://api.github.com:443', status: 200 }
    const file = { content: Buffer.from('on: push').toString('base64'), encoding: 'base64' }
    put(
      'scenarios/status/raw-fixture.json',
      JSON.stringify([
        { ...one, method: 'post', path: `${API}/statuses/abc`, status: 201, response: status },
        { ...one, method: 'get', path: `${API}/contents/ci.yml?ref=x`, response: file },
        { ...one, method: 'get', path: `${API}/contents/`, response: [] },
        { ...one, method: 'get', path: `${API}/contents/raw`, response: 'on: push' },
      ]),
    )
    const tally = await tallyOf(folder)
    expect(decodesIn(tally)).toEqual({
      WireStatus: 1,
      'contents of a file': 1,
      'contents of a folder': 1,
    })
    expect(refusalsIn(tally)).toEqual(['contents of a file: no JSON (1)'])
  })

  it('reads cassettes: text, packed bytes, and the words of httpx', async () => {
    const packed = gzipSync(JSON.stringify([])).toString('base64')
    const at = `https://api.github.com${API}`
    put(
      'cassettes/one/http.json',
      `interactions:
- request: { body: null, method: GET, uri: '${at}/pulls/7' }
  response:
    body: { string: '${JSON.stringify(PULL)}' }
    status: { code: 200, message: OK }
- request: { body: { a: 1 }, method: GET, uri: '${at}/pulls' }
  response:
    body:
      string: !!binary |
        ${packed}
    status: { code: 200, message: OK }
- request: { body: '', method: GET, uri: '${at}/commits/abc/check-runs' }
  response: { content: '{"total_count": 0, "check_runs": []}', status_code: 200 }
version: 1
`,
    )
    const tally = await tallyOf(folder)
    expect(tally.broken).toEqual([])
    expect(decodesIn(tally)).toEqual({ WirePull: 1, 'WireListedPull[]': 1, 'WireChecks *': 1 })
  })

  it('tells refusals by reason with the first three files, and what crashed', async () => {
    const cut = JSON.stringify({ total_count: 2, jobs: [{ id: 1 }, { id: 2 }] })
    for (const name of ['a', 'b', 'c', 'd'])
      put(`${name}.txt`, replayed('GET', `${API}/pulls/7`, 200, '{"number":7}'))
    put('jobs.txt', replayed('GET', `${API}/actions/runs/5/jobs`, 200, cut))
    const tally = await tallyOf(folder)
    expect(refusalsIn(tally)).toEqual([
      'WirePull: state Invalid input: expected string, received undefined; ' +
        'head Invalid input: expected object, received undefined (4)',
      expect.stringMatching(/^WireJobs: jobs\.\*\.run_id Invalid input/),
    ])
    expect(reportOf([tally])).toMatch(/\| 4 \| a\.txt b\.txt c\.txt \|/)
    expect(crashesIn([tally])).toEqual([])
  })

  it('counts what is no refusal as a crash', async () => {
    const counts = noCounts()
    const read = (body: unknown) => (body as { readonly rows: readonly string[] }).rows.join()
    await decode(counts, { schema: 'WireJobs', read }, null, 'jobs.txt')
    expect(counts).toMatchObject({ decodes: 0, crashes: [expect.stringMatching(/^jobs\.txt: /)] })
    const tally = { ...(await tallyOf(folder)), schemas: new Map([['WireJobs', counts]]) }
    expect(crashesIn([tally])).toHaveLength(1)
    expect(reportOf([tally])).toContain('Crashes, 1:\n\n- jobs.txt: ')
  })

  it('ends with 1 where a folder shows nothing', () => {
    const script = join(import.meta.dirname, '../../verification/recorded-answers/main.ts')
    const run = (...folders: readonly string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', script, ...folders], { encoding: 'utf8' })
    expect(run()).toMatchObject({ status: 1, stderr: 'no folder was given\n' })
    expect(run(folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no recorded answer in'),
    })
    put('a.txt', replayed('GET', '/user', 200, '{}'))
    expect(run(folder)).toMatchObject({ status: 0, stderr: '' })
  })

  it('passes over files that are no recordings', async () => {
    put('README.txt', 'https\nis a word')
    put('package.json', '{"scripts":{}}')
    put('list.json', '[1]')
    put('open.yml', 'on: push')
    expect(await tallyOf(folder)).toMatchObject({ files: 0, exchanges: 0, broken: [] })
  })
})
