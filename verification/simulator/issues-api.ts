import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import { fieldOf, textOf } from './call-fields.js'
import type { Call, Route } from './call.js'
import { timeOf } from './clock.js'
import { pageOf, pagingHeaders } from './pages.js'
import { listPullIssues } from './refs-api.js'
import { commentJson, issueJson, pullIssueJson } from './wire-issues.js'

const R = '/api/v1/repos/{owner}/{repo}'

/** Issues and comments, as far as a report needs them; the same on every version. */
export const ISSUE_ROUTES: readonly Route[] = [
  { method: 'GET', path: `${R}/issues`, scope: 'issue', needs: 'read-issues', answer: listIssues },
  { method: 'POST', path: `${R}/issues`, scope: 'issue', needs: 'token', answer: openIssue },
  {
    method: 'GET',
    path: `${R}/issues/{number}`,
    scope: 'issue',
    needs: 'read-issues',
    answer: readIssue,
  },
  {
    method: 'PATCH',
    path: `${R}/issues/{number}`,
    scope: 'issue',
    needs: 'token',
    answer: changeIssue,
  },
  {
    method: 'GET',
    path: `${R}/issues/{number}/comments`,
    scope: 'issue',
    needs: 'read-issues',
    answer: listComments,
  },
  {
    method: 'POST',
    path: `${R}/issues/{number}/comments`,
    scope: 'issue',
    needs: 'token',
    answer: addComment,
  },
  {
    method: 'PATCH',
    path: `${R}/issues/comments/{id}`,
    scope: 'issue',
    needs: 'token',
    answer: changeComment,
  },
]

function listIssues(call: Call): Answer {
  const { forge, query } = call
  if (query.get('type') === 'pulls') return listPullIssues(call)
  const state = query.get('state') ?? 'open'
  const wanted = forge.issues.filter(issue => state === 'all' || issue.open === (state === 'open'))
  const page = pageOf(
    wanted.sort((a, b) => b.number - a.number),
    query,
  )
  return ok(
    page.rows.map(issue => issueJson(forge, issue, call)),
    pagingHeaders(page, call.base + call.path, query),
  )
}

function openIssue(call: Call): Answer {
  const { forge } = call
  const now = timeOf(forge.clock)
  const issue = {
    id: forge.next.issue++,
    number: forge.next.number++,
    title: textOf(call, 'title'),
    body: textOf(call, 'body'),
    open: true,
    poster: call.grant?.user ?? 0,
    created: now,
    updated: now,
  }
  forge.issues.push(issue)
  return ok(issueJson(forge, issue, call), {}, 201)
}

function readIssue(call: Call): Answer {
  const pull = call.forge.pulls.find(other => String(other.number) === call.at['number'])
  if (pull !== undefined) return ok(pullIssueJson(call.forge, pull, call))
  const issue = call.forge.issues.find(other => String(other.number) === call.at['number'])
  return issue === undefined
    ? refuse(404, call.forge.profile.wire.notFound, call.base, null)
    : ok(issueJson(call.forge, issue, call))
}

function changeIssue(call: Call): Answer {
  const issue = call.forge.issues.find(other => String(other.number) === call.at['number'])
  if (issue === undefined) return refuse(404, call.forge.profile.wire.notFound, call.base, null)
  if (fieldOf(call, 'body') !== undefined) issue.body = textOf(call, 'body')
  if (fieldOf(call, 'state') !== undefined) issue.open = textOf(call, 'state') === 'open'
  issue.updated = timeOf(call.forge.clock)
  return ok(issueJson(call.forge, issue, call), {}, 201)
}

/** All comments, unpaged, with X-Total-Count (recorded); `since` counts the last change. */
function listComments(call: Call): Answer {
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z')
  const rows = call.forge.comments.filter(
    ({ issue, updated }) => String(issue) === call.at['number'] && updated >= since,
  )
  return ok(
    rows.map(comment => commentJson(call.forge, comment, call.base)),
    { 'x-total-count': String(rows.length) },
  )
}

/** A comment on an absent issue is a 500 (recorded on 1.22.6, 1.24, 1.26). */
function addComment(call: Call): Answer {
  const { forge, base } = call
  const number = Number(call.at['number'])
  const pull = forge.pulls.find(other => other.number === number)
  if (pull === undefined && !forge.issues.some(issue => issue.number === number)) {
    return refuse(
      500,
      `issue does not exist [id: 0, repo_id: ${forge.repository.id}, index: ${number}]`,
      base,
    )
  }
  const now = timeOf(forge.clock)
  const comment = {
    id: forge.next.comment++,
    issue: number,
    body: textOf(call, 'body'),
    poster: call.grant?.user ?? 0,
    created: now,
    updated: now,
  }
  forge.comments.push(comment)
  if (pull !== undefined) Object.assign(pull, { comments: pull.comments + 1, updated: now })
  return ok(commentJson(forge, comment, base), {}, 201)
}

function changeComment(call: Call): Answer {
  const comment = call.forge.comments.find(other => String(other.id) === call.at['id'])
  if (comment === undefined) return refuse(404, call.forge.profile.wire.notFound, call.base, null)
  Object.assign(comment, { body: textOf(call, 'body'), updated: timeOf(call.forge.clock) })
  return ok(commentJson(call.forge, comment, call.base))
}
