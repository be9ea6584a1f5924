import type { Json } from '../state.js'
import type { GithubWorld } from './world.js'

/** What the simulated server answers. */
export interface Answer {
  readonly status: number
  readonly body: Json
  /** Is there another page? */
  readonly more?: boolean
}

/** What it is asked. */
export interface Request {
  readonly method: string
  /** Below the API root. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Json
}

/** A refusal as GitHub words it. */
export const error = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest' },
})
export const NOT_FOUND = error(404, 'Not Found')
export const NO_RIGHT = error(403, 'Resource not accessible by integration')

export type Route = (world: GithubWorld, request: Request, parts: readonly string[]) => Answer

/** One page of rows. */
export function paged<Row>(
  all: readonly Row[],
  { query }: Request,
): { rows: readonly Row[]; more: boolean } {
  const size = Number(query.get('per_page') ?? 30)
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return { rows: all.slice(from, from + size), more: from + size < all.length }
}

/** A method, the path below the repository, and who answers. */
export type RouteAt = readonly [string, RegExp, Route]
