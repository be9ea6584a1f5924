import { knownBase } from '../forge/reading.js'
import type { RepairDependencies } from '../apply/dependencies.js'
import type { Config } from '../config.js'
import type { Plan, Remedy } from '../core/plan/remedy.js'
import { planOf, remedyFor, wantsRerun, weakestOf } from '../core/plan/remedy.js'
import type { ProvenRun } from '../core/plan/rerun.js'
import { objectionTo, runToRerun, staleBeside } from '../core/plan/rerun.js'
import { blockersOf } from '../core/view/gate.js'
import { ForgeError } from '../forge/port.js'
import type { ProvenHead } from './judged.js'

/** What a remedy is chosen with. */
export interface RemedyTools {
  readonly config: Config
  readonly dependencies: RepairDependencies
  readonly nonce: () => string
}

/**
 * The remedy of one proven head. What it depends on beside the verdict is asked for only where it
 * decides: the protection where a post and a re-run could both win, the run's workflow file where a
 * re-run is wanted.
 */
export async function chooseRemedy(on: RemedyTools, head: ProvenHead): Promise<Remedy> {
  const { config, dependencies, nonce } = on
  const { forge, writer, rerunAllowed } = dependencies
  const { server } = forge
  const { sha, evidence, pull, verdict } = head
  const { umbrella } = config.policy
  const proven: ProvenRun = { umbrella, evidence, pull, verdict }
  const plan = hiddenSource(head) ?? planOf(server, config.remedy, verdict.stands)
  const wish = {
    server,
    choice: config.remedy,
    plan,
    staleBeside: await otherStaleContexts(on, proven, plan),
    basis: weakestOf([...head.verdicts.values()].map(one => one.basis)) ?? verdict.basis,
  }
  const reach = wantsRerun(wish) ? await forge.rerunReach(evidence, runToRerun(verdict)) : null
  return remedyFor({
    ...wish,
    sha,
    context: umbrella,
    verdict,
    writer,
    nonce: nonce(),
    sharesGroup: reach?.kind === 'read' && !['nothing', 'own-ref'].includes(reach.concurrency),
    objection: reach === null ? null : objectionTo({ ...proven, reach, ...rerunAllowed }),
  })
}

/**
 * Why nothing is posted, or `null`. A merge may want the umbrella from one app alone, and where
 * that cannot be read, whether a posted success would count is not known. A job that runs again
 * writes in the name of the app that wrote the red.
 */
function hiddenSource({ evidence, verdict: { stands } }: ProvenHead): Plan | null {
  if (evidence.kind !== 'checks' || stands !== 'row') return null
  const { requiredHidden: hidden } = evidence
  if (hidden === undefined) return null
  const why = `which app a merge wants it from cannot be read, so that nothing is posted: ${hidden}`
  return { kind: 'report', why, missing: null }
}

/** Other required contexts that only a re-run mends, where that decides between post and re-run. */
async function otherStaleContexts(
  { config, dependencies: { forge } }: RemedyTools,
  proven: ProvenRun,
  { kind }: Plan,
): Promise<readonly string[]> {
  const { traits, capabilities } = forge.server
  const both = kind === 'status' && capabilities.rerun && !traits.checkRuns
  if (!both || config.remedy !== 'auto') return []
  if (blockersOf(proven.evidence, proven.umbrella).length === 0) return []
  try {
    const bases = [...new Set(proven.evidence.pulls.map(knownBase))]
    const required = await Promise.all(bases.map(base => forge.requiredToMerge(base)))
    return staleBeside(proven, config.policy, required.flat())
  } catch (error) {
    // Then it is posted, as where nothing else is stale: the report lists what is not green.
    if (error instanceof ForgeError) return []
    throw error
  }
}
