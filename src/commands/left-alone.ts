import type { Config } from '../config.js'
import type { Evidence } from '../core/model/evidence.js'
import { isGreenAtSight } from '../core/rules/candidate.js'
import { judgeHead } from '../core/rules/decide.js'
import type { FirstLook, Head } from '../forge/port.js'
import type { Quiet } from '../report/report.js'
import type { Heads, Judged } from './judged.js'
import { wanted } from './judged.js'

type QuietCount = Record<keyof Quiet, number>

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

/**
 * The heads that a first look leaves alone: counted, and of thousands of them nothing is kept but
 * what is out of the ordinary. That is enough to take one back.
 */
export class HeadsLeft {
  readonly quiet = noneQuiet()
  private readonly config: Config
  /** Why pull requests are left that are not left as green. */
  private readonly reasons = new Map<number, keyof Quiet>()
  /** Heads whose pull requests had gone on to another commit, as they were looked at. */
  private readonly moved: Head[] = []
  /** By their first pull request: listed heads that were not counted, or not as listed. */
  private readonly others = new Set<number>()

  constructor(config: Config) {
    this.config = config
  }

  /** A head is not left alone. */
  keep({ head }: FirstLook): void {
    this.others.add(head.pulls[0].number)
  }

  count({ head, evidence: { sha, pulls } }: FirstLook, left: LeftAlone): void {
    countLeft(this.config, { pulls }, left, this.quiet)
    for (const [number, reason] of left)
      if (reason !== 'umbrella-green') this.reasons.set(number, reason)
    if (sha === head.sha) return
    this.moved.push({ sha, pulls })
    this.others.add(head.pulls[0].number)
  }

  /** Takes back the heads on the commits that are meant: they no longer count. */
  takeBack(listed: Heads, isMeant: (sha: string) => boolean): readonly Head[] {
    const back = this.moved.filter(({ sha }) => isMeant(sha))
    for (const head of listed)
      if (isMeant(head.sha) && !this.others.has(head.pulls[0].number)) back.push(head)
    for (const { pulls } of back)
      for (const pull of pulls)
        if (wanted(this.config, pull))
          this.quiet[this.reasons.get(pull.number) ?? 'umbrella-green'] -= 1
    return back
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
