import type { Answer, Asked } from './answers.js'
import { counted, FORBIDDEN, listed, NOT_FOUND, ok, refusal } from './answers.js'
import { contents, tree, blob } from './contents.js'
import { branchJson, checkJson, pullJson, repositoryJson } from './json.js'
import { runJson, statusJson, suiteJson, wholePullJson } from './json.js'
import type { Check, Right, Run } from './model.js'
import { jobs, rerun, rerunJob, runs } from './rest-actions.js'
import { combined, newestFirst, postStatus } from './rest-statuses.js'
import { latestOf, seenIn } from './stand.js'
import type { World } from './world.js'

type Answering = (world: World, asked: Asked) => Answer

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  /** The permission it takes: to read, or to write. */
  readonly right: Right | null
  readonly answer: Answering
}

const route = (line: string, right: Right | null, answer: Answering): Route => {
  const [method, path = ''] = line.split(' ')
  const pattern = path.replace(/:\w+\+/g, '(.+)').replace(/:\w+/g, '([^/]+)')
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path: new RegExp(`^${pattern}$`),
    right,
    answer,
  }
}

const runOf = ({ actions }: World, id: string | undefined): Run | undefined =>
  actions.runs.find(run => String(run.id) === id)

const checksOn = (world: World, sha: string): readonly Check[] =>
  world.actions.suites
    .filter(suite => suite.sha === sha)
    .flatMap(suite => seenIn(suite, world.clock.now()))

/** Of each suite the newest check run of each name, unless all are asked for. */
function filtered(world: World, { query }: Asked, checks: readonly Check[]): readonly object[] {
  const suites = [...new Set(checks.map(({ suite }) => suite))]
  const all = query.get('filter') === 'all'
  const name = query.get('check_name')
  return suites
    .flatMap(suite => {
      const own = checks.filter(one => one.suite === suite)
      return all ? own : latestOf(own)
    })
    .filter(check => name === null || check.name === name)
    .map(check => checkJson(world, check))
}

const ofRun =
  (answer: (world: World, asked: Asked, run: Run) => Answer): Answering =>
  (world, asked) => {
    const run = runOf(world, asked.parts[0])
    return run === undefined ? NOT_FOUND : answer(world, asked, run)
  }

const ofCommit =
  (answer: (world: World, asked: Asked, sha: string) => Answer): Answering =>
  (world, asked) => {
    const sha = world.repository.resolve(asked.parts[0] ?? '')
    return sha === null ? refusal(422, 'No commit found for SHA') : answer(world, asked, sha)
  }

const ROUTES: readonly Route[] = [
  route('GET ', null, world => ok(repositoryJson(world))),
  route('GET /pulls', 'pull-requests', (world, asked) => {
    const state = asked.query.get('state') ?? 'open'
    const is = (one: string): boolean => state === 'all' || (one === 'open') === (state === 'open')
    const rows = world.repository.pulls.filter(pull => is(pull.state))
    return listed(
      asked,
      rows.map(pull => pullJson(world, pull)),
    )
  }),
  route('GET /pulls/:number', 'pull-requests', (world, { parts }) => {
    const pull = world.repository.pull(Number(parts[0]))
    return pull === undefined ? NOT_FOUND : ok(wholePullJson(world, pull))
  }),
  route('GET /rules/branches/:branch+', null, (world, asked) =>
    listed(asked, world.repository.rules.get(asked.parts[0] ?? '') ?? []),
  ),
  route('GET /branches/:branch+', 'contents', (world, { parts: [name = ''] }) => {
    const sha = world.repository.branches.get(name)
    return sha === undefined ? refusal(404, 'Branch not found') : ok(branchJson(world, name, sha))
  }),
  route('GET /contents/:path+', 'contents', contents),
  route('GET /git/trees/:sha', 'contents', tree),
  route('GET /git/blobs/:sha', 'contents', blob),
  route(
    'GET /commits/:ref/check-suites',
    'checks',
    ofCommit((world, asked, sha) =>
      counted(
        asked,
        'check_suites',
        world.actions.suites.filter(one => one.sha === sha).map(one => suiteJson(world, one)),
      ),
    ),
  ),
  route(
    'GET /commits/:ref/check-runs',
    'checks',
    ofCommit((world, asked, sha) =>
      counted(asked, 'check_runs', filtered(world, asked, checksOn(world, sha))),
    ),
  ),
  route(
    'GET /commits/:ref/statuses',
    'statuses',
    ofCommit((world, asked, sha) => listed(asked, newestFirst(world, sha).map(statusJson))),
  ),
  route('GET /commits/:ref/status', 'statuses', ofCommit(combined)),
  route('GET /check-suites/:id/check-runs', 'checks', (world, asked) => {
    const suite = world.actions.suites.find(({ id }) => String(id) === asked.parts[0])
    if (suite === undefined) return NOT_FOUND
    return counted(asked, 'check_runs', filtered(world, asked, seenIn(suite, world.clock.now())))
  }),
  route('GET /actions/runs', 'actions', (world, asked) => runs(world, asked)),
  route('GET /actions/workflows/:id/runs', 'actions', (world, asked) =>
    runs(world, asked, asked.parts[0]),
  ),
  route(
    'GET /actions/runs/:id',
    'actions',
    ofRun((world, _, run) => ok(runJson(world, run))),
  ),
  route(
    'GET /actions/runs/:id/jobs',
    'actions',
    ofRun((world, asked, run) => jobs(world, asked, run, null)),
  ),
  route(
    'GET /actions/runs/:id/attempts/:attempt/jobs',
    'actions',
    ofRun((world, asked, run) => jobs(world, asked, run, Number(asked.parts[1]))),
  ),
  route('POST /statuses/:sha', 'statuses', postStatus),
  route('POST /actions/runs/:id/rerun', 'actions', (world, { parts }) =>
    rerun(world, runOf(world, parts[0]), 'run'),
  ),
  route('POST /actions/runs/:id/rerun-failed-jobs', 'actions', (world, { parts }) =>
    rerun(world, runOf(world, parts[0]), 'failed'),
  ),
  route('POST /actions/jobs/:id/rerun', 'actions', (world, { parts }) => rerunJob(world, parts[0])),
]

/** Answers a request below a repository; `null` where no such request is documented here. */
export function answerRest(
  world: World,
  method: string,
  asked: Omit<Asked, 'parts'>,
): Answer | null {
  for (const { method: by, path, right, answer } of ROUTES) {
    const found = by === method ? path.exec(asked.path) : null
    if (found === null) continue
    if (right !== null && !allows(world, right, method)) return FORBIDDEN
    return answer(world, { ...asked, parts: found.slice(1).map(decodeURIComponent) })
  }
  return null
}

function allows({ rights }: World, right: Right, method: string): boolean {
  return method === 'GET' ? rights[right] !== 'none' : rights[right] === 'write'
}
