import fc from 'fast-check'
import type { Gap, Grade, HeadSnapshot } from '../../src/core/model/evidence.js'
import { GAP_CAUSES, GRADES } from '../../src/core/model/evidence.js'
import type { JobState, Run, Task } from '../../src/core/model/job.js'
import type { Policy } from '../../src/core/model/policy.js'
import type { Author, JobPhase, SignedRow } from '../../src/core/model/status.js'
import { STATUS_STATES } from '../../src/core/model/status.js'
import type { Duration, Instant } from '../../src/core/model/time.js'
import { parseGoDuration } from '../../src/core/model/time.js'
import type { ShownRun } from './builders.js'
import {
  contextOf,
  EVERY_JOB,
  FOREIGN,
  jobId,
  latestOf,
  needsOf,
  NOW,
  policy,
  pull,
  readRuns,
  SHA,
  withPhantoms,
} from './builders.js'
import { asJobId, asJobKey, asRowId, asRunId, asRunKey } from '../../src/core/model/ids.js'
import { spokenBy, traits } from './servers.js'

type End = Exclude<JobState, 'open' | 'unknown'>

/** What one run of a play does, before it is woven into the others. */
interface Script {
  readonly ends: Readonly<Record<string, End>>
  readonly took: number
  /** Steps after which it is left alone; more than it has means that it ends. */
  readonly stop: number
  /** A job that is run again after the end, and how that ends; `open` is left waiting. */
  readonly again: { readonly job: string; readonly end: End | 'open' } | null
  readonly pull: number
  /** Is what its umbrella writes at its end lost? */
  readonly loses: boolean
}

/** What truly happened to one run. */
interface Truth {
  readonly run: number
  readonly pull: number
  readonly jobs: ReadonlyMap<string, JobState>
}

/** Evidence that knows which server spoke, so that rows can be changed and added. */
export interface Spoken extends HeadSnapshot {
  readonly version: string
  readonly kind: Grade
  readonly runs: readonly Run[]
  readonly tasks: readonly Task[]
}

/** The same, with rows that name a job its run does not have as nobody's. */
export function spokenOf(evidence: Spoken): Spoken {
  const { version, runs, latest, history } = evidence
  return {
    ...evidence,
    latest: withPhantoms(latest, runs, version),
    history: history === null ? null : withPhantoms(history, runs, version),
  }
}

/** A head, and what truly happened on it. */
export interface Play {
  readonly evidence: Spoken
  readonly truth: readonly Truth[]
}

const NAMES = ['Lint', 'Test', 'Docs', 'umbrella'] as const
const VERSIONS: Readonly<Record<Grade, readonly string[]>> = {
  statuses: ['1.22.6', '1.24.7', '1.26.4', '11.0.1+gitea-1.22.0'],
  tasks: ['1.23.8', '1.25.5', '11.0.1+gitea-1.22.0'],
  jobs: ['1.26.4', '1.27.0'],
}

const end = (green: number): fc.Arbitrary<End> =>
  fc.oneof(
    { weight: green, arbitrary: fc.constant('success') },
    { weight: 2, arbitrary: fc.constant('failure') },
    { weight: 1, arbitrary: fc.constant('cancelled') },
    { weight: 1, arbitrary: fc.constant('skipped') },
  )

const script: fc.Arbitrary<Script> = fc.record({
  ends: fc.record({
    Lint: end(30),
    Test: end(30),
    Docs: end(30),
    umbrella: fc.oneof({ weight: 6, arbitrary: fc.constant('failure') }, end(2)),
  }),
  took: fc.constantFrom(3, 3, 3, 599, 600, 4000),
  stop: fc.oneof({ weight: 8, arbitrary: fc.constant(99) }, fc.nat(9)),
  again: fc.option(
    fc.record({
      job: fc.constantFrom('Lint', 'Test', 'umbrella'),
      end: fc.oneof(end(6), fc.constant('open' as const)),
    }),
    { freq: 5 },
  ),
  pull: fc.constant(7),
  loses: fc.boolean(),
})

/** A length of seconds as Go writes it: `1h6m40s`, `10m0s`. */
function spoken(took: number): string {
  const [hours, minutes] = [Math.floor(took / 3600), Math.floor(took / 60)]
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes % 60}m` : ''}${took % 60}s`
}

/** A small server: what it writes, when, and what it leaves out (docs/forge-facts.md, 2.3). */
class Server {
  readonly rows: SignedRow[] = []
  readonly tasks: Task[] = []
  readonly runs: {
    readonly key: number
    readonly script: Script
    readonly jobs: Map<string, JobState>
    readonly tries: Map<string, number>
  }[] = []
  readonly #version: string
  constructor(version: string) {
    this.#version = version
  }

