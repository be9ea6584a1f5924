import type { RunKey } from '../model/ids.js'
import { mayBeGoing } from '../view/job-result.js'
import type { ContextView } from '../view/view.js'
import { maySkip } from '../view/view.js'
import type { Refusal } from './verdict.js'
import type { RuleInput } from './rule.js'
import { inRun, named, refuse, rule, wait } from './rule.js'

const RED_ENDINGS = [
  { kind: 'failure', reason: 'required-failed', verb: 'failed' },
  { kind: 'cancelled', reason: 'required-cancelled', verb: 'was cancelled' },
  { kind: 'skipped', reason: 'required-skipped', verb: 'was skipped' },
] as const

/** The first required context that failed, was cancelled or was skipped, in this order. */
function firstThatHolds(input: RuleInput): Refusal<(typeof RED_ENDINGS)[number]['reason']> | null {
  for (const { kind, reason, verb } of RED_ENDINGS) {
    for (const { context, result } of input.required) {
      if (result.kind !== kind || maySkip(input.policy, context, result)) continue
      const where = result.run === null ? '' : ` in run ${result.run}`
      const detail =
        result.never === undefined
          ? `${context} ${verb}${where}`
          : `${context} did not run: ${result.never}`
      return refuse(input, reason, detail, { context, run: result.run, job: result.job })
    }
  }
  return null
}

/** What is required and missing, failed, cancelled or skipped, in this order. */
export const requiredHolds = rule({
  codes: ['required-missing', 'required-failed', 'required-cancelled', 'required-skipped'],
  title: 'Does a required job hold the pull request back?',
  judge: input => {
    const { view, required, base } = input
    const [missing] = view.missing
    if (missing !== undefined) {
      return refuse(input, 'required-missing', `no run wrote ${missing} on this commit`, {
        context: missing,
        run: base.run,
        job: null,
      })
    }
    const [absent] = view.absent
    if (absent !== undefined) {
      const { context, why } = absent
      return refuse(input, 'required-missing', why, { context, run: base.run, job: null })
    }
    const holds = firstThatHolds(input)
    if (holds !== null) return holds
    // Skipped jobs alone prove nothing: one at least must be green.
    const [first] = required
    if (first === undefined || required.some(({ result }) => result.kind !== 'skipped'))
      return () => `none of ${required.length} is missing, failed, cancelled or skipped`
    const holder = { context: first.context, run: base.run, job: null }
    const detail = `every job of ${named(base.run)} was skipped`
    return refuse(input, 'required-skipped', detail, holder)
  },
})

/**
 * A job nobody listed may be skipped, but must not fail; a pull may have added it to the umbrella's
 * `needs`.
 */
export const runFailed = rule({
  codes: ['run-failed'],
  title: 'Did a job that no list names fail?',
  judge: input => {
    for (const { context, level, result } of input.view.contexts) {
      if (level !== 'unlisted' || (result.kind !== 'failure' && result.kind !== 'cancelled'))
        continue
      const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
      const holder = { context, run: result.run, job: result.job }
      const detail = `${context}, which no list names, ${verb}${inRun(result.run)}`
      return refuse(input, 'run-failed', detail, holder)
    }
    return () => `no other job of ${named(input.base.run)} failed`
  },
})

/** What has not ended: going, or covered by a pending row whose run cannot be told. */
function isOpen({ result }: ContextView): boolean {
  return mayBeGoing(result) || (result.kind === 'stranger' && result.state === 'pending')
}

/** The run that is waited for: the newest where the pending row names none. */
function openRunOf({ result }: ContextView, { view }: RuleInput): RunKey | null {
  if (result.kind === 'unknown') return result.run ?? view.newest
  return 'run' in result ? result.run : null
}

/** Something that counts has not finished, or the group is not quiet. */
export const notFinished = rule({
  codes: ['required-open', 'run-open'],
  title: 'Has everything that counts ended?',
  judge: input => {
    const { view, policy } = input
    const { openRun, newest, runs, isDue } = view
    const going = view.contexts.find(isOpen)
    if (going !== undefined) {
      const { context, result, level } = going
      const why = 'why' in result ? `: ${result.why}` : ''
      const reason = level === 'optional' || level === 'unlisted' ? 'run-open' : 'required-open'
      const holder = { context, run: openRunOf(going, input), job: null }
      return wait(input, reason, `${context} has not finished${why}`, holder)
    }
    const holder = { context: policy.umbrella, run: newest, job: null }
    if (openRun !== null) return wait(input, 'run-open', openRun, holder)
    const detail = `${named(newest)} has not written ${policy.umbrella} yet`
    return isDue
      ? wait(input, 'run-open', detail, holder)
      : () => `nothing is going in ${runs.map(named).join(', ')}`
  },
})

/**
 * What stands in the merge queue is tested on a commit of the queue's own. A re-run on the pull
 * request's could put it out of the queue, and changes nothing there.
 */
export const inMergeQueue = rule({
  codes: ['in-merge-queue', 'evidence-incomplete'],
  title: 'Does the pull request stand in the merge queue?',
  only: 'checks',
  judge: input => {
    const { evidence, policy, pull } = input
    const queue = evidence.kind === 'checks' ? evidence.queue : undefined
    if (queue === undefined) return () => 'there is no merge queue'
    if (queue.queued === null) {
      const detail = `whether #${pull.number} stands in the merge queue could not be read`
      return refuse(input, 'evidence-incomplete', detail)
    }
    if (!queue.queued.includes(pull.number)) return () => 'it does not stand in it'
    const holder = { context: policy.umbrella, run: input.base.run, job: null }
    return wait(input, 'in-merge-queue', `#${pull.number} stands in the merge queue`, holder)
  },
})

/**
 * A run that waits for a person's approval has no jobs yet. To run it again would approve it
 * (docs/github-facts.md, 2), and what it would say is not known.
 */
export const awaitingApproval = rule({
  codes: ['awaiting-approval'],
  title: 'Does a run wait for an approval?',
  only: 'checks',
  judge: input => {
    const { awaiting, newest, policy } = input.view
    if (awaiting === null) return () => 'no run waits for an approval'
    const holder = { context: policy.umbrella, run: newest, job: null }
    const detail = `run ${awaiting} waits for an approval: running it again would get around it`
    return refuse(input, 'awaiting-approval', detail, holder)
  },
})
