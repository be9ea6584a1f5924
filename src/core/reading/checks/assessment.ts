import type { CheckEvidence } from '../../model/evidence.js'
import type { Policy } from '../../model/policy.js'
import { levelOf, unmatched } from '../../model/policy.js'
import type { SignedRow } from '../../model/status.js'
import { isGreen } from '../../model/status.js'
import type { Duration, Instant } from '../../model/time.js'
import { between, seconds } from '../../model/time.js'
import type { ContextResult } from '../assessment.js'
import type { Absent } from '../demanded.js'
import { absentOf, demanded } from '../demanded.js'
import type { ForeignCheck, Leg, RunSuite } from './legs.js'
import { producerName, runName, runsOf } from './legs.js'
import type { HeadChecks } from './result.js'
import { statusRows } from './statuses.js'
import { othersOf, readChecks, resultOf, sameStatus } from './result.js'

/** Everything on a commit that carries the umbrella's name. */
export interface UmbrellaChecks {
  /** Its jobs in the runs that count, the newest run first. */
  readonly legs: readonly Leg[]
  readonly foreign: readonly ForeignCheck[]
  /** Its newest status. */
  readonly status: SignedRow | null
}

/** All that the rules ask about one pull request's umbrella on a server of check runs. */
export interface CheckAssessment {
  readonly head: HeadChecks
  readonly policy: Policy
  readonly source: string
  readonly umbrella: UmbrellaChecks
  /** The newest run of each workflow that writes the umbrella, the newest first. */
  readonly group: readonly RunSuite[]
  readonly results: readonly ContextResult[]
  readonly missing: readonly string[]
  readonly absent: readonly Absent[]
  readonly counted: ReadonlySet<string>
  /** A run that counts and has not ended, in words, or `null`. */
  readonly openRunReason: string | null
  /** Server time since the last thing that happened in a counted context. */
  readonly age: Duration
}

/** The lists without case, for the contexts of statuses. */
const lower = (policy: Policy): Policy => {
  const list = (entries: readonly string[]): readonly string[] =>
    entries.map(entry => entry.toLowerCase())
  return {
    ...policy,
    umbrella: policy.umbrella.toLowerCase(),
    required: list(policy.required),
    optional: list(policy.optional),
    external: list(policy.external),
    skippable: list(policy.skippable),
  }
}

/**
 * The contexts of a commit, each under the name by which the lists or a job call it: a status is
 * the same context in any case.
 */
function contextsOf({ legs, foreign, statuses }: HeadChecks, policy: Policy): readonly string[] {
  const jobs = [...legs.map(({ name }) => name), ...foreign.map(({ check }) => check.name)]
  const known = [...jobs, policy.umbrella, ...policy.required, ...policy.external]
  const named = statuses.map(
    ({ context }) => known.find(name => sameStatus(name, context)) ?? context,
  )
  return [...new Set([...jobs, ...named])].sort()
}

/** The runs of the workflows that write the umbrella. */
function groupOf(head: HeadChecks, context: string, umbrella: UmbrellaChecks): readonly RunSuite[] {
  const workflows = new Set(umbrella.legs.map(({ suite }) => suite.run.workflow))
  const rows = statusRows(head.evidence).filter(row => sameStatus(row.context, context))
  // Under a success of ours stands what a run of the workflow wrote.
  const linked = new Set(
    rows.flatMap(({ author }) => (author.kind === 'actions' ? [Number(author.run)] : [])),
  )
  for (const { run } of runsOf(head.evidence)) if (linked.has(run.id)) workflows.add(run.workflow)
  return head.newest.filter(({ run }) => workflows.has(run.workflow))
}

/**
 * A run that counts for a pull request and has not ended, whatever its workflow: it may still come
 * to a job that is required.
 */
function openRunReasonOf({ evidence }: HeadChecks): string | null {
  const open = runsOf(evidence).find(({ state }) => state === 'open')
  return open === undefined ? null : `${runName(open)} of ${producerName(open)} is still going`
}

