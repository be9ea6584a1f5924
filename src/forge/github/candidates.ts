import type { CheckEvidence, Gap, Preview, Pull } from '../../core/model/evidence.js'
import type { SignedRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import type { Head, OpenPulls } from '../port.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../schema.js'
import { excerpt } from '../retry.js'
import type { GraphqlData } from './graphql.js'
import { graphqlData } from './graphql.js'
import { CANDIDATES } from './queries.js'
import type { ForgeContext, Repository } from './repository.js'
import type { Seen } from './sightings.js'
import { instantOf, seenOfNodes } from './sightings.js'
import { ofThese, signed } from './statuses.js'
import type { PullNode } from './wire.js'
import { NodePulls } from './wire.js'

/** What a page of pull requests told of one head, beside its pulls. */
interface CommitPreview extends Seen {
  readonly at: Instant | null
  /** The newest status of the umbrella's name, without an id: GraphQL gives none. */
  readonly status: SignedRow | null
}

/** The open pull requests, and what their pages told of their heads, by SHA. */
export interface Listed extends OpenPulls {
  readonly previews: ReadonlyMap<string, CommitPreview>
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

const incomplete = (what: string, detail: string): Gap => ({
  what,
  cause: 'incomplete',
  context: null,
  detail,
})

/** Nothing of a commit but why it is not known: what is missing may be what stands red. */
const unseen = (at: Instant | null, detail: string): CommitPreview => ({
  at,
  suites: [],
  checks: [],
  status: null,
  gaps: [incomplete('the newest commit', detail)],
})

/** The last commit of a pull, which must be its head: else another commit was looked at. */
function toPreview(node: PullNode, at: Instant | null): CommitPreview {
  const commit = (node.commits.nodes ?? []).find(one => one !== null)?.commit
  if (commit === undefined) return unseen(at, 'it was not given')
  if (commit.oid !== node.headRefOid) return unseen(at, 'it is not the head of the pull request')
  const seen = seenOfNodes(commit.checkSuites)
  const context = commit.status?.context ?? null
  if (context === null) return { ...seen, at, status: null }
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
  return { ...seen, at, status: row }
}

/** The index of the pull request an error beside a page is about; `null`: it may be about any. */
function pullOf({ path }: GraphqlData['errors'][number]): number | null {
  const [repository, pulls, nodes, at] = path ?? []
  const about = repository === 'repository' && pulls === 'pullRequests' && nodes === 'nodes'
  return about && typeof at === 'number' ? at : null
}

/** Every open pull request with a preview of its head: one query for a hundred of them. */
export async function listPulls({ client, owner, name, policy }: ForgeContext): Promise<Listed> {
  const pulls: Pull[] = []
  const previews = new Map<string, CommitPreview>()
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
      // Of two pull requests on one commit, the one that could not be seen whole decides.
      if ((previews.get(node.headRefOid)?.gaps.length ?? 0) === 0)
        previews.set(
          node.headRefOid,
          // The pull request's own fields are all there; of its checks some may have been left out.
          error === undefined ? toPreview(node, at) : unseen(at, excerpt(error)),
        )
    }
    const { hasNextPage, endCursor } = found.pullRequests.pageInfo
    if (!hasNextPage) return { pulls, previews }
    after = endCursor
  }
  throw new ForgeError('unexpected-shape', `more than ${MAX_PAGES * 100} open pull requests`)
}

/** Ages cannot be told without the server's date. */
export const NO_CLOCK: Gap = {
  what: 'clock',
  cause: 'no-clock',
  context: null,
  detail: 'the server sent no date',
}

/** What a page told of a head: no more than whether it needs a study. */
export function previewOf(
  { server }: Repository,
  { sha, pulls }: Head,
  { previews }: Listed,
): Preview {
  const preview = previews.get(sha)
  const { at, status, suites, checks, gaps } = preview ?? unseen(null, '')
  const runs = new Set(suites.flatMap(({ run }) => (run === null ? [] : [run.id])))
  const evidence: CheckEvidence = {
    kind: 'checks',
    sha,
    pulls,
    traits: server.traits,
    runs: [],
    observedAt: at ?? (0 as Instant),
    // Which runs are of this pull request is not known yet: a link is believed until it is.
    latest: status === null ? [] : ofThese([status], new Set([...runs, runOf(status)])),
    history: null,
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    work: new Map(),
    bases: {},
    needs: new Map(),
    studied: false,
    required: [],
    suites,
    checks,
    gaps:
      preview === undefined
        ? [incomplete('the head', 'no page told of it')]
        : [...gaps, ...(at === null ? [NO_CLOCK] : [])],
  }
  return { evidence, rows: null }
}

const runOf = ({ author }: SignedRow): number => (author.kind === 'actions' ? author.run : 0)
