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

/** All that the ladder asks about one pull request's umbrella. */
export interface Assessment {
  readonly head: HeadStatuses
  readonly group: RunGroup
  readonly results: readonly ContextResult[]
  /** Entries of the required list that name no context of this head. */
  readonly missing: readonly string[]
  /** Umbrella, required, external and group contexts: what a write must not race with. */
  readonly counted: ReadonlySet<string>
  /** Why the group is not quiet yet, or `null` (design §4, "Quiet"). */
  readonly unquiet: string | null
  /** Server time since the newest row of Actions in any counted context. */
  readonly age: Duration
}

/**
 * A group that writes no final umbrella row counts as quiet after this long without a row (design
 * §4).
 */
const SILENCE = minutes(20)

function externalResult(rows: readonly SignedRow[]): JobResult {
  const latest = rows[0]
  if (latest === undefined) return { kind: 'missing' }
  if (latest.state === 'success')
    return {
      kind: 'success',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  if (latest.state === 'skipped')
    return {
      kind: 'skipped',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  if (isRed(latest.state))
    return {
      kind: 'failure',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  return { kind: 'open', run: null, why: `row ${latest.id} says ${latest.state}` }
}

/**
 * What counts for a context, wherever it is written: its own group, another workflow's, another
 * system's, or nobody's.
 */
function find(
  head: HeadStatuses,
  group: RunGroup,
  jobContexts: ReadonlySet<string>,
  context: string,
  level: Level,
  pull: number,
  umbrella: string,
): JobResult {
  const rows = head.of(context)
  if (level === 'external') return externalResult(rows)
  if (group.contexts.has(context) || jobContexts.has(context))
    return resultOf(head, group, context, umbrella)
  const other = runGroupOf(head, context, pull)
  if (other.newest !== null) return resultOf(head, other, context, null)
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

/** The contexts of every job of N, where job rows tell them. */
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

/**
 * Reads one pull request's side of a head. Pure: the same rows in any order give the same survey.
 */
export function assess(policy: Policy, head: HeadStatuses, pull: number): Assessment {
  const { evidence } = head
  const group = runGroupOf(head, policy.umbrella, pull)
  const jobContexts = contextsOfJobs(head, group)
  const ofN = evidence.kind === 'jobs' ? jobContexts : group.contexts
  const contexts = [...new Set([...head.contexts, ...jobContexts])].sort()
  const results = contexts.flatMap((context): ContextResult[] => {
    const asked = levelOf(policy, context)
    if (asked === 'umbrella') return []
    // What the umbrella's own runs write has a run to ask: no list can make its latest row enough.
    const level =
      asked === 'external' && (group.contexts.has(context) || jobContexts.has(context))
        ? 'required'
        : asked
    if ((level === 'optional' || level === 'unlisted') && !ofN.has(context)) return []
    const result = find(head, group, jobContexts, context, level, pull, policy.umbrella)
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
 * A red row of an older run in a context where N is green: what two workflows of one name would
 * look like (design §4, "Which run").
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
