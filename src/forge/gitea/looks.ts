import { basesAsked } from '../../core/rules/candidate.js'
import type { Evidence, Gap, HeadSnapshot } from '../../core/model/evidence.js'
import { evidenceOf } from '../../core/model/evidence.js'
import type { Task } from '../../core/model/job.js'
import type { Policy } from '../../core/model/policy.js'
import { suffixOf } from '../../core/model/context.js'
import type { SignedRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import type { Forge, Head, Reading, Suspects } from '../port.js'
import { ForgeError } from '../port.js'
import type { GiteaApi } from './api.js'
import type { AroundReads } from './around.js'
import { around, aroundAgain, pullsOn } from './around.js'
import { asTheGateReads, isByHistory } from './gate-rows.js'
import type { PullReads } from './pulls-now.js'
import { lookAt, withPulls } from './pulls-now.js'
import { EPOCH, gapOf, seen } from './seen.js'
import type { WorkflowCache } from '../needs.js'
import { hiddenRuns } from './hidden-runs.js'
import { hasUmbrella, openCache, withNeeds } from '../needs.js'
import { signed } from './signing.js'

/** The reads of the port, one head at a time. */
interface Looks extends Pick<
  Forge,
  | 'listPulls'
  | 'openPulls'
  | 'study'
  | 'secondLook'
  | 'pullsOn'
  | 'surroundings'
  | 'hasUmbrella'
  | 'suspects'
> {
  firstLook(head: Head): Promise<Evidence>
  /** Did a first look at this commit show that its green may be wrong? */
  isDoubtful(sha: string): boolean
}

/** The row that was written first, as far as rows go back: no task that matters here is older. */
function firstRow(head: Evidence): Instant {
  return (head.history ?? head.latest).reduce(
    (first, row) => (row.createdAt < first ? row.createdAt : first),
    head.observedAt,
  )
}

/** What the looks of one sweep share: what was read once is kept. */
interface Kept extends AroundReads, PullReads {
  readonly api: GiteaApi
  readonly policy: Policy
  /** The latest rows of base commits, by SHA; `null` for what could not be read. */
  readonly bases: Map<string, Promise<readonly SignedRow[] | null>>
}

/**
 * The latest rows of a base commit, once per sweep. What cannot be read only leaves a refusal less
 * explained.
 */
function baseRows({ api, bases }: Kept, sha: string): Promise<readonly SignedRow[] | null> {
  const known =
    bases.get(sha) ??
    seen('base', [], api.latestRows(sha)).then(({ value, gaps }) =>
      gaps.length === 0 ? signed(value, [], api.dialect) : null,
    )
  bases.set(sha, known)
  return known
}

/** Where one failed job alone holds a pull back, its base branch may tell why. */
async function withBases(kept: Kept, head: Evidence): Promise<Evidence> {
  const wanted = [...new Set(basesAsked(kept.policy, head))]
  const read = await Promise.all(
    wanted.map(async (sha): Promise<[string, readonly SignedRow[]][]> => {
      const rows = await baseRows(kept, sha)
      return rows === null ? [] : [[sha, rows]]
    }),
  )
  return { ...head, bases: Object.fromEntries(read.flat()) }
}

/**
 * The task rows of these heads, where they count. What the server offers and could not be read
 * whole is a gap, and never a reason to judge as if the server had none.
 */
async function withTasks(api: GiteaApi, heads: readonly Evidence[]): Promise<readonly Evidence[]> {
  const [first] = heads
  if (api.server.grade !== 'tasks' || first === undefined) return heads
  const since = Math.min(first.observedAt, ...heads.map(firstRow)) as Instant
  const { value, gaps }: Reading<readonly Task[]> = await seen('tasks', [], api.tasks(since))
  return heads.map(head => ({
    ...head,
    kind: 'tasks',
    tasks: value.filter(({ sha }) => sha === head.sha),
    gaps: [...head.gaps, ...gaps],
  }))
}

/**
 * A head with its history and, where they are listed, its runs. The latest rows come before the
 * history, unless that was in hand: then `asTheGateReads` asks for them where it matters.
 */
async function withHistory(kept: Kept, head: Evidence): Promise<Evidence> {
  const { api, histories, combined, unsure } = kept
  const { sha } = head
  const page = histories.get(sha)
  const inHand = combined.has(sha) || isByHistory(kept, head)
  const latest = inHand ? null : await seen('latest rows', [], api.latestRows(sha))
  const [history, runs] = await Promise.all([
    page?.complete === true ? page : seen('history', [], api.history(sha, 0, page)),
    api.server.capabilities.runs ? seen('runs', [], api.runs(sha)) : null,
  ])
  const known = runs?.value ?? []
  const rows = signed(history.value, known, api.dialect)
  const snapshot: HeadSnapshot = {
    ...head,
    latest: signed(latest?.value ?? head.latest, known, api.dialect),
    history: rows,
    gaps: [
      ...(latest === null ? head.gaps : [...latest.gaps, ...(unsure.get(sha) ?? [])]),
      ...history.gaps,
      ...(runs?.gaps ?? []),
      ...hiddenRuns(api, rows, runs),
    ],
  }
  return evidenceOf(api.server.grade, snapshot, { runs: known, tasks: [] })
}

async function study(kept: Kept, heads: readonly Evidence[]): Promise<readonly Evidence[]> {
  const whole = await Promise.all(heads.map(head => withPulls(kept, head)))
  const read = await Promise.all(whole.map(head => withHistory(kept, head)))
  const all = await withTasks(kept.api, read)
  return Promise.all(
    all.map(async head => {
      const gate = await asTheGateReads(kept, await withNeeds(kept, head))
      return withBases(kept, await around(kept, gate))
    }),
  )
}

/** Evidence that this server offers now and did not when the sweep began is a gap. */
async function offerGaps(api: GiteaApi): Promise<readonly Gap[]> {
  const what = 'what this token may read of Actions'
  try {
    const why = await api.changedOffer()
    return why === null ? [] : [{ what, cause: 'incomplete', context: null, detail: why }]
  } catch (error) {
    return [gapOf(what, error)]
  }
}

/**
 * Everything that can have changed, one after the other. The history comes after the latest rows,
 * so that it holds every row up to the highest one seen: what comes later is found by the look
 * back. Jobs come after the rows, so that a re-run whose rows are not yet there is seen as open
 * jobs.
 */
async function secondLook(kept: Kept, before: Evidence): Promise<Evidence> {
  const { api } = kept
  const known = before.history ?? []
  // By the history alone: the latest rows may have been read after it, with others in between.
  const newest = known.reduce((top, { id }) => Math.max(top, id), 0)
  const above = before.history === null ? 0 : newest
  const offer = await offerGaps(api)
  // What stands around comes first: nothing of it may stand between the rows and the write.
  kept.refs = null
  const now = await aroundAgain(kept, before, before.pulls)
  const latest = await seen('latest rows', [], api.latestRows(before.sha))
  const history = await seen('history', [], api.history(before.sha, above))
  const runs = api.server.capabilities.runs ? await seen('runs', [], api.runs(before.sha)) : null
  // Rows are only ever added: what was read before stands (docs/forge-facts.md, 1.2). A malformed
  // row of the first look does too.
  const listed = runs?.value ?? []
  const rows = signed([...known, ...history.value], listed, api.dialect)
  const lasting = before.gaps.filter(({ cause }) => cause === 'malformed')
  const snapshot: HeadSnapshot = {
    ...now,
    latest: signed(latest.value, listed, api.dialect),
    history: rows,
    gaps: [
      ...lasting,
      ...offer,
      ...now.gaps,
      ...latest.gaps,
      ...history.gaps,
      ...(runs?.gaps ?? []),
      ...hiddenRuns(api, rows, runs),
    ],
    observedAt: latest.at ?? EPOCH,
  }
  const fresh = evidenceOf(api.server.grade, snapshot, { runs: listed, tasks: [] })
  const [again] = await withTasks(api, [fresh])
  return again ?? fresh
}

/** The looks of a sweep over Gitea's calls. */
export function openLooks(
  api: GiteaApi,
  policy: Policy,
  cache: WorkflowCache = openCache(),
): Looks {
  const kept: Kept = {
    api,
    policy,
    cache,
    refs: null,
    bases: new Map(),
    unsure: new Map(),
    histories: new Map(),
    combined: new Set(),
    doubtful: new Set(),
  }
  return {
    listPulls: () => api.listPulls(),
    openPulls: () => api.openPulls(),
    firstLook: head => lookAt(kept, head),
    isDoubtful: sha => kept.doubtful.has(sha),
    study: heads => study(kept, heads),
    secondLook: before => secondLook(kept, before),
    pullsOn: sha => pullsOn(kept, sha),
    surroundings: (head, pulls) => aroundAgain(kept, head, pulls),
    hasUmbrella: branch => hasUmbrella(kept, branch),
    suspects: () => suspects(kept),
  }
}

/**
 * Heads on which a failed or cancelled run stands: where an older run may have written its green
 * over the newest run's red. Told by the histories that are read anyway and, where runs can be
 * listed, by two requests for the whole sweep.
 */
async function suspects({ api, policy, doubtful }: Kept): Promise<Suspects> {
  const byRows = (sha: string): boolean => doubtful.has(sha)
  if (api.server.grade !== 'jobs') return { has: byRows, why: null }
  const event = /^ \((.+)\)$/.exec(suffixOf(policy.umbrella))?.[1]
  if (event === undefined) return { has: byRows, why: null }
  try {
    const failed = new Set((await api.failedHeads(event)).value)
    return { has: sha => failed.has(sha) || doubtful.has(sha), why: null }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { has: byRows, why: error.message }
  }
}
