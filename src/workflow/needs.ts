import { suffixOf } from '../core/model/context.js'
import type { NonEmpty } from '../core/model/evidence.js'
import type { Legs, UmbrellaNeeds } from '../core/model/umbrella-files.js'
import { nonEmpty } from '../core/model/evidence.js'
import { calledElsewhere } from './calls.js'
import type { Naming } from './contexts.js'
import { literalNameOf, jobNames } from './contexts.js'
import type { EventQuestion } from './listening.js'
import { listening } from './listening.js'
import type { UnreadableFile, Workflow, WorkflowJob } from './parse.js'

/** What an umbrella stands for, where not all of it can be told. */
interface StandsFor {
  /** Its jobs, by their ids. */
  readonly jobs: readonly string[]
  /** Those of them whose contexts only a run tells. */
  readonly untold: readonly string[]
  readonly contexts: readonly string[]
  /** Of those that are not told, those whose names are. */
  readonly legs: readonly Legs[]
  /** Contexts of jobs with `continue-on-error`; absent: of none. */
  readonly mayFail?: readonly string[]
}

/** What a folder of workflows says an umbrella stands for. */
export type Needs =
  | {
      readonly kind: 'contexts'
      readonly path: string
      readonly job: string
      /** The jobs it stands for, by their ids. */
      readonly jobs: readonly string[]
      readonly contexts: NonEmpty<string>
      readonly mayFail?: readonly string[]
    }
  | ({
      readonly kind: 'every-other-job'
      readonly path: string
      readonly why: string
      /** The jobs it needs, by their ids. */
      readonly needs: readonly string[]
    } & StandsFor)
  /** `calls`: the workflow elsewhere that a job calls and that may write it, or `null`. */
  | { readonly kind: 'no-such-job'; readonly calls: string | null }
  | { readonly kind: 'unreadable'; readonly why: string }
  /** More than one job writes the umbrella: which of them stands for what is not known. */
  | { readonly kind: 'ambiguous'; readonly why: string }

/** A job whose context is the umbrella, and the file it stands in. */
export interface FoundJob {
  readonly workflow: Workflow
  readonly job: WorkflowJob
}

/** What stands before and behind the names of a workflow's jobs in contexts like this one. */
interface Affixes {
  readonly prefix: string
  readonly suffix: string
}

const affixesOf = (workflow: Workflow, context: string, naming: Naming): Affixes => ({
  prefix: naming.prefix(workflow),
  suffix: naming.eventSuffix ? suffixOf(context) : '',
})

/** The contexts of a job, or why they are not told. */
function jobContextsOf(
  job: WorkflowJob,
  { prefix, suffix }: Affixes,
  naming: Naming,
): readonly string[] | string {
  const names = jobNames(job, naming)
  return names.kind === 'unresolvable'
    ? names.why
    : names.names.map(name => `${prefix}${name}${suffix}`)
}

/** What an umbrella is asked for, and how this server names contexts. */
export interface NeedsQuestion extends EventQuestion {
  readonly umbrella: string
}

/** The jobs whose context is the umbrella. */
export function writersOf(
  files: readonly (Workflow | UnreadableFile)[],
  question: NeedsQuestion,
): readonly FoundJob[] {
  const { umbrella, naming } = question
  return listening(files, suffixOf(umbrella), question).flatMap(workflow => {
    const affixes = affixesOf(workflow, umbrella, naming)
    if (!umbrella.startsWith(affixes.prefix)) return []
    return workflow.jobs
      .filter(job => [jobContextsOf(job, affixes, naming)].flat().includes(umbrella))
      .map((job): FoundJob => ({ workflow, job }))
  })
}

/**
 * What the umbrella stands for by these files: the jobs it `needs`, by the contexts they write. A
 * file that cannot be read may be the one that writes it, and is never taken for "no such job".
 */
export function neededBy(
  files: readonly (Workflow | UnreadableFile)[],
  { umbrella, naming, targetSuffix }: NeedsQuestion,
): Needs {
  const found = writersOf(files, { umbrella, naming, targetSuffix })
  const [only, ...more] = found
  if (only === undefined) {
    const broken = files.find(file => file.kind === 'unreadable')
    return broken === undefined
      ? { kind: 'no-such-job', calls: calledElsewhere(files, umbrella, naming) }
      : { kind: 'unreadable', why: `${broken.path}: ${broken.why}` }
  }
  if (more.length > 0) {
    const paths = [...new Set(found.map(({ workflow }) => workflow.path))].sort().join(', ')
    return { kind: 'ambiguous', why: `more than one job writes ${umbrella}: ${paths}` }
  }
  return jobNeeds(only, umbrella, naming)
}

const failing = (mayFail: readonly string[] = []): { readonly mayFail?: readonly string[] } =>
  mayFail.length === 0 ? {} : { mayFail }

