import type { Clock, RepairDependencies } from '../apply/dependencies.js'
import { Stop } from '../apply/stop.js'
import type { Config } from '../config.js'
import { planOf } from '../core/plan/remedy.js'
import type { SweepReport } from './report/report.js'
import { plural } from './report/text.js'
import { carryOut } from './carry-out.js'
import { earlierSuccesses } from './earlier.js'
import { explanationOf } from './explanation.js'
import { headsOf } from './judged.js'
import type { LookTools } from './look.js'
import { look } from './look.js'
import { misnamed } from './misnamed.js'
import { reportOf, tellHead } from './sweep-report.js'
import { unjudgedOf } from './unjudged.js'

/** What a sweep is given beside its configuration. */
export interface SweepTools extends LookTools {
  /** A new one for each write, by which an instance knows its own row. */
  readonly nonce: () => string
  /** Requests sent so far. */
  readonly requests: () => number
  readonly clock: Clock
  /** Absent where nothing can stop this sweep. */
  readonly stop?: Stop
}

/**
 * One sweep: list, preview, triage, study, judge, plan, apply, report. A single head's trouble
 * never stops the others; an unreadable list does.
 */
export async function sweep(config: Config, tools: SweepTools): Promise<SweepReport> {
  const { policy, baseBranches } = config
  const { forge, nonce, note, explain, clock } = tools
  // Which pull requests are asked for may depend on their base branches, which a cheap list lacks.
  const open = await (baseBranches.length === 0 ? forge.listPulls() : forge.openPulls())
  const heads = headsOf(config, open.pulls)
  note(
    `${plural(open.pulls.length, 'open pull request')}; judging ` +
      `${plural(heads.length, 'commit')} by ` +
      `"${policy.umbrella}"`,
  )
  if (open.pulls.length > 0 && heads.length === 0 && baseBranches.length > 0)
    note(`base-branches: no open pull request targets ${baseBranches.join(', ')}`)
  const looked = await look(config, tools, heads)
  const { judged } = looked
  const problem = await misnamed(config, forge, looked)
  const { workflowRun, rerunDependents, rerunWholeRun } = config
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
      dependentsToo: rerunDependents,
      wholeRunToo: rerunWholeRun,
    },
    clock,
  }
  const stop = tools.stop ?? new Stop(() => null)
  const plan = planOf(forge.server, config.remedy)
  const on = { config, dependencies, plan, nonce, note, stop, heads: heads.length }
  const outcomes = await carryOut(on, judged)
  const ended = judged.map(head => {
    const done = outcomes.get(head.evidence.sha)
    return { config, forge, ...(done?.alarm ?? head), done }
  })
  if (explain !== undefined) ended.flatMap(explanationOf).forEach(explain)
  const told = ended.flatMap(tellHead)
  return reportOf(config, forge, {
    ...looked,
    plan,
    requests: tools.requests(),
    told,
    earlier: earlierSuccesses(config, ended),
    unjudged: unjudgedOf(ended),
    problem,
  })
}
