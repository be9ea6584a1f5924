import type {
  Evidence,
  Gap,
  Grade,
  NonEmpty,
  Pull,
  HeadSnapshot,
} from '../../src/core/model/evidence.js'
import type { UmbrellaNeeds } from '../../src/core/model/umbrella-files.js'
import type { UmbrellaWork } from '../../src/core/model/surroundings.js'
import { evidenceOf } from '../../src/core/model/evidence.js'
import type { Job, JobState, Run, Task } from '../../src/core/model/job.js'
import type { Policy } from '../../src/core/model/policy.js'
import type { Author, JobPhase, SignedRow, StatusRow } from '../../src/core/model/status.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { Duration, Instant } from '../../src/core/model/time.js'
import { minutes, parseDuration, parseGoDuration, seconds } from '../../src/core/model/time.js'
import type { Verdict } from '../../src/core/rules/verdict.js'
import type { Judgement } from '../../src/core/rules/decide.js'
import { decide, judgeHead } from '../../src/core/rules/decide.js'
import type { JobId } from '../../src/core/model/ids.js'
import { asJobId, asJobKey, asRowId, asRunId, asRunKey } from '../../src/core/model/ids.js'
import type { WorkflowJob } from '../../src/workflow/parse.js'
import type { Spoken } from './servers.js'
import { spokenBy, traits } from './servers.js'

/**
 * Evidence in the words of core: rows with their authors, runs with the keys of their jobs. No
 * forge has a part in it. A row is a line:
 *
 *   R2 Test success             Actions, of run 2: that job of it, after 3 seconds
 *   R2 Test failure 10m0s       the same, after ten minutes
 *   R2.7 Test running           of the job whose key is 7
 *   us green 6 2 aaaa           a success of ours over row 6, decided on run 2, with its nonce
 *   us undo 6 2 aaaa failure    what we put back
 *   @alice Test failure "no"    a person, with these words
 *   token Test success "text"   nobody known: no creator and no link to a run
 *   echo R2 token Test …        the same with a link to run 2: it is like a row of Actions in part
 *
 * A name is a job of the workflow under test, `umbrella`, or a whole context where it has a slash.
 * `@5m` at the end says how old a row is. A line may be changed, its author too:
 * `{ line: 'R1 Test success', author: FOREIGN }`.
 */

export const UMBRELLA = 'CI / all-required (pull_request)'
export const SHA = 'a'.repeat(40)
export const BASE_SHA = 'b'.repeat(40)
export const NOW = Date.parse('2026-05-14T12:00:00Z') as Instant

/** The jobs of the workflow under test, in the order of their positions. */
const JOBS = ['Lint', 'Test', 'Build', 'Docs', 'all-required'] as const

const DESCRIPTION: Readonly<Record<JobPhase, string>> = {
  waiting: 'Waiting to run',
  blocked: 'Blocked by required conditions',
  running: 'Has started running',
  success: 'Successful in',
  failure: 'Failing after',
  cancelled: 'Has been cancelled',
  skipped: 'Has been skipped',
}
const STATE: Readonly<Record<JobPhase, StatusRow['state']>> = {
  waiting: 'pending',
  blocked: 'pending',
  running: 'pending',
  success: 'success',
  failure: 'failure',
  cancelled: 'failure',
  skipped: 'success',
}
const WORD = 'waiting|blocked|running|success|failure|cancelled|skipped'
const ACTIONS = new RegExp(`^R(\\d+)(?:\\.(\\d+))? (.+?) (${WORD})(?: (\\d\\S*s))?$`)
const OURS = /^us (green|undo) (\d+) (\d+) ([a-z0-9]+)(?: (\w+))?$/
const OUTSIDE = new RegExp(
  /^(?:(echo) R(\d+)(?:\.(\d+))? )?(@\w+|token) (.+?) /.source +
    /(pending|success|error|failure|warning|skipped|unknown)(?: "(.*)")?$/.source,
)

/**
 * `Lint` is the context of that job, `umbrella` the umbrella's; anything with a slash stands for
 * itself.
 */
export function contextOf(name: string): string {
  if (name === 'umbrella') return UMBRELLA
  return name.includes('/') || /[*?]/.test(name) ? name : `CI / ${name} (pull_request)`
}

