import type { ContextRow } from '../../core/rules/trace.js'
import type { Reason } from '../../core/rules/verdict.js'
import { isRequired } from '../../core/view/view.js'
import { plural } from './text.js'

/** What is asked about a pull request whose umbrella is green. */
interface Green {
  readonly reason: Reason
  readonly contexts: readonly Pick<ContextRow, 'context' | 'level' | 'says'>[]
}

/** Jobs beside a green umbrella that no list names and that failed in the newest run. */
export const failedUnlisted = ({ reason, contexts }: Green): readonly string[] =>
  contexts
    .filter(
      ({ level, says }) =>
        reason === 'umbrella-green' &&
        level === 'unlisted' &&
        (says === 'failure' || says === 'cancelled'),
    )
    .map(({ context }) => context)

/** Is nothing known that this green umbrella stands for, so that nothing can contradict it? */
export const isUnchecked = (green: Green): boolean =>
  green.reason === 'umbrella-green' && !green.contexts.some(isRequired)

/**
 * What a green umbrella does not tell, or `null`. A job of the newest run that failed is never
 * passed over in silence: whether it had to be green may simply not be known.
 */
export function cautionOf(green: Green): string | null {
  if (green.reason !== 'umbrella-green') return null
  const [first, ...more] = failedUnlisted(green)
  const failed =
    first === undefined
      ? null
      : `${first} did not succeed in the newest run` +
        (more.length === 0 ? '' : `, nor did ${plural(more.length, 'other job')}`)
  if (isUnchecked(green))
    return (
      'no required jobs were found here, so a false green cannot be detected' +
      `${failed === null ? '' : `; ${failed}`}. Name the required jobs in required-contexts`
    )
  return failed === null ? null : `${failed}; no list names it, so it holds nothing back`
}
