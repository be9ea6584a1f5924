import { byStatus } from '../answer.js'
import { foreignRun, tellsPulls } from '../family.js'
import { olderRedAgainstGreen } from '../survey.js'
import type { Case, Rung } from './case.js'
import { named, refuse } from './case.js'

/** Row 11. */
export const sourcesDisagree: Rung = it => {
  for (const { context, answer } of it.must) {
    if (answer.is === 'disagree')
      return refuse(it, 'sources-disagree', `${context}: ${answer.why}`, {
        context,
        run: answer.run,
        job: null,
      })
  }
  return null
}

/** Row 12. */
export const unprovenWriter: Rung = it => {
  for (const { context, answer } of it.must) {
    if (answer.is !== 'stranger') continue
    const detail =
      `${context} is ${answer.state} (row ${answer.row}), but no run of Actions ` +
      'wrote it; if another system does, name it in external-contexts'
    return refuse(it, 'unproven-writer', detail, { context, run: null, job: null })
  }
  return null
}

/** Row 13. What the newest run says cannot be established. */
export const supersededEvidence: Rung = it => {
  const { seen, head, policy, pull } = it
  const { newest, doubt } = seen.family
  const wrote = head
    .of(policy.umbrella)
    .some(({ author }) => author.by === 'actions' && author.run === newest)
  const why =
    newest === null
      ? `no run of Actions wrote ${policy.umbrella} for pull request #${pull.number}`
      : (doubt ?? (wrote ? null : `${named(newest)}, the newest, never wrote ${policy.umbrella}`))
  if (why !== null) return refuse(it, 'superseded-evidence', why)
  for (const { context, answer, level } of seen.findings) {
    if (level === 'optional' || (answer.is !== 'unknown' && answer.is !== 'disagree')) continue
    return refuse(it, 'superseded-evidence', `${context}: ${answer.why}`, {
      context,
      run: answer.run,
      job: null,
    })
  }
  const hidden = twoWorkflows(it) ?? hiddenRun(it)
  if (hidden !== null) return refuse(it, 'superseded-evidence', hidden)
  const foreign = foreignRun(head)
  if (foreign === null) return null
  const detail =
    `run ${foreign.run} on this commit ran for pull request #${foreign.pull}, which ` +
    'is not among the open ones that were judged'
  return refuse(it, 'superseded-evidence', detail, {
    context: policy.umbrella,
    run: foreign.run,
    job: null,
  })
}

/**
 * Two workflows that write one context look like two runs of one workflow on a server without the
 * `_target` suffix (design §4).
 */
function twoWorkflows({ head, policy, seen }: Case): string | null {
  const { traits, workflows } = head.evidence
  const why = traits.targetSuffix ? null : olderRedAgainstGreen(seen)
  if (why === null) return null
  if (workflows.kind !== 'read')
    return (
      `${why}; the workflow folder ` +
      (workflows.kind === 'unreadable' ? `cannot be read: ${workflows.detail}` : 'was not read')
    )
  // A workflow without a name writes `/ job (event)` (forge-facts §2.1).
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
 * So every run of the family must say of every context what the newest one must; a re-run or a
 * failure hidden under another run's rows is unknown, and enough to refuse.
 */
function hiddenRun({ head, policy, seen: { family, findings } }: Case): string | null {
  if (head.evidence.pulls.length < 2 || tellsPulls(head, family)) return null
  for (const run of [...family.runs].sort((a, b) => b - a)) {
    for (const { context, level } of findings) {
      if (!family.contexts.has(context) || level === 'optional') continue
      const answer = byStatus(head, policy.umbrella, run, context)
      if (answer.is === 'success' || (answer.is === 'skipped' && level !== 'required')) continue
      return (
        `several pull requests share this head, and run ${run} of one of them is not ` +
        `proven: ${context} is ${answer.is}`
      )
    }
  }
  return null
}
