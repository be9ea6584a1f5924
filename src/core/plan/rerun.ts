import { matchesAny, suffixOf } from '../model/context.js'
import type { Evidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import { asRunKey } from '../model/ids.js'
import type { Job } from '../model/job.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { viewOf } from '../view/read.js'
import type { Objection } from './rerun-check.js'
import { legOfRun, objectionToCheck, refused } from './rerun-check.js'
import { jobOfLeg } from '../view/checks/legs.js'
import { blockersOf } from '../view/gate.js'
import type { HeadStatuses } from '../view/head-statuses.js'
import { headStatusesOf } from '../view/head-statuses.js'
import { jobsOf } from '../view/jobs.js'
import type { RunGroup } from '../view/run-group.js'
import { runGroupOf } from '../view/run-group.js'
import type { Repair } from '../rules/verdict.js'

/**
 * What a concurrency group in a workflow file can reach: nothing, runs of the same pull request or
 * branch alone, runs of a branch of this name in any fork, or any run of the repository.
 */
export type ConcurrencyReach = 'nothing' | 'own-ref' | 'head-branch' | 'repository'

/** The branch a run is of, and the repository or fork that holds it. */
export interface HeadBranch {
  readonly repository: string
  readonly branch: string
}

/** A run that has not ended, somewhere in the repository. */
export interface OpenRun {
  readonly run: RunKey
  readonly file: string
  /** `null` where the server does not tell. */
  readonly head: HeadBranch | null
}

/** What a re-run of an umbrella job would touch beside that job, by the run's workflow file. */
export type RerunReach =
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'read'
      /**
       * What runs again with the umbrella: jobs that depend on its job, directly or not, and
       * workflows that start when its workflow has run.
       */
      readonly dependents: readonly string[]
      readonly concurrency: ConcurrencyReach
      /** Open runs that its concurrency group may reach. Empty where it reaches nothing. */
      readonly open: readonly OpenRun[]
    }

/** A proven head, by the pull request whose newest run is the highest. */
export interface ProvenRun {
  readonly umbrella: string
  readonly evidence: Evidence
  readonly pull: number
  readonly verdict: Repair
}

/** What the user allows a re-run to touch beside the umbrella job. */
export interface RerunAllowed {
  /** Jobs that depend on the umbrella. */
  readonly dependentsToo: boolean
  /** Every job of the run. */
  readonly wholeRunToo: boolean
}

/** What is asked before a re-run is sent. */
interface RerunQuestion extends ProvenRun, RerunAllowed {
  readonly reach: RerunReach
}

/** The run whose umbrella job a re-run runs: the newest, or the older one that stands red. */
export const runToRerun = ({ run, stands, umbrellaJob }: Repair): RunKey =>
  stands === 'check-run' && umbrellaJob !== null ? asRunKey(umbrellaJob.run) : run

/** Which verdict of a head its one write speaks of: that of its highest newest run. */
export function leadingRepair(
  verdicts: ReadonlyMap<number, Repair>,
): { readonly pull: number; readonly verdict: Repair } | null {
  return [...verdicts].reduce<ReturnType<typeof leadingRepair>>(
    (best, [pull, verdict]) =>
      best === null || verdict.run > best.verdict.run ? { pull, verdict } : best,
    null,
  )
}

/** The umbrella's job of a run, as job rows show it; `null` where there is no single one. */
export function umbrellaJobOf(
  evidence: Evidence,
  umbrella: string,
  pull: number,
  run: RunKey,
): Job | null {
  if (evidence.kind === 'checks') {
    const leg = legOfRun(evidence, umbrella, run)
    return leg === undefined ? null : jobOfLeg(leg)
  }
  const head = headStatusesOf(evidence)
  const jobs = jobsOf(head, runGroupOf(head, umbrella, pull), run, umbrella) ?? []
  const [only, ...more] = jobs
  return only === undefined || more.length > 0 ? null : only
}

/**
 * Other contexts that a merge requires, that are not green, and whose job is green in the newest
 * run: an older run wrote over them too, and only a re-run writes them anew.
 */
export function staleBeside(
  { umbrella, evidence, pull, verdict }: ProvenRun,
  policy: Policy,
  requiredToMerge: readonly string[],
): readonly string[] {
  const { contexts } = viewOf(policy, evidence, pull)
  return blockersOf(evidence, umbrella)
    .map(({ context }) => context)
    .filter(context => matchesAny(requiredToMerge, context))
    .filter(context =>
      contexts.some(
        ({ context: name, result }) =>
          name === context && result.kind === 'success' && result.run === verdict.run,
      ),
    )
}

