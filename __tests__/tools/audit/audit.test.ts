import { describe, expect, it } from '@jest/globals'
import type { AuditReport } from '../../../src/tools/audit/report.js'
import type { Forge, ProfileName } from '../../../verification/simulator/index.js'
import { createForge, serve } from '../../../verification/simulator/index.js'
import { play, runInProcess } from '../../support/in-process.js'
import { BAD as GITHUB_BAD, GATE, mergedGithub } from './github-world.js'
import { BAD, GOOD, merge, mergedWorld, pull, REQUIRED, UMBRELLA, workflow } from './gitea-world.js'
import { openGithubServer, openServer, widgetsOn } from '../../support/open-server.js'
import { ALL } from '../../support/sample.js'

type Server = Pick<Awaited<ReturnType<typeof serve>>, 'apiUrl' | 'token'>

/** An audit, and what it printed; `--json` is what is read. */
async function audited(
  server: Server,
  argv: readonly string[],
  inputs = {},
  start: typeof runInProcess = runInProcess,
) {
  const run = await start({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': UMBRELLA, ...inputs },
    argv: ['audit', '--repo', 'acme/widgets', '--api-url', server.apiUrl, ...argv],
    env: { UMBRELLA_REAPER_TOKEN: server.token },
  })
  // What it prints goes into a file, also in a step of a workflow: no line of it masks the token.
  expect(run.stdout).not.toContain(server.token)
  return run
}

const LISTED = { 'required-contexts': REQUIRED.join('\n') }

const jsonOf = ({ stdout }: { readonly stdout: string }): AuditReport =>
  JSON.parse(stdout) as AuditReport

async function served<T>(
  forge: Forge,
  ask: (server: Server & { readonly requests: readonly unknown[] }) => Promise<T>,
): Promise<T> {
  const server = await openServer(forge)
  return ask(server)
}

/** The whole suite audits as many as a busy year merges; the quick one some pages of them. */
const MANY = ALL ? 500 : 100

const SIZES = [
  { profile: 'gitea-1.22.6', count: MANY, inputs: LISTED },
  { profile: 'gitea-1.26.4', count: 30, inputs: {} },
  { profile: 'gitea-1.27.0', count: 30, inputs: {} },
  { profile: 'forgejo-15', count: 30, inputs: {} },
  { profile: 'forgejo-16', count: 30, inputs: {} },
] as const

describe('an audit of merged pull requests', () => {
  it.each(SIZES)(
    '$profile: of $count exactly the seven bad ones, and none that only looks bad',
    async ({ profile, count, inputs }) => {
      const { forge, made } = mergedWorld(profile, count)
      const expected = BAD.map(({ name, kind }) => ({ number: made.get(name), kind }))
      await served(forge, async server => {
        const start = count === MANY ? runInProcess : play
        const run = await audited(server, ['--json'], inputs, start)
        const report = jsonOf(run)
        const told = report.findings.map(({ number, kind }) => ({ number, kind }))
        expect({ told, unknown: report.unknown }).toEqual({ told: expected, unknown: [] })
        expect(run.code).toBe(1)
        expect([report.merged, report.audited, report.counts.green]).toEqual([
          count,
          count,
          count - BAD.length,
        ])
        expect(report.findings.map(({ mergedBy }) => mergedBy)).toEqual(BAD.map(() => 'root1'))
        const good = GOOD.map(({ name }) => made.get(name))
        expect(told.filter(({ number }) => good.includes(number))).toEqual([])
      })
    },
    60_000,
  )
})

describe('an audit on GitHub', () => {
  it.each([
    { count: MANY, inputs: { 'required-contexts': 'lint\ntest' } },
    { count: 30, inputs: {} },
  ])(
    'of $count exactly the seven bad ones',
    async ({ count, inputs }) => {
      const { world, made } = mergedGithub(count)
      const expected = GITHUB_BAD.map(({ name, kind }) => ({ number: made.get(name), kind }))
      const server = await openGithubServer(world)
      const start = count === MANY ? runInProcess : play
      const asked = { 'umbrella-context': GATE, ...inputs }
      const run = await audited(server, ['--json'], asked, start)
      const report = jsonOf(run)
      const told = report.findings.map(({ number, kind }) => ({ number, kind }))
      expect({ told, unknown: report.unknown, faults: server.faults }).toEqual({
        told: expected,
        unknown: [],
        faults: [],
      })
      expect([report.merged, report.counts.green, run.code]).toEqual([count, count - 7, 1])
      expect(report.findings.map(({ mergedBy }) => mergedBy)).toEqual(expected.map(() => 'octocat'))
    },
    60_000,
  )
})

