import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import type { Answer } from '../answer.js'
import type { ForgeErrorCode } from '../port.js'
import { ForgeError } from '../port.js'
import { excerpt, RetryableError } from '../retry.js'
import { parseOne } from '../schema.js'
import type { Client } from './client.js'
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
  hide: Client['hide'],
): ForgeError {
  const told = all ?? errors[0]
  const said = `POST /graphql: ${excerpt(hide(told?.message ?? 'no repository was given'))}`
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
function repositoryIn({ body, at }: Answer, hide: Client['hide']): GraphqlData {
  const { data, errors = [] } = parseOne(GraphqlAnswer, body, 'POST /graphql')
  const repository = WithRepository.safeParse(data).data?.repository ?? null
  const all = errors.find(isOfAll)
  if (repository === null || all !== undefined) throw brokenOff(errors, all, hide)
  const told = errors.map(error => ({
    message:
      excerpt(hide(error.message)) +
      (sureCode(error) === 'forbidden' ? permissionOfPath(error.path ?? []) : ''),
    path: error.path ?? [],
    isSure: sureCode(error) !== null,
  }))
  return { data: repository, at, errors: told }
}

/** Asks one query of the repository; what broke off is asked again. Throws `ForgeError`. */
export async function graphqlData(
  client: Client,
  query: string,
  variables: object,
): Promise<GraphqlData> {
  const hide: Client['hide'] = said => client.hide(said)
  return client.graphql(query, variables, answer => repositoryIn(answer, hide))
}

/** A server that has no time for one large query may have it for two smaller ones. */
export const tooLarge = ({ code }: ForgeError): boolean =>
  code === 'server-error' || code === 'timeout'
