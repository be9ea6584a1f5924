import type { Job } from '../model/job.js'
import type { Duration } from '../model/time.js'
import { between, formatDuration, hours } from '../model/time.js'
import type { Leg } from '../view/checks/legs.js'
import { jobOfLeg } from '../view/checks/legs.js'
import { jobsOf } from '../view/jobs.js'
import type { UmbrellaView } from '../view/view.js'
import { maySkip } from '../view/view.js'
import type { RuleInput } from './rule.js'
import { refuse, rule } from './rule.js'
import type { UmbrellaJob } from './verdict.js'

/** Nothing is run again after this time (docs/github-facts.md, 2). */
const RERUN_WITHIN = hours(30 * 24)

/** GitHub allows a run 50 attempts. A sweep stops at so many and leaves the rest to people. */
const MAX_RUN_ATTEMPTS = 40

/** The red leg of the newest run that has one; `null` where none is, or where there are rows. */
export function redLegOf(read: UmbrellaView['read']): Leg | null {
  if (read.kind === 'rows') return null
  return (
    read.umbrella.legs.find(({ state }) => state === 'failure' || state === 'cancelled') ?? null
  )
}

/**
 * The umbrella job that a re-run would run: that of the newest run, or the leg that stands red.
 * `null` where no job rows were read.
 */
export function jobToRerun(input: RuleInput): UmbrellaJob | null {
  const { read, newest } = input.view
  const leg = redLegOf(read)
  if (leg !== null) return asUmbrellaJob(leg.suite.run.id, jobOfLeg(leg))
  if (read.kind === 'checks' || newest === null) return null
  const { head, group } = read
  const job = jobsOf(head, group, newest, group.context)?.[0]
  const run = head.runs.get(newest)?.id
  return job === undefined || run === undefined ? null : asUmbrellaJob(run, job)
}

const asUmbrellaJob = (run: UmbrellaJob['run'], { id: job, state, attempt }: Job): UmbrellaJob => ({
  run,
  job,
  state,
  attempt,
})

/**
 * Are jobs that the umbrella stands for red in its own run? It reads their results from that run,
 * so that it would end red again if it alone ran. An umbrella that polls has none of them there.
 */
export function needsWholeRun({ required, policy, view: { read } }: RuleInput): boolean {
  const leg = redLegOf(read)
  if (leg === null || read.kind === 'rows') return false
  const names = new Set(
    required.filter(({ level }) => level !== 'external').map(({ context }) => context),
  )
  const isRed = ({ name, state }: Leg): boolean =>
    state !== 'success' && !(state === 'skipped' && maySkip(policy, name, { kind: state }))
  return read.head.legs.some(
    one => one.suite.id === leg.suite.id && names.has(one.name) && isRed(one),
  )
}

/**
 * A merge wants the umbrella from one certain app. Whether a success that a token posts would count
 * is not known, and a check run of another app never does.
 */
export const pinnedSource = rule({
  codes: ['pinned-source'],
  title: 'Does a merge want the umbrella from another app?',
  only: 'checks',
  judge: input => {
    const { standing, pins, policy } = input.view
    const wrote = standing?.kind === 'check' ? standing.leg.suite.app.id : null
    const other = pins.find(app => app !== wrote)
    if (other === undefined)
      return () => (pins.length === 0 ? 'any app may write it' : `only app ${wrote ?? '?'} may`)
    const what = wrote === null ? 'a posted status' : `a job of app ${wrote}`
    const detail = `a merge wants ${policy.umbrella} from app ${other}; ${what} may not count`
    return refuse(input, 'pinned-source', detail)
  },
})

/** A run that the server will not run again. */
export const notRerunnable = rule({
  codes: ['not-rerunnable'],
  title: 'Can the run of the red umbrella job be run again?',
  only: 'checks',
  judge: input => {
    const leg = redLegOf(input.view.read)
    if (leg === null) return () => 'no run has to be run again'
    const { run } = leg.suite
    const why = barToRerun(leg, between(run.createdAt, input.evidence.observedAt))
    return why === null
      ? () => `run ${run.id} can be run again`
      : refuse(input, 'not-rerunnable', `run ${run.id} cannot be run again: ${why}`)
  },
})

/** Why the server will not run a leg's run again, or `null`. */
function barToRerun({ suite: { run, neverStarted } }: Leg, age: Duration): string | null {
  const attempt = run.attempt ?? 0
  if (neverStarted) return 'it could not even start'
  if (run.disabled === true) return 'its workflow is disabled'
  if (age > RERUN_WITHIN)
    return `it is ${formatDuration(age)} old, and nothing is run again after 30 days`
  return attempt >= MAX_RUN_ATTEMPTS
    ? `it was started ${attempt} times, and only 50 are allowed`
    : null
}
