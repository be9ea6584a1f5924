import { commentJson, issueJson } from './issues.js'
import type { Route, RouteAt } from './route.js'
import { error, NO_RIGHT, NOT_FOUND, paged } from './route.js'

const issue: Route = (world, _, [number]) => {
  const found = world.issues.find(one => one.number === Number(number))
  return found === undefined ? NOT_FOUND : { status: 200, body: issueJson(found, world.comments) }
}

const comments: Route = (world, request, [number]) => {
  const since = Date.parse(request.query.get('since') ?? '1970-01-01T00:00:00Z') / 1000
  const rows = world.comments.filter(row => row.issue === Number(number) && row.createdAt >= since)
  const { rows: body, more } = paged(rows.map(commentJson), request)
  return { status: 200, body, more }
}

const addComment: Route = (world, { body }, [number]) => {
  if (world.rights.issues === false) return NO_RIGHT
  if (!world.issues.some(one => one.number === Number(number))) return NOT_FOUND
  const text = (body as Record<string, string>)['body'] ?? ''
  if (text.length > 65_536) return error(422, 'Validation Failed')
  return { status: 201, body: commentJson(world.comment(Number(number), text)) }
}

/** Issues and their comments. */
export const ISSUE_ROUTES: readonly RouteAt[] = [
  ['GET', /^\/issues\/(\d+)$/, issue],
  ['GET', /^\/issues\/(\d+)\/comments$/, comments],
  ['POST', /^\/issues\/(\d+)\/comments$/, addComment],
]
