import { GithubWorld } from '../simulator/github/world.js'

/** The check that stands for all others. */
export const GITHUB_UMBRELLA = 'all-required'

/** As many contexts a head as the other repositories of the bench have. */
const JOBS = ['job 1', 'job 2', 'job 3', 'job 4', 'job 5', GITHUB_UMBRELLA] as const

/** The text that stands for a workflow of these jobs. */
const jobsOf = () =>
  JOBS.map(name =>
    name === GITHUB_UMBRELLA
      ? { name, needs: JOBS.slice(0, -1), gate: 'needs' as const }
      : { name },
  )

/**
 * A repository with so many open pull requests, one run each, and every job green. The world looks
 * through all its checks to end one of them, so each run here ends as it is made.
 */
export function quietGithub(pulls: number): GithubWorld {
  const world = new GithubWorld()
  const workflow = world.workflow({ path: '.github/workflows/ci.yml', jobs: jobsOf() })
  world.required.push({ context: GITHUB_UMBRELLA, app: null })
  for (let at = 0; at < pulls; at += 1) {
    const { head } = world.pull()
    const from = world.checks.length
    world.run(workflow, { sha: head })
    for (const check of world.checks.slice(from)) {
      check.status = 'completed'
      check.conclusion = 'success'
      check.completedAt = world.now + 60
    }
  }
  world.now += 1200
  // Enough of the hour is left for every page.
  world.left = { rest: 100_000, graphql: 100_000 }
  return world
}
