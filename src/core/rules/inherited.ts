import { suffixOf } from '../model/context.js'
import type { Assessment } from '../reading/assessment.js'
import type { ContextResult } from '../reading/assessment.js'
import { maySkip } from '../reading/assessment.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'
import { named, pass, refuse, rule } from './rule.js'

/**
 * The one required context that is not green, when it alone holds the pull back and a job of
 * Actions failed in it; else `null`.
 */
export function onlyFailure(
  seen: Pick<Assessment, 'missing' | 'absent' | 'policy'>,
  must: readonly ContextResult[],
): ContextResult | null {
  const holds = must.filter(
    ({ context, result }) => result.kind !== 'success' && !maySkip(seen.policy, context, result),
  )
  const [only] = holds
  return seen.missing.length + seen.absent.length === 0 &&
    holds.length === 1 &&
    only?.result.kind === 'failure' &&
    only.level !== 'external'
    ? only
    : null
}

/** The base's row of the same workflow and job: the context itself, or its `(push)` twin. */
function twin(rows: readonly SignedRow[], context: string): SignedRow | undefined {
  const suffix = suffixOf(context)
  const push = `${context.slice(0, context.length - suffix.length)} (push)`
  return (
    newestFirst(rows).find(row => row.context === push) ??
    newestFirst(rows).find(row => row.context === context)
  )
}

/**
 * The job fails on the base branch too: said so, with both places; never a reason to write green.
 */
export const inherited = rule({
  codes: ['inherited'],
  title: 'Does the one failed job fail on the base branch too?',
  judge: it => {
    const only = onlyFailure(it.seen, it.must)
    if (only?.result.kind !== 'failure')
      return pass(() => 'it is not one failed job alone that holds the pull request back')
    const rows = it.head.evidence.bases[it.pull.baseSha]
    if (rows === undefined) return pass(() => `the rows of ${it.pull.base} were not read`)
    const row = twin(rows, only.context)
    if (row?.author.kind !== 'actions' || row.author.word !== 'failure')
      return pass(() => `${only.context} is not known to fail on ${it.pull.base}`)
    const here = it.head.of(only.context)[0]
    const place = here === undefined ? '' : ` (${here.targetUrl})`
    const { run, job } = only.result
    const detail =
      `${only.context} failed in ${named(run)}${place} and on ` +
      `${it.pull.base} too (${row.context}, ${row.targetUrl})`
    return refuse(it, 'inherited', detail, { context: only.context, run, job })
  },
})
