import type { Evidence } from '../../src/core/model/evidence.js'
import { asJobKey, asRunKey } from '../../src/core/model/ids.js'
import type { RunKey } from '../../src/core/model/ids.js'
import type { Author, SignedRow } from '../../src/core/model/status.js'
import { withJobs, withRows, withRuns } from './change.js'
import type { Wrong } from './wrong.js'

/** Rows, changed one by one. */
const withEachRow = (change: (row: SignedRow) => SignedRow): ((evidence: Evidence) => Evidence) =>
  withRows(rows => rows.map(change))

/** Rows with another phase of their job. */
const saying =
  (was: string, is: 'success') =>
  (row: SignedRow): SignedRow =>
    row.author.kind === 'actions' && row.author.phase === was
      ? { ...row, state: is, author: { ...row.author, phase: is } }
      : row

/** Ids in the order of time, as if a clock told which row is the latest. */
function byTime(rows: readonly SignedRow[]): readonly SignedRow[] {
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b)
  return [...rows]
    .sort((a, b) => a.createdAt - b.createdAt || a.id - b.id)
    .map((row, at) => ({ ...row, id: ids[at] ?? row.id }))
}

/** The same for the latest rows: of every context the one with the latest time. */
function latestByTime(evidence: Evidence): Evidence {
  const rows = byTime(evidence.history ?? evidence.latest)
  const latest = new Map(
    [...rows].sort((a, b) => a.id - b.id).map((row): [string, SignedRow] => [row.context, row]),
  )
  return {
    ...evidence,
    latest: [...latest.values()],
    history: evidence.history === null ? null : rows,
  }
}

/** The highest run for that which wrote last, and so on downwards. */
function runsByLastRow(rows: readonly SignedRow[]): readonly SignedRow[] {
  const last = new Map<RunKey, number>()
  for (const { id, author } of rows)
    if (author.kind === 'actions') last.set(author.run, Math.max(id, last.get(author.run) ?? 0))
  const keys = [...last.keys()].sort((a, b) => a - b)
  const order = [...last].sort(([, a], [, b]) => a - b).map(([run]) => run)
  return rows.map(row =>
    row.author.kind === 'actions'
      ? {
          ...row,
          author: { ...row.author, run: keys[order.indexOf(row.author.run)] ?? row.author.run },
        }
      : row,
  )
}

/** Every row of Actions for the newest run's. */
function ofNewestRun(rows: readonly SignedRow[]): readonly SignedRow[] {
  const runs = rows.flatMap(({ author }) => (author.kind === 'actions' ? [author.run] : []))
  const newest = asRunKey(Math.max(0, ...runs))
  return rows.map(row =>
    row.author.kind === 'actions' ? { ...row, author: { ...row.author, run: newest } } : row,
  )
}

/** Whoever wrote it: a row that links to a job is that job's. */
function authorByLink({ author, state, targetUrl }: SignedRow): Author {
  const [, run, job] = /\/runs\/(\d+)\/jobs\/(\d+)$/.exec(targetUrl) ?? []
  if (author.kind !== 'foreign' || run === undefined || job === undefined) return author
  const phase = state === 'success' ? 'success' : state === 'pending' ? 'running' : 'failure'
  return {
    kind: 'actions',
    run: asRunKey(Number(run)),
    job: asJobKey(Number(job)),
    phase,
    took: null,
  }
}

