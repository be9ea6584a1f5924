import { BASES, UMBRELLA } from './ci.js'
import type { Client } from './client.js'
import { field, messageOf } from './client.js'
import type { Post, Row } from './world.js'

/** What both worlds ask of a server over HTTP, simulated or real. */
export interface Repository {
  readonly head: (number: number) => Promise<string>
  /** Protect the bases with the umbrella. */
  readonly protect: () => Promise<void>
  readonly post: (number: number, status: Post) => Promise<void>
  readonly rows: (number: number) => Promise<readonly Row[]>
  /** The latest row of each context; two where a posted status does not replace Actions' own. */
  readonly latest: (number: number) => Promise<readonly Row[]>
  readonly merge: (number: number) => Promise<number>
}

/**
 * The server looks for conflicts in the background and answers a merge 405 until it has; only that
 * 405 is asked again.
 */
const CHECKING = /try again later/i

/** More pages than any head of this suite can fill. */
const PAGES = 40

/** Every row of a list of statuses, page after page. */
async function pages(
  client: Client,
  path: string,
  rowsOf: (body: unknown) => unknown,
): Promise<Row[]> {
  const all: Row[] = []
  for (let page = 1; page <= PAGES; page += 1) {
    const at = `${path}${path.includes('?') ? '&' : '?'}page=${page}&limit=50`
    const rows = rowsOf(await client.want('GET', at, [200]))
    if (!Array.isArray(rows) || rows.length === 0) return all
    all.push(...rows.map(rowOf))
  }
  throw new Error(`${path}: more than ${PAGES} pages`)
}

export function openRepository(client: Client, repo: string, pauseMs = 1000): Repository {
  const root = `/repos/${repo}`
  const head = async (number: number): Promise<string> => {
    const sha = field(
      field(await client.want('GET', `${root}/pulls/${number}`, [200]), 'head'),
      'sha',
    )
    if (typeof sha !== 'string') throw new Error(`pull ${number} names no head`)
    return sha
  }
  return {
    head,
    protect: async () => {
      for (const base of BASES) {
        await client.want('POST', `${root}/branch_protections`, [201], {
          branch_name: base,
          rule_name: base,
          // A scenario may put its workflow on the base branch, too.
          enable_push: true,
          enable_status_check: true,
          status_check_contexts: [UMBRELLA],
        })
      }
    },
    post: async (number, { context, state, description }) => {
      await client.want('POST', `${root}/statuses/${await head(number)}`, [201], {
        context,
        state,
        description,
      })
    },
    // `leastindex` is newest first, by id (docs/forge-facts.md, 1.4).
    rows: async number =>
      pages(client, `${root}/commits/${await head(number)}/statuses?sort=leastindex`, body => body),
    latest: async number =>
      pages(client, `${root}/commits/${await head(number)}/status`, body =>
        field(body, 'statuses'),
      ),
    merge: async number => {
      for (let attempt = 1; attempt <= 20; attempt += 1) {
        const reply = await client.ask('POST', `${root}/pulls/${number}/merge`, { Do: 'merge' })
        if (!CHECKING.test(messageOf(reply))) return reply.status
        await new Promise(resolve => setTimeout(resolve, pauseMs))
      }
      throw new Error(
        `merge of #${number}: the server does not come to an end looking for conflicts`,
      )
    },
  }
}

/** A status object says `status` where the request said `state` (docs/forge-facts.md, 1.1). */
function rowOf(row: unknown): Row {
  const [context, state, description] = ['context', 'status', 'description'].map(name =>
    String(field(row, name)),
  )
  return {
    id: Number(field(row, 'id')),
    context: context ?? '',
    state: state ?? '',
    description: description ?? '',
  }
}
