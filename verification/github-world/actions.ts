import type { Clock } from './clock.js'
import type { Check, Conclusion, Execution, Next, Run, Status, Suite, Workflow } from './model.js'
import { ACTIONS } from './model.js'
import type { Repository } from './repository.js'
import { jobsOf, standOf, standOfRun } from './stand.js'
import type { FileJob } from './workflow-file.js'
import { keyOf, readWorkflowText } from './workflow-file.js'

/** How a job is told: its end, or that it has none yet. */
type JobWord = Conclusion | 'going' | 'hidden' | 'lost' | 'queued' | 'waiting'

/** A job with its times, in minutes: after the beginning of its run, and how long it takes. */
interface JobTimes {
  readonly is: JobWord
  readonly after?: number
  readonly takes?: number
  /** Is it in the list of the run's jobs? */
  readonly listed?: boolean
}

export type Jobs = Readonly<Record<string, JobTimes | JobWord>>

const MINUTE = 60_000

interface Planned {
  readonly startedAt: number | null
  readonly completedAt: number | null
}

/** The runs of a repository, and what stands on its commits by them and by other apps. */
export class Actions {
  readonly workflows: Workflow[] = []
  readonly suites: Suite[] = []
  readonly runs: Run[] = []
  readonly repository: Repository
  readonly clock: Clock
  /** How long a job takes that runs again (milliseconds). */
  lasting = 5000
  #ids = 0

  constructor(repository: Repository, clock: Clock) {
    this.repository = repository
    this.clock = clock
  }

  /** Ids above 2^32, as they are on github.com. */
  nextId(above: number): number {
    this.#ids += 1
    return above + this.#ids
  }

  workflow(path: string, sha: string): Workflow {
    const known = this.workflows.find(one => one.path === path)
    if (known !== undefined) return known
    const text = this.repository.commits.get(sha)?.get(path) ?? ''
    const name = readWorkflowText(text).name ?? path
    const made: Workflow = { id: 70_001 + this.workflows.length, path, name, state: 'active' }
    this.workflows.push(made)
    return made
  }

  /** The jobs of the run's file, at the commit its checks stand on or at that of the run. */
  jobsOf(run: Run): readonly FileJob[] {
    const at = [run.suite.sha, run.headSha].map(
      sha => this.repository.commits.get(sha)?.get(run.workflow.path) ?? '',
    )
    return at.map(text => readWorkflowText(text).jobs).find(jobs => jobs.length > 0) ?? []
  }

  stand(run: Run) {
    return standOfRun(run, this.jobsOf(run), this.clock.now())
  }

  linkOf(run: Run, job?: number): string {
    const page = `https://github.example/${this.repository.slug}/actions/runs/${run.id}`
    return job === undefined ? page : `${page}/job/${job}`
  }

  suite(sha: string, app: Suite['app'], createdAt: number): Suite {
    const id = this.nextId(31_000_000_000)
    const suite: Suite = { id, sha, app, createdAt, run: null, checks: [] }
    this.suites.push(suite)
    return suite
  }

  /** A check run of an app in a suite. */
  check(
    suite: Suite,
    fields: Pick<Check, 'completedAt' | 'conclusion' | 'name' | 'startedAt'> & Partial<Check>,
  ): Check {
    const id = fields.id ?? this.nextId(52_000_000_000)
    const check: Check = {
      createdAt: fields.startedAt ?? suite.createdAt,
      decide: null,
      execution: null,
      link: `https://${suite.app.slug}.example/checks/${id}`,
      listed: false,
      status: null,
      ...fields,
      id,
      suite,
    }
    suite.checks.push(check)
    return check
  }

  /** A run without its jobs yet. */
  begin(fields: Omit<Run, 'attempt' | 'id' | 'number' | 'suite' | 'word'>, sha: string): Run {
    const suite = this.suite(sha, ACTIONS, fields.createdAt)
    const id = this.nextId(19_000_000_000)
    const number = this.runs.length + 1
    const run: Run = { ...fields, id, number, suite, attempt: 1, word: null }
    suite.run = run
    this.runs.push(run)
    return run
  }