const jobOf = (context: string): string =>
  /^[^/]* \/ (.+?)(?: \([a-z_]+\))?$/.exec(context)?.[1] ?? context

/** Place of a job in its run. Jobs this workflow does not have come after those it has. */
function positionOf(context: string): number {
  const index = (JOBS as readonly string[]).indexOf(jobOf(context))
  return index === -1
    ? 20 + (Array.from(context).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 50)
    : index
}

/** Job id of a job in its run, where target_url carries ids. */
export const jobId = (run: number, name: string): JobId =>
  asJobId(run * 100 + positionOf(contextOf(name)))

const link = (run: number, job: number): string => `/o/r/actions/runs/${run}/jobs/${job}`

/** A row in one line, as the head of this file tells, or such a line with something changed. */
export type Line = string | (Partial<SignedRow> & { readonly line: string })

/** A writer who is neither Actions nor we. */
export const FOREIGN: Author = { kind: 'foreign' }

/** A description with its author, who is known by a mark of ours alone. */
function markedBy(description: string): Pick<SignedRow, 'author' | 'description'> {
  const mark = readMarker(description)
  return { description, author: mark === null ? FOREIGN : { kind: 'us', mark } }
}

function read(text: string, id: number, { jobKey }: Spoken): SignedRow {
  const [, line = text, age] = /^(.*?)(?: @(\d+[smhd]))?$/.exec(text) ?? []
  const createdAt = (NOW -
    (age === undefined ? minutes(60) - seconds(id) : (parseDuration(age) ?? 0))) as Instant
  const base = {
    id: asRowId(id),
    createdAt,
    creator: null,
    context: UMBRELLA,
    targetUrl: '',
    phantom: false,
  }
  const jobIn = (run: string, explicit: string | undefined, context: string): number =>
    explicit !== undefined
      ? Number(explicit)
      : jobKey === 'id'
        ? Number(run) * 100 + positionOf(context)
        : positionOf(context)
  const actions = ACTIONS.exec(line)
  if (actions !== null) {
    const [, run = '', job, name = '', word = '', took] = actions
    const context = contextOf(name)
    const timed = word === 'success' || word === 'failure' ? ` ${took ?? '3s'}` : ''
    const description = `${DESCRIPTION[word as JobPhase]}${timed}`
    const state = word === 'skipped' && jobKey === 'id' ? 'skipped' : STATE[word as JobPhase]
    const key = jobIn(run, job, context)
    const author: Author = {
      kind: 'actions',
      run: asRunKey(Number(run)),
      job: asJobKey(key),
      phase: word as JobPhase,
      took: timed === '' ? null : parseGoDuration(timed.trim()),
    }
    return { ...base, context, state, description, targetUrl: link(Number(run), key), author }
  }
  const ours = OURS.exec(line)
  if (ours !== null) {
    const [
      ,
      kind = '',
      red = '',
      run = '',
      nonce = '',
      state = kind === 'green' ? 'success' : 'pending',
    ] = ours
    return {
      ...base,
      creator: 'bot',
      state: state as StatusRow['state'],
      ...markedBy(`umbrella-reaper: words [ur-${kind} ${red} ${run} ${nonce}]`),
    }
  }
  const outside = OUTSIDE.exec(line)
  if (outside === null) throw new Error(`no row: ${line}`)
  const [
    ,
    echo,
    run = '',
    job,
    who = '',
    name = '',
    state = '',
    description = 'looked at by hand',
  ] = outside
  const context = contextOf(name)
  const targetUrl = echo === undefined ? '' : link(Number(run), jobIn(run, job, context))
  return {
    ...base,
    context,
    state: state as StatusRow['state'],
    ...markedBy(description),
    targetUrl,
    creator: who === 'token' ? null : who.slice(1),
  }
}

/** Rows with ids in the order they are written. */
export function rowsOf(lines: readonly Line[], version: string): readonly SignedRow[] {
  const spoken = spokenBy(version)
  return lines.map((line, index): SignedRow => {
    if (typeof line === 'string') return read(line, index + 1, spoken)
    const { line: text, ...change } = line
    return { ...read(text, index + 1, spoken), ...change }
  })
}

