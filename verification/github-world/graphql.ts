import type { DocumentNode, ExecutionResult, GraphQLFormattedError } from 'graphql'
import { execute, GraphQLError, parse, validate } from 'graphql'
import { queryRoot } from './graph.js'
import { SCHEMA } from './schema.js'
import type { World } from './world.js'

/** What the GraphQL API answers: always 200, with errors beside the data. */
interface GraphqlBody {
  readonly data?: unknown
  readonly errors?: readonly (GraphQLFormattedError & { readonly type?: string })[]
}

/** An error as GitHub writes it: its kind stands beside the message. */
function told(error: GraphQLError): GraphQLFormattedError & { readonly type?: string } {
  const { extensions: { type, ...extensions } = {}, ...rest } = error.toJSON()
  const kind = typeof type === 'string' ? { type } : {}
  return { ...kind, ...rest, ...(Object.keys(extensions).length > 0 ? { extensions } : {}) }
}

/** Queries that were read before: most are asked again and again. */
const known = new Map<string, DocumentNode>()

/** Reads a query, or tells what is wrong with it by the schema. Throws where it is none. */
function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
  const before = known.get(query)
  if (before !== undefined) return before
  const document = parse(query)
  const faults = validate(SCHEMA, document)
  if (faults.length > 0) return faults
  known.set(query, document)
  return document
}

/** Answers any query of the documented part of the schema. */
export function answerGraphql(world: World, body: unknown): GraphqlBody {
  const { query, variables } = (body ?? {}) as Record<string, unknown>
  if (typeof query !== 'string') return { errors: [{ message: 'A query attribute must be given' }] }
  try {
    const document = documentOf(query)
    if (!('kind' in document)) return { errors: document.map(told) }
    const result = execute({
      schema: SCHEMA,
      document,
      rootValue: queryRoot(world),
      variableValues: (variables ?? {}) as Record<string, unknown>,
    }) as ExecutionResult
    const { data, errors = [] } = result
    return { data, ...(errors.length > 0 ? { errors: errors.map(told) } : {}) }
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [told(error)] }
    throw error
  }
}
