import type { Conclusion } from './model.js'
import type { GithubWorld } from './world.js'

const passes = (conclusion: Conclusion | null): boolean =>
  conclusion === 'success' || conclusion === 'skipped' || conclusion === 'neutral'

const IGNORED = ['workflow_dispatch', 'repository_dispatch', 'schedule']

/**
 * Is the merge gate of a commit open for this context? How same-named check runs combine is
 * documented nowhere: every run's must pass, or only the newest's (docs/github-facts.md, 1).
 */
export function isGreenBy(
  world: GithubWorld,
  reading: 'and' | 'newest',
  { sha, context }: { readonly sha: string; readonly context: string },
): boolean {
  const suites = world.suites
    .filter(({ sha: on, run }) => on === sha && !IGNORED.includes(run?.event ?? ''))
    .sort((a, b) => (b.run?.id ?? b.id) - (a.run?.id ?? a.id))
  const checks = suites.flatMap(suite => world.newest(suite, context) ?? [])
  const counted = reading === 'and' ? checks : checks.slice(0, 1)
  const status = world.statuses
    .filter(one => one.sha === sha && one.context.toLowerCase() === context.toLowerCase())
    .at(-1)
  if (counted.length === 0 && status === undefined) return false
  return (
    counted.every(({ conclusion }) => passes(conclusion)) &&
    (status === undefined || status.state === 'success')
  )
}
