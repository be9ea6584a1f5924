import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import { parseOne } from '../schema.js'
import type { Client } from './client.js'
import { GraphqlAnswer } from './wire.js'

/** What stands under `repository`, and every error beside it: data can be right in part. */
export interface GraphqlData {
  /** `null` where there is no such repository, or the token may not see it. */
  readonly data: unknown
  readonly at: Instant | null
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[] | undefined
  }[]
}

const WithRepository = z.object({ repository: z.unknown() })

/** Asks one query of the repository. Throws `ForgeError`. */
export async function graphqlData(
  client: Client,
  query: string,
  variables: object,
): Promise<GraphqlData> {
  const { body, at } = await client.graphql(query, variables)
  const { data, errors = [] } = parseOne(GraphqlAnswer, body, 'POST /graphql')
  const under = WithRepository.safeParse(data)
  const told = errors.map(error => ({ ...error, message: client.hide(error.message) }))
  return { data: under.data?.repository ?? null, at, errors: told }
}
