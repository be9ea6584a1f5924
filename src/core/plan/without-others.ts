import type { Evidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { isRed } from '../model/status.js'
import { newestSays } from '../view/read.js'

/**
 * The same head without the reds that others set in other contexts: such a red is refused before
 * anything else is asked, and would hide that a success of ours fits no more. Where jobs are check
 * runs no row of others covers a job's.
 */
export function withoutVetoes<E extends Evidence>(evidence: E, umbrella: string): E {
  const { kind, latest, history } = evidence
  const isVeto = ({ author, context, state }: SignedRow): boolean =>
    author.kind === 'foreign' && context !== umbrella && isRed(state)
  if (kind === 'checks' || history === null || !latest.some(isVeto)) return evidence
  const stays = (row: SignedRow): boolean => !isVeto(row)
  return { ...evidence, latest: latest.filter(stays), history: history.filter(stays) }
}

/** Contexts by who writes them: what some pull request's newest run answers for, and others. */
interface ByWriter {
  readonly own: ReadonlySet<string>
  readonly external: ReadonlySet<string>
}

export function splitByWriter(policy: Policy, evidence: Evidence): ByWriter {
  const levels =
    policy.external.length === 0
      ? []
      : evidence.pulls.flatMap(({ number }) => newestSays(policy, evidence, number).contexts)
  const own = levels.flatMap(({ context, level }) => (level === 'external' ? [] : [context]))
  const external = levels.flatMap(({ context, level }) => (level === 'external' ? [context] : []))
  return { own: new Set(own), external: new Set(external) }
}

/**
 * The same head as if no other system wrote on it: a pattern of `required-contexts` would ask its
 * contexts for a run. What the umbrella's own runs write stays.
 */
export function withoutExternal<E extends Evidence>(evidence: E, { own, external }: ByWriter): E {
  if (external.size === 0) return evidence
  const stays = ({ context }: SignedRow): boolean => !external.has(context) || own.has(context)
  const { latest, history } = evidence
  return { ...evidence, latest: latest.filter(stays), history: history?.filter(stays) ?? null }
}
