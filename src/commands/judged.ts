import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Proven } from '../act/repair.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { isGreenAtSight } from '../core/rules/candidate.js'
import { leadingOf } from '../core/acting/rerun.js'
import type { Judgement } from '../core/rules/decide.js'
import { judgeHead } from '../core/rules/decide.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Head } from '../forge/port.js'
import type { Quiet } from '../report/report.js'

/** A head with what was decided for each of its open pulls. */
export interface Judged {
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
}

/** Heads of which one at a time is looked at. */
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
  function* each(): Generator<Head> {
    for (const pull of pulls) {
      const on: NonEmpty<Pull> = shared.get(pull.head) ?? [pull]
      if (on[0] === pull && on.some(one => wanted(config, one))) yield { sha: pull.head, pulls: on }
    }
  }
  const size = [...each()].length
  return { size, [Symbol.iterator]: each }
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

/** Pull requests that are left alone, counted by the reason. */
export type QuietCount = Record<keyof Quiet, number>

export const noneQuiet = (): QuietCount => ({
  'umbrella-missing': 0,
  'umbrella-green': 0,
  'umbrella-pending': 0,
})

/** Why each pull request of a head is left alone, by its number. */
export type LeftAlone = ReadonlyMap<number, keyof Quiet>

/**
 * Why a head is left alone at first sight; `null` where there is more to say of it, or where
 * somebody asked for one pull request, who gets all of it.
 */
export function leftAlone(config: Config, evidence: Evidence): LeftAlone | null {
  const { policy, baseBranches, pullRequest } = config
  if (pullRequest !== null || evidence.history !== null) return null
  if (isGreenAtSight(policy, evidence))
    return new Map(evidence.pulls.map(({ number }) => [number, 'umbrella-green']))
  const left = new Map<number, keyof Quiet>()
  for (const [number, { verdict }] of judgeHead(policy, baseBranches, evidence)) {
    if (verdict.kind !== 'leave') return null
    left.set(number, verdict.reason)
  }
  return left
}

/** Counts those of a head's pull requests that this sweep was asked for. */
export function countLeft(
  config: Config,
  { pulls }: Pick<Head, 'pulls'>,
  left: LeftAlone,
  quiet: QuietCount,
): void {
  for (const pull of pulls) {
    const reason = left.get(pull.number)
    if (reason !== undefined && wanted(config, pull)) quiet[reason] += 1
  }
}

/** What was seen of the heads of a sweep. */
export interface Looked {
  /** Those that may have something to do or to tell. */
  readonly kept: readonly Evidence[]
  /** The pull requests of the others. */
  readonly quiet: Quiet
}

/** The heads of a sweep by what is left to do about them. */
export interface SortedHeads {
  /** Those with something to do or to tell. */
  readonly judged: readonly Judged[]
  /** The pull requests of the others. */
  readonly quiet: Quiet
}

/** Judges every head that was kept. */
export function judgeAll(config: Config, looked: Looked): SortedHeads {
  const { policy, baseBranches } = config
  const quiet = { ...looked.quiet }
  const judged: Judged[] = []
  for (const evidence of looked.kept) {
    const left = leftAlone(config, evidence)
    if (left === null)
      judged.push({ evidence, judgements: judgeHead(policy, baseBranches, evidence) })
    else countLeft(config, evidence, left, quiet)
  }
  return { judged, quiet }
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
