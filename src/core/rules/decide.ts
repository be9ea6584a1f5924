import { matchesAny } from '../model/context.js'
import type { Evidence } from '../model/evidence.js'
import { baseBranchName } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { SurroundingsAsked } from '../model/surroundings.js'
import { withoutOurs } from '../view/umbrella.js'
import {
  sourcesDisagree,
  supersededEvidence,
  unjudgedPull,
  unlistedGreen,
  unprovenWriter,
} from './doubtful.js'
import { foreignRed, foreignRequired } from './foreign.js'
import { inherited } from './inherited.js'
import {
  awaitingApproval,
  inMergeQueue,
  notFinished,
  requiredHolds,
  runFailed,
} from './required.js'
import { notRerunnable, pinnedSource } from './rerunnable.js'
import type { Rule, RuleInput } from './rule.js'
import { ruleInput } from './input.js'
import { refuse } from './rule.js'
import { relapsed, stale, tooYoung } from './stale.js'
import { askedAround, isUnread, SURROUNDINGS } from './surroundings.js'
import type { AskedRule, Trace } from './trace.js'
import { askRules, traceOf } from './trace.js'
import {
  evidenceIncomplete,
  evidenceTooWeak,
  nothingRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './umbrella.js'
import { falseGreen } from './false-green.js'
import type { Repair, Verdict } from './verdict.js'
import { mayPost } from './verdict.js'

/** A verdict for each open pull request of one head SHA, by its number. */
export type Verdicts = ReadonlyMap<number, Verdict>

/** What was decided for one pull request, and how one can follow it. */
export interface Judgement {
  readonly verdict: Verdict
  /** Every rule that was asked, in order, and the contexts they speak of. */
  readonly trace: () => Trace
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
  awaitingApproval,
  pinnedSource,
  nothingRequired,
  inherited,
  requiredHolds,
  runFailed,
  notFinished,
  sourcesDisagree,
  unprovenWriter,
  supersededEvidence,
  unjudgedPull,
  unlistedGreen,
  relapsed,
  inMergeQueue,
  notRerunnable,
  tooYoung,
]

export const RULES: readonly Rule[] = [...PROOF, ...SURROUNDINGS]

/**
 * The rules by which a success that we posted earlier is judged again. `unjudgedPull` is left out:
 * a pull request that was closed since takes nothing from what was proven for the others.
 */
const HOLDING: readonly Rule[] = RULES.filter(one => one !== unjudgedPull)

/** Asked last, of a proven pull whose head others share. Its codes are those of a refusal. */
const SHARED: Omit<Rule, 'judge'> = {
  codes: ['superseded-evidence'],
  title: 'Is every other pull request on this commit proven too?',
}

/** A head with what was decided for each of its open pulls. */
export interface JudgedHead {
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
}

/** The verdict of each pull request of a head, as `judgeHead` finds it. */
export function decide(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Verdicts {
  return verdictsOf(judgeHead(policy, baseBranches, evidence))
}

/** Judges an earlier success of ours by those rules, whatever base branches are swept. */
export function decideHolding(policy: Policy, evidence: Evidence): Verdicts {
  return verdictsOf(judgeHead(policy, [], evidence, HOLDING))
}

export const verdictsOf = (judged: ReadonlyMap<number, Judgement>): Verdicts =>
  new Map([...judged].map(([number, { verdict }]) => [number, verdict]))

/** A pull request judged alone, before others on its commit are looked at. */
interface Alone {
  readonly input: RuleInput
  readonly verdict: Verdict
  readonly asked: readonly AskedRule[]
}

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
  const all = evidence.pulls.map((pull): Alone => {
    const input = ruleInput(policy, evidence, pull)
    return { input, ...askRules(input, rules, stale) }
  })
  const doubtAmong = (some: readonly Alone[]): string | null =>
    some.map(one => doubtOf(one, baseBranches)).find(found => found !== null) ?? null
  // Where one pull request is refused, nothing around the head was read for the others. The reason
  // is then that refusal, and not that something was not read.
  const held = doubtAmong(all.filter(({ verdict }) => !isUnread(verdict)))
  const doubt = held ?? doubtAmong(all) ?? unvouchedBeside(all)
  return new Map(
    all.map(one => {
      const { kind } = one.verdict
      const shared = kind === 'repair' ? doubt : isUnread(one.verdict) ? held : null
      return [one.input.pull.number, judgementOf(one, shared)]
    }),
  )
}

/** What was decided, refused where there is a doubt about all pull requests of the head. */
function judgementOf({ input, verdict, asked }: Alone, doubt: string | null): Judgement {
  if (doubt === null) return { verdict, trace: () => traceOf(input, asked) }
  const ruling = refuse(input, 'superseded-evidence', doubt)
  return {
    verdict: ruling,
    trace: () => traceOf(input, [...asked, { rule: SHARED, ruling }]),
  }
}

/**
 * A re-run says what is true for the pull request whose run it is, and opens the gate of all. So
 * every other one must be shown stale, or vouched for; else why not.
 */
function unvouchedBeside(all: readonly Alone[]): string | null {
  const repairs = all.flatMap(({ input, verdict }): [number, Repair][] =>
    verdict.kind === 'repair' ? [[input.pull.number, verdict]] : [],
  )
  const newest = repairs.reduce((top, [, { run }]) => Math.max(top, run), 0)
  const other = repairs.find(([, { run, basis }]) => run < newest && !mayPost(basis))
  return other === undefined
    ? null
    : `the umbrella of pull request #${other[0]}, which shares this head, is red over green ` +
        'needs, and a re-run for another pull request says nothing of it'
}

/** Why a pull request forbids the repair of the head it stands on, or `null`. */
function doubtOf({ input, verdict }: Alone, baseBranches: readonly string[]): string | null {
  const { number } = input.pull
  if (baseBranches.length > 0) {
    const base = baseBranchName(input.pull)
    if (!matchesAny(baseBranches, base))
      return `pull request #${number} shares this head and targets ${base}, outside base-branches`
  }
  return verdict.kind === 'repair'
    ? null
    : `pull request #${number} shares this head and is not proven: ${verdict.reason}`
}

/** What must still be read around a head before it can be written. */
interface AskedOfProven extends SurroundingsAsked {
  /** Is every pull request proven by what is written on the commit? */
  readonly isProven: boolean
}

/**
 * What stands around a head is asked only where a write would follow, or a success of ours stands
 * that must fit like a new one: where every pull request on it is proven by what is written on the
 * commit, as it is or as if nothing of ours were there. Elsewhere it costs nothing.
 */
export function surroundingsAsked(policy: Policy, evidence: Evidence): AskedOfProven {
  if (evidence.kind === 'checks' || evidence.history === null)
    return { isProven: false, writers: false, others: false, work: false }
  const beneath = withoutOurs(evidence, policy.umbrella)
  const heads = beneath === evidence ? [evidence] : [evidence, beneath]
  const around = heads.flatMap(head => provenOn(policy, head) ?? []).map(askedAround)
  return {
    isProven: around.length > 0,
    writers: around.some(({ writers }) => writers),
    others: around.some(({ others }) => others),
    work: around.some(({ work }) => work),
  }
}

/** The pull requests of a head, if what is written on the commit proves every one of them. */
function provenOn(policy: Policy, evidence: Evidence): readonly RuleInput[] | null {
  const inputs = evidence.pulls.map(pull => ruleInput(policy, evidence, pull))
  const isProven = inputs.every(input => askRules(input, PROOF, stale).verdict.kind === 'repair')
  return isProven ? inputs : null
}
