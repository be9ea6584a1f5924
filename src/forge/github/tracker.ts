import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import { formatInstant } from '../../core/model/time.js'
import { ForgeError } from '../port.js'
import { parseNumbered, parseOne } from '../schema.js'
import type { Comments, IssueComment, Self, TrackedIssue, Tracker } from '../tracker.js'
import { byId, readPages } from '../pager.js'
import type { Paging, ReadPage } from '../pager.js'
import { hasNextPage } from './client.js'
import { askGraphql } from './graphql.js'
import type { Repository } from './repository.js'
import { VIEWER } from './queries.js'
import { instantOf } from './sightings.js'
import { NodeViewer, WireComment, WireIssue } from './wire.js'

/** The user of a workflow's own token, which may not ask who it is. */
const ACTIONS = ['github-actions[bot]']

/** How GitHub refuses to say who a token is: by a status, or by errors beside no data. */
const MAY_NOT_ASK: readonly ForgeError['code'][] = ['forbidden', 'unauthorized', 'unexpected-shape']

const PAGE = 100

/** So many pages of the newest comments are worth reading to find the last of ours. */
const MOST_PAGES = 10

const COMMENTS: Paging<IssueComment> = { keyed: byId, most: MOST_PAGES, limit: PAGE, once: true }

/** The tracking issue by GitHub's API. */
export function githubTracker({ client, root }: Repository): Tracker {
  const pathOf = (number: number): string => `${root}/issues/${number}/comments`

  /** Pages from one on; cut off where they never end. */
  async function from(number: number, first: number, since: Instant | null): Promise<Comments> {
    const path = pathOf(number)
    const query = since === null ? {} : { since: formatInstant(since) }
    const read: ReadPage<IssueComment> = async (page, limit) => {
      const asked = { ...query, per_page: limit, page: first - 1 + page }
      const answer = await client.get(path, asked)
      const rows = parseOne(z.array(WireComment), answer.body, `GET ${path}`).map(row => ({
        id: row.id,
        author: row.user?.login ?? null,
        body: row.body,
        createdAt: instantOf(row.created_at, 'a comment'),
      }))
      return { rows, unreadable: 0, total: null, more: hasNextPage(answer), at: answer.at }
    }
    const { rows, gap } = await readPages(read, COMMENTS)
    return { rows, whole: gap === null && (first === 1 || since !== null) }
  }

  return {
    issue: async (number): Promise<TrackedIssue> => {
      const path = `${root}/issues/${number}`
      const { body, at } = await client.get(path)
      const row = parseNumbered(WireIssue, body, `GET ${path}`, number)
      return {
        number,
        open: row.state === 'open',
        locked: row.locked,
        isPull: row.pull_request != null,
        createdAt: instantOf(row.created_at, 'an issue'),
        comments: row.comments,
        at,
      }
    },
    comments: ({ number, comments }, since) => {
      const pages = Math.max(1, Math.ceil(comments / PAGE))
      return from(number, since === null ? Math.max(1, pages - MOST_PAGES + 2) : 1, since)
    },
    self: async (): Promise<Self> => {
      try {
        const { body } = await askGraphql(client, VIEWER, {}, answer => answer)
        const { login } = parseOne(NodeViewer, body, 'POST /graphql (viewer)').data.viewer
        return { logins: [login], certain: true }
      } catch (error) {
        if (!(error instanceof ForgeError) || !MAY_NOT_ASK.includes(error.code)) throw error
        return { logins: ACTIONS, certain: false }
      }
    },
    comment: async (number, body) => {
      await client.post(pathOf(number), { body })
    },
  }
}
