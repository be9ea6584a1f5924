import type { Pull } from '../core/model/evidence.js'
import type { FileReads } from './workflow-cache.js'

/**
 * The same reads as if base branches still stood at the commit that a pull request was made from:
 * what they hold by now was never asked of it.
 */
export function asOfBase<Reads extends FileReads>(reads: Reads, { baseSha }: Pull): Reads {
  const { api, cache } = reads
  return {
    ...reads,
    cache: { ...cache, tips: new Map() },
    api: { ...api, commitOf: () => Promise.resolve(baseSha) },
  }
}
