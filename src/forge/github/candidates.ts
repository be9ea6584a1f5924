import type { CheckEvidence, Gap, Pull } from '../../core/model/evidence.js'
import type { SignedRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import type { Head, OpenPulls } from '../port.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import { excerpt } from '../tries.js'
import type { GraphqlData } from './graphql.js'
import { graphqlData } from './graphql.js'
import { CANDIDATES } from './queries.js'
import type { Swept } from './repository.js'
import type { Seen } from './sightings.js'
import { instantOf, seenOfNodes } from './sightings.js'
import { ofThese, signed } from './statuses.js'
import type { PullNode } from './wire.js'
import { NodePulls } from './wire.js'

/** What a page of pull requests told of one head, beside its pulls. */
export interface Glance extends Seen {
  readonly sha: string
  readonly at: Instant | null
  /** The newest status of the umbrella's name, without an id: GraphQL gives none. */
  readonly status: SignedRow | null
}

/** The open pull requests, and what their pages told of their heads. */
export interface Listed extends OpenPulls {
  readonly glances: ReadonlyMap<string, Glance>
}

/** Ten thousand open pull requests; no repository has more. */
const MAX_PAGES = 100

const toPull = (node: PullNode): Pull => ({
  number: node.number,
  title: node.title,
  head: node.headRefOid,
  base: node.baseRefName,
  baseSha: node.baseRefOid,
  draft: node.isDraft,
})

/** The last commit of a pull, which must be its head: else another commit was looked at. */
function glanceOf(node: PullNode, at: Instant | null): Glance {
  const nothing = { sha: node.headRefOid, at, suites: [], checks: [], status: null }
  const commit = (node.commits.nodes ?? []).find(one => one !== null)?.commit
  const gap = (detail: string): Gap => ({
    ...{ what: 'the newest commit', cause: 'incomplete', context: null, detail },
  })
  if (commit === undefined) return { ...nothing, gaps: [gap('it was not given')] }
  if (commit.oid !== node.headRefOid)
    return { ...nothing, gaps: [gap('it is not the head of the pull request')] }
  const seen = seenOfNodes(commit.checkSuites)
  const context = commit.status?.context ?? null
  if (context === null) return { ...nothing, ...seen }
  const { creator } = context
  const row = signed({
    id: 0,
    context: context.context,
    state: context.state,
    description: context.description ?? '',
    targetUrl: context.targetUrl ?? '',
    creator: creator === null ? null : { login: creator.login, bot: creator.__typename === 'Bot' },
    createdAt: instantOf(context.createdAt, 'a status'),
  })
  return { ...nothing, ...seen, status: row }
}

/** The index of the pull request an error beside a page is about; `null`: it may be about any. */
function pullOf({ path }: GraphqlData['errors'][number]): number | null {
  const [repository, pulls, nodes, at] = path ?? []
  const about = repository === 'repository' && pulls === 'pullRequests' && nodes === 'nodes'
  return about && typeof at === 'number' ? at : null
}

/**
 * What is known of a pull request with an error beside its page: its own fields, for each of them
 * was there, but nothing of its checks, for the error may have left out what stands red.
 */
function blindGlance(node: PullNode, at: Instant | null, message: string): Glance {
  const gap: Gap = {
    ...{ what: 'the newest commit', cause: 'incomplete', context: null, detail: excerpt(message) },
  }
  return { sha: node.headRefOid, at, suites: [], checks: [], status: null, gaps: [gap] }
}

/** Every open pull request with a glance at its head: one query for a hundred of them. */
export async function listPulls({ client, owner, name, policy }: Swept): Promise<Listed> {
  const pulls: Pull[] = []
  const glances = new Map<string, Glance>()
  let after: string | null = null
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const variables = { owner, name, umbrella: policy.umbrella, after }
    const { data, at, errors } = await graphqlData(client, CANDIDATES, variables)
    const what = 'POST /graphql (candidates)'
    if (data === null) throw new ForgeError('not-found', `${what}: ${errors[0]?.message ?? ''}`)
    const found = parseOne(NodePulls, data, what)
    const nodes = found.pullRequests.nodes?.filter(node => node !== null)
    // A pull request that was withheld could stand on any head.
    if (nodes === undefined || nodes.length < (found.pullRequests.nodes ?? []).length)
      throw new ForgeError('unexpected-shape', `${what}: a pull request is missing`)
    const about = new Map(errors.map(error => [pullOf(error), error.message]))
    const ofAny = about.get(null)
    if ([...about.keys()].some(index => index !== null && !(index in nodes)))
      throw new ForgeError('unexpected-shape', `${what}: an error is about no pull request of it`)
    if (ofAny !== undefined) throw new ForgeError('unexpected-shape', `${what}: ${excerpt(ofAny)}`)
    for (const [index, node] of nodes.entries()) {
      pulls.push(toPull(node))
      const error = about.get(index)
      const blind = error === undefined ? null : blindGlance(node, at, error)
      // Of two pull requests on one commit, the one that could not be seen whole has the word.
      if ((glances.get(node.headRefOid)?.gaps.length ?? 0) === 0)
        glances.set(node.headRefOid, blind ?? glanceOf(node, at))
    }
    const { hasNextPage, endCursor } = found.pullRequests.pageInfo
    if (!hasNextPage) return { pulls, glances }
    after = endCursor
  }
  throw new ForgeError('unexpected-shape', `more than ${MAX_PAGES * 100} open pull requests`)
}

const NO_CLOCK: Gap = {
  what: 'clock',
  cause: 'no-clock',
  context: null,
  detail: 'the server sent no date',
}

/** What a page told of a head, as evidence that tells no more than whether it needs study. */
export function firstEvidence(
  { server }: Swept,
  head: Head,
  glance: Glance | undefined,
): CheckEvidence {
  const missing: Gap = {
    ...{ what: 'the head', cause: 'incomplete', context: null, detail: 'no page told of it' },
  }
  const runs = new Set((glance?.suites ?? []).flatMap(({ run }) => (run === null ? [] : [run.id])))
  const status = glance?.status ?? null
  return {
    kind: 'checks',
    ...{ sha: head.sha, pulls: head.pulls, traits: server.traits, runs: [] },
    observedAt: glance?.at ?? (0 as Instant),
    // Which runs are of this pull request is not known yet: a link is believed until it is.
    latest: status === null ? [] : ofThese([status], new Set([...runs, statusRun(status)])),
    history: null,
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    work: new Map(),
    ...{ bases: {}, needs: new Map(), studied: false, required: [] },
    suites: glance?.suites ?? [],
    checks: glance?.checks ?? [],
    gaps:
      glance === undefined
        ? [missing]
        : [...glance.gaps, ...(glance.at === null ? [NO_CLOCK] : [])],
  }
}

const statusRun = ({ author }: SignedRow): number => (author.kind === 'actions' ? author.run : 0)
