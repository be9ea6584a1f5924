import { suffixOf } from '../model/context.js'
import type { RunKey } from '../model/ids.js'
import type { StatusState } from '../model/status.js'
import { isRed } from '../model/status.js'
import type { ChecksRead } from '../view/checks/result.js'
import { newestOfWriters } from '../view/checks/run-statuses.js'
import { byRun, isEnd } from '../view/job-result.js'
import { jobsOf } from '../view/jobs.js'
import { umbrellaResult } from '../view/newest-run.js'
import type { RowsRead } from '../view/run-group.js'
import { tellsPulls } from '../view/run-group.js'
import { rowBeneathOurs } from '../view/umbrella.js'
import type { UmbrellaView } from '../view/view.js'
import { causeOf } from './cause.js'
import type { RuleInput } from './rule.js'
import type { Basis, Vouch } from './verdict.js'

/** All that a basis rests on. */
type Ground = Omit<RuleInput, 'basis'>

/** Why this umbrella's red is not believed. */
export function basisOf(input: Ground): Basis {
  return isShownStale(input)
    ? { kind: 'shown-stale' }
    : { kind: 'over-green-needs', vouch: vouchOf(input) }
}

/** Is the red umbrella shown stale: does the newest run itself say that its umbrella is green? */
function isShownStale(input: Ground): boolean {
  const { read, standing } = input.view
  if (read.kind === 'rows') return isGreenInRuns(input, read)
  // A red job is stale where it is green in a newer run of the same workflow and event.
  return standing?.kind === 'check'
    ? causeOf(input.view) === 'superseded-leg'
    : isPostedGreen(input, read)
}

/** By rows and jobs. Where another pull request's run may be the newest, every run must say so. */
function isGreenInRuns(input: Ground, { head, group }: RowsRead): boolean {
  const { newest, runs } = group
  if (newest === null) return false
  const isGreenIn = (run: RunKey): boolean => umbrellaResult(head, group, run).kind === 'success'
  return isSharedCommit(input) ? [...runs].every(isGreenIn) : isGreenIn(newest)
}

/**
 * Did the newest run of every workflow and event that ever posted the umbrella end green, and post
 * it green? None of them lifts what another one says. With several pull requests on the commit
 * nothing tells whose run it is, and the red is of one of them.
 */
function isPostedGreen({ view, evidence }: Ground, { group }: ChecksRead): boolean {
  if (evidence.pulls.length > 1) return false
  // The rows are newest first: of each run the newest counts.
  const posted = new Map<number, StatusState>()
  for (const { author, state } of view.past)
    if (author.kind === 'actions' && !posted.has(author.run)) posted.set(author.run, state)
  const [first, ...more] = newestOfWriters(group, new Set(posted.keys()))
  if (first === undefined) return false
  return [first, ...more].every(
    ({ state, key }) => state === 'success' && posted.get(key) === 'success',
  )
}

/** Do or did other pulls have this head, and does nothing tell their runs from this one's? */
export function isSharedCommit({ evidence: { pulls, others }, view: { read } }: Ground): boolean {
  const more = pulls.length > 1 || (others.kind === 'read' && others.numbers.length > 0)
  return more && read.kind === 'rows' && !tellsPulls(read.head, read.group)
}

/**
 * Who vouches for the umbrella, or `null`. A red job says by itself what is true when it runs
 * again, so nobody vouches for a check run. A posted status can only be vouched for by a list: no
 * job of its name says what it does.
 */
function vouchOf(input: Ground): Vouch | null {
  const { evidence, policy, pull, view } = input
  if (view.standing?.kind === 'check') return null
  if (view.read.kind === 'checks' && !isRedFromBefore(input)) return null
  const work = evidence.work.get(pull.number)
  if (policy.userVouches)
    return { by: 'list', otherWork: work?.kind === 'other-work' ? work.why : null }
  // Its run was made from the base as it was then, and no server tells that commit.
  if (suffixOf(policy.umbrella) === ' (pull_request_target)') return null
  return work?.kind === 'only-judges' ? { by: 'job' } : null
}

/**
 * Was the red posted before a required job that is green by now had started? A status that is
 * posted red while all it could stand for runs, or is green, says something of its own: a review
 * that is missing, say. Only a job of Actions tells its start; what others post does not.
 */
function isRedFromBefore({ evidence, required, view }: Ground): boolean {
  const red = rowBeneathOurs(view.past)
  if (red === undefined || evidence.kind !== 'checks') return false
  const { checks } = evidence
  // What was green when the red was posted is not why it is red, however often it ran since. One
  // whose end is not told may have been green by then.
  const wasGreen = (context: string): boolean =>
    checks.some(
      ({ name, state, startedAt, completedAt }) =>
        name === context &&
        state === 'success' &&
        (completedAt ?? startedAt ?? red.createdAt) <= red.createdAt,
    )
  return required.some(({ context, result }) => {
    if (result.kind !== 'success' || result.job === null || wasGreen(context)) return false
    const { id } = result.job
    const startedAt = checks.find(check => check.id === id)?.startedAt ?? null
    return startedAt !== null && startedAt > red.createdAt
  })
}

/** Can this server run the red umbrella's job again, and may this sweep? */
export function canRunAgain({ evidence, policy, view }: RuleInput): boolean {
  const { read, newest, standing } = view
  if (read.kind === 'checks') return standing?.kind === 'check'
  const isKnown = evidence.traits.rerunsJobs && policy.mayRerun && evidence.kind === 'jobs'
  if (!isKnown || newest === null) return false
  return (jobsOf(read.head, read.group, newest, policy.umbrella) ?? []).length === 1
}

/**
 * Was the umbrella of the newest run run again, and did it end red again? Then that is the truth.
 * By its job's attempt where jobs can be read, else by its rows: final, pending, red. Of check runs
 * the executions are counted before a re-run is sent.
 */
export function endedRedAgain({ read, newest, past, policy }: UmbrellaView): boolean {
  if (newest === null || read.kind === 'checks') return false
  const job = jobsOf(read.head, read.group, newest, policy.umbrella)?.[0]
  if (job !== undefined) return job.state === 'failure' && job.attempt !== null && job.attempt > 1
  const [last, ...older] = byRun(past, newest)
  if (last === undefined || !isRed(last.state)) return false
  const pending = older.findIndex(({ state }) => state === 'pending')
  return pending >= 0 && older.slice(pending).some(row => isEnd(row))
}
