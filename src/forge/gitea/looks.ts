import type { Evidence, Gap, HeadSnapshot } from '../../core/model/evidence.js'
import { evidenceOf, gap } from '../../core/model/evidence.js'
import type { Task } from '../../core/model/job.js'
import type { Instant } from '../../core/model/time.js'
import { withUmbrellaWriters } from '../absence.js'
import { withNeeds } from '../needs.js'
import type { Reading } from '../port.js'
import type { GiteaApi } from './api.js'
import { aroundAgain } from './around.js'
import { hiddenRuns } from './hidden-runs.js'
import { withPulls } from './pulls-now.js'
import { attempt, EPOCH, gapOf, readingOrGap } from '../reading.js'
import { signedRows } from './signing.js'
import type { SweepCache } from './sweep-cache.js'

/** The row that was written first, as far as rows go back: no task that matters here is older. */
function firstRow(head: Evidence): Instant {
  return (head.history ?? head.latest).reduce(
    (first, row) => (row.createdAt < first ? row.createdAt : first),
    head.observedAt,
  )
}

/**
 * The task rows of these heads, where they count. What the server offers and could not be read
 * whole is a gap, and never a reason to judge as if the server had none.
 */
async function withTasks(api: GiteaApi, heads: readonly Evidence[]): Promise<readonly Evidence[]> {
  const [first] = heads
  if (api.server.grade !== 'tasks' || first === undefined) return heads
  const since = Math.min(first.observedAt, ...heads.map(firstRow)) as Instant
  const { value, gaps }: Reading<readonly Task[]> = await readingOrGap(
    'tasks',
    [],
    api.tasks(since),
  )
  return heads.map(head => ({
    ...head,
    kind: 'tasks',
    tasks: value.filter(({ sha }) => sha === head.sha),
    gaps: [...head.gaps, ...gaps],
  }))
}

/**
 * A head with its history and, where they are listed, its runs. The latest rows come before the
 * history, unless its preview read either of them whole.
 */
async function withHistory(kept: SweepCache, head: Evidence): Promise<Evidence> {
  const { api, previews, byHistory, unsure } = kept
  const { sha } = head
  const { page, asGate } = previews.get(head) ?? { page: null, asGate: false }
  const whole = page?.complete === true ? page : null
  if (whole !== null && !asGate) byHistory.add(sha)
  else byHistory.delete(sha)
  const isInHand = asGate || whole !== null
  const latest = isInHand ? null : await readingOrGap('latest rows', [], api.latestRows(sha))
  const [history, runs] = await Promise.all([
    whole ?? readingOrGap('history', [], api.history(sha, 0, page ?? undefined)),
    api.server.capabilities.runs ? readingOrGap('runs', [], api.runs(sha)) : null,
  ])
  const known = runs?.value ?? []
  const rows = signedRows(history.value, known, api.dialect)
  const snapshot: HeadSnapshot = {
    ...head,
    latest: signedRows(latest?.value ?? head.latest, known, api.dialect),
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

/** The whole evidence of heads; what stands around them is not read yet. */
export async function study(
  kept: SweepCache,
  heads: readonly Evidence[],
  studied: () => void = () => undefined,
): Promise<readonly Evidence[]> {
  const whole = await Promise.all(heads.map(head => withPulls(kept, head)))
  const read = await Promise.all(whole.map(head => withHistory(kept, head).finally(studied)))
  const all = await withTasks(kept.api, read)
  return Promise.all(all.map(async head => withUmbrellaWriters(kept, await withNeeds(kept, head))))
}

/** Evidence that this server offers now and did not when the sweep began is a gap. */
async function offerGaps(api: GiteaApi): Promise<readonly Gap[]> {
  const what = 'what this token may read of Actions'
  const found = await attempt(() => api.changedOffer())
  if (!found.ok) return [gapOf(what, found.why)]
  return found.value === null ? [] : [gap(what, 'incomplete', found.value)]
}

/**
 * Everything that can have changed, one after the other. The history comes after the latest rows,
 * so that it holds every row up to the highest one seen: what comes later is found by the look
 * back. Jobs come after the rows, so that a re-run whose rows are not yet there is seen as open
 * jobs.
 */
export async function secondLook(kept: SweepCache, before: Evidence): Promise<Evidence> {
  const { api } = kept
  const known = before.history ?? []
  // By the history alone: the latest rows may have been read after it, with others in between.
  const newest = known.reduce((top, { id }) => Math.max(top, id), 0)
  const above = before.history === null ? 0 : newest
  const offer = await offerGaps(api)
  // What stands around comes first: nothing of it may stand between the rows and the write.
  kept.refs = null
  const now = await aroundAgain(kept, before, before.pulls)
  const latest = await readingOrGap('latest rows', [], api.latestRows(before.sha))
  const history = await readingOrGap('history', [], api.history(before.sha, above))
  const runs = api.server.capabilities.runs
    ? await readingOrGap('runs', [], api.runs(before.sha))
    : null
  // Rows are only ever added: what was read before stands (docs/forge-facts.md, 1.2). A malformed
  // row of the first study does too.
  const listed = runs?.value ?? []
  const rows = signedRows([...known, ...history.value], listed, api.dialect)
  const lasting = before.gaps.filter(({ cause }) => cause === 'malformed')
  const snapshot: HeadSnapshot = {
    ...now,
    latest: signedRows(latest.value, listed, api.dialect),
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
