import type { Evidence } from '../core/model/evidence.js'
import { hasBase } from '../core/model/evidence.js'
import type { UmbrellaWriter } from '../core/model/umbrella-files.js'
import { isUmbrellaMissing } from '../core/view/read.js'
import { umbrellaWriter } from '../workflow/filters.js'
import type { NeedsReads } from './needs.js'
import { NO_BASE, questionOf } from './needs.js'
import { treeOf } from './workflow-cache.js'

/** The workflow file that would write it into this branch. */
async function writerOn(reads: NeedsReads, base: string): Promise<UmbrellaWriter> {
  const found = await treeOf(reads, base)
  return found.ok
    ? umbrellaWriter(found.value, questionOf(reads), base)
    : { kind: 'unreadable', why: found.why }
}

/**
 * A head with the workflow file that would write the umbrella, for each of its pulls, where nothing
 * carries it and that is asked: a merge that requires it is blocked, and no status tells why.
 */
export async function withUmbrellaWriters<E extends Evidence>(
  reads: NeedsReads,
  head: E,
): Promise<E> {
  if (head.umbrellaWriters === undefined) return head
  if (!isUmbrellaMissing(head, reads.policy.umbrella)) return head
  const umbrellaWriters = new Map<number, UmbrellaWriter>()
  for (const pull of head.pulls)
    umbrellaWriters.set(pull.number, hasBase(pull) ? await writerOn(reads, pull.base) : NO_BASE)
  return { ...head, umbrellaWriters }
}