/** The newest row of each context, as the server shows them. */
export function latestOf<Row extends StatusRow>(rows: readonly Row[]): readonly Row[] {
  const latest = new Map<string, Row>()
  for (const row of rows)
    if ((latest.get(row.context)?.id ?? 0) < row.id) latest.set(row.context, row)
  return [...latest.values()]
}

const VERSION: Readonly<Record<Grade, string>> = {
  statuses: '1.22.6',
  tasks: '1.23.8',
  jobs: '1.26.4',
}

export function policy(change: Partial<Policy> = {}): Policy {
  const named = {
    umbrella: UMBRELLA,
    required: ['Lint', 'Test'],
    optional: [],
    skippable: [],
    external: [],
    minAge: minutes(5),
    minGrade: 'statuses' as const,
    userVouches: true,
    mayRerun: true,
    ...change,
  }
  return {
    ...named,
    required: named.required.map(contextOf),
    optional: named.optional.map(contextOf),
    skippable: named.skippable.map(contextOf),
    external: named.external.map(contextOf),
  }
}

export function pull(number = 7, change: Partial<Pull> = {}): Pull {
  return {
    number,
    title: 'A change',
    head: SHA,
    base: 'main',
    baseSha: BASE_SHA,
    draft: false,
    ...change,
  }
}

const JOB_STATE: Readonly<Record<JobPhase, JobState>> = {
  waiting: 'open',
  blocked: 'open',
  running: 'open',
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
}

interface Said {
  readonly run: number
  readonly job: number
  readonly name: string
  readonly word: JobPhase
  readonly row: SignedRow
}

/** What Actions said last of each job. */
function said(rows: readonly SignedRow[]): readonly Said[] {
  const all = new Map<string, Said>()
  for (const row of [...rows].sort((a, b) => a.id - b.id)) {
    const { author } = row
    if (author.kind !== 'actions') continue
    all.set(`${author.run} ${author.job}`, {
      run: author.run,
      job: author.job,
      name: jobOf(row.context),
      word: author.phase,
      row,
    })
  }
  return [...all.values()]
}

/** A job and a run before it is known what status rows call their jobs. */
type ShownJob = Omit<Job, 'key'>
export type ShownRun = Omit<Run, 'jobs'> & { readonly jobs: readonly ShownJob[] }

/** The runs with what the status rows of such a server call their jobs. */
export function readRuns(runs: readonly ShownRun[], version: string): readonly Run[] {
  const { jobKey } = spokenBy(version)
  return runs.map(run => ({
    ...run,
    jobs: [...run.jobs]
      .sort((a, b) => a.id - b.id)
      .map((job, position) => ({ ...job, key: asJobKey(jobKey === 'id' ? job.id : position) })),
  }))
}

/** On some servers a row may name a job that its run does not have: it is nobody's. */
export function withPhantoms(
  rows: readonly SignedRow[],
  runs: readonly Run[],
  version: string,
): readonly SignedRow[] {
  if (!spokenBy(version).phantoms) return rows
  const jobs = new Map(runs.map(run => [run.key, new Set(run.jobs.map(({ key }) => key))]))
  return rows.map(row => {
    const { author } = row
    const known = author.kind === 'actions' ? jobs.get(author.run)?.has(author.job) : undefined
    return known === false ? { ...row, author: FOREIGN, phantom: true } : row
  })
}

