import type { RowId, RunKey } from '../model/ids.js'
import type { JobRef } from '../model/job.js'
import type { ContextResult } from '../reading/assessment.js'
import type { JobResult, Source } from '../reading/job-result.js'
import type { Policy } from '../model/policy.js'
import type { FinalRule, Pass, Rule, Ruled } from './rule.js'
import { refuse } from './rule.js'
import type { Reason, Verdict } from './verdict.js'

/** What the newest run says of one context that counts, and where that was read. */
export interface ContextRow {
  readonly context: string
  readonly level: ContextResult['level']
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
export interface Asked {
  readonly rule: Pick<Rule, 'title'>
  readonly ruling: Verdict | Pass
}

function rowOf({ context, level, result }: ContextResult): ContextRow {
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
function contextRows(
  results: readonly ContextResult[],
  missing: readonly string[],
  policy: Policy,
): readonly ContextRow[] {
  const absent = missing.map(context =>
    rowOf({
      context,
      level: policy.external.includes(context) ? 'external' : 'required',
      result: { kind: 'missing' },
    }),
  )
  return [...results.map(rowOf), ...absent]
}

/** What every rule that was asked saw. */
function stepsOf(asked: readonly Asked[]): readonly TraceStep[] {
  return asked.map(({ rule, ruling }): TraceStep =>
    ruling.kind === 'pass'
      ? { title: rule.title, saw: ruling.saw(), decided: null }
      : { title: rule.title, saw: ruling.detail, decided: ruling.reason },
  )
}

/**
 * A pull request judged alone, before others on its commit are looked at. A class like
 * `HeadStatuses`, and for the same reason: there are thousands of them.
 */
export class Judged {
  readonly verdict: Verdict
  private readonly it: Ruled
  private readonly asked: readonly Asked[]

  constructor(it: Ruled, asked: readonly Asked[], verdict: Verdict) {
    this.it = it
    this.asked = asked
    this.verdict = verdict
  }

  /** The same pull request refused, because of what else stands on the commit. */
  refuse(detail: string): Verdict {
    return refuse(this.it, 'superseded-evidence', detail)
  }

  /** How one can follow it; `more` are rules that were asked after its own. */
  trace(more: readonly Asked[]): Trace {
    const { seen, policy } = this.it
    return {
      source: seen.source,
      contexts: contextRows(seen.results, seen.missing, policy),
      steps: stepsOf([...this.asked, ...more]),
    }
  }
}

/** Asks the rules in their order; the last always decides. */
export function askRules<Input extends Ruled>(
  it: Input,
  rules: readonly Rule<Input>[],
  last: FinalRule<Input>,
): Judged {
  const asked: Asked[] = []
  for (const rule of rules) {
    const ruling = rule.judge(it)
    asked.push({ rule, ruling })
    if (ruling.kind !== 'pass') return new Judged(it, asked, ruling)
  }
  const verdict = last.judge(it)
  asked.push({ rule: last, ruling: verdict })
  return new Judged(it, asked, verdict)
}
