import { describe, expect, it } from '@jest/globals'
import type { Forge, Hook, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, takeReruns } from '../../verification/simulator/index.js'
import { drive, open, REQUIRED, UMBRELLA } from '../../verification/simulator/stories.js'
import type { BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'
import { openServer } from '../support/open-server.js'

interface Entry {
  number: number
  kind: string
  reason: string
  outcome: string
  detail: string
  command: string | null
  gate: unknown
  posted: unknown
}

async function forgeWith(
  stories: (forge: Forge) => void,
  profile: Parameters<typeof createForge>[0] = 'gitea-1.22.6',
): Promise<{ forge: Forge; server: SimulatedServer }> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  stories(forge)
  forge.clock.advance('12m')
  const server = await openServer(forge)
  return { forge, server }
}

const stale = (forge: Forge, name = 'stale'): number =>
  drive(forge, open(forge, name), { 'all-required': 'failure' })
const sweep = (
  server: SimulatedServer,
  inputs: Record<string, string> = {},
  token = server.token,
): Promise<BundleRun> =>
  runBundle({
    apiUrl: server.apiUrl,
    repo: 'acme/widgets',
    token,
    inputs: { 'required-contexts': REQUIRED.join('\n'), ...inputs },
  })
const entries = (run: BundleRun): Entry[] => (run.report as { pulls: Entry[] } | null)?.pulls ?? []
const posts = (server: SimulatedServer) => server.requests.filter(({ method }) => method !== 'GET')

describe(
  'bad input: one message that names every fault, exit 1, nothing asked and ' + 'nothing written',
  () => {
    it.each<{ fault: string; inputs: Record<string, string>; says: readonly string[] }>([
      {
        fault: 'a unit nobody has',
        inputs: { 'min-age': '5 parsecs' },
        says: ['min-age', '5 parsecs', '90s'],
      },
      { fault: 'a negative age', inputs: { 'min-age': '-5m' }, says: ['min-age', '-5m'] },
      {
        fault: 'an empty age',
        inputs: { 'min-age': ' ' },
        says: ['min-age: nothing was given', '90s'],
      },
      {
        fault: 'an empty number',
        inputs: { 'max-repairs': '' },
        says: ['max-repairs: nothing was given'],
      },
      {
        fault: 'a repo without owner',
        inputs: { repo: 'justname' },
        says: ['repo', 'justname', 'owner/name'],
      },
      {
        fault: 'an api-url that is no URL',
        inputs: { 'api-url': 'not a url' },
        says: ['api-url', 'not a url', 'http'],
      },
      {
        fault: 'an api-url that is not http',
        inputs: { 'api-url': 'ftp://x/api/v1' },
        says: ['api-url', 'ftp://x/api/v1'],
      },
      {
        fault: 'credentials in api-url',
        inputs: { 'api-url': 'http://me:pw@x/api/v1' },
        says: ['api-url: given "(hidden)"'],
      },
      {
        fault: 'an invalid glob',
        inputs: { 'required-contexts': 'CI / [a (pull_request)' },
        says: ['required-contexts', '[a'],
      },
      {
        fault: 'the umbrella among the required',
        inputs: { 'umbrella-context': UMBRELLA, 'required-contexts': UMBRELLA },
        says: ['required-contexts', UMBRELLA],
      },
      {
        fault: 'one name required and optional',
        inputs: { 'required-contexts': 'a', 'optional-contexts': 'a' },
        says: ['required-contexts', 'optional-contexts'],
      },
      { fault: 'a negative number', inputs: { 'max-repairs': '-1' }, says: ['max-repairs', '-1'] },
      {
        fault: 'half a truth',
        inputs: { 'dry-run': 'yes please' },
        says: ['dry-run', 'yes please', 'true or false'],
      },
      { fault: 'an unknown remedy', inputs: { remedy: 'pray' }, says: ['remedy', 'pray', 'auto'] },
      {
        fault: 'several at once',
        inputs: { repo: 'x', 'min-age': 'soon', evidence: 'rumour', 'pull-request': '0' },
        says: ['repo', 'min-age', 'evidence', 'pull-request', '4 inputs'],
      },
    ])('$fault', async ({ inputs, says }) => {
      const { server } = await forgeWith(stale)
      const run = await sweep(server, inputs)
      expect(run.code).toBe(1)
      expect(run.stdout.match(/^::error/gm)).toHaveLength(1)
      for (const word of says) expect(run.stdout).toContain(word)
      expect(server.requests).toHaveLength(0)
      expect(run.stderr).toBe('')
    })

    it.each<{ fault: string; token: string; says: string }>([
      { fault: 'no token', token: '', says: 'token: nothing was given' },
      {
        fault: 'a wrong token (401)',
        token: 'wrong-token-wrong-token',
        says: 'token: the server does not accept it',
      },
    ])('$fault', async ({ token, says }) => {
      const { server } = await forgeWith(stale)
      const run = await sweep(server, {}, token)
      expect(run.code).toBe(1)
      expect(run.stdout).toContain(says)
      expect(posts(server)).toHaveLength(0)
      if (token !== '') expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(token)
    })

    it('an unknown repository', async () => {
      const { server } = await forgeWith(stale)
      const run = await sweep(server, { repo: 'acme/absent' })
      expect(run.code).toBe(1)
      expect(run.stdout).toContain('repo: not found')
      expect(run.stdout).toContain('acme/absent')
    })

    it('a pull request that is not open', async () => {
      const { server } = await forgeWith(stale)
      const run = await sweep(server, { 'pull-request': '99' })
      expect(run.code).toBe(1)
      expect(run.stdout).toContain('pull-request: #99 of acme/widgets is not open')
      expect(posts(server)).toHaveLength(0)
    })

    it(
      'no-right: a token that may read but not write ends red, names the right and the command, ' +
        'and writes nothing',
      async () => {
        const { forge, server } = await forgeWith(stale)
        forge.addToken('reader-token-reader-token', { kind: 'reader' })
        const run = await sweep(server, {}, 'reader-token-reader-token')
        expect(run.code).toBe(1)
        expect(entries(run)[0]).toMatchObject({ kind: 'repair', outcome: 'no-right' })
        expect(entries(run)[0]?.command).toContain('/statuses/')
        expect(forge.latest(forge.head(1)).find(({ context }) => context === UMBRELLA)?.state).toBe(
          'failure',
        )
      },
    )
  },
)

