import type { Finding } from './laws.js'
import { aroundAtWrite } from './laws.js'
import { latestBy, latestRow, rowsAbove } from './log.js'
import type { Client, State, World } from './model.js'
import type { RerunRequest } from './our-rerun.js'
import { isGreen } from './truth.js'

/** Words of a person or another system on any context: a re-run must cover none of them. */
function vetoes({ contexts, profile }: World, { log }: State): readonly number[] {
  return contexts.flatMap((_, context) => {
    const other = latestBy(log, context, false)
    if (other === null || other.by === 'us') return []
    const covered = profile.traits.postedStatusWins && latestRow(log, context)?.by === 'actions'
    return covered ? [] : [other.id]
  })
}

/** What must hold when a re-run of ours is carried out. */
export function atRerun(
  world: World,
  state: State,
  client: Client,
  { run, whole }: RerunRequest,
): readonly Finding[] {
  const found: Finding[] = []
  const fault = (law: Finding['law'], what: string, name: Finding['name'] = ''): void => {
    found.push({ law, name, what })
  }
  if (client.okFirst === 0 || client.okLast === 0) {
    const when = client.okFirst > 0 ? 'during the last look' : 'since the first look'
    fault('I1', `the umbrella is run again, and at no instant ${when} was its newest run proven`)
  }
  found.push(...aroundAtWrite(world, state, client, 'the umbrella is run again'))
  if (client.reruns > 0) fault('I3', 'a second re-run in one sweep')
  if (whole) fault('I3', 'jobs that were green run again')
  if (client.gapped) fault('I4', 'a re-run is sent after an answer that was an error')
  const attempt = String(state.runs[run - 1]?.attempt ?? 0)
  if (client.attempts.charAt(run - 1) !== attempt)
    fault('I3', 'the umbrella is run again in another attempt than was decided on', 'rerun-window')
  for (const id of vetoes(world, state)) {
    const seen = id <= client.looked
    const what = `a re-run covers row ${id}, which is not Actions' own`
    fault('I5', what, seen ? '' : 'rerun-window')
  }
  return found
}

/**
 * Is the umbrella green by a run that we ran again, while the newest run is not? A newer run began
 * after the last look, and what the re-run wrote stands over its rows.
 */
export function isReopened(world: World, state: State): boolean {
  const umbrella = world.contexts.length - 1
  const row = latestBy(state.log, umbrella, true)
  if (row?.state !== 'success' || state.runs[row.run - 1]?.ours !== true) return false
  const covered = rowsAbove(state.log, row.id).some(({ context }) => context === umbrella)
  return !covered && row.run < state.runs.length && !isGreen(world, state)
}
