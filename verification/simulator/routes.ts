import { ACTION_ROUTES } from './actions-api.js'
import type { Answer } from './answers.js'
import { missingEndpoint, refuse } from './answers.js'
import type { ApiRequest, Route } from './call.js'
import { ISSUE_ROUTES } from './issues-api.js'
import { MERGE_ROUTES } from './merge-conditions.js'
import { REF_ROUTES } from './refs-api.js'
import { REPOSITORY_ROUTES } from './repository-api.js'
import type { Access } from './rights.js'
import { accessOf, hasScope } from './rights.js'
import type { ForgeState, Grant } from './state.js'

const ROUTES: readonly Route[] = [
  ...REPOSITORY_ROUTES,
  ...MERGE_ROUTES,
  ...REF_ROUTES,
  ...ISSUE_ROUTES,
  ...ACTION_ROUTES,
]

/** Each with the parts of its path. */
const PATTERNS = ROUTES.map(route => ({ route, want: route.path.split('/') }))

/**
 * Answer one API request: endpoint, token, scope, repository, right, handler, in the servers' order
 * (routers/api/v1/api.go).
 */
export function answer(forge: ForgeState, request: ApiRequest): Answer {
  const found = match(forge, request)
  if (found === null) return missingEndpoint()
  const { route, at } = found
  const { base } = request
  const grant = request.token === undefined ? null : forge.tokens[request.token]
  if (grant === undefined) return refuse(401, forge.profile.wire.badToken, base)
  const scopeLevel = request.method === 'GET' ? 'read' : 'write'
  if (grant !== null && route.scope !== null && !hasScope(grant, route.scope, scopeLevel)) {
    return refuse(403, scopeMessage(forge, grant, `${scopeLevel}:${route.scope}`), base)
  }
  const access = accessOf(forge, grant)
  if (at['owner'] !== undefined && !(isThisRepository(forge, at) && access.visible))
    return refuse(404, forge.profile.wire.notFound, base, null)
  return (
    refusal(forge, route, grant, access, base) ??
    route.answer({ ...request, forge, grant, access, at })
  )
}

function refusal(
  forge: ForgeState,
  { needs }: Route,
  grant: Grant | null,
  access: Access,
  base: string,
): Answer | null {
  const forbidden = (message: string) => refuse(403, message, base)
  if (needs === undefined) return null
  if (grant === null && (needs === 'token' || needs.startsWith('write') || needs === 'admin'))
    return refuse(401, 'token is required', base)
  switch (needs) {
    case 'token':
      return null
    case 'write-code':
      return access.code === 'write'
        ? null
        : forbidden('user should have a permission to write to a repo')
    case 'write-actions':
      return access.actions === 'write'
        ? null
        : forbidden('user should have a permission to write to a repo')
    case 'write-pulls':
      return access.code === 'write' && access.pulls !== 'none'
        ? null
        : forbidden('user should have a permission to write to a repo')
    case 'admin':
      return access.admin
        ? null
        : forbidden('user should be an owner or a collaborator with admin write of a repository')
    case 'read-actions':
      return access.actions !== 'none'
        ? null
        : forbidden('user should have specific read permission or be a repo admin or a site admin')
    case 'list-runs':
      if (forge.profile.actions.runs === 'owner' && !access.owner)
        return forbidden('user should be the owner of the repo')
      return access.actions !== 'none'
        ? null
        : forbidden('user should have specific read permission or be a repo admin or a site admin')
    case 'read-pulls':
      return access.pulls !== 'none' ? null : refuse(404, forge.profile.wire.notFound, base, null)
    case 'read-issues':
      return access.issues !== 'none' ? null : refuse(404, forge.profile.wire.notFound, base, null)
    default:
      return needs satisfies never
  }
}

function scopeMessage(forge: ForgeState, grant: Grant, required: string): string {
  if (forge.profile.wire.scopeError === 'classic')
    return `token does not have at least one of required scope(s): [${required}]`
  return (
    `token does not have at least one of required scope(s), required=[${required}], token ` +
    `scope=${grant.scopes.join(',')}`
  )
}

function isThisRepository(forge: ForgeState, at: Readonly<Record<string, string>>): boolean {
  return (
    at['owner']?.toLowerCase() === forge.repository.owner.toLowerCase() &&
    at['repo']?.toLowerCase() === forge.repository.name.toLowerCase()
  )
}

function match(
  forge: ForgeState,
  request: ApiRequest,
): { route: Route; at: Record<string, string> } | null {
  const have = request.path.split('/')
  for (const { route, want } of PATTERNS) {
    if (route.method !== request.method || route.exists?.(forge.profile) === false) continue
    const at = matchPath(want, have)
    if (at !== null) return { route, at }
  }
  return null
}

function matchPath(
  want: readonly string[],
  have: readonly string[],
): Record<string, string> | null {
  const at: Record<string, string> = {}
  for (const [index, part] of want.entries()) {
    const given = have[index]
    if (part === '*') {
      at['rest'] = decodeURIComponent(have.slice(index).join('/'))
      return at
    }
    if (given === undefined) return null
    if (part.startsWith('{') && given !== '') at[part.slice(1, -1)] = decodeURIComponent(given)
    else if (part !== given) return null
  }
  return have.length === want.length ? at : null
}
