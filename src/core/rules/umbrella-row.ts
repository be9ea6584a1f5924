import { matchesAny } from '../model/context.js'
import { GRADES, gradeOf } from '../model/evidence.js'
import { isGreen } from '../model/status.js'
import { jobsOf } from '../reading/jobs.js'
import { umbrellaOf, unseenBelow } from '../reading/umbrella.js'
import type { Ruled, RuleInput } from './rule.js'
import { leave, named, pass, refuse, rule, wait } from './rule.js'

const notGreen = pass(() => 'the umbrella is not green')

/** How the umbrella's row is named in a sentence of a trace. */
export function saidOf({ row }: RuleInput): string {
  if (row === null) return 'there is no umbrella row'
  const { author } = row
  const writer =
    author.kind === 'actions'
      ? `written by run ${author.run}`
      : author.kind === 'us'
        ? 'written by us'
        : 'not written by Actions'
  return `the umbrella's row ${row.id} is ${row.state}, ${writer}`
}

/**
 * A gap in the umbrella, a required or a group context forbids a repair; elsewhere it is only
 * counted. So does a state nobody knows, however old its row: it may be all there is of a newer
 * run.
 */
export const evidenceIncomplete = rule({
  codes: ['evidence-incomplete'],
  title: 'Was everything that counts read?',
  judge: it => {
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
    const { kind, gaps } = head.evidence
    return pass(
      () =>
        `${head.rows.length} rows read, evidence of kind ${kind}; ` +
        (gaps.length === 0 ? 'no gaps' : `${gaps.length} gaps in contexts that do not count`),
    )
  },
})

/** No row, or more than one latest row of the umbrella. */
export const umbrellaUnclear = rule({
  codes: ['umbrella-missing', 'umbrella-ambiguous'],
  title: 'Is there one umbrella row?',
  judge: it => {
    const found = umbrellaOf(it.head, it.policy.umbrella)
    if (found.kind === 'row') return pass(() => saidOf(it))
    return found.kind === 'missing'
      ? leave(it, 'umbrella-missing', found.detail)
      : refuse(it, 'umbrella-ambiguous', found.detail)
  },
})

/**
 * Under our own green: a row that came in before it and was never looked at, because that sweep
 * ended too early.
 */
export const unseenRow = rule({
  codes: ['foreign-red', 'superseded-evidence'],
  title: 'Does a success of ours stand over a row that no sweep had seen?',
  judge: it => {
    const { row, head, policy } = it
    if (row === null || !isGreen(row.state)) return notGreen
    const unseen = unseenBelow(head.of(policy.umbrella), row)
    if (unseen === null)
      return pass(() =>
        row.author.kind === 'us' ? 'nothing unseen below our success' : 'the green is not ours',
      )
    const reason = unseen.author.kind === 'outside' ? 'foreign-red' : 'superseded-evidence'
    return refuse(
      it,
      reason,
      `our success (row ${row.id}) was written over row ${unseen.id} (${unseen.state}), which no ` +
        'sweep had seen',
    )
  },
})

/**
 * A green umbrella over a red newest run. Only a result counts: a job the newest run does not have
 * proves nothing against the umbrella.
 */
export const falseGreen = rule({
  codes: ['false-green'],
  title: 'Is the umbrella green over a failed required job?',
  judge: it => {
    const { row, seen, must, head } = it
    if (row === null || !isGreen(row.state)) return notGreen
    if (head.evidence.history === null)
      return pass(() => 'green; the history was not read, so no run is known')
    if (seen.group.newest === null) return pass(() => 'green; no run wrote it')
    for (const { context, result, level } of must) {
      if (level === 'external' || (result.kind !== 'failure' && result.kind !== 'cancelled'))
        continue
      const verb = result.kind === 'failure' ? 'failed' : 'was cancelled'
      return {
        ...it.base,
        kind: 'alarm',
        reason: 'false-green',
        detail:
          `the umbrella is green, but ${context} ${verb} in ` + `${named(result.run)}, the newest`,
        holder: { context, run: result.run, job: result.job },
      }
    }
    return pass(() => `green; no required job of ${named(seen.group.newest)} failed`)
  },
})

/**
 * A pending umbrella is judged like a red one when its job has ended, or when the pending is our
 * own.
 */
function isOver({ row, head, seen: { group }, policy }: RuleInput): boolean {
  if (row?.author.kind === 'us') return true
  const jobs = group.newest === null ? null : jobsOf(head, group, group.newest, policy.umbrella)
  return jobs !== null && jobs.length > 0 && jobs.every(({ state }) => state !== 'open')
}

/** The umbrella is green, or its job is still going. */
export const nothingToRepair = rule({
  codes: ['umbrella-green', 'umbrella-pending', 'required-open'],
  title: 'Is there anything to repair?',
  judge: it => {
    const { row, seen, policy, head } = it
    if (row === null) return pass(() => saidOf(it))
    if (isGreen(row.state)) {
      const open = head.evidence.history !== null && seen.openRunReason !== null
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
        open ? `green; newer run open: ${seen.openRunReason}` : 'nothing to repair',
      )
    }
    if (row.state === 'pending' && !isOver(it))
      return leave(it, 'umbrella-pending', `${policy.umbrella} is pending (row ${row.id})`)
    return pass(() =>
      row.state !== 'pending'
        ? `the umbrella is ${row.state}`
        : row.author.kind === 'us'
          ? 'the umbrella is pending by our own hand'
          : 'the umbrella is pending, but its job has ended',
    )
  },
})

/** For a red umbrella, evidence of too low a grade, or none of the history, is a gap too. */
export const evidenceTooWeak = rule({
  codes: ['evidence-incomplete'],
  title: 'Is the evidence as good as the policy asks?',
  judge: it => {
    const { evidence } = it.head
    if (evidence.history === null)
      return refuse(it, 'evidence-incomplete', `the history of ${it.policy.umbrella} was not read`)
    if (evidence.traits.jobsMayHaveNoRow && evidence.kind !== 'jobs')
      return refuse(
        it,
        'evidence-incomplete',
        'on this server a job may have no status row, and its jobs could not be read',
      )
    if (GRADES.indexOf(gradeOf(evidence)) >= GRADES.indexOf(it.policy.minGrade))
      return pass(() => `${evidence.kind}; asked for is ${it.policy.minGrade} or better`)
    return refuse(
      it,
      'evidence-incomplete',
      `this server offers ${evidence.kind} here, the policy asks for ${it.policy.minGrade}`,
    )
  },
})

/** An empty list of requirements is met by anything, so it proves nothing. */
export const nothingRequired = rule({
  codes: ['nothing-required'],
  title: 'Is anything required?',
  judge: (it: Ruled) => {
    const count = it.must.length + it.seen.missing.length + it.seen.absent.length
    if (count > 0) return pass(() => `${count} must be green, by ${it.seen.source}`)
    const needs = it.evidence.needs.get(it.pull.number)
    const why =
      needs?.kind === 'no-such-job'
        ? `no workflow file on ${needs.branch} has a job that writes ${it.policy.umbrella}`
        : `nothing is required beside ${it.policy.umbrella}: an empty list proves nothing`
    return refuse(it, 'nothing-required', why)
  },
})
