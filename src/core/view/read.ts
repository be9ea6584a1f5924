import type { Evidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { carriersOf, readChecks } from './checks/result.js'
import { viewChecks } from './checks/view.js'
import { headStatusesOf } from './head-statuses.js'
import { countedByRows, viewRows } from './rows-view.js'
import type { ContextView, UmbrellaView } from './view.js'

/** What was viewed before: rules, remedy and withdrawal ask for it again. */
const viewed = new WeakMap<Evidence, WeakMap<Policy, Map<number, UmbrellaView>>>()

/** One pull request's umbrella, whatever its head was read from. Pure. */
export function viewOf(policy: Policy, evidence: Evidence, pull: number): UmbrellaView {
  const read = (): UmbrellaView =>
    evidence.kind === 'checks'
      ? viewChecks(policy, evidence, pull)
      : viewRows(policy, evidence, pull)
  // A first look is judged once, and there are thousands of them.
  if (evidence.history === null) return read()
  const ofHead = viewed.get(evidence) ?? new WeakMap<Policy, Map<number, UmbrellaView>>()
  viewed.set(evidence, ofHead)
  const ofPolicy = ofHead.get(policy) ?? new Map<number, UmbrellaView>()
  ofHead.set(policy, ofPolicy)
  const view = ofPolicy.get(pull) ?? read()
  ofPolicy.set(pull, view)
  return view
}

/** Every context that counts for one pull request. */
export const countedFor = (
  policy: Policy,
  evidence: Evidence,
  pull: number,
): ReadonlySet<string> =>
  evidence.kind === 'checks'
    ? viewOf(policy, evidence, pull).counted
    : countedByRows(policy, evidence, pull)

/** The one row of the umbrella that the gate reads; `null` where it is not one row. */
export function standingRow(evidence: Evidence, umbrella: string): SignedRow | null {
  if (evidence.kind === 'checks') return umbrellaRows(evidence, umbrella)[0] ?? null
  const found = headStatusesOf(evidence).umbrella(umbrella)
  return found.kind === 'row' ? found.row : null
}

/** Does nothing on this commit carry the umbrella? */
export function isUmbrellaMissing(evidence: Evidence, umbrella: string): boolean {
  if (evidence.kind !== 'checks')
    return headStatusesOf(evidence).umbrella(umbrella).kind === 'missing'
  const { legs, foreign, status } = carriersOf(readChecks(evidence), umbrella)
  return legs.length === 0 && foreign.length === 0 && status === null
}

/** Every row of the umbrella that was read, newest first. */
export function umbrellaRows(evidence: Evidence, umbrella: string): readonly SignedRow[] {
  return evidence.kind === 'checks'
    ? (readChecks(evidence).rows.get(umbrella.toLowerCase()) ?? [])
    : headStatusesOf(evidence).of(umbrella)
}

/** What the newest run says of every context that counts for one pull request. */
export function newestSays(
  policy: Policy,
  evidence: Evidence,
  pull: number,
): { readonly run: RunKey | null; readonly contexts: readonly ContextView[] } {
  const { newest, newestRuns, contexts } = viewOf(policy, evidence, pull)
  // The run that wrote the red may be gone, and what the others say counts all the same.
  return { run: newest ?? newestRuns[0] ?? null, contexts }
}
