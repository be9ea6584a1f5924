import { describe, expect, it } from '@jest/globals'
import type { AuditReport } from '../../../src/tools/audit/report.js'
import type { Forge } from '../../../verification/simulator/index.js'
import { serve } from '../../../verification/simulator/index.js'
import { runInProcess } from '../../support/in-process.js'
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
        if (process.env.SHOW) console.log(JSON.stringify(report.findings.map(f=>[f.number,f.kind,f.detail,f.rows.length]),null,1), JSON.stringify(report.unknown.map(f=>[f.number,f.kind,f.detail]),null,1))
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
