import type { RepairDependencies } from '../../src/apply/dependencies.js'
import type { StartedRerun } from '../../src/apply/rerun.js'
import type { Evidence } from '../../src/core/model/evidence.js'
import type { Job, JobState } from '../../src/core/model/job.js'
import type { Policy } from '../../src/core/model/policy.js'
import { leadingRepair } from '../../src/core/plan/rerun.js'
import type { JudgedHead } from '../../src/core/rules/decide.js'
import { decide, judgeHead } from '../../src/core/rules/decide.js'
import type { Repair } from '../../src/core/rules/verdict.js'
import { benchOf } from './acting.js'
import type { HeadChange, ShownRun } from './builders.js'
import { head, policy, run, STALE } from './builders.js'
import type { ChecksChange } from './check-builders.js'
import { checkPolicy, checksHead, GATE } from './check-builders.js'
import { openFake } from './fake-forge.js'

/** A re-run that was sent, and what it is looked back at with. */
export interface Sent {
  readonly one: StartedRerun
  readonly bench: RepairDependencies
}

const SERVER = { version: '1.26.4', grade: 'jobs' } as const

/** The re-run of the umbrella job that this evidence proves stale, as if it had just been sent. */
function sentFrom(evidence: Evidence, asked: Policy): Sent {
  const verdicts = new Map(
    [...decide(asked, [], evidence)].filter(
      (pair): pair is [number, Repair] => pair[1].kind === 'repair',
    ),
  )
  const lead = leadingRepair(verdicts)
  if (lead?.verdict.umbrellaJob == null) throw new Error('nothing to run again')
  const { run, job } = lead.verdict.umbrellaJob
  return {
    one: {
      ...lead,
      evidence,
      verdicts,
      mark: evidence.latest.reduce((top, { id }) => Math.max(top, id), 0),
      counted: new Set(lead.verdict.counted),
      write: { kind: 'rerun', run, job, wholeRun: false },
      lost: null,
    },
    bench: { ...benchOf(openFake(SERVER)), policy: asked },
  }
}

/** On a server of status rows: run 1 of the good case, whose newest row is row 9. */
export const sentOnRows = (change: Partial<HeadChange> = {}): Sent =>
  sentFrom(head({ ...SERVER, rows: STALE, ...change }), policy())

/** On a server of check runs: the gate of run 2, which is red over Lint and Test. */
export const sentOnChecks = (change: ChecksChange = {}): Sent =>
  sentFrom(
    checksHead({ legs: ['R2 Lint success', 'R2 Test success', `R2 ${GATE} failure`], ...change }),
    checkPolicy(),
  )

/** Run 1 with this of its umbrella job, which is in its second attempt if nothing else is said. */
export function ranAgain(umbrella: Partial<Job>, test: JobState = 'success'): ShownRun {
  const jobs = ['Lint success', `Test ${test}`, `umbrella ${umbrella.state ?? 'failure'}`]
  const shown = run(1, jobs)
  return {
    ...shown,
    jobs: shown.jobs.map(job =>
      job.name === 'all-required' ? { ...job, attempt: 2, ...umbrella } : job,
    ),
  }
}

/** The head as a look finds it after the re-run, by these rows above the good case's. */
export const rowsAfter = (rows: HeadChange['rows'], change: Partial<HeadChange> = {}): Evidence =>
  head({ ...SERVER, rows: [...STALE, ...rows], ...change })

/** Evidence with what is decided by it. */
export const judged = ({ policy: asked }: RepairDependencies, evidence: Evidence): JudgedHead => ({
  evidence,
  judgements: judgeHead(asked, [], evidence),
})
