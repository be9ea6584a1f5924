import type { WorkflowSource } from './file.js'
import { indentOf, jobFields, lineAt, wordOf } from './file.js'
import type { Edit, Finding, Severity } from './finding.js'
import { namesOf } from '../../workflow/contexts.js'
import type { WorkflowJob, YamlPath } from '../../workflow/parse.js'
import type { DoctorServer } from './server.js'

/** A job that answers for others, in its file. */
export interface Umbrella {
  readonly source: WorkflowSource
  readonly job: WorkflowJob
}

/** What is looked at: a repository on a server. */
export interface LintTarget {
  readonly server: DoctorServer
  readonly sources: readonly WorkflowSource[]
  /** Could every workflow file be read? */
  readonly whole: boolean
  /** What a merge into the default branch requires; `null` where that is not known. */
  readonly required: readonly string[] | null
  readonly umbrellas: readonly Umbrella[]
}

/** What a rule found. `advice` is told where no few lines are a fix. */
export type Found = Pick<Finding, 'file' | 'line' | 'what'> &
  (
    | { readonly fix: readonly Edit[]; readonly advice?: undefined }
    | { readonly fix?: readonly Edit[] | null; readonly advice: string }
  )

/** One way in which umbrellas lie. */
export interface Rule {
  readonly code: string
  readonly severity: Severity
  readonly title: string
  /** Where the fact stands that it rests on. */
  readonly source: string
  /** On which servers it is one; absent: on all of them. */
  readonly on?: (server: DoctorServer) => boolean
  readonly find: (target: LintTarget) => readonly Found[]
}

/** The findings of a rule, in the order in which it found them. */
export const findingsOf = (rule: Rule, target: LintTarget): readonly Finding[] =>
  rule.on?.(target.server) === false
    ? []
    : rule.find(target).map(({ file, line, what, fix = null, advice = null }) => ({
        code: rule.code,
        severity: rule.severity,
        file,
        line,
        what,
        fix,
        advice: fix === null ? advice : null,
      }))

type Checked = Found | null | readonly Found[]

/** A rule that looks at each umbrella by itself. */
export const eachUmbrella =
  (check: (umbrella: Umbrella, target: LintTarget) => Checked): Rule['find'] =>
  target =>
    target.umbrellas.flatMap(umbrella => check(umbrella, target) ?? [])

/** A rule that looks at each file; `before`: those that were looked at already. */
export const eachSource =
  (check: (source: WorkflowSource, before: readonly WorkflowSource[]) => Checked): Rule['find'] =>
  ({ sources }) =>
    sources.flatMap((source, at) => check(source, sources.slice(0, at)) ?? [])

/** Where something stands in a file. */
export const placeOf = (
  source: WorkflowSource,
  path: YamlPath,
): Pick<Finding, 'file' | 'line'> => ({
  file: source.path,
  line: source.lineOf(path),
})

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

/** Text as a value of YAML, in quotes where it could be read as anything else. */
export const scalar = (text: string): string =>
  /^[A-Za-z][\w./()-]*(?: [\w./()-]+)+$/.test(text) ? text : JSON.stringify(text)

/** A line as the first below a key; `null` where nothing is indented below it, as in flow style. */
export function below(source: WorkflowSource, at: number, added: string): readonly Edit[] | null {
  const indent = indentOf(lineAt(source, at + 1))
  if (indent <= indentOf(lineAt(source, at)) || lineAt(source, at + 1).trim() === '') return null
  return [{ at: at + 1, removed: 0, added: [`${' '.repeat(indent)}${added}`] }]
}

/** One line with a part of it replaced; `null` where there is no such line, or no such part. */
export function edited(
  source: WorkflowSource,
  at: number | null,
  part: RegExp | string,
  put: string | ((...found: string[]) => string),
): readonly Edit[] | null {
  if (at === null) return null
  const line = lineAt(source, at)
  const added = line.replace(part, typeof put === 'string' ? () => put : put)
  return added === line ? null : [{ at, removed: 1, added: [added] }]
}
