import type { ListedPull } from '../core/model/evidence.js'
import { ForgeError } from './port.js'
import type { FileReads } from './workflow-cache.js'

const NOT_TOLD = new ForgeError('unexpected-shape', 'no server told the commit its base stood on')

/**
 * The same reads as if base branches still stood at the commit that a pull request was made from:
 * what they hold by now was never asked of it.
 */
export function asOfBase<Reads extends FileReads>(reads: Reads, { baseSha }: ListedPull): Reads {
  const { api, cache } = reads
  return {
    ...reads,
    cache: { ...cache, tips: new Map() },
    // By no name at all a server reads its default branch as it stands now.
    api: {
      ...api,
      commitOf: () => (baseSha ? Promise.resolve(baseSha) : Promise.reject(NOT_TOLD)),
    },
  }
}
