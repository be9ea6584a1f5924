import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Forge, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, serve } from '../../verification/simulator/index.js'
import { drive, open, UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import { SERVERS_CLOCK } from '../support/bundle.js'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs/runbook.md'), 'utf8')
/** Each block of shell under its heading, in the order of the page. */
const blocks = [...page.matchAll(/## ([^\n]+)\n((?:(?!\n## )[^])*)/g)].flatMap(
  ([, title = '', text = '']) =>
    [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, code = '']) => ({ title, code })),
)
const run = promisify(execFile)

describe('docs/runbook.md, on a server with one stale pull', () => {
  let forge: Forge
  let server: SimulatedServer
  let folder: string
  const umbrella = (): string =>
    forge.latest(forge.head(1)).find(({ context }) => context === UMBRELLA)?.state ?? ''

  beforeAll(async () => {
    forge = createForge('gitea-1.25.5', { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'main', workflow: workflow() })
    drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
    forge.clock.advance('12m')
    server = await serve(forge)
    folder = mkdtempSync(join(tmpdir(), 'runbook-'))
    await run('git', ['init', '-q', folder])
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const played = async (code: string): Promise<string> => {
    const here = code
      .replaceAll('https://git.example.org', server.apiUrl.replace('/api/v1', ''))
      .replaceAll('node dist/index.js', `"${process.execPath}" "${join(root, 'dist/index.js')}"`)
    const { stdout } = await run('sh', ['-ec', here], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        NODE_OPTIONS: SERVERS_CLOCK.join(' '),
        TOKEN: server.token,
        sha: forge.head(1),
        GIT_AUTHOR_NAME: 'x',
        GIT_AUTHOR_EMAIL: 'x@example.org',
        GIT_COMMITTER_NAME: 'x',
        GIT_COMMITTER_EMAIL: 'x@example.org',
      },
    })
    return stdout
  }

  it('has a block for each step', () => {
    expect(blocks.map(({ title }) => title)).toEqual([
      'Diagnose',
      'Diagnose',
      'Recover with the tool',
      'Recover by hand',
      'Verify',
      'Revoke',
      'Audit',
    ])
  })

  // One after the other, as somebody would: each says what the page says of it.
  it.each([
    { at: 0, says: 'stale: the umbrella is proven stale.', then: 'failure' },
    { at: 1, says: 'superseded-evidence: ', then: 'failure' },
    { at: 2, says: 'repaired', then: 'success' },
    { at: 3, says: 'Run the checks again', then: 'success' },
    { at: 4, says: '[ur-green ', then: 'success' },
    { at: 5, says: '"status":"failure"', then: 'failure' },
    { at: 6, says: 'closed by hand', then: 'failure' },
  ])('block $at: $says', async ({ at, says, then }) => {
    expect((await played(blocks[at]?.code ?? 'false')).replaceAll('": ', '":')).toContain(says)
    expect(umbrella()).toBe(then)
  })
})
