import type { RunKey } from '../../model/ids.js'
import type { SignedRow } from '../../model/status.js'
import { isGreen, isRed } from '../../model/status.js'
import type { JobResult } from '../../view/job-result.js'
import { byRun } from '../../view/job-result.js'
import { umbrellaResult } from '../../view/newest-run.js'
import type { RowsRead } from '../../view/run-group.js'
import { tellsPulls } from '../../view/run-group.js'
import { saidByForeign } from '../../view/rows-view.js'
import { isSharedCommit } from '../basis.js'
import type { RuleInput } from '../rule.js'
import { named } from '../rule.js'
import { doubleWritten, writersDoubt } from '../surroundings.js'
import type { ContextClass, GateFinding } from './finding.js'
import { found, notKnown } from './finding.js'
import { againstIt, RED_ENDS, unsettled } from './own-job.js'

/** Somebody else's red above the newest run's own end: no run has answered it. */
function vetoAbove(rows: readonly SignedRow[], run: RunKey | null): SignedRow | undefined {
  const end = run === null ? 0 : (byRun(rows, run)[0]?.id ?? 0)
  return rows.find(
    ({ id, author, phantom, state }) =>
      id > end && author.kind === 'foreign' && !phantom && isRed(state),
  )
}

/**
 * What else could have made a green newest run and another red just so: a run of another pull
 * request on this commit, a second file that writes the same context. What was not read about that
 * is asked for, and until then nothing is shown.
 */
function otherMaker(input: RuleInput, rows: RowsRead): GateFinding | null {
  const { evidence } = input
  const doubt = writersDoubt(input, rows)
  if (doubt !== null) {
    if (evidence.writers.kind === 'not-read')
      return notKnown(`${doubt}, and the workflow files were not read`, 'writers')
    const double = doubleWritten(input, doubt)
    if (double !== null) return notKnown(double.detail)
  }
  if (!tellsPulls(rows.head, rows.group) && evidence.others.kind === 'not-read')
    return notKnown('which other pull requests stood on this commit was not read', 'others')
  return input.basis.kind === 'shown-stale'
    ? null
    : notKnown('other pull requests stand on this commit, and not every run says it is green')
}

/** By which class a row that stands over a green newest run is told; `null`: not by any. */
function rowClass({ author, state }: SignedRow, { group }: RowsRead): ContextClass<'stale'> | null {
  if (author.kind !== 'actions' || !group.runs.has(author.run)) return null
  if (state === 'pending') return 'run-ended'
  if (author.run === group.newest) return null
  return author.phase === 'cancelled' ? 'cancelled-before' : 'overwritten'
}

const WORDS: Readonly<Record<ContextClass<'stale'>, string>> = {
  overwritten: 'wrote over it',
  'cancelled-before': 'was cancelled and wrote over it',
  'run-ended': 'has ended and left it pending',
  'row-lost': 'lost its row',
  'over-green-needs': 'is red over green needs',
}

/** The newest run's own job is green, and something else stands. */
function overGreen(input: RuleInput, rows: RowsRead, row: SignedRow): GateFinding {
  const { view, policy } = input
  const run = rows.group.newest
  const veto = run === null ? undefined : vetoAbove(rows.head.of(policy.umbrella), run)
  if (veto !== undefined)
    return found('red', 'set-red', `${saidByForeign(veto)}, and no run has answered it since`)
  const as = rowClass(row, rows)
  if (as === null || row.author.kind !== 'actions')
    return notKnown(
      `row ${row.id} says ${row.state}, and it is of no older run of this pull request`,
    )
  return (
    unsettled({ policy, age: view.age }, view.openRun) ??
    otherMaker(input, rows) ??
    found(
      'stale',
      as,
      `its job is green in ${named(run)}, the newest; ${named(row.author.run)} ${WORDS[as]} ` +
        `(row ${row.id}, ${row.state})`,
    )
  )
}

