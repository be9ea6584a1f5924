import type { Writer } from './compensation.js'
import { describeGreen } from './compensation.js'
import type { Objection } from './rerun-check.js'
import type { JobId, RunId } from '../model/ids.js'
import type { Server } from '../model/server.js'
import type { Basis, Repair } from '../rules/verdict.js'
import { mayPost, sayRuns } from '../rules/verdict.js'

/** What the user allows: `auto` takes what can win on this server, `report` writes nothing. */
export const REMEDY_CHOICES = ['auto', 'status', 'rerun', 'report'] as const
export type RemedyChoice = (typeof REMEDY_CHOICES)[number]

/** A commit status, as it would be posted. */
export interface StatusPost {
  readonly sha: string
  readonly context: string
  readonly state: 'success' | 'failure' | 'error' | 'pending'
  readonly description: string
  readonly targetUrl: string
}

/** A commit status that is to be posted. */
export interface StatusWrite {
  readonly kind: 'status'
  readonly post: StatusPost
}

/** A job that is to be run again. */
export interface RerunWrite {
  readonly kind: 'rerun'
  readonly run: RunId
  readonly job: JobId
  /** The whole run is run again, not the job and its dependents alone. */
  readonly wholeRun: boolean
}

/** What may be sent to a forge to open a gate. */
export type Write = StatusWrite | RerunWrite

/** What this forge lets us do about a proven stale umbrella. */
export type Remedy =
  | StatusWrite
  | (RerunWrite & {
      /** What is posted where the right to re-run is missing, or `null`. */
      readonly otherwise: StatusWrite | null
      /** Runs of other pull requests may be in its concurrency group: one at a time. */
      readonly sharesGroup: boolean
    })
  /** Nothing is sent; `instead` is what a person could send, `null` if only a new commit helps. */
  | {
      readonly kind: 'report'
      readonly why: string
      readonly instead: Write | null
      /** It was run again before, and ended red: the report says so, and nothing is repeated. */
      readonly stillRed: boolean
    }

/** What a sweep does about a proven stale umbrella by default, before any single head is seen. */
export interface Plan {
  readonly kind: 'status' | 'rerun' | 'report'
  /** In words, for the first line of the log. */
  readonly why: string
  /** A right without which even this plan is less than the server offers, or `null`. */
  readonly missing: string | null
}

const CHECKS = 'a red check run is run again, a red commit status is posted over'
const CHECK_STANDS = 'no posted status can override a check run'
const NO_JOB = 'the umbrella is a commit status, and no job of that name can be run again'
const CANNOT_WIN =
  'posting a status has no effect on this server and would block the commit for good'
const NO_RERUN = 'this server has no API to run a job again'

/** What a token must have for a re-run, in a workflow and outside (docs/permissions.md). */
export const rerunRight = ({ traits }: Pick<Server, 'traits'>): string =>
  traits.checkRuns
    ? 'permissions: {actions: write, checks: read, statuses: write, pull-requests: read, ' +
      'contents: read} in a workflow, or the scope repo'
    : 'permissions: {actions: write, contents: read, pull-requests: read} in a workflow, or the ' +
      'scope write:repository'

/** Jobs cannot be read, so none can be named: what is missing for it. */
const jobsUnread = ({ grade, gradeLimit, traits }: Server): string | null =>
  grade === 'jobs'
    ? null
    : `the jobs of runs cannot be read${gradeLimit === null ? '' : ` (${gradeLimit})`}, so none ` +
      `can be run again; that takes ${rerunRight({ traits })}`

/**
 * What is done on this server by this choice, and why: the same for every head of a sweep. Where an
 * umbrella may be a check run, what stands on a head decides.
 */
export function planOf(
  server: Server,
  choice: RemedyChoice,
  stands: Repair['stands'] | null = null,
): Plan {
  if (server.traits.checkRuns && choice !== 'report') return planOfChecks(choice, stands)
  const wins = server.traits.postedStatusWins
  switch (choice) {
    case 'report':
      return plan('report', 'remedy: report')
    case 'rerun':
      return rerunPlan(server, '')
    case 'status':
      return wins ? plan('status', '') : plan('report', CANNOT_WIN)
    case 'auto':
      return wins ? plan('status', '') : rerunPlan(server, CANNOT_WIN)
  }
}

const plan = (kind: Plan['kind'], why: string, missing: string | null = null): Plan => ({
  kind,
  why,
  missing,
})

/** The plan where a job is to run again, as `why` says. */
function rerunPlan(server: Server, why: string): Plan {
  if (!server.capabilities.rerun)
    return plan('report', why === '' ? NO_RERUN : `${why}; ${NO_RERUN}`)
  const missing = jobsUnread(server)
  return plan(missing === null ? 'rerun' : 'report', why, missing)
}

