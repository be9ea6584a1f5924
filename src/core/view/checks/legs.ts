import type { App, CheckRun, CheckState, Suite, SuiteRun } from '../../model/check.js'
import { NOT_FOR_PULLS } from '../../model/check.js'
import type { CheckEvidence } from '../../model/evidence.js'
import type { RunKey } from '../../model/ids.js'
import { asJobKey } from '../../model/ids.js'
import type { Job } from '../../model/job.js'

/** A suite of Actions with the run it is of. */
export interface RunSuite extends Suite {
  readonly run: SuiteRun
  /** The run by the order of its id. */
  readonly key: RunKey
  /** What a newer run supersedes an older one within. */
  readonly producer: string
}

/** One job of one run, in its newest execution. */
export interface Leg {
  readonly suite: RunSuite
  readonly name: string
  readonly state: CheckState
  /** Why the state is `unknown`; `''` where it is known. */
  readonly why: string
  /** The newest execution. */
  readonly check: CheckRun
  /** How often it was executed, by distinct starts; one that only waits counts too. */
  readonly executions: number
}

/** A leg as a job of its run, with the count of its executions as its attempt. */
export const jobOfLeg = ({ check: { id }, name, state, executions }: Leg): Job => ({
  id,
  key: asJobKey(id),
  name,
  state: state === 'action-required' ? 'unknown' : state,
  attempt: executions,
})

/** A check run that is no job of Actions: of another app, or made by somebody's token. */
export interface ForeignCheck {
  readonly check: CheckRun
  readonly app: App
}

/** Is this suite a run of Actions that counts for a pull request? */
export function isRunForPulls(suite: Suite): suite is Suite & { readonly run: SuiteRun } {
  const events: readonly string[] = NOT_FOR_PULLS
  return suite.app.isActions && suite.run !== null && !events.includes(suite.run.event)
}

/** Every run that counts for a pull request, the newest first: by run id, never by time. */
function runsOf(evidence: CheckEvidence): readonly RunSuite[] {
  return evidence.suites
    .filter(isRunForPulls)
    .map(suite => ({
      ...suite,
      key: Number(suite.run.id) as RunKey,
      producer: producerOf(evidence, suite.run),
    }))
    .sort((a, b) => b.key - a.key)
}

/** One that tells no start is an execution of its own: it is never counted with another. */
const startCount = (checks: readonly CheckRun[]): number =>
  new Set(checks.map(({ startedAt, id }) => startedAt ?? `none ${id}`)).size

const sameState = (checks: readonly CheckRun[]): boolean =>
  new Set(checks.map(({ state }) => state)).size === 1

/** The newest of several executions, by attempt and by start; else why it cannot be told. */
function newestExecution(checks: readonly [CheckRun, ...CheckRun[]]): CheckRun | string {
  const attempts = checks.map(({ attempt }) => attempt)
  if (attempts.includes(null))
    return startCount(checks) === 1 && sameState(checks)
      ? checks[0]
      : 'which of its executions is the newest was not read'
  if (new Set(attempts).size < checks.length) return 'two jobs of one run carry this name'
  const [newest, ...older] = [...checks].sort((a, b) => (b.attempt ?? 0) - (a.attempt ?? 0))
  if (newest === undefined) return 'there is none'
  const { startedAt, state } = newest
  const later = older.find(check => (check.startedAt ?? 0) > (startedAt ?? Infinity))
  return later === undefined || state === 'open'
    ? newest
    : 'an older attempt of it started after the newest'
}

/**
 * The executions of one name in one run as one leg. A job that a re-run does not touch is shown
 * again under a new id with its old start (docs/github-facts.md, 2): that is no execution.
 */
function legOf(suite: RunSuite, checks: readonly [CheckRun, ...CheckRun[]]): Leg {
  const [first] = checks
  const base = { suite, name: first.name, executions: startCount(checks) }
  const newest = newestExecution(checks)
  if (typeof newest !== 'string') return { ...base, state: newest.state, why: '', check: newest }
  const red = checks.find(({ state }) => state === 'failure')
  return checks.every(({ state }) => state === 'success')
    ? { ...base, state: 'success', why: '', check: first }
    : { ...base, state: 'unknown', why: newest, check: red ?? first }
}

