import { suffixOf } from '../model/context.js'
import type { RowEvidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Level, Policy } from '../model/policy.js'
import { levelOf } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { isFinal, isGreen } from '../model/status.js'
import type { Duration } from '../model/time.js'
import { between, minutes, seconds } from '../model/time.js'
import type { HeadStatuses } from './head-statuses.js'
import { headStatusesOf } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { byRun, externalResult, phaseOf } from './job-result.js'
import { jobsOf } from './jobs.js'
import { newestResult } from './newest-run.js'
import { requiredContexts } from './required-contexts.js'
import type { RunGroup } from './run-group.js'
import { contextPrefix, runGroupOf } from './run-group.js'
import { umbrellaOf } from './umbrella.js'
import type { ForeignResult, UmbrellaView } from './view.js'
import { contextViews, foreignState } from './view.js'

/** Reads one pull request's umbrella from status rows: in whatever order they come. */
export function viewRows(asked: Policy, evidence: RowEvidence, pull: number): UmbrellaView {
  const head = headStatusesOf(evidence)
  const required = requiredContexts(asked, evidence.needs.get(pull))
  const { policy } = required
  const group = runGroupOf(head, policy.umbrella, pull)
  const jobContexts = contextsOfJobs(head, group)
  // What the newest run wrote is its own, whether or not its jobs are all shown.
  const written = group.newest === null ? undefined : head.writers.get(group.newest)
  const ofNewest =
    evidence.kind === 'jobs' ? new Set([...jobContexts, ...(written ?? [])]) : group.contexts
  const isOwn = (context: string): boolean =>
    group.contexts.has(context) || jobContexts.has(context)
  const views = contextViews(required, {
    contexts: [...new Set([...head.contexts, ...jobContexts])].sort(),
    levelOf: context => levelOf(policy, context),
    isOwn,
    isOfNewest: context => ofNewest.has(context),
    mayBeLeg: context => ofNewest.has(context),
    resultFor: (context, level) =>
      isOwn(context)
        ? newestResult({ head, group, umbrella: policy.umbrella }, context)
        : resultBeside(head, context, { level, pull }),
    foreignFor: context => foreignRows(head, context),
  })
  const counted = new Set([
    policy.umbrella,
    ...group.contexts,
    ...jobContexts,
    ...views.contexts.map(({ context }) => context),
  ])
  const newestRow = head.rows.find(
    ({ context, author }) => counted.has(context) && author.kind === 'actions',
  )
  const age =
    newestRow === undefined ? seconds(0) : between(newestRow.createdAt, evidence.observedAt)
  return {
    ...views,
    ...umbrellaRowOf(head, group),
    ...runsOf(head, group, pull),
    counted,
    isCounted: context => counted.has(context),
    openRun: openRunReason(head, group, age),
    age,
    isStudied: evidence.history !== null,
    unknownRows: head.contexts.flatMap(context =>
      head.of(context).filter(({ state }) => state === 'unknown'),
    ),
    read: { kind: 'rows', head, group },
  }
}

/** The contexts of every job of the newest run, where job rows tell them. */
function contextsOfJobs(head: HeadStatuses, group: RunGroup): ReadonlySet<string> {
  const jobs = group.newest === null ? undefined : head.jobs(group.newest)
  const prefix = jobs === undefined ? null : contextPrefix(head, group)
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
  { level, pull }: { readonly level: Level; readonly pull: number },
): JobResult {
  const rows = head.of(context)
  const [latest] = rows
  if (level !== 'external') {
    const group = runGroupOf(head, context, pull)
    if (group.newest !== null) return newestResult({ head, group, umbrella: null }, context)
  }
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
  return [...head.of(context).slice(0, 1), ...head.latest(context)]
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
  'standing' | 'umbrella' | 'unclear' | 'isGreen' | 'pending' | 'foreign' | 'past' | 'pins'
> {
  const found = umbrellaOf(head, group.context)
  const past = head.of(group.context)
  const none = { foreign: [], past, pins: [] }
  if (found.kind !== 'row')
    return {
      ...none,
      standing: null,
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

const isPendingOfOthers = ({ state, author }: SignedRow): boolean =>
  state === 'pending' && author.kind !== 'us'

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
    isDue: !wrote && [...contexts].some(name => head.latest(name).some(isPendingOfOthers)),
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
    const open = head.jobs(key)?.find(({ state }) => state === 'open')
    if (open !== undefined) return `${open.name} of run ${key} is still going`
    // Forgejo 12–15 name the run and its status, but not its jobs.
    if (head.run(key)?.completed === false) return `run ${key} is still going`
  }
  if (head.evidence.kind === 'jobs') return null
  const pending = [...contexts].sort().find(name => head.latest(name).some(isPendingOfOthers))
  if (pending !== undefined) return `${pending} is still pending`
  if (isFinal(phaseOf(byRun(head.of(context), newest)[0]) ?? 'waiting')) return null
  return age >= SILENCE
    ? null
    : `run ${newest} has not ended its umbrella, and its last row is younger than 20m`
}
