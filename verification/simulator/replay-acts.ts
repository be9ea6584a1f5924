import { cancel, createRun, finish, heartbeat, pick, readForEmission } from './engine.js'
import type { SeenJob } from './job-status.js'
import { contextOf, postJob } from './job-status.js'
import { FRESH, endingOf, placeOf } from './recorded-rows.js'
import { rerunJob } from './reruns.js'
import type { Ending } from './run-state.js'
import { findJob, isDone, jobsOf, runStatus, seenOf } from './run-state.js'
import type { ForgeState, Job, Run, StatusRow } from './state.js'
import { latestRows, writeRow } from './statuses.js'
import type { Workflow } from './workflow.js'

/**
 * An emitter at work: what it read, and how far it has posted. Other writers may come between two
 * of its rows.
 */
interface Emission {
  readonly runId: number
  readonly seen: readonly SeenJob[]
  posted: number
}

/** The engine's side of a replay. */
export interface Play {
  readonly forge: ForgeState
  /** Run ids by the number their links carry. */
  readonly runs: Record<string, number>
  readonly open: Emission[]
  /** What each run's emitter would have read right after its latest end. */
  readonly read: Record<number, readonly SeenJob[]>
  /** Statuses each job has had, newest last: what a slow writer may still post. */
  readonly past: Record<number, SeenJob[]>
}

/** The recorded side of a replay. */
export interface Script {
  readonly sha: string
  readonly workflow: Workflow
  readonly file: string
  readonly history: readonly StatusRow[]
}

export function latestOf(play: Play, run: Run, job: Job): StatusRow | undefined {
  return latestRows(play.forge, run.statusSha).find(
    row => row.context === contextOf(play.forge, run, job),
  )
}

export function emitUntilRow(play: Play, script: Script, emission: Emission): boolean {
  const before = writtenBy(play, script).length
  while (emission.posted < emission.seen.length && writtenBy(play, script).length === before)
    postNext(play, emission)
  if (emission.posted === emission.seen.length) play.open.splice(play.open.indexOf(emission), 1)
  return writtenBy(play, script).length > before
}

/** The emitter's next row, if the server does not skip it. */
export function postNext(play: Play, emission: Emission): void {
  const seen = emission.seen[emission.posted++]
  const run = play.forge.runs.find(other => other.id === emission.runId)
  if (seen !== undefined && run !== undefined)
    postJob(play.forge, run, findJob(play.forge, seen.id), seen)
}

/** What a person, a runner or a web page did to cause this row. */
export function actOn(play: Play, script: Script, want: StatusRow): boolean {
  const place = placeOf(want)
  if (want.creator >= 0 || place === null) {
    takeOver(play, script, want)
    return true
  }
  const run = runOf(play, want)
  if (run === undefined) {
    startRuns(play, script, place.run)
    return true
  }
  const job = jobAt(play, run, place.job)
  if (job === undefined) return false
  const ending = endingOf(want.description)
  if (['Has started running', 'In progress'].includes(want.description))
    return reportStart(play, run, job)
  if (ending === 'cancelled') return cancelRun(play, run, job)
  if (ending !== null) return endJob(play, run, job, ending)
  const { forge } = play
  const free = forge.profile.rerunWhileRunning || isDone(runStatus(forge, run))
  if (!isDone(job.status) || !free) return false
  remember(play, rerunJob(play.forge, job))
  return true
}

function reportStart(play: Play, run: Run, job: Job): boolean {
  makeReady(play, run, job)
  if (job.status === 'waiting') pick(play.forge, job)
  else if (job.status === 'running') heartbeat(play.forge, job)
  else return false
  remember(play, job)
  return true
}

export function endJob(play: Play, run: Run, job: Job, ending: Ending): boolean {
  if (isDone(job.status)) return false
  makeReady(play, run, job)
  if (job.status === 'waiting') pick(play.forge, job)
  if (job.status !== 'running') return false
  remember(play, job)
  finish(play.forge, job, ending)
  remember(play, job)
  play.read[run.id] = readForEmission(play.forge, run).seen
  return true
}

