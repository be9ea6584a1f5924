import { describe, expect, it } from '@jest/globals'
import type { AuditReport } from '../../../src/tools/audit/report.js'
import type { Forge } from '../../../verification/simulator/index.js'
import { serve } from '../../../verification/simulator/index.js'
import { serveGithub } from '../../../verification/simulator/github/server.js'
import { runInProcess } from '../../support/in-process.js'
import { BAD as GITHUB_BAD, GATE, mergedGithub } from './github-world.js'
import { BAD, GOOD, mergedWorld, REQUIRED, UMBRELLA } from './gitea-world.js'

type Server = Pick<Awaited<ReturnType<typeof serve>>, 'apiUrl' | 'token'>

/** An audit, and what it printed; `--json` is what is read. */
async function audited(server: Server, argv: readonly string[], inputs = {}) {
  const run = await runInProcess({
    apiUrl: server.apiUrl,
    repo: 'acme/widgets',
    token: server.token,
    inputs: { 'umbrella-context': UMBRELLA, ...inputs },
    argv: ['audit', '--repo', 'acme/widgets', '--api-url', server.apiUrl, ...argv],
    env: { UMBRELLA_REAPER_TOKEN: server.token },
  })
  return run
}

const LISTED = { 'required-contexts': REQUIRED.join('\n') }

const jsonOf = ({ stdout }: { readonly stdout: string }): AuditReport =>
  JSON.parse(stdout) as AuditReport

async function served<T>(
  forge: Forge,
  ask: (server: Server & { readonly requests: readonly unknown[] }) => Promise<T>,
): Promise<T> {
  const server = await serve(forge)
  try {
    return await ask(server)
  } finally {
    await server.close()
  }
}

const SIZES = [
  { profile: 'gitea-1.22.6', count: 500, inputs: LISTED },
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
        const run = await audited(server, ['--json'], inputs)
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
    { count: 500, inputs: { 'required-contexts': 'lint\ntest' } },
    { count: 30, inputs: {} },
  ])(
    'of $count exactly the seven bad ones',
    async ({ count, inputs }) => {
      const { world, made } = mergedGithub(count)
      const expected = GITHUB_BAD.map(({ name, kind }) => ({ number: made.get(name), kind }))
      const server = await serveGithub(world)
      try {
        const run = await audited(server, ['--json'], { 'umbrella-context': GATE, ...inputs })
        const report = jsonOf(run)
        const told = report.findings.map(({ number, kind }) => ({ number, kind }))
        expect({ told, unknown: report.unknown, faults: server.faults }).toEqual({
          told: expected,
          unknown: [],
          faults: [],
        })
        expect([report.merged, report.counts.green, run.code]).toEqual([count, count - 7, 1])
        expect(report.findings.map(({ mergedBy }) => mergedBy)).toEqual(
          expected.map(() => 'octocat'),
        )
      } finally {
        await server.close()
      }
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
    const server = await serveGithub(world)
    try {
      const inputs = { 'umbrella-context': GATE, 'required-contexts': 'lint\ntest' }
      const report = jsonOf(await audited(server, ['--json'], inputs))
      expect(report.unknown).toEqual([])
      expect(report.stopped?.why).toContain('limits requests')
      expect(report.audited).toBeGreaterThan(0)
    } finally {
      await server.close()
    }
  })
})