/** Executions of an umbrella job after which a re-run is no remedy, by the server's own count. */
const MAX_ATTEMPTS = 3

/**
 * Why the umbrella job must not be run again, or `null`. A re-run writes every context of its run
 * anew, evaluates the workflow's concurrency and runs dependents (docs/forge-facts.md, 11): each of
 * the three must be harmless.
 */
export function objectionTo(question: RerunQuestion): Objection | null {
  const { verdict, reach, dependentsToo } = question
  const { evidence } = question
  if (evidence.kind === 'checks')
    return objectionToCheck({ ...question, evidence }) ?? reachesTooFar(reach, dependentsToo)
  return tooOften(verdict) ?? coversRow(question) ?? reachesTooFar(reach, dependentsToo)
}

/** Was it run before? A green umbrella job under a red row only needs its row written anew. */
function tooOften({ umbrellaJob }: Repair): Objection | null {
  if (umbrellaJob === null) return refused('the umbrella job of the newest run is not known', false)
  const { attempt, state } = umbrellaJob
  if (attempt === null) return refused('how often the umbrella job ran is not known')
  if (attempt >= MAX_ATTEMPTS && state === 'success')
    return refused(`the umbrella job is green in attempt ${attempt}, and its row is still red`)
  if (attempt <= 1 || state === 'success') return null
  const why = `the umbrella job ended ${state} again in attempt ${attempt}, over green jobs`
  return { code: 'still-red', why, byHand: true }
}

/** The contexts that the newest run writes: those it wrote, and those of all its jobs. */
function contextsOfRun(head: HeadStatuses, group: RunGroup, run: RunKey): readonly string[] {
  const { jobPrefix: prefix } = group
  const suffix = suffixOf(group.context)
  const jobs = prefix === null ? [] : (head.jobs.get(run) ?? [])
  const ofJobs = jobs.map(({ name }) => `${prefix ?? ''}${name}${suffix}`)
  return [...new Set([...(head.writers.get(run) ?? []), ...ofJobs])].sort()
}

/**
 * A row that the re-run would cover, and must not: what a person or another system wrote in any
 * context of the run, or one of two latest rows. A job that wrote no row, such as the caller of a
 * reusable workflow, has nothing to cover.
 */
function coversRow({ evidence, umbrella, pull, verdict }: ProvenRun): Objection | null {
  const head = headStatusesOf(evidence)
  const group = runGroupOf(head, umbrella, pull)
  const contexts = contextsOfRun(head, group, verdict.run)
  const fileOf = (run: RunKey): string | undefined => head.origins.get(run)?.file
  const file = fileOf(verdict.run)
  const gap = evidence.gaps.find(({ context }) => context === null || contexts.includes(context))
  if (gap !== undefined) return refused(`${gap.what}: ${gap.detail}`, false)
  const ofThese = ({ author }: SignedRow): boolean =>
    (author.kind === 'actions' && file !== undefined && fileOf(author.run) === file) ||
    (author.kind === 'us' && evidence.traits.postedStatusWins)
  for (const context of contexts) {
    const rows = head.latest(context)
    if (rows.length > 1)
      return refused(`${rows.length} latest rows carry ${context}: a re-run renews only one`, false)
    const other = rows.find(row => !ofThese(row))
    if (other !== undefined)
      return refused(
        `a re-run would write over row ${other.id} of ${context} (${other.state}), which ` +
          `${other.creator ?? 'somebody else'} wrote, not this workflow`,
        false,
      )
  }
  return null
}

function reachesTooFar(reach: RerunReach, dependentsToo: boolean): Objection | null {
  if (reach.kind === 'unreadable')
    return refused(`what a re-run would touch is not known: ${reach.why}`)
  const { dependents, open } = reach
  if (dependents.length > 0 && !dependentsToo)
    return refused(
      `${dependents.join(', ')} would run again too; set rerun-dependents: true if that may be`,
    )
  const [first] = open
  return first === undefined
    ? null
    : refused(
        `run ${first.run} of ${first.file} is still going, and the workflow's concurrency group ` +
          'may be its too: a re-run could cancel it; the next sweep looks again',
      )
}
