import type { Evidence, ListedPull } from '../../model/evidence.js'
import { needsGapName } from '../../model/evidence.js'
import { asJobKey } from '../../model/ids.js'
import type { JobRef } from '../../model/job.js'
import type { Policy } from '../../model/policy.js'
import type { UmbrellaWriter } from '../../model/umbrella-files.js'
import { jobsOf } from '../../view/jobs.js'
import { absentReason } from '../absent.js'
import type { RuleInput } from '../rule.js'
import { ruleInput } from '../input.js'
import { evidenceIncomplete, evidenceTooWeak } from '../umbrella.js'
import type { Reason } from '../verdict.js'
import { carriedChecks } from './checks.js'
import type { ContextClass, GateFinding, RequiredContext } from './finding.js'
import { found, notKnown } from './finding.js'
import { lostRow } from './lost-row.js'
import { carriedRows } from './rows.js'

/** One required context of one pull request. */
export interface ContextQuestion {
  readonly policy: Policy
  readonly evidence: Evidence
  readonly pull: ListedPull
  readonly context: string
  /** Which file would write it, by the base branch; absent: not read. */
  readonly writer?: UmbrellaWriter
}

/** Evidence without what is known of the umbrella alone: it says nothing of other contexts. */
const withoutNeedsKept = new WeakMap<Evidence, Evidence>()

function withoutNeeds(evidence: Evidence, umbrella: string): Evidence {
  const known = withoutNeedsKept.get(evidence)
  if (known !== undefined) return known
  const gaps = evidence.gaps.filter(({ what }) => what !== needsGapName(umbrella))
  const made: Evidence = { ...evidence, needs: new Map(), gaps }
  withoutNeedsKept.set(evidence, made)
  return made
}

/**
 * The context as the rules see an umbrella: by its own runs, its own rows, its own job. No list of
 * the user speaks of it, and nothing is implied: a job speaks for itself.
 */
export function inputFor({ policy, evidence, pull, context }: ContextQuestion): RuleInput {
  const alone: Policy = {
    ...policy,
    umbrella: context,
    required: [],
    optional: [],
    skippable: [],
    external: [],
    userVouches: false,
  }
  return ruleInput(alone, withoutNeeds(evidence, policy.umbrella), pull)
}

/** Why nothing may be said, or `null`: something that counts could not be read, or not enough. */
function unreadableFinding(input: RuleInput): GateFinding | null {
  for (const { judge } of [evidenceIncomplete, evidenceTooWeak]) {
    const ruling = judge(input)
    if (typeof ruling !== 'function') return notKnown(ruling.detail)
  }
  return null
}

/** By which class a reason why nothing carries a context is told. */
const ABSENT: Readonly<Partial<Record<Reason, ContextClass<'never-reported'>>>> = {
  'run-open': 'not-come-yet',
  'awaiting-approval': 'awaiting-approval',
  'never-started': 'never-started',
  filtered: 'filtered',
  'never-run': 'never-run',
  'no-writer': 'no-writer',
}

/** Nothing on the commit carries it, and no job of its name was found: why. */
function absence(input: RuleInput, writer: UmbrellaWriter | undefined): GateFinding {
  const none = `nobody wrote ${input.policy.umbrella} on this commit`
  if (writer === undefined) return notKnown(`${none}; its workflow file was not read`, 'files')
  if (writer.kind === 'unreadable') return notKnown(`${none}; ${writer.why}`)
  const umbrellaWriters = new Map([[input.pull.number, writer]])
  const reason = absentReason({ ...input, evidence: { ...input.evidence, umbrellaWriters } })
  const as = reason === null ? undefined : ABSENT[reason.reason]
  if (reason !== null && as !== undefined) return found('never-reported', as, reason.detail)
  if (writer.kind === 'nobody') return notKnown(none)
  const filters = writer.filters === '' ? '' : `, which is filtered by ${writer.filters}`
  return notKnown(`${none}; ${writer.path} would${filters}; whether it ran here is not told`)
}

/** The newest run's own job, where jobs were read and one alone has this name. */
function newestJob({ view: { read, newest } }: RuleInput): JobRef | null {
  if (read.kind === 'checks') {
    const leg = read.umbrella.legs.find(({ suite }) => read.head.newest.includes(suite))
    return leg === undefined ? null : { key: asJobKey(leg.check.id), id: leg.check.id }
  }
  if (newest === null) return null
  const [job, ...more] = jobsOf(read.head, read.group, newest, read.group.context) ?? []
  return job === undefined || more.length > 0 ? null : { key: job.key, id: job.id }
}

/**
 * What is true of one context that a merge requires. It is shown stale only where its newest run's
 * own job is green, and the red or pending that stands is an older run's, or its row was lost;
 * never because what it needs is green. What is not shown is not known. Pure, and it writes
 * nothing: whatever is found here is told to people.
 */
export function judgeContext(question: ContextQuestion): RequiredContext {
  const input = inputFor(question)
  const { view } = input
  const base = {
    context: question.context,
    row: view.umbrella?.row ?? null,
    run: view.newest,
    job: newestJob(input),
  }
  const gap = unreadableFinding(input)
  if (gap !== null) return { ...base, ...gap }
  const { read } = view
  if (view.unclear?.kind === 'missing') {
    const lost = read.kind === 'rows' ? lostRow(input, read) : null
    return lost === null
      ? { ...base, ...absence(input, question.writer) }
      : { ...base, ...lost.at, ...lost.finding }
  }
  return {
    ...base,
    ...(read.kind === 'rows' ? carriedRows(input, read) : carriedChecks(input, read)),
  }
}
