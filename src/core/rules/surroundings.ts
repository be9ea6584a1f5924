import type { RowsRead } from '../view/run-group.js'
import type { SurroundingsAsked } from '../model/surroundings.js'
import { tellsFiles, tellsPulls, unshownRun } from '../view/run-group.js'
import { canRunAgain, endedRedAgain, isSharedCommit } from './basis.js'
import { unprovenRun } from './doubtful.js'
import type { Rule, RuleInput } from './rule.js'
import { named, refuse, rowRule, rule } from './rule.js'
import type { Verdict } from './verdict.js'
import { mayPost } from './verdict.js'

/** What is said where it was not read: it is not, where another pull of the head is refused. */
const UNREAD = {
  writers: 'the workflow files were not read',
  others: 'which other pull requests stood on this commit was not read',
  work: "what the umbrella's job does was not read",
} as const

/** Is a pull request refused only because this was not read? */
export function isUnread({ reason, detail }: Pick<Verdict, 'reason' | 'detail'>): boolean {
  const said: readonly string[] = Object.values(UNREAD)
  return reason === 'evidence-incomplete' && said.includes(detail)
}

/**
 * Why it must be asked whether two workflow files write one of the contexts that count, or `null`:
 * the file of a run is not told, or a run of another file has not shown what it writes.
 */
export function writersDoubt({ view, pull }: RuleInput, { head, group }: RowsRead): string | null {
  if (!tellsFiles(head, view.counted)) return 'this server does not tell which file a run is of'
  const unshown = unshownRun(head, group, view.counted, pull.number)
  return unshown === null
    ? null
    : `${named(unshown.run)} of ${unshown.file} has not shown what it writes`
}

/** The first context that counts and that two workflow files may write, and how that is said. */
export function doubleWritten(
  { evidence: { writers }, view }: RuleInput,
  doubt: string,
): { readonly context: string; readonly detail: string } | null {
  if (writers.kind === 'not-read') return null
  const double = writers.doubles.find(({ context }) => view.counted.has(context))
  if (double === undefined) return null
  const { context, where, paths } = double
  const detail = `${context} may be written by ${paths.join(' and ')} (${where}), and ${doubt}`
  return { context, detail }
}

/** What must be asked around one proven pull request; nothing where there are check runs. */
export function askedAround(input: RuleInput): SurroundingsAsked {
  const { read } = input.view
  return {
    writers: read.kind === 'rows' && writersDoubt(input, read) !== null,
    others: read.kind === 'rows' && !tellsPulls(read.head, read.group),
    work: asksWork(input),
  }
}

/**
 * Must the workflow files be read for what the umbrella's job does? Only where it is red over green
 * needs, and not where a list names them and the job can be run again. Never for check runs: a red
 * one is run again, and a posted status has no job of its name.
 */
const asksWork = (input: RuleInput): boolean =>
  input.view.read.kind === 'rows' &&
  input.basis.kind === 'over-green-needs' &&
  !(input.policy.userVouches && canRunAgain(input))

/**
 * Two workflow files that write one context look like two runs of one file, wherever a run's file
 * is not told: the green of one would stand for the red of the other. Where it is told, a run that
 * has written nothing yet may be of the second file.
 */
const oneWriter = rowRule({
  codes: ['evidence-incomplete', 'superseded-evidence'],
  title: 'Does one workflow file alone write each context?',
  judge: (input, rows) => {
    const doubt = writersDoubt(input, rows)
    if (doubt === null) return () => 'every run that counts is told with its file'
    if (input.evidence.writers.kind === 'not-read')
      return refuse(input, 'evidence-incomplete', UNREAD.writers)
    const double = doubleWritten(input, doubt)
    if (double === null) return () => 'no two workflow files write one context'
    const { context, detail } = double
    return refuse(input, 'superseded-evidence', detail, { context, run: null, job: null })
  },
})

