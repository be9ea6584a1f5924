import type { Evidence } from '../model/evidence.js'
import type { SignedRow } from '../model/status.js'

/** The same head as if nothing of ours stood in the umbrella's context. */
export function withoutOurs<E extends Evidence>(evidence: E, umbrella: string): E {
  const isOthers = ({ author, context }: SignedRow): boolean =>
    author.kind !== 'us' || context !== umbrella
  const { latest, history } = evidence
  if (latest.every(isOthers) && (history ?? []).every(isOthers)) return evidence
  return {
    ...evidence,
    latest: latest.filter(isOthers),
    history: history === null ? null : history.filter(isOthers),
  }
}
