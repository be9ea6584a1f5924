import type { Evidence } from '../model/evidence.js'
import type { JobKey, RunKey } from '../model/ids.js'
import type { Job, RunSummary, Task } from '../model/job.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'

/** The rows of one head SHA, sorted: what every later question reads. */
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
  readonly run: (key: RunKey) => RunSummary | undefined
  /** The jobs of a run; `undefined` where they are not part of the evidence. */
  readonly jobs: (key: RunKey) => readonly Job[] | undefined
  /** The task rows of this SHA. */
  readonly tasks: readonly Task[]
  /** Where the forge tells a run's file, event and pull: from the run itself, or any task of it. */
  readonly origins: ReadonlyMap<RunKey, Origin>
  /** The contexts each run wrote, by its own rows. */
  readonly writers: ReadonlyMap<RunKey, ReadonlySet<string>>
}

/** Which workflow, event and pull a run is of. */
export interface Origin {
  readonly file: string
  readonly suffix: string | null
  readonly pull: number | null
}

function writersAmong(rows: readonly SignedRow[]): ReadonlyMap<RunKey, ReadonlySet<string>> {
  const writers = new Map<RunKey, Set<string>>()
  for (const { author, context } of rows) {
    if (author.kind !== 'actions') continue
    writers.set(author.run, (writers.get(author.run) ?? new Set<string>()).add(context))
  }
  return writers
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

/** The job that a row names, among the jobs of its run. */
export function jobOfRow(jobs: readonly Job[] | undefined, key: JobKey): Job | undefined {
  return jobs?.find(job => job.key === key)
}

/** What was sorted before. Evidence never changes, so neither does what it says. */
const sorted = new WeakMap<Evidence, HeadStatuses>()

/**
 * Sorts the rows of a head once, for every question that follows. A first look is asked little and
 * there are thousands of them: what they say is not kept.
 */
export function readStatuses(evidence: Evidence): HeadStatuses {
  if (evidence.history === null) return sortRows(evidence)
  const known = sorted.get(evidence) ?? sortRows(evidence)
  sorted.set(evidence, known)
  return known
}

function sortRows(evidence: Evidence): HeadStatuses {
  const runs = new Map<RunKey, RunSummary>(evidence.runs.map(run => [run.key, run]))
  const jobs = new Map(
    evidence.kind === 'jobs' ? evidence.runs.map(run => [run.key, run.jobs]) : [],
  )
  const all = new Map([...(evidence.history ?? []), ...evidence.latest].map(row => [row.id, row]))
  const rows = newestFirst([...all.values()])
  const byContext = groupByContext(rows)
  const tasks =
    evidence.kind === 'tasks' ? evidence.tasks.filter(({ sha }) => sha === evidence.sha) : []
  const origins = new Map<RunKey, Origin>([
    ...tasks.map(task => [task.run, task] as const),
    ...evidence.runs.map(run => [run.key, run] as const),
  ])
  const pages = groupByContext(newestFirst(evidence.latest))
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
    jobs: key => jobs.get(key),
    tasks,
    origins,
    writers: writersAmong(rows),
  }
}
