import type { RepairDependencies } from '../act/dependencies.js'
import type { Config } from '../config.js'
import { commandOf, gateOf, postedOf } from '../core/acting/outcome.js'
import { matchesAny } from '../core/model/context.js'
import type { Evidence, Pull } from '../core/model/evidence.js'
import { blockersOf } from '../core/reading/gate.js'
import { isCandidate } from '../core/rules/candidate.js'
import type { Judgement } from '../core/rules/decide.js'
import { judgeHead } from '../core/rules/decide.js'
import type { Forge, Head } from '../forge/port.js'
import type { RunKey } from '../core/model/ids.js'
import type { ReasonOf } from '../core/rules/verdict.js'
import type { PullReport, RunReport, SweepReport } from '../report/report.js'
import { describePull, REPORT_SCHEMA } from '../report/report.js'
import type { Done } from './carry-out.js'
import { carryOut } from './carry-out.js'
import type { Judged } from './judged.js'
import { headsOf } from './judged.js'

/** What a sweep is given beside its configuration. */
export interface SweepTools {
  readonly forge: Forge
  /** A new one for each write, by which an instance knows its own row. */
  readonly nonce: () => string
  /** Requests sent so far. */
  readonly requests: () => number
  /** What a sweep tells while it runs. */
  readonly note: (line: string) => void
}

/** Which pulls this sweep was asked to judge. The others still count where they share a head. */
function wanted({ pullRequest, baseBranches }: Config, pull: Pull): boolean {
  if (pullRequest !== null) return pull.number === pullRequest
  return baseBranches.length === 0 || matchesAny(baseBranches, pull.base)
}

/**
 * One sweep: list, look, judge, repair, report. A single head's trouble never stops the others; an
 * unreadable list does.
 */
export async function sweep(config: Config, tools: SweepTools): Promise<SweepReport> {
  const { policy, baseBranches } = config
  const { forge, nonce, note, requests } = tools
  const open = await forge.openPulls()
  const heads = headsOf(open.pulls).filter(({ pulls }) => pulls.some(pull => wanted(config, pull)))
  note(
    `${open.pulls.length} open pull requests; judging ${heads.length} heads by ` +
      `"${policy.umbrella}"`,
  )
  const judged = (await look(config, tools, heads)).map((evidence): Judged => ({
    evidence,
    judgements: judgeHead(policy, baseBranches, evidence),
  }))

  const { workflowRun } = config
  const writer = {
    run: workflowRun?.number ?? null,
    url: workflowRun === null ? '' : forge.linkTo(workflowRun),
  }
  const dependencies: RepairDependencies = { forge, policy, baseBranches, writer }
  const outcomes = await carryOut({ config, dependencies, nonce, note }, judged)
  const told = judged.flatMap(({ evidence, judgements }) =>
    tellHead({ config, forge, evidence, judgements, done: outcomes.get(evidence.sha) }),
  )
  return reportOf(config, forge, requests(), told)
}

/** The first look at every head, and the whole evidence of those that need it. */
async function look(
  { policy }: Config,
  { forge, note }: SweepTools,
  heads: readonly Head[],
): Promise<readonly Evidence[]> {
  let looked = 0
  const first = await forge.firstLook(heads, () => {
    looked += 1
    if (looked % 25 === 0) note(`looked at ${looked} of ${heads.length} heads`)
  })
  const suspects = await forge.suspects(first)
  if (suspects.why !== null) note(`false greens were not looked for: ${suspects.why}`)
  const study = [...first.filter(head => isCandidate(policy, head)), ...suspects.heads]
  if (study.length > 0) {
    note(`studying ${study.length} of ${heads.length} heads: the rest needs no repair`)
  }
  const studied = new Map((await forge.study(study)).map(head => [head.sha, head]))
  return first.map(head => studied.get(head.sha) ?? head)
}

function reportOf(
  config: Config,
  { server }: Forge,
  requests: number,
  told: readonly PullReport[],
): SweepReport {
  const { kind, version, grade, gradeLimit, capabilities } = server
  const { minAge, ...policy } = config.policy
  const isQuiet = ({ kind, outcome, number }: PullReport): boolean =>
    kind === 'leave' && outcome === 'none' && number !== config.pullRequest
  const left = (reason: ReasonOf<'leave'>): number =>
    told.filter(pull => isQuiet(pull) && pull.reason === reason).length
  return {
    schema: REPORT_SCHEMA,
    repo: config.repo,
    server: { kind, version, grade, gradeLimit, capabilities },
    policy: {
      ...policy,
      minAgeSeconds: minAge / 1000,
      baseBranches: config.baseBranches,
      remedy: config.remedy,
      maxRepairs: config.maxRepairs,
      dryRun: config.dryRun,
      pullRequest: config.pullRequest,
    },
    requests,
    pulls: told.filter(pull => !isQuiet(pull)).sort((a, b) => a.number - b.number),
    quiet: {
      'umbrella-missing': left('umbrella-missing'),
      'umbrella-green': left('umbrella-green'),
      'umbrella-pending': left('umbrella-pending'),
    },
  }
}

/** A judged head, and what was done about it. */
interface Told {
  readonly config: Config
  readonly forge: Forge
  readonly evidence: Evidence
  readonly judgements: ReadonlyMap<number, Judgement>
  readonly done: Done | undefined
}

/** What a report says of each pull of a head that was asked for. */
function tellHead(told: Told): readonly PullReport[] {
  const { pulls } = told.evidence
  const numbers = pulls.map(({ number }) => number)
  return pulls
    .filter(pull => wanted(told.config, pull))
    .map((pull): PullReport => {
      const judgement = told.judgements.get(pull.number)
      if (judgement === undefined) throw new Error(`pull request ${pull.number} was not judged`)
      const others = numbers.filter(number => number !== pull.number)
      return {
        ...describePull(pull, others),
        ...tellVerdict(told, judgement),
        ...tellEnd(told, judgement),
      }
    })
}

/** What is true of a pull, and on what evidence. */
function tellVerdict(
  { forge, evidence }: Told,
  { verdict, trace }: Judgement,
): Omit<PullReport, keyof ReturnType<typeof describePull> | keyof ReturnType<typeof tellEnd>> {
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
  return {
    kind,
    reason,
    detail,
    grade,
    run: run === null ? null : runOf(run),
    umbrella: umbrella === null ? null : { ...umbrella, age: Math.floor(umbrella.age / 1000) },
    cause: kind === 'repair' ? verdict.cause : null,
    proof: kind === 'repair' ? verdict.proof.map(told) : [],
    contexts: kind === 'leave' ? [] : trace().contexts.map(told),
    stuck: kind === 'wait' && verdict.stuck,
  }
}

/** How the remedy of a pull ended. */
function tellEnd(
  { config, evidence, done }: Told,
  { verdict: { kind } }: Judgement,
): Pick<PullReport, 'remedy' | 'outcome' | 'outcomeDetail' | 'posted' | 'command' | 'gate'> {
  const ended = kind === 'repair' || done?.remedy === 'withdraw' ? done : undefined
  const outcome = ended?.outcome
  return {
    remedy: ended?.remedy ?? 'none',
    outcome: outcome?.code ?? 'none',
    outcomeDetail: outcome?.detail ?? '',
    posted: outcome === undefined ? null : postedOf(outcome),
    command: outcome === undefined ? null : commandOf(outcome),
    gate:
      (outcome === undefined ? null : gateOf(outcome)) ??
      (kind === 'leave' ? null : blockersOf(evidence, config.policy.umbrella)),
  }
}
