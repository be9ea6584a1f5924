import type { YamlPath } from '../../workflow/yaml.js'
import type { DoctorUmbrella } from './choose.js'
import type { WorkflowSource } from './file.js'
import type { DoctorFinding, SourceLocation, Severity } from './finding.js'
import type { DoctorServer } from './server.js'

/** What is looked at: a repository on a server. */
export interface LintTarget {
  readonly server: DoctorServer
  readonly sources: readonly WorkflowSource[]
  /** Could every workflow file be read? */
  readonly whole: boolean
  /** What a merge into the default branch requires; `null` where that is not known. */
  readonly required: readonly string[] | null
  /** Does the server say that merges go through a merge queue? */
  readonly queue: boolean
  readonly umbrellas: readonly DoctorUmbrella[]
}

/** What a rule found. */
export type RuleMatch = Pick<DoctorFinding, 'file' | 'line' | 'what' | 'advice'>

/** One way in which umbrellas are wrong. */
export interface DoctorRule {
  readonly code: string
  readonly severity: Severity
  readonly title: string
  /** Where the fact stands that it rests on. */
  readonly source: string
  /** On which servers it is one; absent: on all of them. */
  readonly on?: (server: DoctorServer) => boolean
  readonly find: (target: LintTarget) => readonly RuleMatch[]
}

/** The findings of a rule, in the order in which it found them. */
export const findingsOf = (rule: DoctorRule, target: LintTarget): readonly DoctorFinding[] =>
  rule.on?.(target.server) === false
    ? []
    : rule
        .find(target)
        .map(found => ({ ...found, code: rule.code, severity: rule.severity, also: [] }))

type Checked = RuleMatch | null | readonly RuleMatch[]

/** A rule that looks at each umbrella by itself. */
export const eachUmbrella =
  (check: (umbrella: DoctorUmbrella, target: LintTarget) => Checked): DoctorRule['find'] =>
  target =>
    target.umbrellas.flatMap(umbrella => check(umbrella, target) ?? [])

/** A rule that looks at each file that has an umbrella. */
export const eachUmbrellaFile =
  (check: (umbrella: DoctorUmbrella, target: LintTarget) => Checked): DoctorRule['find'] =>
  target => {
    const first = new Map<WorkflowSource, DoctorUmbrella>()
    for (const one of target.umbrellas) if (!first.has(one.source)) first.set(one.source, one)
    return [...first.values()].flatMap(umbrella => check(umbrella, target) ?? [])
  }

/** A rule that looks at each file; `before`: those that were looked at already. */
export const eachSource =
  (
    check: (source: WorkflowSource, before: readonly WorkflowSource[]) => Checked,
  ): DoctorRule['find'] =>
  ({ sources }) =>
    sources.flatMap((source, at) => check(source, sources.slice(0, at)) ?? [])

/** Where something stands in a file. */
export const placeOf = (source: WorkflowSource, path: YamlPath): SourceLocation => ({
  file: source.path,
  line: source.lineOf(path),
})

/** A part of an umbrella's job, or the job where the file does not have that part. */
export function locationOfPart({ source, job }: DoctorUmbrella, ...part: YamlPath): SourceLocation {
  const place = placeOf(source, ['jobs', job.id, ...part])
  return place.line === null ? placeOf(source, ['jobs', job.id]) : place
}