/**
 * Another pull request whose ref names this commit, open or closed: its run may be the newest, and
 * is no proof for this one. So every run must be proven.
 */
const otherPulls = rowRule({
  codes: ['evidence-incomplete', 'superseded-evidence'],
  title: 'Can every run on this commit be of this pull request?',
  judge: (input, rows) => {
    if (tellsPulls(rows.head, rows.group))
      return () => 'every run that counts is told with its pull request'
    const { others } = input.evidence
    if (others.kind === 'not-read') return refuse(input, 'evidence-incomplete', UNREAD.others)
    const [one] = others.numbers
    if (one === undefined) return () => 'no other pull request names this commit'
    const found = unprovenRun(input, rows)
    if (found === null) return () => `#${one} names this commit too, and every run is proven`
    const detail =
      `pull request #${one} names this commit too, and ${named(found.run)}, which may be its own ` +
      `or this one's, is not proven: ${found.context} is ${found.kind}`
    const holder = { context: found.context, run: found.run, job: null }
    return refuse(input, 'superseded-evidence', detail, holder)
  },
})

/** Why a posted status that is red over green needs is left alone. */
function ownStatusReason({ policy: { umbrella, userVouches } }: RuleInput): string {
  return userVouches
    ? `all that ${umbrella} needs is green, but its red was posted after every required job had ` +
        'started, so that it may have a reason of its own: a missing review, say'
    : `all that ${umbrella} needs is green, but the newest run did not post it green, and it may ` +
        'have a reason of its own: a posted status does not tell what it stands for'
}

/** Why nothing can be done about an umbrella that is red over green needs, or `null`. */
function ownVerdictOf(input: RuleInput): string | null {
  const { basis } = input
  // A re-run says nothing of a run that may be another pull request's.
  if (basis.kind === 'shown-stale' || (canRunAgain(input) && !isSharedCommit(input))) return null
  const { policy, view, pull, evidence } = input
  const run = named(view.newest)
  if (evidence.traits.rerunsJobs && endedRedAgain(view))
    return `the umbrella of ${run} was run again and ended red again, over green needs`
  if (mayPost(basis)) return null
  if (view.read.kind === 'checks') return ownStatusReason(input)
  const work = evidence.work.get(pull.number)
  const why = work?.kind === 'other-work' ? work.why : 'nobody vouches for it'
  return (
    `all that ${policy.umbrella} needs is green, but its own job is not green in ${run}, and it ` +
    `may have a reason of its own: ${why}`
  )
}

/**
 * Green needs do not prove that a red umbrella is stale: its job may have failed by itself. Where
 * it can be run again it says so by itself; elsewhere somebody must vouch for it.
 */
const ownVerdict = rule({
  codes: ['evidence-incomplete', 'own-verdict'],
  title: 'Is the red shown stale, or does somebody vouch for the umbrella?',
  judge: input => {
    const isUnknown = asksWork(input) && !input.evidence.work.has(input.pull.number)
    if (isUnknown && !input.policy.userVouches)
      return refuse(input, 'evidence-incomplete', UNREAD.work)
    const why = ownVerdictOf(input)
    if (why === null) return () => basisLine(input)
    const holder = { context: input.policy.umbrella, run: input.view.newest, job: null }
    return refuse(input, 'own-verdict', why, holder)
  },
})

function basisLine(input: RuleInput): string {
  const { basis } = input
  if (basis.kind === 'shown-stale')
    return `shown stale: the umbrella of ${named(input.view.newest)} is green`
  if (basis.vouch?.by === 'list') return 'red over green needs; required-contexts vouches for it'
  if (basis.vouch?.by === 'job') return 'red over green needs; its job only judges its needs'
  return 'red over green needs; its job can be run again'
}

/** What stands around a head that is proven otherwise; it is read only for such heads. */
export const SURROUNDINGS: readonly Rule[] = [oneWriter, otherPulls, ownVerdict]
