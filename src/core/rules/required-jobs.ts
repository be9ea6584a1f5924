import { maySkip } from '../reading/assessment.js'
import type { ContextResult } from '../reading/assessment.js'
import type { Holder, Refusal } from './verdict.js'
import type { Ruled } from './rule.js'
import { named, pass, refuse, rule, wait } from './rule.js'

const VERDICTS = [
  { kind: 'failure', reason: 'required-failed', verb: 'failed' },
  { kind: 'cancelled', reason: 'required-cancelled', verb: 'was cancelled' },
  { kind: 'skipped', reason: 'required-skipped', verb: 'was skipped' },
] as const

/** The first required context that failed, was cancelled or was skipped, in this order. */
function firstThatHolds(it: Ruled): Refusal<(typeof VERDICTS)[number]['reason']> | null {
  const hold = (context: string, { run, job }: Pick<Holder, 'run' | 'job'>): Holder => ({
    context,
    run,
    job,
  })
  for (const { kind, reason, verb } of VERDICTS) {
    for (const { context, result } of it.must) {
      if (result.kind !== kind || maySkip(it.policy, context, result)) continue
      const where = result.run === null ? '' : ` in run ${result.run}`
      return refuse(it, reason, `${context} ${verb}${where}`, hold(context, result))
    }
  }
  return null
}

/** What is required and missing, failed, cancelled or skipped, in this order. */
export const requiredHolds = rule({
  codes: ['required-missing', 'required-failed', 'required-cancelled', 'required-skipped'],
  title: 'Does a required job hold the pull request back?',
  judge: (it: Ruled) => {
    const { seen, must, base } = it
    const [missing] = seen.missing
    if (missing !== undefined) {
      return refuse(it, 'required-missing', `no run wrote ${missing} on this commit`, {
        context: missing,
        run: base.run,
        job: null,
      })
    }
    const [absent] = seen.absent
    if (absent !== undefined) {
      const { context, why } = absent
      return refuse(it, 'required-missing', why, { context, run: base.run, job: null })
    }
    const holds = firstThatHolds(it)
    if (holds !== null) return holds
    // What may be skipped proves nothing: one at least must be green.
    const [first] = must
    if (first === undefined || must.some(({ result }) => result.kind !== 'skipped'))
      return pass(() => `none of ${must.length} is missing, failed, cancelled or skipped`)
    const holder = { context: first.context, run: base.run, job: null }
    const detail = `every job of ${named(base.run)} was skipped`
    return refuse(it, 'required-skipped', detail, holder)
  },
})

/**
 * A job nobody listed may be skipped, but must not fail; a pull may have added it to the umbrella's
 * `needs`.
 */
export const runFailed = rule({
  codes: ['run-failed'],
  title: 'Did a job that no list names fail?',
  judge: (it: Ruled) => {
    for (const { context, level, result } of it.seen.results) {
      if (level !== 'unlisted' || (result.kind !== 'failure' && result.kind !== 'cancelled'))
        continue
      const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
      const holder = { context, run: result.run, job: result.job }
      const detail = `${context}, which no list names, ${verb} in ${named(result.run)}`
      return refuse(it, 'run-failed', detail, holder)
    }
    return pass(() => `no other job of ${named(it.base.run)} failed`)
  },
})

/** What has not ended: going, or covered by a pending row whose run cannot be told. */
function isOpen({ result }: ContextResult): boolean {
  return (
    result.kind === 'open' ||
    (result.kind === 'unknown' && result.pending) ||
    (result.kind === 'stranger' && result.state === 'pending')
  )
}

/** Something that counts has not finished, or the group is not quiet. */
export const notFinished = rule({
  codes: ['required-open', 'run-open'],
  title: 'Has everything that counts ended?',
  judge: it => {
    const { head, policy } = it
    const { group, results, openRunReason } = it.seen
    const going = results.find(isOpen)
    if (going !== undefined) {
      const { context, result, level } = going
      const stranger = result.kind === 'stranger' || level === 'external'
      const run = stranger || !('run' in result) ? null : (result.run ?? group.newest)
      const why = 'why' in result ? `: ${result.why}` : ''
      const reason = level === 'optional' || level === 'unlisted' ? 'run-open' : 'required-open'
      const holder = { context, run, job: null }
      return wait(it, reason, `${context} has not finished${why}`, holder)
    }
    const holder = { context: policy.umbrella, run: group.newest, job: null }
    if (openRunReason !== null) return wait(it, 'run-open', openRunReason, holder)
    const wrote = head
      .of(policy.umbrella)
      .some(({ author }) => author.kind === 'actions' && author.run === group.newest)
    const pending = [...group.contexts].some(context =>
      head.latest(context).some(({ state, author }) => state === 'pending' && author.kind !== 'us'),
    )
    const detail = `${named(group.newest)} has not written ${policy.umbrella} yet`
    return !wrote && pending
      ? wait(it, 'run-open', detail, holder)
      : pass(() => `nothing is going in ${[...group.runs].map(named).join(', ')}`)
  },
})