describe('an audit that is interrupted', () => {
  const COUNT = 60

  /** One after the other until the end, each behind the last one of the one before. */
  async function inParts(server: Server, most: number): Promise<readonly AuditReport[]> {
    const parts: AuditReport[] = []
    for (let after: readonly string[] = []; parts.length < 20;) {
      const limit = ['--max-requests', String(most)]
      const part = jsonOf(await audited(server, ['--json', ...limit, ...after], LISTED))
      parts.push(part)
      if (part.stopped === null) return parts
      expect(part.stopped.why).toBe(`--max-requests (${most}) is reached`)
      after = ['--since', part.since, '--after', String(part.stopped.after)]
    }
    throw new Error('it comes to no end')
  }

  it('goes on where it stopped, and finds the same', async () => {
    const { forge } = mergedWorld('gitea-1.22.6', COUNT)
    await served(forge, async server => {
      const whole = jsonOf(await audited(server, ['--json'], LISTED))
      const parts = await inParts(server, 25)
      expect(parts.length).toBeGreaterThan(2)
      expect(parts.flatMap(({ findings }) => findings)).toEqual(whole.findings)
      expect(parts.map(({ audited: count }) => count).reduce((a, b) => a + b)).toBe(COUNT)
      // A batch that has begun is read to its end.
      for (const { requests } of parts) expect(requests).toBeLessThanOrEqual(25 + 10)
    })
  })

  it('says how to go on, and what was never merged since', async () => {
    const { forge } = mergedWorld('gitea-1.22.6', COUNT)
    await served(forge, async server => {
      const { stdout } = await audited(server, ['--max-requests', '20'], LISTED)
      const [, since = '', after = ''] =
        /audit --repo acme\/widgets --since (\S+) --after (\d+)$/m.exec(stdout) ?? []
      expect(Date.parse(since)).toBeGreaterThan(0)
      expect(Number(after)).toBeGreaterThan(0)
      const lost = await audited(server, ['--after', '9999'], LISTED)
      expect([lost.code, lost.stdout]).toEqual([
        1,
        expect.stringContaining('--after: #9999 was not merged since'),
      ])
    })
  })

  it('by a limit of GitHub, before a commit of which nothing would be known', async () => {
    const { world } = mergedGithub(40)
    world.left = { rest: 100_000, graphql: 142 }
    const server = await openGithubServer(world)
    const inputs = { 'umbrella-context': GATE, 'required-contexts': 'lint\ntest' }
    const report = jsonOf(await audited(server, ['--json'], inputs))
    expect(report.unknown).toEqual([])
    expect(report.stopped?.why).toContain('limits requests')
    expect(report.audited).toBeGreaterThan(0)
  })
})

/** One merge of which the newest run is asked in a world of its own. */
async function one(
  profile: ProfileName,
  make: (forge: Forge) => number,
  inputs = LISTED,
): Promise<AuditReport> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', workflow: workflow() })
  make(forge)
  forge.clock.advance('1h')
  return served(forge, async server => jsonOf(await audited(server, ['--json'], inputs)))
}

describe('what an audit cannot know', () => {
  it('which came first in the second of the merge', async () => {
    const report = await one('gitea-1.22.6', forge => {
      const number = pull(forge, 'same-second')
      const [run] = forge.runs(forge.head(number))
      if (run === undefined) throw new Error('it has a run')
      forge.rerun(forge.job(run, 'test'))
      forge.pick(forge.job(run, 'test'))
      forge.mergePull(number)
      return number
    })
    expect(report.findings).toEqual([])
    expect(report.unknown).toMatchObject([
      { kind: 'unknown', detail: expect.stringContaining('in the very second of the merge') },
    ])
  })

  it('what a deleted run said, where its rows do not tell', async () => {
    const lose = (forge: Forge): number => {
      const number = pull(forge, 'deleted', [{}, {}])
      merge(forge, number)
      const rows = forge.state.rows[forge.head(number)] ?? []
      const kept = rows.filter(({ context }) => !context.includes('/ test '))
      rows.splice(0, rows.length, ...kept)
      forge.state.runs.splice(0)
      return number
    }
    expect(await one('gitea-1.26.4', lose)).toMatchObject({
      findings: [],
      unknown: [{ kind: 'unknown', detail: expect.stringMatching(/; run \d+ was deleted$/) }],
    })
  })

  it('what cannot be read: a failure that was seen counts all the same', async () => {
    const server = async (ending: 'success' | 'failure') => {
      const forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
      forge.push({ branch: 'main', workflow: workflow() })
      merge(forge, pull(forge, 'unread', [{ test: ending }]))
      const made = await serve(forge)
      made.on(({ path }) =>
        /\/runs\/\d+\/jobs$/.test(path) ? { kind: 'status', status: 403 } : undefined,
      )
      try {
        return jsonOf(await audited(made, ['--json'], LISTED))
      } finally {
        await made.close()
      }
    }
    expect((await server('success')).unknown).toHaveLength(1)
    expect((await server('failure')).findings).toHaveLength(1)
  })
})

describe('what an audit prints', () => {
  const hostile = '=1+1,"x" | <b>@all</b> #1 ::error::x'
  const ask = async (argv: readonly string[]) => {
    const forge = createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'main', workflow: workflow() })
    const number = pull(forge, 'red', [{ test: 'failure' }])
    forge.retitlePull(number, hostile)
    merge(forge, number)
    return served(forge, server => audited(server, argv, LISTED))
  }

  it('a table in which no title is obeyed', async () => {
    const { stdout, summary, code } = await ask([])
    const row = stdout
      .split('\n')
      .find(line => line.startsWith('| [&#35;1]') || line.startsWith('| [#1]'))
    expect(row).toContain('&lt;b&gt;')
    expect(row).not.toMatch(/<b>|@all/)
    expect(row?.split(' | ')).toHaveLength(8)
    expect(summary).toContain(row)
    expect([code, stdout]).toEqual([1, expect.stringContaining('merged over what is not green')])
  })

  it('CSV in which no cell is a formula', async () => {
    const { stdout, code } = await ask(['--csv'])
    const [head = '', row = '', ...more] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^number,url,title,/)
    expect(row).toContain(`"'=1+1,""x"" | <b>@all</b> #1 ::error::x"`)
    expect([more, code]).toEqual([[], 1])
  })

  it('nothing bad: the exit code is 0', async () => {
    const report = await one('gitea-1.22.6', forge => merge(forge, pull(forge, 'green')))
    expect(report).toMatchObject({ merged: 1, findings: [], stopped: null })
  })

  it('only what was merged into the branches that are asked for', async () => {
    const inputs = { ...LISTED, 'base-branches': 'release' }
    const report = await one(
      'gitea-1.22.6',
      forge => merge(forge, pull(forge, 'red', [{ test: 'failure' }])),
      inputs,
    )
    expect(report.merged).toBe(0)
  })
})
