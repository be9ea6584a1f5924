import { byStatus } from '../reading/statuses.js'
import { foreignRun, tellsPulls } from '../reading/run-group.js'
import { maySkip, olderRedAgainstGreen } from '../reading/assessment.js'
import type { Ruled, RuleInput } from './rule.js'
import { named, pass, refuse, rule } from './rule.js'

/** The newest run's status row and its job or task row of one required job differ. */
export const sourcesDisagree = rule({
  codes: ['sources-disagree'],
  title: 'Do status rows and job rows agree?',
  judge: it => {
    for (const { context, result } of it.must) {
      if (result.kind !== 'disagree') continue
      const holder = { context, run: result.run, job: null }
      return refuse(it, 'sources-disagree', `${context}: ${result.why}`, holder)
    }
    return pass(() => 'no source contradicts another')
  },
})

/** A required context is green, but nobody known to write it did. */
export const unprovenWriter = rule({
  codes: ['unproven-writer'],
  title: 'Is every required context written by Actions or by a system that is named?',
  judge: (it: Ruled) => {
    for (const { context, result } of it.must) {
      if (result.kind !== 'stranger') continue
      const detail =
        `${context} is ${result.state} (row ${result.row}), but no run of Actions ` +
        'wrote it; if another system does, name it in external-contexts'
      return refuse(it, 'unproven-writer', detail, { context, run: null, job: null })
    }
    return pass(() => 'every required context has a known writer')
  },
})

/** Why the newest run of the umbrella's group is not known, or `null`. */
function newestUnclear({ seen, head, policy, pull }: RuleInput): string | null {
  const { newest, doubt } = seen.group
  if (newest === null)
    return `no run of Actions wrote ${policy.umbrella} for pull request #${pull.number}`
  if (doubt !== null) return doubt
  const wrote = head
    .of(policy.umbrella)
    .some(({ author }) => author.kind === 'actions' && author.run === newest)
  return wrote ? null : `${named(newest)}, the newest, never wrote ${policy.umbrella}`
}

/** What the newest run says cannot be established. */
export const supersededEvidence = rule({
  codes: ['superseded-evidence'],
  title: 'Is it established what the newest run says?',
  judge: it => {
    const { seen, head, policy } = it
    const why = newestUnclear(it)
    if (why !== null) return refuse(it, 'superseded-evidence', why)
    for (const { context, result, level } of seen.results) {
      if (level === 'optional' || (result.kind !== 'unknown' && result.kind !== 'disagree'))
        continue
      const holder = { context, run: result.run, job: null }
      return refuse(it, 'superseded-evidence', `${context}: ${result.why}`, holder)
    }
    const hidden = twoWorkflows(it) ?? hiddenRun(it)
    if (hidden !== null) return refuse(it, 'superseded-evidence', hidden)
    const foreign = foreignRun(head)
    if (foreign === null)
      return pass(() => `${named(seen.group.newest)} is the newest of ${seen.group.runs.size}`)
    const detail =
      `run ${foreign.run} on this commit ran for pull request #${foreign.pull}, which ` +
      'is not among the open ones that were judged'
    const holder = { context: policy.umbrella, run: foreign.run, job: null }
    return refuse(it, 'superseded-evidence', detail, holder)
  },
})

/**
 * Two workflows that write one context look like two runs of one workflow on a server without the
 * `_target` suffix.
 */
function twoWorkflows({ head, policy, seen }: RuleInput): string | null {
  const { traits, workflows } = head.evidence
  const why = traits.targetSuffix ? null : olderRedAgainstGreen(seen)
  if (why === null) return null
  if (workflows.kind !== 'read')
    return (
      `${why}; the workflow folder ` +
      (workflows.kind === 'unreadable' ? `cannot be read: ${workflows.detail}` : 'was not read')
    )
  // A workflow without a name writes `/ job (event)` (docs/forge-facts.md, 2.1).
  const named = workflows.files.filter(({ name }) =>
    policy.umbrella.startsWith(`${name} / `.trimStart()),
  )
  const target = named.find(({ events }) => events.includes('pull_request_target'))
  if (target !== undefined)
    return (
      `${why}; ${target.path} listens to pull_request_target, which writes the same ` +
      'contexts here'
    )
  return named.length > 1
    ? `${why}; ${named.map(({ path }) => path).join(', ')} carry the same workflow name`
    : null
}

/**
 * Several pulls, and runs that cannot be told apart: any of them may be another pull's newest run.
 * So every run of the group must say of every context what the newest one must; a re-run or a
 * failure hidden under another run's rows is unknown, and enough to refuse.
 */
function hiddenRun({ head, policy, seen: { group, results } }: RuleInput): string | null {
  if (head.evidence.pulls.length < 2 || tellsPulls(head, group)) return null
  for (const run of [...group.runs].sort((a, b) => b - a)) {
    for (const { context, level } of results) {
      if (!group.contexts.has(context) || level === 'optional') continue
      const result = byStatus(head, policy.umbrella, run, context)
      const spared = level === 'unlisted' && result.kind === 'skipped'
      if (result.kind === 'success' || spared || maySkip(policy, context, result)) continue
      return (
        `several pull requests share this head, and run ${run} of one of them is not ` +
        `proven: ${context} is ${result.kind}`
      )
    }
  }
  return null
}
