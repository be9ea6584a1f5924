import type { App, CheckRun, Suite, SuiteRun } from '../../core/model/check.js'
import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { JobId, RunId } from '../../core/model/ids.js'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import { ForgeError } from '../port.js'
import { checkState, suiteStates } from './states.js'
import type { Check, SuiteNode, SuitesNode } from './wire.js'

/** Suites and check runs, and what of them could not be seen. */
export interface SeenChecks {
  readonly suites: readonly Suite[]
  readonly checks: readonly CheckRun[]
  readonly gaps: readonly Gap[]
}

/** Everything a commit shows but its statuses, and whether it has any. */
export interface Details extends SeenChecks {
  readonly at: Instant | null
  readonly hasStatus: boolean
}

/** A time that an answer must hold. */
export function instantOf(text: string, what: string): Instant {
  const at = parseInstant(text)
  if (at === null) throw new ForgeError('unexpected-shape', `${what}: a time cannot be read`)
  return at
}

/** The run and job that a check run of Actions links to; `null` for any other check run. */
export function jobOfLink(
  link: string | null,
): { readonly run: number; readonly job: number } | null {
  const found = /\/actions\/runs\/(\d{1,15})\/job\/(\d{1,15})(?:[?#]|$)/.exec(link ?? '')
  return found === null ? null : { run: Number(found[1]), job: Number(found[2]) }
}

/** Links of before 2022 name the check run alone: `/runs/<id>` (docs/github-facts.md, 7). */
const linksItself = (link: string | null, id: number | null): boolean =>
  id !== null && /\/runs\/(\d{1,15})(?:[?#]|$)/.exec(link ?? '')?.[1] === String(id)

/** The slug of Actions is the same on every server, its id is not. */
export const appOf = (id: number | null | undefined, slug: string | undefined): App => ({
  id: id ?? 0,
  slug: slug ?? '',
  isActions: slug === 'github-actions',
})

/** A check run, whichever API told of it. */
export interface CheckJson {
  /** `null` where GraphQL cannot hold the number. */
  readonly id: number | null
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly startedAt: string | null
  readonly completedAt: string | null
  readonly link: string | null
}

/**
 * An app's `neutral` passes, as a merge takes it, and is no job that somebody skipped
 * (docs/github-facts.md, 1).
 */
const isNeutral = ({ status, conclusion }: CheckJson): boolean =>
  status.toLowerCase() === 'completed' && conclusion?.toLowerCase() === 'neutral'

/** A check run of a suite; `null` where it cannot be named. */
export function toCheck(
  json: CheckJson,
  suite: { readonly id: number; readonly run: SuiteRun | null },
): CheckRun | null {
  const job = jobOfLink(json.link)
  // A job's id is its check run's; a link that says otherwise is somebody else's.
  const isJob =
    suite.run !== null &&
    (job === null
      ? linksItself(json.link, json.id)
      : job.run === Number(suite.run.id) && (json.id === null || json.id === job.job))
  const id = json.id ?? (isJob ? (job?.job ?? null) : null)
  if (id === null) return null
  return {
    id: id as JobId,
    suite: suite.id,
    name: json.name,
    state: isJob || !isNeutral(json) ? checkState(json.status, json.conclusion) : 'success',
    startedAt: parseInstant(json.startedAt),
    completedAt: parseInstant(json.completedAt),
    attempt: null,
    isJob,
    isListed: false,
    taken: null,
  }
}

/** What is said of a suite whose check runs were not all given. */
export const shortSuite = (id: number): string => `check runs of suite ${id}`

/** What is not complete is not known. */
export const overflow = (what: string, seen: number, total: number): Gap =>
  gap(what, 'incomplete', `${seen} of ${total} were given`)

/** The details of a commit of which nothing could be read. */
export const lostDetails = (missing: Gap, at: Instant | null): Details => ({
  suites: [],
  checks: [],
  gaps: [missing],
  at,
  hasStatus: true,
})

const unreadableGap = (what: string, detail: string): Gap => gap(what, 'unreadable', detail)

/** Did tokens make everything a suite shows: is all of it over, and nothing of it a job? */
const isMadeByTokens = (checks: readonly CheckJson[], total: number): boolean =>
  checks.length > 0 &&
  checks.length >= total &&
  checks.every(
    ({ status, link }) => status.toLowerCase() === 'completed' && jobOfLink(link) === null,
  )

/**
 * Without its run nothing tells what a suite of Actions is of, or what it may still become. One
 * that holds nothing but what tokens made has none.
 */
export function withoutRun(
  { id, app, run, state }: Suite,
  checks: readonly CheckJson[],
  total: number,
): readonly Gap[] {
  const isWhole = (state === 'success' && total > 0) || isMadeByTokens(checks, total)
  return app.isActions && run === null && !isWhole
    ? [unreadableGap(`check suite ${id}`, 'it names no workflow run')]
    : []
}

const checkOfNode = (node: Check): CheckJson => ({
  id: node.databaseId,
  name: node.name,
  status: node.status,
  conclusion: node.conclusion,
  startedAt: node.startedAt,
  completedAt: node.completedAt,
  link: node.detailsUrl,
})

function runOfNode({ workflowRun }: SuiteNode): SuiteRun | null {
  if (workflowRun === null) return null
  const { databaseId, event, createdAt, workflow } = workflowRun
  const created = parseInstant(createdAt)
  if (databaseId === null || workflow.databaseId === null || created === null) return null
  return {
    id: databaseId as RunId,
    workflow: workflow.databaseId,
    path: workflow.resourcePath.split('/').at(-1) ?? '',
    event,
    createdAt: created,
    attempt: null,
    disabled: workflow.state.toUpperCase() !== 'ACTIVE',
  }
}

function seenOfSuite(node: SuiteNode): SeenChecks {
  const what = 'a check suite'
  const { databaseId, app, checkRuns } = node
  if (databaseId === null || checkRuns === null)
    return { suites: [], checks: [], gaps: [unreadableGap(what, 'it has no id or no check runs')] }
  const run = runOfNode(node)
  const known = appOf(app?.databaseId, app?.slug)
  const gaps: Gap[] = []
  if (known.isActions && node.workflowRun !== null && run === null)
    gaps.push(unreadableGap(what, 'its workflow run has no id'))
  const suite: Suite = {
    id: databaseId,
    app: known,
    run,
    ...suiteStates(node.status, node.conclusion),
  }
  const nodes = (checkRuns.nodes ?? []).filter(one => one !== null)
  if (nodes.length < checkRuns.totalCount)
    gaps.push(overflow(shortSuite(databaseId), nodes.length, checkRuns.totalCount))
  const told = nodes.map(checkOfNode)
  const checks = told.map(one => toCheck(one, suite))
  if (checks.includes(null)) gaps.push(unreadableGap(what, 'one of its check runs has no id'))
  gaps.push(...withoutRun(suite, told, checkRuns.totalCount))
  return { suites: [suite], checks: checks.filter(one => one !== null), gaps }
}

/** The suites of a commit as GraphQL gives them. */
export function seenOfNodes(suites: SuitesNode | null): SeenChecks {
  if (suites === null)
    return { suites: [], checks: [], gaps: [unreadableGap('check suites', 'they were not given')] }
  const nodes = (suites.nodes ?? []).filter(one => one !== null)
  const each = nodes.map(seenOfSuite)
  const short =
    nodes.length < suites.totalCount
      ? [overflow('check suites', nodes.length, suites.totalCount)]
      : []
  return {
    suites: each.flatMap(one => one.suites),
    checks: each.flatMap(one => one.checks),
    gaps: [...short, ...each.flatMap(one => one.gaps)],
  }
}
