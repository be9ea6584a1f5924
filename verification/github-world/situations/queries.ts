import type { Instead } from '../failures.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, LOST, REPAIRED } from './files.js'

const lost =
  (then: (w: World) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    then(w)
  }

/** As cli/cli#7885 shows it: 200, and no data. */
const WENT_WRONG: Instead = {
  status: 200,
  body: {
    data: null,
    errors: [
      {
        message:
          'Something went wrong while executing your query. This may be the result of a ' +
          'timeout, or it could be a GitHub bug. Please include `0001:0002` when reporting this ' +
          'issue.',
      },
    ],
  },
}
const TOO_MUCH: Instead = {
  status: 200,
  body: {
    data: null,
    errors: [
      {
        type: 'RESOURCE_LIMITS_EXCEEDED',
        message: 'Resource limits for this query exceeded.',
      },
    ],
  },
}
const BAD_GATEWAY: Instead = {
  status: 502,
  body: '<html><head><title>502 Bad Gateway</title></head></html>',
  headers: { 'content-type': 'text/html' },
}

/** How many pull requests a query asks for; 0 where it asks for none. */
function pageSize(body: string): number {
  const { query = '', variables = {} } = JSON.parse(body) as {
    query?: string
    variables?: Record<string, unknown>
  }
  const asked = /pullRequests\([^)]*\bfirst:\s*(\$?\w+)/.exec(query)?.[1] ?? '0'
  return Number(asked.startsWith('$') ? variables[asked.slice(1)] : asked)
}

const ofPages =
  (above: number, instead: Instead) =>
  (body: string): Instead | null =>
    pageSize(body) > above ? instead : null

const forCommits =
  (instead: Instead) =>
  (body: string): Instead | null =>
    pageSize(body) === 0 ? instead : null

/** Queries that fail for a while, or because they ask too much. */
export const QUERIES: readonly Situation[] = [
  {
    name: 'queries: the list went wrong once',
    world: lost(w => w.failures.add('/graphql', ofPages(0, WENT_WRONG), { times: 1 })),
    ...REPAIRED,
  },
  {
    name: 'queries: the details went wrong once',
    world: lost(w => w.failures.add('/graphql', forCommits(WENT_WRONG), { times: 1 })),
    ...REPAIRED,
  },
  {
    name: 'queries: the list went wrong twice',
    world: lost(w => w.failures.add('/graphql', ofPages(0, WENT_WRONG), { times: 2 })),
    ...REPAIRED,
  },
  {
    name: 'queries: a page of more than 25 exceeds what a query may cost',
    world: lost(w => w.failures.add('/graphql', ofPages(25, TOO_MUCH))),
    ...REPAIRED,
  },
  {
    name: 'queries: a page of more than 50 runs out of time',
    world: lost(w => w.failures.add('/graphql', ofPages(50, BAD_GATEWAY))),
    ...REPAIRED,
  },
  {
    name: 'queries: no list comes by GraphQL at all',
    world: lost(w => w.failures.add('/graphql', ofPages(0, WENT_WRONG))),
    ...REPAIRED,
  },
  {
    name: 'queries: GraphQL is down',
    world: lost(w => w.failures.add('/graphql', BAD_GATEWAY)),
    ...REPAIRED,
  },
  {
    name: 'queries: details always exceed what a query may cost',
    world: lost(w => w.failures.add('/graphql', forCommits(TOO_MUCH))),
    ...REPAIRED,
  },
  {
    name: 'queries: details always run out of time',
    world: lost(w => w.failures.add('/graphql', forCommits(BAD_GATEWAY))),
    ...REPAIRED,
  },
  {
    name: 'queries: no list comes by any way',
    world: lost(w => {
      w.failures.add('/graphql', WENT_WRONG)
      w.failures.add(/^GET \/pulls/, { status: 500, body: { message: 'Server Error' } })
    }),
    says: [/Something went wrong|Server Error/],
    neverSays: [/not[ -]found/i],
    exit: 1,
  },
  {
    name: 'queries: the list leaves out what stands on a commit',
    world: lost(w => {
      const hole = (): Instead => ({
        status: 200,
        body: {
          data: {
            repository: {
              pullRequests: {
                pageInfo: { hasNextPage: false, endCursor: null },
                nodes: [
                  {
                    number: 1,
                    title: 'Change 1',
                    isDraft: false,
                    headRefOid: w.repository.pull(1)?.head,
                    baseRefName: 'main',
                    baseRefOid: w.repository.tip('main'),
                    commits: {
                      nodes: [
                        {
                          commit: {
                            oid: w.repository.pull(1)?.head,
                            status: null,
                            checkSuites: null,
                          },
                        },
                      ],
                    },
                  },
                ],
              },
            },
          },
          errors: [
            {
              message: 'Something went wrong while executing your query.',
              path: ['repository', 'pullRequests', 'nodes', 0, 'commits', 'nodes', 0],
            },
          ],
        },
      })
      w.failures.add('/graphql', body => (pageSize(body) > 0 ? hole() : null), { times: 1 })
    }),
    ...REPAIRED,
  },
  {
    name: 'queries: the limit of the hour is used up',
    world: lost(w =>
      w.failures.add('/graphql', {
        status: 200,
        body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
      }),
    ),
    says: [/rate limit/i],
    neverSays: [/not[ -]found/i],
    exit: 1,
  },
]
