import type { Config } from '../config.js'
import type { Outcome } from '../core/acting/outcome.js'
import { commandOf, gateOf, postedOf, rerunOf } from '../core/acting/outcome.js'
import type { Plan } from '../core/acting/remedy.js'
import { planOf } from '../core/acting/remedy.js'
import type { Evidence } from '../core/model/evidence.js'
import type { RunKey } from '../core/model/ids.js'
import type { Server } from '../core/model/server.js'
import { blockersOf } from '../core/reading/gate.js'
import type { Judgement } from '../core/rules/decide.js'
import type { ReasonOf } from '../core/rules/verdict.js'
import type { Forge } from '../forge/port.js'
import type { PullReport, Quiet, RunReport, SweepReport } from '../report/report.js'
import { describePull, REPORT_SCHEMA } from '../report/report.js'
import type { Done } from './carry-out.js'
import { wanted } from './judged.js'

/** What a sweep found: every pull it was asked for, and why that may not be what was meant. */
interface Found {
  readonly requests: number
  readonly told: readonly PullReport[]
  /** Pull requests that were left alone at first sight. */
  readonly quiet: Quiet
  readonly problem: string | null
}

/** Everything a sweep saw and did. */
export function reportOf(
  config: Config,
  { server }: Forge,
  { requests, told, quiet, problem }: Found,
): SweepReport {
  const { kind, version, grade, gradeLimit, capabilities } = server
  const { umbrella, required, skippable, optional, external, minAge, minGrade } = config.policy
  const isQuiet = ({ kind, outcome, number }: PullReport): boolean =>
    kind === 'leave' && outcome === 'none' && number !== config.pullRequest
  const left = (reason: ReasonOf<'leave'>): number =>
    quiet[reason] + told.filter(pull => isQuiet(pull) && pull.reason === reason).length
  return {
    schema: REPORT_SCHEMA,
    repo: config.repo,
    server: { kind, version, grade, gradeLimit, capabilities },
    policy: {
      umbrella,
      required,
      skippable,
      optional,
      external,
      minGrade,
      minAgeSeconds: minAge / 1000,
      baseBranches: config.baseBranches,
      remedy: config.remedy,
      maxRepairs: config.maxRepairs,
      dryRun: config.dryRun,
      pullRequest: config.pullRequest,
    },
    remedy: remedyOf(config, server, told),
    requests,
    problem,
    pulls: told.filter(pull => !isQuiet(pull)).sort((a, b) => a.number - b.number),
    quiet: {
      'umbrella-missing': left('umbrella-missing'),
      'umbrella-green': left('umbrella-green'),
      'umbrella-pending': left('umbrella-pending'),
    },
  }
}

/** The plan of a sweep, with the right that its first refused write showed to be missing. */
function remedyOf(config: Config, server: Server, told: readonly PullReport[]): Plan {
  const plan = planOf(server, config.remedy)
  const refused = told.find(({ outcome }) => outcome === 'no-right')
  return { ...plan, missing: plan.missing ?? refused?.outcomeDetail ?? null }
}

/** A judged head, and what was done about it. */
export interface Told {
  readonly config: Config
  readonly forge: Forge
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
  readonly done: Done | undefined
}

/** What a report says of each pull of a head that was asked for. */
export function tellHead(told: Told): readonly PullReport[] {
  const { pulls } = told.evidence
  const numbers = pulls.map(({ number }) => number)
  return pulls
    .filter(pull => wanted(told.config, pull))
    .map((pull): PullReport => {
      const judgement = told.judgements.get(pull.number)
      if (judgement === undefined) throw new Error(`pull request ${pull.number} was not judged`)
      const others = numbers.filter(number => number !== pull.number)
      return {
        ...describePull(pull, others, told.forge.addressOfPull(pull.number)),
        ...tellVerdict(told, judgement),
        ...tellEnd(told, judgement),
      }
    })
}

/** What is true of a pull, and on what evidence. */
function tellVerdict(
  { forge, evidence }: Told,
  judgement: Judgement,
): Omit<PullReport, keyof ReturnType<typeof describePull> | keyof ReturnType<typeof tellEnd>> {
  const { verdict } = judgement
  const { kind, reason, detail, grade, umbrella, run } = verdict
  const runOf = (key: RunKey): RunReport => ({
    key,
    id: evidence.runs.find(one => one.key === key)?.id ?? null,
    url: forge.addressOf(key),
  })
  const told = <T extends { readonly run: RunKey | null }>(row: T) => ({
    ...row,
    run: row.run === null ? null : runOf(row.run),
  })
  const { source, contexts } = judgement.trace()
  return {
    kind,
    reason,
    detail,
    grade,
    run: run === null ? null : runOf(run),
    umbrella: umbrella === null ? null : { ...umbrella, age: Math.floor(umbrella.age / 1000) },
    cause: kind === 'repair' ? verdict.cause : null,
    proof: kind === 'repair' ? verdict.proof.map(told) : [],
    requiredFrom: kind === 'leave' ? '' : source,
    contexts: kind === 'leave' ? [] : contexts.map(told),
    stuck: kind === 'wait' && verdict.stuck,
  }
}

/** How the remedy of a pull ended. */
function tellEnd(
  { config, evidence, done }: Told,
  { verdict: { kind } }: Judgement,
): Pick<
  PullReport,
  'remedy' | 'outcome' | 'outcomeDetail' | 'posted' | 'rerun' | 'command' | 'gate'
> {
  const told = kind === 'repair' || done?.remedy === 'withdraw' || done?.alarm != null
  const ended = told ? done : undefined
  const outcome = ended?.outcome
  return {
    remedy: ended?.remedy ?? 'none',
    outcome: outcome?.code ?? 'none',
    outcomeDetail: outcome?.detail ?? '',
    posted: outcome === undefined ? null : postedOf(outcome),
    rerun: outcome === undefined ? null : ranAgain(outcome),
    command: outcome === undefined ? null : commandOf(outcome),
    gate:
      (outcome === undefined ? null : gateOf(outcome)) ??
      (kind === 'leave' ? null : blockersOf(evidence, config.policy.umbrella)),
  }
}

function ranAgain(outcome: Outcome): PullReport['rerun'] {
  const write = rerunOf(outcome)
  return write === null ? null : { run: write.run, job: write.job }
}
