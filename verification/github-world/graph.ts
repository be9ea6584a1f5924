import { GraphQLError } from 'graphql'
import { connection } from './connection.js'
import type { Connected, Paging } from './connection.js'
import { commitNode } from './graph-commit.js'
import { gateOf } from './gate.js'
import type { Pull, Right } from './model.js'
import { shaOf } from './repository.js'
import type { World } from './world.js'

// The objects that a query is executed on. Fields with arguments are functions.

const refused = (message: string, type: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } })

function needs({ rights }: World, right: Right): void {
  if (rights[right] === 'none') throw refused('Resource not accessible by integration', 'FORBIDDEN')
}

const actor = (login: string, type: 'Bot' | 'User' = 'User'): object => ({
  __typename: type,
  login: login.replace(/\[bot\]$/, ''),
  resourcePath: `/${login}`,
  url: `https://github.example/${login}`,
})

function pullNode(world: World, pull: Pull): object {
  const { repository } = world
  return {
    id: `PR_${pull.number}`,
    number: pull.number,
    title: pull.title,
    isDraft: pull.draft,
    state: pull.state.toUpperCase(),
    closed: pull.state !== 'open',
    author: actor(pull.author),
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-30T00:00:00Z',
    url: `https://github.example/${repository.slug}/pull/${pull.number}`,
    headRefName: pull.headRef,
    headRefOid: pull.head,
    baseRefName: pull.base,
    // As it was when the pull request was last pushed to, or where its base stands.
    baseRefOid: repository.branches.get(pull.base) ?? repository.tip('main'),
    headRepository: () => ({ nameWithOwner: pull.headRepository }),
    isCrossRepository: pull.headRepository !== repository.slug,
    isInMergeQueue: pull.inQueue,
    mergeQueueEntry: () => (pull.inQueue ? queueEntry(world, pull) : null),
    mergeStateStatus: () => (gateOf(world, pull) === 'open' ? 'CLEAN' : 'BLOCKED'),
    baseRef: () => refNode(world, pull.base),
    headRef: () => refNode(world, pull.headRef),
    commits: (paging: Paging) =>
      connection([pull.head], paging, sha => ({ id: 'PRC', commit: commitNode(world, sha) })),
  }
}

const queueEntry = (world: World, pull: Pull): object => ({
  id: `MQE_${pull.number}`,
  enqueuedAt: '2026-11-30T11:00:00Z',
  position: 1,
  state: 'AWAITING_CHECKS',
  pullRequest: () => pullNode(world, pull),
})

function refNode(world: World, name: string): object | null {
  const sha = world.repository.resolve(name)
  if (sha === null) return null
  const target = () => ({ __typename: 'Commit', ...commitNode(world, sha) })
  return { id: `REF_${name}`, name, prefix: 'refs/heads/', target }
}

type PullsArguments = Paging & {
  states?: readonly string[]
  baseRefName?: string
  headRefName?: string
  orderBy?: { direction: 'ASC' | 'DESC'; field: string }
}

function pullNodes(world: World, wanted: PullsArguments): Connected {
  needs(world, 'pull-requests')
  const rows = world.repository.pulls.filter(
    pull =>
      (wanted.states ?? ['OPEN', 'CLOSED', 'MERGED']).includes(pull.state.toUpperCase()) &&
      (wanted.baseRefName ?? pull.base) === pull.base &&
      (wanted.headRefName ?? pull.headRef) === pull.headRef,
  )
  const sorted = [...rows].sort((a, b) => a.number - b.number)
  if (wanted.orderBy?.direction === 'DESC') sorted.reverse()
  return connection(sorted, wanted, pull => pullNode(world, pull))
}

function objectNode(world: World, wanted: { oid?: string; expression?: string }): object | null {
  const [ref = '', path] = (wanted.expression ?? '').split(':')
  const sha = world.repository.resolve(wanted.oid ?? ref)
  if (sha === null) return null
  if (path === undefined) return { __typename: 'Commit', ...commitNode(world, sha) }
  const text = world.repository.commits.get(sha)?.get(path)
  if (text === undefined) return null
  const oid = shaOf(text)
  const size = { byteSize: Buffer.byteLength(text), isBinary: false, isTruncated: false }
  return { __typename: 'Blob', id: oid, oid, text, ...size }
}

function repositoryNode(world: World): object {
  const { repository } = world
  return {
    id: 'R_1',
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.slug,
    isPrivate: world.isPrivate,
    url: `https://github.example/${repository.slug}`,
    defaultBranchRef: () => refNode(world, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) => refNode(world, qualifiedName),
    object: (wanted: { oid?: string; expression?: string }) => objectNode(world, wanted),
    pullRequests: (wanted: PullsArguments) => pullNodes(world, wanted),
    pullRequest: ({ number }: { number: number }) => {
      needs(world, 'pull-requests')
      const pull = repository.pull(number)
      if (pull !== undefined) return pullNode(world, pull)
      throw refused(`Could not resolve to a PullRequest with the number of ${number}.`, 'NOT_FOUND')
    },
    mergeQueue: ({ branch = repository.defaultBranch }: { branch?: string }) =>
      (repository.rules.get(branch) ?? []).some(({ type }) => type === 'merge_queue')
        ? {
            id: 'MQ_1',
            entries: (paging: Paging) =>
              connection(
                repository.pulls.filter(({ inQueue }) => inQueue),
                paging,
                pull => queueEntry(world, pull),
              ),
          }
        : null,
  }
}

/** What a query is asked of. A repository is found by the names it had before, too. */
export function queryRoot(world: World): object {
  const { repository } = world
  return {
    viewer: () => {
      if (world.viewer.endsWith('[bot]'))
        throw refused('Resource not accessible by integration', 'FORBIDDEN')
      return actor(world.viewer)
    },
    rateLimit: () => ({
      cost: 1,
      limit: 5000,
      nodeCount: 1,
      remaining: world.left.graphql,
      resetAt: '2026-11-30T13:00:00Z',
      used: 5000 - world.left.graphql,
    }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const asked = `${owner}/${name}`
      const known = [repository.slug, ...repository.formerly].map(one => one.toLowerCase())
      if (known.includes(asked.toLowerCase())) return repositoryNode(world)
      const why = `Could not resolve to a Repository with the name '${asked}'.`
      throw refused(why, 'NOT_FOUND')
    },
  }
}
