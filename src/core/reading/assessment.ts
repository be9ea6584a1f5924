import type { JobResult } from './job-result.js'
import { resultOf } from './newest-run.js'
import { suffixOf } from '../model/context.js'
import type { RunGroup } from './run-group.js'
import { contextPrefix, runGroupOf } from './run-group.js'
import type { RunKey } from '../model/ids.js'
import type { HeadStatuses } from './head-statuses.js'
import type { SignedRow } from '../model/status.js'
import type { Level, Policy } from '../model/policy.js'
import { levelOf, unmatched } from '../model/policy.js'
import { isFinal, isGreen, isRed } from '../model/status.js'
import type { Duration } from '../model/time.js'
import { between, minutes, seconds } from '../model/time.js'

/** One context that counts for a pull request, and what the newest run says of it. */
export interface ContextResult {
  readonly context: string
  /** `implied`: required because the list is empty; it may be skipped. */
  readonly level: Exclude<Level, 'umbrella'> | 'implied'
  readonly result: JobResult
}

/** Must this context be green? Listed, external, or implied by an empty list. */
export function isRequired({ level }: ContextResult): boolean {
  return level === 'required' || level === 'external' || level === 'implied'
}

/** All that the rules ask about one pull request's umbrella. */
export interface Assessment {
  readonly head: HeadStatuses
  readonly group: RunGroup
  readonly results: readonly ContextResult[]
  /** Entries of the required list that name no context of this head. */
  readonly missing: readonly string[]
  /** Umbrella, required, external and group contexts: what a write must not race with. */
  readonly counted: ReadonlySet<string>
  /** Why the group is not quiet yet, or `null`. */
  readonly unquiet: string | null
  /** Server time since the newest row of Actions in any counted context. */
  readonly age: Duration
}

/**
 * A group that writes no final umbrella row counts as quiet after this long without a
 * row.
 */
const SILENCE = minutes(20)

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

function unquietOf(head: HeadStatuses, group: RunGroup, age: Duration): string | null {
  if (group.newest === null) return null
  if (head.evidence.kind === 'jobs') {
    for (const key of [...group.runs].sort((a, b) => b - a)) {
      const run = head.run(key)
      const open = head.jobs(key)?.find(({ state }) => state === 'open')
      if (open !== undefined) return `${open.name} of run ${key} is still going`
      if (run !== undefined && !run.completed) return `run ${key} is still going`
    }
    return null
  }
  // Forgejo 12–15 name the run and its status, but not its jobs.
  const going = [...group.runs]
    .sort((a, b) => b - a)
    .find(key => head.run(key)?.completed === false)
  if (going !== undefined) return `run ${going} is still going`
  for (const context of [...group.contexts].sort()) {
    const pending = head
      .latest(context)
      .find(({ state, author }) => state === 'pending' && author.kind !== 'us')
    if (pending !== undefined) return `${context} is still pending`
  }
  const own = head
    .of(group.context)
    .find(({ author }) => author.kind === 'actions' && author.run === group.newest)
  if (own?.author.kind === 'actions' && isFinal(own.author.word)) return null
  return age >= SILENCE
    ? null
    : `run ${group.newest} has not ended its umbrella, and its last row is younger than 20m`
}

/** What was assessed before, by head, policy and pull: several questions need it. */
const assessed = new WeakMap<HeadStatuses, WeakMap<Policy, Map<number, Assessment>>>()

/**
 * Reads one pull request's side of a head, once. Pure: the same rows in any order give the same
 * assessment.
 */
export function assess(policy: Policy, head: HeadStatuses, pull: number): Assessment {
  const ofHead = assessed.get(head) ?? new WeakMap<Policy, Map<number, Assessment>>()
  assessed.set(head, ofHead)
  const ofPolicy = ofHead.get(policy) ?? new Map<number, Assessment>()
  ofHead.set(policy, ofPolicy)
  const known = ofPolicy.get(pull) ?? readPull(policy, head, pull)
  ofPolicy.set(pull, known)
  return known
}

function readPull(policy: Policy, head: HeadStatuses, pull: number): Assessment {
  const { evidence } = head
  const group = runGroupOf(head, policy.umbrella, pull)
  const jobContexts = contextsOfJobs(head, group)
  const ofNewest = evidence.kind === 'jobs' ? jobContexts : group.contexts
  const contexts = [...new Set([...head.contexts, ...jobContexts])].sort()
  const results = contexts.flatMap((context): ContextResult[] => {
    const asked = levelOf(policy, context)
    if (asked === 'umbrella') return []
    // What the umbrella's own runs write has a run to ask: no list can make its latest row enough.
    const own = group.contexts.has(context) || jobContexts.has(context)
    const level = asked === 'external' && own ? 'required' : asked
    if ((level === 'optional' || level === 'unlisted') && !ofNewest.has(context)) return []
    const { umbrella } = policy
    const result = find({ head, group, own, context, level, pull, umbrella })
    return [
      {
        context,
        level: level === 'unlisted' && policy.required.length === 0 ? 'implied' : level,
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
    group,
    results,
    missing: unmatched(policy, contexts),
    counted,
    unquiet: unquietOf(head, group, age),
    age,
  }
}

/**
 * A red row of an older run in a context where the newest is green: what two workflows of one name
 * would look like.
 */
export function olderRedAgainstGreen({ head, group, results }: Assessment): string | null {
  const green = new Set(
    results.filter(({ result }) => result.kind === 'success').map(({ context }) => context),
  )
  const own = head
    .of(group.context)
    .find(({ author }) => author.kind === 'actions' && author.run === group.newest)
  if (own !== undefined && isGreen(own.state)) green.add(group.context)
  for (const context of green) {
    const seen = new Set<RunKey>()
    for (const { author, state, id } of head.of(context)) {
      if (author.kind !== 'actions' || seen.has(author.run)) continue
      seen.add(author.run)
      if (group.runs.has(author.run) && isRed(state))
        return (
          `run ${author.run} left ${context} red (row ${id}) against the green of run ` +
          `${group.newest ?? '?'}`
        )
    }
  }
  return null
}
