import type { Json } from '../state.js'
import type { Comment, Issue } from './model.js'
import { answerOf, itemOf } from './openapi.js'
import { timeText } from './wire.js'

const REPO = '/repos/{owner}/{repo}'

export const issueJson = (issue: Issue, comments: readonly Comment[]): Json =>
  answerOf(`GET ${REPO}/issues/{issue_number}`, {
    number: issue.number,
    state: issue.open ? 'open' : 'closed',
    locked: issue.locked,
    comments: comments.filter(one => one.issue === issue.number).length,
    created_at: timeText(issue.createdAt),
    ...(issue.isPull
      ? { pull_request: { diff_url: null, html_url: null, patch_url: null, url: null } }
      : {}),
  })

export const commentJson = ({ id, body, login, createdAt }: Comment): Json =>
  itemOf('issue-comment', {
    id,
    body,
    created_at: timeText(createdAt),
    updated_at: timeText(createdAt),
    user: itemOf('simple-user', { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }),
  })
