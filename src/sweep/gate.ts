import type { Config } from '../config.js'
import type { MergeCondition } from '../core/model/merge.js'
import type { Evidence, Pull } from '../core/model/evidence.js'
import { hasBase } from '../core/model/evidence.js'
import type { Server } from '../core/model/server.js'
import type { UmbrellaWriter } from '../core/model/umbrella-files.js'
import { matchesAny } from '../core/model/context.js'
import { sameStatus } from '../core/view/checks/statuses.js'
import type { Write } from '../core/plan/remedy.js'
import { remedyOfContext } from '../core/plan/gate-remedy.js'
import type { RequiredContext } from '../core/rules/gate/finding.js'
import { aroundAsked, judgeRequired, unreadIn } from '../core/rules/gate/required.js'
import type { GateReads } from '../forge/gate-reads.js'
import { attempt } from '../forge/reading.js'
import type { JudgedHead } from '../core/rules/decide.js'
import { isAskedFor } from './judged.js'
import type { GateContextReport } from './report/gate.js'
import { CONTEXT_ADVICE, NEW_COMMIT } from './report/gate.js'

/** What merge gates are judged with: reads, and how a request is printed. No writer is among it. */
interface GateTools {
  readonly config: Config
  readonly server: Server
  readonly reads: GateReads
  readonly print: (write: Write) => string
  /** May more runs be read than one a head? Not in a sweep, whose requests are counted. */
  readonly isThorough: boolean
}

/** What was found about one pull request's gate. */
export interface PullGate {
  /** Every context that a merge requires but the umbrella. */
  readonly contexts: readonly GateContextReport[]
  /** Does a merge require the umbrella? */
  readonly wantsUmbrella: boolean
  /** Why the required contexts are not known, or `null`. */
  readonly why: string | null
  /** What else a merge waits for; empty where nobody asked. */
  readonly conditions: readonly MergeCondition[]
}

/** The gates of a head, by pull request. */
export type HeadGates = ReadonlyMap<number, PullGate>

/** The gate of every pull request of these heads that is asked for, by commit. */
export async function judgeGates(
  on: GateTools,
  judged: readonly JudgedHead[],
): Promise<ReadonlyMap<string, HeadGates>> {
  const found = new Map<string, HeadGates>()
  for (const { evidence } of judged) {
    const pulls = evidence.pulls.filter(hasBase)
    if (evidence.history === null || pulls.length < evidence.pulls.length) continue
    const gates = new Map<number, PullGate>()
    for (const pull of pulls)
      if (isAskedFor(on.config, pull)) gates.set(pull.number, await gateOf(on, evidence, pull))
    found.set(evidence.sha, gates)
  }
  return found
}

async function gateOf(on: GateTools, evidence: Evidence, pull: Pull): Promise<PullGate> {
  const required = await attempt(() => on.reads.required(pull.base))
  const conditions = on.isThorough ? await on.reads.conditions(pull) : []
  if (!required.ok) {
    const why = `what a merge into ${pull.base} requires could not be read: ${required.why.message}`
    return { contexts: [], wantsUmbrella: false, why, conditions }
  }
  const contexts = await judgedContexts(on, evidence, pull, required.value)
  return {
    contexts,
    wantsUmbrella: requiresUmbrella(on.config, evidence, required.value),
    why: null,
    conditions,
  }
}

/** Does a merge require the umbrella, as this forge compares names? */
function requiresUmbrella(
  { policy: { umbrella } }: Config,
  evidence: Evidence,
  required: readonly string[],
): boolean {
  return evidence.kind === 'checks'
    ? required.some(context => sameStatus(context, umbrella))
    : matchesAny(required, umbrella)
}

/** Judges once by what is known, and once more by what that found to be missing. */
async function judgedContexts(
  on: GateTools,
  evidence: Evidence,
  pull: Pull,
  required: readonly string[],
): Promise<readonly GateContextReport[]> {
  const { policy } = on.config
  const judge = (head: Evidence, writers: ReadonlyMap<string, UmbrellaWriter>) =>
    judgeRequired({ policy, evidence: head, pull, required, writers })
  const first = judge(evidence, new Map())
  const head = await readMore(on, evidence, first)
  const absent = unreadIn(first, 'files').map(({ context }) => context)
  const writers =
    absent.length === 0
      ? new Map<string, UmbrellaWriter>()
      : await on.reads.writersOf(absent, pull.base)
  // A gap of what was read around says nothing of contexts that did not ask for it.
  const again = new Map(judge(head, writers).map(one => [one.context, one]))
  return first
    .map(one => (one.unread === null ? one : (again.get(one.context) ?? one)))
    .map(one => contextReport(on, head, pull, one))
}

/** Runs whose jobs are read for one head of a sweep, beside those of its study. */
const RUNS = 1

async function readMore(
  { reads, isThorough }: GateTools,
  evidence: Evidence,
  judged: readonly RequiredContext[],
): Promise<Evidence> {
  const around = aroundAsked(judged)
  const runs = [...new Set(unreadIn(judged, 'jobs').flatMap(({ run }) => run ?? []))]
  const asked = isThorough ? runs : runs.slice(0, RUNS)
  const withJobs = asked.length === 0 ? evidence : await reads.withJobs(evidence, asked)
  if (!around.writers && !around.others) return withJobs
  const contexts = judged.map(({ context }) => context)
  return reads.around(withJobs, { ...around, contexts, bases: [] })
}

/** A judged context as it is told, with what a person can do. */
function contextReport(
  { config: { policy }, server, print }: GateTools,
  evidence: Evidence,
  pull: Pull,
  judged: RequiredContext,
): GateContextReport {
  const { context, state, class: as, detail, row, run } = judged
  const question = { policy, evidence, pull, context }
  const write = remedyOfContext(server, question, judged)
  return {
    context,
    state,
    class: as,
    detail,
    row,
    run,
    advice: state === 'stale' && write === null ? NEW_COMMIT : CONTEXT_ADVICE[as],
    command: write === null ? null : print(write),
  }
}
