import type { Exchange, Recording } from './replay-recording.js'
import type { Answer, JobRow, RunRow, State, StatusRow } from './replay-state.js'

/** What one read after a re-run showed of its run and commit. */
interface Seen {
  rows: StatusRow[]
  jobs: JobRow[]
  run: RunRow | undefined
}

/** A re-run as it was recorded: the answer, and what the server showed afterwards, step by step. */
interface RecordedRerun {
  answer: Answer
  run: number
  sha: string
  steps: Seen[]
}

const idOf = (path: string): number => Number(/\/actions\/runs\/(\d+)\//.exec(path)?.[1])

function seenIn({ request, response }: Exchange, run: number, sha: string): Seen | null {
  const { path } = request
  const body = response.body as Record<string, unknown> | null
  if (response.status !== 200 || body === null) return null
  if (path.endsWith(`/commits/${sha}/statuses`))
    return { rows: body as unknown as StatusRow[], jobs: [], run: undefined }
  if (path.endsWith(`/commits/${sha}/status`))
    return { rows: (body['statuses'] ?? []) as StatusRow[], jobs: [], run: undefined }
  if (path.endsWith(`/actions/runs/${run}/jobs`))
    return { rows: [], jobs: (body['jobs'] ?? []) as JobRow[], run: undefined }
  return path.endsWith(`/actions/runs/${run}`)
    ? { rows: [], jobs: [], run: body as unknown as RunRow }
    : null
}

/**
 * The recorded re-run at this path: what came after it belongs to it, until that run is run again.
 */
export function recordedRerun(recording: Recording, path: string): RecordedRerun | undefined {
  const { exchanges } = recording
  const isRerun = ({ request, response }: Exchange): boolean =>
    request.method === 'POST' && request.path.endsWith('/rerun') && response.status === 201
  const at = exchanges.findIndex(e => isRerun(e) && e.request.path === path)
  const recorded = exchanges[at]
  if (recorded === undefined) return undefined
  const run = idOf(path)
  const sha = String((recorded.response.body as Record<string, unknown>)['head_sha'])
  const next = exchanges.findIndex(
    (e, place) => place > at && isRerun(e) && idOf(e.request.path) === run,
  )
  const after = exchanges.slice(at + 1, next < 0 ? undefined : next)
  const steps = after.flatMap(e => seenIn(e, run, sha) ?? [])
  return { answer: recorded.response, run, sha, steps }
}

/** The server shows what it showed then: new rows, and the jobs of the newest attempt alone. */
function show(state: State, { run, sha }: RecordedRerun, { rows, jobs, run: now }: Seen): void {
  const known = state.history.get(sha) ?? []
  for (const row of [...rows].sort((a, b) => a.id - b.id))
    if (!known.some(({ id }) => id === row.id)) known.push(row)
  known.sort((a, b) => a.id - b.id)
  if (jobs.length > 0) {
    const others = state.jobs.filter(job => job.run_id !== run)
    state.jobs.splice(0, state.jobs.length, ...others, ...jobs)
  }
  const at = state.runs.findIndex(({ id }) => id === run)
  if (now !== undefined && at >= 0) state.runs[at] = { ...state.runs[at], ...now }
}

/** Carries a re-run out: at once up to its pending umbrella, and to its end when asked for rows. */
export function playRerun(state: State, rerun: RecordedRerun): () => void {
  const begun = rerun.steps.findIndex(({ rows }) => rows.some(row => row.status !== 'pending'))
  const isEnd = ({ rows }: Seen): boolean =>
    rows.some(({ context, status, id }) => {
      const known = state.history.get(rerun.sha) ?? []
      return context.includes('all-required') && status !== 'pending' && id > known.length
    })
  const end = rerun.steps.findIndex((step, at) => at > begun && isEnd(step))
  for (const step of rerun.steps.slice(0, end)) show(state, rerun, step)
  return () => {
    for (const step of rerun.steps.slice(Math.max(0, end))) show(state, rerun, step)
  }
}
