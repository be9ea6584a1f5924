import type { YamlPath } from '../../workflow/yaml.js'
import type { Umbrella } from './choose.js'
import type { WorkflowSource } from './file.js'
import type { Finding, Place, Severity } from './finding.js'
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
  readonly umbrellas: readonly Umbrella[]
}

/** What a rule found. */
export type Found = Pick<Finding, 'file' | 'line' | 'what' | 'advice'>

/** One way in which umbrellas are wrong. */
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
    : rule
        .find(target)
        .map(found => ({ ...found, code: rule.code, severity: rule.severity, also: [] }))

type Checked = Found | null | readonly Found[]

/** A rule that looks at each umbrella by itself. */
export const eachUmbrella =
  (check: (umbrella: Umbrella, target: LintTarget) => Checked): Rule['find'] =>
  target =>
    target.umbrellas.flatMap(umbrella => check(umbrella, target) ?? [])

/** A rule that looks at each file that has an umbrella. */
export const eachUmbrellaFile =
  (check: (umbrella: Umbrella, target: LintTarget) => Checked): Rule['find'] =>
  target => {
    const first = new Map<WorkflowSource, Umbrella>()
    for (const one of target.umbrellas) if (!first.has(one.source)) first.set(one.source, one)
    return [...first.values()].flatMap(umbrella => check(umbrella, target) ?? [])
  }

/** A rule that looks at each file; `before`: those that were looked at already. */
export const eachSource =
  (check: (source: WorkflowSource, before: readonly WorkflowSource[]) => Checked): Rule['find'] =>
  ({ sources }) =>
    sources.flatMap((source, at) => check(source, sources.slice(0, at)) ?? [])

/** Where something stands in a file. */
export const placeOf = (source: WorkflowSource, path: YamlPath): Place => ({
  file: source.path,
  line: source.lineOf(path),
})

/** A part of an umbrella's job, or the job where the file does not have that part. */
export function partOf({ source, job }: Umbrella, ...part: YamlPath): Place {
  const place = placeOf(source, ['jobs', job.id, ...part])
  return place.line === null ? placeOf(source, ['jobs', job.id]) : place
}
