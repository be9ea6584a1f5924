import type { Clock, RepairDependencies } from '../act/dependencies.js'
import { Stop } from '../act/stop.js'
import type { Config } from '../config.js'
import type { Evidence } from '../core/model/evidence.js'
import { isCandidate } from '../core/rules/candidate.js'
import type { Forge } from '../forge/port.js'
import type { SweepReport } from '../report/report.js'
import type { Explanation } from '../report/explanation.js'
import type { Done } from './carry-out.js'
import { carryOut } from './carry-out.js'
import { explanationOf } from './explanation.js'
import type { Heads, Judged } from './judged.js'
import { headsOf } from './judged.js'
import type { Looked, SortedHeads } from './left-alone.js'
import { HeadsLeft, judgeAll, leftAlone } from './left-alone.js'
import { misnamed } from './misnamed.js'
import { reportOf, tellHead } from './sweep-report.js'

/** What a sweep is given beside its configuration. */
export interface SweepTools {
  readonly forge: Forge
  /** A new one for each write, by which an instance knows its own row. */
  readonly nonce: () => string
  /** Requests sent so far. */
  readonly requests: () => number
  /** What a sweep tells while it runs. */
  readonly note: (line: string) => void
  readonly clock: Clock
  /** Absent where nothing can stop this sweep. */
  readonly stop?: Stop
  /** Is told all about the one pull that was asked for; its head is studied whatever its state. */
  readonly explain?: (explanation: Explanation) => void
}

/**
 * One sweep: list, look, judge, repair, report. A single head's trouble never stops the others; an
 * unreadable list does.
 */
export async function sweep(config: Config, tools: SweepTools): Promise<SweepReport> {
  const { policy, baseBranches } = config
  const { forge, nonce, note, requests } = tools
  // Which pull requests are asked for may depend on their base branches, which a cheap list lacks.
  const open = await (baseBranches.length === 0 ? forge.listPulls() : forge.openPulls())
  const heads = headsOf(config, open.pulls)
  note(
    `${open.pulls.length} open pull requests; judging ${heads.size} heads by ` +
      `"${policy.umbrella}"`,
  )
  if (open.pulls.length > 0 && heads.size === 0 && baseBranches.length > 0)
    note(`base-branches: no open pull request targets ${baseBranches.join(', ')}`)
  const { problem, ...sorted } = await judge(config, tools, heads)
  const { judged } = sorted
  const { workflowRun } = config
  const writer = {
    run: workflowRun?.number ?? null,
    url: workflowRun === null ? '' : forge.linkTo(workflowRun),
  }
  const dependencies: RepairDependencies = {
    forge,
    policy,
    baseBranches,
    writer,
    rerunAllowed: {
      dependentsToo: config.rerunDependents,
      wholeRunToo: config.rerunWholeRun,
    },
    clock: tools.clock,
  }
  const stop = tools.stop ?? new Stop(() => null)
  const on = { config, dependencies, nonce, note, stop, heads: heads.size }
  const outcomes = await carryOut(on, judged)
  tellOne(config, tools, judged, outcomes)
  const told = judged.flatMap(head => {
    const done = outcomes.get(head.evidence.sha)
    return tellHead({ config, forge, ...(done?.alarm ?? head), done })
  })
  return reportOf(config, forge, { requests: requests(), told, quiet: sorted.quiet, problem })
}

/** Looks at every head and judges it. */
async function judge(
  config: Config,
  tools: SweepTools,
  heads: Heads,
): Promise<SortedHeads & { readonly problem: string | null }> {
  const looked = await look(config, tools, heads)
  const problem = await misnamed(config, tools.forge, looked)
  return { ...judgeAll(config, looked), problem }
}

/** Explains the one pull that was asked for, where somebody wants to know. */
function tellOne(
  config: Config,
  { forge, explain }: SweepTools,
  judged: readonly Judged[],
  outcomes: ReadonlyMap<string, Done>,
): void {
  if (explain === undefined) return
  for (const head of judged) {
    const done = outcomes.get(head.evidence.sha)
    const { evidence, judgements } = done?.alarm ?? head
    const pull = evidence.pulls.find(({ number }) => number === config.pullRequest)
    const judgement = pull === undefined ? undefined : judgements.get(pull.number)
    if (pull === undefined || judgement === undefined) continue
    explain(explanationOf({ config, forge, evidence, pull, judgement, done }))
  }
}

/** How far the looks have come is told after so many heads, and so many times at the most. */
const LEAST_STEP = 25
const MOST_STEPS = 20

/** Tells now and then how many of the heads were looked at. */
function progress(heads: number, note: SweepTools['note']): () => void {
  const step = Math.max(LEAST_STEP, Math.ceil(heads / MOST_STEPS))
  let looked = 0
  return () => {
    looked += 1
    if (looked % step === 0) note(`looked at ${looked} of ${heads} heads`)
  }
}

/** What the first looks at all heads leave: the evidence of some, the number of the others. */
async function firstLooks(
  config: Config,
  { forge, note, explain }: SweepTools,
  heads: Heads,
): Promise<{ readonly kept: readonly Evidence[]; readonly left: HeadsLeft }> {
  const looked = progress(heads.size, note)
  const left = new HeadsLeft(config)
  const kept = await forge.firstLook(heads, look => {
    looked()
    const { evidence, doubtful } = look
    const isStudied = explain !== undefined || doubtful || isCandidate(config.policy, evidence)
    const reasons = isStudied ? null : leftAlone(config, evidence)
    // What a head carries in place of the umbrella may tell a wrong name.
    if (reasons === null || [...reasons.values()].includes('umbrella-missing')) {
      left.keep(look)
      return true
    }
    left.count(look, reasons)
    return false
  })
  return { kept, left }
}

/**
 * The first look at every head, and the whole evidence of those that need it. Failed runs are asked
 * for after the looks, since they may have failed meanwhile; a head that one of them stands on is
 * looked at again if it was only counted.
 */
export async function look(config: Config, tools: SweepTools, heads: Heads): Promise<Looked> {
  const { forge, note, explain } = tools
  const { kept, left } = await firstLooks(config, tools, heads)
  const suspects = await forge.suspects()
  if (suspects.why !== null) note(`false greens were not looked for: ${suspects.why}`)
  const again = await forge.firstLook(left.takeBack(heads, suspects.has), () => true)
  const first = [...kept, ...again]
  const study = first.filter(
    head => explain !== undefined || isCandidate(config.policy, head) || suspects.has(head.sha),
  )
  if (study.length > 0)
    note(`studying ${study.length} of ${heads.size} heads: the rest needs no repair`)
  const studied = await forge.study(study)
  const whole = new Map(study.map((head, at) => [head, studied[at]]))
  return { kept: first.map(head => whole.get(head) ?? head), quiet: left.quiet }
}
