import type { Evidence } from '../model/evidence.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'

/**
 * The same head as if nothing of ours stood in the umbrella's context: what lies beneath is its
 * latest row then.
 */
export function withoutOurs<E extends Evidence>(evidence: E, umbrella: string): E {
  const isOthers = ({ author, context }: SignedRow): boolean =>
    author.kind !== 'us' || context !== umbrella
  const { latest, history } = evidence
  if (latest.every(isOthers) && (history ?? []).every(isOthers)) return evidence
  const others = history === null ? null : history.filter(isOthers)
  const shown = latest.filter(isOthers)
  const ofUmbrella = (row: SignedRow): boolean => row.context === umbrella
  const [beneath] = shown.some(ofUmbrella) ? [] : newestFirst((others ?? []).filter(ofUmbrella))
  return {
    ...evidence,
    latest: beneath === undefined ? shown : [...shown, beneath],
    history: others,
  }
}
