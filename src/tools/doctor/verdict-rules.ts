import type { DoctorCause } from './cause.js'
import { causesOf } from './cause.js'
import type { DoctorUmbrella } from './choose.js'
import type { Severity } from './finding.js'
import type { RuleMatch, LintTarget, DoctorRule } from './rule.js'
import { eachUmbrella, locationOfPart } from './rule.js'
import type { ScenarioRow } from './what-if/table.js'

/** Where the recommended umbrella stands. */
const RECOMMENDED = 'docs/umbrellas.md#the-recommended-one'

/** What is said of a job that does more than to judge: no change of it is proposed. */
export const OTHER_WORK =
  'this job has other work: let a job of its own judge, and require that one instead ' +
  `(${RECOMMENDED})`

const firstThree = (all: readonly string[]): string => {
  const shown = all.slice(0, 3).join(', ')
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown
}

const FATE_WORDS = {
  failure: 'fails',
  cancelled: 'is cancelled',
  skipped: 'is skipped',
  allowed: 'fails',
}

/** What happens, in the words of a finding: `lint, test fails or is cancelled; the run is …`. */
function whatHappens(rows: readonly ScenarioRow[]): string {
  const whole: string[] = []
  const jobs = new Map<string, string[]>()
  let isBefore = false
  for (const { scenario, of } of rows) {
    if (scenario.kind === 'all-green') whole.push('all jobs are green')
    else if (scenario.kind === 'run-cancelled') whole.push('the run is cancelled')
    else {
      isBefore ||= of === 'ancestor'
      jobs.set(scenario.job, [...(jobs.get(scenario.job) ?? []), FATE_WORDS[scenario.fate]])
    }
  }
  const fates = new Map<string, string[]>()
  for (const [job, words] of jobs) {
    const how = [...new Set(words)].join(' or ')
    fates.set(how, [...(fates.get(how) ?? []), job])
  }
  const told = [...fates].map(([how, ids]) => `${firstThree(ids)} ${how}`)
  const so = isBefore ? ', so that what needs it is skipped' : ''
  return `${[...told, ...whole].join('; ')}${so}`
}

/** A cause as a rule: what the umbrella does then, why, and what to do. */
interface CauseRule {
  readonly code: DoctorCause
  readonly severity: Severity
  readonly title: string
  readonly source: string
  readonly part: 'if' | 'steps'
  readonly then: (umbrella: DoctorUmbrella) => string
  readonly advice: string
}

const SKIPPED = 'is skipped, and a skip lets the merge through'
const GREEN = 'is green, and the merge goes through'

const conditionOf = ({ job }: DoctorUmbrella): string => (job.body.condition ?? '').trim()

