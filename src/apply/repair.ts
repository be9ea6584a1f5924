import type { Outcome, Untouched } from '../core/plan/outcome.js'
import type { RerunWrite, StatusWrite, Write } from '../core/plan/remedy.js'
import { leadingRepair, objectionTo, runToRerun } from '../core/plan/rerun.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { decide } from '../core/rules/decide.js'
import type { Repair, Verdict } from '../core/rules/verdict.js'
import { compensate } from './compensate.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import type { StartedRerun } from './rerun.js'
import { startRerun } from './rerun.js'
import { changed, pullsStillOnHead } from './standing.js'

/** A proven head: its evidence, and the verdict of each open pull request on it. */
export interface Proven {
  readonly evidence: Evidence
  readonly verdicts: ReadonlyMap<number, Repair>
}

/**
 * The one door of every remedy: look again, decide again, write once, look back (docs/acting.md,
 * "The protocol"). Never throws for a forge's trouble; whatever happens, the outcome says whether a
 * write of ours stands. A re-run that was started is looked back at by `awaitReruns`.
 */
export async function repair(
  dependencies: RepairDependencies,
  proven: Proven,
  write: StatusWrite,
): Promise<Outcome>
export async function repair(
  dependencies: RepairDependencies,
  proven: Proven,
  write: RerunWrite,
): Promise<Outcome | StartedRerun>
export async function repair(
  dependencies: RepairDependencies,
  proven: Proven,
  write: Write,
): Promise<Outcome | StartedRerun> {
  const pulls = await pullsStillOnHead(dependencies.forge, proven.evidence)
  if (!pulls.ok) return pulls.why
  if (write.kind === 'rerun') return runAgain(dependencies, proven, pulls.value, write)
  const agreed = await lookAgain(dependencies, proven, pulls.value)
  return agreed.ok ? compensate(dependencies, write, agreed.value) : agreed.why
}

/**
 * What a re-run would touch is read before the rows, so that nothing stands between the last look
 * at them and the request.
 */
async function runAgain(
  dependencies: RepairDependencies,
  proven: Proven,
  pulls: NonEmpty<Pull>,
  write: RerunWrite,
): Promise<Outcome | StartedRerun> {
  const before = leadingRepair(proven.verdicts)
  if (before === null) return changed('nothing is proven')
  const reach = await dependencies.forge.rerunReach(proven.evidence, runToRerun(before.verdict))
  const agreed = await lookAgain(dependencies, proven, pulls)
  if (!agreed.ok) return agreed.why
  const { evidence, verdicts } = agreed.value
  const lead = leadingRepair(verdicts)
  const [was, is] = [before.verdict.umbrellaJob, lead?.verdict.umbrellaJob]
  if (lead === null || is?.job !== write.job || is.attempt !== was?.attempt)
    return changed('the umbrella job was run again meanwhile')
  const objection = objectionTo({
    umbrella: dependencies.policy.umbrella,
    evidence,
    ...lead,
    reach,
    ...dependencies.rerunAllowed,
  })
  return objection === null
    ? startRerun(dependencies, write, { ...agreed.value, ...lead })
    : changed(objection.why)
}

/** The second look, and what both looks agree on; else what changed between them. */
async function lookAgain(
  { forge, policy, baseBranches }: RepairDependencies,
  proven: Proven,
  pulls: NonEmpty<Pull>,
): Promise<Result<Agreed, Untouched>> {
  const evidence = await forge.secondLook({ ...proven.evidence, pulls })
  const after = decide(policy, baseBranches, evidence)
  const difference = differenceOf(proven.verdicts, after)
  if (difference !== null) return failure(changed(difference))
  const rows = [...evidence.latest, ...(evidence.history ?? [])]
  return success({
    evidence,
    verdicts: new Map(
      [...after].flatMap(([number, verdict]): [number, Repair][] =>
        verdict.kind === 'repair' ? [[number, verdict]] : [],
      ),
    ),
    mark: rows.reduce((top, { id }) => Math.max(top, id), 0),
    counted: new Set([...proven.verdicts.values()].flatMap(verdict => verdict.counted)),
  })
}

/** What differs between the two decisions, or `null`. */
function differenceOf(
  before: ReadonlyMap<number, Repair>,
  after: ReadonlyMap<number, Verdict>,
): string | null {
  for (const [number, was] of before) {
    const is = after.get(number)
    if (is === undefined) return `#${number} is now not judged`
    if (is.kind !== 'repair') return `#${number} is now ${is.reason}: ${is.detail}`
    if (is.umbrella.row !== was.umbrella.row) return `the umbrella has a new row ${is.umbrella.row}`
    if (is.run !== was.run) return `run ${is.run} is newer than run ${was.run}`
  }
  const unproven = [...after.keys()].find(number => !before.has(number))
  return unproven === undefined ? null : `#${unproven} was not proven`
}
