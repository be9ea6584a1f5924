import type { Evidence } from '../model/evidence.js'
import type { JobKey, RunKey } from '../model/ids.js'
import type { EventSuffix, Job, RunSummary, Task } from '../model/job.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'

/** Which workflow, event and pull a run is of. */
export interface Origin {
  readonly file: string
  readonly suffix: EventSuffix
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

function groupByRun(tasks: readonly Task[]): ReadonlyMap<RunKey, readonly Task[]> {
  const groups = new Map<RunKey, Task[]>()
  for (const task of tasks) {
    const group = groups.get(task.run)
    if (group === undefined) groups.set(task.run, [task])
    else group.push(task)
  }
  return groups
}

/** The job that a row names, among the jobs of its run. */
export function jobOfRow(jobs: readonly Job[] | undefined, key: JobKey): Job | undefined {
  return jobs?.find(job => job.key === key)
}

/** What is made of a head's rows when somebody asks for it, and kept. */
interface Sorted {
  readonly byContext: ReadonlyMap<string, readonly SignedRow[]>
  readonly shown: ReadonlyMap<string, readonly SignedRow[]>
  readonly contexts: readonly string[]
}

/**
 * The rows of one head SHA, sorted: what every later question reads. Only what is asked for is
 * made, since most heads are asked one thing. A class, because thousands of objects with functions
 * of their own outlive their use: V8 puts such functions where only a full collection looks.
 */
export class HeadStatuses {
  readonly evidence: Evidence
  /** Every row known, newest first. */
  readonly rows: readonly SignedRow[]
  /** The task rows of this SHA. */
  readonly tasks: readonly Task[]
  private sorted: Sorted | null = null
  private told: ReadonlyMap<RunKey, Origin> | null = null
  private wrote: ReadonlyMap<RunKey, ReadonlySet<string>> | null = null
  private tasked: ReadonlyMap<RunKey, readonly Task[]> | null = null

  constructor(evidence: Evidence) {
    this.evidence = evidence
    const { sha, history, latest } = evidence
    const all = history === null ? latest : [...history, ...latest]
    const byId = new Map(all.map(row => [row.id, row]))
    this.rows = newestFirst([...byId.values()])
    this.tasks = evidence.kind === 'tasks' ? evidence.tasks.filter(task => task.sha === sha) : []
  }

  private get contextsOfRows(): Sorted {
    if (this.sorted !== null) return this.sorted
    const byContext = groupByContext(this.rows)
    const shown = groupByContext(newestFirst(this.evidence.latest))
    this.sorted = { byContext, shown, contexts: [...byContext.keys()].sort() }
    return this.sorted
  }

  /** The rows of one context, newest first; empty for a context nobody wrote. */
  of(context: string): readonly SignedRow[] {
    return this.contextsOfRows.byContext.get(context) ?? []
  }

  /** Every context somebody wrote, in the order of their names. */
  get contexts(): readonly string[] {
    return this.contextsOfRows.contexts
  }

  /**
   * The newest rows of a context as the merge gate reads them: one, or two where rows are keyed by
   * workflow.
   */
  latest(context: string): readonly SignedRow[] {
    const shown = this.contextsOfRows.shown.get(context) ?? []
    // A row written between the page of latest rows and the history is newer than the page.
    return shown.length > 1 ? shown : this.of(context).slice(0, 1)
  }

  run(key: RunKey): RunSummary | undefined {
    return this.evidence.runs.find(run => run.key === key)
  }

  /** The jobs of a run; `undefined` where they are not part of the evidence. */
  jobs(key: RunKey): readonly Job[] | undefined {
    const { evidence } = this
    return evidence.kind === 'jobs' ? evidence.runs.find(run => run.key === key)?.jobs : undefined
  }

  /** The task rows of a run; empty where it has none, or where they are no part of the evidence. */
  tasksOf(key: RunKey): readonly Task[] {
    this.tasked ??= groupByRun(this.tasks)
    return this.tasked.get(key) ?? []
  }

  /** Where the forge tells a run's file, event and pull: from the run itself, or any task of it. */
  get origins(): ReadonlyMap<RunKey, Origin> {
    this.told ??= new Map<RunKey, Origin>([
      ...this.tasks.map(task => [task.run, task] as const),
      ...this.evidence.runs.map(run => [run.key, run] as const),
    ])
    return this.told
  }

  /** The contexts each run wrote, by its own rows. */
  get writers(): ReadonlyMap<RunKey, ReadonlySet<string>> {
    this.wrote ??= writersAmong(this.rows)
    return this.wrote
  }
}

/** What was sorted before. Evidence never changes, so neither does what it says. */
const sorted = new WeakMap<Evidence, HeadStatuses>()

/**
 * Sorts the rows of a head once, for every question that follows. A first look is asked little and
 * there are thousands of them: what they say is not kept.
 */
export function readStatuses(evidence: Evidence): HeadStatuses {
  if (evidence.history === null) return new HeadStatuses(evidence)
  const known = sorted.get(evidence) ?? new HeadStatuses(evidence)
  sorted.set(evidence, known)
  return known
}
