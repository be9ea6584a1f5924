import { suffixOf } from '../model/context.js'
import type { RunGroup } from './run-group.js'
import { contextPrefix, taskPrefix } from './run-group.js'
import type { HeadStatuses, SignedRow } from './head-statuses.js'
import { jobOfRow } from './head-statuses.js'
import type { Job, Task } from '../model/job.js'
import type { FinalWord, JobWord } from '../model/status.js'
import { isFinal, ZOMBIE_AFTER } from '../model/status.js'

/**
 * Where an answer was read: N's own row, a row N's end left untouched because it was equal, N's job
 * rows, or another system's row.
 */
export type Source = 'own-row' | 'equal-row' | 'job' | 'external'

/**
 * What the newest run says of one context (design §4). Only `success` proves anything; `unknown` is
 * never green.
 */
export type JobResult =
  | {
      readonly kind: 'success' | 'failure' | 'cancelled' | 'skipped'
      readonly source: Source
      readonly run: number | null
      readonly job: number | null
      readonly attempt: number | null
      readonly row: number | null
    }
  | { readonly kind: 'open'; readonly run: number | null; readonly why: string }
  | { readonly kind: 'disagree'; readonly run: number; readonly why: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'stranger'; readonly state: SignedRow['state']; readonly row: number }
  | {
      readonly kind: 'unknown'
      readonly run: number | null
      readonly pending: boolean
      readonly why: string
    }

const unknown = (run: number | null, rows: readonly SignedRow[], why: string): JobResult => ({
  kind: 'unknown',
  run,
  pending: rows[0]?.state === 'pending',
  why,
})

/**
 * A pending row above, whoever's, can hide a re-run. A state nobody knows does not get here: row 1
 * of the ladder refuses it.
 */
function pendingAbove(rows: readonly SignedRow[], id: number): boolean {
  return rows.some(row => row.id > id && row.state === 'pending')
}

/** A row with which Actions said how a job ended. */
interface End {
  readonly word: FinalWord
  readonly run: number
  readonly job: number
  readonly row: number
}

function endOf(row: SignedRow | undefined): End | null {
  if (row?.author.kind !== 'actions' || !isFinal(row.author.word)) return null
  const { word, run, job } = row.author
  return { word, run, job, row: row.id }
}

const fromEnd = ({ word, run, job, row }: End, source: Source): JobResult => ({
  kind: word,
  source,
  run,
  job,
  attempt: null,
  row,
})

const wordOf = (row: SignedRow | undefined): JobWord | null =>
  row?.author.kind === 'actions' ? row.author.word : null

const byRun = (rows: readonly SignedRow[], run: number): readonly SignedRow[] =>
  rows.filter(({ author }) => author.kind === 'actions' && author.run === run)

/**
 * Rule (b): what a server that skips rows equal to the latest state left standing when N ended. F,
 * N's umbrella row, was written when its job ended by its runner's report; the server then
 * re-posted every job of N and wrote nothing over S, so S's state is N's. A clean-up (cancel,
 * abandon, a failure of ten minutes or more) re-posts nothing (forge-facts §2.3, §3 M7–M9).
 *
 * It also answers where N's own row is final but a pending row of another run stands between it and
 * S: the same re-post at F proves that no re-run was hidden under that pending row (seen in
 * recordings/gitea-1.23.8, two pulls on one head).
 */
function equalRow(
  head: HeadStatuses,
  umbrella: string,
  run: number,
  rows: readonly SignedRow[],
  own: SignedRow | undefined,
): End | null {
  if (!head.evidence.traits.skipsEqualState) return null
  const [end, ...earlier] = byRun(head.of(umbrella), run)
  if (end?.author.kind !== 'actions') return null
  const { word, took } = end.author
  const reported =
    word === 'success' || (word === 'failure' && took !== null && took < ZOMBIE_AFTER)
  if (!reported) return null
  const standing = endOf(rows.find(row => row.id < end.id))
  if (standing === null) return null
  const ownWord = wordOf(own)
  if (ownWord !== null && isFinal(ownWord) && ownWord !== standing.word) return null
  // Where skipped reads success, a job that N skipped leaves an older run's success standing too.
  // Only a job that a runner took ran, and only its own row says so, if N has not come to an end
  // since: a task row may be that of an earlier attempt, and so may a row before an end.
  if (head.evidence.traits.skippedIsSuccess && standing.word === 'success') {
    const took = ownWord === 'running' || ownWord === 'success' ? own : undefined
    if (took === undefined || earlier.some(row => row.id > took.id && endOf(row) !== null))
      return null
  }
  return pendingAbove(rows, standing.row) ? null : standing
}

/**
 * What run N says of a context by its status rows alone: rules (a), (b), (c) of design §4.
 * `umbrella` is `null` where (b) may not be used.
 */
export function byStatus(
  head: HeadStatuses,
  umbrella: string | null,
  run: number,
  context: string,
): JobResult {
  const rows = head.of(context)
  const own = byRun(rows, run)
  const positions = new Set(
    own.flatMap(({ author }) => (author.kind === 'actions' ? [author.job] : [])),
  )
  if (positions.size > 1) return unknown(run, rows, `two jobs of run ${run} write ${context}`)
  const newest = own[0]
  const end = endOf(newest)
  if (end !== null && !pendingAbove(rows, end.row)) return fromEnd(end, 'own-row')
  const standing = umbrella === null ? null : equalRow(head, umbrella, run, rows, newest)
  if (standing !== null) return fromEnd(standing, 'equal-row')
  if (newest === undefined) return unknown(run, rows, `run ${run} wrote no row of ${context}`)
  if (newest === rows[0]) return { kind: 'open', run, why: `run ${run} says ${newest.description}` }
  return unknown(
    run,
    rows,
    `run ${run} has no final row of ${context} that nothing pending stands above`,
  )
}

