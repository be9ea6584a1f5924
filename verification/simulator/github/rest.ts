import { createHash } from 'node:crypto'
import type { Json } from '../state.js'
import type { Answer, Request, Route, RouteAt } from './route.js'
import { error, NO_RIGHT, NOT_FOUND, paged } from './route.js'
import { ISSUE_ROUTES } from './issue-routes.js'
import { mergeRules } from './merge.js'
import { PULL_ROUTES } from './pull-routes.js'
import type { Workflow } from './model.js'
import { answerOf } from './openapi.js'
import { checkJson, jobJson, runJson, statusJson, suiteJson, workflowYaml } from './wire.js'
import type { GithubWorld, Suite } from './world.js'

const suiteOfRun = (world: GithubWorld, id: string | undefined): Suite | undefined =>
  world.suites.find(({ run }) => run?.id === Number(id))

const repository: Route = () => ({
  status: 200,
  body: answerOf('GET /repos/{owner}/{repo}', { default_branch: 'main' }),
})

const statuses: Route = (world, request, [sha]) => {
  const rows = world.statuses.filter(row => row.sha === sha).reverse()
  const { rows: body, more } = paged(rows.map(statusJson), request)
  return { status: 200, body, more }
}

const postStatus: Route = (world, { body }, [sha = '']) => {
  if (!world.rights.statuses) return NO_RIGHT
  const { state, context, description, target_url: targetUrl } = body as Record<string, string>
  if ((description?.length ?? 0) > 140) return error(422, 'Validation Failed')
  const row = world.status({
    sha,
    state: state ?? '',
    context: context ?? 'default',
    description: description ?? '',
    targetUrl: targetUrl ?? '',
    login: 'github-actions[bot]',
  })
  return { status: 201, body: statusJson(row) }
}

const suites: Route = (world, request, [sha]) => {
  const all = world.suites.filter(suite => suite.sha === sha)
  const { rows, more } = paged(
    all.map(suite => suiteJson(world, suite)),
    request,
  )
  return { status: 200, body: { total_count: all.length, check_suites: rows }, more }
}

const checks: Route = (world, request, [id]) => {
  const suite = world.suites.find(one => one.id === Number(id))
  if (suite === undefined) return NOT_FOUND
  const every = world.checks.filter(check => check.suite === suite.id)
  const all = request.query.get('filter') === 'all' ? every : world.shown(suite)
  const { rows, more } = paged(
    all.map(check => checkJson(world, suite, check)),
    request,
  )
  return { status: 200, body: { total_count: all.length, check_runs: rows }, more }
}

/** A head does not list the runs of `pull_request_target`: they stand under the base's commit. */
const runs: Route = (world, request) => {
  const { query } = request
  const all = world.suites.filter(
    ({ id, run }) =>
      run !== null &&
      (query.get('check_suite_id') === null || Number(query.get('check_suite_id')) === id) &&
      (query.get('head_sha') === null || query.get('head_sha') === run.sha),
  )
  const rows = all.map(suite => runJson(world, suite))
  return { status: 200, body: { total_count: all.length, workflow_runs: rows } }
}

const run: Route = (world, _, [id]) => {
  const suite = suiteOfRun(world, id)
  return suite === undefined ? NOT_FOUND : { status: 200, body: runJson(world, suite) }
}

const jobs: Route = (world, request, [id]) => {
  const suite = suiteOfRun(world, id)
  if (suite === undefined) return NOT_FOUND
  const every = world.checks.filter(check => check.suite === suite.id && !check.byToken)
  const all = request.query.get('filter') === 'all' ? every : world.shown(suite)
  const { rows, more } = paged(
    all.map(check => jobJson(world, suite, check)),
    request,
  )
  return { status: 200, body: { total_count: all.length, jobs: rows }, more }
}

const runsOfWorkflow: Route = (world, { query }, [id]) => {
  const all = world.suites.filter(
    suite =>
      suite.run?.workflow.id === Number(id) &&
      (query.get('status') === null ||
        (query.get('status') === 'in_progress' && world.isOpen(suite))),
  )
  const rows = all.map(suite => runJson(world, suite))
  return { status: 200, body: { total_count: all.length, workflow_runs: rows } }
}

/** Thirty days, in seconds. */
const RETIRED = 30 * 24 * 3600

/** Why a run cannot be run again, as GitHub says it; `null` if it can. */
function refusal(world: GithubWorld, suite: Suite): Answer | null {
  const { run: of } = suite
  if (!world.rights.actions) return NO_RIGHT
  if (of === null || world.now - of.createdAt > RETIRED || of.held === 'startup_failure')
    return error(403, 'This workflow run cannot be retried')
  if (of.workflow.state !== 'active') return error(403, 'This workflow run cannot be retried')
  return world.isOpen(suite) ? error(403, 'This workflow is already running') : null
}

