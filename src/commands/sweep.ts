import type { Clock, RepairDependencies } from '../act/dependencies.js'
import type { Config } from '../config.js'
import type { Evidence } from '../core/model/evidence.js'
import { isCandidate } from '../core/rules/candidate.js'
import type { Forge } from '../forge/port.js'
import type { SweepReport } from '../report/report.js'
import type { Explanation } from '../report/explanation.js'
import type { Done } from './carry-out.js'
import { carryOut } from './carry-out.js'
import { explanationOf } from './explanation.js'
import type { Heads, Judged, Looked, SortedHeads } from './judged.js'
import { countLeft, headsOf, judgeAll, leftAlone, noneQuiet } from './judged.js'
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
  const { rerunDependents, rerunWholeRun } = config
  const { clock } = tools
  const dependencies: RepairDependencies = {
    ...{ forge, policy, baseBranches, writer, rerunDependents, rerunWholeRun, clock },
  }
  const on = { config, dependencies, nonce, note, heads: heads.size }
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

/**
 * The first look at every head, and the whole evidence of those that need it. One that is left
 * alone is counted and forgotten, unless it lacks the umbrella: what it carries instead may tell a
 * wrong name.
 */
export async function look(
  config: Config,
  { forge, note, explain }: SweepTools,
  heads: Heads,
): Promise<Looked> {
  const { policy } = config
  const suspects = await forge.suspects()
  if (suspects.why !== null) note(`false greens were not looked for: ${suspects.why}`)
  const needsStudy = (head: Evidence): boolean =>
    explain !== undefined || isCandidate(policy, head) || suspects.has(head.sha)
  const quiet = noneQuiet()
  const looked = progress(heads.size, note)
  const first = await forge.firstLook(heads, evidence => {
    looked()
    const left = needsStudy(evidence) ? null : leftAlone(config, evidence)
    if (left === null || [...left.values()].includes('umbrella-missing')) return true
    countLeft(config, evidence, left, quiet)
    return false
  })
  const study = first.filter(needsStudy)
  if (study.length > 0)
    note(`studying ${study.length} of ${heads.size} heads: the rest needs no repair`)
  const studied = await forge.study(study)
  const whole = new Map(study.map((head, at) => [head, studied[at]]))
  return { kept: first.map(head => whole.get(head) ?? head), quiet }
}
