import type { Route, RouteAt } from './route.js'
import { NOT_FOUND, paged } from './route.js'
import type { Pull } from './model.js'
import { answerOf } from './openapi.js'
import { listedPullJson, pullJson } from './wire.js'

const pull: Route = (world, _, [number]) => {
  const found = world.pulls.find(one => one.number === Number(number))
  return found === undefined ? NOT_FOUND : { status: 200, body: pullJson(world, found) }
}

const pulls: Route = (world, request) => {
  const { query } = request
  const state = query.get('state')
  const asked = world.pulls.filter(one => state === 'all' || one.open === (state !== 'closed'))
  const changed = (one: Pull): number => one.merged?.at ?? 0
  const sorted =
    query.get('sort') === 'updated' ? [...asked].sort((a, b) => changed(a) - changed(b)) : asked
  const inOrder = query.get('direction') === 'asc' ? sorted : [...sorted].reverse()
  const { rows, more } = paged(inOrder, request)
  return { status: 200, body: rows.map(one => listedPullJson(world, one)), more }
}

/** The pull requests that a commit is the head of. */
const pullsOf: Route = (world, request, [sha]) => {
  const found = world.pulls.filter(({ head }) => head === sha)
  const { rows, more } = paged(
    found.map(one => listedPullJson(world, one)),
    request,
  )
  return { status: 200, body: rows, more }
}

const tag: Route = (world, _, [name = '']) => {
  const sha = world.tags[name]
  if (sha === undefined) return NOT_FOUND
  const object = { type: 'commit', sha, url: 'https://github.com/x' }
  const ref = `refs/tags/${name}`
  return { status: 200, body: answerOf('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref, object }) }
}

export const PULL_ROUTES: readonly RouteAt[] = [
  ['GET', /^\/commits\/(\w+)\/pulls$/, pullsOf],
  ['GET', /^\/git\/ref\/tags\/(.+)$/, tag],
  ['GET', /^\/pulls$/, pulls],
  ['GET', /^\/pulls\/(\d+)$/, pull],
]
