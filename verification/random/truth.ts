import type { Job, Pull, Run } from '../simulator/index.js'
import { contextOf } from '../simulator/job-status.js'
import { isDone, jobsOf } from '../simulator/run-state.js'
import type { FileSpec, UmbrellaSpec } from './files.js'
import { contextFor } from './files.js'
import type { World } from './world.js'

/** Why an open gate is open wrongly, by the server's own jobs and runs. */
export interface Flaw {
  readonly code:
    'no-run' | 'missing' | 'not-green' | 'umbrella-red' | 'nothing-required' | 'wrong-context'
  readonly context: string
  /** The run that says so, where one does. */
  readonly run: Run | null
  readonly job: Job | null
}

export const describeFlaw = ({ code, context, run, job }: Flaw): string =>
  `${code}: ${context}` +
  (run === null ? '' : ` in run ${run.index} (#${run.pull ?? '?'}, ${run.file})`) +
  (job === null ? '' : ` is ${job.status}`)

/** Does the API of this world tell for which pull a run ran? */
export const tellsPulls = ({ setup, blinded, state }: World): boolean =>
  !setup.denied &&
  !blinded &&
  (state.profile.actions.tasks || state.profile.actions.runs !== 'none')

/** Does it tell what a job ended with? */
export const tellsJobs = ({ setup, blinded, state }: World): boolean =>
  !setup.denied && !blinded && state.profile.actions.jobs !== 'none'

/** The newest run of each file and event among some runs. */
function newestOfEach(runs: readonly Run[]): Run[] {
  const newest = new Map<string, Run>()
  for (const run of runs) newest.set(`${run.file} ${run.event} ${run.pull ?? ''}`, run)
  return [...newest.values()]
}

/** The jobs of some runs that write a context. */
const writers = (world: World, runs: readonly Run[], context: string): [Run, Job][] =>
  runs.flatMap(run =>
    jobsOf(world.state, run)
      .filter(job => contextOf(world.state, run, job) === context)
      .map((job): [Run, Job] => [run, job]),
  )

/** Runs of pull requests on a commit that can write an umbrella. */
export const runsOn = (world: World, sha: string, umbrella: string): Run[] =>
  world.state.runs.filter(
    run => run.statusSha === sha && run.pull !== null && writers(world, [run], umbrella).length > 0,
  )

const isUmbrella = (file: FileSpec, context: string): boolean =>
  file.event === 'pull_request' &&
  file.umbrella !== null &&
  contextFor(file.umbrella.key) === context

/** The umbrellas of a context, in the files at the base's tip and at the pull's head. */
function umbrellasOf(world: World, pull: Readonly<Pull>, context: string): FileSpec[][] {
  const commits = [world.state.branches[pull.base] ?? '', world.forge.head(pull.number)]
  return commits.map(sha => world.files(sha).filter(file => isUmbrella(file, context)))
}

/** What one umbrella stands for; `soft` where a skip is no failure, for nothing names the jobs. */
function standsFor({ jobs, umbrella }: FileSpec): { context: string; soft: boolean }[] {
  const needs = umbrella?.needs ?? null
  if (needs === null) return jobs.map(({ name }) => ({ context: contextFor(name), soft: true }))
  return needs.map(key => ({
    context: contextFor(jobs.find(job => job.key === key)?.name ?? key),
    soft: false,
  }))
}

const asPattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

/** Every context that must be green for a pull, by the list that was given or by the files. */
function requiredFor(
  world: World,
  pull: Readonly<Pull>,
  umbrella: string,
  runs: readonly Run[],
): { context: string; soft: boolean }[] | null {
  const list = (world.setup.inputs['required-contexts'] ?? '').split('\n').filter(Boolean)
  if (list.length === 0) {
    const [base = [], head = []] = umbrellasOf(world, pull, umbrella)
    const both = [...base, ...head].flatMap(standsFor)
    const once = both.filter(
      ({ context }, at) => both.findIndex(other => other.context === context) === at,
    )
    return base.length === 0 ? null : once
  }
  const all = runs.flatMap(run =>
    jobsOf(world.state, run).map(job => contextOf(world.state, run, job)),
  )
  return list.flatMap(entry => {
    if (!/[*?]/.test(entry)) return [{ context: entry, soft: false }]
    const found = all.filter(context => context !== umbrella && asPattern(entry).test(context))
    const contexts = found.length === 0 ? [entry] : [...new Set(found)]
    return contexts.map(context => ({ context, soft: false }))
  })
}

/** May a success be posted over green needs: does somebody vouch for this umbrella? */
function isVouched(world: World, pull: Readonly<Pull>, umbrella: string): boolean {
  const { inputs, protection } = world.setup
  const known = inputs['umbrella-context'] === umbrella || umbrella === contextFor('all-required')
  if (known && inputs['required-contexts'] !== '') return true
  const kinds = umbrellasOf(world, pull, umbrella)
    .flat()
    .map(file => file.umbrella as UmbrellaSpec)
  const onlyJudge = kinds.length > 0 && kinds.every(({ kind }) => kind !== 'own')
  return (known || protection.includes(umbrella)) && onlyJudge
}

/**
 * May this context be the umbrella: the one that is named, else the default, else one that
 * protection requires and that has no verdict of its own?
 */
export function isChosen({ setup }: World, umbrella: string): boolean {
  const named = setup.inputs['umbrella-context'] ?? ''
  if (named !== '') return umbrella === named
  if (umbrella === contextFor('all-required')) return true
  return setup.protection.includes(umbrella) && setup.main.umbrella?.kind !== 'own'
}

/** What is wrong with some runs as a proof of a pull. */
function flawsOfRuns(
  world: World,
  pull: Readonly<Pull>,
  umbrella: string,
  runs: readonly Run[],
): Flaw[] {
  const flaws: Flaw[] = []
  const required = requiredFor(world, pull, umbrella, runs)
  if (required === null)
    flaws.push({ code: 'nothing-required', context: umbrella, run: null, job: null })
  for (const { context, soft } of required ?? []) {
    const found = writers(world, runs, context)
    if (found.length === 0)
      flaws.push({ code: 'missing', context, run: runs.at(-1) ?? null, job: null })
    for (const [run, job] of found)
      if (job.status !== 'success' && !(soft && job.status === 'skipped'))
        flaws.push({ code: 'not-green', context, run, job })
  }
  if (isVouched(world, pull, umbrella)) return flaws
  for (const [run, job] of writers(world, runs, umbrella))
    if (isDone(job.status) && job.status !== 'success')
      flaws.push({ code: 'umbrella-red', context: umbrella, run, job })
  return flaws
}

/**
 * Everything that is wrong with an open gate of a pull, by the newest run that ran for it; a pull
 * without one is asked of every run on its commit where the server tells nothing better.
 */
export function flawsOf(world: World, pull: Readonly<Pull>, umbrella: string): readonly Flaw[] {
  if (!isChosen(world, umbrella))
    return [{ code: 'wrong-context', context: umbrella, run: null, job: null }]
  const sha = world.forge.head(pull.number)
  const all = runsOn(world, sha, umbrella)
  const own = all.filter(run => run.pull === pull.number)
  if (own.length > 0) {
    const others = world.state.runs.filter(
      run => run.statusSha === sha && run.pull === pull.number && run.event !== 'push',
    )
    return flawsOfRuns(world, pull, umbrella, newestOfEach(others))
  }
  if (tellsPulls(world) || all.length === 0)
    return [{ code: 'no-run', context: umbrella, run: all.at(-1) ?? null, job: null }]
  return flawsOfRuns(world, pull, umbrella, newestOfEach(all))
}
