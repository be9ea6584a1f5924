import type { CheckEvidence, MergeQueue } from '../../core/model/evidence.js'
import { hasBase } from '../../core/model/evidence.js'
import { z } from 'zod'
import { writersOf } from '../../workflow/needs.js'
import type { NeedsReads } from '../needs.js'
import { questionOf } from '../needs.js'
import { attempt } from '../reading.js'
import { parseOne } from '../schema.js'
import { treeOf } from '../workflow-cache.js'
import { graphqlData } from './graphql.js'
import { queueQuery } from './queries.js'
import type { Repository } from './repository.js'

const Places = z.record(z.string(), z.object({ isInMergeQueue: z.boolean() }))

/** Which of these pull requests stand in the queue; `null` where that cannot be read. */
async function queuedOf(
  { client, owner, name }: Repository,
  numbers: readonly number[],
): Promise<readonly number[] | null> {
  const found = await attempt(async () => {
    const { data, errors } = await graphqlData(client, queueQuery(numbers), { owner, name })
    if (errors.length > 0) return null
    const places = parseOne(Places, data, 'POST /graphql (merge queue)')
    if (numbers.some(number => places[`p${number}`] === undefined)) return null
    return numbers.filter(number => places[`p${number}`]?.isInMergeQueue === true)
  })
  return found.ok ? found.value : null
}

/**
 * Does the workflow of the umbrella start for the queue? Where it does not, the queue waits for a
 * check that nobody makes. Only what is shown is told.
 */
async function stallsOn(reads: NeedsReads, base: string): Promise<boolean> {
  const found = await treeOf(reads, base)
  if (!found.ok) return false
  const writers = writersOf(found.value, questionOf(reads))
  return (
    writers.length > 0 && !writers.some(({ workflow }) => workflow.events.includes('merge_group'))
  )
}

/** The queue of these base branches, as far as it concerns a head. */
export async function mergeQueueOf(
  repository: Repository,
  reads: NeedsReads,
  { pulls }: CheckEvidence,
  bases: readonly string[],
): Promise<MergeQueue> {
  const mine = pulls
    .filter(pull => hasBase(pull) && bases.includes(pull.base))
    .map(({ number }) => number)
  const stalls: string[] = []
  for (const base of bases) if (await stallsOn(reads, base)) stalls.push(base)
  return { queued: await queuedOf(repository, mine), stalls }
}
