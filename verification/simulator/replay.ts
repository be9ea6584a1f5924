import type { Difference } from './differences.js'
import { brief, compareRows, nameOf, workflowOf } from './recorded-rows.js'
import { stateOfRecording } from './recorded-state.js'
import type { Recording } from './recording.js'
import type { Play } from './replay-acts.js'
import { postNext } from './replay-acts.js'
import { emitSilently, isRace, waysTo } from './replay-ways.js'
import { writtenBy } from './replay-acts.js'
import { takeOver } from './replay-acts.js'
import { emptyState } from './setup.js'
import { historyRows } from './statuses.js'

/** What replaying one head's recorded history through the engine showed. */
interface ReplayReport {
  readonly recording: string
  readonly head: string
  /** Recorded rows the engine wrote by itself, in the recorded order. */
  readonly rows: number
  /**
   * Rows only two writers at once can write: each looked before the other wrote
   * (docs/forge-facts.md, 2.3, 3 M3). Taken over as they are.
   */
  readonly races: number
  readonly differences: readonly Difference[]
}

/**
 * Let the engine live the recorded history of one head. Each row names the event it can come from
 * (a pick, a report, an end, an emission, a cancel, a re-run, a person); the event is done, and the
 * row the engine writes must be the recorded one. Context, state, description and link of the
 * engine's rows are its own.
 */
export function replayHistory(recording: Recording, head: string, sha: string): ReplayReport {
  const source = stateOfRecording(recording)
  const history = historyRows(source, sha, 'highestindex')
  const script = { sha, history, ...workflowOf(source, sha, history) }
  const { owner, name } = source.repository
  let play: Play = {
    forge: emptyState(recording.profile, { owner, repo: name }),
    runs: {},
    open: [],
    read: {},
    past: {},
  }
  const count = { rows: 0, races: 0 }
  const differences: Difference[] = []
  for (const [index, want] of history.entries()) {
    play.forge.clock.now = want.created
    emitSilently(play, script)
    const ways =
      writtenBy(play, script).length > index
        ? { exact: play, near: null }
        : waysTo(play, script, index)
    if (ways.exact === null && isRace(play, script, index)) {
      takeOver(play, script, want)
      count.races++
      continue
    }
    play = ways.exact ?? ways.near ?? play
    const got = writtenBy(play, script)[index]
    if (got === undefined) takeOver(play, script, want)
    else count.rows++
    differences.push(
      ...(got === undefined
        ? [
            {
              name: nameOf('not written', want),
              path: `row ${want.index}`,
              want: brief(want),
              got: undefined,
            },
          ]
        : compareRows(want, got)),
    )
  }
  emitSilently(play, script)
  for (const emission of play.open)
    while (emission.posted < emission.seen.length) postNext(play, emission)
  for (const extra of writtenBy(play, script).slice(history.length)) {
    differences.push({
      name: nameOf('written too much', extra),
      path: 'after the last row',
      want: undefined,
      got: brief(extra),
    })
  }
  return { recording: recording.name, head, ...count, differences }
}
