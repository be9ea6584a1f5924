import { matchesAny } from '../model/context.js'
import type { UmbrellaNeeds } from '../model/umbrella-files.js'
import { GRADES } from '../model/evidence.js'
import { isGreen } from '../model/status.js'
import { unseenBelow } from '../view/umbrella.js'
import type { UmbrellaView } from '../view/view.js'
import { absentReason } from './absent.js'
import type { RuleInput } from './rule.js'
import { leave, named, refuse, rule, wait } from './rule.js'
import type { Leave, Refusal, Wait } from './verdict.js'

export const notGreen = () => 'the umbrella is not green'

/** How the umbrella is named in a sentence of a trace. */
export function umbrellaWords({ standing, read, policy }: UmbrellaView): string {
  if (standing === null) return `nothing on this commit carries ${policy.umbrella}`
  if (standing.kind === 'check') {
    const { state, suite, check } = standing.leg
    return `the umbrella's check run ${check.id} of run ${suite.run.id} is ${state}`
  }
  const { id, state, author } = standing.row
  if (read.kind === 'checks')
    return `the umbrella's ${id === 0 ? 'status' : `status ${id}`} is ${state}`
  const writer =
    author.kind === 'actions'
      ? `written by run ${author.run}`
      : author.kind === 'us'
        ? 'written by us'
        : 'not written by Actions'
  return `the umbrella's row ${id} is ${state}, ${writer}`
}

/** How much was read, for a trace. */
function readOf({ evidence, view: { read } }: RuleInput): string {
  const { gaps, kind } = evidence
  if (kind === 'checks')
    return `${evidence.checks.length} check runs of ${evidence.suites.length} suites read; no gaps`
  const rows = read.kind === 'rows' ? read.head.rows.length : 0
  const none = gaps.length === 0
  return (
    `${rows} rows read, evidence of kind ${kind}; ` +
    (none ? 'no gaps' : `${gaps.length} gaps in contexts that do not count`)
  )
}

/**
 * A gap in the umbrella, a required or a group context forbids a repair; elsewhere it is only
 * counted. So does a state nobody knows, however old its row: it may be all there is of a newer
 * run.
 */
export const evidenceIncomplete = rule({
  codes: ['evidence-incomplete'],
  title: 'Was everything that counts read?',
  judge: input => {
    const { evidence, policy, view } = input
    const counts = (context: string | null): boolean =>
      context === null ||
      view.isCounted(context) ||
      matchesAny([...policy.required, ...policy.external], context)
    const gap = evidence.gaps.find(({ context }) => counts(context))
    if (gap !== undefined) return refuse(input, 'evidence-incomplete', `${gap.what}: ${gap.detail}`)
    const unknown = view.unknownRows.find(({ context }) => counts(context))
    if (unknown === undefined) return () => readOf(input)
    const detail = `row ${unknown.id} of ${unknown.context} has a state this version does not know`
    return refuse(input, 'evidence-incomplete', detail)
  },
})

/** Nothing carries the umbrella, or several things that no one write can turn green together. */
export const umbrellaUnclear = rule({
  codes: [
    'umbrella-missing',
    'umbrella-ambiguous',
    'awaiting-approval',
    'run-open',
    'never-started',
    'no-writer',
    'not-written',
    'filtered',
    'never-run',
  ],
  title: 'Is there one umbrella row?',
  judge: input => {
    const { unclear } = input.view
    if (unclear === null) return () => umbrellaWords(input.view)
    return unclear.kind === 'missing'
      ? (absentReason(input) ?? leave(input, 'umbrella-missing', unclear.detail))
      : refuse(input, 'umbrella-ambiguous', unclear.detail)
  },
})

/**
 * Under our own green: a row that came in before it and was never looked at, because that sweep
 * ended too early.
 */
export const unseenRow = rule({
  codes: ['foreign-red', 'superseded-evidence'],
  title: 'Does a success of ours stand over a row that no sweep had seen?',
  judge: input => {
    const row = input.view.row
    if (row === null) return () => 'no success of ours stands'
    if (!isGreen(row.state)) return notGreen
    const unseen = unseenBelow(input.view.past, row)
    if (unseen === null)
      return () =>
        row.author.kind === 'us' ? 'nothing unseen below our success' : 'the green is not ours'
    const reason = unseen.author.kind === 'foreign' ? 'foreign-red' : 'superseded-evidence'
    return refuse(
      input,
      reason,
      `our success (row ${row.id}) was written over row ${unseen.id} (${unseen.state}), which no ` +
        'sweep had seen',
    )
  },
})

