import type { Workflow, WorkflowJob } from '../../../workflow/parse.js'
import type { DoctorServer } from '../server.js'
import type { Need, NeedResult, World } from './expression.js'
import { conditionHolds } from './expression.js'
import type { JobVerdict } from './steps.js'
import { verdictOf } from './steps.js'

/** What happens to one job: it ends so by itself, or `allowed`: it fails and may. */
export type Fate = 'failure' | 'cancelled' | 'skipped' | 'allowed'

/** What is played: one job that does not end well, a run that is cancelled, or nothing at all. */
export type Scenario =
  | { readonly kind: 'all-green' }
  | { readonly kind: 'one'; readonly job: string; readonly fate: Fate }
  | { readonly kind: 'run-cancelled' }

/** What an umbrella does in a scenario. */
export type ScenarioOutcome =
  | JobVerdict
  /** Its condition, or the server, lets it out. */
  | { readonly kind: 'skipped' }
  /** The run is cancelled, and it with it. */
  | { readonly kind: 'cancelled' }

/** A graph of jobs, as it is played. */
export interface Play {
  readonly workflow: Workflow
  readonly umbrella: WorkflowJob
  readonly server: Pick<
    DoctorServer,
    | 'onlyLiteralAlways'
    | 'skippedIsEmpty'
    | 'asksAncestors'
    | 'pipefail'
    | 'cancelledRun'
    | 'allowedFailure'
  >
  /** Is `needs.*` nothing? */
  readonly wildcardIsEmpty: boolean
  readonly event: string
}

/** How a job ended: `hidden` where a server skipped it and tells others nothing of it. */
interface PlayedEnd {
  readonly result: NeedResult
  readonly hidden: boolean
}

const jobById = ({ jobs }: Workflow, id: string): WorkflowJob | undefined =>
  jobs.find(job => job.id.toLowerCase() === id.toLowerCase())

/** All that a job needs, directly or through others, in an order to play; `null`: in a circle. */
export function beforeOf(workflow: Workflow, job: WorkflowJob): readonly WorkflowJob[] | null {
  const found: WorkflowJob[] = []
  const trail = new Set<string>()
  const visit = (one: WorkflowJob): boolean => {
    if (found.includes(one)) return true
    if (trail.has(one.id)) return false
    trail.add(one.id)
    const needs = one.needs.flatMap(id => jobById(workflow, id) ?? [])
    const isRound = !needs.every(visit)
    trail.delete(one.id)
    if (!isRound) found.push(one)
    return !isRound
  }
  return visit(job) ? found.filter(one => one !== job) : null
}

const isLiteralAlways = (condition: string | null): boolean =>
  /^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition?.trim() ?? '')

type PlayedEnds = ReadonlyMap<string, PlayedEnd>

/** What the expressions of a job are evaluated with, by what those before it ended with. */
function worldOf(play: Play, job: WorkflowJob, ends: PlayedEnds, isCancelled: boolean): World {
  const { server, wildcardIsEmpty, event } = play
  const needs = new Map<string, Need>()
  for (const id of job.needs) {
    const end = ends.get(id.toLowerCase())
    const one = jobById(play.workflow, id)
    if (end === undefined || end.hidden || one === undefined) continue
    const outputs = one.reusable || one.body.outputs?.length !== 0
    needs.set(id, { result: end.result, outputs })
  }
  const asked = server.asksAncestors
    ? (beforeOf(play.workflow, job) ?? []).map(({ id }) => id)
    : job.needs
  const results = asked.flatMap(id => ends.get(id.toLowerCase())?.result ?? [])
  return {
    needs,
    wildcardIsEmpty,
    event,
    env: new Map(),
    status: {
      success: !isCancelled && results.every(result => result === 'success'),
      failure: results.includes('failure'),
      cancelled: isCancelled,
    },
  }
}

/** Does a job run? The server looks first at what it needs. `null`: only a run tells. */
function runs(
  { server }: Play,
  job: WorkflowJob,
  ends: PlayedEnds,
  world: World,
): { readonly does: boolean | null; readonly bySelf: boolean } {
  const { condition } = job.body
  const isGood = job.needs.every(id => {
    const end = ends.get(id.toLowerCase())
    return end === undefined || end.result === 'success'
  })
  if (!isGood && !server.asksAncestors) {
    const isAsked = server.onlyLiteralAlways ? isLiteralAlways(condition) : condition !== null
    if (!isAsked) return { does: false, bySelf: false }
  }
  // What the runner or GitHub skips by the job's own condition has a result.
  return { does: conditionHolds(condition, world), bySelf: true }
}

/** What a job with this fate looks like to others; `null`: not known. */
function fateOf(fate: Fate, { server }: Play): NeedResult | null {
  return fate === 'allowed' ? server.allowedFailure : fate
}

/**
 * How everything before the umbrella ends. Where only a run tells whether a job runs, it does, but
 * behind the job that the scenario is about it is as `else` says.
 */
