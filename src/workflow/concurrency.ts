import type { ConcurrencyReach } from '../core/plan/rerun.js'
import type { Workflow } from './parse.js'

/**
 * What a value in a group makes of it: nobody else's, that of one branch name, which two forks may
 * share, or anybody's. `none`: it is empty after this event, and what stands behind `||` counts.
 */
type GroupValue = 'own' | 'head-branch' | 'shared' | 'none'

/** Events whose payload holds a pull request (docs/github-facts.md, 2). */
const OF_PULLS = new Set([
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
])

/** Events whose payload holds none. Of an event that nobody knows it is not known. */
const NOT_OF_PULLS = new Set([
  'push',
  'merge_group',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_run',
  'issue_comment',
  'release',
  'create',
  'delete',
])

/**
 * Events after which the ref is the pull request's or the pushed branch's. After all others, such
 * as `pull_request_target`, it is a base branch, which every pull request shares
 * (docs/github-facts.md, 2).
 */
const WITH_OWN_REF = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'merge_group',
])

/** What a value of the payload's pull request is after this event. */
const ofPull = (event: string, value: GroupValue): readonly GroupValue[] =>
  OF_PULLS.has(event) ? [value] : NOT_OF_PULLS.has(event) ? ['none'] : [value, 'none']

/** Every value that one operand of an expression may have after this event. */
function operandValues(operand: string, event: string): readonly GroupValue[] {
  switch (/^\s*(?:github|gitea|forgejo)\.([a-z_.]+)\s*$/.exec(operand)?.[1]) {
    case 'run_id':
      return ['own']
    case 'event.number':
    case 'event.pull_request.number':
      return ofPull(event, 'own')
    case 'head_ref':
    case 'event.pull_request.head.ref':
      return ofPull(event, 'head-branch')
    case 'ref':
    case 'ref_name':
      return [WITH_OWN_REF.has(event) ? 'own' : 'shared']
    // The merge of one pull request with its base; a pushed commit may stand on several branches.
    case 'sha':
      return [event === 'pull_request' ? 'own' : 'shared']
    case undefined:
    default:
      return ['shared']
  }
}

/** From the narrowest to the widest; a group that ends up empty is everybody's. */
const WIDTH: readonly GroupValue[] = ['own', 'head-branch', 'shared', 'none']

/** What `a || b` can be: what stands behind `||` counts only where the first may be empty. */
function widestOf(expression: string, event: string): GroupValue {
  const seen = new Set<GroupValue>()
  for (const operand of expression.split('||')) {
    const values = operandValues(operand, event)
    for (const value of values) if (value !== 'none') seen.add(value)
    if (!values.includes('none')) return widestValue(seen)
  }
  return 'none'
}

const widestValue = (values: ReadonlySet<GroupValue>): GroupValue =>
  WIDTH.findLast(value => values.has(value)) ?? 'none'

/** One value of its own in a group's text makes the whole group nobody else's. */
function reachOfGroup(group: string, event: string): ConcurrencyReach {
  const values = new Set(
    [...group.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, expression]) =>
      widestOf(expression ?? '', event),
    ),
  )
  return values.has('own') ? 'own-ref' : values.has('head-branch') ? 'head-branch' : 'repository'
}

/** From the narrowest to the widest. */
export const REACHES: readonly ConcurrencyReach[] = [
  'nothing',
  'own-ref',
  'head-branch',
  'repository',
]

/**
 * What the concurrency of a workflow and its jobs can reach in a run of this event: a re-run
 * evaluates it, and may cancel another run of the group (docs/forge-facts.md, 11).
 */
export function concurrencyReach({ concurrency, jobs }: Workflow, event: string): ConcurrencyReach {
  const groups = [concurrency, ...jobs.map(job => job.concurrency)].filter(group => group !== null)
  const reaches = new Set(groups.map(group => reachOfGroup(group, event)))
  return REACHES.findLast(reach => reaches.has(reach)) ?? 'nothing'
}
