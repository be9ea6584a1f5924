import type { RepairDependencies } from '../act/dependencies.js'
import type { Config } from '../config.js'
import type { Evidence } from '../core/model/evidence.js'
import { isCandidate } from '../core/rules/candidate.js'
import { judgeHead } from '../core/rules/decide.js'
import type { Forge, Head } from '../forge/port.js'
import type { SweepReport } from '../report/report.js'
import { carryOut } from './carry-out.js'
import type { Judged } from './judged.js'
import { headsOf, wanted } from './judged.js'
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
  if (open.pulls.length > 0 && heads.length === 0 && baseBranches.length > 0)
    note(`base-branches: no open pull request targets ${baseBranches.join(', ')}`)
  const looked = await look(config, tools, heads)
  const problem = await misnamed(config, forge, looked)
  const judged = looked.map((evidence): Judged => ({
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
  return reportOf(config, forge, { requests: requests(), told, problem })
}

/** The first look at every head, and the whole evidence of those that need it. */
export async function look(
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
