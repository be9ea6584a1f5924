import type { Json } from '../state.js'
import { answerOf, itemOf } from './openapi.js'
import type { Check, GithubWorld, Status, Suite, Workflow } from './world.js'

export const timeText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

const page = ({ owner, name }: GithubWorld): string => `https://github.com/${owner}/${name}`

/** A job's check run links to the job, and what a token made to a page of its own. */
export const checkLink = (world: GithubWorld, { run }: Suite, check: Check): string =>
  run === null || check.byToken
    ? `${page(world)}/runs/${check.id}`
    : `${page(world)}/actions/runs/${run.id}/job/${check.id}`

const endOf = (check: Check): string | null =>
  check.completedAt === null ? null : timeText(check.completedAt)

export const checkJson = (world: GithubWorld, suite: Suite, check: Check): Json =>
  itemOf('check-run', {
    id: check.id,
    name: check.name,
    head_sha: suite.sha,
    status: check.status,
    conclusion: check.conclusion,
    started_at: timeText(check.startedAt),
    completed_at: endOf(check),
    details_url: checkLink(world, suite, check),
    check_suite: { id: suite.id },
  })

export const jobJson = (world: GithubWorld, suite: Suite, check: Check): Json =>
  itemOf('job', {
    id: check.id,
    run_id: suite.run?.id ?? 0,
    run_attempt: check.attempt,
    name: check.name,
    status: check.status,
    conclusion: check.conclusion,
    started_at: timeText(check.startedAt),
    completed_at: endOf(check),
    runner_id: check.lost ? 0 : 7,
    html_url: checkLink(world, suite, check),
    steps: check.lost
      ? []
      : [{ name: 'Run', status: check.status, conclusion: check.conclusion, number: 1 }],
  })

export const suiteJson = (world: GithubWorld, suite: Suite): Json => {
  const end = world.conclusionOf(suite)
  return itemOf('check-suite', {
    id: suite.id,
    head_sha: suite.sha,
    status: end === null ? 'in_progress' : 'completed',
    conclusion: end,
    app: itemOf('integration', { id: suite.app.id, slug: suite.app.slug }),
  })
}

/** The branch that a run is of, where a pull request's commit tells it. */
function branchOf(world: GithubWorld, sha: string): Readonly<Record<string, Json>> {
  const pull = world.pulls.find(({ head }) => head === sha)
  if (pull === undefined) return {}
  const own = { repository: `${world.owner}/${world.name}`, branch: `change-${pull.number}` }
  const { repository, branch } = pull.from ?? own
  const fields = { full_name: repository }
  return { head_branch: branch, head_repository: itemOf('minimal-repository', fields) }
}

export const runJson = (world: GithubWorld, suite: Suite): Json => {
  const { run } = suite
  if (run === null) throw new Error('no run')
  const end = world.conclusionOf(suite)
  return itemOf('workflow-run', {
    id: run.id,
    name: run.workflow.path,
    event: run.event,
    status: end === null ? 'in_progress' : 'completed',
    conclusion: end,
    workflow_id: run.workflow.id,
    path: run.workflow.path,
    head_sha: run.sha,
    check_suite_id: suite.id,
    run_attempt: run.attempt,
    created_at: timeText(run.createdAt),
    ...branchOf(world, run.sha),
  })
}

export const statusJson = (row: Status): Json =>
  itemOf('status', {
    id: row.id,
    state: row.state,
    context: row.context,
    description: row.description,
    target_url: row.targetUrl === '' ? null : row.targetUrl,
    created_at: timeText(row.createdAt),
    creator: itemOf('simple-user', {
      login: row.login,
      type: row.login.endsWith('[bot]') ? 'Bot' : 'User',
    }),
  })

type Fields = Readonly<Record<string, Json>>

/** What a pull request and a row of a list of them have in common, in what the description asks. */
function withPull(
  least: Fields,
  world: GithubWorld,
  { number, title, open, head, base, merged }: GithubWorld['pulls'][number],
): Json {
  const side = (name: 'head' | 'base', sha: string, ref: string): Json => ({
    ...(least[name] as object),
    sha,
    ref,
  })
  return {
    ...least,
    number,
    title,
    state: open ? 'open' : 'closed',
    ...(merged === undefined
      ? {}
      : { merged_at: timeText(merged.at), updated_at: timeText(merged.at) }),
    head: side('head', head, `change-${number}`),
    base: side('base', world.base, base),
  }
}

/** Only a pull request by itself tells who merged it. */
const mergerOf = ({ merged }: GithubWorld['pulls'][number]): Fields =>
  merged === undefined
    ? {}
    : { merged_by: itemOf('simple-user', { login: merged.by, type: 'User' }) }

export const pullJson = (world: GithubWorld, pull: GithubWorld['pulls'][number]): Json =>
  withPull(
    answerOf('GET /repos/{owner}/{repo}/pulls/{pull_number}', mergerOf(pull)) as Fields,
    world,
    pull,
  )

export const listedPullJson = (world: GithubWorld, pull: GithubWorld['pulls'][number]): Json =>
  withPull(itemOf('pull-request-simple', {}) as Fields, world, pull)

/** A workflow as the file that its jobs are written in. */
export function workflowYaml({ path, events, follows, jobs, concurrency }: Workflow): string {
  const lines = [`name: ${path}`, 'on:', ...events.map(event => `  ${event}:`)]
  if (follows !== undefined)
    lines.push(
      '  workflow_run:',
      `    workflows: [${follows.join(', ')}]`,
      '    types: [completed]',
    )
  if (concurrency !== undefined) lines.push('concurrency:', `  group: ${concurrency.group}`)
  lines.push('jobs:')
  for (const { name, needs = [], gate } of jobs) {
    lines.push(`  ${name}:`, '    runs-on: ubuntu-latest')
    if (needs.length > 0) lines.push(`    needs: [${needs.join(', ')}]`)
    if (gate === 'needs') lines.push('    if: always()')
    lines.push('    steps:', '      - run: true')
  }
  return `${lines.join('\n')}\n`
}
