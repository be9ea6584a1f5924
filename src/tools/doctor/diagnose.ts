import type { UnreadableFile } from '../../workflow/yaml.js'
import { umbrellasAmong } from './choose.js'
import { EVENT_RULES } from './event-rules.js'
import type { WorkflowSource } from './file.js'
import type { DoctorFinding, Severity } from './finding.js'
import { SEVERITIES, joinedFindings } from './finding.js'
import type { LintTarget, DoctorRule } from './rule.js'
import { findingsOf } from './rule.js'
import type { DoctorServer } from './server.js'
import { newestRelease } from './server.js'
import { SWEEP_RULES } from './sweep-rules.js'
import { UMBRELLA_RULES } from './umbrella-rules.js'
import { VERDICT_RULES } from './verdict-rules.js'
import { WORKFLOW_RULES } from './workflow-rules.js'

/** Every rule that is asked, in the order in which findings of one severity are told. */
export const DOCTOR_RULES: readonly DoctorRule[] = [
  ...VERDICT_RULES,
  ...UMBRELLA_RULES,
  ...EVENT_RULES,
  ...WORKFLOW_RULES,
  ...SWEEP_RULES,
]

/** A file that cannot be read is a finding of its own: what it hides is not known. */
export const UNREADABLE = {
  code: 'unreadable-file',
  title: 'A workflow file cannot be read',
  source: 'the file itself',
} as const

/** What is diagnosed: the workflow files of a branch, and what a merge into it requires. */
export interface Question {
  readonly server: DoctorServer
  readonly files: readonly (WorkflowSource | UnreadableFile)[]
  /** `null` where nobody told, as on a checkout. */
  readonly required: readonly string[] | null
  /** Does the server say that merges go through a merge queue? */
  readonly queue?: boolean
  /** What `--umbrella` gives. */
  readonly named: string | null
}

/** What was found, and the umbrellas it was looked for in. */
export interface Diagnosis {
  readonly target: LintTarget
  /** By what the umbrellas were found, or what was looked for in vain. */
  readonly how: string
  readonly findings: readonly DoctorFinding[]
}

/** What a newer version of the same server would cure. */
export interface Upgrade {
  readonly to: string
  /** Codes of findings that are none there. */
  readonly cures: readonly string[]
}

/** Which findings are gone on the newest known version; `null` where that changes nothing. */
export function upgradeOf(question: Question, findings: readonly DoctorFinding[]): Upgrade | null {
  const to = newestRelease(question.server)
  if (to === null) return null
  const there = new Set(diagnose({ ...question, server: to }).findings.map(({ code }) => code))
  const cures = [...new Set(findings.map(({ code }) => code))].filter(code => !there.has(code))
  return cures.length === 0 ? null : { to: to.name, cures }
}

const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** Asks every rule. Total: a file that cannot be read is a finding and never an exception. */
export function diagnose({ server, files, required, named, queue = false }: Question): Diagnosis {
  const sources = files.filter(file => file.kind === 'source')
  const broken = files.filter(file => file.kind === 'unreadable')
  const { umbrellas, how } = umbrellasAmong({ server, sources, required, named })
  const target = { server, sources, required, queue, umbrellas, whole: broken.length === 0 }
  const unreadable = broken.map(({ path, why }): DoctorFinding => ({
    code: UNREADABLE.code,
    severity: 'error',
    file: path,
    line: null,
    also: [],
    what: `${why}: what it writes is not known`,
    advice: 'mend or remove it',
  }))
  const findings = joinedFindings([
    ...unreadable,
    ...DOCTOR_RULES.flatMap(rule => findingsOf(rule, target)),
  ])
  return {
    target,
    how,
    findings: [...findings].sort((a, b) => severityRank(a.severity) - severityRank(b.severity)),
  }
}
