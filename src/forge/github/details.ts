import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import { z } from 'zod'
import { ForgeError } from '../port.js'
import { attempt, gapOf } from '../reading.js'
import { parseOne } from '../schema.js'
import { graphqlData } from './graphql.js'
import { aliasOf, CHUNK, detailsQuery } from './queries.js'
import type { Repository } from './repository.js'
import { detailsByRest } from './rest-details.js'
import type { Details } from './sightings.js'
import { lostDetails, seenOfNodes } from './sightings.js'
import { NodeCommit } from './wire.js'

const lost = (detail: string): Details =>
  lostDetails(gap('check suites', 'unreadable', detail), null)

const Fields = z.record(z.string(), z.unknown())

/** The details of a chunk of commits by one query; throws `ForgeError`. */
async function askChunk(
  { client, owner, name }: Repository,
  shas: readonly string[],
): Promise<readonly Details[]> {
  const variables = Object.fromEntries(shas.map((sha, at) => [aliasOf(at), sha]))
  const query = detailsQuery(shas.length)
  const { data, at, errors } = await graphqlData(client, query, { owner, name, ...variables })
  const what = 'POST /graphql (details)'
  if (data === null) throw new ForgeError('not-found', `${what}: ${errors[0]?.message ?? ''}`)
  const fields = parseOne(Fields, data, what)
  return shas.map((sha, index): Details => {
    const alias = aliasOf(index)
    // An error below a commit leaves a hole in its data.
    const error = errors.find(({ path }) => path === undefined || path.includes(alias))
    if (error !== undefined) return lost(error.message)
    const commit = NodeCommit.safeParse(fields[alias])
    if (!commit.success || commit.data.oid !== sha)
      return lost('the commit was not given as it was asked for')
    const { checkSuites, status } = commit.data
    return { ...seenOfNodes(checkSuites), at, hasStatus: status !== null }
  })
}

/** A server that is too busy for one large query may have time for two smaller ones. */
const tooLarge = ({ code }: ForgeError): boolean => code === 'server-error' || code === 'timeout'

/**
 * The details of commits in chunks, each halved where GitHub runs out of time, and read by REST
 * where even one commit is too much. What cannot be read at all is a gap of its commit.
 */
async function chunkDetails(
  repository: Repository,
  shas: readonly string[],
): Promise<readonly Details[]> {
  const found = await attempt(() => askChunk(repository, shas))
  if (found.ok) return found.value
  if (!tooLarge(found.why))
    return shas.map(() => lostDetails(gapOf('check suites', found.why), null))
  const [only, ...more] = shas
  if (only !== undefined && more.length === 0) return [await detailsByRest(repository, only)]
  const half = Math.ceil(shas.length / 2)
  const first = await chunkDetails(repository, shas.slice(0, half))
  return [...first, ...(await chunkDetails(repository, shas.slice(half)))]
}

/** The details of these commits, by their SHA. */
export async function readDetails(
  repository: Repository,
  shas: readonly string[],
): Promise<ReadonlyMap<string, Details>> {
  const found = new Map<string, Details>()
  for (let from = 0; from < shas.length; from += CHUNK) {
    const chunk = shas.slice(from, from + CHUNK)
    const details = await chunkDetails(repository, chunk)
    for (const [at, sha] of chunk.entries()) {
      const one = details[at]
      if (one !== undefined) found.set(sha, one)
    }
  }
  return found
}

/** Nothing more may be sent before the limit of requests is used up. */
export const limited = (left: number): Gap =>
  gap(
    'check suites',
    'rate-limited',
    `only ${left} requests are left in this hour; the next sweep goes on`,
  )