  write(row: Omit<SignedRow, 'id' | 'createdAt'>): void {
    const id = this.rows.length + 1
    this.rows.push({ ...row, id: asRowId(id), createdAt: (NOW - 7_200_000 + id * 1000) as Instant })
  }

  say(key: number, name: string, running = false): void {
    const run = this.runs.find(found => found.key === key)
    const state = run?.jobs.get(name) ?? 'open'
    const { skipsEqualState, skippedIsSuccess } = traits(this.#version)
    const { jobKey, timesCancelled } = spokenBy(this.#version)
    const context = contextOf(name)
    const took = name === 'umbrella' ? spoken(run?.script.took ?? 3) : '3s'
    const said = {
      open: running
        ? 'Has started running'
        : name === 'umbrella'
          ? 'Blocked by required conditions'
          : 'Waiting to run',
      success: `Successful in ${took}`,
      failure: `Failing after ${took}`,
      cancelled: timesCancelled ? `Canceled after ${took}` : 'Has been cancelled',
      skipped: 'Has been skipped',
      unknown: '',
    }[state]
    const skip = skippedIsSuccess ? 'success' : 'skipped'
    const shown = (
      {
        open: 'pending',
        success: 'success',
        failure: 'failure',
        cancelled: 'failure',
        skipped: skip,
        unknown: 'error',
      } as const
    )[state]
    const place = jobKey === 'id' ? jobId(key, name) : NAMES.indexOf(name as 'Lint')
    const pending = running ? 'running' : name === 'umbrella' ? 'blocked' : 'waiting'
    const author: Author = {
      kind: 'actions',
      run: asRunKey(key),
      job: asJobKey(place),
      phase: state === 'open' || state === 'unknown' ? pending : state,
      took: said.endsWith(took) ? parseGoDuration(took) : null,
    }
    const row = {
      context,
      state: shown,
      description: said,
      targetUrl: `/o/r/actions/runs/${key}/jobs/${place}`,
      creator: null,
      author,
      phantom: false,
    }
    const latest = this.rows.findLast(found => found.context === context)
    if (
      latest?.state === shown &&
      (skipsEqualState || (latest.description === said && latest.targetUrl === row.targetUrl))
    )
      return
    this.write(row)
  }

  /** A job ended by its runner's report: the server writes that job, then every job of the run. */
  end(key: number, name: string, state: End, report: boolean, lost: boolean): void {
    const run = this.runs.find(found => found.key === key)
    run?.jobs.set(name, state)
    const before = this.rows.length
    this.say(key, name)
    if (lost) this.rows.length = before
    this.task(key, name)
    if (report && !lost)
      for (const other of NAMES) this.say(key, other, run?.tries.has(other) ?? false)
  }

  task(key: number, name: string): void {
    const run = this.runs.find(found => found.key === key)
    const at = run?.tries.get(name)
    if (run === undefined || at === undefined) return
    const task: Task = {
      id: at,
      run: asRunKey(key),
      name: name === 'umbrella' ? 'all-required' : name,
      file: 'ci.yml',
      suffix: ' (pull_request)',
      pull: run.script.pull,
      sha: SHA,
      state: run.jobs.get(name) ?? 'open',
      createdAt: NOW,
    }
    const index = this.tasks.findIndex(({ id }) => id === at)
    if (index === -1) this.tasks.push(task)
    else this.tasks[index] = task
  }

  pick(key: number, name: string): void {
    this.runs.find(found => found.key === key)?.tries.set(name, this.tasks.length + 1)
    this.task(key, name)
    this.say(key, name, true)
  }
}

/** The steps of one run, each an atomic step of the server. */
function stepsOf(server: Server, key: number, script: Script): readonly (() => void)[] {
  const { ends, loses, took, again } = script
  const lost = loses && ends['umbrella'] !== 'success'
  const finish = (name: string, state: End): readonly (() => void)[] => {
    // A skip or a failure of ten minutes and more is the server's own doing: nothing is re-posted.
    const clean =
      state === 'cancelled' ||
      state === 'skipped' ||
      (name === 'umbrella' && state === 'failure' && took >= 600)
    return state === 'skipped'
      ? [
          () => {
            server.end(key, name, state, false, false)
          },
        ]
      : [
          () => {
            server.pick(key, name)
          },
          () => {
            server.end(key, name, state, !clean, name === 'umbrella' && lost && key % 3 === 0)
          },
        ]
  }
  const steps: (() => void)[] = [
    () => {
      server.runs.push({
        key,
        script,
        jobs: new Map(NAMES.map(name => [name, 'open'])),
        tries: new Map(),
      })
      for (const name of NAMES) server.say(key, name)
    },
    ...NAMES.flatMap(name => finish(name, ends[name] ?? 'success')),
  ]
  if (again !== null) {
    steps.push(() => {
      const run = server.runs.find(found => found.key === key)
      for (const name of new Set([again.job, 'umbrella'])) {
        run?.jobs.set(name, 'open')
        run?.tries.delete(name)
        server.say(key, name)
      }
    })
    if (again.end !== 'open') {
      if (again.job !== 'umbrella') steps.push(...finish(again.job, again.end))
      steps.push(...finish('umbrella', ends['umbrella'] ?? 'failure'))
    }
  }
  return steps.slice(0, Math.max(1, script.stop))
}

/** A counterexample as a person reads it: what was written, and what truly happened. */
function shown(evidence: Spoken, truth: readonly Truth[], version: string): string {
  const rows =
    evidence.history?.map(
      ({ id, context, description, targetUrl }) =>
        `${id} ${context.split(' (')[0] ?? ''} ${targetUrl.slice(18)} ${description}`,
    ) ?? []
  const ended = (jobs: Truth['jobs']): string =>
    [...jobs].map(([name, state]) => `${name} ${state}`).join(', ')
  const runs = truth.map(({ run, pull, jobs }) => `run ${run} of #${pull}: ${ended(jobs)}`)
  return [
    '',
    `${evidence.kind} ${version}, observed ${evidence.observedAt - NOW}`,
    ...rows,
    ...runs,
    '',
  ].join('\n')
}

function perform(
  grade: Grade,
  version: string,
  scripts: readonly Script[],
  order: readonly number[],
  idle: number,
  pulls: readonly number[],
): Play {
  const server = new Server(version)
  const lanes = scripts.map((script, index) => ({
    key: index + 1,
    steps: [...stepsOf(server, index + 1, script)],
  }))
  let turn = 0
  let started = 0
  while (lanes.some(({ steps }) => steps.length > 0)) {
    // A run starts only after those with lower numbers.
    const open = lanes.filter(({ steps, key }) => steps.length > 0 && key <= started + 1)
    const lane = open[(order[turn % order.length] ?? 0) % open.length]
    if (lane === undefined) break
    started = Math.max(started, lane.key)
    lane.steps.shift()?.()
    turn += 1
  }
  const { rows, runs } = server
  const newest = rows.at(-1)?.createdAt ?? NOW
  const [first, ...rest] = pulls.map(number => pull(number))
  const listed = runs.map(({ key, script, jobs }): ShownRun => ({
    key: asRunKey(key),
    id: asRunId(key),
    file: 'ci.yml',
    suffix: ' (pull_request)',
    pull: script.pull,
    completed: [...jobs.values()].every(state => state !== 'open'),
    jobs: [...jobs].map(([name, state]) => ({
      id: jobId(key, name),
      name: name === 'umbrella' ? 'all-required' : name,
      state,
      attempt: 1,
    })),
  }))
  const tasks = server.tasks.map((task, index) => ({ ...task, id: index + 1 }))
  const evidence = spokenOf({
    version,
    sha: SHA,
    kind: grade,
    traits: traits(version),
    observedAt: (newest + idle) as Instant,
    pulls: [first ?? pull(), ...rest],
    latest: latestOf(rows),
    history: rows,
    gaps: [],
    needs: needsOf([first ?? pull(), ...rest], EVERY_JOB),
    bases: {},
    writers: { kind: 'read', doubles: [] },
    others: { kind: 'read', numbers: [] },
    work: new Map(),
    runs: grade === 'jobs' ? readRuns(listed, version) : [],
    tasks: grade === 'tasks' ? tasks : [],
  })
  const truth = runs.map(({ key, script, jobs }) => ({ run: key, pull: script.pull, jobs }))
  return { evidence, truth, [fc.toStringMethod]: () => shown(evidence, truth, version) } as Play
}

/** Histories a server could have written, most of them of a red umbrella over green jobs. */
export const play = (pulls: readonly number[] = [7]): fc.Arbitrary<Play> =>
  fc
    .record({
      grade: fc.constantFrom(...GRADES),
      pick: fc.nat(3),
      scripts: fc.array(
        script.chain(made => fc.constantFrom(...pulls).map(number => ({ ...made, pull: number }))),
        { minLength: pulls.length, maxLength: 3 },
      ),
      order: fc.array(fc.nat(5), { minLength: 30, maxLength: 30 }),
      idle: fc.oneof(
        { weight: 6, arbitrary: fc.constant(3_600_000) },
        fc.constantFrom(0, 5000, 240_000, 300_000, 1_140_000, 1_200_000),
      ),
    })
    .map(({ grade, pick, scripts, order, idle }) => {
      const versions = VERSIONS[grade]
      return perform(
        grade,
        versions[pick % versions.length] ?? '1.22.6',
        scripts,
        order,
        idle,
        pulls,
      )
    })

const text = fc.oneof(
  fc.constantFrom(
    '',
    'Lint',
    CONTEXT(),
    contextOf('Test'),
    'Successful in 3s',
    'Has started running',
    ' [ur-green 1 1 aaaa]',
    '/o/r/actions/runs/1/jobs/1',
  ),
  fc.string(),
)
function CONTEXT(): string {
  return contextOf('umbrella')
}
const count = fc.oneof(fc.nat(5), fc.nat(300), fc.maxSafeNat())
const instant = fc
  .integer({ min: -8_000_000_000_000, max: 8_000_000_000_000 })
  .map(at => at as Instant)

const phase = fc.constantFrom<JobPhase>(
  'waiting',
  'blocked',
  'running',
  'success',
  'failure',
  'cancelled',
  'skipped',
)
const author: fc.Arbitrary<Author> = fc.oneof(
  fc.constant(FOREIGN),
  fc.record({
    kind: fc.constant('actions' as const),
    run: count.map(asRunKey),
    job: count.map(asJobKey),
    phase,
    took: fc.option(fc.nat(7_200_000).map(length => length as Duration)),
  }),
  fc.record({
    kind: fc.constant('us' as const),
    mark: fc.record({
      kind: fc.constantFrom('green' as const, 'undo' as const),
      red: count.map(asRowId),
      run: count.map(asRunKey),
      nonce: fc.constantFrom('aaaa', 'bbbb'),
    }),
  }),
)
export const row: fc.Arbitrary<SignedRow> = fc.record({
  id: count.map(asRowId),
  context: text,
  state: fc.constantFrom(...STATUS_STATES),
  description: text,
  targetUrl: text,
  creator: fc.option(text),
  createdAt: instant,
  author,
  phantom: fc.constant(false),
})
const state = fc.constantFrom<JobState>(
  'open',
  'success',
  'failure',
  'cancelled',
  'skipped',
  'unknown',
)
const job = fc.record({ id: count.map(asJobId), name: text, state, attempt: count })
const suffix = fc.constantFrom(
  ' (pull_request)',
  ' (push)',
  null,
  { unknownEvent: '' },
  { unknownEvent: 'constructor' },
)
const run: fc.Arbitrary<ShownRun> = fc.record({
  key: count.map(asRunKey),
  id: count.map(asRunId),
  file: text,
  suffix,
  pull: fc.option(count),
  completed: fc.boolean(),
  jobs: fc.array(job, { maxLength: 4 }),
})
const task: fc.Arbitrary<Task> = fc.record({
  id: count,
  run: count.map(asRunKey),
  name: text,
  file: text,
  suffix,
  pull: fc.option(count),
  sha: fc.constantFrom(SHA, 'x'),
  state,
  createdAt: instant,
})
export const gap: fc.Arbitrary<Gap> = fc.record({
  what: text,
  cause: fc.constantFrom(...GAP_CAUSES),
  context: fc.option(text),
  detail: text,
})
const lists = fc.array(
  fc.constantFrom(contextOf('Lint'), contextOf('Test'), 'CI / *', '*', '?', 'gone'),
  { maxLength: 3 },
)

/** Any evidence at all, possible or not. */
export const anything: fc.Arbitrary<Spoken> = fc
  .record({
    kind: fc.constantFrom(...GRADES),
    version: fc.constantFrom('1.22.6', '1.23.8', '1.26.4', '1.27.0', '15.0.0+gitea-1.22.0'),
    observedAt: instant,
    latest: fc.array(row, { maxLength: 6 }),
    history: fc.option(fc.array(row, { maxLength: 8 })),
    runs: fc.array(run, { maxLength: 3 }),
    tasks: fc.array(task, { maxLength: 4 }),
    gaps: fc.array(gap, { maxLength: 1 }),
    pulls: fc.subarray([1, 7, 9], { minLength: 1 }),
    doubles: fc.array(
      fc.record({ context: text, where: text, paths: fc.array(text, { maxLength: 2 }) }),
      { maxLength: 1 },
    ),
    others: fc.subarray([2, 3], { maxLength: 1 }),
  })
  .map(({ version, pulls, doubles, others, ...rest }) => {
    const [first = 7, ...more] = pulls
    return spokenOf({
      ...rest,
      version,
      runs: readRuns(rest.runs, version),
      sha: SHA,
      traits: traits(version),
      pulls: [pull(first), ...more.map(number => pull(number))] as const,
      writers: { kind: 'read' as const, doubles },
      others: { kind: 'read' as const, numbers: others },
      work: new Map(),
      needs: needsOf(
        pulls.map(number => pull(number)),
        EVERY_JOB,
      ),
      bases: {},
    })
  })

export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    required: lists,
    optional: lists,
    external: lists,
    minAge: fc.nat(10 ** 10).map(length => length as Duration),
    minGrade: fc.constantFrom(...GRADES),
  })
  .map(policy)
