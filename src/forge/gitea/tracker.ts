import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import { formatInstant } from '../../core/model/time.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import type { Comments, TrackedIssue, Tracker } from '../tracker.js'
import type { Connection } from './connection.js'
import { instant, rowsUnder } from './wire.js'

const WireIssue = z.object({
  number: z.number().int().positive(),
  state: z.string(),
  is_locked: z.boolean().catch(false),
  comments: z.number().int().nonnegative().catch(0),
  created_at: instant,
  pull_request: z.unknown(),
})

const WireComment = z
  .object({
    user: z.object({ login: z.string() }).nullish().catch(null),
    body: z.string().catch(''),
    created_at: instant,
  })
  .transform(({ user, body, created_at }) => ({
    ...{ author: user?.login ?? null, body, createdAt: created_at },
  }))

const WireUser = z.object({ login: z.string() })

/** The users of workflows' own tokens, which no person can be. */
const ACTIONS = ['gitea-actions', 'forgejo-actions']

/** The tracking issue by the API of Gitea and Forgejo, which lists comments in one page. */
export function giteaTracker({ transport, root }: Connection): Tracker {
  const get = async (path: string, query: Readonly<Record<string, string>> = {}) => {
    const answer = await transport.get(path, query)
    if (answer.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
    return answer
  }
  return {
    issue: async (number): Promise<TrackedIssue> => {
      const path = `${root}/issues/${number}`
      const { body, at } = await get(path)
      const row = parseOne(WireIssue, body, `GET ${path}`)
      if (row.number !== number)
        throw new ForgeError('unexpected-shape', `GET ${path}: it answers issue ${row.number}`)
      return {
        ...{ number, open: row.state === 'open', locked: row.is_locked, at },
        ...{ isPull: row.pull_request != null, createdAt: row.created_at, comments: row.comments },
      }
    },
    comments: async ({ number }, since: Instant | null): Promise<Comments> => {
      const path = `${root}/issues/${number}/comments`
      const { body } = await get(path, since === null ? {} : { since: formatInstant(since) })
      const rows = rowsUnder(body, null).map(raw => parseOne(WireComment, raw, `GET ${path}`))
      return { rows, whole: true }
    },
    self: async () => {
      try {
        const { body } = await get('/user')
        return [parseOne(WireUser, body, 'GET /user').login]
      } catch (error) {
        // A token that may not read users, as a workflow's own may not on some versions.
        if (error instanceof ForgeError && error.code !== 'out-of-time') return ACTIONS
        throw error
      }
    },
    comment: async (number, body) => {
      await transport.post(`${root}/issues/${number}/comments`, { body })
    },
  }
}
