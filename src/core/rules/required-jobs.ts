import { isRed } from '../model/status.js'
import type { Rule } from './rule.js'
import { named, refuse, wait } from './rule.js'

const VERDICTS = [
  { kind: 'failure', reason: 'required-failed', verb: 'failed' },
  { kind: 'cancelled', reason: 'required-cancelled', verb: 'was cancelled' },
  { kind: 'skipped', reason: 'required-skipped', verb: 'was skipped' },
] as const

/** Row 9, first half: what is required and missing, failed, cancelled or skipped, in this order. */
export const requiredHolds: Rule = it => {
  const { seen, must } = it
  const missing = seen.missing[0] ?? must.find(({ result }) => result.kind === 'missing')?.context
  if (missing !== undefined) {
    return refuse(it, 'required-missing', `no run wrote ${missing} on this commit`, {
      context: missing,
      run: seen.group.newest,
      job: null,
    })
  }
  for (const { kind, reason, verb } of VERDICTS) {
    for (const { context, result, level } of must) {
      if (kind === 'failure' && result.kind === 'stranger' && isRed(result.state)) {
        return refuse(it, reason, `${context} is ${result.state} (row ${result.row})`, {
          context,
          run: null,
          job: null,
        })
      }
      if (result.kind !== kind || (kind === 'skipped' && level === 'implied')) continue
      const where = result.run === null ? '' : ` in run ${result.run}`
      return refuse(it, reason, `${context} ${verb}${where}`, {
        context,
        run: result.run,
        job: result.job,
      })
    }
  }
  // With an empty list every job may be skipped, but one at least must be green.
  const [first] = must
  if (first === undefined || must.some(({ result }) => result.kind !== 'skipped')) return null
  const holder = { context: first.context, run: seen.group.newest, job: null }
  return refuse(
    it,
    'required-skipped',
    `every job of ${named(seen.group.newest)} was skipped`,
    holder,
  )
}

/**
 * Row 9, second half: a job nobody listed may be skipped, but must not fail; a pull may have added
 * it to the umbrella's `needs`.
 */
export const runFailed: Rule = it => {
  for (const { context, level, result } of it.seen.results) {
    if (level !== 'unlisted' || (result.kind !== 'failure' && result.kind !== 'cancelled')) continue
    const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
    const holder = { context, run: result.run, job: result.job }
    return refuse(
      it,
      'run-failed',
      `${context}, which no list names, ${verb} in ${named(result.run)}`,
      holder,
    )
  }
  return null
}

/** Row 10. Something that counts has not finished, or the group is not quiet. */
export const notFinished: Rule = it => {
  const {
    seen: { group, results, unquiet },
    head,
    policy,
  } = it
  for (const { context, result, level } of results) {
    const open =
      result.kind === 'open' ||
      (result.kind === 'unknown' && result.pending) ||
      (result.kind === 'stranger' && result.state === 'pending')
    if (!open) continue
    const run =
      result.kind === 'stranger' || level === 'external' ? null : (result.run ?? group.newest)
    const why = result.kind === 'stranger' ? '' : `: ${result.why}`
    const reason = level === 'optional' || level === 'unlisted' ? 'run-open' : 'required-open'
    return wait(it, reason, `${context} has not finished${why}`, { context, run, job: null })
  }
  const holder = { context: policy.umbrella, run: group.newest, job: null }
  if (unquiet !== null) return wait(it, 'run-open', unquiet, holder)
  const wrote = head
    .of(policy.umbrella)
    .some(({ author }) => author.kind === 'actions' && author.run === group.newest)
  const pending = [...group.contexts].some(context =>
    head.latest(context).some(({ state, author }) => state === 'pending' && author.kind !== 'us'),
  )
  return !wrote && pending
    ? wait(it, 'run-open', `${named(group.newest)} has not written ${policy.umbrella} yet`, holder)
    : null
}
