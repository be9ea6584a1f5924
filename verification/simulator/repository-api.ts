import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import { fieldOf, textOf } from './call-fields.js'
import type { Call, Route } from './call.js'
import { timeOf } from './clock.js'
import { mergeRefusal } from './merge-conditions.js'
import { pageOf, pagingHeaders } from './pages.js'
import { mergePull } from './pull-script.js'
import type { Json, Pull } from './state.js'
import { combined, history, postStatus } from './status-api.js'
import { commitOf, contentJson, folderJson } from './wire-content.js'
import { repositoryJson, userJson } from './wire-repository.js'
import { branchJson, protectionJson, pullJson } from './wire.js'

const R = '/api/v1/repos/{owner}/{repo}'

/** Endpoints every version has. */
export const REPOSITORY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/version',
    scope: null,
    answer: ({ forge }) => ok({ version: forge.profile.version }),
  },
  {
    method: 'GET',
    path: '/api/forgejo/v1/version',
    scope: null,
    exists: profile => profile.family === 'forgejo',
    answer: ({ forge }) => ok({ version: forge.profile.version }),
  },
  { method: 'GET', path: '/api/v1/settings/api', scope: null, answer: settings },
  { method: 'GET', path: '/api/v1/user', scope: 'user', needs: 'token', answer: self },
  {
    method: 'GET',
    path: R,
    scope: 'repository',
    answer: call => ok(repositoryJson(call.forge, call)),
  },
  {
    method: 'GET',
    path: `${R}/pulls`,
    scope: 'repository',
    needs: 'read-pulls',
    answer: listPulls,
  },
  {
    method: 'GET',
    path: `${R}/pulls/{number}`,
    scope: 'repository',
    needs: 'read-pulls',
    answer: call => withPull(call, pull => ok(pullJson(call.forge, pull, call, true))),
  },
  {
    method: 'POST',
    path: `${R}/pulls/{number}/merge`,
    scope: 'repository',
    needs: 'write-pulls',
    answer: merge,
  },
  { method: 'GET', path: `${R}/commits/{ref}/status`, scope: 'repository', answer: combined },
  { method: 'GET', path: `${R}/commits/{ref}/statuses`, scope: 'repository', answer: history },
  { method: 'GET', path: `${R}/statuses/{ref}`, scope: 'repository', answer: history },
  {
    method: 'POST',
    path: `${R}/statuses/{ref}`,
    scope: 'repository',
    needs: 'write-code',
    answer: postStatus,
  },
  { method: 'GET', path: `${R}/branches/*`, scope: 'repository', answer: branch },
  {
    method: 'GET',
    path: `${R}/branch_protections`,
    scope: 'repository',
    needs: 'admin',
    answer: ({ forge }) => ok(forge.protections.map(rule => protectionJson(forge, rule))),
  },
  {
    method: 'POST',
    path: `${R}/branch_protections`,
    scope: 'repository',
    needs: 'admin',
    answer: protect,
  },
  { method: 'GET', path: `${R}/contents/*`, scope: 'repository', answer: contents },
]

function settings({ forge }: Call): Answer {
  const settings = {
    max_response_items: 50,
    default_paging_num: 30,
    default_git_trees_per_page: 1000,
    default_max_blob_size: 10485760,
  }
  return ok(
    forge.profile.wire.responseSize
      ? { ...settings, default_max_response_size: 104857600 }
      : settings,
  )
}

function self(call: Call): Answer {
  const user = call.forge.users.find(other => other.id === call.grant?.user)
  return user === undefined
    ? refuse(404, call.forge.profile.wire.notFound, call.base, null)
    : ok(userJson(call.forge, user, call, call.base))
}

/**
 * Without `state` all pulls are listed, whatever the documentation says (docs/forge-facts.md, 7).
 */
