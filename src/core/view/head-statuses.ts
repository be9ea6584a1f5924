import type { Evidence, HeadSnapshot } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { EventSuffix, Job, RunSummary, Task } from '../model/job.js'
import type { SignedRow } from '../model/status.js'
import { newestFirst } from '../model/status.js'
import type { Umbrella } from './umbrella.js'
import { umbrellaOf } from './umbrella.js'

/** Which workflow, event and pull a run is of. */
interface Origin {
  readonly file: string
  readonly suffix: EventSuffix
  readonly pull: number | null
}

function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

function writersAmong(rows: readonly SignedRow[]): ReadonlyMap<RunKey, ReadonlySet<string>> {
  const writers = new Map<RunKey, Set<string>>()
  for (const { author, context } of rows) {
    if (author.kind !== 'actions') continue
    writers.set(author.run, (writers.get(author.run) ?? new Set<string>()).add(context))
  }
  return writers
}

/** A row that Actions wrote for a job whose run was read with its jobs. */
interface RowOfJob {
  readonly run: RunKey
  readonly context: string
  /** What the job is called. */
  readonly name: string
}

function rowsOfJobs(
  rows: readonly SignedRow[],
  jobs: ReadonlyMap<RunKey, readonly Job[]>,
): readonly RowOfJob[] {
  const names = new Map([...jobs].map(([run, of]) => [run, namesByKey(of)]))
  return rows.flatMap(({ author, context }): RowOfJob[] => {
    if (author.kind !== 'actions') return []
    const name = names.get(author.run)?.get(author.job)
    return name === undefined ? [] : [{ run: author.run, context, name }]
  })
}

/** Of two with one key the first counts. */
const namesByKey = (jobs: readonly Job[]): ReadonlyMap<Job['key'], string> =>
  new Map([...jobs].reverse().map(({ key, name }) => [key, name]))

const isPendingOfOthers = ({ state, author }: SignedRow): boolean =>
  state === 'pending' && author.kind !== 'us'

/** What stands around a head: it is read after the rows, and changes nothing of what they say. */
const AROUND = [
  'writers',
  'others',
  'bases',
  'needs',
  'umbrellaWriters',
  'work',
  'gaps',
] as const satisfies readonly (keyof HeadSnapshot)[]

type WithoutAround<E> = E extends unknown ? Omit<E, (typeof AROUND)[number]> : never

/** Evidence without what stands around its head: what its rows, runs and jobs say is all here. */
type RowSource = WithoutAround<Evidence>

/** The rows of one head SHA, sorted: what every later question reads. */
export class HeadStatuses {
  readonly evidence: RowSource
  /** Every row known, newest first. */
  readonly rows: readonly SignedRow[]
  /** Every context somebody wrote, in the order of their names. */
  readonly contexts: readonly string[]
  /** Where the forge tells a run's file, event and pull: from the run itself, or any task of it. */
  readonly origins: ReadonlyMap<RunKey, Origin>
  /** The contexts each run wrote, by its own rows. */
  readonly writers: ReadonlyMap<RunKey, ReadonlySet<string>>
  /** The runs that the server told, by their keys. */
  readonly runs: ReadonlyMap<RunKey, RunSummary>
  /** The jobs of each run; empty where they are no part of the evidence. */
  readonly jobs: ReadonlyMap<RunKey, readonly Job[]>
  readonly rowsOfJobs: readonly RowOfJob[]
  /** The task rows of each run; empty where they are no part of the evidence. */
  readonly tasks: ReadonlyMap<RunKey, readonly Task[]>
  private readonly byContext: ReadonlyMap<string, readonly SignedRow[]>
  private readonly shown: ReadonlyMap<string, readonly SignedRow[]>
  private readonly umbrellas = new Map<string, Umbrella>()

  constructor(evidence: RowSource) {
    this.evidence = evidence
    const { sha, history, latest, runs } = evidence
    const byId = new Map([...(history ?? []), ...latest].map(row => [row.id, row]))
    this.rows = newestFirst([...byId.values()])
    this.byContext = groupBy(this.rows, ({ context }) => context)
    this.shown = groupBy(newestFirst(latest), ({ context }) => context)
    this.contexts = [...this.byContext.keys()].sort()
    this.writers = writersAmong(this.rows)
    const tasks = evidence.kind === 'tasks' ? evidence.tasks.filter(task => task.sha === sha) : []
    this.tasks = groupBy(tasks, ({ run }) => run)
    this.origins = new Map<RunKey, Origin>([
      ...tasks.map(task => [task.run, task] as const),
      ...runs.map(run => [run.key, run] as const),
    ])
    // Of two with one key the first counts.
    this.runs = new Map([...runs].reverse().map(run => [run.key, run]))
    this.jobs =
      evidence.kind === 'jobs'
        ? new Map([...evidence.runs].reverse().map(({ key, jobs }) => [key, jobs]))
        : new Map()
    this.rowsOfJobs = this.jobs.size === 0 ? [] : rowsOfJobs(this.rows, this.jobs)
  }

  /** The rows of one context, newest first; empty for a context nobody wrote. */
  of(context: string): readonly SignedRow[] {
    return this.byContext.get(context) ?? []
  }

  /**
   * The newest rows of a context as the merge gate reads them: one, or two where rows are keyed by
   * workflow.
   */
  latest(context: string): readonly SignedRow[] {
    const shown = this.shown.get(context) ?? []
    // A row written between the page of latest rows and the history is newer than the page.
    return shown.length > 1 ? shown : this.of(context).slice(0, 1)
  }

  /** The row that this umbrella is judged by, or why no single row can be. */
  umbrella(context: string): Umbrella {
    const known = this.umbrellas.get(context) ?? umbrellaOf(this.latest(context), context)
    this.umbrellas.set(context, known)
    return known
  }

  /** The newest row of a context, and those that the merge gate reads; one row may come twice. */
  shownOn(context: string): readonly SignedRow[] {
    return [...this.of(context).slice(0, 1), ...this.latest(context)]
  }

  /** Which of these contexts is pending by its newest rows, and not by a row of ours? */
  pendingAmong(contexts: readonly string[]): string | undefined {
    return contexts.find(name => this.latest(name).some(isPendingOfOthers))
  }
}

/** Is every field of both the same, but for those of AROUND? Fields added later are compared. */
function isSameSource(one: RowSource, other: RowSource): boolean {
  const fields = (source: RowSource): Map<string, unknown> => new Map(Object.entries(source))
  const [ours, theirs] = [fields(one), fields(other)]
  for (const name of AROUND) for (const some of [ours, theirs]) some.delete(name)
  return ours.size === theirs.size && [...ours].every(([name, value]) => theirs.get(name) === value)
}

/** What was sorted before, by the history. Evidence never changes, so neither does what it says. */
const sortedStatuses = new WeakMap<readonly SignedRow[], HeadStatuses>()

/**
 * Sorts the rows of a head once, for every question that follows, and once more when they are read
 * anew; what is read around the head leaves them as they are. A first look is asked little and
 * there are thousands of them: what they say is not kept.
 */
export function headStatusesOf(evidence: Evidence): HeadStatuses {
  const { history } = evidence
  if (history === null) return new HeadStatuses(evidence)
  const before = sortedStatuses.get(history)
  if (before !== undefined && isSameSource(before.evidence, evidence)) return before
  const sorted = new HeadStatuses(evidence)
  sortedStatuses.set(history, sorted)
  return sorted
}
