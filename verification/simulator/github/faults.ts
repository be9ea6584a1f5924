import type { PlannedAnswer, SeenRequest } from './server.js'

/** A query of GraphQL as it was sent. */
interface Query {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** The query of a request; `null` for a request of REST. */
export const queryOf = ({ path, body }: SeenRequest): Query | null =>
  path === '/graphql' ? (body as unknown as Query) : null

/** How many pull requests a request asks a page of; `null` where it asks for something else. */
export function pageSizeOf(request: SeenRequest): number | null {
  const { first } = queryOf(request)?.variables ?? {}
  return typeof first === 'number' ? first : null
}

/** How GitHub says of a query that it broke off (docs/github-facts.md, 2). */
export const BROKEN_OFF: Readonly<Record<string, PlannedAnswer>> = {
  'no data': {
    status: 200,
    body: {
      data: null,
      errors: [
        {
          message:
            'Something went wrong while executing your query. This may be the result of a ' +
            'timeout, or it could be a GitHub bug.',
        },
      ],
    },
  },
  'too much': {
    status: 200,
    body: {
      data: { repository: null },
      errors: [
        {
          type: 'RESOURCE_LIMITS_EXCEEDED',
          path: ['repository', 'pullRequests'],
          message: 'Resource limits for this query exceeded.',
        },
      ],
    },
  },
  // As if nothing were open: the error points at one of many holes.
  'a part': {
    status: 200,
    body: {
      data: {
        repository: {
          pullRequests: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
        },
      },
      errors: [
        {
          type: 'RESOURCE_LIMITS_EXCEEDED',
          path: ['repository', 'pullRequests', 'nodes', 0, 'commits'],
          message: 'Resource limits for this query exceeded.',
        },
      ],
    },
  },
  'a part without a path': {
    status: 200,
    body: {
      data: {
        repository: {
          pullRequests: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
        },
      },
      errors: [{ message: 'Something went wrong while executing your query.' }],
    },
  },
  'a bad gateway': { status: 502, body: { message: 'Server Error' } },
}

/** How it says that there is no such repository, and means it. */
export const NO_REPOSITORY: PlannedAnswer = {
  status: 200,
  body: {
    data: { repository: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        message: "Could not resolve to a Repository with the name 'acme/widgets'.",
      },
    ],
  },
}
