import type { CheckEvidence, NonEmpty } from '../../model/evidence.js'
import { gradeOf } from '../../model/evidence.js'
import type { RowId, RunKey } from '../../model/ids.js'
import { asRowId } from '../../model/ids.js'
import type { SignedRow, StatusState } from '../../model/status.js'
import type { Duration, Instant } from '../../model/time.js'
import { between, seconds } from '../../model/time.js'
import type { CheckAssessment } from '../../reading/checks/assessment.js'
import type { Leg } from '../../reading/checks/legs.js'
import { keyOf } from '../../reading/checks/result.js'
import type { Base, Pass, Rule, Ruled } from '../rule.js'
import { rule } from '../rule.js'
import type { Reason, UmbrellaRow, Verdict } from '../verdict.js'

/** What of the umbrella is judged: a red leg before a green one, a status where there is no job. */
export type Standing =
  | { readonly kind: 'check'; readonly leg: Leg }
  | { readonly kind: 'status'; readonly row: SignedRow }

/** One pull request's umbrella as every rule for check runs gets it. */
export interface CheckInput extends Ruled {
  readonly evidence: CheckEvidence
  readonly seen: CheckAssessment
  readonly standing: Standing | null
}

/** A rule whose judge gives no other reason than those it names. */
export const checkRule = <const R extends Reason>(made: {
  readonly codes: NonEmpty<R>
  readonly title: string
  readonly judge: (input: CheckInput) => (Verdict & { readonly reason: NoInfer<R> }) | Pass
}): Rule<CheckInput> => rule<R, CheckInput>(made)

/** Red, open and unknown before green: what closes the gate is what is judged. */
const CLOSING = ['failure', 'cancelled', 'action-required', 'unknown', 'open', 'skipped', 'success']

/** What of the umbrella is judged, of everything that carries its name. */
export function standingOf({ umbrella }: CheckAssessment): Standing | null {
  const [leg] = [...umbrella.legs].sort(
    (a, b) => CLOSING.indexOf(a.state) - CLOSING.indexOf(b.state),
  )
  if (leg !== undefined) return { kind: 'check', leg }
  return umbrella.status === null ? null : { kind: 'status', row: umbrella.status }
}

/** What a check run's state is called where rows have states. */
export function stateOf({ state }: Pick<Leg, 'state'>): StatusState {
  switch (state) {
    case 'success':
    case 'skipped':
    case 'failure':
      return state
    case 'cancelled':
      return 'failure'
    case 'open':
      return 'pending'
    case 'action-required':
    case 'unknown':
      return 'unknown'
  }
}

/** The umbrella as a verdict names it: a check run by its id, a status by its own. */
function umbrellaRow({
  standing,
  evidence,
}: Pick<CheckInput, 'standing' | 'evidence'>): UmbrellaRow | null {
  if (standing === null) return null
  if (standing.kind === 'status') {
    const { id, state, createdAt } = standing.row
    return { row: id, state, age: between(createdAt, evidence.observedAt) }
  }
  const { leg } = standing
  const since: Instant | null = leg.check.completedAt ?? leg.check.startedAt
  const age: Duration = since === null ? seconds(0) : between(since, evidence.observedAt)
  const row: RowId = asRowId(leg.check.id)
  return { row, state: stateOf(leg), age }
}

/** How the umbrella is named in a sentence. */
export function saidOf({ standing, policy }: CheckInput): string {
  if (standing === null) return `nothing on this commit carries ${policy.umbrella}`
  if (standing.kind === 'status')
    return `the umbrella's status ${standing.row.id} is ${standing.row.state}`
  const { state, suite, check } = standing.leg
  return `the umbrella's check run ${check.id} of run ${suite.run.id} is ${state}`
}

/** The newest run that counts: of the umbrella's own workflows. */
export function newestRunOf({ group }: CheckAssessment): RunKey | null {
  const [newest] = group
  return newest === undefined ? null : keyOf(newest)
}

/** What every verdict says where the umbrella may be a check run. */
export function baseOf(
  evidence: CheckEvidence,
  seen: CheckAssessment,
  standing: Standing | null,
): Base {
  return {
    grade: gradeOf(evidence),
    run: newestRunOf(seen),
    umbrella: umbrellaRow({ evidence, standing }),
  }
}
