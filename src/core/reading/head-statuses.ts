import type { Evidence } from '../model/evidence.js'
import type { Run, Task } from '../model/job.js'
import type { AuthoredRow, StatusRow } from '../model/status.js'
import { authorOf, newestFirst } from '../model/status.js'

/** A row of a run whose job is not one of that run's: nobody's (design §4, "Whose row"). */
export type SignedRow = AuthoredRow & { readonly phantom: boolean }

/** The rows of one head SHA, sorted and signed: what every later question reads. */
export interface HeadStatuses {
  readonly evidence: Evidence
  /** Every row known, newest first. */
  readonly rows: readonly SignedRow[]
  /** The rows of one context, newest first; empty for a context nobody wrote. */
  readonly of: (context: string) => readonly SignedRow[]
  /** Every context somebody wrote, in the order of their names. */
  readonly contexts: readonly string[]
  /**
   * The newest rows of a context as the merge gate reads them: one, or two where rows are keyed by
   * workflow.
   */
  readonly latest: (context: string) => readonly SignedRow[]
  readonly run: (key: number) => Run | undefined
  /** The task rows of this SHA. */
  readonly tasks: readonly Task[]
}

function groupByContext(rows: readonly SignedRow[]): ReadonlyMap<string, readonly SignedRow[]> {
  const groups = new Map<string, SignedRow[]>()
  for (const row of rows) {
    const group = groups.get(row.context)
    if (group === undefined) groups.set(row.context, [row])
    else group.push(row)
  }
  return groups
}

/** Job J of a run, as its target_url names it. */
export function jobOfRow(
  run: Run,
  job: number,
  scheme: Evidence['traits']['jobInTargetUrl'],
): Run['jobs'][number] | undefined {
  return scheme === 'id'
    ? run.jobs.find(({ id }) => id === job)
    : [...run.jobs].sort((a, b) => a.id - b.id)[job]
}

export function readStatuses(evidence: Evidence): HeadStatuses {
  const { traits } = evidence
  const runs = new Map(evidence.runs.map(run => [run.key, run]))
  const sign = (row: StatusRow): SignedRow => {
    const author = authorOf(row, traits.descriptions)
    const run = author.kind === 'actions' ? runs.get(author.run) : undefined
    const phantom =
      traits.postsPhantomRows &&
      author.kind === 'actions' &&
      run !== undefined &&
      jobOfRow(run, author.job, traits.jobInTargetUrl) === undefined
    return { ...row, author: phantom ? { kind: 'outside' } : author, phantom }
  }
  const all = new Map([...(evidence.history ?? []), ...evidence.latest].map(row => [row.id, row]))
  const rows = newestFirst([...all.values()]).map(sign)
  const byContext = groupByContext(rows)
  const pages = groupByContext(newestFirst(evidence.latest).map(sign))
  return {
    evidence,
    rows,
    of: context => byContext.get(context) ?? [],
    contexts: [...byContext.keys()].sort(),
    latest: context => {
      const shown = pages.get(context) ?? []
      // A row written between the page of latest rows and the history is newer than the page.
      return shown.length > 1 ? shown : (byContext.get(context) ?? []).slice(0, 1)
    },
    run: key => runs.get(key),
    tasks: evidence.tasks.filter(({ sha }) => sha === evidence.sha),
  }
}
