import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEPT_FIELDS } from './recorder-fields.js'
import type { Json } from './state.js'

/**
 * What to record: GET requests, and one re-run where it is asked for; with the token if there is
 * one, which is written nowhere.
 */
interface RecordWish {
  readonly url: string
  readonly repo: string
  readonly out: string
  readonly token?: string | undefined
  /** A job to be run again once, after everything was read, and watched to its end. */
  readonly rerun?: { readonly run: number; readonly job: number } | undefined
  /** Milliseconds between two looks at it. */
  readonly pause?: number
}

/** First line of a recording made here; says that fields are missing on purpose. */
export const RECORDER_NOTE = 'recorded by umbrella-reaper: fields by allow-list'

const KEPT_HEADERS = ['content-type', 'link', 'x-total-count', 'date']
const HOST = 'http://forge.test'
const MOST_PAGES = 40

type Query = Readonly<Record<string, string>>
type Ask = (path: string, query?: Query, method?: 'GET' | 'POST') => Promise<Json | undefined>

/**
 * Read what a sweep reads, and write it as `exchanges.jsonl`; answers how many exchanges there are.
 */
export async function record(wish: RecordWish): Promise<number> {
  const lines: string[] = [JSON.stringify({ note: RECORDER_NOTE })]
  const base = wish.url.replace(/\/+$/, '')
  const ask: Ask = async (path, query = {}, method = 'GET') => {
    const search = new URLSearchParams(query).toString()
    const reply = await fetch(`${base}/api/v1${path}${search === '' ? '' : `?${search}`}`, {
      method,
      redirect: 'error',
      headers: wish.token === undefined ? {} : { authorization: `token ${wish.token}` },
    })
    const text = await reply.text()
    const isJson = (reply.headers.get('content-type') ?? '').startsWith('application/json')
    const body = isJson ? (JSON.parse(text) as Json) : text
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap(name =>
        reply.headers.has(name) ? [[name, hide(reply.headers.get(name) ?? '', base)]] : [],
      ),
    )
    lines.push(
      JSON.stringify({
        request: {
          method,
          path: `/api/v1${path}`,
          query,
          auth: wish.token === undefined ? 'none' : 'token',
        },
        response: { status: reply.status, headers, body: keep(body, base) },
      }),
    )
    return reply.status === 200 || reply.status === 201 ? body : undefined
  }
  const repo = `/repos/${wish.repo}`
  await readAll(ask, repo)
  if (wish.rerun !== undefined) await readRerun(ask, repo, wish.rerun, wish.pause ?? 1000)
  mkdirSync(wish.out, { recursive: true })
  writeFileSync(join(wish.out, 'exchanges.jsonl'), `${lines.join('\n')}\n`)
  return lines.length - 1
}

async function readAll(ask: Ask, repo: string): Promise<void> {
  await ask('/version')
  await ask('/settings/api')
  const branch = textAt(await ask(repo), 'default_branch')
  const pulls = await pages(ask, `${repo}/pulls`, { state: 'open', sort: 'oldest' }, '')
  await ask(`${repo}/branches/${encodeURIComponent(branch)}`)
  const seen = new Set<string>()
  for (const pull of pulls) {
    await ask(`${repo}/pulls/${textAt(pull, 'number')}`)
    const sha = textAt(fieldOf(pull, 'head'), 'sha')
    if (!seen.has(sha)) await readHead(ask, repo, sha)
    seen.add(sha)
  }
  await pages(ask, `${repo}/actions/tasks`, {}, 'workflow_runs')
}

async function readHead(ask: Ask, repo: string, sha: string): Promise<void> {
  await pages(ask, `${repo}/commits/${sha}/status`, {}, 'statuses')
  await pages(ask, `${repo}/commits/${sha}/statuses`, { sort: 'leastindex' }, '')
  for (const run of await pages(ask, `${repo}/actions/runs`, { head_sha: sha }, 'workflow_runs')) {
    await pages(ask, `${repo}/actions/runs/${textAt(run, 'id')}/jobs`, {}, 'jobs')
  }
  for (const folder of ['.gitea/workflows', '.forgejo/workflows', '.github/workflows']) {
    const entries = await ask(`${repo}/contents/${folder}`, { ref: sha })
    for (const entry of listOf(entries, ''))
      await ask(`${repo}/contents/${textAt(entry, 'path')}`, { ref: sha })
  }
}

/** Looks at a re-run until it has ended; no more than this. */
const MOST_LOOKS = 60

/** One re-run, sent once, and what the server shows of it from then on. */
async function readRerun(
  ask: Ask,
  repo: string,
  { run, job }: NonNullable<RecordWish['rerun']>,
  pause: number,
): Promise<void> {
  const path = `${repo}/actions/runs/${run}`
  const sha = textAt(await ask(`${path}/jobs/${job}/rerun`, {}, 'POST'), 'head_sha')
  if (sha === '') return
  for (let look = 0; look < MOST_LOOKS; look++) {
    await pages(ask, `${repo}/commits/${sha}/status`, {}, 'statuses')
    const status = textAt(await ask(path), 'status')
    await pages(ask, `${path}/jobs`, {}, 'jobs')
    if (status === 'completed') break
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  await pages(ask, `${repo}/commits/${sha}/statuses`, { sort: 'leastindex' }, '')
}

/** Pages of fifty until one is short of rows. */
async function pages(ask: Ask, path: string, query: Query, key: string): Promise<Json[]> {
  const all: Json[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const rows = listOf(await ask(path, { ...query, page: String(page), limit: '50' }), key)
    all.push(...rows)
    if (rows.length < 50) break
  }
  return all
}

/** A body with kept fields only, and the host replaced in every text. */
function keep(value: Json, base: string): Json {
  if (typeof value === 'string') return hide(value, base)
  if (Array.isArray(value)) return value.map((member: Json) => keep(member, base))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => KEPT_FIELDS.has(key))
      .map(([key, member]) => [key, keep(member, base)]),
  )
}

function hide(text: string, base: string): string {
  return text.replaceAll(base, HOST)
}

function fieldOf(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[key]
    : undefined
}

function textAt(value: Json | undefined, key: string): string {
  const found = fieldOf(value, key)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

function listOf(value: Json | undefined, key: string): Json[] {
  const found = key === '' || Array.isArray(value) ? value : fieldOf(value, key)
  return Array.isArray(found) ? (found as Json[]) : []
}
