import type { Outcome } from '../core/acting/outcome.js'
import type { RerunWrite, StatusWrite } from '../core/acting/remedy.js'
import { leadingOf, objectionTo, runToRerun } from '../core/acting/rerun.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { decide } from '../core/rules/decide.js'
import type { Repair, Verdict } from '../core/rules/verdict.js'
import { compensate } from './compensate.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import { allowedBy } from './dependencies.js'
import type { StartedRerun } from './rerun.js'
import { startRerun } from './rerun.js'
import { pullsStillOnHead } from './standing.js'

/** A proven head: its evidence, and the verdict of each open pull request on it. */
export interface Proven {
  readonly evidence: Evidence
  readonly verdicts: ReadonlyMap<number, Repair>
}

/**
 * The one door of every remedy: look again, decide again, write once, look back (docs/acting.md,
 * "The protocol"). Never throws for a forge's trouble; whatever happens, the outcome says whether a
 * write of ours stands.
 */
export async function repair(
  dependencies: RepairDependencies,
  proven: Proven,
  write: StatusWrite,
): Promise<Outcome> {
  const pulls = await pullsStillOnHead(dependencies.forge, proven.evidence)
  if ('code' in pulls) return pulls
  const agreed = await lookAgain(dependencies, proven, pulls)
  return 'code' in agreed ? agreed : compensate(dependencies, write, agreed)
}

/**
 * The same door for a re-run. What it would touch is read before the rows, so that nothing stands
 * between the last look at them and the request.
 */
export async function repairByRerun(
  dependencies: RepairDependencies,
  proven: Proven,
  write: RerunWrite,
): Promise<Outcome | StartedRerun> {
  const { forge, policy } = dependencies
  const pulls = await pullsStillOnHead(forge, proven.evidence)
  if ('code' in pulls) return pulls
  const before = leadingOf(proven.verdicts)
  if (before === null) return { code: 'changed-meanwhile', detail: 'nothing is proven' }
  const reach = await forge.rerunReach(proven.evidence, runToRerun(before.verdict))
  const agreed = await lookAgain(dependencies, proven, pulls)
  if ('code' in agreed) return agreed
  const { evidence } = agreed
  const lead = leadingOf(agreed.verdicts)
  const { umbrella } = policy
  const [was, is] = [before.verdict.umbrellaJob, lead?.verdict.umbrellaJob]
  if (lead === null || is?.job !== write.job || is.attempt !== was?.attempt)
    return { code: 'changed-meanwhile', detail: 'the umbrella job was run again meanwhile' }
  const question = { umbrella, evidence, ...lead, reach, ...allowedBy(dependencies) }
  const objection = objectionTo(question)
  return objection === null
    ? startRerun(dependencies, write, { ...agreed, ...lead })
    : { code: 'changed-meanwhile', detail: objection.why }
}

async function lookAgain(
  { forge, policy, baseBranches }: RepairDependencies,
  proven: Proven,
  pulls: NonEmpty<Pull>,
): Promise<Agreed | Outcome> {
  const evidence = await forge.secondLook({ ...proven.evidence, pulls })
  const after = decide(policy, baseBranches, evidence)
  const changed = differenceOf(proven.verdicts, after)
  if (changed !== null) return { code: 'changed-meanwhile', detail: changed }
  const rows = [...evidence.latest, ...(evidence.history ?? [])]
  return {
    evidence,
    verdicts: new Map(
      [...after].flatMap(([number, verdict]): [number, Repair][] =>
        verdict.kind === 'repair' ? [[number, verdict]] : [],
      ),
    ),
    mark: rows.reduce((top, { id }) => Math.max(top, id), 0),
    counted: new Set([...proven.verdicts.values()].flatMap(verdict => verdict.counted)),
  }
}

/** What differs between the two decisions, or `null`. */
function differenceOf(
  before: ReadonlyMap<number, Repair>,
  after: ReadonlyMap<number, Verdict>,
): string | null {
  for (const [number, was] of before) {
    const is = after.get(number)
    if (is?.kind !== 'repair')
      return (
        `#${number} is now ` +
        `${is?.reason ?? 'not judged'}${is === undefined ? '' : `: ${is.detail}`}`
      )
    if (is.umbrella.row !== was.umbrella.row) return `the umbrella has a new row ${is.umbrella.row}`
    if (is.run !== was.run) return `run ${is.run} is newer than run ${was.run}`
  }
  const unproven = [...after.keys()].find(number => !before.has(number))
  return unproven === undefined ? null : `#${unproven} was not proven`
}
