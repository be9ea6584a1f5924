import type { ListedPull } from '../core/model/evidence.js'
import type { FileReads } from './workflow-cache.js'

/**
 * The same reads as if base branches still stood at the commit that a pull request was made from:
 * what they hold by now was never asked of it.
 */
export function asOfBase<Reads extends FileReads>(reads: Reads, { baseSha }: ListedPull): Reads {
  const { api, cache } = reads
  return {
    ...reads,
    cache: { ...cache, tips: new Map() },
    // One that is not told is asked for by no name: a server takes that for its default branch.
    api: { ...api, commitOf: () => Promise.resolve(baseSha ?? '') },
  }
}
