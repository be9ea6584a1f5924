import { timeText } from './clock.js'
import type { App, Check, Pull, Required, Run, StatusRow, Suite } from './model.js'
import { shaOf } from './repository.js'
import { standOf, standOfSuite } from './stand.js'
import type { World } from './world.js'

// Objects of the REST API as its reference shows them.

const maybeTime = (at: number | null): string | null => (at === null ? null : timeText(at))

/** Where the API has the repository. */
export const rootOf = (world: World): string =>
  `https://github.example/api/v3/repos/${world.repository.slug}`

const userOf = (login: string, type = 'User'): object => ({
  login,
  id: parseInt(shaOf(login).slice(0, 7), 16),
  node_id: `U_${login}`,
  type,
  site_admin: false,
})

export function repositoryJson(world: World): object {
  const { repository } = world
  return {
    id: repository.id,
    node_id: 'R_1',
    name: repository.name,
    full_name: repository.slug,
    owner: userOf(repository.owner, 'Organization'),
    private: world.isPrivate,
    fork: false,
    visibility: world.isPrivate ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    archived: false,
    disabled: false,
    permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
  }
}

/** A pull request by itself, which tells more than a list of them. */
export const wholePullJson = (world: World, pull: Pull): object => ({
  ...pullJson(world, pull),
  merged: pull.state === 'merged',
  mergeable: true,
  mergeable_state: world.gate(pull) === 'open' ? 'clean' : 'blocked',
})

export function pullJson(world: World, pull: Pull): object {
  const { repository } = world
  return {
    id: 1_000_000 + pull.number,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    user: userOf(pull.author),
    body: null,
    draft: pull.draft,
    head: {
      label: `${pull.headRepository.split('/')[0] ?? ''}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.head,
      repo: { full_name: pull.headRepository },
    },
    base: {
      label: `${repository.owner}:${pull.base}`,
      ref: pull.base,
      sha: repository.branches.get(pull.base) ?? repository.tip('main'),
      repo: { full_name: repository.slug },
    },
  }
}

const appJson = ({ id, slug, name }: App): object => ({ id, slug, name, node_id: `A_${id}` })

export function checkJson(world: World, check: Check): object {
  const stand = standOf(check, world.clock.now())
  const begun = check.startedAt !== null && check.startedAt <= world.clock.now()
  return {
    id: check.id,
    node_id: `CR_${check.id}`,
    head_sha: check.suite.sha,
    external_id: '',
    name: check.name,
    status: stand.status,
    conclusion: stand.conclusion,
    started_at: begun ? maybeTime(check.startedAt) : null,
    completed_at: stand.status === 'completed' ? maybeTime(check.completedAt) : null,
    details_url: check.link,
    html_url: check.link,
    url: `${rootOf(world)}/check-runs/${check.id}`,
    output: { title: null, summary: null, text: null, annotations_count: 0 },
    check_suite: { id: check.suite.id },
    app: appJson(check.suite.app),
    pull_requests: [],
  }
}

export function suiteJson(world: World, suite: Suite): object {
  const jobs = suite.run === null ? [] : world.actions.jobsOf(suite.run)
  const stand = standOfSuite(suite, jobs, world.clock.now())
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: suite.run?.headBranch ?? null,
    head_sha: suite.sha,
    status: stand.status,
    conclusion: stand.conclusion,
    app: appJson(suite.app),
    created_at: timeText(suite.createdAt),
    updated_at: timeText(suite.createdAt),
    latest_check_runs_count: suite.checks.length,
    pull_requests: [],
  }
}

export function runJson(world: World, run: Run): object {
  const { status, conclusion } = world.actions.stand(run)
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.workflow.name,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status,
    conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.suite.id,
    html_url: world.actions.linkOf(run),
    created_at: timeText(run.createdAt),
    updated_at: timeText(run.createdAt),
    run_started_at: timeText(run.createdAt),
    pull_requests: run.pulls.map(number => ({ number })),
    head_repository: { full_name: run.headRepository },
    repository: { full_name: world.repository.slug },
    referenced_workflows: [],
  }
}

export function jobJson(world: World, run: Run, check: Check): object {
  const { status, conclusion } = standOf(check, world.clock.now())
  const begun = check.startedAt !== null && check.startedAt <= world.clock.now()
  const taken = check.execution?.taken === true && begun
  const at = maybeTime(check.startedAt)
  const end = status === 'completed' ? maybeTime(check.completedAt) : null
  return {
    id: check.id,
    run_id: run.id,
    node_id: `CR_${check.id}`,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    run_attempt: check.execution?.attempt ?? 1,
    name: check.name,
    status,
    conclusion,
    created_at: timeText(Number.isFinite(check.createdAt) ? check.createdAt : run.createdAt),
    started_at: begun ? at : timeText(run.createdAt),
    completed_at: end,
    labels: ['ubuntu-latest'],
    runner_id: taken ? 7 : 0,
    runner_name: taken ? 'GitHub Actions 7' : '',
    steps: taken
      ? [{ name: 'Set up job', status, conclusion, number: 1, started_at: at, completed_at: end }]
      : [],
    html_url: check.link,
    check_run_url: `${rootOf(world)}/check-runs/${check.id}`,
  }
}

/** A status as the combined one shows it: it does not tell who wrote it. */
export const simpleStatusJson = (row: StatusRow): object => ({
  id: row.id,
  node_id: `SC_${row.id}`,
  state: row.state,
  context: row.context,
  description: row.description,
  target_url: row.targetUrl,
  avatar_url: null,
  created_at: timeText(row.createdAt),
  updated_at: timeText(row.createdAt),
})

export const statusJson = (row: StatusRow): object => ({
  ...simpleStatusJson(row),
  creator: userOf(row.creator.login, row.creator.type),
})

/** A branch, as one without admin rights sees it. */
export function branchJson(world: World, name: string, sha: string): object {
  const protection = world.repository.protections.get(name)
  const checks: readonly Required[] = protection?.checks ?? []
  return {
    name,
    commit: { sha, node_id: `C_${sha}`, commit: { message: 'a commit', tree: { sha } } },
    protected: protection !== undefined || (world.repository.rules.get(name) ?? []).length > 0,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: protection === undefined ? 'off' : 'non_admins',
        contexts: checks.map(({ context }) => context),
        checks: checks.map(({ context, app }) => ({ context, app_id: app })),
      },
    },
    protection_url: `${rootOf(world)}/branches/${name}/protection`,
  }
}
