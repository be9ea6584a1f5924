import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import { formatInstant } from '../../core/model/time.js'
import { ForgeError } from '../port.js'
import { lazy, parseNumbered, parseOne } from '../schema.js'
import type { Comments, Self, TrackedIssue, Tracker } from '../tracker.js'
import type { Connection } from './connection.js'
import { rowsIn } from './rows.js'
import { instant } from './wire.js'

const WireIssue = lazy(() =>
  z.object({
    number: z.number().int().positive(),
    state: z.string(),
    is_locked: z.boolean(),
    comments: z.number().int().nonnegative(),
    created_at: instant,
    pull_request: z.unknown(),
  }),
)

const WireComment = lazy(() =>
  z
    .object({
      id: z.number().int().positive(),
      user: z.object({ login: z.string() }).nullish(),
      body: z.string(),
      created_at: instant,
    })
    .transform(({ id, user, body, created_at }) => ({
      id,
      author: user?.login ?? null,
      body,
      createdAt: created_at,
    })),
)

const WireUser = lazy(() => z.object({ login: z.string() }))

/** The users of workflows' own tokens, which no person can be. */
const ACTIONS = ['gitea-actions', 'forgejo-actions']

/** How a server refuses to say who a token is; any other failure says nothing about that. */
const MAY_NOT_ASK: readonly ForgeError['code'][] = ['forbidden', 'unauthorized', 'not-found']

/** The tracking issue by the API of Gitea and Forgejo, which lists comments in one page. */
export function giteaTracker({ http, root }: Connection): Tracker {
  return {
    issue: async (number): Promise<TrackedIssue> => {
      const path = `${root}/issues/${number}`
      const { body, at } = await http.get(path)
      const row = parseNumbered(WireIssue(), body, `GET ${path}`, number)
      return {
        number,
        open: row.state === 'open',
        locked: row.is_locked,
        isPull: row.pull_request != null,
        createdAt: row.created_at,
        comments: row.comments,
        at,
      }
    },
    comments: async ({ number }, since: Instant | null): Promise<Comments> => {
      const path = `${root}/issues/${number}/comments`
      const query = since === null ? {} : { since: formatInstant(since) }
      const { body, total } = await http.get(path, query)
      const rows = rowsIn(body, null).map(raw => parseOne(WireComment(), raw, `GET ${path}`))
      return { rows, whole: rows.length === total }
    },
    self: async (): Promise<Self> => {
      try {
        const { body } = await http.get('/user')
        return { logins: [parseOne(WireUser(), body, 'GET /user').login], certain: true }
      } catch (error) {
        // A token that may not read users, as a workflow's own may not on some versions.
        if (!(error instanceof ForgeError) || !MAY_NOT_ASK.includes(error.code)) throw error
        return { logins: ACTIONS, certain: false }
      }
    },
    comment: async (number, body) => {
      await http.post(`${root}/issues/${number}/comments`, { body })
    },
  }
}
