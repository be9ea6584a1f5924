import { GraphQLError } from 'graphql'

/** Which part of a list is asked for. */
export interface Paging {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
}

export interface Connected {
  readonly totalCount: number
  readonly nodes: readonly unknown[]
  readonly pageInfo: object
}

const cursorOf = (at: number): string => Buffer.from(`cursor:${at}`).toString('base64')
const placeOf = (cursor: string): number =>
  Number(Buffer.from(cursor, 'base64').toString().split(':')[1])

function checked({ first, last }: Paging): void {
  const size = first ?? last
  if (size == null)
    throw new GraphQLError(
      'You must provide a `first` or `last` value to properly paginate the connection.',
      { extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } },
    )
  if (size > 100)
    throw new GraphQLError(
      `Requesting ${size} records on the connection exceeds the \`first\` limit of 100 records.`,
      { extensions: { type: 'EXCESSIVE_PAGINATION' } },
    )
}

/** A part of a list: at most 100 of its nodes, and never without saying how many. */
export function connection<T>(
  rows: readonly T[],
  paging: Paging,
  node: (row: T) => unknown,
): Connected {
  checked(paging)
  const { first, last, after, before } = paging
  let start = after == null ? 0 : placeOf(after) + 1
  let end = before == null ? rows.length : placeOf(before)
  if (first != null) end = Math.min(end, start + first)
  else if (last != null) start = Math.max(start, end - last)
  const nodes = rows.slice(start, end)
  return {
    totalCount: rows.length,
    nodes: nodes.map(node),
    pageInfo: {
      hasNextPage: end < rows.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length === 0 ? null : cursorOf(start),
      endCursor: nodes.length === 0 ? null : cursorOf(end - 1),
    },
  }
}
