import type { Gap, Grade, Pull } from '../../src/core/model/evidence.js'
import type { RerunWrite, StatusPost } from '../../src/core/plan/remedy.js'
import type { OpenRun } from '../../src/core/plan/rerun.js'
import type { StatusRow } from '../../src/core/model/status.js'
import { newestFirst } from '../../src/core/model/status.js'
import type { UnreadableFile, Workflow } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import type { Workflows } from '../../src/forge/workflows.js'
import type { GiteaApi } from '../../src/forge/gitea/api.js'
import { dialectOf } from '../../src/forge/gitea/dialect.js'
import { signedRows } from '../../src/forge/gitea/signing.js'
import { atLeast, namingOf, readVersion } from '../../src/forge/versions.js'
import type { OpenPulls, PullNow, Reading } from '../../src/forge/port.js'
import type { Task } from '../../src/core/model/job.js'
import type { Line, ShownRun } from './builders.js'
import {
  latestOf,
  NOW,
  pull,
  readRuns,
  rowsOf,
  runsFrom,
  SHA,
  STALE,
  tasksFrom,
} from './builders.js'
import { server } from './servers.js'
import { asRowId } from '../../src/core/model/ids.js'

export type Call = Exclude<keyof GiteaApi, 'server' | 'dialect' | 'naming' | 'folders'>

/** What a fake server starts with. */
export interface FakeStart {
  readonly version?: string
  readonly grade?: Grade
  readonly rows?: readonly Line[]
  readonly pulls?: readonly Pull[]
  readonly runs?: readonly ShownRun[]
  /** What a re-run does beside being counted. */
  readonly rerun?: (fake: FakeForge, write: RerunWrite) => void
  readonly openRuns?: () => readonly OpenRun[]
  /** The contexts that a merge requires. */
  readonly required?: readonly string[]
  readonly tasks?: readonly Task[]
  readonly workflows?: Workflows | (() => Workflows)
  /** The commit a branch stands on, whenever it is asked for. */
  readonly tip?: (branch: string) => string
  /** Pull requests whose refs name the commit; those that are open if not said. */
  readonly refs?: readonly number[]
  /** Why the server offers something else than when the sweep began. */
  readonly changedOffer?: string
  readonly ownWorkflow?: (path: string, ref: string) => Workflow | UnreadableFile | null
  /** Keeps a posted row beside Actions' own, as Gitea 1.27 does. */
  readonly keyedByWorkflow?: boolean
  /** Does one page show the whole history? By default it does. */
  readonly pageShows?: 'some'
  /** Does the list name tips of branches? By default it does not. */
  readonly tips?: boolean
}

/**
 * A server in memory: Gitea's calls with a history that only grows, and hooks to change it between
 * two calls.
 */
export interface FakeForge {
  readonly api: GiteaApi
  /** Every row, in the order of writing. */
  readonly rows: () => readonly StatusRow[]
  /** Changes what the server keeps, as no server should. */
  readonly tamper: (change: (rows: readonly StatusRow[]) => readonly StatusRow[]) => void
  /** The rows written since the start, as `state` or `ours:state` of their context's job. */
  readonly written: () => readonly string[]
  readonly calls: readonly Call[]
  readonly pulls: Map<number, PullNow>
  readonly runs: () => readonly ShownRun[]
  /** The runs from now on; until then those of the start, or those that the rows tell. */
  readonly setRuns: (change: (runs: readonly ShownRun[]) => readonly ShownRun[]) => void
  /** What the list of open pulls holds from now on; `pulls` is what each says of itself. */
  readonly listed: Pull[]
  /** The highest row id when this call was last answered. */
  readonly topAt: (call: Call) => number
  /** Writes the status that was sent last: one whose answer was lost may land later. */
  readonly land: () => void
  /** Writes a row as anybody would. */
  readonly write: (line: Line) => void
  /**
   * Runs before the `nth` call of that name from now on, the first being 1; what it throws is the
   * answer.
   */
  readonly before: (call: Call, nth: number, act: () => void) => void
  /** Runs after that call has done its work; what it throws is the answer: the write stands. */
  readonly after: (call: Call, nth: number, act: () => void) => void
  /** Gaps that a call's answers carry from now on. */
  readonly gap: (call: Call, gap: Gap) => void
  /** Waited for before every call, with its name. */
  turn: (call: Call) => Promise<void>
}

