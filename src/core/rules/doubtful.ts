import type { RunKey } from '../model/ids.js'
import type { JobResult } from '../view/job-result.js'
import type { RowsRead } from '../view/run-group.js'
import { foreignRun, tellsPulls } from '../view/run-group.js'
import { byStatus } from '../view/statuses.js'
import { vetoByTasks } from '../view/tasks.js'
import { runName } from '../view/checks/legs.js'
import { unlistedProof } from '../view/checks/listed.js'
import { maySkip } from '../view/view.js'
import type { RuleInput } from './rule.js'
import { named, refuse, rowRule, rule } from './rule.js'

/** The newest run's status row and its job or task row of one required job differ. */
export const sourcesDisagree = rowRule({
  codes: ['sources-disagree'],
  title: 'Do status rows and job rows agree?',
  judge: input => {
    for (const { context, result } of input.required) {
      if (result.kind !== 'disagree') continue
      const holder = { context, run: result.run, job: null }
      return refuse(input, 'sources-disagree', `${context}: ${result.why}`, holder)
    }
    return () => 'no source contradicts another'
  },
})

/** A required context is green, but nobody known to write it did. */
export const unprovenWriter = rule({
  codes: ['unproven-writer'],
  title: 'Is every required context written by Actions or by a system that is named?',
  judge: input => {
    for (const { context, result } of input.required) {
      if (result.kind !== 'stranger') continue
      const detail =
        `${context} is ${result.state} (row ${result.row}), but no run of Actions ` +
        'wrote it; if another system does, name it in external-contexts'
      return refuse(input, 'unproven-writer', detail, { context, run: null, job: null })
    }
    return () => 'every required context has a known writer'
  },
})

/** What the newest run says cannot be established. */
export const supersededEvidence = rule({
  codes: ['superseded-evidence'],
  title: 'Is it established what the newest run says?',
  judge: input => {
    const { view } = input
    if (view.doubt !== null) return refuse(input, 'superseded-evidence', view.doubt)
    for (const { context, result, level } of view.contexts) {
      if (level === 'optional' || (result.kind !== 'unknown' && result.kind !== 'disagree'))
        continue
      const holder = { context, run: result.run, job: null }
      return refuse(input, 'superseded-evidence', `${context}: ${result.why}`, holder)
    }
    const hidden = view.read.kind === 'rows' ? hiddenRun(input, view.read) : null
    if (hidden !== null) return refuse(input, 'superseded-evidence', hidden)
    return () => `${named(view.newest)} is the newest of ${view.runs.length}`
  },
})

/**
 * A green job that the jobs of its run do not name, or whose run was not read. Only that list
 * cannot be written by a token (docs/github-facts.md, 2).
 */
export const unlistedGreen = rule({
  codes: ['evidence-incomplete'],
  title: 'Do the jobs of their runs name everything that is green?',
  only: 'checks',
  judge: input => {
    const [one] = unlistedProof(input.view)
    if (one === undefined) return () => 'every green job is one of its run'
    const { name, suite } = one
    const holder = { context: name, run: suite.key, job: null }
    const detail = `${name} is green, but the jobs of ${runName(suite)} do not name it`
    return refuse(input, 'evidence-incomplete', detail, holder)
  },
})

/** A run that the server tells is of a pull request that nobody judged. */
export const unjudgedPull = rowRule({
  codes: ['superseded-evidence'],
  title: 'Is every run on this commit of a pull request that was judged?',
  judge: (input, { head }) => {
    const foreign = foreignRun(head)
    if (foreign === null) return () => 'no run on this commit is told to be of another one'
    const detail =
      `run ${foreign.run} on this commit ran for pull request #${foreign.pull}, which ` +
      'is not among the open ones that were judged'
    const holder = { context: input.policy.umbrella, run: foreign.run, job: null }
    return refuse(input, 'superseded-evidence', detail, holder)
  },
})

/**
 * Several open pulls, and runs that cannot be told apart: any of them may be another pull's newest
 * run, so all of them must be proven. Of check runs every run counts by itself then.
 */
function hiddenRun(input: RuleInput, rows: RowsRead): string | null {
  if (input.evidence.pulls.length < 2 || tellsPulls(rows.head, rows.group)) return null
  const found = unprovenRun(input, rows)
  return found === null
    ? null
    : `several pull requests share this head, and run ${found.run} of one of them is not ` +
        `proven: ${found.context} is ${found.kind}`
}

/** A run that does not say of a context that counts what the newest must say of it. */
interface UnprovenRun {
  readonly run: RunKey
  readonly context: string
  readonly kind: JobResult['kind']
}

/**
 * The first run of the group that is not proven in every counted context but the umbrella. A re-run
 * or a failure hidden under another run's rows is unknown, and enough to refuse.
 */
export function unprovenRun(
  { policy, view }: RuleInput,
  { head, group }: RowsRead,
): UnprovenRun | null {
  for (const run of [...group.runs].sort((a, b) => b - a)) {
    for (const { context, level } of view.contexts) {
      if (!group.contexts.has(context) || level === 'optional') continue
      const byRows = byStatus(head, policy.umbrella, run, context)
      const result =
        head.evidence.kind === 'tasks' ? vetoByTasks({ head, group, run, context }, byRows) : byRows
      const spared = level === 'unlisted' && result.kind === 'skipped'
      if (result.kind === 'success' || spared || maySkip(policy, context, result)) continue
      return { run, context, kind: result.kind }
    }
  }
  return null
}
