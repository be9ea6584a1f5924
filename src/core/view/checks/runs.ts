import { asRunKey } from '../../model/ids.js'
import type { Policy } from '../../model/policy.js'
import type { UmbrellaView } from '../view.js'
import type { Leg, RunSuite } from './legs.js'
import { producerName, runName } from './legs.js'
import type { Carriers } from './result.js'
import type { HeadChecks } from './head.js'

/** The runs of the workflows that write the umbrella. */
export function groupOf(
  head: HeadChecks,
  context: string,
  umbrella: Carriers,
): readonly RunSuite[] {
  const workflows = new Set(umbrella.legs.map(({ suite }) => suite.run.workflow))
  const rows = head.rows.get(context.toLowerCase()) ?? []
  // Under a success of ours stands what a run of the workflow wrote.
  const linked = new Set(
    rows.flatMap(({ author }) => (author.kind === 'actions' ? [Number(author.run)] : [])),
  )
  for (const { run } of head.runs) if (linked.has(run.id)) workflows.add(run.workflow)
  return head.newest.filter(({ run }) => workflows.has(run.workflow))
}

/**
 * A newest run that ended without the umbrella's job, where an older one of the same workflow and
 * event had it: what it would say is not known, and the older run's job says nothing of it.
 */
function silentRun(group: readonly RunSuite[], legs: readonly Leg[]): RunSuite | undefined {
  const hasLeg = (of: (suite: RunSuite) => boolean): boolean => legs.some(({ suite }) => of(suite))
  return group.find(
    ({ id, state, run: { workflow, event } }) =>
      state !== 'open' &&
      hasLeg(({ run }) => run.workflow === workflow && run.event === event) &&
      !hasLeg(suite => suite.id === id),
  )
}

/** Which runs write the umbrella, and why it is not known what the newest of them say. */
export function umbrellaRunsOf(
  { evidence, newest }: HeadChecks,
  {
    policy,
    pull,
    umbrella: { legs },
    group,
  }: {
    readonly policy: Policy
    readonly pull: number
    readonly umbrella: Carriers
    readonly group: readonly RunSuite[]
  },
): Pick<UmbrellaView, 'newest' | 'newestRuns' | 'runs' | 'doubt' | 'isDue' | 'awaiting'> {
  const runs = group.map(({ key }) => key)
  const unclear = legs.find(({ state }) => state === 'unknown')
  const silent = legs.length === 0 ? undefined : silentRun(group, legs)
  const why =
    unclear?.why === ''
      ? 'it ended in a way nobody knows'
      : (unclear?.why ??
        (silent && `${runName(silent)}, the newest of ${producerName(silent)}, has no job of it`))
  const none = `no run of Actions wrote ${policy.umbrella} for pull request #${pull}`
  const held = evidence.suites.find(({ run, state }) => run !== null && state === 'action-required')
  const waiting = held?.run ?? legs.find(({ state }) => state === 'action-required')?.suite.run
  return {
    newest: runs[0] ?? null,
    newestRuns: newest.map(({ key }) => key),
    runs,
    doubt: why === undefined ? (runs.length === 0 ? none : null) : `${policy.umbrella}: ${why}`,
    isDue: false,
    awaiting: waiting === undefined ? null : asRunKey(waiting.id),
  }
}

/** Does a run only wait for a deployment, in a workflow without any job that counts? */
const waitsApart = ({ waitsWith }: RunSuite, isCounted: (context: string) => boolean): boolean =>
  waitsWith != null && !waitsWith.some(isCounted)

/**
 * Which run that counts for a pull request has not ended, in words, whatever its workflow: it may
 * still come to a job that is required. Days may go by until somebody approves a deployment: such a
 * run is waited for only where its workflow has a job that counts.
 */
export function openRunReason(
  { runs }: HeadChecks,
  isCounted: (context: string) => boolean,
): string | null {
  const open = runs.find(suite => suite.state === 'open' && !waitsApart(suite, isCounted))
  return open === undefined ? null : `${runName(open)} of ${producerName(open)} is still going`
}
