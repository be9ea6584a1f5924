import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Proven } from '../act/repair.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { leadingOf } from '../core/acting/rerun.js'
import type { Judgement } from '../core/rules/decide.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Head } from '../forge/port.js'

/** A head with what was decided for each of its open pulls. */
export interface Judged {
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
}

/** Heads that can be gone through more than once. */
export interface Heads extends Iterable<Head> {
  readonly size: number
}

/**
 * The commits that open pull requests stand on, in the order of those: read once, judged for each,
 * written once. Only those that this sweep was asked for; the other pulls of such a commit count
 * all the same. They are made when somebody goes through them: thousands would be kept for nothing.
 */
export function headsOf(config: Config, pulls: readonly Pull[]): Heads {
  const shared = sharedHeads(pulls)
  const onOf = (pull: Pull): NonEmpty<Pull> => shared.get(pull.head) ?? [pull]
  const isFirst = (pull: Pull): boolean => {
    const on = onOf(pull)
    return on[0] === pull && on.some(one => wanted(config, one))
  }
  function* each(): Generator<Head> {
    for (const pull of pulls) if (isFirst(pull)) yield { sha: pull.head, pulls: onOf(pull) }
  }
  return { size: pulls.filter(isFirst).length, [Symbol.iterator]: each }
}

/** Commits with more than one pull request, which are few. */
function sharedHeads(pulls: readonly Pull[]): ReadonlyMap<string, NonEmpty<Pull>> {
  const known = new Set<string>()
  const several = new Set<string>()
  for (const { head } of pulls) (known.has(head) ? several : known).add(head)
  const shared = new Map<string, NonEmpty<Pull>>()
  for (const pull of pulls) {
    if (!several.has(pull.head)) continue
    const on = shared.get(pull.head)
    shared.set(pull.head, on === undefined ? [pull] : [...on, pull])
  }
  return shared
}

/** A head whose every pull is proven: only then may its one write open them all. */
export function provenOf({ evidence, judgements }: Judged): Proven | null {
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