/** A job in one line: `Lint success`, `Lint success #5` for a second job of that name. */
export function job(run: number, line: string): ShownJob {
  const [, name = '', state = '', id] =
    /^(.+) (open|success|failure|cancelled|skipped|unknown)(?: #(\d+))?$/.exec(line) ?? []
  const known = name === 'umbrella' ? 'all-required' : name
  return {
    id: id === undefined ? jobId(run, name) : asJobId(run * 100 + Number(id)),
    name: known,
    state: state as JobState,
    attempt: 1,
  }
}

export function run(
  key: number,
  jobs: readonly string[],
  change: Partial<ShownRun> = {},
): ShownRun {
  const rows = jobs.map(line => job(key, line))
  return {
    key: asRunKey(key),
    id: asRunId(key),
    file: 'ci.yml',
    suffix: ' (pull_request)',
    pull: 7,
    completed: rows.every(({ state }) => state !== 'open'),
    jobs: rows,
    ...change,
  }
}

/** Runs whose jobs are in the state their own rows say last: the server that never lost a write. */
export function runsFrom(rows: readonly SignedRow[]): readonly ShownRun[] {
  const words = said(rows)
  return [...new Set(words.map(word => word.run))].map((key): ShownRun => {
    const jobs = words
      .filter(word => word.run === key)
      .map(({ job: id, name, word }): ShownJob => ({
        id: asJobId(id),
        name,
        state: JOB_STATE[word],
        attempt: 1,
      }))
    return {
      key: asRunKey(key),
      id: asRunId(key),
      file: 'ci.yml',
      suffix: ' (pull_request)',
      pull: 7,
      completed: jobs.every(({ state }) => state !== 'open'),
      jobs,
    }
  })
}

export function task(run: number, line: string, change: Partial<Task> = {}): Task {
  const { name, state, id } = job(run, line)
  return {
    id,
    run: asRunKey(run),
    name,
    state,
    file: 'ci.yml',
    suffix: ' (pull_request)',
    pull: 7,
    sha: SHA,
    createdAt: NOW,
    ...change,
  }
}

/** A task for each job a runner picked. */
export function tasksFrom(rows: readonly SignedRow[]): readonly Task[] {
  return said(rows)
    .filter(({ word }) => word !== 'waiting' && word !== 'blocked' && word !== 'skipped')
    .map(({ run, name, word, row }, index): Task => ({
      id: index + 1,
      run: asRunKey(run),
      name,
      file: 'ci.yml',
      suffix: ' (pull_request)',
      pull: 7,
      sha: SHA,
      state: JOB_STATE[word],
      createdAt: row.createdAt,
    }))
}

export interface HeadChange {
  readonly grade?: Grade
  readonly version?: string
  readonly rows: readonly Line[]
  readonly latest?: (rows: readonly SignedRow[]) => readonly SignedRow[]
  readonly history?: null
  readonly pulls?: NonEmpty<Pull>
  readonly runs?: readonly ShownRun[]
  readonly tasks?: readonly Task[]
  readonly writers?: HeadSnapshot['writers']
  readonly others?: HeadSnapshot['others']
  /** What the umbrella's job does, for each pull. */
  readonly work?: UmbrellaWork
  readonly bases?: Readonly<Record<string, readonly SignedRow[]>>
  /** What the umbrella needs, where the policy lists nothing: every other job, unless said. */
  readonly needs?: UmbrellaNeeds
  readonly gaps?: readonly Gap[]
  readonly observedAt?: Instant
}

/** An umbrella that needs nothing, so that every other job of its run counts. */
export const EVERY_JOB: UmbrellaNeeds = {
  kind: 'every-other-job',
  contexts: [],
  legs: [],
  dropped: [],
  from: 'ci.yml on main',
  why: 'all-required needs no other job',
}

/** The same needs for each of these pulls. */
export const needsOf = (pulls: readonly Pull[], needs: UmbrellaNeeds): Evidence['needs'] =>
  new Map(pulls.map(({ number }) => [number, needs]))

/** The same work for each of these pulls. */
const workOf = (pulls: readonly Pull[], work: UmbrellaWork | undefined): Evidence['work'] =>
  new Map(work === undefined ? [] : pulls.map(({ number }) => [number, work]))

/** Evidence of one head; what a test does not say is what a healthy server would answer. */
export function head(change: HeadChange): Evidence {
  const { grade = 'statuses', version = VERSION[grade] } = change
  const rows = rowsOf(change.rows, version)
  const shown = change.runs ?? (grade === 'jobs' ? runsFrom(rows) : [])
  const runs = readRuns(shown, version)
  const sign = (all: readonly SignedRow[]): Evidence['latest'] => withPhantoms(all, runs, version)
  const bases = Object.entries(change.bases ?? {}).map(([sha, base]) => [sha, sign(base)] as const)
  const tasks = change.tasks ?? (grade === 'tasks' ? tasksFrom(rows) : [])
  const snapshot: HeadSnapshot = {
    sha: SHA,
    traits: traits(version),
    observedAt: change.observedAt ?? NOW,
    pulls: change.pulls ?? [pull()],
    latest: sign(change.latest?.(rows) ?? latestOf(rows)),
    history: change.history === null ? null : sign(rows),
    writers: change.writers ?? { kind: 'read', doubles: [] },
    others: change.others ?? { kind: 'read', numbers: [] },
    work: workOf(change.pulls ?? [pull()], change.work),
    bases: Object.fromEntries(bases),
    needs: needsOf(change.pulls ?? [pull()], change.needs ?? EVERY_JOB),
    gaps: change.gaps ?? [],
  }
  return evidenceOf(grade, snapshot, { runs, tasks })
}

/** One run, every required job green, the umbrella red: proven stale at every grade. */
export const STALE: readonly string[] = [
  'R1 Lint waiting',
  'R1 Test waiting',
  'R1 umbrella blocked',
  'R1 Lint running',
  'R1 Lint success',
  'R1 Test running',
  'R1 Test success',
  'R1 umbrella running',
  'R1 umbrella failure',
]

/** The same with one line changed into others. Fails when the line is not there. */
export function staleBut(line: string, ...others: readonly Line[]): readonly Line[] {
  if (!STALE.includes(line)) throw new Error(`not in the good case: ${line}`)
  return STALE.flatMap((row): readonly Line[] => (row === line ? others : [row]))
}

export const gap = (context: string | null, cause: Gap['cause'] = 'unreadable'): Gap => ({
  what: 'history',
  cause,
  context,
  detail: 'lost',
})

/** The verdict for pull request 7. */
export function judge(
  evidence: Evidence,
  asked: Policy = policy(),
  baseBranches: readonly string[] = [],
  number = 7,
): Verdict {
  const verdict = decide(asked, baseBranches, evidence).get(number)
  if (verdict === undefined) throw new Error(`#${number} was not judged`)
  return verdict
}

export const age = (text: string): Duration => {
  const length = parseDuration(text)
  if (length === null) throw new Error(`no duration: ${text}`)
  return length
}

/** A job of a workflow file; what a test does not say is what a plain one would have. */
const NO_BODY: WorkflowJob['body'] = {
  condition: null,
  runsOn: [],
  env: {},
  shell: null,
  outputs: [],
  steps: null,
  others: [],
}

export const workflowJob = (change: Partial<WorkflowJob>): WorkflowJob => ({
  mayFail: 'no',
  calls: null,
  id: 't',
  name: null,
  needs: [],
  runsAlways: false,
  reusable: false,
  concurrency: null,
  matrix: { kind: 'none' },
  body: NO_BODY,
  ...change,
})

/**
 * A row of a decision table: what was seen, what is asked, and the part of the verdict that the
 * rule is about.
 */
export interface DecideCase {
  readonly rule: string
  readonly seen: HeadChange
  readonly asked?: Partial<Policy>
  readonly bases?: readonly string[]
  readonly verdict: Readonly<Record<string, unknown>>
}

export function judgeCase({ seen, asked, bases = [] }: DecideCase): Judgement {
  const judgement = judgeHead(policy(asked), bases, head(seen)).get(7)
  if (judgement === undefined) throw new Error('#7 was not judged')
  return judgement
}

/**
 * The two runs of a pull request opened right after its push: the newest is green, then the older
 * one lands its red on top.
 */
export const NATURAL: readonly string[] = [
  'R1 Lint success',
  'R1 Test failure',
  'R1 umbrella blocked',
  'R2 Lint running',
  'R2 Lint success',
  'R2 Test running',
  'R2 Test success',
  'R2 umbrella running',
  'R2 umbrella success',
  'R1 umbrella running',
  'R1 umbrella failure',
  'R1 Test failure',
]

/**
 * The newest run ended green on a server that skips equal states: nothing of its own stands over
 * the older run's success.
 */
export const EQUAL: readonly string[] = [
  'R1 Lint success',
  'R2 Lint running',
  'R2 Lint success',
  'R2 Test running',
  'R1 Test success',
  'R2 umbrella running',
  'R2 umbrella failure',
]
