import type { JobWork } from '../../workflow/classify.js'
import { isUmbrellaLike, workOf } from '../../workflow/classify.js'
import type { WorkflowJob } from '../../workflow/parse.js'
import { isPattern, matchesAny } from '../../core/model/context.js'
import type { WorkflowSource } from './file.js'
import { jobFields } from './file.js'
import type { DoctorServer } from './server.js'
import type { Table } from './what-if/table.js'
import { tableOf } from './what-if/table.js'
import { jobContexts } from './contexts.js'

/** A job that answers for others, in its file. */
export interface DoctorUmbrella {
  readonly source: WorkflowSource
  readonly job: WorkflowJob
  readonly work: JobWork
  readonly event: string
  /** What it says, whatever happens. */
  readonly table: Table
}

/** By what a job was taken for an umbrella, in words. */
interface Choice {
  readonly umbrellas: readonly DoctorUmbrella[]
  readonly how: string
}

interface ChoiceQuestion {
  readonly server: DoctorServer
  readonly sources: readonly WorkflowSource[]
  readonly required: readonly string[] | null
  /** What `--umbrella` gives: a context, or the name or key of a job. */
  readonly named: string | null
}

/** Names that people give to umbrellas. */
const LIKE_ONE = new RegExp(
  `^(?:${[
    'all[-_ ]?(?:required|green|good|checks?|jobs|tests|pass(?:ed|ing)?|ok|done|success)?',
    'required(?:[-_ ](?:checks?|jobs))?|umbrella|success|conclusion|done|finish|status',
    '(?:merge|pr|ci)?[-_ ]?gate(?:keeper)?|checks?|result',
    '(?:ci|tests?|build|checks?)[-_ ](?:ok|pass(?:ed)?|success(?:ful)?|status|green|done|result)',
    'ci',
  ].join('|')})$`,
  'i',
)

const hasSuchAName = ({ id, name }: WorkflowJob): boolean =>
  LIKE_ONE.test(id) || LIKE_ONE.test(name ?? '')

/** The first of these that starts a workflow: what stands on a pull request's commit. */
const EVENTS = ['pull_request', 'pull_request_target', 'merge_group', 'push']

const eventOnPulls = ({ workflow }: WorkflowSource): string =>
  EVENTS.find(event => workflow.events.includes(event)) ?? workflow.events[0] ?? ''

const isOfPulls = (source: WorkflowSource): boolean => /^pull_request/.test(eventOnPulls(source))

/** Does it only judge what others ended with? */
const isJudge = ({ job, work }: Pick<DoctorUmbrella, 'job' | 'work'>): boolean =>
  work.kind === 'only-judges' &&
  (work.by === 'polling' || (work.by === 'needs' && job.needs.length > 0))

/** Does it have the name of an umbrella, and read nothing, so that it only seems to be one? */
const isWouldBe = ({ job, work }: Pick<DoctorUmbrella, 'job' | 'work'>): boolean =>
  work.kind === 'only-judges' && work.by === 'nothing' && job.needs.length > 0 && hasSuchAName(job)

function allowedIn(source: WorkflowSource): ReadonlyMap<string, 'is' | 'may'> {
  const all = source.workflow.jobs.flatMap(({ id }): [string, 'is' | 'may'][] => {
    const value = jobFields(source, id)['continue-on-error']
    if (value === true) return [[id, 'is']]
    return typeof value === 'string' && value.includes('${{') ? [[id, 'may']] : []
  })
  return new Map(all)
}

type UmbrellaCandidate = Omit<DoctorUmbrella, 'table'>

const umbrellas = new WeakMap<WorkflowJob, Map<DoctorServer, DoctorUmbrella>>()

/** A job with what it says, whatever happens: played through once for each server. */
export function playedUmbrella(
  server: DoctorServer,
  { source, job, work, event }: UmbrellaCandidate,
): DoctorUmbrella {
  const kept = umbrellas.get(job) ?? new Map<DoctorServer, DoctorUmbrella>()
  const known = kept.get(server)
  if (known !== undefined) return known
  const { workflow } = source
  const table = tableOf({ workflow, umbrella: job, server, event, allowed: allowedIn(source) })
  const made = { source, job, work, event, table }
  umbrellas.set(job, kept.set(server, made))
  return made
}

