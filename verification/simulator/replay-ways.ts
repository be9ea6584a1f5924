import { readForEmission } from './engine.js'
import { postJob } from './job-status.js'
import { compareRows, placeOf } from './recorded-rows.js'
import type { Play, Script } from './replay-acts.js'
import {
  actOn,
  emitUntilRow,
  endJob,
  jobAt,
  latestOf,
  postNext,
  runOf,
  writtenBy,
} from './replay-acts.js'
import { jobsOf } from './run-state.js'
import type { StatusRow } from './state.js'

/**
 * The first way to write exactly the wanted row, and the first to write another of its context;
 * each is tried on a copy.
 */
export function waysTo(
  play: Play,
  script: Script,
  index: number,
): { exact: Play | null; near: Play | null } {
  const want = script.history[index]
  let near: Play | null = null
  if (want === undefined) return { exact: null, near }
  for (const way of [goOnEmitting, actOn, startEmitting, emitOldRead, endSilently]) {
    const attempt = structuredClone(play)
    if (!way(attempt, script, want)) continue
    const got = writtenBy(attempt, script)[index]
    if (got === undefined) continue
    if (compareRows(want, got).length === 0) return { exact: attempt, near }
    if (got.context === want.context) near ??= attempt
  }
  return { exact: null, near }
}

/** Let every open emission post on as long as that writes nothing. */
export function emitSilently(play: Play, script: Script): void {
  for (const emission of [...play.open]) {
    while (emission.posted < emission.seen.length) {
      const before = writtenBy(play, script).length
      postNext(play, emission)
      if (writtenBy(play, script).length === before) continue
      play.forge.rows[script.sha]?.pop()
      emission.posted--
      break
    }
    if (emission.posted === emission.seen.length) play.open.splice(play.open.indexOf(emission), 1)
  }
}

function goOnEmitting(play: Play, script: Script, want: StatusRow): boolean {
  const run = runOf(play, want)
  const emission = play.open.find(other => other.runId === run?.id)
  return emission !== undefined && emitUntilRow(play, script, emission)
}

function startEmitting(play: Play, script: Script, want: StatusRow): boolean {
  const run = runOf(play, want)
  if (run === undefined || play.read[run.id] === undefined) return false
  const emission = { runId: run.id, seen: readForEmission(play.forge, run).seen, posted: 0 }
  play.open.push(emission)
  return emitUntilRow(play, script, emission)
}

function emitOldRead(play: Play, script: Script, want: StatusRow): boolean {
  const run = runOf(play, want)
  const seen = run === undefined ? undefined : play.read[run.id]
  if (run === undefined || seen === undefined) return false
  const emission = { runId: run.id, seen, posted: 0 }
  play.open.push(emission)
  return emitUntilRow(play, script, emission)
}

/** An end that wrote nothing, because another run's equal row stood; only its emission shows. */
function endSilently(play: Play, script: Script, want: StatusRow): boolean {
  const run = runOf(play, want)
  const job =
    run === undefined
      ? undefined
      : jobsOf(play.forge, run).find(other => other.status === 'running')
  if (run === undefined || job === undefined) return false
  const before = writtenBy(play, script).length
  endJob(play, run, job, latestOf(play, run, job)?.state === 'success' ? 'success' : 'failure')
  return writtenBy(play, script).length === before && startEmitting(play, script, want)
}

/**
 * A row no single writer can write: equal to the latest row of its context, or what its job was a
 * moment ago.
 */
export function isRace(play: Play, script: Script, index: number): boolean {
  const want = script.history[index]
  const place = want === undefined ? null : placeOf(want)
  const run = want === undefined ? undefined : runOf(play, want)
  if (want === undefined || place === null || run === undefined) return false
  const last = script.history.slice(0, index).findLast(row => row.context === want.context)
  if (
    last?.state === want.state &&
    (play.forge.profile.dedupe === 'state' || last.targetUrl === want.targetUrl)
  )
    return true
  const job = jobAt(play, run, place.job)
  if (job === undefined) return false
  return [...(play.past[job.id] ?? [])].some(seen => {
    const copy = structuredClone(play.forge)
    copy.rows[script.sha] = []
    const row = postJob(copy, run, job, seen)
    return row !== null && compareRows(want, row).length === 0
  })
}
