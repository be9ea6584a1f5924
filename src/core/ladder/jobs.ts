import { isRed } from '../status.js'
import type { Rung } from './case.js'
import { named, refuse, wait } from './case.js'

const VERDICTS = [
  { is: 'failure', reason: 'required-failed', verb: 'failed' },
  { is: 'cancelled', reason: 'required-cancelled', verb: 'was cancelled' },
  { is: 'skipped', reason: 'required-skipped', verb: 'was skipped' },
] as const

/** Row 9, first half: what is required and missing, failed, cancelled or skipped, in this order. */
export const requiredHolds: Rung = it => {
  const { seen, must } = it
  const missing = seen.missing[0] ?? must.find(({ answer }) => answer.is === 'missing')?.context
  if (missing !== undefined) {
    return refuse(it, 'required-missing', `no run wrote ${missing} on this commit`, {
      context: missing,
      run: seen.family.newest,
      job: null,
    })
  }
  for (const { is, reason, verb } of VERDICTS) {
    for (const { context, answer, level } of must) {
      if (is === 'failure' && answer.is === 'stranger' && isRed(answer.state)) {
        return refuse(it, reason, `${context} is ${answer.state} (row ${answer.row})`, {
          context,
          run: null,
          job: null,
        })
      }
      if (answer.is !== is || (is === 'skipped' && level === 'implied')) continue
      const where = answer.run === null ? '' : ` in run ${answer.run}`
      return refuse(it, reason, `${context} ${verb}${where}`, {
        context,
        run: answer.run,
        job: answer.job,
      })
    }
  }
  // With an empty list every job may be skipped, but one at least must be green.
  const [first] = must
  if (first === undefined || must.some(({ answer }) => answer.is !== 'skipped')) return null
  const holder = { context: first.context, run: seen.family.newest, job: null }
  return refuse(
    it,
    'required-skipped',
    `every job of ${named(seen.family.newest)} was skipped`,
    holder,
  )
}

/**
 * Row 9, second half: a job nobody listed may be skipped, but must not fail; a pull may have added
 * it to the umbrella's `needs`.
 */
export const runFailed: Rung = it => {
  for (const { context, level, answer } of it.seen.findings) {
    if (level !== 'unlisted' || (answer.is !== 'failure' && answer.is !== 'cancelled')) continue
    const verb = answer.is === 'failure' ? 'failed' : 'was cancelled'
    const holder = { context, run: answer.run, job: answer.job }
    return refuse(
      it,
      'run-failed',
      `${context}, which no list names, ${verb} in ${named(answer.run)}`,
      holder,
    )
  }
  return null
}

/** Row 10. Something that counts has not finished, or the family is not quiet. */
export const notFinished: Rung = it => {
  const {
    seen: { family, findings, unquiet },
    head,
    policy,
  } = it
  for (const { context, answer, level } of findings) {
    const open =
      answer.is === 'open' ||
      (answer.is === 'unknown' && answer.pending) ||
      (answer.is === 'stranger' && answer.state === 'pending')
    if (!open) continue
    const run =
      answer.is === 'stranger' || level === 'external' ? null : (answer.run ?? family.newest)
    const why = answer.is === 'stranger' ? '' : `: ${answer.why}`
    const reason = level === 'optional' || level === 'unlisted' ? 'run-open' : 'required-open'
    return wait(it, reason, `${context} has not finished${why}`, { context, run, job: null })
  }
  const holder = { context: policy.umbrella, run: family.newest, job: null }
  if (unquiet !== null) return wait(it, 'run-open', unquiet, holder)
  const wrote = head
    .of(policy.umbrella)
    .some(({ author }) => author.by === 'actions' && author.run === family.newest)
  const pending = [...family.contexts].some(context =>
    head.latest(context).some(({ state, author }) => state === 'pending' && author.by !== 'us'),
  )
  return !wrote && pending
    ? wait(it, 'run-open', `${named(family.newest)} has not written ${policy.umbrella} yet`, holder)
    : null
}
