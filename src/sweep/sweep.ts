import type { Clock, RepairDependencies } from '../apply/dependencies.js'
import { Stop } from '../apply/stop.js'
import type { Config } from '../config.js'
import { planOf } from '../core/plan/remedy.js'
import type { SweepReport } from './report/report.js'
import type { CommitReads } from '../forge/commits.js'
import type { Forge, ListedPulls } from '../forge/port.js'
import { plural } from './report/text.js'
import { judgeCommits } from './commits.js'
import { carryOut } from './carry-out.js'
import { earlierSuccesses } from './earlier.js'
import { explanationOf } from './explanation.js'
import type { HeadGates } from './gate.js'
import { judgeGates } from './gate.js'
import { headsOf } from './judged.js'
import type { LookTools } from './look.js'
import type { Looked } from './look.js'
import { look } from './look.js'
import { misnamed } from './misnamed.js'
import { reportOf, tellHead, unalarmed } from './sweep-report.js'
import { unjudgedOf } from './unjudged.js'

/** What a sweep is given beside its configuration. */
interface SweepTools extends LookTools {
  /** A new one for each write, by which an instance knows its own row. */
  readonly nonce: () => string
  /** Requests sent so far. */
  readonly requests: () => number
  readonly clock: Clock
  /** Reads branches, tags and single commits; absent where none is asked about. */
  readonly commits?: CommitReads
  /** Absent where nothing can stop this sweep. */
  readonly stop?: Stop
}

/** What else holds heads back, where that is asked: by reads alone, before anything is written. */
async function gatesOf(
  config: Config,
  { forge, explain, note }: LookTools,
  judged: Looked['judged'],
): Promise<ReadonlyMap<string, HeadGates>> {
  const isThorough = explain !== undefined
  const { server, gate: reads } = forge
  if (reads === undefined || (!isThorough && config.scope === 'umbrella')) return new Map()
  const print: Forge['print'] = write => forge.print(write)
  const gates = await judgeGates({ config, server, reads, print, isThorough }, judged)
  const whys = [...gates.values()].flatMap(head =>
    [...head.values()].flatMap(({ why }) => why ?? []),
  )
  for (const why of new Set(whys)) note(`scope: ${why}`)
  return gates
}

/**
 * The pull requests that are swept: none where one commit is asked about. Which are asked for, and
 * what a merge requires of them, may depend on their base branches, which a cheap list lacks.
 */
async function pullsToSweep(
  { sha, baseBranches, scope }: Config,
  forge: Forge,
): Promise<ListedPulls> {
  if (sha !== null) return { pulls: [] }
  const needsBases = baseBranches.length > 0 || scope === 'required'
  return needsBases ? forge.openPulls() : forge.listPulls()
}

/** What the writes of a sweep are made with. */
function dependenciesOf(config: Config, { forge, clock }: SweepTools): RepairDependencies {
  const { policy, baseBranches, workflowRun, rerunDependents, rerunWholeRun } = config
  return {
    forge,
    policy,
    baseBranches,
    writer: {
      run: workflowRun?.number ?? null,
      url: workflowRun === null ? '' : forge.linkTo(workflowRun),
    },
    rerunAllowed: { dependentsToo: rerunDependents, wholeRunToo: rerunWholeRun },
    clock,
  }
}

/** Says how many pull requests and commits are judged, and by what. */
function noteHeads(
  { policy, baseBranches, sha }: Config,
  note: SweepTools['note'],
  [pulls, heads]: readonly [number, number],
): void {
  if (sha === null)
    note(
      `${plural(pulls, 'open pull request')}; judging ${plural(heads, 'commit')} by ` +
        `"${policy.umbrella}"`,
    )
  if (pulls > 0 && heads === 0 && baseBranches.length > 0)
    note(`base-branches: no open pull request targets ${baseBranches.join(', ')}`)
}

/**
 * One sweep: list, preview, triage, study, judge, plan, apply, report. A single head's trouble
 * never stops the others; an unreadable list does.
 */
export async function sweep(config: Config, tools: SweepTools): Promise<SweepReport> {
  const { forge, nonce, note, explain } = tools
  const open = await pullsToSweep(config, forge)
  const heads = headsOf(config, open.pulls)
  noteHeads(config, note, [open.pulls.length, heads.length])
  const commits = tools.commits === undefined ? [] : await judgeCommits(config, tools.commits)
  const looked = await look(config, tools, heads)
  const { judged } = looked
  const problem = await misnamed(config, forge, looked)
  const gates = await gatesOf(config, tools, judged)
  const dependencies = dependenciesOf(config, tools)
  const stop = tools.stop ?? new Stop(() => null)
  const plan = planOf(forge.server, config.remedy)
  const on = { config, dependencies, plan, nonce, note, stop, heads: heads.length }
  const outcomes = await carryOut(on, judged)
  const ended = judged.map(head => {
    const done = outcomes.get(head.evidence.sha)
    const gate = gates.get(head.evidence.sha)
    return {
      config,
      forge,
      ...(done?.alarm ?? head),
      done,
      ...(gate === undefined ? {} : { gate }),
    }
  })
  if (explain !== undefined) ended.flatMap(explanationOf).forEach(explain)
  const told = ended
    .flatMap(tellHead)
    .map(pull => (config.alarms === 'off' ? unalarmed(pull) : pull))
  return reportOf(config, forge, {
    ...looked,
    plan,
    requests: tools.requests(),
    told,
    earlier: earlierSuccesses(config, ended),
    unjudged: unjudgedOf(ended),
    problem,
    commits,
  })
}
