import { matchesAny } from '../model/context.js'
import type { Evidence, Pull, RowEvidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { SurroundingsAsked } from '../model/surroundings.js'
import { assess, isRequired } from '../reading/assessment.js'
import { readStatuses } from '../reading/head-statuses.js'
import { withoutOurs } from '../reading/beneath-ours.js'
import { umbrellaOf } from '../reading/umbrella.js'
import { sourcesDisagree, supersededEvidence, unjudgedPull, unprovenWriter } from './doubtful.js'
import { foreignRed, foreignRequired } from './foreign.js'
import { inherited } from './inherited.js'
import { notFinished, requiredHolds, runFailed } from './required-jobs.js'
import { provenStale, relapsed, stale, tooYoung } from './ripe.js'
import { asksOthers, asksWork, asksWriters, isUnread, SURROUNDINGS } from './surroundings.js'
import type { Rule, RuleInput } from './rule.js'
import { baseOf } from './rule.js'
import { judgeChecks } from './checks/judge.js'
import type { Asked, Judged, Trace } from './trace.js'
import { askRules } from './trace.js'
import {
  evidenceIncomplete,
  evidenceTooWeak,
  falseGreen,
  nothingRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './umbrella-row.js'
import type { Repair, Verdict } from './verdict.js'
import { mayPost } from './verdict.js'

/** A verdict for each open pull request of one head SHA, by its number. */
export type Verdicts = ReadonlyMap<number, Verdict>

/** What was decided for one pull request, and how one can follow it. */
export class Judgement {
  readonly verdict: Verdict
  private readonly judged: Judged
  private readonly more: readonly Asked[]

  constructor(judged: Judged, verdict = judged.verdict, more: readonly Asked[] = []) {
    this.judged = judged
    this.verdict = verdict
    this.more = more
  }

  /** Every rule that was asked, in order, and the contexts they speak of. */
  trace(): Trace {
    return this.judged.trace(this.more)
  }
}

/**
 * The rows of docs/decisions.md that ask what is written on the commit, in their order; the first
 * that does not pass decides. What none of them stops is asked for its proof by `stale`.
 */
const PROOF: readonly Rule[] = [
  evidenceIncomplete,
  umbrellaUnclear,
  unseenRow,
  falseGreen,
  nothingToRepair,
  foreignRed,
  foreignRequired,
  evidenceTooWeak,
  nothingRequired,
  inherited,
  requiredHolds,
  runFailed,
  notFinished,
  sourcesDisagree,
  unprovenWriter,
  supersededEvidence,
  unjudgedPull,
  relapsed,
  tooYoung,
]

export const RULES: readonly Rule[] = [...PROOF, ...SURROUNDINGS]

/**
 * What a success of ours that stands is asked. A run of a pull request that has been closed since
 * takes nothing from what was proven for the others.
 */
const HOLDING: readonly Rule[] = RULES.filter(one => one !== unjudgedPull)

/** Asked last, of a proven pull whose head others share. Its codes are those of a refusal. */
const SHARED: Omit<Rule, 'judge'> = {
  codes: ['superseded-evidence'],
  title: 'Is every other pull request on this commit proven too?',
}

/** The verdict of each pull request of a head, as `judgeHead` finds it. */
export function decide(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Verdicts {
  return verdictsOf(judgeHead(policy, baseBranches, evidence))
}

/** The same as a success of ours that stands is asked it, whatever base branches are swept. */
export function decideHolding(policy: Policy, evidence: Evidence): Verdicts {
  return verdictsOf(judgeHead(policy, [], evidence, HOLDING))
}

const verdictsOf = (judged: ReadonlyMap<number, Judgement>): Verdicts =>
  new Map([...judged].map(([number, { verdict }]) => [number, verdict]))

/**
 * Judges one head SHA for every open pull request on it. Pure: the same evidence gives the same
 * verdicts, in whatever order its rows come. A pull is repaired only if every other open pull on
 * the SHA is proven too, for one write opens them all (docs/evidence.md).
 */
export function judgeHead(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
  rules = RULES,
): ReadonlyMap<number, Judgement> {
  const alone = new Map(
    evidence.pulls.map(pull => [
      pull.number,
      evidence.kind === 'checks'
        ? judgeChecks(policy, evidence, pull)
        : askRules(inputOf(policy, evidence, pull), rules, stale),
    ]),
  )
  const doubts = (pulls: readonly Pull[]): string | null =>
    pulls
      .map(pull => doubtOf(pull, alone.get(pull.number)?.verdict, baseBranches))
      .find(found => found !== null) ?? null
  const isRead = ({ number }: Pull): boolean => {
    const verdict = alone.get(number)?.verdict
    return verdict !== undefined && !isUnread(verdict)
  }
  // Nothing around a head is read that one of its pull requests holds back: that one is the reason.
  const held = doubts(evidence.pulls.filter(isRead))
  const doubt = held ?? doubts(evidence.pulls) ?? unvouchedBeside(alone)
  return sharedOut(alone, verdict =>
    verdict.kind === 'repair' ? doubt : isUnread(verdict) ? held : null,
  )
}

/** The verdicts of a head's pull requests, refused where there is a doubt about all of them. */
function sharedOut(
  alone: ReadonlyMap<number, Judged>,
  doubtAbout: (verdict: Verdict) => string | null,
): ReadonlyMap<number, Judgement> {
  return new Map(
    [...alone].map(([number, judged]): [number, Judgement] => {
      const doubt = doubtAbout(judged.verdict)
      if (doubt === null) return [number, new Judgement(judged)]
      const refusal = judged.refuse(doubt)
      const shared: Asked = { rule: SHARED, ruling: refusal }
      return [number, new Judgement(judged, refusal, [shared])]
    }),
  )
}

/**
 * A re-run says what is true for the pull request whose run it is, and opens the gate of all. So
 * every other one must be shown stale, or vouched for; else why not.
 */
function unvouchedBeside(alone: ReadonlyMap<number, Judged>): string | null {
  const repairs = [...alone].flatMap(([number, { verdict }]): [number, Repair][] =>
    verdict.kind === 'repair' ? [[number, verdict]] : [],
  )
  const newest = repairs.reduce((top, [, { run }]) => Math.max(top, run), 0)
  const other = repairs.find(([, { run, basis }]) => run < newest && !mayPost(basis))
  return other === undefined
    ? null
    : `the umbrella of pull request #${other[0]}, which shares this head, is red over green ` +
        'needs, and a re-run for another pull request says nothing of it'
}

/** Why a pull request forbids the repair of the head it stands on, or `null`. */
function doubtOf(
  pull: Pull,
  verdict: Verdict | undefined,
  baseBranches: readonly string[],
): string | null {
  if (baseBranches.length > 0 && !matchesAny(baseBranches, pull.base))
    return (
      `pull request #${pull.number} shares this head and targets ${pull.base}, outside ` +
      'base-branches'
    )
  return verdict?.kind === 'repair'
    ? null
    : `pull request #${pull.number} shares this head and is not proven: ` +
        (verdict?.reason ?? 'not judged')
}

/** What the rules are asked about, for one pull request alone. */
function inputOf(policy: Policy, evidence: RowEvidence, pull: Pull): RuleInput {
  const head = readStatuses(evidence)
  const seen = assess(policy, head, pull.number)
  const found = umbrellaOf(head, policy.umbrella)
  const row = found.kind === 'row' ? found.row : null
  const must = seen.results.filter(isRequired)
  const base = baseOf({ head, seen, row })
  return { policy: seen.policy, evidence, head, pull, seen, row, must, base }
}

/** What must still be read around a head before it can be written. */
interface AskedOfProven extends SurroundingsAsked {
  /** Is every pull request proven by what is written on the commit? */
  readonly isProven: boolean
}

const NOTHING_ASKED: AskedOfProven = {
  isProven: false,
  writers: false,
  others: false,
  work: false,
}

/**
 * What stands around a head is asked only where a write would follow, or a success of ours stands
 * that must fit like a new one: where every pull request on it is proven by what is written on the
 * commit, as it is or as if nothing of ours were there. Elsewhere it costs nothing.
 */
export function surroundingsAsked(policy: Policy, seen: Evidence): AskedOfProven {
  if (seen.kind === 'checks' || seen.history === null) return NOTHING_ASKED
  const beneath = withoutOurs(seen, policy.umbrella)
  const views = beneath === seen ? [seen] : [seen, beneath]
  const proven = views.flatMap(view => provenOn(policy, view) ?? [])
  return {
    isProven: proven.length > 0,
    writers: proven.some(asksWriters),
    others: proven.some(asksOthers),
    work: proven.some(asksWork),
  }
}

/** The pull requests of a head, if what is written on the commit proves every one of them. */
function provenOn(policy: Policy, evidence: RowEvidence): readonly RuleInput[] | null {
  const inputs = evidence.pulls.map(pull => inputOf(policy, evidence, pull))
  const isProven = inputs.every(
    it => PROOF.every(rule => rule.judge(it).kind === 'pass') && provenStale(it) !== null,
  )
  return isProven ? inputs : null
}
