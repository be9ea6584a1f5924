import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Proven } from '../act/repair.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
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

/**
 * Every open pull, grouped by the commit it stands on: read once, judged for each, written once.
 */
export function headsOf(pulls: readonly Pull[]): readonly Head[] {
  const heads = new Map<string, NonEmpty<Pull>>()
  for (const pull of pulls) {
    const known = heads.get(pull.head)
    heads.set(pull.head, known === undefined ? [pull] : [...known, pull])
  }
  return [...heads].map(([sha, on]): Head => ({ sha, pulls: on }))
}

/** The heads of a sweep by what is left to do about them. */
export interface SortedHeads {
  /** Those with something to do or to tell. */
  readonly judged: readonly Judged[]
  /** How many pull requests of the others were left alone, by the reason; nothing else is kept. */
  readonly quiet: Quiet
  /** All of them. */
  readonly heads: number
}

/**
 * Judges every head. One that a first look leaves alone is only counted: of thousands of them
 * nothing is kept. Somebody who asked for one pull request gets all of it.
 */
export function judgeAll(config: Config, looked: readonly Evidence[]): SortedHeads {
  const quiet = { 'umbrella-missing': 0, 'umbrella-green': 0, 'umbrella-pending': 0 }
  const judged: Judged[] = []
  for (const evidence of looked) {
    const judgements = judgeHead(config.policy, config.baseBranches, evidence)
    const left = [...judgements.values()].flatMap(({ verdict }) =>
      verdict.kind === 'leave' ? [verdict.reason] : [],
    )
    const isOne = config.pullRequest !== null
    if (isOne || evidence.history !== null || left.length < judgements.size)
      judged.push({ evidence, judgements })
    else
      for (const pull of evidence.pulls.filter(one => wanted(config, one))) {
        const verdict = judgements.get(pull.number)?.verdict
        if (verdict?.kind === 'leave') quiet[verdict.reason] += 1
      }
  }
  return { judged, quiet, heads: looked.length }
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
