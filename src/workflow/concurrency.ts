import type { ConcurrencyReach } from '../core/plan/rerun.js'
import type { Workflow } from './parse.js'

/**
 * Values that no two pull requests or branches share. `github.head_ref` is not among them: two
 * forks may use one branch name.
 */
const OF_ITS_OWN = new Set(['run_id', 'event.number', 'event.pull_request.number'])

/** The ref of the run, which is one of its own after some events only. */
const REFS = new Set(['ref', 'ref_name'])

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

/** Is every value this expression can have one of its own? `a || b` is, if both are. */
function isOfItsOwn(expression: string, event: string): boolean {
  return expression.split('||').every(operand => {
    const name = /^\s*(?:github|gitea|forgejo)\.([a-z_.]+)\s*$/.exec(operand)?.[1]
    if (name === undefined) return false
    return OF_ITS_OWN.has(name) || (REFS.has(name) && WITH_OWN_REF.has(event))
  })
}

/** Does a group's text hold the ref or the pull request, so that it is nobody else's? */
function isOwnGroup(group: string, event: string): boolean {
  return [...group.matchAll(/\$\{\{(.*?)\}\}/g)].some(([, expression]) =>
    isOfItsOwn(expression ?? '', event),
  )
}

/**
 * What the concurrency of a workflow and its jobs can reach in a run of this event: a re-run
 * evaluates it, and may cancel another run of the group (docs/forge-facts.md, 11).
 */
export function concurrencyReach({ concurrency, jobs }: Workflow, event: string): ConcurrencyReach {
  const groups = [concurrency, ...jobs.map(job => job.concurrency)].filter(group => group !== null)
  if (groups.length === 0) return 'nothing'
  return groups.every(group => isOwnGroup(group, event)) ? 'own-ref' : 'repository'
}
