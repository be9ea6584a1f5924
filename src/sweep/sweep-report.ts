import type { Config } from '../config.js'
import type { Outcome } from '../core/plan/outcome.js'
import { outcomeCommand, outcomeBlockers, postedOf, rerunOf } from '../core/plan/outcome.js'
import type { Plan } from '../core/plan/remedy.js'
import type { RunKey } from '../core/model/ids.js'
import { blockersOf } from '../core/view/gate.js'
import type { Judgement } from '../core/rules/decide.js'
import type { ReasonOf, Verdict } from '../core/rules/verdict.js'
import type { Forge } from '../forge/port.js'
import type { CommitReport } from './report/commits.js'
import type {
  EarlierSuccess,
  LeftAloneCounts,
  PullReport,
  RunReport,
  SweepReport,
  Unjudged,
} from './report/report.js'
import { describePull, REPORT_SCHEMA } from './report/report.js'
import type { Done } from './carry-out.js'
import type { HeadGates } from './gate.js'
import { hasHeldContexts } from './report/required.js'
import type { JudgedHead } from '../core/rules/decide.js'
import { isAskedFor } from './judged.js'
import { failedUnlisted } from './report/caution.js'

/** What a sweep found: every pull it was asked for, and why that may not be what was meant. */
interface SweepFindings {
  readonly plan: Plan
  readonly requests: number
  readonly told: readonly PullReport[]
  /** Pull requests that were left alone at first sight. */
  readonly leftAlone: LeftAloneCounts
  /** Those of them whose umbrella is still running, by number. */
  readonly pending: readonly number[]
  readonly earlier: readonly EarlierSuccess[]
  readonly unjudged: Unjudged | null
  readonly problem: string | null
  readonly commits: readonly CommitReport[]
}

const numberOf = ({ number }: PullReport): number => number

/** Everything a sweep saw and did. */
export function reportOf(
  config: Config,
  { server }: Forge,
  { plan, requests, told, leftAlone, pending, earlier, unjudged, problem, commits }: SweepFindings,
): SweepReport {
  const { kind, version, grade, gradeLimit, capabilities } = server
  const { umbrella, required, skippable, optional, external, minAge, minGrade } = config.policy
  const isQuiet = (pull: PullReport): boolean =>
    pull.kind === 'leave' &&
    pull.outcome === 'none' &&
    pull.number !== config.pullRequest &&
    failedUnlisted(pull).length === 0 &&
    !hasHeldContexts(pull)
  const left = (reason: ReasonOf<'leave'>): number =>
    leftAlone[reason] + told.filter(pull => isQuiet(pull) && pull.reason === reason).length
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
      scope: config.scope,
      baseBranches: config.baseBranches,
      remedy: config.remedy,
      maxRepairs: config.maxRepairs,
      dryRun: config.dryRun,
      pullRequest: config.pullRequest,
    },
    remedy: withMissing(plan, told),
    requests,
    problem,
    ...(commits.length === 0 ? {} : { commits }),
    earlier,
    unjudged,
    pulls: told.filter(pull => !isQuiet(pull)).sort((a, b) => a.number - b.number),
    quiet: {
      'umbrella-missing': left('umbrella-missing'),
      'umbrella-green': left('umbrella-green'),
      'umbrella-pending': left('umbrella-pending'),
    },
    pending: [
      ...pending,
      ...told.filter(one => isQuiet(one) && one.reason === 'umbrella-pending').map(numberOf),
    ].sort((a, b) => a - b),
  }
}

/** The plan of a sweep, with the right that its first refused write showed to be missing. */
function withMissing(plan: Plan, told: readonly PullReport[]): Plan {
  const refused = told.find(({ outcome }) => outcome === 'no-right')
  return { ...plan, missing: plan.missing ?? refused?.outcomeDetail ?? null }
}

