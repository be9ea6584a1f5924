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
  it('of 500 exactly the seven bad ones, and none that only looks bad', async () => {
    const { world, made } = mergedGithub(500)
    const expected = GITHUB_BAD.map(({ name, kind }) => ({ number: made.get(name), kind }))
    const server = await serveGithub(world)
    try {
      const run = await audited(server, ['--json'], { 'umbrella-context': GATE })
      const report = jsonOf(run)
      const told = report.findings.map(({ number, kind }) => ({ number, kind }))
      expect({ told, unknown: report.unknown, faults: server.faults }).toEqual({
        told: expected,
        unknown: [],
        faults: [],
      })
      expect([report.merged, report.counts.green, run.code]).toEqual([500, 493, 1])
      expect(report.findings.map(({ mergedBy }) => mergedBy)).toEqual(expected.map(() => 'octocat'))
    } finally {
      await server.close()
    }
  }, 60_000)
})