function ageOf(head: HeadChecks, counted: ReadonlySet<string>): Duration {
  const { evidence, legs, foreign, statuses } = head
  const times = [
    ...foreign.filter(({ check }) => counted.has(check.name)).map(({ check }) => check.completedAt),
    ...legs.filter(({ name }) => counted.has(name)).map(({ check }) => check.completedAt),
    ...statuses
      .filter(({ author }) => author.kind !== 'us')
      .filter(({ context }) => [...counted].some(name => sameStatus(name, context)))
      .map(({ createdAt }) => createdAt),
  ].filter(time => time !== null)
  return times.length === 0
    ? seconds(0)
    : between(Math.max(...times) as Instant, evidence.observedAt)
}

/** How a context counts: the stricter of its level as it stands and as a status in any case. */
function levelIn(policy: Policy, head: HeadChecks, context: string): ReturnType<typeof levelOf> {
  const level = levelOf(policy, context)
  if (level !== 'unlisted' || othersOf(head, context).status === null) return level
  const asStatus = levelOf(lower(policy), context.toLowerCase())
  const isJob = head.legs.some(({ name }) => name === context)
  return asStatus === 'umbrella' && isJob ? level : asStatus
}

function resultsOf(
  head: HeadChecks,
  policy: Policy,
  { implied, group }: { readonly implied: boolean; readonly group: readonly RunSuite[] },
): readonly ContextResult[] {
  const runs = new Set(group.map(({ id }) => id))
  const own = new Set(head.legs.filter(({ suite }) => runs.has(suite.id)).map(({ name }) => name))
  return contextsOf(head, policy).flatMap((context): ContextResult[] => {
    const listed = levelIn(policy, head, context)
    if (listed === 'umbrella') return []
    if ((listed === 'optional' || listed === 'unlisted') && !own.has(context)) return []
    // What the umbrella's own runs write has a run to ask: no list can make its status enough.
    const level = listed === 'external' && own.has(context) ? 'required' : listed
    const result = resultOf(head, context, level === 'external')
    return [{ context, level: level === 'unlisted' && implied ? 'implied' : level, result }]
  })
}

/** Reads one pull request's side of a head. Pure: in whatever order check runs come. */
export function assessChecks(
  asked: Policy,
  evidence: CheckEvidence,
  pull: number,
): CheckAssessment {
  const head = readChecks(evidence)
  const demand = demanded(asked, evidence.needs.get(pull))
  const { policy, needed, implied, source } = demand
  const umbrella = umbrellaChecks(head, policy.umbrella)
  const group = groupOf(head, policy.umbrella, umbrella)
  const results = resultsOf(head, policy, { implied, group })
  const contexts = contextsOf(head, policy)
  const counted = new Set([
    policy.umbrella,
    ...results.filter(({ level }) => level !== 'optional').map(({ context }) => context),
  ])
  return {
    ...{ head, policy, source, umbrella, group, results, counted },
    missing: [
      ...new Set([
        ...unmatched(policy, contexts),
        ...needed.filter(context => !contexts.includes(context)),
      ]),
    ],
    absent: absentOf(
      demand,
      results.map(({ context }) => context),
    ),
    openRunReason: openRunReasonOf(head),
    age: ageOf(head, counted),
  }
}

/** Everything that carries the umbrella's name on a commit. */
export function umbrellaChecks(head: HeadChecks, context: string): UmbrellaChecks {
  const { checks, status } = othersOf(head, context)
  return {
    legs: head.legs
      .filter(({ name }) => name === context)
      .sort((a, b) => b.suite.run.id - a.suite.run.id),
    foreign: checks,
    status,
  }
}

/** Contexts that are not green as a strict merge gate reads them: any leg of any run counts. */
export function closedChecks(
  evidence: CheckEvidence,
  umbrella: string,
): readonly { readonly context: string; readonly state: string }[] {
  const { legs, foreign, statuses } = readChecks(evidence)
  const found = new Map<string, string>()
  const add = (context: string, state: string, green: boolean): void => {
    if (!green && !sameStatus(context, umbrella) && !found.has(context)) found.set(context, state)
  }
  for (const { name, state } of legs) add(name, state, state === 'success' || state === 'skipped')
  for (const { check } of foreign)
    add(check.name, check.state, check.state === 'success' || check.state === 'skipped')
  for (const { context, state } of statuses) add(context, state, isGreen(state))
  return [...found].map(([context, state]) => ({ context, state }))
}