/**
 * A job whose row would have come first and did not was running: its start equals the row that
 * stood, and its end comes with its runner's report.
 */
function cancelRun(play: Play, run: Run, first: Job): boolean {
  const jobs = jobsOf(play.forge, run)
  for (const job of jobs.slice(0, jobs.indexOf(first)))
    if (job.status === 'waiting') pick(play.forge, job)
  cancel(play.forge, run)
  return true
}

/**
 * Ends of needs that wrote nothing, because an equal row of another run stood already; then the
 * emitter's unblocking.
 */
function makeReady(play: Play, run: Run, job: Job): void {
  if (job.status !== 'blocked') return
  for (const need of jobsOf(play.forge, run).filter(
    other => job.needs.includes(other.key) && other.status === 'running',
  )) {
    finish(play.forge, need, latestOf(play, run, need)?.state === 'success' ? 'success' : 'failure')
  }
  readForEmission(play.forge, run)
}

function remember(play: Play, job: Job): void {
  ;(play.past[job.id] ??= []).push(seenOf(job))
}

/**
 * The run a row names is created, and so are those whose creation wrote nothing: an equal row stood
 * for each of their jobs.
 */
function startRuns(play: Play, { sha, workflow, file, history }: Script, link: string): void {
  const links = [
    ...new Set(history.map(row => placeOf(row)?.run).filter(other => other !== undefined)),
  ]
  const silent = links.filter(other => {
    const rows = history.filter(row => placeOf(row)?.run === other)
    const created = rows.filter(
      row => FRESH.includes(row.description) && row.created - (rows[0]?.created ?? 0) <= 1000,
    )
    return other !== link && play.runs[other] === undefined && created.length < workflow.jobs.length
  })
  for (const number of [link, ...silent]) {
    const jobs = history
      .map(placeOf)
      .filter(place => place?.run === number)
      .map(place => Number(place?.job))
    const next = play.forge.next
    if (play.forge.profile.targetUrl === 'id/id')
      Object.assign(next, { run: Number(number), job: Math.min(...jobs) })
    else Object.assign(next, { run: Number(number), index: Number(number) })
    const run = createRun(play.forge, workflow, {
      title: '',
      file,
      event: 'pull_request',
      hookEvent: 'pull_request',
      ref: 'refs/pull/1/head',
      sha,
      statusSha: sha,
      pull: 1,
      fork: false,
      actor: 1,
      needApproval: false,
    })
    play.runs[number] = run.id
    for (const job of jobsOf(play.forge, run)) remember(play, job)
  }
}

export function runOf(play: Play, row: StatusRow): Run | undefined {
  const id = play.runs[placeOf(row)?.run ?? '']
  return play.forge.runs.find(run => run.id === id)
}

export function jobAt(play: Play, run: Run, link: string): Job | undefined {
  const jobs = jobsOf(play.forge, run)
  return play.forge.profile.targetUrl === 'id/id'
    ? jobs.find(job => String(job.id) === link)
    : jobs[Number(link)]
}

/**
 * Write a row as it was recorded; if it tells of an end the engine has not come to, its job ends
 * too, without another row.
 */
export function takeOver(play: Play, { sha }: Script, row: StatusRow): void {
  const [run, ending, place] = [runOf(play, row), endingOf(row.description), placeOf(row)]
  const job = run === undefined || place === null ? undefined : jobAt(play, run, place.job)
  const before = [...(play.forge.rows[sha] ?? [])]
  if (run !== undefined && job !== undefined && ending !== null) endJob(play, run, job, ending)
  play.forge.rows[sha] = before
  writeRow(play.forge, sha, row)
}

/** What the engine has written so far. */
export function writtenBy(play: Play, { sha }: Script): readonly StatusRow[] {
  return play.forge.rows[sha] ?? []
}
