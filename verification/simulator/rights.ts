import type { ForgeState, Grant, Level, Role, User } from './state.js'

/** Kinds of callers a script can give a token to (docs/forge-facts.md, 5). */
export type Rights =
  | {
      readonly kind: 'owner' | 'writer' | 'reader' | 'non-member'
      readonly scopes?: readonly string[]
    }
  | {
      readonly kind: 'job'
      readonly fork?: boolean
      readonly permissions?: Readonly<Record<string, Level>>
    }

/** What a caller may do with the repository. */
export interface Access {
  readonly visible: boolean
  readonly code: Level
  readonly actions: Level
  readonly pulls: Level
  readonly issues: Level
  readonly admin: boolean
  readonly owner: boolean
}

/** Register a token; persons are created by their kind's name. */
export function addToken(forge: ForgeState, token: string, rights: Rights): void {
  if (rights.kind === 'job') {
    forge.tokens[token] = {
      user: -2,
      scopes: ['all'],
      job: { fork: rights.fork ?? false, permissions: rights.permissions ?? null },
    }
    return
  }
  const user = rights.kind === 'owner' ? 1 : addUser(forge, rights.kind).id
  const role: Role | undefined =
    rights.kind === 'writer' ? 'write' : rights.kind === 'reader' ? 'read' : undefined
  if (role !== undefined) forge.repository.roles[user] = role
  forge.tokens[token] = { user, scopes: rights.scopes ?? ['all'], job: null }
}

/** The user of this login, created if new. */
export function addUser(forge: ForgeState, login: string, facts: Partial<User> = {}): User {
  const known = forge.users.find(user => user.login === login)
  if (known !== undefined) return known
  const user: User = {
    id: Math.max(...forge.users.map(other => other.id)) + 1,
    login,
    email: `${login}@example.test`,
    admin: false,
    organisation: false,
    created: forge.clock.now,
    lastLogin: 0,
    language: '',
    avatar: login,
    ...facts,
  }
  forge.users.push(user)
  return user
}

/** What a grant gives on the repository; `null` is a caller without token. */
export function accessOf(forge: ForgeState, grant: Grant | null): Access {
  const open: Level = forge.repository.private ? 'none' : 'read'
  if (grant?.job) return jobAccess(forge, grant.job, open)
  const user = forge.users.find(other => other.id === grant?.user)
  const role = user?.admin === true ? 'owner' : forge.repository.roles[grant?.user ?? 0]
  const level: Level = role === undefined ? open : role === 'read' ? 'read' : 'write'
  return {
    visible: level !== 'none',
    code: level,
    actions: level,
    pulls: level,
    issues: level,
    admin: role === 'owner' || role === 'admin',
    owner: role === 'owner',
  }
}

/**
 * Whether the scopes of a token contain one category at one level; `write` contains `read`
 * (models/auth/access_token_scope.go).
 */
export function hasScope(grant: Grant, category: string, level: 'read' | 'write'): boolean {
  return (
    grant.scopes.includes('all') ||
    grant.scopes.includes(`write:${category}`) ||
    (level === 'read' && grant.scopes.includes(`read:${category}`))
  )
}

/**
 * Job tokens: write everywhere, read on fork pulls; from 1.26 an explicit map takes away what it
 * does not list (docs/forge-facts.md, 5).
 */
function jobAccess(forge: ForgeState, job: NonNullable<Grant['job']>, open: Level): Access {
  const map = forge.profile.jobPermissions ? job.permissions : null
  const levelOf = (unit: string): Level => {
    const given: Level = map === null ? 'write' : (map[unit] ?? 'none')
    const clamped: Level = job.fork && given === 'write' ? 'read' : given
    return clamped === 'none' ? open : clamped
  }
  const code = strongest(levelOf('contents'), levelOf('code'))
  const access = {
    code,
    actions: levelOf('actions'),
    pulls: levelOf('pull-requests'),
    issues: levelOf('issues'),
  }
  return {
    ...access,
    visible: Object.values(access).some(level => level !== 'none'),
    admin: false,
    owner: false,
  }
}

function strongest(a: Level, b: Level): Level {
  const order: readonly Level[] = ['none', 'read', 'write']
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}
