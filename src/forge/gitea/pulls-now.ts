import type { Evidence, Gap, NonEmpty, Pull } from '../../core/model/evidence.js'
import type { Head } from '../port.js'
import { ForgeError } from '../port.js'
import type { GiteaApi } from './api.js'
import type { FirstReads } from './first-look.js'
import { firstLook, isNothingToTell } from './first-look.js'
import type { WholePull } from './pull-list.js'

/** A head whose pull requests were each read. */
interface PullsNow {
  readonly pulls: NonEmpty<Pull>
  /** What could not be read, or is not what the list said. */
  readonly gaps: readonly Gap[]
  /** Where they stand, if not on this head: their refs lag behind (docs/forge-facts.md, 7). */
  readonly moved: Head | null
}

/** What the first look and the reads of its pull requests share. */
export interface PullReads extends FirstReads {
  /** What is not known of a head's pull requests, by its SHA: no other read makes up for it. */
  readonly unsure: Map<string, readonly Gap[]>
}

/** Did a list leave out what is asked of this pull request? */
const isPartial = ({ base }: Pick<Pull, 'base'>): boolean => base === ''

/** Reads the pull requests of a head of which a list told only number and ref. */
async function pullsNow(
  api: Pick<GiteaApi, 'wholePull'>,
  { sha, pulls }: Pick<Evidence, 'sha' | 'pulls'>,
): Promise<PullsNow> {
  const read = (pull: Pull): Promise<Answer> => answerOf(api, pull)
  const [one, ...others] = pulls
  const [first, ...more] = await Promise.all([read(one), ...others.map(read)])
  const answers: NonEmpty<Answer> = [first, ...more]
  const known: NonEmpty<Pull> = [first.pull, ...more.map(({ pull }) => pull)]
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

interface Answer {
  readonly pull: Pull
  readonly gap: Gap | null
}

const gapOf = ({ number }: Pull, cause: Gap['cause'], detail: string): Gap => ({
  ...{ what: `pull request #${number}`, cause, context: null, detail },
})

/** One of several on a commit that has gone on: who stands there is not known. */
const strayOf = (pull: Pull): Gap =>
  gapOf(pull, 'incomplete', `it stands at ${pull.head.slice(0, 10)} now`)

async function answerOf(api: Pick<GiteaApi, 'wholePull'>, listed: Pull): Promise<Answer> {
  if (!isPartial(listed)) return { pull: listed, gap: null }
  try {
    const { open, pull }: WholePull = await api.wholePull(listed.number)
    const gap = open ? null : gapOf(pull, 'incomplete', 'it is not open any more')
    return { pull, gap }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { pull: listed, gap: gapOf(listed, 'unreadable', error.message) }
  }
}

/** A head with gaps that a later read of its rows does not close. */
function withGaps({ unsure }: PullReads, head: Evidence, gaps: readonly Gap[]): Evidence {
  if (gaps.length > 0) unsure.set(head.sha, gaps)
  return { ...head, gaps: [...head.gaps, ...gaps] }
}

/**
 * The first look at a head. Where it finds something to tell, pull requests that a cheap list named
 * are read by themselves: the report and the verdict need their base, and one whose ref lags stands
 * on another commit, which is then looked at in its place.
 */
export async function lookAt(kept: PullReads, head: Head): Promise<Evidence> {
  const first = await firstLook(kept, head)
  if (!head.pulls.some(isPartial) || isNothingToTell(kept.policy, first)) return first
  const now = await pullsNow(kept.api, first)
  if (now.moved !== null) return withGaps(kept, await firstLook(kept, now.moved), now.gaps)
  return withGaps(kept, { ...first, pulls: now.pulls }, now.gaps)
}

/** What a study needs of pull requests that were quiet at first sight. */
export async function withPulls(kept: PullReads, head: Evidence): Promise<Evidence> {
  if (!head.pulls.some(isPartial)) return head
  const { pulls, gaps, moved } = await pullsNow(kept.api, head)
  const left: readonly Gap[] =
    moved === null
      ? []
      : [{ what: 'the head', cause: 'incomplete', context: null, detail: 'it was left meanwhile' }]
  return withGaps(kept, { ...head, pulls }, [...gaps, ...left])
}
