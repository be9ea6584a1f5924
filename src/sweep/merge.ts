import type { ContextClass, ContextState } from '../core/rules/gate/finding.js'
import type { Reason, Verdict } from '../core/rules/verdict.js'
import type { PullGate } from './gate.js'
import type { GateContextReport, MergeGateReport } from './report/gate.js'
import { contextsCondition, mergeGateReport } from './report/gate.js'

/** By which class of a context each verdict on the umbrella is told. Those not named: not known. */
const CLASSES: Readonly<Partial<Record<Reason, readonly [ContextState, ContextClass]>>> = {
  'umbrella-green': ['green', 'green'],
  'umbrella-pending': ['pending', 'job-open'],
  'required-open': ['pending', 'run-open'],
  'run-open': ['pending', 'run-open'],
  'too-young': ['pending', 'settling'],
  'in-merge-queue': ['pending', 'run-open'],
  'false-green': ['false-green', 'older-green'],
  stale: ['stale', 'overwritten'],
  'foreign-red': ['red', 'set-red'],
  inherited: ['red', 'job-failed'],
  'required-missing': ['red', 'job-failed'],
  'required-failed': ['red', 'job-failed'],
  'required-cancelled': ['red', 'job-cancelled'],
  'required-skipped': ['red', 'job-skipped'],
  'run-failed': ['red', 'job-failed'],
  'own-verdict': ['red', 'job-failed'],
  relapsed: ['red', 'job-failed'],
  'awaiting-approval': ['pending', 'awaiting-approval'],
  'never-started': ['never-reported', 'never-started'],
  'never-run': ['never-reported', 'never-run'],
  filtered: ['never-reported', 'filtered'],
  'no-writer': ['never-reported', 'no-writer'],
  'pinned-source': ['never-reported', 'other-app'],
}

/** What is said of the umbrella, and what to do about it. */
export interface UmbrellaTold {
  readonly context: string
  readonly verdict: Verdict
  readonly isRepaired: boolean
  readonly advice: string
  readonly command: string | null
}

/** By which class a verdict on the umbrella is told. */
function verdictClass(verdict: Verdict): readonly [ContextState, ContextClass] {
  if (verdict.kind === 'repair' && verdict.basis.kind !== 'shown-stale')
    return ['stale', 'over-green-needs']
  return CLASSES[verdict.reason] ?? ['unknown', 'not-known']
}

/** The umbrella among the contexts that a merge requires, by its verdict. */
function umbrellaContext(told: UmbrellaTold): GateContextReport {
  const { context, verdict, isRepaired, advice, command } = told
  const [state, as] = isRepaired ? (['green', 'green'] as const) : verdictClass(verdict)
  return {
    context,
    state,
    class: as,
    detail: `${verdict.reason}: ${verdict.detail}`,
    row: verdict.umbrella?.row ?? null,
    run: verdict.run,
    advice,
    command,
  }
}

/** Every condition of one merge, as far as it is known, and the one thing to do first. */
export function mergeOf(gate: PullGate, umbrella: UmbrellaTold): MergeGateReport {
  const contexts = gate.wantsUmbrella
    ? [umbrellaContext(umbrella), ...gate.contexts]
    : gate.contexts
  const known =
    gate.why === null
      ? contextsCondition(contexts)
      : { name: 'required-contexts' as const, state: 'unknown' as const, detail: gate.why }
  return mergeGateReport(gate.conditions, contexts, known)
}
