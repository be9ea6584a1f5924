import type { Route, RouteAt } from './route.js'
import { NOT_FOUND, paged } from './route.js'
import { listedPullJson, pullJson } from './wire.js'

const pull: Route = (world, _, [number]) => {
  const found = world.pulls.find(one => one.number === Number(number))
  return found === undefined ? NOT_FOUND : { status: 200, body: pullJson(world, found) }
}

const pulls: Route = (world, request) => {
  const { query } = request
  const open = world.pulls.filter(one => one.open || query.get('state') !== 'open')
  const inOrder = query.get('direction') === 'asc' ? open : [...open].reverse()
  const { rows, more } = paged(
    inOrder.map(one => listedPullJson(world, one)),
    request,
  )
  return { status: 200, body: rows, more }
}

export const PULL_ROUTES: readonly RouteAt[] = [
  ['GET', /^\/pulls$/, pulls],
  ['GET', /^\/pulls\/(\d+)$/, pull],
]
