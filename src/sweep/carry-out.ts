import type { Proven } from '../apply/repair.js'
import { repair } from '../apply/repair.js'
import type { RepairDependencies } from '../apply/dependencies.js'
import type { EndedRerun } from '../apply/await-reruns.js'
import { awaitReruns } from '../apply/await-reruns.js'
import type { StartedRerun } from '../apply/rerun.js'
import type { Stop } from '../apply/stop.js'
import { undoOfEarlier, withdrawEarlier } from '../apply/withdraw.js'
import { allow } from '../core/plan/breaker.js'
import type { Evidence } from '../core/model/evidence.js'
import type { Outcome } from '../core/plan/outcome.js'
import { postedOf } from '../core/plan/outcome.js'
import type { Plan, Remedy, StatusWrite } from '../core/plan/remedy.js'
import type { Withdrawal } from '../core/plan/withdrawal.js'
import { closingOf } from '../core/plan/withdrawal.js'
import type { RemedyTools } from './choose-remedy.js'
import { chooseRemedy } from './choose-remedy.js'
import type { JudgedHead } from '../core/rules/decide.js'
import type { ProvenHead } from './judged.js'
import { headPulls, provenOf } from './judged.js'
import { outcomeWord } from './report/parts.js'
import { plural } from './report/text.js'

/** What was done about a head. */
export interface Done {
  readonly remedy: Remedy['kind'] | 'withdraw'
  readonly outcome: Outcome
  /** What the look back showed instead, where that is an alarm. */
  readonly alarm: JudgedHead | null
}

/** What a sweep carries its repairs out with. */
interface CarryOut extends RemedyTools {
  /** What is done on this server by default. */
  readonly plan: Plan
  /** How many heads were judged, quiet ones too: many repairs among few are odd. */
  readonly heads: number
  readonly note: (line: string) => void
  readonly stop: Stop
}

/** What a person can do where nothing can be sent at all. */
const EMPTY_COMMIT = 'git commit --allow-empty && git push   # a new commit gets new statuses'

/** Withdraws what no longer holds, then repairs proven heads, each by its SHA. */
export async function carryOut(
  on: CarryOut,
  judged: readonly JudgedHead[],
): Promise<ReadonlyMap<string, Done>> {
  const done = new Map<string, Done>()
  const proven = judged.flatMap(head => provenOf(head) ?? [])
  // A gate that is open wrongly comes first.
  const spent = await withdrawals(on, judged, done)
  const { allowed, held, why } = allow(proven, on.heads, on.config.maxRepairs, spent)
  for (const { sha } of held)
    done.set(sha, { remedy: on.plan.kind, outcome: { code: 'held', detail: why }, alarm: null })
  await repairs(on, allowed, done)
  return done
}

const GROUP_TAKEN =
  'a re-run of this sweep may be in the same concurrency group, and two could cancel one ' +
  'another; the next sweep goes on'

/** What one repair of a sweep taught about the server and the token, for those after it. */
interface Learned {
  /** Posting a status has no effect here: nothing more is posted. */
  cannotWin: boolean
  /** The token may not run jobs again: no more is tried. */
  noRerun: string | null
  /** A re-run went into a group that others share: the server's list of runs may lag behind it. */
  groupTaken: boolean
}

/** Waits for re-runs, all of them together, and keeps how each of them ended. */
async function endReruns(
  on: CarryOut,
  started: readonly StartedRerun[],
  done: Map<string, Done>,
): Promise<void> {
  if (on.stop.why() === null)
    on.note(`waiting for ${plural(started.length, 're-run')}, at most 60s`)
  const ended = await on.stop.finish(() => awaitReruns(on.dependencies, started, on.stop.why))
  for (const [sha, end] of ended) {
    done.set(sha, { remedy: 'rerun', outcome: end.outcome, alarm: alarmIn(end) })
    const about = started.find(({ evidence }) => evidence.sha === sha)?.evidence
    if (about !== undefined) on.note(`${headPulls(about)}: ${outcomeWord(end.outcome.code)}`)
  }
}

/** One head after the other, each from its own look to its own write; re-runs end together. */
async function repairs(
  on: CarryOut,
  heads: readonly ProvenHead[],
  done: Map<string, Done>,
): Promise<void> {
  const learned: Learned = { cannotWin: false, noRerun: null, groupTaken: false }
  const started: StartedRerun[] = []
  for (const head of heads) {
    const remedy = on.stop.held() === null ? await chooseRemedy(on, head) : null
    // A stop silences the reads that choose, too: what they found then is no reason of the head's.
    const held = on.stop.held()
    if (remedy === null || held !== null) {
      if (held !== null) done.set(head.sha, { remedy: on.plan.kind, outcome: held, alarm: null })
      continue
    }
    const end = await carryOutOne(on, head, remedy, learned)
    if (!('code' in end)) started.push(end)
    else done.set(head.sha, { remedy: triedBy(remedy, end), outcome: end, alarm: null })
  }
  if (started.length > 0) await endReruns(on, started, done)
}

/** Which remedy an outcome is of: where the right to re-run is missing, a post took its place. */
const triedBy = ({ kind }: Remedy, outcome: Outcome): Remedy['kind'] =>
  kind === 'rerun' && postedOf(outcome) !== null ? 'status' : kind

