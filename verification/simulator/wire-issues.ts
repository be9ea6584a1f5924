import { instantText } from './clock.js'
import type { Comment, Issue } from './discussion.js'
import type { ForgeState, Json, Pull } from './state.js'
import type { Viewer } from './wire-repository.js'
import { userJson } from './wire-repository.js'
import { isDraft } from './wire.js'

/** A pull request as an issue: the row of a list that carries no head (recorded). */
export function pullIssueJson(forge: ForgeState, pull: Pull, viewer: Viewer): Json {
  const { owner, name } = forge.repository
  const { number, title, open, poster, created, updated, id } = pull
  const page = `${viewer.base}/${owner}/${name}/pulls/${number}`
  const issue = issueJson(
    forge,
    { id, number, title, open, poster, created, updated, body: '' },
    viewer,
  ) as { readonly [key: string]: Json }
  return {
    ...issue,
    comments: pull.comments,
    closed_at: open ? null : instantText(pull.closed),
    html_url: page,
    pull_request: {
      merged: pull.merged,
      merged_at: pull.merged ? instantText(pull.closed) : null,
      draft: isDraft(pull),
      html_url: page,
    },
  }
}

/** An issue that is not a pull. */
export function issueJson(forge: ForgeState, issue: Issue, viewer: Viewer): Json {
  const { owner, name, id } = forge.repository
  const poster = forge.users.find(user => user.id === issue.poster)
  return {
    id: issue.id,
    url: `${viewer.base}/api/v1/repos/${owner}/${name}/issues/${issue.number}`,
    html_url: `${viewer.base}/${owner}/${name}/issues/${issue.number}`,
    number: issue.number,
    user: poster === undefined ? null : userJson(forge, poster, viewer, viewer.base),
    original_author: '',
    original_author_id: 0,
    title: issue.title,
    body: issue.body,
    ref: '',
    assets: [],
    labels: [],
    milestone: null,
    assignee: null,
    assignees: null,
    state: issue.open ? 'open' : 'closed',
    is_locked: issue.locked === true,
    comments: forge.comments.filter(comment => comment.issue === issue.number).length,
    created_at: instantText(issue.created),
    updated_at: instantText(issue.updated),
    closed_at: null,
    due_date: null,
    pull_request: null,
    repository: { id, name, owner, full_name: `${owner}/${name}` },
    pin_order: 0,
    ...(forge.profile.wire.issueContentVersion ? { content_version: 0 } : {}),
    ...(forge.profile.wire.issueProjects ? { projects: null } : {}),
    ...(forge.profile.wire.timeEstimate ? { time_estimate: 0 } : {}),
  }
}

/** A comment on an issue or pull. */
export function commentJson(forge: ForgeState, comment: Comment, base: string): Json {
  const { owner, name } = forge.repository
  const poster = forge.users.find(user => user.id === comment.poster)
  const isPull = forge.pulls.some(pull => pull.number === comment.issue)
  const place = `${base}/${owner}/${name}/${isPull ? 'pulls' : 'issues'}/${comment.issue}`
  return {
    id: comment.id,
    html_url: `${place}#issuecomment-${comment.id}`,
    pull_request_url: isPull ? place : '',
    issue_url: isPull ? '' : place,
    user: poster === undefined ? null : userJson(forge, poster, null, base),
    original_author: '',
    original_author_id: 0,
    body: comment.body,
    assets: [],
    created_at: instantText(comment.created),
    updated_at: instantText(comment.updated),
  }
}
