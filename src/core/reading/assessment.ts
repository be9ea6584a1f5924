import { matchesAny, suffixOf } from '../model/context.js'
import type { Level, Policy } from '../model/policy.js'
import { levelOf, unmatched } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { isRed } from '../model/status.js'
import type { Duration } from '../model/time.js'
import { between, seconds } from '../model/time.js'
import type { Absent } from './demanded.js'
import { absentOf, demanded } from './demanded.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { resultOf } from './newest-run.js'
import { openRunReasonOf } from './open-run-reason.js'
import type { RunGroup } from './run-group.js'
import { contextPrefix, runGroupOf } from './run-group.js'

/** One context that counts for a pull request, and what the newest run says of it. */
export interface ContextResult {
  readonly context: string
  /** `implied`: required because nothing tells which of the run's jobs the umbrella needs. */
  readonly level: Exclude<Level, 'umbrella'> | 'implied'
  readonly result: JobResult
}

/** Must this context be green? Listed, external, or implied by an empty list. */
export function isRequired({ level }: ContextResult): boolean {
  return level === 'required' || level === 'external' || level === 'implied'
}

/** Was this job skipped, and may it be? It counts as done then, and never as green. */
export function maySkip(policy: Policy, context: string, { kind }: JobResult): boolean {
  return kind === 'skipped' && matchesAny(policy.skippable, context)
}

/** All that the rules ask about one pull request's umbrella. */
export interface Assessment {
  readonly head: HeadStatuses
  /** The policy as it stands for this pull: with what its umbrella needs, where no list says. */
  readonly policy: Policy
  /** Where the list of what must be green comes from: `required-contexts`, or a file. */
  readonly source: string
  readonly group: RunGroup
  readonly results: readonly ContextResult[]
  /** Entries of the required list that name no context of this head. */
  readonly missing: readonly string[]
  /** What must be there by the workflow files, where no context names it. */
  readonly absent: readonly Absent[]
  /** Umbrella, required, external and group contexts: what a write must not race with. */
  readonly counted: ReadonlySet<string>
  /** Why the group is not quiet yet, or `null`. */
  readonly openRunReason: string | null
  /** Server time since the newest row of Actions in any counted context. */
  readonly age: Duration
}

function externalResult(rows: readonly SignedRow[]): JobResult {
  const latest = rows[0]
  if (latest === undefined) return { kind: 'missing' }
  const { id: row, state } = latest
  const kind = isRed(state) ? 'failure' : state === 'success' || state === 'skipped' ? state : null
  return kind === null
    ? { kind: 'open', run: null, why: `row ${row} says ${state}` }
    : { kind, source: 'external', run: null, job: null, attempt: null, row }
}

/** One context of a head, and the umbrella's runs beside which it is read. */
interface ContextQuestion {
  readonly head: HeadStatuses
  readonly group: RunGroup
  /** Does a run of the umbrella's group write this context? */
  readonly own: boolean
  readonly context: string
  readonly level: Level
  readonly pull: number
  readonly umbrella: string
}

/**
 * What counts for a context, wherever it is written: its own group, another workflow's, another
 * system's, or nobody's.
 */
function find({ head, group, own, context, level, pull, umbrella }: ContextQuestion): JobResult {
  const rows = head.of(context)
  if (level === 'external') return externalResult(rows)
  if (own) return resultOf({ head, group, umbrella }, context)
  const other = runGroupOf(head, context, pull)
  if (other.newest !== null) return resultOf({ head, group: other, umbrella: null }, context)
  const latest = rows[0]
  if (latest === undefined) return { kind: 'missing' }
  if (head.rows.some(row => row.context === context && row.author.kind === 'actions')) {
    return {
      kind: 'unknown',
      run: null,
      pending: latest.state === 'pending',
      why: `only runs of another pull request wrote ${context}`,
    }
  }
  return { kind: 'stranger', state: latest.state, row: latest.id }
}

/** The contexts of every job of the newest run, where job rows tell them. */
function contextsOfJobs(head: HeadStatuses, group: RunGroup): ReadonlySet<string> {
  const jobs = group.newest === null ? undefined : head.jobs(group.newest)
  if (jobs === undefined) return new Set()
  const prefix = contextPrefix(head, group)
  if (prefix === null) return new Set()
  const suffix = suffixOf(group.context)
  return new Set(jobs.map(({ name }) => `${prefix}${name}${suffix}`))
}

/** What was assessed before, by head, policy and pull: several questions need it. */
const assessed = new WeakMap<HeadStatuses, WeakMap<Policy, Map<number, Assessment>>>()

/**
 * Reads one pull request's side of a head, once. Pure: the same rows in any order give the same
 * assessment.
 */
export function assess(policy: Policy, head: HeadStatuses, pull: number): Assessment {
  // A first look is judged once, and there are thousands of them.
  if (head.evidence.history === null) return readPull(policy, head, pull)
  const ofHead = assessed.get(head) ?? new WeakMap<Policy, Map<number, Assessment>>()
  assessed.set(head, ofHead)
  const ofPolicy = ofHead.get(policy) ?? new Map<number, Assessment>()
  ofHead.set(policy, ofPolicy)
  const known = ofPolicy.get(pull) ?? readPull(policy, head, pull)
  ofPolicy.set(pull, known)
  return known
}

function readPull(asked: Policy, head: HeadStatuses, pull: number): Assessment {
  const { evidence } = head
  const demand = demanded(asked, evidence.needs.get(pull))
  const { policy, needed, implied, source } = demand
  const group = runGroupOf(head, policy.umbrella, pull)
  const jobContexts = contextsOfJobs(head, group)
  // What the newest run wrote is its own, whether or not its jobs are all shown.
  const written = group.newest === null ? undefined : head.writers.get(group.newest)
  const ofNewest =
    evidence.kind === 'jobs' ? new Set([...jobContexts, ...(written ?? [])]) : group.contexts
  const contexts = [...new Set([...head.contexts, ...jobContexts])].sort()
  const results = contexts.flatMap((context): ContextResult[] => {
    const listed = levelOf(policy, context)
    if (listed === 'umbrella') return []
    // What the umbrella's own runs write has a run to ask: no list can make its latest row enough.
    const own = group.contexts.has(context) || jobContexts.has(context)
    const level = listed === 'external' && own ? 'required' : listed
    if ((level === 'optional' || level === 'unlisted') && !ofNewest.has(context)) return []
    const { umbrella } = policy
    const result = find({ head, group, own, context, level, pull, umbrella })
    return [
      {
        context,
        level: level === 'unlisted' && implied ? 'implied' : level,
        result,
      },
    ]
  })
  const counted = new Set([
    policy.umbrella,
    ...group.contexts,
    ...jobContexts,
    ...results.map(({ context }) => context),
  ])
  const newest = head.rows.find(row => counted.has(row.context) && row.author.kind === 'actions')
  const age = newest === undefined ? seconds(0) : between(newest.createdAt, evidence.observedAt)
  return {
    head,
    policy,
    source,
    group,
    results,
    // What the umbrella needs is taken literally, whatever special characters it holds.
    missing: [
      ...new Set([
        ...unmatched(policy, contexts),
        ...needed.filter(context => !contexts.includes(context)),
      ]),
    ],
    absent: absentOf(
      demand,
      results.map(({ context }) => context).filter(context => ofNewest.has(context)),
    ),
    counted,
    openRunReason: openRunReasonOf(head, group, age),
    age,
  }
}