const works = new WeakMap<WorkflowJob, JobWork>()

/** What a job does, read once. */
export function jobWork({ workflow }: WorkflowSource, job: WorkflowJob): JobWork {
  const work = works.get(job) ?? workOf(workflow, job)
  works.set(job, work)
  return work
}

const candidateOf = (source: WorkflowSource, job: WorkflowJob): UmbrellaCandidate => ({
  source,
  job,
  work: jobWork(source, job),
  event: eventOnPulls(source),
})

/** Does it answer for others, or seem to? */
const answers = (one: UmbrellaCandidate): boolean =>
  isUmbrellaLike(one.source.workflow, one.job, one.work) || isWouldBe(one) || isJudge(one)

/** Jobs of all files with the contexts they write; `null` where only a run tells. */
function* jobsWithContexts(server: DoctorServer, sources: readonly WorkflowSource[]) {
  for (const source of sources)
    for (const job of source.workflow.jobs)
      yield { source, job, contexts: jobContexts(server, source, job) }
}

/** Those that somebody names, by a context or the name or key of the job. */
const namedAmong = (
  server: DoctorServer,
  sources: readonly WorkflowSource[],
  name: string,
): readonly UmbrellaCandidate[] =>
  [...jobsWithContexts(server, sources)]
    .filter(({ job, contexts }) => [job.id, job.name, ...(contexts ?? [])].includes(name))
    .map(({ source, job }) => candidateOf(source, job))

/** Those that protection requires, as far as they answer for others. */
function requiredAmong(
  server: DoctorServer,
  sources: readonly WorkflowSource[],
  required: readonly string[],
): readonly UmbrellaCandidate[] {
  const patterns = required.filter(isPattern)
  const isRequired = (context: string): boolean =>
    required.includes(context) || matchesAny(patterns, context)
  return [...jobsWithContexts(server, sources)]
    .filter(({ contexts }) => contexts === null || contexts.some(isRequired))
    .map(({ source, job, contexts }) => ({ ...candidateOf(source, job), contexts }))
    .filter(one => {
      // Where only a run tells its name, nobody can say that it is not the one required.
      if (one.contexts === null) return isJudge(one)
      return isUmbrellaLike(one.source.workflow, one.job, one.work) || isWouldBe(one)
    })
}

/** Those of a checkout, of whose protection nobody knows. */
function foundAmong(sources: readonly WorkflowSource[]): readonly UmbrellaCandidate[] {
  const found = sources.map(source => {
    const all = source.workflow.jobs.map(job => candidateOf(source, job))
    const judges = all.filter(isJudge)
    return { source, judges, all: judges.length > 0 ? judges : all.filter(isWouldBe) }
  })
  const ofPulls = found.filter(({ source }) => isOfPulls(source))
  const some = ofPulls.some(({ all }) => all.length > 0) ? ofPulls : found
  return some.flatMap(({ all }) => all)
}

/** The umbrellas of a repository, and by what they were found. */
export function umbrellasAmong({ server, sources, required, named }: ChoiceQuestion): Choice {
  const choice = (found: readonly UmbrellaCandidate[], how: string): Choice => ({
    umbrellas: found.map(one => playedUmbrella(server, one)),
    how,
  })
  if (named !== null) {
    const found = namedAmong(server, sources, named)
    const answering = found.filter(answers)
    const why = found.length === 0 ? 'no job has that name' : 'it has work of its own'
    return choice(answering, answering.length > 0 ? `named: ${named}` : `${named}: ${why}`)
  }
  if (required !== null) {
    const found = requiredAmong(server, sources, required)
    return choice(
      found,
      found.length > 0 ? 'required for a merge' : 'no required job answers for others',
    )
  }
  const found = foundAmong(sources)
  return choice(
    found,
    found.length > 0
      ? 'by what the job does'
      : 'no job only judges its needs, and none has the name of an umbrella and reads nothing',
  )
}
