import type { ChecksRead } from '../../view/checks/result.js'
import { resultForContext } from '../../view/checks/result.js'
import type { Leg } from '../../view/checks/legs.js'
import { runName } from '../../view/checks/legs.js'
import { isGreen, isRed, statusName } from '../../model/status.js'
import type { JobResult } from '../../view/job-result.js'
import type { RuleInput } from '../rule.js'
import { named } from '../rule.js'
import { pinnedSource } from '../rerunnable.js'
import type { ContextClass, GateFinding } from './finding.js'
import { found, notKnown } from './finding.js'
import { againstIt, unsettled } from './own-job.js'

/** Does this job not hold the gate shut? A merge takes a skipped one for a pass. */
const letsMergePass = ({ state }: Leg): boolean => state === 'success' || state === 'skipped'

/** Somebody else's check or status that holds the gate shut, or `null`. */
function heldByOthers({ umbrella: { foreign, status } }: ChecksRead): GateFinding | null {
  const check = foreign.find(({ check: { state } }) => state !== 'success' && state !== 'skipped')
  if (check !== undefined) {
    const detail = `check run ${check.check.id} of ${check.app.slug} says ${check.check.state}`
    return check.check.state === 'open'
      ? found('pending', 'set-pending', detail)
      : found('red', 'set-red', detail)
  }
  if (status?.author.kind !== 'foreign' || isGreen(status.state)) return null
  const who = status.creator ?? 'an unknown writer'
  const detail = `${statusName(status)} says ${status.state}, written by ${who}`
  return isRed(status.state)
    ? found('red', 'set-red', detail)
    : found('pending', 'set-pending', detail)
}

/** Green on the gate: by the app that a merge wants it from? Over a red newest run? */
function greenChecks(input: RuleInput, own: JobResult): GateFinding {
  const { view } = input
  const { pins } = view
  const pinned = pins.length === 0 ? null : pinnedSource.judge(input)
  if (pinned !== null && typeof pinned !== 'function')
    return found('never-reported', 'other-app', pinned.detail)
  if ((own.kind === 'failure' || own.kind === 'cancelled') && own.run !== null) {
    const why = own.never ?? `its job ${own.kind === 'failure' ? 'failed' : 'was cancelled'}`
    return found(
      'false-green',
      'older-green',
      `green by an older run, but ${why} (${named(own.run)})`,
    )
  }
  if (own.kind === 'stranger') return found('green', 'set-green', 'no run of Actions wrote it')
  if (own.kind === 'unknown' || own.kind === 'open')
    return found('green', 'unproven', `green by an older run; ${own.why}`)
  return own.kind === 'skipped'
    ? found('green', 'skipped', `skipped in ${named(own.run)}, which a merge takes for a pass`)
    : found('green', 'green', `by ${named(view.newest)}`)
}

/** The legs that hold the gate shut, where every one is of a run that a newer one superseded. */
function superseded({ head, umbrella }: ChecksRead): readonly Leg[] | null {
  const shut = umbrella.legs.filter(leg => !letsMergePass(leg))
  const isOlder = ({ suite }: Leg): boolean => head.newest.every(({ id }) => id !== suite.id)
  return shut.length > 0 && shut.every(isOlder) ? shut : null
}

function legClass({ state }: Leg): ContextClass<'stale'> {
  if (state === 'open') return 'run-ended'
  return state === 'cancelled' ? 'cancelled-before' : 'overwritten'
}

/** A newest run's green job that the jobs of its run do not name may be anybody's. */
function unlistedJob({ head, umbrella }: ChecksRead): GateFinding | null {
  const one = umbrella.legs.find(
    ({ suite, check, state }) =>
      state === 'success' && !check.isListed && head.newest.some(({ id }) => id === suite.id),
  )
  return one === undefined
    ? null
    : notKnown(`${one.name} is green, but the jobs of ${runName(one.suite)} were not read`, 'jobs')
}

/** What a run of its workflow does, where one has not ended. */
function openOf({ head, umbrella, group }: ChecksRead): string | null {
  const workflows = new Set(
    [...group, ...umbrella.legs.map(({ suite }) => suite)].map(({ run }) => run.workflow),
  )
  const open = head.runs.find(({ run, state }) => state === 'open' && workflows.has(run.workflow))
  return open === undefined ? null : `${runName(open)} is still going`
}

/** The newest run's own job is green, and something else stands. */
function overGreen(input: RuleInput, read: ChecksRead): GateFinding {
  const legs = superseded(read)
  const [leg] = legs ?? []
  if (leg === undefined) return notKnown('what blocks the merge was not written by an older run')
  return (
    unlistedJob(read) ??
    unsettled({ policy: input.policy, age: input.view.age }, openOf(read)) ??
    found(
      'stale',
      legClass(leg),
      `its job is green in ${named(input.view.newest)}, the newest; check run ${leg.check.id} of ` +
        `${runName(leg.suite)}, an older one, is ${leg.state}`,
    )
  )
}

/** A posted status: the newest run posted it green itself, and an older run's red stands. */
function overPosted(input: RuleInput, read: ChecksRead): GateFinding | null {
  const { legs, foreign, status } = read.umbrella
  if (legs.length > 0 || foreign.length > 0 || status?.author.kind !== 'actions') return null
  const [newest] = read.group
  if (newest === undefined || status.author.run === newest.key) return null
  if (isGreen(status.state) || input.basis.kind !== 'shown-stale') return null
  const as = status.state === 'pending' ? 'run-ended' : 'overwritten'
  const detail =
    `${runName(newest)}, the newest, posted it green; ${statusName(status)} (${status.state}) is ` +
    `of run ${status.author.run}`
  return (
    unsettled({ policy: input.policy, age: input.view.age }, openOf(read)) ??
    found('stale', as, detail)
  )
}

/** A context that check runs or statuses carry, by the newest runs' own jobs and what stands. */
export function carriedChecks(input: RuleInput, read: ChecksRead): GateFinding {
  const { view, policy } = input
  const own = resultForContext(read.head, policy.umbrella, read.umbrella, false)
  if (view.isGreen) return greenChecks(input, own)
  const others = heldByOthers(read)
  if (others !== null) return others
  const posted = overPosted(input, read)
  if (posted !== null) return posted
  if (own.kind === 'open' && view.awaiting !== null)
    return found('pending', 'awaiting-approval', `${named(view.awaiting)} waits for an approval`)
  return againstIt(own, policy.umbrella) ?? overGreen(input, read)
}
