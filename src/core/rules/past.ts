import type { Evidence, Pull } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import type { JobResult } from '../view/job-result.js'
import { mayBeGoing } from '../view/job-result.js'
import { standingRow } from '../view/read.js'
import type { ContextView } from '../view/view.js'
import { maySkip } from '../view/view.js'
import { allowedFailures, skippedForFailure } from './false-green.js'
import type { RuleInput } from './rule.js'
import { ruleInput } from './input.js'
import { inRun, named } from './rule.js'

/**
 * What the newest run said at a moment: every required job was green, one had failed, one was
 * going, one had failed under a gate that was skipped, it cannot be proven, or it is not known any
 * more.
 */
export const PAST_KINDS = [
  'green',
  'red',
  'skipped-over-red',
  'unfinished',
  'unproven',
  'unknown',
] as const
export type PastKind = (typeof PAST_KINDS)[number]

/** The same, with the one context that decides; `null`: none does. */
export interface Past {
  readonly kind: PastKind
  readonly detail: string
  readonly context: string | null
  readonly run: RunKey | null
}

const past = (kind: PastKind, detail: string, of: ContextView | null = null): Past => ({
  kind,
  detail,
  context: of?.context ?? null,
  run: of === null ? null : resultRun(of.result),
})

const resultRun = (result: JobResult): RunKey | null => ('run' in result ? result.run : null)

/**
 * Judges a commit of then, as `asOf` gives it, for one pull request. A failure that was seen counts
 * whatever else could not be read; green is only what is proven green.
 */
export function judgePast(policy: Policy, evidence: Evidence, pull: Pull): Past {
  const input = ruleInput(policy, evidence, pull)
  return failed(input) ?? unread(input) ?? going(input) ?? unproven(input) ?? green(input)
}

/** A required job that had failed, and whether the gate was skipped over it. */
function failed(input: RuleInput): Past | null {
  const chain = skippedForFailure(input)
  if (chain !== null) {
    const { context, failed: job, run } = chain
    const detail = `${job} failed in ${named(run)}, so that ${context} was skipped`
    return { kind: 'skipped-over-red', detail, context: job, run }
  }
  const mayFail = allowedFailures(input)
  const found = input.required.find(
    ({ context, result: { kind } }) =>
      (kind === 'failure' || kind === 'cancelled') && !mayFail.includes(context),
  )
  if (found === undefined) return null
  const verb = found.result.kind === 'failure' ? 'failed' : 'was cancelled'
  const detail = `${found.context} ${verb}${inRun(resultRun(found.result))}`
  return isSkippedOver(input)
    ? past('skipped-over-red', `${detail}, and ${input.policy.umbrella} was skipped`, found)
    : past('red', detail, found)
}

/** Did a skip stand in the umbrella's place, which a merge takes for a pass? */
function isSkippedOver({ evidence, policy, view: { standing } }: RuleInput): boolean {
  if (standing?.kind === 'check') return standing.leg.state === 'skipped'
  return standingRow(evidence, policy.umbrella)?.state === 'skipped'
}

/** What could not be read of what counts. */
function unread({ evidence, view }: RuleInput): Past | null {
  const gap = evidence.gaps.find(({ context }) => context === null || view.isCounted(context))
  return gap === undefined ? null : past('unknown', `${gap.what}: ${gap.detail}`)
}

/** A required job that had not ended, or that a run was still to come to. */
function going({ required, view }: RuleInput): Past | null {
  const open = required.find(({ result }) => mayBeGoing(result))
  if (open !== undefined) {
    const detail = `${open.context} had not finished${inRun(resultRun(open.result))}`
    return past('unfinished', detail, open)
  }
  const isToCome = view.missing.length > 0 || view.absent.length > 0 || required.length === 0
  return view.openRun !== null && isToCome ? past('unfinished', view.openRun) : null
}

/** What keeps the proof from being one, although nothing failed and nothing was going. */
function unproven(input: RuleInput): Past | null {
  const { required, view, policy } = input
  const mayFail = allowedFailures(input)
  const bad = required.find(
    ({ context, result }) =>
      result.kind !== 'success' &&
      !maySkip(policy, context, result) &&
      !(mayFail.includes(context) && result.kind === 'failure'),
  )
  if (bad !== undefined) return past('unproven', `${bad.context}: ${resultWords(bad.result)}`, bad)
  const [missing] = [...view.missing, ...view.absent.map(({ context }) => context)]
  if (missing !== undefined) return past('unproven', `${missing} was never written`)
  if (!required.some(({ result }) => result.kind === 'success'))
    return past('unproven', `nothing green stands for ${policy.umbrella}`)
  return view.doubt === null ? null : past('unproven', view.doubt)
}

/** Why a result proves nothing, in words. */
function resultWords(result: JobResult): string {
  if (result.kind === 'unknown' || result.kind === 'disagree') return result.why
  return result.kind === 'stranger' ? 'no run of Actions wrote it' : `it was ${result.kind}`
}

function green({ required, view }: RuleInput): Past {
  const detail = `${required.length} required contexts green in ${named(view.newest)}`
  return { kind: 'green', detail, context: null, run: view.newest }
}