/**
 * A cancelled run shows no job that its newest attempt did not reach: a green of an earlier attempt
 * proves nothing there (docs/github-facts.md, 7).
 */
function asOfAttempt(leg: Leg, last: number): Leg {
  const { attempt } = leg.check
  if (
    leg.suite.state !== 'cancelled' ||
    leg.state !== 'success' ||
    attempt === null ||
    attempt >= last
  )
    return leg
  return {
    ...leg,
    state: 'unknown',
    why: `attempt ${last} of its run was cancelled before it came to it`,
  }
}

/** Every job of every run that counts, in its newest execution. */
function legsOf({ checks }: CheckEvidence, runs: readonly RunSuite[]): readonly Leg[] {
  return runs.flatMap(suite => {
    const names = new Map<string, [CheckRun, ...CheckRun[]]>()
    for (const check of checks) {
      if (check.suite !== suite.id || !check.isJob) continue
      const known = names.get(check.name)
      if (known === undefined) names.set(check.name, [check])
      else known.push(check)
    }
    const attempts = [...names.values()].flat().map(({ attempt }) => attempt ?? 0)
    const last = Math.max(0, ...attempts)
    return [...names.values()].map(executions => asOfAttempt(legOf(suite, executions), last))
  })
}

/** Check runs that count for the gate and are no jobs of Actions. */
function foreignChecks({ suites, checks }: CheckEvidence): readonly ForeignCheck[] {
  return suites.flatMap(suite => {
    // A job is a leg, or of a run that does not count for pull requests and says nothing here.
    const ofActions = suite.app.isActions && suite.run !== null
    return checks
      .filter(check => check.suite === suite.id && !(ofActions && check.isJob))
      .map(check => ({ check, app: suite.app }))
  })
}

/**
 * A newer run supersedes an older one of the same workflow and event. None does where several pull
 * requests share the commit, for nothing tells whose run it is; and none where runs post statuses,
 * for the newer run may be of a pull request that is closed by now, and a success that we post is
 * no result of a job, as that of a re-run is.
 */
function producerOf({ pulls, latest }: CheckEvidence, run: SuiteRun): string {
  const posts = latest.some(({ author }) => author.kind !== 'foreign')
  return pulls.length === 1 && !posts
    ? `${run.workflow} ${run.event}`
    : `${run.workflow} ${run.event} ${run.id}`
}

/** The newest run of every producer, the newest first. */
function newestRuns(runs: readonly RunSuite[]): readonly RunSuite[] {
  const seen = new Set<string>()
  return runs.filter(({ producer }) => {
    if (seen.has(producer)) return false
    seen.add(producer)
    return true
  })
}

/** Check runs as they are asked about, with the runs they are of. */
export interface SortedChecks {
  readonly legs: readonly Leg[]
  readonly foreign: readonly ForeignCheck[]
  /** Every run that counts for a pull request, the newest first. */
  readonly runs: readonly RunSuite[]
  /** The newest run of every producer, the newest first. */
  readonly newest: readonly RunSuite[]
}

export function sortChecks(evidence: CheckEvidence): SortedChecks {
  const runs = runsOf(evidence)
  return {
    legs: legsOf(evidence, runs),
    foreign: foreignChecks(evidence),
    runs,
    newest: newestRuns(runs),
  }
}

/** How a run is named in a sentence. */
export const runName = ({ run }: RunSuite): string => `run ${run.id}`

const fileOf = ({ path, workflow }: SuiteRun): string =>
  path.split('/').at(-1) || `workflow ${workflow}`

/** Whose run it is, in a sentence. */
export const producerName = ({ run }: RunSuite): string => `${fileOf(run)} (${run.event})`
