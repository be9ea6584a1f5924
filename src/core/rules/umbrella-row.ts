import { jobsOf } from '../reading/jobs.js'
import { matchesAny } from '../model/context.js'
import { GRADES } from '../model/evidence.js'
import { isGreen } from '../model/status.js'
import { unseenBelow } from '../reading/umbrella.js'
import { rowBeneathOurs, umbrellaOf } from '../reading/umbrella.js'
import type { RuleInput, Rule } from './rule.js'
import { baseOf, leave, named, refuse, wait } from './rule.js'

/**
 * Row 1. A gap in the umbrella, a required or a group context forbids a repair; elsewhere it is
 * only counted. So does a state nobody knows, however old its row: it may be all there is of a
 * newer run.
 */
export const evidenceIncomplete: Rule = it => {
  const { head, policy, seen } = it
  const counts = (context: string | null): boolean =>
    context === null ||
    seen.counted.has(context) ||
    matchesAny([...policy.required, ...policy.external], context)
  const gap = head.evidence.gaps.find(({ context }) => counts(context))
  if (gap !== undefined) return refuse(it, 'evidence-incomplete', `${gap.what}: ${gap.detail}`)
  for (const context of head.contexts.filter(counts)) {
    const unknown = head.of(context).find(({ state }) => state === 'unknown')
    if (unknown !== undefined)
      return refuse(
        it,
        'evidence-incomplete',
        `row ${unknown.id} of ${context} has a state this version does not know`,
      )
  }
  return null
}

/** Rows 2 and 3. */
export const umbrellaUnclear: Rule = it => {
  const found = umbrellaOf(it.head, it.policy.umbrella)
  if (found.kind === 'row') return null
  return found.kind === 'missing'
    ? leave(it, 'umbrella-missing', found.detail)
    : refuse(it, 'umbrella-ambiguous', found.detail)
}

/**
 * Rows 6 and 13 under our own green: a row that came in before it and was never looked at, because
 * that sweep ended too early.
 */
export const unseenRow: Rule = it => {
  const { row, head, policy } = it
  if (row === null || !isGreen(row.state)) return null
  const unseen = unseenBelow(head.of(policy.umbrella), row)
  if (unseen === null) return null
  const reason = unseen.author.kind === 'outside' ? 'foreign-red' : 'superseded-evidence'
  return refuse(
    it,
    reason,
    `our success (row ${row.id}) was written over row ${unseen.id} (${unseen.state}), which no ` +
      'sweep had seen',
  )
}

/**
 * Row 4. Only a result counts: a job the newest run does not have proves nothing against the
 * umbrella.
 */
export const falseGreen: Rule = it => {
  const { row, seen, must, head } = it
  if (row === null || !isGreen(row.state) || head.evidence.history === null) return null
  if (seen.group.newest === null) return null
  for (const { context, result, level } of must) {
    if (level === 'external' || (result.kind !== 'failure' && result.kind !== 'cancelled')) continue
    const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
    const detail =
      `the umbrella is green, but ${context} ${verb} in ` + `${named(result.run)}, the newest`
    return {
      ...baseOf(it),
      kind: 'alarm',
      reason: 'false-green',
      detail,
      holder: { context, run: result.run, job: result.job },
    }
  }
  return null
}

/**
 * A pending umbrella is judged like a red one when its job has ended, or when the pending is our
 * own.
 */
function isOver({ row, head, seen: { group }, policy }: RuleInput): boolean {
  if (row?.author.kind === 'us') return true
  const jobs = group.newest === null ? null : jobsOf(head, group, group.newest, policy.umbrella)
  return jobs !== null && jobs.length > 0 && jobs.every(({ state }) => state !== 'open')
}

/** Row 5. */
export const nothingToRepair: Rule = it => {
  const { row, seen, policy, head } = it
  if (row === null) return null
  if (isGreen(row.state)) {
    const open = head.evidence.history !== null && seen.unquiet !== null
    if (row.author.kind === 'us' && head.evidence.history !== null) {
      const going = it.must.find(({ result }) => result.kind === 'open')
      const run = seen.group.newest
      if (going !== undefined)
        return wait(
          it,
          'required-open',
          `our success (row ${row.id}) stands over ${going.context}, which is going in ` +
            named(run),
          { context: going.context, run, job: null },
        )
    }
    return leave(
      it,
      'umbrella-green',
      open ? `green; newer run open: ${seen.unquiet}` : 'nothing to repair',
    )
  }
  return row.state === 'pending' && !isOver(it)
    ? leave(it, 'umbrella-pending', `${policy.umbrella} is pending (row ${row.id})`)
    : null
}

/**
 * Row 6. A phantom row of Actions is a mistake of the server, not a veto; it never counts as
 * evidence either. A row of ours stands in for the newest row of others: a veto stays one when we
 * took a success back from over it. Only Actions, or who writes last, lifts it.
 */
export const foreignRed: Rule = it => {
  const { row, head, policy } = it
  const ours = row?.author.kind === 'us' ? `; our row ${row.id} stands in for it` : ''
  const stood = ours === '' ? row : rowBeneathOurs(head.of(policy.umbrella))
  if (stood?.author.kind !== 'outside' || (stood.phantom && stood.state === 'pending')) return null
  const writer = stood.creator ?? 'a workflow token or an unknown writer'
  return refuse(
    it,
    'foreign-red',
    `row ${stood.id} says ${stood.state}, written by ${writer}, not by Actions: a veto is not ` +
      `a race${ours}`,
  )
}

/**
 * Row 1 again, for a red umbrella: evidence of too low a grade, or none of the history, is a gap
 * too.
 */
export const evidenceTooWeak: Rule = it => {
  const { evidence } = it.head
  if (evidence.history === null)
    return refuse(it, 'evidence-incomplete', `the history of ${it.policy.umbrella} was not read`)
  if (GRADES.indexOf(evidence.kind) >= GRADES.indexOf(it.policy.minGrade)) return null
  return refuse(
    it,
    'evidence-incomplete',
    `this server offers ${evidence.kind} here, the policy asks for ${it.policy.minGrade}`,
  )
}

/** Row 7. `every` of nothing is true, and proves nothing. */
export const nothingRequired: Rule = it => {
  if (it.must.length + it.seen.missing.length > 0) return null
  return refuse(
    it,
    'nothing-required',
    `nothing is required beside ${it.policy.umbrella}: an empty list proves nothing`,
  )
}