function listPulls(call: Call): Answer {
  const { forge, query } = call
  const state = query.get('state')
  const rows = forge.pulls.filter(
    pull =>
      (state === 'open' ? pull.open : state === 'closed' ? !pull.open : true) &&
      (!forge.profile.baseBranchFilter ||
        query.get('base_branch') === null ||
        query.get('base_branch') === pull.base) &&
      (!forge.profile.posterFilter ||
        query.get('poster') === null ||
        forge.users.some(user => user.id === pull.poster && user.login === query.get('poster'))),
  )
  const page = pageOf(rows.sort(pullOrder(query.get('sort') ?? '')), query)
  const repo = repositoryJson(forge, call)
  return ok(
    page.rows.map(pull => pullJson(forge, pull, call, false, repo)),
    pagingHeaders(page, call.base + call.path, query),
  )
}

type Dated = Pick<Pull, 'created' | 'number' | 'updated'>

/** The orders of a list of pulls. */
export function pullOrder(sort: string): (a: Dated, b: Dated) => number {
  const second = (time: number) => Math.floor(time / 1000)
  switch (sort) {
    case 'oldest':
      return (a, b) => second(a.created) - second(b.created) || a.number - b.number
    case 'recentupdate':
      return (a, b) => second(b.updated) - second(a.updated) || b.number - a.number
    case 'leastupdate':
      return (a, b) => second(a.updated) - second(b.updated) || a.number - b.number
    default:
      return (a, b) => second(b.created) - second(a.created) || b.number - a.number
  }
}

function withPull(call: Call, act: (pull: Pull) => Answer): Answer {
  const pull = call.forge.pulls.find(other => String(other.number) === call.at['number'])
  return pull === undefined
    ? refuse(404, call.forge.profile.wire.notFound, call.base, null)
    : act(pull)
}

/** 405 while a condition of the merge is not met. */
function merge(call: Call): Answer {
  return withPull(call, pull => {
    const no = mergeRefusal(call, pull)
    if (no !== null) return no
    mergePull(call.forge, pull)
    return { status: 200, body: null, headers: {} }
  })
}

function branch(call: Call): Answer {
  const name = call.at['rest'] ?? ''
  if (call.forge.branches[name] === undefined)
    return refuse(404, call.forge.profile.wire.notFound, call.base, null)
  return ok(branchJson(call.forge, name, call))
}

function protect(call: Call): Answer {
  const contexts = (
    (fieldOf(call, 'status_check_contexts') as readonly Json[] | undefined) ?? []
  ).filter(context => typeof context === 'string')
  const rule = {
    rule: textOf(call, 'rule_name') || textOf(call, 'branch_name'),
    checks: fieldOf(call, 'enable_status_check') === true,
    contexts,
    created: timeOf(call.forge.clock),
  }
  call.forge.protections.push(rule)
  return ok(protectionJson(call.forge, rule), {}, 201)
}

/**
 * A file, or the entries of a folder, those of its own folders not among them; `ref` may be a
 * branch, a tag or a commit, default the default branch.
 */
function contents(call: Call): Answer {
  const { forge, base } = call
  const asked = call.query.get('ref') ?? ''
  const ref = asked === '' ? forge.repository.defaultBranch : asked
  const sha = asked === '' ? (forge.branches[ref] ?? ref) : commitOf(forge, ref)
  const path = (call.at['rest'] ?? '').replace(/\/$/, '')
  const files = Object.keys(forge.commits[sha]?.files ?? {})
  if (files.includes(path)) return ok(contentJson(forge, ref, sha, path, base, false))
  const inside = path === '' ? files : files.filter(file => file.startsWith(`${path}/`))
  const names = inside.map(
    file => file.slice(path === '' ? 0 : path.length + 1).split('/')[0] ?? '',
  )
  const entries = [...new Set(names)].map(name => (path === '' ? name : `${path}/${name}`))
  if (entries.length > 0)
    return ok(
      entries.map(entry =>
        files.includes(entry)
          ? contentJson(forge, ref, sha, entry, base, true)
          : folderJson(forge, ref, sha, entry, base),
      ),
    )
  return refuse(404, forge.profile.wire.notFound, base, [
    `object does not exist [id: , rel_path: ${path}]`,
  ])
}