/** A row that nobody of Actions wrote, or that we wrote. */
function byOthers(row: SignedRow): GateFinding {
  const { id, state, author, phantom } = row
  if (author.kind === 'us') return notKnown(`row ${id} says ${state}, and we wrote it`)
  if (phantom)
    return notKnown(`row ${id} names a job that its run does not have: a mistake of the server`)
  if (state === 'pending') return found('pending', 'set-pending', saidByForeign(row))
  return found('red', 'set-red', saidByForeign(row))
}

/**
 * Green on the gate. It is a false green only where an older run's row stands over the newest run's
 * own red; a person's green is theirs.
 */
function overRed(input: RuleInput, rows: RowsRead, row: SignedRow, own: JobResult): GateFinding {
  const { author, state, id } = row
  if (author.kind !== 'actions')
    return found(
      'green',
      'set-green',
      author.kind === 'us' ? `row ${id} is ours` : saidByForeign(row),
    )
  const { newest } = rows.group
  const isOlder = newest !== null && author.run < newest
  if (isOlder && (own.kind === 'failure' || own.kind === 'cancelled')) {
    const { verb } = RED_ENDS[own.kind]
    const detail =
      `green by ${named(author.run)} (row ${id}), but its job ${verb} in ${named(newest)}, ` +
      'the newest'
    return isSharedCommit(input)
      ? notKnown(`${detail}; other pull requests stand here`)
      : found('false-green', 'older-green', detail)
  }
  if (isOlder && own.kind !== 'success') {
    const detail = `row ${id} of ${named(author.run)}, and what ${named(newest)} says is not known`
    return found('green', 'unproven', detail)
  }
  return state === 'skipped' || author.phase === 'skipped'
    ? found('green', 'skipped', `skipped in ${named(author.run)}, which the server lets pass`)
    : found('green', 'green', `row ${id} of ${named(author.run)}`)
}

/** Where a run has ended by its own word, a pending row of it is no sign that it goes on. */
function leftPending({ head }: RowsRead, own: JobResult): GateFinding | null {
  if (own.kind !== 'open' || own.run === null) return null
  if (head.evidence.kind === 'jobs' || head.runs.get(own.run)?.completed !== true) return null
  const detail =
    `${named(own.run)} has ended, and its row is still pending: what its job said is not told ` +
    'here'
  return { ...notKnown(detail), class: 'run-ended' }
}

/**
 * A job that could not start when its row was written: the same row for one that waits for its
 * needs, for another run of its concurrency group, or for the approval of its run. A server before
 * 1.26.1 does not write it anew when the job starts (docs/forge-facts.md, 2.2, 2.3).
 */
function blocked({ author }: SignedRow, own: JobResult): GateFinding | null {
  if (own.kind !== 'open' || author.kind !== 'actions' || author.phase !== 'blocked') return null
  if (author.run !== own.run) return null
  const by = 'by jobs that it needs, by its concurrency group, or by an approval that is missing'
  return found('pending', 'job-blocked', `${named(own.run)} wrote it as blocked: ${by}`)
}

/** A context that rows carry, by the newest run's own job and what stands. */
export function carriedRows(input: RuleInput, rows: RowsRead): GateFinding {
  const { view } = input
  const { head, group } = rows
  if (view.standing?.kind !== 'row') {
    const veto = vetoAbove(head.latest(group.context), null)
    return veto === undefined
      ? notKnown(view.unclear?.detail ?? 'what stands is not one row')
      : found('red', 'set-red', saidByForeign(veto))
  }
  const { row } = view.standing
  const own: JobResult =
    group.newest === null ? { kind: 'missing' } : umbrellaResult(head, group, group.newest)
  if (isGreen(row.state)) return overRed(input, rows, row, own)
  if (row.author.kind !== 'actions') return byOthers(row)
  return (
    leftPending(rows, own) ??
    blocked(row, own) ??
    againstIt(own, group.context) ??
    overGreen(input, rows, row)
  )
}
