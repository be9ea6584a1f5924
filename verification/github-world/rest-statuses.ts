import type { Answer, Asked } from './answers.js'
import { listed, refusal } from './answers.js'
import { simpleStatusJson, statusJson } from './json.js'
import type { StatusRow } from './model.js'
import type { World } from './world.js'

/** The statuses of a commit, newest first. */
export const newestFirst = (world: World, sha: string): readonly StatusRow[] =>
  world.statuses.filter(row => row.sha === sha).sort((a, b) => b.id - a.id)

/** The newest status of each context, and what they say together. */
export function combined(world: World, asked: Asked, sha: string): Answer {
  const newest = new Map<string, StatusRow>()
  for (const row of newestFirst(world, sha).toReversed()) newest.set(row.context.toLowerCase(), row)
  const rows = [...newest.values()]
  const red = rows.some(({ state }) => state === 'failure' || state === 'error')
  const open = rows.length === 0 || rows.some(({ state }) => state === 'pending')
  const state = red ? 'failure' : open ? 'pending' : 'success'
  const page = listed(asked, rows.map(simpleStatusJson))
  return { ...page, body: { state, sha, total_count: rows.length, statuses: page.body } }
}

const STATES = ['error', 'failure', 'pending', 'success'] as const

/** Writes a status: at most 140 characters of description, on a commit that is there. */
export function postStatus(world: World, { body, parts: [sha = ''] }: Asked): Answer {
  const given = (body ?? {}) as Record<string, unknown>
  const word = (name: string): string | null =>
    typeof given[name] === 'string' ? given[name] : null
  const state = STATES.find(one => one === word('state'))
  if (!world.repository.commits.has(sha)) return refusal(422, `No commit found for SHA: ${sha}`)
  if (state === undefined) return refusal(422, 'Validation Failed')
  const description = word('description')
  if ((description ?? '').length > 140)
    return refusal(422, 'Validation Failed: description is too long (maximum is 140 characters)')
  const targetUrl = word('target_url')
  const row = world.status(sha, word('context') ?? 'default', state, {
    by: { login: world.viewer, type: world.viewer.endsWith('[bot]') ? 'Bot' : 'User' },
    ...(description !== null && { description }),
    ...(targetUrl !== null && { targetUrl }),
  })
  const on = world.repository.pulls.filter(({ head }) => head === sha).map(({ number }) => number)
  world.wrote.push(`status ${state} ${row.context} on ${on.map(one => `#${one}`).join(' ')}`)
  return { status: 201, body: statusJson(row) }
}
