import { describe, expect, it } from '@jest/globals'
import type { AuditReport } from '../../../src/tools/audit/report.js'
import type { VerifyReport } from '../../../src/tools/audit/verify.js'
import type { Forge, ProfileName } from '../../../verification/simulator/index.js'
import { createForge } from '../../../verification/simulator/index.js'
import type { BundleRun } from '../../support/bundle.js'
import { play, runInProcess } from '../../support/in-process.js'
import { merge, pull, REQUIRED, UMBRELLA, workflow } from './gitea-world.js'
import { openServer } from '../../support/open-server.js'

const LISTED = { 'umbrella-context': UMBRELLA, 'required-contexts': REQUIRED.join('\n') }

/** Where the bundle is played. */
const BY_BUNDLE: readonly string[] = ['gitea-1.26.4']

/** A command against a simulated server, by hand. */
async function asked(
  forge: Forge,
  argv: readonly string[],
  inputs: Readonly<Record<string, string>> = LISTED,
): Promise<BundleRun> {
  const server = await openServer(forge)
  const { apiUrl, token } = server
  const where = ['--repo', 'acme/widgets', '--api-url', apiUrl]
  const by = {
    apiUrl,
    repo: 'acme/widgets',
    token,
    inputs,
    env: { UMBRELLA_REAPER_TOKEN: token },
  }
  const start = BY_BUNDLE.includes(forge.profile.name) ? play : runInProcess
  return await start({ ...by, argv: argv.length === 0 ? [] : [...argv, ...where] })
}

const says = async (forge: Forge, sha: string, inputs = LISTED) => {
  const run = await asked(forge, ['verify', sha, '--json'], inputs)
  const { rows } = JSON.parse(run.stdout) as VerifyReport
  return { says: rows.map(one => one.says), code: run.code, details: rows.map(one => one.detail) }
}

/** A pull request whose umbrella was red over green jobs, and that this action opened. */
async function repaired(profile: ProfileName): Promise<{ forge: Forge; number: number }> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', workflow: workflow() })
  const number = pull(forge, 'stale', [{ 'all-required': 'failure' }])
  forge.clock.advance('20m')
  const run = await asked(forge, [], { ...LISTED, remedy: 'status' })
  expect(run.outputs['compensated']).toBe('1')
  forge.clock.advance('1m')
  return { forge, number }
}

const PROFILES = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.26.4',
  'forgejo-15',
  'forgejo-16',
] as const

describe('the proof behind a success of ours', () => {
  it.each(PROFILES)('%s: holds, also after the merge', async profile => {
    const { forge, number } = await repaired(profile)
    const head = forge.head(number)
    expect(await says(forge, head)).toMatchObject({ says: ['holds'], code: 0 })
    merge(forge, number)
    expect(await says(forge, head)).toMatchObject({ says: ['holds'], code: 0 })
  })

  it.each(PROFILES)('%s: what failed only later takes nothing from it', async profile => {
    const { forge, number } = await repaired(profile)
    const [run] = forge.runs(forge.head(number))
    if (run === undefined) throw new Error('it has a run')
    forge.rerun(forge.job(run, 'test'))
    forge.runAll(run, { test: 'failure' })
    expect(await says(forge, forge.head(number))).toMatchObject({ says: ['holds'], code: 0 })
  })

  it.each(PROFILES)('%s: is wrong where a required job had failed before it', async profile => {
    const { forge, number } = await repaired(profile)
    const rows = forge.state.rows[forge.head(number)] ?? []
    const at = rows.findIndex(
      row => row.context === 'CI / test (pull_request)' && row.state === 'success',
    )
    const [row] = rows.slice(at, at + 1)
    if (row === undefined) throw new Error('it has a row')
    // As if the sweep had been wrong: the server says now that the job had failed all along.
    rows[at] = { ...row, state: 'failure', description: 'Failing after 1s' }
    for (const job of forge.state.jobs) if (job.name === 'test') job.status = 'failure'
    const run = await asked(forge, ['verify', forge.head(number)])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(/: WRONG: CI \/ test \(pull_request\) failed in run \d+/)
  })

  it('is no longer derivable where the list asks for more by now', async () => {
    const { forge, number } = await repaired('gitea-1.22.6')
    const more = [...REQUIRED, 'CI / audit (pull_request)'].join('\n')
    expect(await says(forge, forge.head(number), { ...LISTED, 'required-contexts': more })).toEqual(
      {
        says: ['no-longer-derivable'],
        code: 0,
        details: ['CI / audit (pull_request) was never written'],
      },
    )
  })

  it('is derived from rows where its runs were deleted', async () => {
    const { forge, number } = await repaired('gitea-1.26.4')
    forge.state.runs.splice(0)
    forge.state.jobs.splice(0)
    expect(await says(forge, forge.head(number))).toMatchObject({ says: ['holds'], code: 0 })
  })

  it('is not asked where there is no success of ours, or no pull request', async () => {
    const { forge, number } = await repaired('gitea-1.22.6')
    const other = pull(forge, 'other')
    const run = await asked(forge, ['verify', forge.head(other)])
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('nothing to verify')])
    const none = await asked(forge, ['verify', 'f'.repeat(40)])
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('no pull request has')])
    expect(number).toBeGreaterThan(0)
  })
})

describe('an audit that meets a success of ours', () => {
  const audit = async (forge: Forge, inputs = LISTED): Promise<AuditReport> =>
    JSON.parse((await asked(forge, ['audit', '--json'], inputs)).stdout) as AuditReport

  it.each(PROFILES)('%s: says nothing of one whose proof holds', async profile => {
    const { forge, number } = await repaired(profile)
    merge(forge, number)
    expect(await audit(forge)).toMatchObject({ findings: [], doubtful: [], unknown: [], merged: 1 })
  })

  it('names it beside a bad merge: a sweep that was told too little had opened it', async () => {
    const forge = createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'main', workflow: workflow() })
    const number = pull(forge, 'too-little', [{ test: 'failure' }])
    forge.clock.advance('20m')
    const little = {
      'umbrella-context': UMBRELLA,
      'required-contexts': 'CI / lint (pull_request)',
      'optional-contexts': 'CI / test (pull_request)',
    }
    expect((await asked(forge, [], little)).outputs['compensated']).toBe('1')
    forge.clock.advance('1m')
    merge(forge, number)
    const { findings } = await audit(forge)
    expect(findings).toMatchObject([{ number, kind: 'red', ours: { says: 'wrong' } }])
    const { stdout } = await asked(forge, ['audit'])
    expect(stdout).toMatch(/\| row \d+: WRONG \|/)
  })
})
