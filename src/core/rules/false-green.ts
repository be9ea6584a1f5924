import type { RunKey } from '../model/ids.js'
import { isOptional } from '../model/policy.js'
import type { RuleInput } from './rule.js'
import { named, rule } from './rule.js'
import { notGreen } from './umbrella.js'
import type { Alarm } from './verdict.js'

/**
 * A green umbrella over a red newest run. Only a result counts: a job the newest run does not have
 * proves nothing against the umbrella.
 */
export const falseGreen = rule({
  codes: ['false-green'],
  title: 'Is the umbrella green over a failed required job?',
  judge: input => {
    const { view, required } = input
    if (!view.isGreen) return notGreen
    if (!view.isStudied) return () => 'green; the history was not read, so no run is known'
    if (view.newestRuns.length === 0) return () => 'green; no run wrote it'
    const chain = skippedOverFailure(input)
    if (chain !== null) return chain
    const mayFail = allowedFailures(input)
    for (const { context, result, level } of required) {
      if (level === 'external' || (result.kind !== 'failure' && result.kind !== 'cancelled'))
        continue
      // What another app says of a context is no result of a run.
      if (result.run === null || mayFail.includes(context)) continue
      const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
      const newest = view.read.kind === 'rows' ? 'the newest' : 'the newest of its workflow'
      return {
        ...input.base,
        kind: 'alarm',
        reason: 'false-green',
        detail: `the umbrella is green, but ${context} ${verb} in ${named(result.run)}, ${newest}`,
        holder: { context, run: result.run, job: result.job },
      }
    }
    return () => `green; no required job of ${view.newestRuns.map(named).join(', ')} failed`
  },
})

/** Contexts of which the workflow files say that their failure holds nothing back. */
export function allowedFailures({ evidence, pull }: RuleInput): readonly string[] {
  const needs = evidence.needs.get(pull.number)
  return needs?.kind === 'contexts' || needs?.kind === 'every-other-job'
    ? (needs.mayFail ?? [])
    : []
}

/** A job that failed, and the required one that was skipped for it. */
interface SkippedFor {
  readonly context: string
  readonly failed: string
  readonly run: RunKey | null
}

/**
 * A required job that was skipped because a job it needs failed: GitHub takes the skip for a pass,
 * so that the gate is open over the failure.
 */
export function skippedForFailure({ required, view, policy }: RuleInput): SkippedFor | null {
  if (view.read.kind === 'rows') return null
  for (const { context, result } of required) {
    if (result.kind !== 'skipped') continue
    const id = result.job?.id ?? null
    const failed = view.read.head.legs.find(({ check }) => check.id === id)?.check.skippedFor
    if (failed === undefined || isOptional(policy, failed)) continue
    return { context, failed, run: result.run }
  }
  return null
}

function skippedOverFailure(input: RuleInput): Alarm | null {
  const found = skippedForFailure(input)
  if (found === null) return null
  const { context, failed, run } = found
  return {
    ...input.base,
    kind: 'alarm',
    reason: 'false-green',
    detail:
      `the umbrella is green, but ${failed} failed in ${named(run)}, so that ${context} ` +
      'was skipped, which a merge takes for a pass',
    holder: { context: failed, run, job: null },
  }
}
