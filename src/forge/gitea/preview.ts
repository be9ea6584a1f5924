import type { HeadSnapshot, Preview } from '../../core/model/evidence.js'
import { evidenceOf } from '../../core/model/evidence.js'
import type { SignedRow, StatusRow } from '../../core/model/status.js'
import { isRed, newestFirst } from '../../core/model/status.js'
import type { Head, Reading } from '../port.js'
import type { HistoryPage } from './api.js'
import { EPOCH, readingOrGap } from '../reading.js'
import { signedRows } from './signing.js'
import type { SweepCache } from './sweep-cache.js'

/**
 * The preview of a head: the newest rows of its history by id, in one request, and the latest rows
 * as the merge gate reads them where that page does not tell of the umbrella.
 */
export async function previewOf(kept: SweepCache, head: Head): Promise<Preview> {
  const page = await historyPage(kept, head.sha)
  const asGate = page === null || !tellsOf(page, kept.policy.umbrella)
  const preview = asGate ? await byLatestRows(kept, head) : byHistory(kept, head, page)
  kept.previews.set(preview.evidence, { page, asGate })
  return preview
}

/** The newest page of a history, or what failed of it as its gap; `null` where none can tell. */
async function historyPage({ api }: SweepCache, sha: string): Promise<HistoryPage | null> {
  // Two latest rows of one context can stand there, and no history tells which.
  if (!api.server.traits.postedStatusWins) return null
  let found: Pick<HistoryPage, 'complete' | 'page'> = { complete: false, page: null }
  const reading = await readingOrGap(
    'history',
    [],
    api.historyPage(sha).then(page => {
      found = page
      return page
    }),
  )
  const { complete, page } = found
  return { ...reading, complete: complete && reading.at !== null, page }
}

/**
 * Does a page say what stands in the umbrella's context? One that could not be read is a gap, and
 * not asked for in another way. A page without the umbrella says nothing of it: with many contexts
 * it can be full of an older run's late rows. Nor does one with a row that cannot be read, which
 * may be the umbrella's.
 */
const tellsOf = ({ complete, at, gaps, value }: HistoryPage, umbrella: string): boolean =>
  complete || at === null || (gaps.length === 0 && value.some(row => row.context === umbrella))

/** The newest row of every context among these, which are newest first. */
function newestOfEach<Row extends StatusRow>(rows: readonly Row[]): readonly Row[] {
  const newest = new Map<string, Row>()
  for (const row of newestFirst(rows)) if (!newest.has(row.context)) newest.set(row.context, row)
  return [...newest.values()]
}

/**
 * Of a green or pending umbrella only its own rows are told, for nobody asks for the others, unless
 * one beside it is red.
 */
function byHistory({ api, policy }: SweepCache, head: Head, page: HistoryPage): Preview {
  const isOwn = ({ context }: StatusRow): boolean => context === policy.umbrella
  const own = newestOfEach(signedRows(page.value.filter(isOwn), [], api.dialect))
  const isQuiet = own.some(({ state }) => !isRed(state))
  const isRedBeside = page.value.some(row => isRed(row.state) && !isOwn(row))
  const rows = isQuiet && !isRedBeside ? own : signedRows(page.value, [], api.dialect)
  return {
    evidence: snapshotOf(api.server, head, isQuiet ? own : newestOfEach(rows), page),
    rows: isQuiet && page.complete ? rows : null,
    seen: { newest: newestOfEach(page.value), isWhole: page.complete },
  }
}

async function byLatestRows({ api }: SweepCache, head: Head): Promise<Preview> {
  const latest = await readingOrGap('latest rows', [], api.latestRows(head.sha))
  const rows = signedRows(latest.value, [], api.dialect)
  const seen = { newest: newestOfEach(rows), isWhole: latest.gaps.length === 0 }
  return { evidence: snapshotOf(api.server, head, rows, latest), rows: null, seen }
}

/** A head by its latest rows, however they were read. */
function snapshotOf(
  { grade, traits }: SweepCache['api']['server'],
  { sha, pulls }: Head,
  latest: readonly SignedRow[],
  { gaps, at }: Pick<Reading<unknown>, 'gaps' | 'at'>,
): Preview['evidence'] {
  const snapshot: HeadSnapshot = {
    sha,
    observedAt: at ?? EPOCH,
    pulls,
    latest,
    history: null,
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    bases: {},
    needs: new Map(),
    work: new Map(),
    gaps,
    traits,
  }
  return evidenceOf(grade, snapshot, { runs: [], tasks: [] })
}
