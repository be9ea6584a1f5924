import { matchesAny } from '../../model/context.js'
import { isGreen, isRed } from '../../model/status.js'
import { runName } from '../../reading/checks/legs.js'
import { othersOf, sameStatus } from '../../reading/checks/result.js'
import { statusRows } from '../../reading/checks/statuses.js'
import { rowBeneathOurs, unseenBelow } from '../../reading/umbrella.js'
import { leave, pass, refuse, wait } from '../rule.js'
import type { Leave, Wait } from '../verdict.js'
import type { CheckInput } from './input.js'
import { checkRule, saidOf, stateOf } from './input.js'

/** Is the umbrella green as the strictest gate reads it? Every leg of every run counts. */
export function isOpenGate({ seen: { umbrella } }: CheckInput): boolean {
  const { legs, foreign, status } = umbrella
  return (
    legs.every(leg => isGreen(stateOf(leg))) &&
    foreign.every(({ check }) => check.state === 'success' || check.state === 'skipped') &&
    (status === null || isGreen(status.state))
  )
}

/** A gap in anything that counts forbids a repair. */
export const evidenceIncomplete = checkRule({
  codes: ['evidence-incomplete'],
  title: 'Was everything that counts read?',
  judge: it => {
    const { evidence, policy, seen } = it
    const counts = (context: string | null): boolean =>
      context === null ||
      [...seen.counted].some(name => sameStatus(name, context)) ||
      matchesAny([...policy.required, ...policy.external], context)
    const gap = evidence.gaps.find(({ context }) => counts(context))
    if (gap !== undefined) return refuse(it, 'evidence-incomplete', `${gap.what}: ${gap.detail}`)
    const odd = seen.head.statuses.find(
      ({ context, state }) => state === 'unknown' && counts(context),
    )
    if (odd !== undefined) {
      const detail = `row ${odd.id} of ${odd.context} has a state this version does not know`
      return refuse(it, 'evidence-incomplete', detail)
    }
    const { checks, suites } = evidence
    return pass(() => `${checks.length} check runs of ${suites.length} suites read; no gaps`)
  },
})

/** Nothing carries the umbrella, or a check run and a status do: then both must be green. */
export const umbrellaUnclear = checkRule({
  codes: ['umbrella-missing', 'umbrella-ambiguous'],
  title: 'Is there one umbrella?',
  judge: it => {
    const { umbrella } = it.seen
    const { legs, foreign, status } = umbrella
    if (legs.length === 0 && foreign.length === 0 && status === null)
      return leave(it, 'umbrella-missing', `no ${it.policy.umbrella} on this commit`)
    if (isOpenGate(it)) return pass(() => saidOf(it))
    if (status === null || legs.length + foreign.length === 0) return pass(() => saidOf(it))
    const detail =
      `a check run and status ${status.id} (${status.state}) carry ${it.policy.umbrella}, and ` +
      'the gate wants both green'
    return refuse(it, 'umbrella-ambiguous', detail)
  },
})

/** Under our own green: a status that came in before it and was never looked at. */
export const unseenRow = checkRule({
  codes: ['foreign-red', 'superseded-evidence'],
  title: 'Does a success of ours stand over a status that no sweep had seen?',
  judge: it => {
    const { standing, evidence, policy } = it
    if (standing?.kind !== 'status' || !isGreen(standing.row.state))
      return pass(() => 'no success of ours stands')
    const rows = statusRows(evidence).filter(row => sameStatus(row.context, policy.umbrella))
    const unseen = unseenBelow(rows, standing.row)
    if (unseen === null) return pass(() => 'nothing unseen below the success')
    const reason = unseen.author.kind === 'outside' ? 'foreign-red' : 'superseded-evidence'
    const detail =
      `our success (row ${standing.row.id}) was written over row ${unseen.id} (${unseen.state}), ` +
      'which no sweep had seen'
    return refuse(it, reason, detail)
  },
})