const CAUSE_RULES: readonly CauseRule[] = [
  {
    code: 'no-condition',
    severity: 'error',
    title: 'The umbrella is skipped when a job it needs fails',
    source: 'docs/forge-facts.md, 3',
    part: 'if',
    then: () => `it has no "if: always()": it ${SKIPPED}`,
    advice: 'give it "if: always()", and steps that read each result',
  },
  {
    code: 'not-literally-always',
    severity: 'error',
    title: 'Any condition but always() skips the umbrella on this server',
    source: 'docs/forge-facts.md, 3',
    part: 'if',
    then: umbrella =>
      `it runs if "${conditionOf(umbrella)}", and this server knows "always()" alone: ` +
      `it ${SKIPPED}`,
    advice: 'write "if: always()", and move the rest of the condition into its steps',
  },
  {
    code: 'skipped-on-failure',
    severity: 'error',
    title: 'The condition of the umbrella lets it be skipped',
    source: 'docs/forge-facts.md, 3',
    part: 'if',
    then: umbrella => `it runs if "${conditionOf(umbrella)}", which is false: it ${SKIPPED}`,
    advice: 'write "if: always()", and move the rest of the condition into its steps',
  },
  {
    code: 'reads-nothing',
    severity: 'error',
    title: 'The umbrella reads nothing of the jobs it needs',
    source: 'the file itself',
    part: 'steps',
    then: () => `none of its steps reads their results: it ${GREEN}`,
    advice: 'let a step fail unless the result of each job it needs is success',
  },
  {
    code: 'verdict-lost',
    severity: 'error',
    title: 'The umbrella reads results, and is green whatever they are',
    source: 'the file itself',
    part: 'steps',
    then: () =>
      'what it reads does not fail it ("|| true", "continue-on-error", the end of a pipe): ' +
      `it ${GREEN}`,
    advice: 'let a step fail unless the result of each job it needs is success',
  },
  {
    code: 'unread-need',
    severity: 'error',
    title: 'The umbrella does not read every job it needs',
    source: 'the file itself',
    part: 'steps',
    then: () => `it reads others, but not this one: it ${GREEN}`,
    advice: 'read the result of each job in its needs',
  },
  {
    code: 'wildcard-result',
    severity: 'error',
    title: 'needs.*.result is always empty on this runner',
    source: 'docs/forge-facts.md, 0',
    part: 'steps',
    then: () => `it reads needs.*.result, which is empty on the runner of Gitea: it ${GREEN}`,
    advice: 'read needs.<job>.result one by one',
  },
  {
    code: 'empty-result',
    severity: 'error',
    title: 'The result of a job that the server skips is empty',
    source: 'docs/forge-facts.md, 3',
    part: 'steps',
    then: () =>
      'this server leaves jobs it skips out of "needs", and the umbrella accepts an empty ' +
      `result: it ${GREEN}`,
    advice: 'require that each result is success, by name',
  },
  {
    code: 'ancestor-skips',
    severity: 'error',
    title: 'The umbrella is green over a failed job that makes its needs skip',
    source: 'docs/umbrellas.md, a-failed-job-before-the-needs',
    part: 'steps',
    then: () => `it accepts a skip: it ${GREEN}`,
    advice:
      'take the jobs before its needs into its needs too, and let a skip pass only where a ' +
      'condition of the job itself asks for it',
  },
  {
    code: 'cancelled-passes',
    severity: 'error',
    title: 'The umbrella accepts a cancelled job',
    source: 'docs/github-facts.md, 1',
    part: 'steps',
    then: () => `it only looks for failures: it ${GREEN}`,
    advice: 'require that each result is success, not that none is failure',
  },
  {
    code: 'allowed-failure',
    severity: 'warning',
    title: 'The umbrella allows a job to fail',
    source: 'the file itself',
    part: 'steps',
    then: () => `allowed-failures names it: the umbrella ${GREEN}`,
    advice: 'take it out of allowed-failures, or out of the needs if its result does not matter',
  },
  {
    code: 'may-fail',
    severity: 'warning',
    title: 'A job the umbrella needs may fail, and nobody sees it',
    source: 'docs/github-facts.md, 7',
    part: 'steps',
    then: () => `with "continue-on-error" its result is success: the umbrella ${GREEN}`,
    advice:
      'put "continue-on-error" on the steps that may fail, not on the job, or require its check ' +
      'by itself',
  },
  {
    code: 'always-red',
    severity: 'error',
    title: 'The umbrella is red over green jobs',
    source: 'the file itself',
    part: 'steps',
    then: () => 'it is red, and no merge goes through',
    advice: 'run its script with results that are all success',
  },
]

function foundBy(
  verdict: CauseRule,
  umbrella: DoctorUmbrella,
  { server }: LintTarget,
): RuleMatch | null {
  const rows = causesOf(umbrella, server).get(verdict.code)
  if (rows === undefined) return null
  const judges = umbrella.work.kind === 'only-judges'
  return {
    ...locationOfPart(umbrella, verdict.part),
    what: `${umbrella.job.id}: ${whatHappens(rows)}: ${verdict.then(umbrella)}`,
    advice: judges ? verdict.advice : OTHER_WORK,
  }
}

/** What is wrong by the table: one rule for each cause. */
export const VERDICT_RULES: readonly DoctorRule[] = CAUSE_RULES.map(verdict => {
  const { code, severity, title, source } = verdict
  const find = eachUmbrella((umbrella, target) => foundBy(verdict, umbrella, target))
  return { code, severity, title, source, find }
})
