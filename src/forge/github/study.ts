import type { Suite } from '../../core/model/check.js'
import type { CheckEvidence, Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import { isRunForPulls } from '../../core/view/checks/legs.js'
import { readChecks } from '../../core/view/checks/result.js'
import { unlistedProof } from '../../core/view/checks/listed.js'
import { viewOf } from '../../core/view/read.js'
import { once } from '../workflow-cache.js'
import type { NeedsReads } from '../needs.js'
import { withNeeds } from '../needs.js'
import { withUmbrellaWriters } from '../absence.js'
import { attempt, gapOf, noClock, knownBase } from '../reading.js'
import type { Client } from './client.js'
import { limited, readDetails } from './details.js'
import { readRun } from './jobs.js'
import { mergeQueueOf } from './merge-queue.js'
import type { GitHubContext } from './repository.js'
import { withMayFail, withSkippedFor, withWaiting } from './run-files.js'
import type { Protection } from './rules.js'
import { protectionOf } from './rules.js'
import { checksOfSuite } from './rest-details.js'
import type { Details } from './sightings.js'
import { shortSuite } from './sightings.js'
import { ofThese, readStatuses } from './statuses.js'

/** What is kept between two looks of one sweep. */
export interface SweepCache {
  readonly repository: GitHubContext
  /** What workflow files are read with. */
  readonly reads: NeedsReads
  /** Does the user name the umbrella? Then protection may be hidden from the token. */
  readonly isNamed: boolean
  /** What merges into a branch require, read once per sweep. */
  readonly protection: Map<string, Promise<Protection>>
}

/** How many requests the study of one head may take: its run and jobs, statuses, needs, rules. */
const COST = 9

/** Requests that are left for whoever else uses this token, and for our own writes. */
const RESERVE = 50

/** How many requests may still be sent, and how many heads may be studied by them. */
export function studyRoom({ remaining: { rest, graphql } }: Pick<Client, 'remaining'>): {
  readonly left: number
  readonly room: number
} {
  const left = Math.min(rest ?? Infinity, graphql ?? Infinity)
  return { left, room: Math.max(0, Math.floor((left - RESERVE) / COST)) }
}

/**
 * The runs in which the umbrella is red or has more than one execution: only their jobs tell which
 * of those is the newest, and only they may be run again.
 */
export function runsAsked({ repository }: SweepCache, head: CheckEvidence): readonly Suite[] {
  const { umbrella } = repository.policy
  const asked = readChecks(head).legs.filter(
    leg =>
      leg.executions > 1 ||
      leg.state === 'unknown' ||
      (leg.name === umbrella && leg.state !== 'success' && leg.state !== 'skipped'),
  )
  const ids = new Set(asked.map(({ suite }) => suite.id))
  return head.suites.filter(({ id }) => ids.has(id))
}

/** The runs whose jobs a proof rests on and were not read: a link alone names no job. */
function provingRuns({ repository }: SweepCache, head: CheckEvidence): readonly Suite[] {
  const legs = head.pulls.flatMap(({ number }) =>
    unlistedProof(viewOf(repository.policy, head, number)),
  )
  const ids = new Set(legs.map(({ suite }) => suite.id))
  return head.suites.filter(({ id }) => ids.has(id))
}

export async function withRuns(
  kept: SweepCache,
  head: CheckEvidence,
  asked: readonly Suite[],
): Promise<CheckEvidence> {
  if (asked.length === 0) return head
  let { suites, checks, gaps } = head
  for (const suite of asked) {
    const mine = checks.filter(check => check.suite === suite.id)
    const found = await readRun(kept.repository, { suite, checks: mine, gaps: [] })
    suites = suites.map(one => (one.id === suite.id ? found.suite : one))
    checks = [...checks.filter(check => check.suite !== suite.id), ...found.checks]
    gaps = [...gaps, ...found.gaps]
  }
  return { ...head, suites, checks, gaps }
}

/** Suites that GraphQL cut off after a page of check runs, read page by page. */
export async function withWholeSuites(
  { repository }: SweepCache,
  head: CheckEvidence,
): Promise<CheckEvidence> {
  if (!head.gaps.some(({ cause }) => cause === 'incomplete')) return head
  let { checks, gaps } = head
  for (const suite of head.suites) {
    const what = shortSuite(suite.id)
    if (!gaps.some(one => one.what === what && one.cause === 'incomplete')) continue
    const found = await attempt(checksOfSuite(repository, suite))
    if (!found.ok) continue
    checks = [...checks.filter(check => check.suite !== suite.id), ...found.value.checks]
    gaps = [...gaps.filter(one => one.what !== what), ...found.value.gaps]
  }
  return { ...head, checks, gaps }
}

/** Every status of a commit that has any, with those of our runs told from others. */
export async function withStatuses(
  { repository: { client, root } }: SweepCache,
  head: CheckEvidence,
  hasStatus: boolean,
): Promise<CheckEvidence> {
  if (!hasStatus) return { ...head, latest: [], history: [] }
  const found = await attempt(readStatuses(client, root, { sha: head.sha, above: 0 }))
  const { value, gaps } = found.ok
    ? found.value
    : { value: [], gaps: [gapOf('statuses', found.why)] }
  const rows = ofThese(value, runsOfHead(head))
  return { ...head, latest: rows, history: rows, gaps: [...head.gaps, ...gaps] }
}

/** A run that somebody dispatched is none of a pull request, whatever commit it ran on. */
const runsOfHead = (head: CheckEvidence): ReadonlySet<number> =>
  new Set(head.suites.filter(isRunForPulls).map(({ run }) => Number(run.id)))

/**
 * What merges into the base branches require, which may name the one app that counts. Where that is
 * hidden from the token, an umbrella that the user names is judged all the same, and one that was
 * chosen is not: it may gate nothing.
 */
async function withRequired(kept: SweepCache, head: CheckEvidence): Promise<CheckEvidence> {
  const { repository, protection, isNamed } = kept
  const rulesOn = async (base: string) => {
    const rules = await once(protection, base, () => protectionOf(repository, base))
    return { ...rules, base }
  }
  const found = await attempt(() =>
    Promise.all([...new Set(head.pulls.map(knownBase))].map(rulesOn)),
  )
  const without = (missing: Gap): CheckEvidence => ({ ...head, gaps: [...head.gaps, missing] })
  if (!found.ok) return without(gapOf(REQUIRED, found.why))
  const hidden = found.value.find(one => one.hidden !== null)?.hidden ?? null
  if (hidden !== null && !isNamed)
    return without(gap(REQUIRED, 'forbidden', `${hidden}; name the umbrella in umbrella-context`))
  const required = found.value.flatMap(({ checks }) => checks)
  const rules = { ...head, required, ...(hidden !== null && { requiredHidden: hidden }) }
  const queued = found.value.flatMap(({ queue, base }) => (queue ? [base] : []))
  if (queued.length === 0) return rules
  return { ...rules, queue: await mergeQueueOf(repository, kept.reads, rules, queued) }
}

const REQUIRED = 'what a merge requires'

/** A head as its details show it, with all that a verdict rests on. */
async function studied(
  kept: SweepCache,
  before: CheckEvidence,
  details: Details,
): Promise<CheckEvidence> {
  const { suites, checks, at } = details
  const head: CheckEvidence = {
    ...before,
    suites,
    checks,
    studied: true,
    required: [],
    needs: new Map(),
    gaps: [...details.gaps, ...(at === null ? [noClock('clock')] : [])],
    observedAt: at ?? before.observedAt,
  }
  const whole = await withWholeSuites(kept, head)
  const withJobs = await withRuns(kept, whole, runsAsked(kept, whole))
  const withRows = await withStatuses(kept, withJobs, details.hasStatus)
  const withRules = await withRequired(kept, withRows)
  const { reads } = kept
  const withFiles = await withMayFail(reads, (await withNeeds(reads, withRules)) as CheckEvidence)
  const withSkips = await withSkippedFor(reads, withFiles)
  const withNames = await withWaiting(reads, await withUmbrellaWriters(reads, withSkips))
  return withRuns(kept, withNames, provingRuns(kept, withNames))
}

/** A head whose study has to wait for the next hour. */
const unstudied = (head: CheckEvidence, left: number): CheckEvidence => ({
  ...head,
  gaps: [...head.gaps, limited(left)],
})

/**
 * Studies heads, as many as the limit of requests allows: what is left over is a gap of its head,
 * and the next sweep goes on. A limit never lowers what is asked of the evidence.
 */
export async function study(
  kept: SweepCache,
  heads: readonly CheckEvidence[],
  onStudied: () => void = () => undefined,
): Promise<readonly CheckEvidence[]> {
  const { left, room } = studyRoom(kept.repository.client)
  const now = heads.slice(0, room)
  const details = await readDetails(
    kept.repository,
    now.map(({ sha }) => sha),
  )
  const done = await Promise.all(
    now.map(async head => {
      const found = details.get(head.sha)
      if (found === undefined) throw new Error('every head that is asked for has its details')
      return studied(kept, head, found).finally(onStudied)
    }),
  )
  return [...done, ...heads.slice(room).map(head => unstudied(head, left))]
}