/** Rows, jobs and tasks, taken for something else. */
export const SEEING: readonly Wrong[] = [
  {
    name: 'latest-by-time',
    breaks: 'orders rows by their time: the latest is always the highest id, whatever a clock says',
    evidence: latestByTime,
    suite: 'sabotage',
    test: 'the newest row is the one with the highest id, whatever its time says',
  },
  {
    name: 'last-writer-is-newest',
    breaks: 'takes the run that wrote last for the newest: an older one may end later',
    evidence: withRows(runsByLastRow),
    suite: 'core/view/run-group',
    test: 'superseded-evidence: two workflow files write the umbrella',
  },
  {
    name: 'any-run-speaks',
    breaks: "takes the newest row of any run for the newest run's own word",
    evidence: withRows(ofNewestRun),
    suite: 'core/view/job-result',
    test: "required-failed: (a) an older run's late green above it does not either",
  },
  {
    name: 'skipped-is-green',
    breaks: 'counts a skipped job as a green one, in rows and in jobs',
    evidence: evidence =>
      withJobs(jobs =>
        jobs.map(job => (job.state === 'skipped' ? { ...job, state: 'success' } : job)),
      )(withEachRow(saying('skipped', 'success'))(evidence)),
    suite: 'core/rules/required-jobs',
    test: 'required-skipped: a skip that says so',
  },
  {
    name: 'unknown-is-green',
    breaks: 'reads past a state nobody knows: it may be red',
    evidence: withEachRow(row => (row.state === 'unknown' ? { ...row, state: 'success' } : row)),
    suite: 'core/rules/umbrella-row',
    test: 'evidence-incomplete: a state nobody knows on a required context',
  },
  {
    name: 'linked-is-written',
    breaks: 'believes that whoever links to a job is that job',
    evidence: withEachRow(row => ({ ...row, author: authorByLink(row) })),
    suite: 'core/view/job-result',
    test: "required-failed: a person who echoes link and words over Actions' failure",
  },
  {
    name: 'foreign-pending',
    breaks: 'reads past a pending row that a person wrote: it can hide a re-run',
    evidence: withRows(rows =>
      rows.filter(({ state, author }) => state !== 'pending' || author.kind !== 'foreign'),
    ),
    suite: 'core/view/job-result',
    test: 'required-open: (a) a pending above it, by a person',
  },
  {
    name: 'without-ours',
    breaks: 'judges as if nothing of ours were there: what we put back is a veto all the same',
    evidence: withRows(rows => rows.filter(({ author }) => author.kind !== 'us')),
    suite: 'core/rules/umbrella-row',
    test: "foreign-red: a person's veto that our red stands in for",
  },
  {
    name: 'every-job-has-a-row',
    breaks: 'trusts rows alone where a job may have none (Gitea 28)',
    evidence: evidence => ({
      ...evidence,
      traits: { ...evidence.traits, jobsMayHaveNoRow: false },
    }),
    suite: 'core/rules/umbrella-row',
    test: 'evidence-incomplete: statuses alone, where a job may have no row at all (Gitea 28)',
  },
  {
    name: 'jobs-by-name',
    breaks: 'keys the jobs of a run by name: all of a name must be green, not the last one',
    evidence: withJobs(jobs => [...new Map(jobs.map(job => [job.name, job])).values()]),
    suite: 'sabotage',
    test: 'required-failed: of two jobs of one name, the first failed',
  },
  {
    name: 'first-attempt',
    breaks: 'takes an attempt that cannot be read for the first one',
    evidence: withJobs(jobs => jobs.map(job => ({ ...job, attempt: job.attempt ?? 1 }))),
    suite: 'core/plan/rerun',
    test: 'an attempt that cannot be read is never taken for the first',
  },
  {
    name: 'rows-without-jobs',
    breaks: 'judges by rows where the jobs were read: the better source vetoes',
    evidence: withRuns(() => []),
    suite: 'core/view/job-result',
    test: 'required-failed: the job row says failure over a green status',
  },
  {
    name: 'rows-without-tasks',
    breaks: 'asks no task, where tasks are listed: green needs the newest task to be green too',
    evidence: evidence => (evidence.kind === 'tasks' ? { ...evidence, tasks: [] } : evidence),
    suite: 'core/view/job-result',
    test: 'sources-disagree: the newest task says failure over a green status',
  },
  {
    name: 'runs-of-another-pull',
    breaks: "takes the run of another pull request on the commit for this one's",
    evidence: withRuns(runs => runs.map(run => ({ ...run, pull: null }))),
    suite: 'core/view/run-group',
    test: 'a run of a pull that nobody judged: closed by now, or opened after the list was read',
  },
]