describe(
  'a server that answers nonsense about one head: a gap for that pull, never a success, ' +
    'and the sweep goes on',
  () => {
    const about =
      (sha: string, fault: ReturnType<Hook>): Hook =>
      ({ method, path }) =>
        method === 'GET' && path.includes(`/commits/${sha}/`) ? fault : undefined
    const rows = (change: (rows: Record<string, unknown>[]) => unknown): ReturnType<Hook> => ({
      kind: 'mutate',
      body: json =>
        (Array.isArray(json)
          ? change(json as Record<string, unknown>[])
          : {
              ...(json as object),
              statuses: change((json as { statuses: Record<string, unknown>[] }).statuses),
            }) as typeof json,
    })
    it.each<{ nonsense: string; fault: ReturnType<Hook> }>([
      { nonsense: 'HTML instead of JSON', fault: { kind: 'html' } },
      { nonsense: 'a truncated body', fault: { kind: 'truncate' } },
      {
        nonsense: 'a redirect to another host',
        fault: { kind: 'redirect', location: 'http://127.0.0.2:9/api/v1/x' },
      },
      { nonsense: 'statuses: null although rows are counted', fault: rows(() => null) },
      {
        nonsense: 'a state nobody knows',
        fault: rows(list =>
          list.map(row => (row['context'] === UMBRELLA ? row : { ...row, status: 'splendid' })),
        ),
      },
      {
        nonsense: 'a row without id',
        fault: rows(list =>
          list.map(({ id, ...row }) => (row['context'] === UMBRELLA ? { ...row, id } : row)),
        ),
      },
      { nonsense: 'a 502', fault: { kind: 'status', status: 502 } },
      { nonsense: 'a dropped connection', fault: { kind: 'drop' } },
    ])(
      'evidence-incomplete: $nonsense',
      async ({ fault }) => {
        const { forge, server } = await forgeWith(made => {
          stale(made, 'bad')
          stale(made, 'good')
        })
        server.on(about(forge.head(1), fault))
        const run = await sweep(server)
        const [bad, good] = entries(run)
        expect(bad).toMatchObject({
          number: 1,
          kind: 'refuse',
          reason: 'evidence-incomplete',
          outcome: 'none',
        })
        expect(good).toMatchObject({ number: 2, kind: 'repair', outcome: 'compensated' })
        expect(posts(server)).toHaveLength(1)
        expect(posts(server)[0]?.path).toContain(forge.head(2))
        expect(run.code).toBe(0)
      },
      180_000,
    )

    it('a sweep that can judge nothing ends red', async () => {
      const { forge, server } = await forgeWith(stale)
      server.on(about(forge.head(1), { kind: 'html' }))
      const run = await sweep(server)
      expect(run.code).toBe(1)
      expect(run.stdout).toContain('none of 1 open pull request could be judged')
      expect((await sweep(server, { 'fail-on': 'never' })).code).toBe(0)
    })
  },
)