/** The head as the look back saw it, where that is an alarm: it must not be told as it was. */
function alarmIn({ after }: EndedRerun): JudgedHead | null {
  const judged = [...(after?.judgements.values() ?? [])]
  return judged.some(({ verdict }) => verdict.kind === 'alarm') ? after : null
}

/** Who forbade the write, where somebody else asked for it. */
const becauseOf = ({ dryRunBy }: CarryOut['config']): string =>
  dryRunBy == null ? '' : `: ${dryRunBy}`

async function carryOutOne(
  on: CarryOut,
  head: Proven,
  remedy: Remedy,
  learned: Learned,
): Promise<Outcome | StartedRerun> {
  const { forge } = on.dependencies
  if (remedy.kind === 'report') {
    const { why, instead, stillRed } = remedy
    const command = instead === null ? null : forge.print(instead)
    return stillRed
      ? { code: 'still-red', detail: why, rerun: null, command }
      : { code: 'none', detail: why, command: command ?? EMPTY_COMMIT }
  }
  if (on.config.dryRun)
    return { code: 'dry-run', detail: `nothing was written${becauseOf(on.config)}`, write: remedy }
  return remedy.kind === 'rerun'
    ? rerunProven(on, head, remedy, learned)
    : post(on, head, remedy, learned)
}

/** Writes once for this head, and tells it before. */
const writeForHead = <End>(
  { config, dependencies, note, stop }: CarryOut,
  { evidence: { sha } }: Pick<Proven, 'evidence'>,
  write: (dependencies: RepairDependencies) => Promise<End>,
): Promise<End | Outcome> =>
  stop.write({ forge: dependencies.forge, umbrella: config.policy.umbrella, sha, note }, forge =>
    write({ ...dependencies, forge }),
  )

async function post(
  on: CarryOut,
  head: Proven,
  write: StatusWrite,
  learned: Learned,
): Promise<Outcome> {
  if (learned.cannotWin)
    return { code: 'held', detail: 'posting a status has no effect on this server' }
  const outcome = await writeForHead(on, head, guarded => repair(guarded, head, write))
  learned.cannotWin ||= outcome.code === 'unconfirmed' && outcome.postsCannotWin
  on.note(`${headPulls(head.evidence)}: ${outcomeWord(outcome.code)}`)
  return outcome
}

/** Runs the umbrella job again; where that right is missing, posts if a posted success can win. */
async function rerunProven(
  on: CarryOut,
  head: Proven,
  { otherwise, sharesGroup, ...write }: Remedy & { readonly kind: 'rerun' },
  learned: Learned,
): Promise<Outcome | StartedRerun> {
  const { dependencies, note } = on
  if (sharesGroup && learned.groupTaken) return { code: 'held', detail: GROUP_TAKEN }
  const known = learned.noRerun
  const end: Outcome | StartedRerun =
    known === null
      ? await writeForHead(on, head, guarded => repair(guarded, head, write))
      : { code: 'no-right', detail: known, command: dependencies.forge.print(write) }
  learned.groupTaken ||= sharesGroup && (!('code' in end) || end.code === 'failed')
  if (!('code' in end)) {
    note(`${headPulls(head.evidence)}: the umbrella job runs again`)
    return end
  }
  if (end.code === 'no-right') {
    learned.noRerun = end.detail
    if (otherwise !== null) return post(on, head, otherwise, learned)
  }
  note(`${headPulls(head.evidence)}: ${outcomeWord(end.code)}`)
  return end
}

/** Takes back what no longer holds; answers how many writes that took. */
async function withdrawals(
  on: CarryOut,
  judged: readonly JudgedHead[],
  done: Map<string, Done>,
): Promise<number> {
  const { policy, baseBranches, maxRepairs } = on.config
  let spent = 0
  for (const { evidence } of judged) {
    const found = closingOf(policy, baseBranches, evidence)
    if (found === null) continue
    const isHeld = maxRepairs !== 0 && spent >= maxRepairs
    const outcome = await withdrawAndTell(on, evidence, found, isHeld)
    if (!isHeld) spent += 1
    on.note(`${headPulls(evidence)}: ${outcomeWord(outcome.code)}`)
    done.set(evidence.sha, { remedy: 'withdraw', outcome, alarm: null })
  }
  return spent
}

async function withdrawAndTell(
  on: CarryOut,
  evidence: Evidence,
  found: Withdrawal,
  isHeld: boolean,
): Promise<Outcome> {
  const { config, dependencies, stop } = on
  const { forge, writer } = dependencies
  const post = undoOfEarlier(writer, evidence.sha, found)
  const write: StatusWrite = { kind: 'status', post }
  const detail = `our row ${found.row.id} must be taken back: ${found.why}`
  if (config.remedy === 'report') return { code: 'none', detail, command: forge.print(write) }
  if (config.dryRun) return { code: 'dry-run', detail: `${detail}${becauseOf(config)}`, write }
  if (isHeld)
    return { code: 'held', detail: `${detail}; max-repairs (${config.maxRepairs}) is reached` }
  const stopped = stop.held()
  if (stopped !== null) return { ...stopped, detail: `${detail}; ${stopped.detail}` }
  return writeForHead(on, { evidence }, guarded => withdrawEarlier(guarded, evidence, found))
}
