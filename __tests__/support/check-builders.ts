import type { App, CheckRun, CheckState, RequiredCheck, Suite } from '../../src/core/model/check.js'
import type {
  CheckEvidence,
  Gap,
  MergeQueue,
  NonEmpty,
  Pull,
} from '../../src/core/model/evidence.js'
import type { UmbrellaNeeds, UmbrellaWriter } from '../../src/core/model/umbrella-files.js'
import { asJobId, asJobKey, asRowId, asRunId, asRunKey } from '../../src/core/model/ids.js'
import type { Author, SignedRow, StatusState } from '../../src/core/model/status.js'
import type { Instant } from '../../src/core/model/time.js'
import { minutes } from '../../src/core/model/time.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { Policy } from '../../src/core/model/policy.js'
import { FOREIGN, NOW, pull, SHA } from './builders.js'

export const GATE = 'all-required'
const ACTIONS: App = { id: 15368, slug: 'github-actions', isActions: true }
const TRAITS = {
  skipsEqualState: false,
  skippedIsSuccess: false,
  targetSuffix: false,
  postedStatusWins: true,
  jobsMayHaveNoRow: false,
  checkRuns: true,
  rerunsJobs: true,
  linksRunsById: true,
}

/** What a test changes of a run. */
interface RunChange {
  readonly workflow?: number
  readonly path?: string
  readonly event?: string
  readonly state?: CheckState
  readonly attempt?: number | null
  readonly disabled?: boolean
  readonly neverStarted?: boolean
  /** It only waits for a deployment: the names that its workflow's jobs have, if they are known. */
  readonly waitsWith?: readonly string[] | null
  /** Minutes before now. */
  readonly created?: number
}

/** What a test changes of a head of check runs. */
export interface ChecksChange {
  /**
   * `R1 Lint success`; `R1.2 Lint success` in attempt 2; `codecov Lint failure` of another app;
   * `token:R1 Lint success` made by a workflow's token. Later lines started later.
   */
  readonly legs?: readonly string[]
  /**
   * `R1 name failure` by Actions, `@ann name failure`, `us name success [ur-…]`; newest last.
   * `before:R1 name failure` was posted before any job had started.
   */
  readonly statuses?: readonly string[]
  readonly runs?: Readonly<Record<number, RunChange>>
  readonly pulls?: NonEmpty<Pull>
  readonly needs?: UmbrellaNeeds
  readonly required?: readonly RequiredCheck[]
  readonly gaps?: readonly Gap[]
  readonly studied?: boolean
  /** Names that the jobs of their run do not have, or whose run was not read. */
  readonly unlisted?: readonly string[]
  /** A run whose jobs were not read. */
  readonly unlistedIn?: number
  /** Which file would write the umbrella, by every pull's base branch. */
  readonly writer?: UmbrellaWriter
  readonly queue?: MergeQueue
  /** Of skipped jobs, the failed ones that they need. */
  readonly skippedFor?: Readonly<Record<string, string>>
  /** What the files say of every job that failed, but for the umbrella's. */
  readonly mayFail?: 'yes' | 'unknown'
  /** Attempts as the jobs of a run tell them. */
  readonly attempts?: 'read' | 'not-read'
}

const LEG = /^(token:)?(?:R(\d+)(?:\.(\d+))?|([a-z][\w-]*)) (.+) ([a-z-]+)$/
const STATUS =
  /^(before:)?(?:R(\d+)|@(\w+)|(us)) (.+?) (success|failure|error|pending)(?: (\[ur-.*\]))?$/

/** The time of the line at this place: a minute apart, the last one half an hour ago. */
const timeOf = (at: number, of: number): Instant => (NOW - minutes(30 + of - at)) as Instant

function suiteOf(run: number, change: RunChange, open: boolean): Suite {
  const { workflow = 1, path = 'ci.yml', event = 'pull_request', attempt = 1 } = change
  return {
    id: 1000 + run,
    app: ACTIONS,
    state: change.state ?? (open ? 'open' : 'success'),
    neverStarted: change.neverStarted ?? false,
    ...(change.waitsWith === undefined ? {} : { waitsWith: change.waitsWith }),
    run: {
      id: asRunId(run),
      workflow,
      path,
      event,
      attempt,
      disabled: change.disabled ?? false,
      createdAt: (NOW - minutes(change.created ?? 120)) as Instant,
    },
  }
}

