import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import { z } from 'zod'
import { ForgeError } from '../port.js'
import { attempt, gapOf } from '../reading.js'
import { parseOne } from '../schema.js'
import { graphqlData, tooLarge } from './graphql.js'
import { aliasOf, CHUNK, detailsQuery } from './queries.js'
import type { Repository } from './repository.js'
import { detailsByRest } from './rest-details.js'
import type { Details } from './sightings.js'
import { lostDetails, seenOfNodes } from './sightings.js'
import { NodeCommit } from './wire.js'

const lostSuites = (detail: string): Details =>
  lostDetails(gap('check suites', 'unreadable', detail), null)

const WireFields = z.record(z.string(), z.unknown())

/**
 * The details of a chunk of commits by one query; `null` for a commit that it did not give, or not
 * whole. Throws `ForgeError`.
 */
async function askChunk(
  { client, owner, name }: Repository,
  shas: readonly string[],
): Promise<readonly (Details | null)[]> {
  const asked = shas.map((sha, at) => ({ sha, alias: aliasOf(at) }))
  const variables = Object.fromEntries(asked.map(({ sha, alias }) => [alias, sha]))
  const query = detailsQuery(shas.length)
  const { data, at, errors } = await graphqlData(client, query, { owner, name, ...variables })
  const what = 'POST /graphql (details)'
  const fields = parseOne(WireFields, data, what)
  const ofNone = errors.find(({ path }) => !Object.hasOwn(variables, String(path[1])))
  if (ofNone !== undefined) throw new ForgeError('server-error', `${what}: ${ofNone.message}`)
  return asked.map(({ sha, alias }): Details | null => {
    // An error below a commit leaves a hole in its data.
    const found = errors.filter(({ path }) => path[1] === alias)
    const sure = found.find(({ isSure }) => isSure)
    if (sure !== undefined) return lostSuites(sure.message)
    const commit = NodeCommit.safeParse(fields[alias])
    if (found.length > 0 || !commit.success || commit.data.oid !== sha) return null
    const { checkSuites, status } = commit.data
    return { ...seenOfNodes(checkSuites), at, hasStatus: status !== null }
  })
}

/**
 * The details of commits in chunks. What a chunk did not give is asked for in smaller ones, for
 * GitHub may run out of time, and read by REST where even one commit is too much. What cannot be
 * read at all is a gap of its commit.
 */
async function chunkDetails(
  repository: Repository,
  shas: readonly string[],
): Promise<readonly Details[]> {
  const found = await attempt(askChunk(repository, shas))
  if (!found.ok && !tooLarge(found.why))
    return shas.map(() => lostDetails(gapOf('check suites', found.why), null))
  const given = found.ok ? found.value : []
  const missing = shas.filter((_, at) => given[at] == null)
  const [only] = shas
  const size = Math.min(missing.length, Math.ceil(shas.length / 2))
  const again =
    shas.length === 1 && only !== undefined && missing.length > 0
      ? [await detailsByRest(repository, only)]
      : await inChunks(repository, missing, size)
  const read = new Map(missing.map((sha, at) => [sha, again[at]]))
  return shas.map((sha, at) => given[at] ?? read.get(sha) ?? lostSuites('it was not given'))
}

/** The details of these commits, in their order, so many in one query. */
async function inChunks(
  repository: Repository,
  shas: readonly string[],
  size: number,
): Promise<readonly Details[]> {
  const found: Details[] = []
  for (let from = 0; from < shas.length; from += size)
    found.push(...(await chunkDetails(repository, shas.slice(from, from + size))))
  return found
}

/** The details of these commits, by their SHA. */
export async function readDetails(
  repository: Repository,
  shas: readonly string[],
): Promise<ReadonlyMap<string, Details>> {
  const details = await inChunks(repository, shas, CHUNK)
  return new Map(
    shas.flatMap((sha, at): [string, Details][] => {
      const one = details[at]
      return one === undefined ? [] : [[sha, one]]
    }),
  )
}

/** Nothing more may be sent before the limit of requests is used up. */
export const limited = (left: number): Gap =>
  gap(
    'check suites',
    'rate-limited',
    `only ${left} requests are left in this hour; the next sweep goes on`,
  )
