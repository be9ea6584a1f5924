import { isFinal } from '../model/status.js'
import type { Duration } from '../model/time.js'
import { minutes } from '../model/time.js'
import type { HeadStatuses } from './head-statuses.js'
import type { RunGroup } from './run-group.js'

/**
 * A group that writes no final umbrella row counts as quiet after this long without a
 * row.
 */
const SILENCE = minutes(20)

export function openRunReasonOf(head: HeadStatuses, group: RunGroup, age: Duration): string | null {
  if (group.newest === null) return null
  if (head.evidence.kind === 'jobs') {
    for (const key of [...group.runs].sort((a, b) => b - a)) {
      const run = head.run(key)
      const open = head.jobs(key)?.find(({ state }) => state === 'open')
      if (open !== undefined) return `${open.name} of run ${key} is still going`
      if (run !== undefined && !run.completed) return `run ${key} is still going`
    }
    return null
  }
  // Forgejo 12–15 name the run and its status, but not its jobs.
  const going = [...group.runs]
    .sort((a, b) => b - a)
    .find(key => head.run(key)?.completed === false)
  if (going !== undefined) return `run ${going} is still going`
  for (const context of [...group.contexts].sort()) {
    const pending = head
      .latest(context)
      .find(({ state, author }) => state === 'pending' && author.kind !== 'us')
    if (pending !== undefined) return `${context} is still pending`
  }
  const own = head
    .of(group.context)
    .find(({ author }) => author.kind === 'actions' && author.run === group.newest)
  if (own?.author.kind === 'actions' && isFinal(own.author.word)) return null
  return age >= SILENCE
    ? null
    : `run ${group.newest} has not ended its umbrella, and its last row is younger than 20m`
}
