import type { Outcome } from '../core/acting/outcome.js'
import type { StatusWrite } from '../core/acting/remedy.js'
import type { Evidence } from '../core/model/evidence.js'
import { decide } from '../core/rules/decide.js'
import type { Repair, Verdict } from '../core/rules/verdict.js'
import { compensate } from './compensate.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import { whoStands } from './standing.js'

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
  const agreed = await lookAgain(dependencies, proven)
  return 'code' in agreed ? agreed : compensate(dependencies, write, agreed)
}

async function lookAgain(
  { forge, policy, baseBranches }: RepairDependencies,
  proven: Proven,
): Promise<Agreed | Outcome> {
  const pulls = await whoStands(forge, proven.evidence)
  if ('code' in pulls) return pulls
  const evidence = await forge.secondLook({ ...proven.evidence, pulls })
  const changed = differenceOf(proven.verdicts, decide(policy, baseBranches, evidence))
  if (changed !== null) return { code: 'changed-meanwhile', detail: changed }
  const rows = [...evidence.latest, ...(evidence.history ?? [])]
  return {
    evidence,
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