  /** The check run of one execution of a job. */
  execute(
    run: Run,
    execution: Execution,
    fields: Pick<Check, 'completedAt' | 'conclusion' | 'name' | 'startedAt'> & Partial<Check>,
  ): Check {
    const id = this.nextId(52_000_000_000)
    const link = this.linkOf(run, id)
    return this.check(run.suite, { link, listed: true, ...fields, execution, id })
  }

  /** A job that does not run again: in the next attempt a new check run with the old times. */
  carryOver(run: Run, check: Check): void {
    const { execution, name, createdAt, startedAt, completedAt, conclusion, listed, status } = check
    if (execution === null) return
    const kept = { name, createdAt, startedAt, completedAt, conclusion, listed, status }
    this.execute(run, { ...execution, attempt: run.attempt }, kept)
  }

  /** Executes the jobs of a run's present attempt as they are told. */
  tell(run: Run, jobs: Jobs, from: number): void {
    const file = this.jobsOf(run)
    for (const [name, told] of Object.entries(jobs)) {
      const times: JobTimes = typeof told === 'string' ? { is: told } : told
      const key = keyOf(file, name)
      const needs = file.find(job => job.key === key)?.needs ?? []
      const before = jobsOf(run)
        .filter(({ execution }) => needs.includes(execution?.key ?? ''))
        .map(({ completedAt }) => completedAt ?? from)
      const ready = Math.max(from, ...before)
      const start = times.after === undefined ? ready + MINUTE / 6 : from + times.after * MINUTE
      const planned = plan(times, start)
      this.execute(
        run,
        { key, attempt: run.attempt, taken: times.is !== 'lost' && times.is !== 'skipped' },
        {
          name,
          ...planned,
          createdAt: times.is === 'hidden' ? Infinity : start,
          conclusion: endOf(times.is),
          listed: times.listed ?? true,
          status: statusOf(times.is),
        },
      )
    }
  }

  /** What a job that runs again ends with. */
  nextOf(run: Run, key: string, name: string): Next {
    return run.then[name] ?? run.then[key] ?? (() => this.#byNeeds(run, key))
  }

  /** A job that judges its needs, by `always()`; one without needs passes. */
  #byNeeds(run: Run, key: string): Conclusion {
    const file = this.jobsOf(run)
    const needs = file.find(job => job.key === key)?.needs ?? []
    const mayFail = new Set(file.filter(job => job.mayFail).map(job => job.key))
    const red = jobsOf(run).some(({ execution, conclusion }) => {
      const needed = execution !== null && needs.includes(execution.key)
      return needed && conclusion !== 'success' && !mayFail.has(execution.key)
    })
    return red ? 'failure' : 'success'
  }

  /** Ends what is due, in order of time. */
  tick(): void {
    const now = this.clock.now()
    const due = this.suites
      .flatMap(({ checks }) => checks)
      .filter(
        ({ decide, conclusion, completedAt }) =>
          decide !== null && conclusion === null && (completedAt ?? Infinity) <= now,
      )
      .sort((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0))
    for (const check of due) check.conclusion = check.decide?.() ?? 'success'
  }

  ended(check: Check): boolean {
    return standOf(check, this.clock.now()).status === 'completed'
  }
}

const OPEN: readonly JobWord[] = ['going', 'hidden', 'queued', 'waiting']

function plan({ is, takes }: JobTimes, start: number): Planned {
  if (is === 'going') return { startedAt: start, completedAt: null }
  if (OPEN.includes(is)) return { startedAt: null, completedAt: null }
  const lasting = is === 'skipped' ? 0 : (takes ?? 2) * MINUTE
  return { startedAt: start, completedAt: start + lasting }
}

function endOf(word: JobWord): Conclusion | null {
  if (word === 'lost') return 'failure'
  return OPEN.includes(word) ? null : (word as Conclusion)
}

const statusOf = (word: JobWord): Status | null => (word === 'waiting' ? 'waiting' : null)
