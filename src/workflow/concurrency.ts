import type { ConcurrencyReach } from '../core/acting/rerun.js'
import type { Workflow } from './parse.js'

/**
 * Values that no two pull requests or branches share. `github.head_ref` is not among them: two
 * forks may use one branch name.
 */
const OF_ITS_OWN = new Set([
  'ref',
  'ref_name',
  'run_id',
  'event.number',
  'event.pull_request.number',
])

/** Is every value this expression can have one of its own? `a || b` is, if both are. */
function isOfItsOwn(expression: string): boolean {
  return expression.split('||').every(operand => {
    const name = /^\s*(?:github|gitea|forgejo)\.([a-z_.]+)\s*$/.exec(operand)?.[1]
    return name !== undefined && OF_ITS_OWN.has(name)
  })
}

/** Does a group's text hold the ref or the pull request, so that it is nobody else's? */
function isOwnGroup(group: string): boolean {
  return [...group.matchAll(/\$\{\{(.*?)\}\}/g)].some(([, expression]) =>
    isOfItsOwn(expression ?? ''),
  )
}

/**
 * What the concurrency of a workflow and its jobs can reach: a re-run evaluates it, and may cancel
 * another run of the group (docs/forge-facts.md, 11).
 */
export function concurrencyReach({ concurrency, jobs }: Workflow): ConcurrencyReach {
  const groups = [concurrency, ...jobs.map(job => job.concurrency)].filter(group => group !== null)
  if (groups.length === 0) return 'nothing'
  return groups.every(isOwnGroup) ? 'own-ref' : 'repository'
}
