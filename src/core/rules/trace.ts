import type { RowId, RunKey } from '../model/ids.js'
import type { JobRef } from '../model/job.js'
import type { JobResult, Source } from '../view/job-result.js'
import type { ContextView, UmbrellaView } from '../view/view.js'
import type { FinalRule, Pass, Rule, RuleInput } from './rule.js'
import type { Reason, Verdict } from './verdict.js'

/** What the newest run says of one context that counts, and where that was read. */
export interface ContextRow {
  readonly context: string
  readonly level: ContextView['level']
  readonly says: JobResult['kind']
  readonly source: Source | null
  readonly run: RunKey | null
  readonly job: JobRef | null
  /** The status row it was read from; `null` for a job row, or when there is none. */
  readonly row: RowId | null
  /** Why no more can be said; `''` where a result was read. */
  readonly why: string
}

/** One rule that was asked, and what it saw. */
export interface TraceStep {
  readonly title: string
  readonly saw: string
  /** The reason it decided by; `null` when it passed and the next was asked. */
  readonly decided: Reason | null
}

/** From what was read to the verdict: the contexts that count, and every rule that was asked. */
export interface Trace {
  /** Where the list of what must be green comes from. */
  readonly source: string
  readonly contexts: readonly ContextRow[]
  readonly steps: readonly TraceStep[]
}

/** A rule with what it made of an umbrella. */
export interface AskedRule {
  readonly rule: Pick<Rule, 'title'>
  readonly ruling: Verdict | Pass
}

function contextRow({ context, level, result }: Omit<ContextView, 'foreign'>): ContextRow {
  const base = { context, level, says: result.kind, source: null, run: null, job: null }
  switch (result.kind) {
    case 'missing':
      return { ...base, row: null, why: 'nobody wrote it on this commit' }
    case 'stranger':
      return { ...base, row: result.row, why: `${result.state}, not written by Actions` }
    case 'open':
    case 'unknown':
    case 'disagree':
      return { ...base, run: result.run, row: null, why: result.why }
    case 'success':
    case 'failure':
    case 'cancelled':
    case 'skipped': {
      const { source, run, job, row } = result
      return { ...base, source, run, job, row, why: '' }
    }
  }
}

/** The contexts that count for a pull request, those that are required and missing included. */
function contextRows({ contexts, missing, policy }: UmbrellaView): readonly ContextRow[] {
  const absent = missing.map(context =>
    contextRow({
      context,
      level: policy.external.includes(context) ? 'external' : 'required',
      result: { kind: 'missing' },
    }),
  )
  return [...contexts.map(contextRow), ...absent]
}

/** What every rule that was asked saw. */
function traceSteps(asked: readonly AskedRule[]): readonly TraceStep[] {
  return asked.map(({ rule, ruling }): TraceStep =>
    typeof ruling === 'function'
      ? { title: rule.title, saw: ruling(), decided: null }
      : { title: rule.title, saw: ruling.detail, decided: ruling.reason },
  )
}

/** Every rule that is asked here, in its order, until one decides; the last always does. */
export function askRules(
  input: RuleInput,
  rules: readonly Rule[],
  last: FinalRule,
): { readonly verdict: Verdict; readonly asked: readonly AskedRule[] } {
  const asked: AskedRule[] = []
  for (const rule of rules) {
    if (rule.only !== undefined && rule.only !== input.view.read.kind) continue
    const ruling = rule.judge(input)
    asked.push({ rule, ruling })
    if (typeof ruling !== 'function') return { verdict: ruling, asked }
  }
  const verdict = last.judge(input)
  return { verdict, asked: [...asked, { rule: last, ruling: verdict }] }
}

/** How one can follow a verdict. */
export function traceOf({ view }: RuleInput, asked: readonly AskedRule[]): Trace {
  return { source: view.source, contexts: contextRows(view), steps: traceSteps(asked) }
}
