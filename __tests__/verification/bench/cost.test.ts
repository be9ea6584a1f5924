import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { RouteKind } from '../../../verification/bench/cost.js'
import { costOf, routeOf, TIMED } from '../../../verification/bench/cost.js'
import { floorOf } from '../../../verification/bench/floor.js'

const R = '/api/v1/repos/acme/widgets'
const sha = 'a'.repeat(40)

/** The row of docs/forge-facts.md, 12 that begins like this; bold or not, in milliseconds. */
function facts(read: string): readonly number[] {
  const text = readFileSync(new URL('../../../docs/forge-facts.md', import.meta.url), 'utf8')
  const row = text.split('\n').find(line => line.startsWith(`| \`${read}`))
  return [...(row ?? '').matchAll(/\| \**([\d.]+)(?: ms)?\**(?= \|)/g)].map(([, ms]) => Number(ms))
}

describe('what a read costs', () => {
  it.each<[RouteKind, string, readonly number[]]>([
    ['list of pulls', 'GET /pulls`, a page of 50', [50, 50, 50, 50, 50]],
    ['list of pulls as issues', 'GET /issues?type=pulls', [50, 50, 50, 50, 50]],
    ['refs of pulls', 'GET /git/refs/pull`', [300, 100, 100, 100, 100]],
    ['combined status', 'GET /commits/{sha}/status`', [1, 1, 1, 1, 1]],
    ['history', 'GET /statuses/{sha}?sort', [1, 1, 1, 1, 1]],
  ])('%s: as docs/forge-facts.md says', (route, read, rows) => {
    const costs = TIMED.map((profile, at) => costOf(profile, route, rows[at] ?? 0))
    expect(costs.map(({ milliseconds }) => milliseconds)).toEqual(facts(read))
    expect(costs.some(({ guessed }) => guessed)).toBe(false)
  })

  it('a list costs by its rows, and never less than the guess', () => {
    const list = (rows: number) => costOf('gitea-1.22.6', 'list of pulls', rows).milliseconds
    expect([list(10), list(1), list(0)]).toEqual([166, 16.6, 5])
  })

  it('what nobody timed is a guess, and said to be one', () => {
    expect(costOf('gitea-1.26.4', 'other', 0)).toMatchObject({ milliseconds: 5, guessed: true })
    expect(costOf('gitea-1.26.4', 'one pull', 0)).toMatchObject({ milliseconds: 5, guessed: true })
    expect(costOf('forgejo-15', 'one pull', 0)).toMatchObject({ milliseconds: 16, guessed: true })
  })

  it.each<[string, string, RouteKind]>([
    ['GET', `${R}/pulls?state=open`, 'list of pulls'],
    ['GET', `${R}/issues?type=pulls&state=open`, 'list of pulls as issues'],
    ['GET', `${R}/issues?state=open`, 'other'],
    ['GET', `${R}/git/refs/pull`, 'refs of pulls'],
    ['GET', `${R}/git/refs/heads`, 'other'],
    ['GET', `${R}/pulls/7`, 'one pull'],
    ['GET', `${R}/commits/${sha}/status`, 'combined status'],
    ['GET', `${R}/commits/${sha}/statuses`, 'combined status'],
    ['GET', `${R}/statuses/${sha}?sort=leastindex`, 'history'],
    ['POST', `${R}/statuses/${sha}`, 'other'],
    ['GET', `${R}/actions/runs`, 'other'],
    ['GET', '/api/v1/version', 'other'],
    ['GET', '/pulls', 'other'],
  ])('%s %s is: %s', (method, address, route) => {
    const { pathname, searchParams } = new URL(address, 'http://server')
    expect(routeOf(method, pathname, searchParams)).toBe(route)
  })
})

describe('the floor', () => {
  it.each([
    // Six pages as issues and their heads, 300 pages of the history.
    ['gitea-1.22.6', 300, 0, { requests: 306, milliseconds: 6 * 25 + 20 + 300 * 5.5 }],
    // As pulls: as issues it would cost 174 and 63.
    ['gitea-1.26.4', 300, 0, { requests: 306, milliseconds: 6 * 22 + 300 * 5.6 }],
    // Three of the six red ones are stale, and a page of ten rows costs the guess.
    ['gitea-1.26.4', 60, 10, { requests: 65, milliseconds: 22 + 5 + 60 * 5.6 + 3 * 5 }],
    ['gitea-1.26.4', 0, 0, { requests: 1, milliseconds: 5 }],
  ] as const)('%s, %d pulls, %d %% red', (profile, pulls, red, floor) => {
    const { requests, milliseconds } = floorOf({ profile, pulls, contexts: 6, red })
    expect(requests).toBe(floor.requests)
    expect(milliseconds).toBeCloseTo(floor.milliseconds, 6)
  })
})
