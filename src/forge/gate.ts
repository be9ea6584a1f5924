import type { UmbrellaWriter } from '../core/model/umbrella-files.js'
import { umbrellaWriter } from '../workflow/filters.js'
import type { ContextWriters } from './gate-reads.js'
import type { NeedsReads } from './needs.js'
import { questionOf } from './needs.js'
import { treeOf } from './workflow-cache.js'

/** Which file of a branch would write each of these contexts, by one read of its files. */
export async function contextWriters(
  reads: NeedsReads,
  contexts: readonly string[],
  branch: string,
): Promise<ContextWriters> {
  const found = await treeOf(reads, branch)
  return new Map(
    contexts.map((umbrella): [string, UmbrellaWriter] => [
      umbrella,
      found.ok
        ? umbrellaWriter(found.value, { ...questionOf(reads), umbrella }, branch)
        : { kind: 'unreadable', why: found.why },
    ]),
  )
}
