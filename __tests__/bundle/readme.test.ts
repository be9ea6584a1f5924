import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, serve } from '../../verification/simulator/index.js'
import { drive, open, workflow } from '../../verification/simulator/stories.js'
import { SERVERS_CLOCK } from '../support/bundle.js'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const shell = (path: string): string[] =>
  [...read(path).matchAll(/```sh\n([^]*?)```/g)].map(([, code = '']) => code)
const run = promisify(execFile)

describe('the shell blocks of README.md, on a server with one stale pull', () => {
  let server: SimulatedServer
  let number: number
  beforeAll(async () => {
    const forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'main', workflow: workflow() })
    number = drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
    forge.clock.advance('12m')
    server = await serve(forge)
  })
  afterAll(() => server.close())

  const played = async (code: string): Promise<string> => {
    const here = code
      .replaceAll('https://git.example.org', server.apiUrl.replace('/api/v1', ''))
      .replaceAll('=…', `=${server.token}`)
      .replaceAll('/pulls/1759', `/pulls/${number}`)
      .replaceAll('node dist/index.js', `"${process.execPath}" "${join(root, 'dist/index.js')}"`)
    const env = { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: SERVERS_CLOCK.join(' ') }
    return (await run('sh', ['-ec', here], { env })).stdout
  }
  const block = (start: string): string =>
    shell('README.md').find(code => code.startsWith(start)) ?? ''

  it('the sweep from cron judges, and writes nothing', async () => {
    const said = await played(block('INPUT_TOKEN=…'))
    expect(said).toContain(
      '1 open pull request: 1 would be repaired (dry run: nothing was written)',
    )
  })

  it('the one for a blocked pull says why it is blocked', async () => {
    const said = await played(block('UMBRELLA_REAPER_TOKEN=…'))
    expect(said).toContain('stale: the umbrella is proven stale.')
  })

  it('nothing was written by any of them', () => {
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('every other command of README.md and docs/e2e.md', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = ['README.md', 'docs/e2e.md', 'CONTRIBUTING.md'].flatMap(path =>
    [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name),
  )

  it.each([...new Set(named)])('npm run %s exists', name => {
    expect(Object.keys(scripts)).toContain(name)
  })
})

it('the picture of README.md is what the demo prints', async () => {
  const words = ['--import', 'tsx', 'scripts/pictures.ts', '--check']
  await expect(run(process.execPath, words, { cwd: root })).resolves.toBeDefined()
})
