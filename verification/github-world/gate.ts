import type { Actions } from './actions.js'
import type { Check, Pull, Required, StatusRow } from './model.js'
import type { Repository } from './repository.js'
import { passes, seenIn, standOf } from './stand.js'

/** What a gate is judged by. */
interface Seen {
  readonly actions: Actions
  readonly statuses: readonly StatusRow[]
  readonly repository: Repository
}

/** A run that somebody dispatched never satisfies a pull request. */
const NEVER = ['workflow_dispatch', 'repository_dispatch', 'schedule']

/**
 * The check runs of a name that may count on a commit: of each workflow and event those of its
 * newest run, of every other app its newest. Which of these decides is documented nowhere, so that
 * all must pass.
 */
function countingChecks(world: Seen, sha: string, { context, app }: Required): readonly Check[] {
  const now = world.actions.clock.now()
  const newest = new Map<string, Check>()
  for (const suite of world.actions.suites) {
    if (suite.sha !== sha || (app !== null && suite.app.id !== app)) continue
    const { run } = suite
    if (run !== null && NEVER.includes(run.event)) continue
    const producer = run === null ? suite.app.slug : `${run.workflow.path} ${run.event}`
    for (const check of seenIn(suite, now)) {
      if (check.name !== context) continue
      const known = newest.get(producer)
      const isNewer = known === undefined || isAfter(check, known)
      if (isNewer) newest.set(producer, check)
    }
  }
  return [...newest.values()]
}

/** By run, and within one by execution: the ids alone are too large to be one number. */
function isAfter(one: Check, other: Check): boolean {
  const [mine, known] = [one, other].map(({ suite }) => suite.run?.id ?? suite.id)
  return mine === known ? one.id > other.id : (mine ?? 0) > (known ?? 0)
}

function isGreen(world: Seen, sha: string, required: Required): boolean {
  const checks = countingChecks(world, sha, required)
  const name = required.context.toLowerCase()
  const rows = world.statuses.filter(row => row.sha === sha && row.context.toLowerCase() === name)
  const row = rows.reduce<(typeof rows)[number] | null>(
    (last, one) => (last === null || last.id < one.id ? one : last),
    null,
  )
  if (checks.length === 0 && row === null) return false
  const now = world.actions.clock.now()
  return checks.every(one => passes(standOf(one, now))) && (row === null || row.state === 'success')
}

/** May this pull request be merged, as far as its required checks go? */
export function gateOf(world: Seen, pull: Pull): 'open' | 'shut' {
  const required = world.repository.required(pull.base)
  return required.every(one => isGreen(world, pull.head, one)) ? 'open' : 'shut'
}
