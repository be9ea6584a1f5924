import { suffixOf } from '../model/context.js'
import type { RowEvidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import { levelsOf } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { isGreen } from '../model/status.js'
import type { Duration } from '../model/time.js'
import { between, minutes, seconds } from '../model/time.js'
import type { HeadStatuses } from './head-statuses.js'
import { headStatusesOf } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { byRun, externalResult, isEnd } from './job-result.js'
import { jobsOf } from './jobs.js'
import { newestResult } from './newest-run.js'
import type { RequiredContexts } from './required-contexts.js'
import { requiredContexts } from './required-contexts.js'
import type { RunGroup } from './run-group.js'
import { runGroupOf } from './run-group.js'
import type { ContextView, CountingContext, ForeignResult, UmbrellaView } from './view.js'
import { countingContexts, foreignState, listsOn } from './view.js'

/** The contexts of a head that count for one pull request, before anybody asks what they say. */
interface Asked {
  readonly head: HeadStatuses
  readonly required: RequiredContexts
  readonly group: RunGroup
  /** Every context of the head and of the newest run's jobs, in order. */
  readonly all: readonly string[]
  readonly contexts: readonly CountingContext[]
  readonly counted: ReadonlySet<string>
}

function askedOf(policy: Policy, evidence: RowEvidence, pull: number): Asked {
  const head = headStatusesOf(evidence)
  const required = requiredContexts(policy, evidence.needs.get(pull))
  const { umbrella } = required.policy
  const group = runGroupOf(head, umbrella, pull)
  const jobContexts = contextsOfJobs(head, group)
  // What the newest run wrote is its own, whether or not its jobs are all shown.
  const written = group.newest === null ? undefined : head.writers.get(group.newest)
  const ofNewest =
    evidence.kind === 'jobs' ? new Set([...jobContexts, ...(written ?? [])]) : group.contexts
  const own = new Set([...group.contexts, ...jobContexts])
  const all = [...new Set([...head.contexts, ...jobContexts])].sort()
  const listed = levelsOf(required.policy, all).map(({ context, level }) => ({
    context,
    level,
    isOwn: own.has(context),
    isOfNewest: ofNewest.has(context),
  }))
  const contexts = countingContexts(required, listed)
  const counted = new Set([umbrella, ...own, ...contexts.map(({ context }) => context)])
  return { head, required, group, all, contexts, counted }
}

/** Every context that counts for a pull request, by status rows. */
export const countedByRows = (
  policy: Policy,
  evidence: RowEvidence,
  pull: number,
): ReadonlySet<string> => askedOf(policy, evidence, pull).counted

/** Reads one pull request's umbrella from status rows: in whatever order they come. */
export function viewRows(policy: Policy, evidence: RowEvidence, pull: number): UmbrellaView {
  const { head, required, group, all, contexts, counted } = askedOf(policy, evidence, pull)
  const { umbrella } = required.policy
  const views = contexts.map(({ context, level, isOwn }): ContextView => ({
    context,
    level,
    result: isOwn
      ? newestResult({ head, group, umbrella }, context)
      : resultBeside(head, context, { level, pull }),
    foreign: foreignRows(head, context),
  }))
  const legs = contexts.flatMap(({ context, isOfNewest }) => (isOfNewest ? [context] : []))
  const newestRow = head.rows.find(
    ({ context, author }) => counted.has(context) && author.kind === 'actions',
  )
  const age =
    newestRow === undefined ? seconds(0) : between(newestRow.createdAt, evidence.observedAt)
  return {
    ...listsOn(required, { all, ofUmbrella: all }, views, legs),
    ...umbrellaRowOf(head, group),
    ...runsOf(head, group, pull),
    counted,
    isCounted: context => counted.has(context),
    openRun: openRunReason(head, group, age),
    age,
    isStudied: evidence.history !== null,
    unknownRows: head.rows
      .filter(({ state }) => state === 'unknown')
      .sort((a, b) => (a.context < b.context ? -1 : Number(a.context > b.context))),
    read: { kind: 'rows', head, group },
  }
}

/** The contexts of every job of the newest run, where job rows tell them. */
function contextsOfJobs(head: HeadStatuses, group: RunGroup): ReadonlySet<string> {
  const jobs = group.newest === null ? undefined : head.jobs.get(group.newest)
  const { jobPrefix: prefix } = group
  if (jobs === undefined || prefix === null) return new Set()
  const suffix = suffixOf(group.context)
  return new Set(jobs.map(({ name }) => `${prefix}${name}${suffix}`))
}

/**
 * What counts for a context that no run of the umbrella's group writes: another system's row,
 * another workflow's run, or that nobody who is known wrote it.
 */
function resultBeside(
  head: HeadStatuses,
  context: string,
  { level, pull }: { readonly level: ContextView['level']; readonly pull: number },
): JobResult {
  if (level !== 'external') {
    const group = runGroupOf(head, context, pull)
    if (group.newest !== null) return newestResult({ head, group, umbrella: null }, context)
  }
  const rows = head.of(context)
  const [latest] = rows
  if (latest === undefined) return { kind: 'missing' }
  if (level === 'external') return externalResult(latest, 'row')
  if (rows.some(({ author }) => author.kind === 'actions')) {
    return {
      kind: 'unknown',
      run: null,
      pending: latest.state === 'pending',
      why: `only runs of another pull request wrote ${context}`,
    }
  }
  return { kind: 'stranger', state: latest.state, row: latest.id }
}

/**
 * What others than Actions say of a context: the newest row decides, and where several latest rows
 * stand, each of them does. A phantom row is a mistake of the server and says nothing.
 */
function foreignRows(head: HeadStatuses, context: string): readonly ForeignResult[] {
  return head
    .shownOn(context)
    .filter(({ author, phantom }) => author.kind === 'foreign' && !phantom)
    .map(row => ({ state: foreignState(row.state), says: saidByForeign(row) }))
}

/** Who says what in a row that Actions did not write, as a refusal begins. */
export const saidByForeign = ({ id, state, creator }: SignedRow): string =>
  `row ${id} says ${state}, written by ` +
  `${creator ?? 'a workflow token or an unknown writer'}, not by Actions`

/** The umbrella among the latest rows. */
function umbrellaRowOf(
  head: HeadStatuses,
  group: RunGroup,
): Pick<
  UmbrellaView,
  'standing' | 'row' | 'umbrella' | 'unclear' | 'isGreen' | 'pending' | 'foreign' | 'past' | 'pins'
> {
  const found = head.umbrella(group.context)
  const past = head.of(group.context)
  const none = { foreign: [], past, pins: [] }
  if (found.kind !== 'row')
    return {
      ...none,
      standing: null,
      row: null,
      umbrella: null,
      unclear: found,
      isGreen: false,
      pending: null,
    }
  const { row } = found
  const { id, state, createdAt } = row
  return {
    ...none,
    standing: { kind: 'row', row },
    row,
    umbrella: { row: id, state, age: between(createdAt, head.evidence.observedAt) },
    unclear: null,
    isGreen: isGreen(state),
    pending: state === 'pending' && !isOver(head, group, row) ? `(row ${id})` : null,
  }
}

/**
 * A pending umbrella is judged like a red one when its job has ended, or when the pending is our
 * own.
 */
function isOver(head: HeadStatuses, group: RunGroup, { author }: SignedRow): boolean {
  if (author.kind === 'us') return true
  const jobs = group.newest === null ? null : jobsOf(head, group, group.newest, group.context)
  return jobs !== null && jobs.length > 0 && jobs.every(({ state }) => state !== 'open')
}

/** Which runs write the umbrella, and why it is not known what the newest of them says. */
function runsOf(
  head: HeadStatuses,
  { context, runs, newest, contexts, doubt }: RunGroup,
  pull: number,
): Pick<UmbrellaView, 'newest' | 'newestRuns' | 'runs' | 'doubt' | 'isDue' | 'awaiting'> {
  const wrote = newest !== null && byRun(head.of(context), newest).length > 0
  return {
    newest,
    newestRuns: newest === null ? [] : [newest],
    runs: [...runs],
    doubt:
      newest === null
        ? `no run of Actions wrote ${context} for pull request #${pull}`
        : (doubt ?? (wrote ? null : `run ${newest}, the newest, never wrote ${context}`)),
    isDue: !wrote && head.pendingAmong([...contexts]) !== undefined,
    awaiting: null,
  }
}

/** A group that writes no final umbrella row counts as quiet after this long without a row. */
const SILENCE = minutes(20)

const highestFirst = (runs: ReadonlySet<RunKey>): readonly RunKey[] =>
  [...runs].sort((a, b) => b - a)

/** Which run of the group has not ended, in words; `null` where none is known to go on. */
function openRunReason(head: HeadStatuses, group: RunGroup, age: Duration): string | null {
  const { newest, runs, contexts, context } = group
  if (newest === null) return null
  for (const key of highestFirst(runs)) {
    const open = head.jobs.get(key)?.find(({ state }) => state === 'open')
    if (open !== undefined) return `${open.name} of run ${key} is still going`
    // Forgejo 12–15 name the run and its status, but not its jobs.
    if (head.runs.get(key)?.completed === false) return `run ${key} is still going`
  }
  if (head.evidence.kind === 'jobs') return null
  const pending = head.pendingAmong([...contexts].sort())
  if (pending !== undefined) return `${pending} is still pending`
  if (isEnd(byRun(head.of(context), newest)[0])) return null
  return age >= SILENCE
    ? null
    : `run ${newest} has not ended its umbrella, and its last row is younger than 20m`
}
