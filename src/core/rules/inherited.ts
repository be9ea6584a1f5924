import { suffixOf } from '../model/context.js'
import { baseBranchName } from '../model/evidence.js'
import type { ContextView, UmbrellaView } from '../view/view.js'
import { maySkip } from '../view/view.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'
import { named, refuse, rowRule } from './rule.js'

/**
 * The one required context that is not green, when it alone holds the pull back and a job of
 * Actions failed in it; else `null`.
 */
export function onlyFailure(
  view: Pick<UmbrellaView, 'missing' | 'absent' | 'policy'>,
  required: readonly ContextView[],
): ContextView | null {
  const holds = required.filter(
    ({ context, result }) => result.kind !== 'success' && !maySkip(view.policy, context, result),
  )
  const [only] = holds
  return view.missing.length + view.absent.length === 0 &&
    holds.length === 1 &&
    only?.result.kind === 'failure' &&
    only.level !== 'external'
    ? only
    : null
}

/** The base's row of the same workflow and job: of its `(push)` run, or the context itself. */
function baseRowOf(rows: readonly SignedRow[], context: string): SignedRow | undefined {
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
export const inherited = rowRule({
  codes: ['inherited'],
  title: 'Does the one failed job fail on the base branch too?',
  judge: (input, { head }) => {
    const only = onlyFailure(input.view, input.required)
    if (only?.result.kind !== 'failure')
      return () => 'it is not one failed job alone that holds the pull request back'
    const { baseSha } = input.pull
    const base = baseBranchName(input.pull)
    const rows = baseSha === null ? undefined : input.evidence.bases[baseSha]
    if (rows === undefined) return () => `the rows of ${base} were not read`
    const row = baseRowOf(rows, only.context)
    if (row?.author.kind !== 'actions' || row.author.phase !== 'failure')
      return () => `${only.context} is not known to fail on ${base}`
    const here = head.of(only.context)[0]
    const place = here === undefined ? '' : ` (${here.targetUrl})`
    const { run, job } = only.result
    const detail =
      `${only.context} failed in ${named(run)}${place} and on ` +
      `${base} too (${row.context}, ${row.targetUrl})`
    return refuse(input, 'inherited', detail, { context: only.context, run, job })
  },
})
