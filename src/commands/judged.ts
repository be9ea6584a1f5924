import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Proven } from '../act/repair.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { leadingOf } from '../core/acting/rerun.js'
import type { Judgement } from '../core/rules/decide.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Head } from '../forge/port.js'

/** A head with what was decided for each of its open pulls. */
export interface JudgedHead {
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
}

/**
 * The commits that open pull requests stand on, in the order of those: read once, judged for each,
 * written once. Only those that this sweep was asked for; the other pulls of such a commit count
 * all the same.
 */
export function headsOf(config: Config, pulls: readonly Pull[]): readonly Head[] {
  const heads = new Map<string, NonEmpty<Pull>>()
  for (const pull of pulls) {
    const others = heads.get(pull.head)
    heads.set(pull.head, others === undefined ? [pull] : [...others, pull])
  }
  return [...heads]
    .filter(([, on]) => on.some(pull => wanted(config, pull)))
    .map(([sha, on]) => ({ sha, pulls: on }))
}

/** A head whose every pull is proven: only then may its one write open them all. */
export function provenOf({ evidence, judgements }: JudgedHead): Proven | null {
  const repairs = [...judgements].flatMap(([number, { verdict }]): [number, Repair][] =>
    verdict.kind === 'repair' ? [[number, verdict]] : [],
  )
  return repairs.length === judgements.size && repairs.length > 0
    ? { evidence, verdicts: new Map(repairs) }
    : null
}

/** The verdict a head's one write speaks of, and the pull it is of. */
export function leading(proven: Proven): NonNullable<ReturnType<typeof leadingOf>> {
  const found = leadingOf(proven.verdicts)
  if (found === null) throw new Error('a proven head has a verdict')
  return found
}

/** The pulls of a head in a line of the log. */
export const namesOf = ({ pulls }: Pick<Head, 'pulls'>): string =>
  pulls.map(({ number }) => `#${number}`).join(', ')

/** Which pulls this sweep was asked to judge. The others still count where they share a head. */
export function wanted({ pullRequest, baseBranches }: Config, pull: Pull): boolean {
  if (pullRequest !== null) return pull.number === pullRequest
  return baseBranches.length === 0 || matchesAny(baseBranches, pull.base)
}
