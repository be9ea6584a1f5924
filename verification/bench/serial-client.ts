// A plain client as people write them for this task: one request after the other, each over a
// connection of its own; the pages of open pulls, then one combined status a pull. It is right in
// the simple cases: an umbrella that is red though every required context is green is repaired, a
// red job or a missing one is left alone. It knows no races, no re-runs and no older runs: it is
// what the bench compares with, and nothing to use.
import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'

/** What it is told. */
export interface SerialPlan {
  readonly apiUrl: string
  readonly repo: string
  readonly token: string
  readonly umbrella: string
  readonly required: readonly string[]
  /** Milliseconds that the umbrella's red must be old. */
  readonly minAge: number
}

/** Numbers of the pulls it repaired, and of those with a red umbrella that it left alone. */
export interface SerialResult {
  readonly scanned: number
  readonly repaired: readonly number[]
  readonly left: readonly number[]
}

interface Pull {
  readonly number: number
  readonly head: { readonly sha: string }
}

interface Row {
  readonly context: string
  readonly status: string
  readonly created_at: string
}

const PAGE = 50

/** One request and its body; an error for every answer that is not a success. */
function call(
  { apiUrl, token }: SerialPlan,
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly json: unknown; readonly date: number }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `token ${token}`, 'content-type': 'application/json' }
    // `agent: false`: a new connection for each.
    const sent = request(
      `${apiUrl}${path}`,
      { method, headers, agent: false },
      (answer: IncomingMessage) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => (text += part))
        answer.on('error', reject)
        answer.on('end', () => {
          const { statusCode = 0 } = answer
          if (statusCode >= 300) reject(new Error(`${method} ${path}: ${statusCode}`))
          else
            resolve({
              json: JSON.parse(text) as unknown,
              date: Date.parse(answer.headers.date ?? ''),
            })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? '' : JSON.stringify(body))
  })
}

/** Pages until one is not full. */
async function openPulls(plan: SerialPlan): Promise<readonly Pull[]> {
  const pulls: Pull[] = []
  for (let page = 1; ; page += 1) {
    const path = `/repos/${plan.repo}/pulls?state=open&sort=oldest&page=${page}&limit=${PAGE}`
    const rows = (await call(plan, 'GET', path)).json as readonly Pull[]
    pulls.push(...rows)
    if (rows.length < PAGE) return pulls
  }
}

/** The latest rows; a page after the first only where that one shows a red umbrella and is full. */
async function latestRows(
  plan: SerialPlan,
  sha: string,
): Promise<{ readonly rows: readonly Row[]; readonly date: number }> {
  const rows: Row[] = []
  for (let page = 1; ; page += 1) {
    const path = `/repos/${plan.repo}/commits/${sha}/status?page=${page}&limit=${PAGE}`
    const { json, date } = await call(plan, 'GET', path)
    const found = (json as { readonly statuses: readonly Row[] | null }).statuses ?? []
    rows.push(...found)
    const red = rows.some(row => row.context === plan.umbrella && row.status === 'failure')
    if (found.length < PAGE || !red) return { rows, date }
  }
}

/** One look at every open pull, one after the other. */
export async function serialSweep(plan: SerialPlan): Promise<SerialResult> {
  const repaired: number[] = []
  const left: number[] = []
  const pulls = await openPulls(plan)
  for (const { number, head } of pulls) {
    const { rows, date } = await latestRows(plan, head.sha)
    const umbrella = rows.find(({ context }) => context === plan.umbrella)
    if (umbrella?.status !== 'failure') continue
    const green = (context: string): boolean =>
      rows.some(row => row.context === context && row.status === 'success')
    const old = date - Date.parse(umbrella.created_at) >= plan.minAge
    if (!old || plan.required.length === 0 || !plan.required.every(green)) {
      left.push(number)
      continue
    }
    const { umbrella: context } = plan
    const description = 'all required contexts are green'
    const post = { state: 'success', context, description }
    await call(plan, 'POST', `/repos/${plan.repo}/statuses/${head.sha}`, post)
    repaired.push(number)
  }
  return { scanned: pulls.length, repaired, left }
}

const given = process.env['SERIAL_PLAN']
if (given !== undefined)
  console.log(JSON.stringify(await serialSweep(JSON.parse(given) as SerialPlan)))