/** What is known of these jobs of a file: contexts, or at least how their legs begin. */
function standsFor(
  workflow: Workflow,
  ids: readonly string[],
  { umbrella, naming }: Pick<NeedsQuestion, 'umbrella' | 'naming'>,
): StandsFor & { readonly why: string | null; readonly nameless: boolean } {
  const affixes = affixesOf(workflow, umbrella, naming)
  const { prefix, suffix } = affixes
  const contexts = new Set<string>()
  const legs: Legs[] = []
  const untold: string[] = []
  const mayFail: string[] = []
  let why: string | null = null
  let nameless = false
  for (const id of ids) {
    const job = workflow.jobs.find(one => one.id === id)
    const told = job === undefined ? null : jobContextsOf(job, affixes, naming)
    if (typeof told === 'object' && told !== null) {
      for (const context of told) if (context !== umbrella) contexts.add(context)
      if (job?.mayFail === 'yes') mayFail.push(...told)
      continue
    }
    untold.push(id)
    why ??= told ?? `the umbrella needs ${id}, which is no job of it`
    const name = job === undefined ? null : literalNameOf(job)
    if (name === null) nameless = true
    else legs.push({ prefix: `${prefix}${name}`, suffix })
  }
  return { jobs: ids, untold, contexts: [...contexts], legs, ...failing(mayFail), why, nameless }
}

/**
 * What cannot be told never removes what is known. A need of which nothing can be told, and an
 * umbrella without needs, stand for every other job of the file besides.
 */
function jobNeeds({ workflow, job }: FoundJob, umbrella: string, naming: Naming): Needs {
  const { path } = workflow
  const question = { umbrella, naming }
  const needed = standsFor(workflow, job.needs, question)
  const known = nonEmpty(needed.contexts)
  if (needed.untold.length === 0 && known !== null)
    return {
      kind: 'contexts',
      path,
      job: job.id,
      jobs: job.needs,
      contexts: known,
      ...failing(needed.mayFail),
    }
  const why = needed.why ?? `${job.id} needs no other job`
  const others = workflow.jobs.map(({ id }) => id).filter(id => id !== job.id)
  const wide = needed.nameless || job.needs.length === 0
  const every = wide ? standsFor(workflow, others, question) : needed
  // A need of the file that no job of it carries is still one that can be dropped.
  const untold = [...new Set([...needed.untold, ...every.untold])]
  const jobs = [...new Set([...job.needs, ...every.jobs])]
  return {
    kind: 'every-other-job',
    path,
    why,
    needs: job.needs,
    jobs,
    untold,
    contexts: every.contexts,
    legs: every.legs,
    ...failing(every.mayFail),
  }
}

/** Is it known which one job writes the umbrella, or that none does? */
export const isTold = (
  needs: Needs,
): needs is Exclude<Needs, { readonly kind: 'unreadable' | 'ambiguous' }> =>
  needs.kind !== 'unreadable' && needs.kind !== 'ambiguous'

type ToldNeeds = Extract<Needs, { readonly kind: 'contexts' | 'every-other-job' }>

/**
 * Jobs that the umbrella needs on its base and not in the pull's own file. Where not all can be
 * told, a need that the pull's own umbrella took off is not made good by the contexts that are
 * known.
 */
function droppedNeeds(base: ToldNeeds, own: ToldNeeds | null): readonly string[] {
  if (base.kind !== 'every-other-job') return []
  const needed = own === null ? base.untold : [...base.untold, ...base.needs]
  const here = own?.jobs ?? []
  return [...new Set(needed)].filter(id => !here.includes(id))
}

/**
 * What must be green for one pull request: what the umbrella stands for on its base branch, and
 * what it stands for by the pull's own files besides. A pull whose files have no such job has moved
 * it where nobody looks, so every other job of its run counts. `null` when either is not told.
 */
export function combinedNeeds(
  base: Needs,
  own: Needs | null,
  branch: string,
): UmbrellaNeeds | null {
  if (!isTold(base) || (own !== null && !isTold(own))) return null
  if (base.kind === 'no-such-job') return { ...base, branch }
  const from = `${base.path} on ${branch}`
  const moved = own === null || own.kind === 'no-such-job'
  const sides = moved ? [base] : [base, own]
  const contexts = [...new Set(sides.flatMap(side => side.contexts))]
  const both = contexts.filter(one => sides.every(side => side.mayFail?.includes(one) === true))
  const mayFail = failing(both)
  const every = sides.find(side => side.kind === 'every-other-job')
  const known = nonEmpty(contexts)
  if (every === undefined && !moved)
    return known === null ? null : { kind: 'contexts', contexts: known, from, ...mayFail }
  const legs = sides.flatMap(side => (side.kind === 'every-other-job' ? side.legs : []))
  const dropped = droppedNeeds(base, moved ? null : own)
  const why = moved
    ? 'no file of the pull request has a job that writes the umbrella'
    : (every?.why ?? '')
  return { kind: 'every-other-job', contexts, legs: distinct(legs), dropped, from, why, ...mayFail }
}

/** The same legs once. */
function distinct(legs: readonly Legs[]): readonly Legs[] {
  return [...new Map(legs.map(one => [`${one.prefix}\n${one.suffix}`, one])).values()]
}