/**
 * The newest task of each job of N that writes this context: a task is a job some runner picked,
 * and can only veto (forge-facts §4.2).
 */
function tasksOf(
  head: HeadStatuses,
  group: RunGroup,
  run: number,
  context: string,
): readonly Task[] | null {
  const prefix = taskPrefix(head, group, run)
  if (prefix === null) return null
  const suffix = suffixOf(context)
  const newest = new Map<string, Task>()
  for (const task of head.tasks) {
    if (task.run !== run || `${prefix}${task.name}${suffix}` !== context) continue
    if ((newest.get(task.name)?.id ?? -1) < task.id) newest.set(task.name, task)
  }
  return [...newest.values()]
}

function vetoByTasks(
  head: HeadStatuses,
  group: RunGroup,
  run: number,
  context: string,
  said: JobResult,
): JobResult {
  const tasks = tasksOf(head, group, run, context)
  // Forgejo 12–15 say of the run itself that it goes on, a run that is held for approval included.
  if (said.kind === 'unknown' && head.run(run)?.completed === false)
    return { kind: 'open', run, why: `run ${run} is still going` }
  if (tasks === null)
    return said.kind === 'success'
      ? unknown(run, head.of(context), `the task rows of run ${run} name no job of ${context}`)
      : said
  if (tasks.some(({ state }) => state === 'open'))
    return { kind: 'open', run, why: `a task of run ${run} is still going` }
  if (said.kind !== 'success') return said
  const [first] = tasks
  if (first === undefined)
    return unknown(run, head.of(context), `run ${run} has no task row for ${context}`)
  const other = tasks.find(({ state }) => state !== 'success')
  return other === undefined
    ? said
    : {
        kind: 'disagree',
        run,
        why: `its status row says success, its task row ${other.id} says ${other.state}`,
      }
}

/**
 * The jobs of run N that write this context; `null` when job names cannot be mapped to contexts.
 */
export function jobsOf(
  head: HeadStatuses,
  group: RunGroup,
  run: number,
  context: string,
): readonly Job[] | null {
  const prefix = contextPrefix(head, group)
  const jobs = head.run(run)?.jobs
  if (prefix === null || jobs === undefined) return null
  const suffix = suffixOf(context)
  return jobs.filter(({ name }) => `${prefix}${name}${suffix}` === context)
}

function byJobs(head: HeadStatuses, group: RunGroup, run: number, context: string): JobResult {
  const rows = head.of(context)
  const jobs = jobsOf(head, group, run, context)
  if (jobs === null)
    return unknown(run, rows, `the jobs of run ${run} cannot be matched to contexts`)
  const [first] = jobs
  if (first === undefined) return unknown(run, rows, `run ${run} has no job that writes ${context}`)
  for (const kind of ['failure', 'cancelled'] as const) {
    const job = jobs.find(({ state }) => state === kind)
    if (job !== undefined)
      return { kind, source: 'job', run, job: job.id, attempt: job.attempt, row: null }
  }
  if (jobs.some(({ state }) => state === 'open'))
    return { kind: 'open', run, why: `a job of run ${run} is still going` }
  if (jobs.some(({ state }) => state === 'unknown'))
    return unknown(run, rows, `a job of run ${run} ended in a way nobody knows`)
  const skipped = jobs.find(({ state }) => state === 'skipped')
  const job = skipped ?? first
  return {
    kind: skipped === undefined ? 'success' : 'skipped',
    source: 'job',
    run,
    job: job.id,
    attempt: job.attempt,
    row: null,
  }
}

/**
 * Does N's own status row of a context contradict N's job rows? Only a row that must have been
 * written counts: a server that skips equal states may leave an older pending row of N (forge-facts
 * §2.3).
 */
function contradiction(head: HeadStatuses, run: number, context: string): string | null {
  const own = byRun(head.of(context), run)
  const word = wordOf(own[0])
  if (own[0] === undefined || word === null || word === 'success') return null
  if (!isFinal(word) && head.evidence.traits.skipsEqualState) return null
  const ran = head.run(run)
  const job =
    ran === undefined || own[0].author.kind !== 'actions'
      ? undefined
      : jobOfRow(ran, own[0].author.job, head.evidence.traits.jobInTargetUrl)
  // Gitea ≥1.27 copies a job that is not re-run under a new id: the old id's row speaks of an older
  // attempt (forge-facts §4.3).
  if (job === undefined) return null
  return `its status row ${own[0].id} says ${word}, its job row ${job.id} says ${job.state}`
}

/** What the newest run of a group says of one of its contexts, at the grade of the evidence. */
export function resultOf(
  head: HeadStatuses,
  group: RunGroup,
  context: string,
  umbrella: string | null,
): JobResult {
  const run = group.newest
  const rows = head.of(context)
  if (run === null) return unknown(null, rows, `no run of Actions wrote ${group.context}`)
  if (group.doubt !== null) return unknown(run, rows, group.doubt)
  switch (head.evidence.grade) {
    case 'jobs': {
      const said = byJobs(head, group, run, context)
      if (said.kind !== 'success') return said
      const why = contradiction(head, run, context)
      return why === null ? said : { kind: 'disagree', run, why }
    }
    case 'tasks':
      return vetoByTasks(head, group, run, context, byStatus(head, umbrella, run, context))
    case 'statuses':
      return byStatus(head, umbrella, run, context)
  }
}
