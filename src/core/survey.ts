import type { Answer } from './answer.js'
import { answerOf } from './answer.js'
import { suffixOf } from './context.js'
import type { Family } from './family.js'
import { contextPrefix, familyOf } from './family.js'
import type { Head, HeadRow } from './head.js'
import type { Level, Policy } from './policy.js'
import { levelOf, unmatched } from './policy.js'
import { isFinal, isGreen, isRed } from './status.js'
import type { Duration } from './time.js'
import { between, minutes, seconds } from './time.js'

/** One context that counts for a pull request, and what the newest run says of it. */
export interface Finding {
  readonly context: string
  /** `implied`: required because the list is empty; it may be skipped. */
  readonly level: Exclude<Level, 'umbrella'> | 'implied'
  readonly answer: Answer
}

/** Must this context be green? Listed, external, or implied by an empty list. */
export function isRequired({ level }: Finding): boolean {
  return level === 'required' || level === 'external' || level === 'implied'
}

/** All that the ladder asks about one pull request's umbrella. */
export interface Survey {
  readonly head: Head
  readonly family: Family
  readonly findings: readonly Finding[]
  /** Entries of the required list that name no context of this head. */
  readonly missing: readonly string[]
  /** Umbrella, required, external and family contexts: what a write must not race with. */
  readonly counted: ReadonlySet<string>
  /** Why the family is not quiet yet, or `null` (design §4, "Quiet"). */
  readonly unquiet: string | null
  /** Server time since the newest row of Actions in any counted context. */
  readonly age: Duration
}

/**
 * A family that writes no final umbrella row counts as quiet after this long without a row (design
 * §4).
 */
const SILENCE = minutes(20)

function externalAnswer(rows: readonly HeadRow[]): Answer {
  const latest = rows[0]
  if (latest === undefined) return { is: 'missing' }
  if (latest.state === 'success')
    return {
      is: 'success',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  if (latest.state === 'skipped')
    return {
      is: 'skipped',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  if (isRed(latest.state))
    return {
      is: 'failure',
      source: 'external',
      run: null,
      job: null,
      attempt: null,
      row: latest.id,
    }
  return { is: 'open', run: null, why: `row ${latest.id} says ${latest.state}` }
}

/**
 * What counts for a context, wherever it is written: its own family, another workflow's, another
 * system's, or nobody's.
 */
function find(
  head: Head,
  family: Family,
  jobContexts: ReadonlySet<string>,
  context: string,
  level: Level,
  pull: number,
  umbrella: string,
): Answer {
  const rows = head.of(context)
  if (level === 'external') return externalAnswer(rows)
  if (family.contexts.has(context) || jobContexts.has(context))
    return answerOf(head, family, context, umbrella)
  const other = familyOf(head, context, pull)
  if (other.newest !== null) return answerOf(head, other, context, null)
  const latest = rows[0]
  if (latest === undefined) return { is: 'missing' }
  if (head.rows.some(row => row.context === context && row.author.by === 'actions')) {
    return {
      is: 'unknown',
      run: null,
      pending: latest.state === 'pending',
      why: `only runs of another pull request wrote ${context}`,
    }
  }
  return { is: 'stranger', state: latest.state, row: latest.id }
}

/** The contexts of every job of N, where job rows tell them. */
function contextsOfJobs(head: Head, family: Family): ReadonlySet<string> {
  const run = family.newest === null ? undefined : head.run(family.newest)
  if (run === undefined) return new Set()
  const prefix = contextPrefix(head, family)
  if (prefix === null) return new Set()
  const suffix = suffixOf(family.context)
  return new Set(run.jobs.map(({ name }) => `${prefix}${name}${suffix}`))
}

function unquietOf(head: Head, family: Family, age: Duration): string | null {
  if (family.newest === null) return null
  if (head.evidence.grade === 'jobs') {
    for (const key of [...family.runs].sort((a, b) => b - a)) {
      const run = head.run(key)
      const open = run?.jobs.find(({ state }) => state === 'open')
      if (open !== undefined) return `${open.name} of run ${key} is still going`
      if (run !== undefined && !run.completed) return `run ${key} is still going`
    }
    return null
  }
  // Forgejo 12–15 name the run and its status, but not its jobs.
  const going = [...family.runs]
    .sort((a, b) => b - a)
    .find(key => head.run(key)?.completed === false)
  if (going !== undefined) return `run ${going} is still going`
  for (const context of [...family.contexts].sort()) {
    const pending = head
      .latest(context)
      .find(({ state, author }) => state === 'pending' && author.by !== 'us')
    if (pending !== undefined) return `${context} is still pending`
  }
  const own = head
    .of(family.context)
    .find(({ author }) => author.by === 'actions' && author.run === family.newest)
  if (own?.author.by === 'actions' && isFinal(own.author.word)) return null
  return age >= SILENCE
    ? null
    : `run ${family.newest} has not ended its umbrella, and its last row is younger than 20m`
}

/**
 * Reads one pull request's side of a head. Pure: the same rows in any order give the same survey.
 */
export function survey(policy: Policy, head: Head, pull: number): Survey {
  const { evidence } = head
  const family = familyOf(head, policy.umbrella, pull)
  const jobContexts = contextsOfJobs(head, family)
  const ofN = evidence.grade === 'jobs' ? jobContexts : family.contexts
  const contexts = [...new Set([...head.contexts, ...jobContexts])].sort()
  const findings = contexts.flatMap((context): Finding[] => {
    const asked = levelOf(policy, context)
    if (asked === 'umbrella') return []
    // What the umbrella's own runs write has a run to ask: no list can make its latest row enough.
    const level =
      asked === 'external' && (family.contexts.has(context) || jobContexts.has(context))
        ? 'required'
        : asked
    if ((level === 'optional' || level === 'unlisted') && !ofN.has(context)) return []
    const answer = find(head, family, jobContexts, context, level, pull, policy.umbrella)
    return [
      {
        context,
        level: level === 'unlisted' && policy.required.length === 0 ? 'implied' : level,
        answer,
      },
    ]
  })
  const counted = new Set([
    policy.umbrella,
    ...family.contexts,
    ...jobContexts,
    ...findings.map(({ context }) => context),
  ])
  const newest = head.rows.find(row => counted.has(row.context) && row.author.by === 'actions')
  const age = newest === undefined ? seconds(0) : between(newest.createdAt, evidence.observedAt)
  return {
    head,
    family,
    findings,
    missing: unmatched(policy, contexts),
    counted,
    unquiet: unquietOf(head, family, age),
    age,
  }
}

/**
 * A red row of an older run in a context where N is green: what two workflows of one name would
 * look like (design §4, "Which run").
 */
export function olderRedAgainstGreen({ head, family, findings }: Survey): string | null {
  const green = new Set(
    findings.filter(({ answer }) => answer.is === 'success').map(({ context }) => context),
  )
  const own = head
    .of(family.context)
    .find(({ author }) => author.by === 'actions' && author.run === family.newest)
  if (own !== undefined && isGreen(own.state)) green.add(family.context)
  for (const context of green) {
    const seen = new Set<number>()
    for (const { author, state, id } of head.of(context)) {
      if (author.by !== 'actions' || seen.has(author.run)) continue
      seen.add(author.run)
      if (family.runs.has(author.run) && isRed(state))
        return (
          `run ${author.run} left ${context} red (row ${id}) against the green of run ` +
          `${family.newest ?? '?'}`
        )
    }
  }
  return null
}