function readLegs(change: ChecksChange): { checks: CheckRun[]; suites: Suite[] } {
  const lines = change.legs ?? []
  const suites = new Map<number, Suite>()
  const checks = lines.map((line, at): CheckRun => {
    const [, token, run, attempt, app, name, state] = LEG.exec(line) ?? []
    if (name === undefined || state === undefined) throw new Error(`no leg: ${line}`)
    const startedAt = timeOf(at, lines.length)
    const suite = run === undefined ? 9000 + (app?.length ?? 0) : 1000 + Number(run)
    if (app !== undefined)
      suites.set(suite, {
        id: suite,
        app: { id: 7, slug: app, isActions: false },
        state: 'success',
        neverStarted: false,
        run: null,
      })
    return {
      id: asJobId(500 + at),
      suite,
      name,
      state: state as CheckState,
      startedAt,
      completedAt: state === 'open' ? null : ((startedAt + 10) as Instant),
      attempt: change.attempts === 'not-read' ? null : Number(attempt ?? 1),
      isJob: run !== undefined && token === undefined,
      isListed:
        run !== undefined &&
        token === undefined &&
        !(change.unlisted ?? []).includes(name) &&
        Number(run) !== change.unlistedIn,
      taken: true,
      ...(change.skippedFor?.[name] === undefined ? {} : { skippedFor: change.skippedFor[name] }),
      ...(change.mayFail !== undefined && state === 'failure' && name !== GATE
        ? { mayFail: change.mayFail }
        : {}),
    }
  })
  const runs = new Set([
    ...lines.flatMap(line => /^(?:token:)?R(\d+)/.exec(line)?.[1] ?? []),
    ...Object.keys(change.runs ?? {}),
  ])
  for (const run of [...runs].map(Number)) {
    const open = checks.some(({ suite, state }) => suite === 1000 + run && state === 'open')
    suites.set(1000 + run, suiteOf(run, change.runs?.[run] ?? {}, open))
  }
  return { checks, suites: [...suites.values()] }
}

/** Who wrote a status: we by our mark, Actions by the run it links to, else somebody. */
function writerOf(state: string, description: string, run: string | undefined): Author {
  const mark = readMarker(description)
  if (mark !== null) return { kind: 'us', mark }
  if (run === undefined) return FOREIGN
  const phase = state === 'success' ? 'success' : state === 'pending' ? 'running' : 'failure'
  return {
    kind: 'actions',
    run: asRunKey(Number(run)),
    job: asJobKey(0),
    phase,
    took: null,
  }
}

export function readStatus(line: string, at: number, of: number): SignedRow {
  const [, before, run, person, us, context, state, mark] = STATUS.exec(line) ?? []
  if (context === undefined || state === undefined) throw new Error(`no status: ${line}`)
  const description = us === undefined ? '' : `umbrella-reaper ${mark ?? ''}`
  return {
    id: asRowId(100 + at),
    context,
    state: state as StatusState,
    description,
    targetUrl: run === undefined ? '' : `https://github.com/acme/widgets/actions/runs/${run}`,
    creator: person ?? 'github-actions[bot]',
    createdAt: before === undefined ? timeOf(at, of) : ((NOW - minutes(110 - at)) as Instant),
    author: writerOf(state, description, run),
    phantom: false,
  }
}

const needsOf = (
  needs: UmbrellaNeeds | undefined,
  pulls: readonly Pull[],
): ReadonlyMap<number, UmbrellaNeeds> =>
  new Map(needs === undefined ? [] : pulls.map(({ number }) => [number, needs]))

/** A head of check runs as a look at GitHub gives it. */
export function checksHead(change: ChecksChange = {}): CheckEvidence {
  const lines = change.statuses ?? []
  const rows = lines.map((line, at) => readStatus(line, at, lines.length))
  const pulls = change.pulls ?? [pull()]
  const { writer } = change
  return {
    kind: 'checks',
    sha: SHA,
    observedAt: NOW,
    pulls,
    traits: TRAITS,
    runs: [],
    bases: {},
    ...readLegs(change),
    latest: rows,
    history: (change.studied ?? true) ? rows : null,
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    work: new Map(),
    needs: needsOf(change.needs, pulls),
    ...(change.queue === undefined ? {} : { queue: change.queue }),
    ...(writer === undefined
      ? {}
      : { umbrellaWriters: new Map(pulls.map(({ number }) => [number, writer])) }),
    gaps: change.gaps ?? [],
    studied: change.studied ?? true,
    required: change.required ?? [],
  }
}

/** What a sweep asks for on GitHub: two jobs under the gate. */
export const checkPolicy = (change: Partial<Policy> = {}): Policy => ({
  umbrella: GATE,
  required: ['Lint', 'Test'],
  optional: [],
  skippable: [],
  external: [],
  minAge: minutes(5),
  minGrade: 'statuses',
  userVouches: true,
  mayRerun: true,
  ...change,
})