/** A judged head, and what was done about it. */
export interface EndedHead extends JudgedHead {
  readonly config: Config
  readonly forge: Forge
  readonly done: Done | undefined
  /** What else holds its pull requests back, where that was asked. */
  readonly gate?: HeadGates
}

/** The outcome that is told of a pull: what was done about its head, where it was meant by that. */
export const outcomeFor = (
  { kind }: Pick<Verdict, 'kind'>,
  done: Done | undefined,
): Outcome | undefined =>
  kind === 'repair' || done?.remedy === 'withdraw' || done?.alarm != null
    ? done?.outcome
    : undefined

/** What a report says of each pull of a head that was asked for. */
export function tellHead(head: EndedHead): readonly PullReport[] {
  const { pulls } = head.evidence
  const numbers = pulls.map(({ number }) => number)
  return pulls
    .filter(pull => isAskedFor(head.config, pull))
    .map((pull): PullReport => {
      const judgement = head.judgements.get(pull.number)
      if (judgement === undefined) throw new Error(`pull request ${pull.number} was not judged`)
      const others = numbers.filter(number => number !== pull.number)
      return {
        ...describePull(pull, others, head.forge.addressOfPull(pull.number)),
        ...tellVerdict(head, judgement),
        ...tellEnd(head, judgement),
        ...tellGate(head, pull.number),
      }
    })
}

/**
 * With `alarms: off` a false green is told as what the gate says: green. What was done about it,
 * such as a success of ours that was taken back, stays told.
 */
export function unalarmed(pull: PullReport): PullReport {
  return pull.kind === 'alarm'
    ? {
        ...pull,
        kind: 'leave',
        reason: 'umbrella-green',
        detail: 'the umbrella is green',
        contexts: [],
      }
    : pull
}

/** What is true of a pull, and on what evidence. */
function tellVerdict(
  { forge, evidence }: EndedHead,
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
  const isTold = kind !== 'leave' || failedUnlisted({ reason, contexts }).length > 0
  return {
    kind,
    reason,
    detail,
    grade,
    run: run === null ? null : runOf(run),
    umbrella: umbrella === null ? null : { ...umbrella, age: Math.floor(umbrella.age / 1000) },
    cause: kind === 'repair' ? verdict.cause : null,
    proof: kind === 'repair' ? verdict.proof.map(told) : [],
    requiredFrom: isTold ? source : '',
    contexts: isTold ? contexts.map(told) : [],
    stuck: kind === 'wait' && verdict.stuck,
  }
}

/** Every other context that a merge requires, where a sweep judges them. */
function tellGate(
  { config, gate }: EndedHead,
  number: number,
): Pick<PullReport, 'required' | 'requiredWhy'> {
  const found = gate?.get(number)
  if (found === undefined || config.scope === 'umbrella') return {}
  return { required: found.contexts, requiredWhy: found.why }
}

/** How the remedy of a pull ended. */
function tellEnd(
  { config, evidence, done }: EndedHead,
  { verdict }: Judgement,
): Pick<
  PullReport,
  'remedy' | 'outcome' | 'outcomeDetail' | 'posted' | 'rerun' | 'command' | 'gate'
> {
  const outcome = outcomeFor(verdict, done)
  return {
    remedy: outcome === undefined ? 'none' : (done?.remedy ?? 'none'),
    outcome: outcome?.code ?? 'none',
    outcomeDetail: outcome?.detail ?? '',
    posted: outcome === undefined ? null : postedOf(outcome),
    rerun: outcome === undefined ? null : rerunReport(outcome),
    command: outcome === undefined ? null : outcomeCommand(outcome),
    gate:
      (outcome === undefined ? null : outcomeBlockers(outcome)) ??
      (verdict.kind === 'leave' ? null : blockersOf(evidence, config.policy.umbrella)),
  }
}

function rerunReport(outcome: Outcome): PullReport['rerun'] {
  const write = rerunOf(outcome)
  return write === null ? null : { run: write.run, job: write.job }
}