function endsOf(play: Play, scenario: Scenario, before: readonly WorkflowJob[], other: boolean) {
  const ends = new Map<string, PlayedEnd>()
  const touched = new Set<string>()
  let isGuess = false
  for (const job of before) {
    const id = job.id.toLowerCase()
    const isIt = scenario.kind === 'one' && scenario.job === job.id
    const isBehind = job.needs.some(need => touched.has(need.toLowerCase()))
    if (isIt || isBehind) touched.add(id)
    if (scenario.kind === 'run-cancelled') {
      ends.set(id, { result: 'cancelled', hidden: false })
      continue
    }
    const { does, bySelf } = runs(play, job, ends, worldOf(play, job, ends, false))
    if (does === null && isBehind) isGuess = true
    const isRun = does ?? (isBehind ? other : true)
    if (!isRun) {
      ends.set(id, { result: 'skipped', hidden: !bySelf && play.server.skippedIsEmpty })
      continue
    }
    const result = isIt ? fateOf(scenario.fate, play) : 'success'
    if (result === null) return null
    ends.set(id, { result, hidden: false })
  }
  return { ends, isGuess }
}

function saidBy(play: Play, ends: PlayedEnds, isCancelled: boolean): ScenarioOutcome {
  const { umbrella, workflow, server } = play
  const world = worldOf(play, umbrella, ends, isCancelled)
  const { does } = runs(play, umbrella, ends, world)
  if (does === false && isCancelled)
    return {
      kind: 'unknown',
      why: 'whether GitHub writes a cancel, as was seen, or a skip is not documented',
    }
  if (does === false) return { kind: 'skipped' }
  if (does === null) return { kind: 'unknown', why: 'whether it runs at all only a run tells' }
  return verdictOf({ workflow, job: umbrella, pipefail: server.pipefail }, world)
}

/** What the umbrella says in a scenario. */
export function played(play: Play, scenario: Scenario): ScenarioOutcome {
  const before = beforeOf(play.workflow, play.umbrella)
  if (before === null) return { kind: 'unknown', why: 'its needs go round in a circle' }
  // The evaluator finds such names everywhere.
  if (before.some(({ id }) => id.toLowerCase() in {}))
    return { kind: 'unknown', why: 'a job has a name that cannot be evaluated' }
  const isCancelled = scenario.kind === 'run-cancelled'
  if (isCancelled && play.server.cancelledRun === 'red') return { kind: 'cancelled' }
  const by = (other: boolean): readonly [ScenarioOutcome, boolean] => {
    const read = endsOf(play, scenario, before, other)
    return read === null
      ? [{ kind: 'unknown', why: 'what others see of a job that may fail is not known' }, false]
      : [saidBy(play, read.ends, isCancelled), read.isGuess]
  }
  const [one, isGuess] = by(true)
  if (!isGuess || by(false)[0].kind === one.kind) return one
  return { kind: 'unknown', why: 'whether a job behind it runs only a run tells' }
}

/** Does a job run where all before it is well? `null`: only a run tells. */
export function runsWhenGreen(play: Play, job: WorkflowJob): boolean | null {
  const before = beforeOf(play.workflow, job)
  const read = before === null ? null : endsOf(play, { kind: 'all-green' }, before, true)
  if (read === null) return true
  return runs(play, job, read.ends, worldOf(play, job, read.ends, false)).does
}

const RESULT: Readonly<Record<Exclude<ScenarioOutcome['kind'], 'unknown'>, NeedResult>> = {
  green: 'success',
  red: 'failure',
  skipped: 'skipped',
  cancelled: 'cancelled',
}

/** The jobs that need the umbrella, directly or through others, in an order to play. */
function behind({ workflow, umbrella }: Play): readonly WorkflowJob[] {
  const found = workflow.jobs.flatMap(job => {
    const before = beforeOf(workflow, job) ?? []
    return before.includes(umbrella) ? [{ job, at: before.length }] : []
  })
  return found.sort((a, b) => a.at - b.at).map(({ job }) => job)
}

/**
 * Which jobs behind the umbrella run in a scenario; `null`: only a run tells. Their own work is
 * none of the umbrella's business: no change of it may start one.
 */
export function runsBehind(play: Play, scenario: Scenario): ReadonlyMap<string, boolean | null> {
  const jobs = behind(play)
  const said = jobs.length === 0 ? null : played(play, scenario)
  const before = beforeOf(play.workflow, play.umbrella)
  const read = before === null ? null : endsOf(play, scenario, before, true)
  const runsOf = new Map<string, boolean | null>()
  if (said === null) return runsOf
  const ends = new Map(read?.ends)
  const known = said.kind !== 'unknown' && read !== null
  if (known) ends.set(play.umbrella.id.toLowerCase(), { result: RESULT[said.kind], hidden: false })
  const isCancelled = scenario.kind === 'run-cancelled'
  for (const job of jobs) {
    const does = known ? runs(play, job, ends, worldOf(play, job, ends, isCancelled)).does : null
    runsOf.set(job.id, does)
    ends.set(job.id.toLowerCase(), {
      result: does === false ? 'skipped' : 'success',
      hidden: false,
    })
  }
  return runsOf
}