/** The same where jobs are check runs, which only a re-run can turn green. */
function planOfChecks(
  choice: Exclude<RemedyChoice, 'report'>,
  stands: Repair['stands'] | null,
): Plan {
  const plan = (kind: Plan['kind'], why: string): Plan => ({ kind, why, missing: null })
  if (stands === null)
    return choice === 'status' ? plan('status', CHECK_STANDS) : plan('rerun', CHECKS)
  if (stands === 'check-run')
    return choice === 'status' ? plan('report', CHECK_STANDS) : plan('rerun', CHECK_STANDS)
  return choice === 'rerun' ? plan('report', NO_JOB) : plan('status', '')
}

/** What a remedy is chosen by. */
export interface RemedyQuestion {
  readonly server: Server
  readonly choice: RemedyChoice
  /** By what stands on this head. */
  readonly plan: Plan
  readonly sha: string
  readonly context: string
  readonly verdict: Repair
  /** Why the red is not believed, of all pull requests on the head together: the weakest counts. */
  readonly basis: Basis
  readonly writer: Writer
  readonly nonce: string
  /** Is another context stale that a merge requires? Only a re-run mends that one. */
  readonly staleBeside: readonly string[]
  /** Could a re-run meet runs of other pull requests in its concurrency group? */
  readonly sharesGroup: boolean
  /** What stands against a re-run of this head; `null` if nothing, or if nobody asks for one. */
  readonly objection: Objection | null
}

/** The success that answers a red row. */
function postOf({ sha, context, verdict, basis, writer, nonce }: RemedyQuestion): StatusWrite {
  const mark = { kind: 'green', red: verdict.umbrella.row, run: verdict.run, nonce } as const
  const { proof, grade, umbrella } = verdict
  const green = proof.filter(({ state }) => state === 'success').length
  const facts = {
    green,
    required: proof.length,
    runs: sayRuns(proof, verdict.run),
    age: umbrella.age,
    grade,
    basis: basis.kind,
  }
  const description = describeGreen(writer, facts, mark)
  return {
    kind: 'status',
    post: { sha, context, state: 'success', description, targetUrl: writer.url },
  }
}

/** Of several bases, the one by which the least may be done. */
export function weakestOf(bases: readonly Basis[]): Basis | null {
  const unsure = bases.filter(({ kind }) => kind === 'over-green-needs')
  return unsure.find(basis => !mayPost(basis)) ?? unsure[0] ?? bases[0] ?? null
}

/** What is known of a head before it is asked what stands against a re-run. */
type RerunWish = Pick<RemedyQuestion, 'server' | 'choice' | 'plan' | 'staleBeside' | 'basis'>

/**
 * Would this sweep run the umbrella job of this head again, if nothing stands against it? Red over
 * green needs it may be right, and says so by itself.
 */
export function wantsRerun({ server, choice, plan, staleBeside, basis }: RerunWish): boolean {
  if (server.traits.checkRuns) return plan.kind === 'rerun'
  const both = choice === 'auto' && plan.kind === 'status' && server.capabilities.rerun
  const better = staleBeside.length > 0 || basis.kind === 'over-green-needs'
  return plan.kind === 'rerun' || (both && better)
}

/**
 * Chooses the remedy for one proven head. Never a post where posting a status has no effect, and
 * never a re-run that something stands against.
 */
export function remedyFor(question: RemedyQuestion): Remedy {
  const { server, choice, plan, verdict, basis, objection, sharesGroup } = question
  const job = verdict.umbrellaJob
  const rerun: RerunWrite | null =
    job === null || !server.capabilities.rerun
      ? null
      : { kind: 'rerun', run: job.run, job: job.job, wholeRun: verdict.wholeRun }
  const { stands } = verdict
  const wins = server.traits.postedStatusWins && stands === 'row' && mayPost(basis)
  if (wantsRerun(question)) {
    const isTruth = objection?.code === 'still-red'
    const otherwise = choice === 'auto' && wins && !isTruth ? postOf(question) : null
    if (rerun !== null && objection === null) return { ...rerun, otherwise, sharesGroup }
    if (otherwise !== null) return otherwise
    const why = objection?.why ?? 'the umbrella job of the newest run is not known'
    const instead = objection?.byHand === true ? rerun : null
    return { kind: 'report', why, instead, stillRed: objection?.code === 'still-red' }
  }
  if (plan.kind === 'status' && mayPost(basis)) return postOf(question)
  const why = [plan.why, plan.missing ?? ''].filter(text => text !== '').join('; ')
  // What is red over green needs is best asked of the job itself, by hand too.
  const asks = basis.kind === 'over-green-needs' && rerun !== null
  const instead = wins && !asks ? postOf(question) : rerun
  return { kind: 'report', why, instead, stillRed: false }
}