/** A green umbrella over a required job that the newest run says failed. */
export const falseGreen = checkRule({
  codes: ['false-green'],
  title: 'Is the umbrella green over a failed required job?',
  judge: it => {
    if (!isOpenGate(it)) return pass(() => 'the umbrella is not green')
    if (!it.evidence.studied) return pass(() => 'green; no other check run was read')
    for (const { context, result, level } of it.must) {
      if (level === 'external' || (result.kind !== 'failure' && result.kind !== 'cancelled'))
        continue
      if (result.source === 'external' || result.run === null) continue
      const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
      const detail =
        `the umbrella is green, but ${context} ${verb} in run ${result.run}, the newest of its ` +
        'workflow'
      const holder = { context, run: result.run, job: result.job }
      return { ...it.base, kind: 'alarm', reason: 'false-green', detail, holder }
    }
    return pass(() => 'green; no required job failed')
  },
})

/** The umbrella is green, or its job is still going. */
export const nothingToRepair = checkRule({
  codes: ['umbrella-green', 'umbrella-pending', 'required-open'],
  title: 'Is there anything to repair?',
  judge: it => {
    const { seen, policy, standing } = it
    if (isOpenGate(it)) return greenEnd(it)
    const open = seen.umbrella.legs.find(({ state }) => state === 'open')
    if (open !== undefined)
      return leave(
        it,
        'umbrella-pending',
        `${policy.umbrella} is pending in ${runName(open.suite)} (check run ${open.check.id})`,
      )
    if (standing?.kind === 'status' && standing.row.state === 'pending')
      if (standing.row.author.kind !== 'us')
        return leave(
          it,
          'umbrella-pending',
          `${policy.umbrella} is pending (row ${standing.row.id})`,
        )
    return pass(() => saidOf(it))
  },
})

function greenEnd(it: CheckInput): Leave<'umbrella-green'> | Wait<'required-open'> {
  const { standing, evidence } = it
  const ours = standing?.kind === 'status' && standing.row.author.kind === 'us'
  const going = it.must.find(({ result }) => result.kind === 'open')
  if (ours && evidence.studied && going !== undefined) {
    const holder = { context: going.context, run: null, job: null }
    const detail =
      `our success (row ${standing.row.id}) stands over ${going.context}, which is ` + 'going'
    return wait(it, 'required-open', detail, holder)
  }
  return leave(it, 'umbrella-green', 'nothing to repair')
}

/** A red that no run of this pull request wrote is a veto, and no race. */
export const foreignRed = checkRule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions write the red?',
  judge: it => {
    const { umbrella } = it.seen
    const veto = umbrella.foreign.find(
      ({ check }) => check.state !== 'success' && check.state !== 'skipped',
    )
    if (veto !== undefined) {
      const { check, app } = veto
      const who = app.isActions ? "a workflow's token" : `the app ${app.slug}`
      const detail =
        `check run ${check.id} says ${check.state}, made by ${who} and no job of Actions: a veto ` +
        'is not a race'
      return refuse(it, 'foreign-red', detail)
    }
    const { standing } = it
    if (standing?.kind !== 'status') return pass(() => saidOf(it))
    const rows = statusRows(it.evidence).filter(row => sameStatus(row.context, it.policy.umbrella))
    const row = standing.row.author.kind === 'us' ? rowBeneathOurs(rows) : standing.row
    if (row?.author.kind !== 'outside') return pass(() => `${saidOf(it)}, written by Actions`)
    const detail =
      `status ${row.id} says ${row.state}, written by ${row.creator ?? 'an unknown writer'}, not ` +
      'by a run of this pull request: a veto is not a race'
    return refuse(it, 'foreign-red', detail)
  },
})

/** The same on a required context, whatever its job says. */
export const foreignRequired = checkRule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions turn a required context red?',
  judge: it => {
    for (const { context, level } of it.must) {
      if (level === 'external') continue
      const { checks, status } = othersOf(it.seen.head, context)
      const holder = { context, run: null, job: null }
      const check = checks.find(one => !['success', 'skipped', 'open'].includes(one.check.state))
      if (check !== undefined) {
        const detail =
          `${context}: check run ${check.check.id} says ${check.check.state}, made by ` +
          `${check.app.slug} and no job of Actions: a veto is not a race`
        return refuse(it, 'foreign-red', detail, holder)
      }
      if (status === null || status.author.kind !== 'outside' || !isRed(status.state)) continue
      const detail =
        `${context}: status ${status.id} says ${status.state}, written by ` +
        `${status.creator ?? 'an unknown writer'}: a veto is not a race`
      return refuse(it, 'foreign-red', detail, holder)
    }
    return pass(() => 'no stranger turned a required context red')
  },
})
