import type { CheckRun, Suite } from '../model/check.js'
import type { CheckEvidence, Evidence, JobEvidence, RowEvidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Run } from '../model/job.js'
import type { SignedRow } from '../model/status.js'
import type { Instant } from '../model/time.js'

/** A moment in the past of a commit. */
interface Cut {
  readonly at: Instant
  /** This row and all with a higher id came later; absent: rows are compared by their times. */
  readonly before?: number
}

const isBy =
  ({ at, before = Infinity }: Cut) =>
  ({ id, createdAt }: SignedRow): boolean =>
    before === Infinity ? createdAt <= at : id < before

/**
 * A commit as it stood at a moment: what was written, begun or ended later did not count then. Only
 * a whole history can be asked.
 */
export function asOf(evidence: Evidence, cut: Cut): Evidence {
  return evidence.kind === 'checks' ? checksAt(evidence, cut) : rowsAt(evidence, cut)
}

function rowsAt(evidence: RowEvidence, cut: Cut): RowEvidence {
  const rows = [...(evidence.history ?? [])]
  const snapshot = {
    ...evidence,
    observedAt: cut.at,
    latest: [],
    history: rows.filter(isBy(cut)),
  }
  const wrote = runsThatWrote(snapshot.history)
  const later = runsThatWrote(rows.filter(row => !isBy(cut)(row)))
  const runs = evidence.runs.filter(({ key }) => wrote.has(key))
  if (evidence.kind === 'jobs') {
    const then = jobsAt(evidence, { cut, wrote, later })
    if (then !== null) return { ...snapshot, kind: 'jobs', runs: then }
  }
  // Whether a run has ended now says nothing of then, and rows tell it.
  const ended = runs.map(run => ({ ...run, completed: true }))
  return { ...snapshot, kind: 'statuses', runs: wrote.size === runs.length ? ended : [] }
}

const runsThatWrote = (rows: readonly SignedRow[]): ReadonlySet<RunKey> =>
  new Set(rows.flatMap(({ author }) => (author.kind === 'actions' ? [author.run] : [])))

/**
 * The runs of that moment with their jobs; `null` where the jobs do not show any more what they
 * were then: a run is not listed any more, or the newest one of a file went on since.
 */
function jobsAt(
  { runs }: JobEvidence,
  {
    cut,
    wrote,
    later,
  }: {
    readonly cut: Cut
    readonly wrote: ReadonlySet<RunKey>
    readonly later: ReadonlySet<RunKey>
  },
): readonly Run[] | null {
  const then = runs.filter(({ key }) => wrote.has(key))
  const newest = new Map<string, RunKey>()
  for (const { file, key } of then)
    newest.set(file, key > (newest.get(file) ?? key) ? key : (newest.get(file) ?? key))
  if (then.length < wrote.size || [...newest.values()].some(key => later.has(key))) return null
  return then.map(run => {
    const jobs = run.jobs.map(job =>
      (job.endedAt ?? cut.at) > cut.at ? { ...job, state: 'open' as const } : job,
    )
    return { ...run, jobs, completed: jobs.every(({ state }) => state !== 'open') }
  })
}

function checksAt(evidence: CheckEvidence, cut: Cut): CheckEvidence {
  const { at } = cut
  const suites = evidence.suites.filter(({ run }) => run === null || run.createdAt <= at)
  const known = new Set(suites.map(({ id }) => id))
  const checks = evidence.checks
    .filter(({ suite, startedAt }) => known.has(suite) && (startedAt ?? at) <= at)
    .map(check => checkAt(check, at))
  const rows = (evidence.history ?? evidence.latest).filter(isBy(cut))
  return {
    ...evidence,
    observedAt: at,
    latest: rows,
    history: rows,
    suites: suites.map(suite => suiteAt(suite, evidence.checks, at)),
    checks,
  }
}

/** An execution that had not ended yet was going, whatever it was to end with. */
function checkAt(check: CheckRun, at: Instant): CheckRun {
  if ((check.completedAt ?? at) <= at) return check
  const { id, suite, name, startedAt, attempt, isJob, isListed, taken } = check
  const same = { id, suite, name, startedAt, attempt, isJob, isListed, taken }
  return { ...same, state: 'open', completedAt: null }
}

/** A suite was going while a job of it had not ended for the first time. */
function suiteAt(suite: Suite, checks: readonly CheckRun[], at: Instant): Suite {
  if (suite.run === null) return suite
  const own = checks.filter(check => check.suite === suite.id)
  const ended = new Set(
    own.filter(({ completedAt }) => completedAt !== null && completedAt <= at).map(one => one.name),
  )
  return own.every(({ name }) => ended.has(name)) ? suite : { ...suite, state: 'open' }
}