/** A file that writes nothing for a pull request, unless a test says what there is. */
const NIGHTLY = 'on: schedule\njobs: { scan: { steps: [{ run: "true" }] } }\n'
const ONE_FILE: Workflows = {
  ok: true,
  value: [await parseWorkflow('.gitea/workflows/nightly.yml', Buffer.from(NIGHTLY))],
}

interface Hook {
  readonly call: Call
  readonly on: number
  readonly when: 'before' | 'after'
  readonly act: () => void
}

export function openFake(start: FakeStart = {}): FakeForge {
  const { version = '1.22.6', grade = 'statuses', keyedByWorkflow = false } = start
  const read = readVersion(version)
  const dialect = dialectOf(read)
  const mayRerun = grade === 'jobs' && atLeast(read, 1, 26)
  const rows: StatusRow[] = [...rowsOf(start.rows ?? STALE, version)]
  const began = rows.length
  const calls: Call[] = []
  const hooks: Hook[] = []
  const tops = new Map<Call, number>()
  const gaps = new Map<Call, Gap[]>()
  const pulls = new Map(
    (start.pulls ?? [pull()]).map(({ number, head }) => [number, { open: true, head }]),
  )
  const listed: Pull[] = [...(start.pulls ?? [pull()])]
  const top = (): number => rows.length
  let shown = start.runs ?? null
  let sent: StatusPost | null = null
  const runsNow = (): readonly ShownRun[] => shown ?? runsFrom(signedRows(rows, [], dialect))

  function counted(call: Call, from: number): number {
    return calls.slice(from).filter(name => name === call).length
  }

  function fire(call: Call, when: Hook['when']): void {
    const nth = counted(call, 0)
    for (const hook of hooks.filter(
      found => found.call === call && found.when === when && found.on === nth,
    ))
      hook.act()
  }

  async function answer<T>(call: Call, work: () => T): Promise<T> {
    await fake.turn(call)
    calls.push(call)
    fire(call, 'before')
    const value = work()
    tops.set(call, top())
    fire(call, 'after')
    return value
  }

  const reading = <T>(call: Call, value: T): Reading<T> => ({
    value,
    gaps: gaps.get(call) ?? [],
    at: NOW,
  })
  const here = (sha: string): readonly StatusRow[] => (sha === SHA ? rows : [])
  const unprepared = (call: Call): never => {
    throw new Error(`not prepared: ${call}`)
  }

  function latest(): readonly StatusRow[] {
    if (!keyedByWorkflow) return latestOf(rows)
    const isPosted = ({ creator }: StatusRow): boolean => creator !== null
    return [...latestOf(rows.filter(isPosted)), ...latestOf(rows.filter(row => !isPosted(row)))]
  }

  function post({ sha, context, state, description, targetUrl }: StatusPost): StatusRow {
    if (sha !== SHA) throw new Error(`an unknown commit: ${sha}`)
    const row: StatusRow = {
      id: asRowId(top() + 1),
      context,
      state,
      description,
      targetUrl,
      creator: 'bot',
      createdAt: NOW,
    }
    rows.push(row)
    return row
  }

  const filesNow = (): Workflows => {
    const { workflows = ONE_FILE } = start
    return typeof workflows === 'function' ? workflows() : workflows
  }

  const open = (): OpenPulls => ({ pulls: [...listed] })

  const api: GiteaApi = {
    dialect: { ...dialect, listsTips: start.tips ?? false },
    naming: namingOf(read),
    server: server(version, {
      grade,
      capabilities: {
        tasks: grade === 'tasks',
        runs: grade === 'jobs',
        rerun: mayRerun,
        logGroups: false,
        summary: false,
      },
    }),
    openPulls: () => answer('openPulls', open),
    listPulls: () => answer('openPulls', open),
    wholePull: number =>
      answer('wholePull', () => {
        const pull = listed.find(one => one.number === number)
        if (pull === undefined) return unprepared('wholePull')
        return { open: true, head: pull.head, pull }
      }),
    pull: number => answer('pull', () => pulls.get(number) ?? { open: false, head: SHA }),
    latestRows: sha =>
      answer('latestRows', () => reading('latestRows', sha === SHA ? latest() : [])),
    history: (sha, above) =>
      answer('history', () =>
        reading('history', newestFirst(here(sha).filter(({ id }) => id > above))),
      ),
    historyPage: sha =>
      answer('historyPage', () => ({
        ...reading('historyPage', newestFirst(here(sha))),
        complete: start.pageShows !== 'some',
        page: null,
      })),
    runs: sha =>
      answer('runs', () =>
        grade === 'jobs'
          ? reading('runs', sha === SHA ? readRuns(runsNow(), version) : [])
          : unprepared('runs'),
      ),
    tasks: () =>
      answer('tasks', () =>
        grade === 'tasks'
          ? reading('tasks', start.tasks ?? tasksFrom(signedRows(rows, [], dialect)))
          : unprepared('tasks'),
      ),
    failedHeads: () =>
      answer('failedHeads', () =>
        grade === 'jobs' ? reading('failedHeads', []) : unprepared('failedHeads'),
      ),
    workflows: () => answer('workflows', filesNow),
    rawWorkflows: () => unprepared('rawWorkflows'),
    workflow: (path, ref) => answer('workflow', () => start.ownWorkflow?.(path, ref) ?? null),
    pullsByRef: () =>
      answer('pullsByRef', () => new Map([[SHA, [...(start.refs ?? [...pulls.keys()])]]])),
    changedOffer: () => answer('changedOffer', () => start.changedOffer ?? null),
    sweepFile: null,
    defaultBranch: () => answer('defaultBranch', () => 'main'),
    commitOf: branch => answer('commitOf', () => start.tip?.(branch) ?? 'c'.repeat(40)),
    folders: ['.gitea/workflows', '.github/workflows'],
    requiredToMerge: () => answer('requiredToMerge', () => start.required ?? []),
    openRuns: () => answer('openRuns', () => start.openRuns?.() ?? []),
    rerun: write =>
      answer('rerun', () => {
        start.rerun?.(fake, write)
      }),
    post: status => {
      sent = status
      return answer('post', () => post(status))
    },
  }

  const hook =
    (when: Hook['when']) =>
    (call: Call, nth: number, act: () => void): void => {
      hooks.push({ call, when, on: counted(call, 0) + nth, act })
    }
  const fake: FakeForge = {
    api,
    calls,
    pulls,
    listed,
    rows: () => rows,
    written: () =>
      rows
        .slice(began)
        .map(
          ({ description, state }) =>
            `${/\[ur-(\w+) /.exec(description)?.[1] ?? 'other'}: ${state}`,
        ),
    tamper: change => {
      rows.splice(0, rows.length, ...change([...rows]))
    },
    runs: runsNow,
    setRuns: change => {
      shown = change(runsNow())
    },
    topAt: call => tops.get(call) ?? 0,
    land: () => {
      if (sent !== null) post(sent)
    },
    write: line => {
      const [row] = rowsOf([line], version)
      if (row !== undefined) rows.push({ ...row, id: asRowId(top() + 1), createdAt: NOW })
    },
    before: hook('before'),
    after: hook('after'),
    gap: (call, gap) => {
      gaps.set(call, [...(gaps.get(call) ?? []), gap])
    },
    turn: () => Promise.resolve(),
  }
  return fake
}
