import {
  cancel,
  createRun,
  findJob,
  finish,
  heartbeat,
  isDone,
  jobsOf,
  pick,
  readForEmission,
  seenOf,
  type Ending,
} from './engine.js'
import { contextOf, postJob, type SeenJob } from './job-status.js'
import { compareRows, endingOf, FRESH, placeOf } from './recorded-rows.js'
import { rerunJob } from './reruns.js'
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

function latestOf(play: Play, run: Run, job: Job): StatusRow | undefined {
  return latestRows(play.forge, run.statusSha).find(
    row => row.context === contextOf(play.forge, run, job),
  )
}

function emitUntilRow(play: Play, script: Script, emission: Emission): boolean {
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
function actOn(play: Play, script: Script, want: StatusRow): boolean {
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
  if (want.description === 'Has started running') return reportStart(play, run, job)
  if (ending === 'cancelled') return cancelRun(play, run)
  if (ending !== null) return endJob(play, run, job, ending)
  if (!isDone(job.status)) return false
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

function endJob(play: Play, run: Run, job: Job, ending: Ending): boolean {
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

function cancelRun(play: Play, run: Run): boolean {
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

function remember(play: Play, job: Job): void {
  ;(play.past[job.id] ??= []).push(seenOf(job))
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

function runOf(play: Play, row: StatusRow): Run | undefined {
  const id = play.runs[placeOf(row)?.run ?? '']
  return play.forge.runs.find(run => run.id === id)
}

function jobAt(play: Play, run: Run, link: string): Job | undefined {
  const jobs = jobsOf(play.forge, run)
  return play.forge.profile.targetUrl === 'id/id'
    ? jobs.find(job => String(job.id) === link)
    : jobs[Number(link)]
}
