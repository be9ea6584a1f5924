import { fieldsOf, indentOf, jobFields, wordOf } from './file.js'
import type { WorkflowSource } from './file.js'
import type { Edit, Finding, Severity } from './finding.js'
import { namesOf } from '../workflow/contexts.js'
import type { WorkflowJob } from '../workflow/parse.js'
import type { DoctorServer } from './server.js'

/** A job that answers for others, in its file. */
export interface Umbrella {
  readonly source: WorkflowSource
  readonly job: WorkflowJob
}

/** What is looked at: a repository on a server. */
export interface Patient {
  readonly server: DoctorServer
  readonly sources: readonly WorkflowSource[]
  /** Could every workflow file be read? */
  readonly whole: boolean
  /** What a merge into the default branch requires; `null` where that is not known. */
  readonly required: readonly string[] | null
  readonly umbrellas: readonly Umbrella[]
}

/** What a rule found, before it is told as a finding. */
export interface Found {
  readonly file: string
  readonly line: number | null
  readonly what: string
  readonly fix?: readonly Edit[]
  readonly advice?: string
}

/** One way in which umbrellas lie. */
export interface Rule {
  readonly code: string
  readonly severity: Severity
  readonly title: string
  /** Where the fact stands that it rests on. */
  readonly source: string
  readonly find: (patient: Patient) => readonly Found[]
}

/** The findings of a rule, in the order in which it found them. */
export const findingsOf = ({ code, severity, find }: Rule, patient: Patient): readonly Finding[] =>
  find(patient).map(({ file, line, what, fix = null, advice = null }) => ({
    ...{ code, severity, file, line, what, fix, advice },
  }))

/** Events by which a pull request's commit gets statuses that count for it. */
const OF_PULLS = ['pull_request', 'pull_request_target', 'push', 'merge_group']

/** The contexts a job writes for pull requests; `null` where only a run tells. */
export function contextsOf(
  { naming }: DoctorServer,
  { workflow }: WorkflowSource,
  job: WorkflowJob,
): readonly string[] | null {
  const names = namesOf(job, naming)
  if (names.kind === 'unresolvable') return null
  const events = workflow.events.filter(event => OF_PULLS.includes(event))
  const suffixes = naming.eventSuffix ? events.map(event => ` (${event})`) : ['']
  return suffixes.flatMap(suffix =>
    names.names.map(name => `${naming.prefix(workflow)}${name}${suffix}`),
  )
}

/** Names that people give to umbrellas. */
const LIKE_ONE = new RegExp(
  `^(?:${[
    'all[-_ ]?(?:required|green|good|checks|jobs|tests|passed|ok)?',
    'required|umbrella|success',
    '(?:merge[-_ ]?)?gate',
    'ci[-_ ]?(?:ok|passed|success|status)',
  ].join('|')})$`,
  'i',
)

/**
 * The umbrellas among these jobs: with `needs`, and required; where nobody knows what is required,
 * or what a job is called, with a condition that lets it run always or a name that says so.
 */
export function umbrellasAmong(
  server: DoctorServer,
  sources: readonly WorkflowSource[],
  required: readonly string[] | null,
): readonly Umbrella[] {
  return sources.flatMap(source =>
    source.workflow.jobs.flatMap((job): Umbrella[] => {
      const contexts = contextsOf(server, source, job)
      const isRequired = contexts?.some(one => required?.includes(one))
      // Where only a run tells its name, nobody can say that it is not the one required.
      const mayBe = required === null || contexts === null
      const looks = LIKE_ONE.test(job.id) || LIKE_ONE.test(job.name ?? '')
      const condition = wordOf(jobFields(source, job.id)['if'])
      const always = job.runsAlways || /\bfailure\(\)/.test(condition)
      const isOne = isRequired === true || (mayBe && (always || looks))
      return job.needs.length > 0 && (isOne || (looks && always)) ? [{ source, job }] : []
    }),
  )
}

/** Every step of a job, with its place. */
export function stepsOf(
  source: WorkflowSource,
  id: string,
): readonly (readonly [number, Readonly<Record<string, unknown>>])[] {
  const steps = jobFields(source, id)['steps']
  return Array.isArray(steps) ? steps.map((step, at) => [at, fieldsOf(step)] as const) : []
}

/** The line at a number, with its indent. */
export const lineAt = ({ lines }: WorkflowSource, at: number): string => lines[at - 1] ?? ''

/** Text as a value of YAML, in quotes where it could be read as anything else. */
export const scalar = (text: string): string =>
  /^[A-Za-z][\w./()-]*(?: [\w./()-]+)+$/.test(text) ? text : JSON.stringify(text)

/** A line as the first below a key; `null` where nothing is indented below it, as in flow style. */
export function below(source: WorkflowSource, at: number, added: string): readonly Edit[] | null {
  const indent = indentOf(lineAt(source, at + 1))
  if (indent <= indentOf(lineAt(source, at)) || lineAt(source, at + 1).trim() === '') return null
  return [{ at: at + 1, removed: 0, added: [`${' '.repeat(indent)}${added}`] }]
}

/** One line in the place of another. */
export const replace = (at: number, added: string): Edit => ({ at, removed: 1, added: [added] })
