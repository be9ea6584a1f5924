import type { Evidence, NonEmpty, Pull, ListedPull } from '../../core/model/evidence.js'
import { failure } from '../../core/model/result.js'
import type { SignedRow } from '../../core/model/status.js'
import type { ReadsAsked } from '../../core/model/surroundings.js'
import { attempt, gapOf, readingOrGap } from '../reading.js'
import type { SurroundingsReads } from '../surroundings.js'
import { surroundingsAgain, withSurroundings } from '../surroundings.js'
import { signedRows } from './signing.js'
import type { SweepCache } from './sweep-cache.js'

/** The refs of all pull requests, once until they are asked for anew; or why they are not known. */
function refsOf(kept: SweepCache): ReturnType<SurroundingsReads['refs']> {
  kept.refs ??= attempt(() => kept.api.pullsByRef()).then(found => {
    if (found.ok) return found
    kept.refs = null
    return failure(gapOf('the refs of pull requests', found.why))
  })
  return kept.refs
}

/**
 * The latest rows of a base commit, once per sweep. What cannot be read only leaves a refusal less
 * explained.
 */
function baseRows({ api, bases }: SweepCache, sha: string): Promise<readonly SignedRow[] | null> {
  const known =
    bases.get(sha) ??
    readingOrGap('base', [], api.latestRows(sha)).then(({ value, gaps }) =>
      gaps.length === 0 ? signedRows(value, [], api.dialect) : null,
    )
  bases.set(sha, known)
  return known
}

/** A head with what is asked for of what stands around it: its rows are not read again. */
export async function around(
  kept: SweepCache,
  head: Evidence,
  asked: ReadsAsked,
): Promise<Evidence> {
  const wanted = [...new Set(asked.bases)]
  const read = await Promise.all(
    wanted.map(async (sha): Promise<[string, readonly SignedRow[]][]> => {
      const rows = await baseRows(kept, sha)
      return rows === null ? [] : [[sha, rows]]
    }),
  )
  const bases = Object.fromEntries(read.flat())
  return withSurroundings({ ...kept, refs: () => refsOf(kept) }, { ...head, bases }, asked)
}

/** The same, read anew for the pull requests that stand there now. */
export const aroundAgain = (
  kept: SweepCache,
  head: Evidence,
  pulls: NonEmpty<ListedPull>,
): Promise<Evidence> => surroundingsAgain({ ...kept, refs: () => refsOf(kept) }, head, pulls)

/**
 * The open pull requests on a commit now. Where their list is dear, the refs tell which may stand
 * there, and each of them is read; a closed one is among them (docs/forge-facts.md, 12, 13).
 */
export async function pullsOn(kept: SweepCache, sha: string): Promise<readonly Pull[]> {
  const { api } = kept
  kept.refs = null
  const refs = api.dialect.dearPullList ? await refsOf(kept) : null
  if (refs?.ok !== true) return (await api.openPulls()).pulls.filter(({ head }) => head === sha)
  const read = await Promise.all((refs.value.get(sha) ?? []).map(number => api.wholePull(number)))
  return read.flatMap(({ open, pull }) => (open && pull.head === sha ? [pull] : []))
}
