import type { Difference } from './differences.js'
import { compareJson } from './differences.js'
import type { Ending } from './run-state.js'
import type { ForgeState, StatusRow } from './state.js'
import type { Workflow } from './workflow.js'
import { parseWorkflow } from './workflow.js'

/** Where an engine's row differs from the recorded one. */
export function compareRows(want: StatusRow, got: StatusRow): Difference[] {
  return compareJson(brief(want), brief(got)).map(difference => ({
    ...difference,
    name: nameOf(difference.path, want),
    path: `row ${want.index} ${difference.path}`,
  }))
}

/** The name a difference of histories is reported under. */
export function nameOf(what: string, row: StatusRow): string {
  return `history: ${what} of "${row.description.replace(DURATION, ' …')}"`
}

/** What the rows of a new run say. */
export const FRESH: readonly string[] = ['Waiting to run', 'Blocked by required conditions']

const DURATION = / (?:\d+[hms])+$/

/** What is compared of a row; how long a job took is the runner's doing, not the server's. */
export function brief(row: StatusRow): Readonly<Record<string, string>> {
  return {
    context: row.context,
    state: row.state,
    description: row.description.replace(DURATION, ' …'),
    target_url: row.targetUrl,
  }
}

/** How a job ended, told by its row; null if it has not. */
export function endingOf(description: string): Ending | null {
  if (description.startsWith('Successful in ')) return 'success'
  if (description.startsWith('Failing after ')) return 'failure'
  if (description === 'Has been skipped' || description === 'Skipped') return 'skipped'
  return description === 'Has been cancelled' || description.startsWith('Canceled after ')
    ? 'cancelled'
    : null
}

/** The run and job a row's link names. */
export function placeOf(row: StatusRow): { readonly run: string; readonly job: string } | null {
  const found = /\/actions\/runs\/(\d+)\/jobs\/(\d+)$/.exec(row.targetUrl)
  return found === null ? null : { run: found[1] ?? '', job: found[2] ?? '' }
}

/**
 * The recorded file, or one with the recorded jobs in which what was blocked waits for all the
 * others.
 */
export function workflowOf(
  state: ForgeState,
  sha: string,
  history: readonly StatusRow[],
): { workflow: Workflow; file: string } {
  const [path, text] = Object.entries(state.commits[sha]?.files ?? {})[0] ?? []
  if (path !== undefined && text !== undefined)
    return {
      workflow: parseWorkflow(text, state.profile.matrixName),
      file: path.split('/').at(-1) ?? '',
    }
  const first = history.filter(row => placeOf(row)?.run === placeOf(history[0] ?? row)?.run)
  const fresh = first.slice(
    0,
    first.findIndex(row => !FRESH.includes(row.description)),
  )
  const parts = fresh.map(row => /^(.*?) \/ (.*) \([a-z_]+\)$/.exec(row.context))
  const free = fresh.flatMap((row, index) =>
    row.description === 'Waiting to run' ? [`job-${index}`] : [],
  )
  const jobs = fresh.map((row, index) => ({
    key: `job-${index}`,
    name: parts[index]?.[2] ?? '',
    runsOn: [],
    stepNames: [],
    ...(row.description === 'Waiting to run'
      ? { needs: [], condition: '' }
      : { needs: free, condition: 'always()' }),
  }))
  return { workflow: { name: parts[0]?.[1] ?? '', events: {}, jobs }, file: 'ci.yml' }
}