describe('what users see', () => {
  it(
    'hostile titles, contexts and descriptions reach neither log nor summary as ' +
      'commands or markup',
    async () => {
      const hostile = 'x\n::error::pwned\u001b[31m <img src=x> | @everyone [a](http://evil)'
      const { server } = await forgeWith(forge => {
        const number = stale(forge)
        forge.retitlePull(number, hostile)
        forge.post(forge.head(number), {
          context: `evil ${hostile}`,
          state: 'failure',
          description: hostile,
          as: 'person',
        })
        const other = open(forge, 'second')
        drive(forge, other)
        forge.post(forge.head(other), {
          context: UMBRELLA,
          state: 'failure',
          description: hostile,
          as: 'person',
        })
      })
      const run = await sweep(server)
      expect(run.stdout).not.toMatch(/^::error/m)
      expect(run.stdout).not.toContain('\u001b')
      expect(run.summary).not.toContain('<img')
      expect(run.summary).not.toContain('@everyone')
      // Links of ours lead to pulls and runs of this server, and nobody else makes one.
      const ours = /\]\(<http:\/\/127\.0\.0\.1:\d+\/acme\/widgets\/(?:pulls|actions\/runs)\/\d+>\)/g
      expect(run.summary.replace(ours, ']')).not.toMatch(/(?<!\\)\]\(/)
      expect(
        run.summary.split('\n').every(line => !line.startsWith('|') || line.endsWith('|')),
      ).toBe(true)
    },
  )

  it(
    'every output of action.yml is set, and pull-requests holds all but ' + 'those left alone',
    async () => {
      const { server } = await forgeWith(forge => {
        stale(forge)
        drive(forge, open(forge, 'green'))
        drive(forge, open(forge, 'red'), { 'Platform (Go)': 'failure' })
      })
      const run = await sweep(server)
      expect(run.outputs).toMatchObject({
        scanned: '3',
        stale: '1',
        compensated: '1',
        rerun: '0',
        held: '0',
        waiting: '0',
        refused: '1',
        alarms: '0',
        failed: '0',
      })
      expect(run.outputs['requests']).toBe(String(server.requests.length))
      expect(
        (JSON.parse(run.outputs['pull-requests'] ?? '[]') as Entry[]).map(({ number }) => number),
      ).toEqual([1, 3])
      expect(run.report).toMatchObject({
        schema: 'umbrella-reaper/report/3',
        server: { kind: 'gitea', version: '1.22.6' },
      })
    },
  )

  it(
    'the token reaches the API origin only: not the log, the summary, the outputs, the report ' +
      'or the status',
    async () => {
      const { forge, server } = await forgeWith(stale)
      forge.addToken('secret-secret-secret', { kind: 'writer' })
      const run = await sweep(server, {}, 'secret-secret-secret')
      expect(entries(run)[0]?.outcome).toBe('compensated')
      const shown = [
        run.stdout.replace(/^::add-mask::.*$/gm, ''),
        run.stderr,
        run.summary,
        JSON.stringify(run.outputs),
        JSON.stringify(run.report),
        JSON.stringify(posts(server).map(({ body }) => body)),
      ]
      for (const text of shown) expect(text).not.toContain('secret-secret-secret')
    },
  )

  it(
    'nothing is written under report, and the report holds the command a ' + 'person can run',
    async () => {
      const { server } = await forgeWith(stale)
      const run = await sweep(server, { remedy: 'report' })
      expect(posts(server)).toHaveLength(0)
      expect(entries(run)[0]).toMatchObject({ kind: 'repair', outcome: 'none' })
      expect(entries(run)[0]?.command).toContain('curl')
    },
  )

  it.each(['gitea-1.27.0', 'gitea-28.1.0'] as const)(
    'on %s nothing is posted: one re-run of the umbrella job opens the gate',
    async profile => {
      const { server, forge } = await forgeWith(stale, profile)
      takeReruns(server, again => {
        forge.runAll(again)
      })
      const run = await sweep(server)
      expect(posts(server).map(({ path }) => path)).toEqual([
        expect.stringMatching(/\/actions\/runs\/1\/jobs\/\d+\/rerun$/),
      ])
      expect(entries(run)[0]).toMatchObject({ kind: 'repair', reason: 'stale', outcome: 'rerun' })
      expect(run.outputs).toMatchObject({ rerun: '1', compensated: '0', failed: '0' })
      expect(run.stdout).toContain(
        'remedy: re-run the umbrella job (posting a status has no effect on this server and ' +
          'would block the commit for good)',
      )
      expect(run.code).toBe(0)
    },
    180_000,
  )

  it('on Gitea 1.27 nothing is sent twice without the right, and the log names it', async () => {
    const { server, forge } = await forgeWith(forge_ => {
      stale(forge_, 'a')
      stale(forge_, 'b')
      const permissions = { contents: 'write', actions: 'read', 'pull-requests': 'read' } as const
      forge_.addToken('may-post', { kind: 'job', permissions })
    }, 'gitea-1.27.0')
    const before = forge.history(forge.head(1)).length
    const run = await sweep(server, {}, 'may-post')
    expect(posts(server).map(({ status }) => status)).toEqual([403])
    expect(forge.history(forge.head(1))).toHaveLength(before)
    expect(entries(run).map(({ outcome }) => outcome)).toEqual(['no-right', 'no-right'])
    expect(run.stdout).toContain(
      'permissions: {actions: write, contents: read, pull-requests: read}',
    )
    expect(run.code).toBe(1)
  })

  it('held: max-repairs lets the oldest red through first', async () => {
    const { server } = await forgeWith(forge => {
      for (const name of ['a', 'b', 'c']) {
        stale(forge, name)
        forge.clock.advance('1m')
      }
    })
    const run = await sweep(server, { 'max-repairs': '2' })
    expect(entries(run).map(({ outcome }) => outcome)).toEqual([
      'compensated',
      'compensated',
      'held',
    ])
    expect(run.outputs['held']).toBe('1')
  })

  it(
    'held: a sweep that would repair more than half of ten heads or more writes nothing, unless ' +
      'max-repairs is 0',
    async () => {
      const { server } = await forgeWith(forge => {
        for (let index = 0; index < 10; index += 1) stale(forge, `s${index}`)
      })
      const held = await sweep(server)
      expect(posts(server)).toHaveLength(0)
      expect(held.outputs['held']).toBe('10')
      const all = await sweep(server, { 'max-repairs': '0' })
      expect(all.outputs['compensated']).toBe('10')
    },
  )

  it(
    'inherited: the one failed job failed on the base branch too; said with both places, ' +
      'never greened',
    async () => {
      const { forge, server } = await forgeWith(made => {
        drive(made, open(made, 'red'), { 'Platform (Go)': 'failure' })
      })
      const base = forge.state.branches['main'] ?? ''
      forge.state.rows[base] = forge
        .history(forge.head(1))
        .filter(({ context }) => context === REQUIRED[1])
        .map(row => ({
          ...row,
          context: row.context.replace('(pull_request)', '(push)'),
          sha: base,
        }))
      const run = await sweep(server)
      expect(entries(run)[0]).toMatchObject({ kind: 'refuse', reason: 'inherited' })
      expect(posts(server)).toHaveLength(0)
    },
  )
})
