import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import type { Answer } from '../answer.js'
import type { ForgeErrorCode } from '../port.js'
import { ForgeError } from '../port.js'
import { excerpt, RetryableError, retryAfter } from '../retry.js'
import { parseOne } from '../schema.js'
import type { Client } from './client.js'
import { LIMIT_MESSAGE, LONGEST_WAIT } from './client.js'
import { permissionOfPath } from './permissions.js'
import { GraphqlAnswer } from './wire.js'

/** An error beside the data, about what its path names. */
export interface LocatedError {
  readonly message: string
  readonly path: readonly (string | number)[]
  /** Is it an answer by which GitHub stays? Another one may be gone at the next try. */
  readonly isSure: boolean
}

/** What stands under `repository`, and every error about a part of it. */
interface GraphqlData {
  readonly data: unknown
  readonly at: Instant | null
  readonly errors: readonly LocatedError[]
}

const WithRepository = z.object({ repository: z.unknown() })

type GraphqlError = NonNullable<z.infer<typeof GraphqlAnswer>['errors']>[number]

/** How GitHub says no and means it; of every other error nothing is known but that it came. */
const SURE: Readonly<Record<string, ForgeErrorCode>> = {
  NOT_FOUND: 'not-found',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
}

const sureCode = ({ type }: GraphqlError): ForgeErrorCode | null => SURE[type ?? ''] ?? null

/** A query that took too much is cut off somewhere, and not only where its error points. */
const isOfAll = ({ type, path }: GraphqlError): boolean =>
  type === 'RESOURCE_LIMITS_EXCEEDED' || (path ?? []).length === 0

/**
 * Why an answer is none. GitHub says 200 where a query broke off, with no data or with a part of
 * it: that is no missing repository (docs/github-facts.md, 2).
 */
function brokenOff(
  errors: readonly GraphqlError[],
  all: GraphqlError | undefined,
  client: Client,
): ForgeError {
  const told = all ?? errors[0]
  const said = `POST /graphql: ${excerpt(client.hide(told?.message ?? 'no repository was given'))}`
  const codes = errors.map(sureCode)
  const sure = told === undefined || codes.includes(null) ? null : sureCode(told)
  const hint = sure === 'forbidden' ? permissionOfPath(told?.path ?? []) : ''
  if (sure !== null) return new ForgeError(sure, `${said}${hint}`)
  // A query that does not fit the schema of an older server never will.
  if (errors.some(({ extensions }) => typeof extensions?.code === 'string'))
    return new ForgeError('rejected', said)
  return new RetryableError('server-error', said, null)
}

/** The repository in an answer. Throws `ForgeError` where no part of it can be believed. */
function repositoryIn({ body, at }: Answer, client: Client): GraphqlData {
  const { data, errors = [] } = parseOne(GraphqlAnswer, body, 'POST /graphql')
  const repository = WithRepository.safeParse(data).data?.repository ?? null
  const all = errors.find(isOfAll)
  if (repository === null || all !== undefined) throw brokenOff(errors, all, client)
  const told = errors.map(error => ({
    message:
      excerpt(client.hide(error.message)) +
      (sureCode(error) === 'forbidden' ? permissionOfPath(error.path ?? []) : ''),
    path: error.path ?? [],
    isSure: sureCode(error) !== null,
  }))
  return { data: repository, at, errors: told }
}

const Limited = z.object({
  errors: z.array(z.object({ type: z.string().nullish(), message: z.string().nullish() })),
})

/**
 * GraphQL says 200 where a limit is used up, and where one of the secondary limits is met: its
 * answer tells (docs/github-facts.md, 2).
 */
function refuseLimited({ body, headers }: Answer): void {
  const { data } = Limited.safeParse(body)
  const limit = data?.errors.find(
    ({ type, message }) =>
      type === 'RATE_LIMITED' || (type == null && LIMIT_MESSAGE.test(message ?? '')),
  )
  if (limit === undefined) return
  const said = 'POST /graphql: the rate limit is used up'
  const wait = retryAfter([headers['retry-after']].flat()[0], null)
  if (wait === null || wait > LONGEST_WAIT) throw new ForgeError('rate-limited', said)
  throw new RetryableError('rate-limited', said, wait)
}

/**
 * Asks one query. As a read, it may be sent again, also where `read` throws because a good answer
 * is none. Throws `ForgeError`.
 */
export function askGraphql<T>(
  client: Client,
  query: string,
  variables: object,
  read: (answer: Answer) => T,
): Promise<T> {
  return client.ask(client.graphqlPath, '/graphql', { query, variables }, answer => {
    refuseLimited(answer)
    return read(answer)
  })
}

/** Asks one query of the repository; what broke off is asked again. Throws `ForgeError`. */
export const graphqlData = (
  client: Client,
  query: string,
  variables: object,
): Promise<GraphqlData> =>
  askGraphql(client, query, variables, answer => repositoryIn(answer, client))

/** A server that has no time for one large query may have it for two smaller ones. */
export const tooLarge = ({ code }: ForgeError): boolean =>
  code === 'server-error' || code === 'timeout'
