import type { Evidence, Gap, NonEmpty, Pull } from '../../core/model/evidence.js'
import { surroundingsAsked } from '../../core/rules/decide.js'
import { ForgeError } from '../port.js'
import type { SurroundingsReads } from '../surroundings.js'
import { surroundingsAgain, withSurroundings } from '../surroundings.js'
import type { GiteaNeeds } from './rerun-reach.js'
import { gapOf } from './seen.js'

/** What is read around heads with, and what is kept of it. */
export interface AroundReads extends GiteaNeeds {
  /** The refs of pull requests, as they were last asked for. */
  refs: Promise<ReadonlyMap<string, readonly number[]> | Gap> | null
}

/** The refs of all pull requests, once until they are asked for anew; or why they are not known. */
function refsOf(kept: AroundReads): ReturnType<SurroundingsReads['refs']> {
  kept.refs ??= kept.api.pullsByRef().catch((error: unknown): Gap => {
    if (!(error instanceof ForgeError)) throw error
    kept.refs = null
    return gapOf('the refs of pull requests', error)
  })
  return kept.refs
}

/** What stands around a head is read behind everything else, and where a write would follow. */
export const around = (kept: AroundReads, head: Evidence): Promise<Evidence> =>
  withSurroundings(
    { ...kept, refs: () => refsOf(kept) },
    head,
    surroundingsAsked(kept.policy, head),
  )

/** The same, read anew for the pull requests that stand there now. */
export const aroundAgain = (
  kept: AroundReads,
  head: Evidence,
  pulls: NonEmpty<Pull>,
): Promise<Evidence> => surroundingsAgain({ ...kept, refs: () => refsOf(kept) }, head, pulls)

/**
 * The open pull requests on a commit now. Where their list is dear, the refs tell which may stand
 * there, and each of them is read; a closed one is among them (docs/forge-facts.md, 12, 13).
 */
export async function pullsOn(kept: AroundReads, sha: string): Promise<readonly Pull[]> {
  const { api } = kept
  kept.refs = null
  const refs = api.dialect.dearPullList ? await refsOf(kept) : null
  if (refs === null || 'cause' in refs)
    return (await api.openPulls()).pulls.filter(({ head }) => head === sha)
  const read = await Promise.all((refs.get(sha) ?? []).map(number => api.wholePull(number)))
  return read.flatMap(({ open, pull }) => (open && pull.head === sha ? [pull] : []))
}