/** The umbrella is green, or its job is still going. */
export const nothingToRepair = rule({
  codes: ['umbrella-green', 'umbrella-pending', 'required-open', 'pinned-source'],
  title: 'Is there anything to repair?',
  judge: input => {
    const { view, policy } = input
    const row = view.row
    if (view.isGreen) return openOverGreen(input) ?? pinnedElsewhere(input) ?? leftGreen(input)
    if (view.pending !== null)
      return leave(input, 'umbrella-pending', `${policy.umbrella} is pending ${view.pending}`)
    return () =>
      row === null
        ? umbrellaWords(view)
        : row.state !== 'pending'
          ? `the umbrella is ${row.state}`
          : row.author.kind === 'us'
            ? 'the umbrella is pending because of us'
            : 'the umbrella is pending, but its job has ended'
  },
})

/** A success of ours that stands over a required job which is going again. */
function openOverGreen(input: RuleInput): Wait<'required-open'> | null {
  const { view, required } = input
  const row = view.row
  if (row?.author.kind !== 'us' || !view.isStudied) return null
  const going = required.find(({ result }) => result.kind === 'open')
  if (going === undefined) return null
  const { context } = going
  // Of check runs any of several newest runs may be meant.
  const run = view.read.kind === 'rows' ? view.newest : null
  const where = view.read.kind === 'rows' ? ` in ${named(run)}` : ''
  const detail = `our success (row ${row.id}) stands over ${context}, which is going${where}`
  return wait(input, 'required-open', detail, { context, run, job: null })
}

/** Green, and no good for a merge that wants it from another app. */
function pinnedElsewhere(input: RuleInput): Refusal<'pinned-source'> | null {
  const { pins, standing, policy } = input.view
  const wrote = standing?.kind === 'check' ? standing.leg.suite.app.id : null
  const other = pins.find(app => app !== wrote)
  if (other === undefined || wrote === null) return null
  const detail = `a merge wants ${policy.umbrella} from app ${other}, and app ${wrote} wrote it`
  return refuse(input, 'pinned-source', detail)
}

function leftGreen(input: RuleInput): Leave<'umbrella-green'> {
  const { openRun, isStudied, read } = input.view
  // Of rows the open run is one that will write the umbrella; of check runs it may be any.
  const isNewer = read.kind === 'rows' && isStudied && openRun !== null
  const detail = isNewer ? `green; newer run open: ${openRun}` : 'the umbrella is green'
  return leave(input, 'umbrella-green', detail)
}

/** For a red umbrella, evidence of too low a grade, or none of the history, is a gap too. */
export const evidenceTooWeak = rule({
  codes: ['evidence-incomplete'],
  title: 'Is the evidence as good as the policy asks?',
  judge: input => {
    const { evidence, policy, view } = input
    const { kind, traits, history } = evidence
    const { grade } = input.base
    if (!view.isStudied || history === null) {
      const what =
        kind === 'checks'
          ? 'the check runs of this commit were'
          : `the history of ${policy.umbrella} was`
      return refuse(input, 'evidence-incomplete', `${what} not read`)
    }
    if (traits.jobsMayHaveNoRow && grade !== 'jobs')
      return refuse(
        input,
        'evidence-incomplete',
        'on this server a job may have no status row, and its jobs could not be read',
      )
    if (GRADES.indexOf(grade) >= GRADES.indexOf(policy.minGrade))
      return () => `${kind}; asked for is ${policy.minGrade} or better`
    return refuse(
      input,
      'evidence-incomplete',
      `this server offers ${kind} here, the policy asks for ${policy.minGrade}`,
    )
  },
})

/** An empty list of requirements is met by anything, so it proves nothing. */
export const nothingRequired = rule({
  codes: ['nothing-required'],
  title: 'Is anything required?',
  judge: input => {
    const { required, view, evidence, pull, policy } = input
    const count = required.length + view.missing.length + view.absent.length
    if (count > 0) return () => `${count} must be green, by ${view.source}`
    const needs = evidence.needs.get(pull.number)
    return refuse(input, 'nothing-required', whyNothing(needs, policy.umbrella))
  },
})

function whyNothing(needs: UmbrellaNeeds | undefined, umbrella: string): string {
  if (needs?.kind !== 'no-such-job')
    return `nothing is required beside ${umbrella}: an empty list proves nothing`
  return needs.calls === null
    ? `no workflow file on ${needs.branch} has a job that writes ${umbrella}`
    : `${umbrella} is a job of ${needs.calls}, a workflow elsewhere that cannot be read: set ` +
        'required-contexts'
}
