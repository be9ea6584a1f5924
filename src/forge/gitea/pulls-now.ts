import type { Evidence, Gap, NonEmpty, Preview, ListedPull } from '../../core/model/evidence.js'
import { gap, hasBase } from '../../core/model/evidence.js'
import type { Head } from '../port.js'
import { attempt, gapOf } from '../reading.js'
import type { GiteaApi } from './api.js'
import { previewOf } from './preview.js'
import type { SweepCache } from './sweep-cache.js'

/** A head whose pull requests were each read. */
interface PullsNow {
  readonly pulls: NonEmpty<ListedPull>
  /** What could not be read, or is not what the list said. */
  readonly gaps: readonly Gap[]
  /** Where they stand, if not on this head: their refs lag behind (docs/forge-facts.md, 7). */
  readonly moved: Head | null
}

/** Reads the pull requests of a head of which a list told only number and ref. */
async function pullsNow(
  api: Pick<GiteaApi, 'wholePull'>,
  { sha, pulls }: Pick<Evidence, 'sha' | 'pulls'>,
): Promise<PullsNow> {
  const read = (pull: ListedPull): Promise<ReadPull> => answerOf(api, pull)
  const [one, ...others] = pulls
  const [first, ...more] = await Promise.all([read(one), ...others.map(read)])
  const answers: NonEmpty<ReadPull> = [first, ...more]
  const known: NonEmpty<ListedPull> = [first.pull, ...more.map(({ pull }) => pull)]
  const heads = new Set(known.map(({ head }) => head))
  const [head] = heads
  const moved = heads.size === 1 && head !== undefined && head !== sha
  const strays = moved ? [] : known.filter(pull => pull.head !== sha).map(strayOf)
  return {
    pulls: known,
    gaps: [...answers.flatMap(({ gap }) => gap ?? []), ...strays],
    moved: moved ? { sha: head, pulls: known } : null,
  }
}

interface ReadPull {
  readonly pull: ListedPull
  readonly gap: Gap | null
}

const pullName = ({ number }: ListedPull): string => `pull request #${number}`

/** One of several on a commit that has gone on: who stands there is not known. */
const strayOf = (pull: ListedPull): Gap =>
  gap(pullName(pull), 'incomplete', `it stands at ${pull.head.slice(0, 10)} now`)

async function answerOf(api: Pick<GiteaApi, 'wholePull'>, listed: ListedPull): Promise<ReadPull> {
  if (hasBase(listed)) return { pull: listed, gap: null }
  const found = await attempt(() => api.wholePull(listed.number))
  if (!found.ok) return { pull: listed, gap: gapOf(pullName(listed), found.why) }
  const { open, pull } = found.value
  return {
    pull,
    gap: open ? null : gap(pullName(pull), 'incomplete', 'it is not open any more'),
  }
}

/** A preview with pull requests that were read, and gaps that no later read of its rows closes. */
function withGaps(
  kept: SweepCache,
  head: Evidence,
  pulls: Evidence['pulls'],
  gaps: readonly Gap[],
) {
  if (gaps.length > 0) kept.unsure.set(head.sha, gaps)
  const whole = { ...head, pulls, gaps: [...head.gaps, ...gaps] }
  const reads = kept.previews.get(head)
  if (reads !== undefined) kept.previews.set(whole, reads)
  return whole
}

/**
 * A preview with its pull requests read by themselves where a cheap list named them: the report and
 * the verdict need their base. One whose ref lags stands on another commit, which is then previewed
 * in its place.
 */
export async function atCurrentHead(kept: SweepCache, preview: Preview): Promise<Preview> {
  const { evidence } = preview
  if (evidence.pulls.every(hasBase)) return preview
  const { pulls, gaps, moved } = await pullsNow(kept.api, evidence)
  const here = moved === null ? preview : await previewOf(kept, moved)
  return { ...here, evidence: withGaps(kept, here.evidence, pulls, gaps) }
}

/** What a study needs of pull requests that were left alone by their preview. */
export async function withPulls(kept: SweepCache, head: Evidence): Promise<Evidence> {
  if (head.pulls.every(hasBase)) return head
  const { pulls, gaps, moved } = await pullsNow(kept.api, head)
  const left = moved === null ? [] : [gap('the head', 'incomplete', 'it was left meanwhile')]
  return withGaps(kept, head, pulls, [...gaps, ...left])
}
