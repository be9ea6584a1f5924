import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Proven } from '../apply/repair.js'
import type { NonEmpty, ListedPull } from '../core/model/evidence.js'
import { hasBase } from '../core/model/evidence.js'
import { leadingRepair } from '../core/plan/rerun.js'
import type { JudgedHead } from '../core/rules/decide.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Head } from '../forge/port.js'

/**
 * The commits that open pull requests stand on, in the order of those: read once, judged for each,
 * written once. Only those that this sweep was asked for; the other pulls of such a commit count
 * all the same.
 */
export function headsOf(config: Config, pulls: readonly ListedPull[]): readonly Head[] {
  const heads = new Map<string, NonEmpty<ListedPull>>()
  for (const pull of pulls) {
    const others = heads.get(pull.head)
    heads.set(pull.head, others === undefined ? [pull] : [...others, pull])
  }
  return [...heads]
    .filter(([, on]) => on.some(pull => isAskedFor(config, pull)))
    .map(([sha, on]) => ({ sha, pulls: on }))
}

/** A proven head by the pull request its one write speaks of: whose newest run is the highest. */
export interface ProvenHead extends Proven {
  readonly sha: string
  readonly pull: number
  readonly verdict: Repair
}

/** A head whose every pull is proven: only then may its one write open them all. */
export function provenOf({ evidence, judgements }: JudgedHead): ProvenHead | null {
  const verdicts = new Map(
    [...judgements].flatMap(([number, { verdict }]): [number, Repair][] =>
      verdict.kind === 'repair' ? [[number, verdict]] : [],
    ),
  )
  const leading = leadingRepair(verdicts)
  return leading !== null && verdicts.size === judgements.size
    ? { sha: evidence.sha, evidence, verdicts, ...leading }
    : null
}

/** The pulls of a head in a line of the log. */
export const headPulls = ({ pulls }: Pick<Head, 'pulls'>): string =>
  pulls.map(({ number }) => `#${number}`).join(', ')

/** Which pulls this sweep was asked to judge. The others still count where they share a head. */
export function isAskedFor({ pullRequest, baseBranches }: Config, pull: ListedPull): boolean {
  if (pullRequest !== null) return pull.number === pullRequest
  return baseBranches.length === 0 || (hasBase(pull) && matchesAny(baseBranches, pull.base))
}