const rerunJob: Route = (world, _, [id]) => {
  const check = world.checks.find(one => one.id === Number(id))
  const suite = world.suites.find(one => one.id === check?.suite)
  if (check === undefined || suite === undefined) return NOT_FOUND
  const no = refusal(world, suite)
  if (no !== null) return no
  world.rerun(suite, check.name)
  return { status: 201, body: {} }
}

const rerunRun: Route = (world, _, [id]) => {
  const suite = suiteOfRun(world, id)
  if (suite === undefined) return NOT_FOUND
  const no = refusal(world, suite)
  if (no !== null) return no
  world.rerun(suite, null)
  return { status: 201, body: {} }
}

const UPGRADE = 'Upgrade to GitHub Pro or make this repository public to enable this feature.'

const rules: Route = world => {
  if (!world.hasRulesets) return error(403, UPGRADE)
  return { status: 200, body: rulesJson(world) }
}

const rulesJson = (world: GithubWorld): Json => [...checkRules(world), ...mergeRules(world)]

const checkRules = (world: GithubWorld): readonly Json[] =>
  world.required.length === 0
    ? []
    : [
        {
          type: 'required_status_checks',
          ruleset_source_type: 'Repository',
          ruleset_source: `${world.owner}/${world.name}`,
          ruleset_id: 1,
          parameters: {
            strict_required_status_checks_policy: false,
            required_status_checks: world.required.map(({ context, app }) => ({
              context,
              ...(app === null ? {} : { integration_id: app }),
            })),
          },
        },
      ]

const branch: Route = (world, _, [name = 'main']) => ({
  status: 200,
  body: branchJson(name, world.base),
})

/** A branch and the commit it stands on. */
function branchJson(name: string, sha: string): Json {
  const least = answerOf('GET /repos/{owner}/{repo}/branches/{branch}', { name, protected: false })
  const { commit } = least as { readonly commit: Readonly<Record<string, Json>> }
  return { ...(least as object), commit: { ...commit, sha } }
}

/** A run is made from the merge with the base branch: a commit shows its own side of it. */
const contents: Route = (world, { query }, [path = '']) => {
  const atHead = world.pulls.some(({ head }) => head === query.get('ref'))
  const textOf = (one: Workflow): string =>
    workflowYaml(atHead ? { ...one, jobs: one.atHead ?? one.jobs } : one)
  if (path === '.github/workflows') {
    // Of a folder GitHub gives no more.
    const listed = world.workflows.slice(0, 1000).map(one => fileJson(one.path, textOf(one)))
    return { status: 200, body: listed }
  }
  const found = world.workflows.find(one => one.path === path)
  if (found === undefined) return NOT_FOUND
  const text = textOf(found)
  const content = { encoding: 'base64', content: Buffer.from(text).toString('base64') }
  return { status: 200, body: { ...fileJson(path, text), ...content } }
}

/** A file as a folder lists it: its blob is told by what it holds. */
const fileJson = (path: string, text: string) => ({
  type: 'file',
  path,
  name: path.split('/').at(-1) ?? '',
  size: text.length,
  sha: createHash('sha1').update(text).digest('hex'),
  url: 'https://github.com/x',
  git_url: 'https://github.com/x',
  html_url: 'https://github.com/x',
  download_url: 'https://github.com/x',
  _links: { self: 'https://x.org', git: 'https://x.org', html: 'https://x.org' },
})

const ROUTES: readonly RouteAt[] = [
  ['GET', /^$/, repository],
  ...PULL_ROUTES,
  ['GET', /^\/commits\/(\w+)\/statuses$/, statuses],
  ['POST', /^\/statuses\/(\w+)$/, postStatus],
  ['GET', /^\/commits\/(\w+)\/check-suites$/, suites],
  ['GET', /^\/check-suites\/(\d+)\/check-runs$/, checks],
  ['GET', /^\/actions\/runs$/, runs],
  ['GET', /^\/actions\/runs\/(\d+)$/, run],
  ['GET', /^\/actions\/runs\/(\d+)\/jobs$/, jobs],
  ['GET', /^\/actions\/workflows\/(\d+)\/runs$/, runsOfWorkflow],
  ['POST', /^\/actions\/jobs\/(\d+)\/rerun$/, rerunJob],
  ['POST', /^\/actions\/runs\/(\d+)\/rerun$/, rerunRun],
  ...ISSUE_ROUTES,
  ['GET', /^\/rules\/branches\/(.+)$/, rules],
  ['GET', /^\/branches\/(.+)$/, branch],
  ['GET', /^\/contents\/(.+)$/, contents],
]

/** The answer to a REST request. */
export function answerRest(world: GithubWorld, request: Request): Answer {
  const root = `/repos/${world.owner}/${world.name}`
  if (request.path !== root && !request.path.startsWith(`${root}/`)) return NOT_FOUND
  const below = request.path.slice(root.length)
  for (const [method, pattern, route] of ROUTES) {
    const match = method === request.method ? pattern.exec(below) : null
    if (match !== null) return route(world, request, match.slice(1).map(decodeURIComponent))
  }
  return NOT_FOUND
}
