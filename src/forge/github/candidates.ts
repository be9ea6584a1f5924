import type { CheckEvidence, Preview, Pull } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { SignedRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import type { Page } from '../pager.js'
import { readPages } from '../pager.js'
import type { ForgeErrorCode, Head, OpenPulls } from '../port.js'
import { ForgeError } from '../port.js'
import { attempt, EPOCH, noClock } from '../reading.js'
import { parseOne } from '../schema.js'
import type { LocatedError } from './graphql.js'
import { graphqlData, tooLarge } from './graphql.js'
import { CANDIDATES } from './queries.js'
import type { GitHubContext, Repository } from './repository.js'
import { byPlace, pullsByRest } from './rest-pulls.js'
import type { SeenChecks } from './sightings.js'
import { instantOf, seenOfNodes } from './sightings.js'
import { ofThese, signedRow } from './statuses.js'
import type { PullNode } from './wire.js'
import { NodePulls } from './wire.js'

/** What a page of pull requests told of one head, beside its pulls. */
interface CommitPreview extends SeenChecks {
  readonly at: Instant | null
  /** The newest status of the umbrella's name, without an id: GraphQL gives none. */
  readonly status: SignedRow | null
}

/** The open pull requests, and what their pages told of their heads, by SHA. */
export interface Listed extends OpenPulls {
  readonly previews: ReadonlyMap<string, CommitPreview>
  /** Why no page told of the others. */
  readonly untold: string
}

/** Ten thousand open pull requests; no repository has more. */
const MAX_PULLS = 10_000

/** So many are asked for at a time: fewer, where GitHub has no time for a page. */
const SIZES = [100, 50, 25, 10] as const

/** How this sweep lists pull requests: what was too much for GitHub is not asked for again. */
interface Pace {
  /** Pull requests a page; `null`: by REST. */
  size: number | null
  /** Why it is less than at first. */
  why: string
}

export const openPace = (): Pace => ({ size: SIZES[0], why: '' })

const toPull = (node: PullNode): Pull => ({
  number: node.number,
  title: node.title,
  head: node.headRefOid,
  base: node.baseRefName,
  baseSha: node.baseRefOid,
  draft: node.isDraft,
})

/** Nothing of a commit but why it is not known: what is missing may be what stands red. */
const unseenPreview = (at: Instant | null, detail: string): CommitPreview => ({
  at,
  suites: [],
  checks: [],
  status: null,
  gaps: [gap('the newest commit', 'incomplete', detail)],
})

/** The last commit of a pull, which must be its head: else another commit was looked at. */
function toPreview(node: PullNode, at: Instant | null): CommitPreview {
  const commit = (node.commits.nodes ?? []).find(one => one !== null)?.commit
  if (commit === undefined) return unseenPreview(at, 'it was not given')
  if (commit.oid !== node.headRefOid)
    return unseenPreview(at, 'it is not the head of the pull request')
  const seen = seenOfNodes(commit.checkSuites)
  const context = commit.status?.context ?? null
  if (context === null) return { ...seen, at, status: null }
  const { creator } = context
  const row = signedRow({
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
function pullIndexOf({ path }: LocatedError): number | null {
  const [repository, pulls, nodes, at] = path
  const about = repository === 'repository' && pulls === 'pullRequests' && nodes === 'nodes'
  return about && typeof at === 'number' ? at : null
}

/** An open pull request, and what its page told of its head. */
interface ListedHead {
  readonly pull: Pull
  readonly preview: CommitPreview
}

interface PullPage {
  readonly rows: readonly ListedHead[]
  /** `null` where there are no more. */
  readonly cursor: string | null
}

/** So many pull requests behind a cursor. Throws `ForgeError`. */
async function askPage(
  { client, owner, name, policy }: GitHubContext,
  after: string | null,
  first: number,
): Promise<PullPage> {
  const variables = { owner, name, umbrella: policy.umbrella, first, after }
  const { data, at, errors } = await graphqlData(client, CANDIDATES, variables)
  const what = 'POST /graphql (candidates)'
  const { nodes: all, pageInfo } = parseOne(NodePulls, data, what).pullRequests
  const nodes = all?.filter(node => node !== null)
  // A pull request that was withheld could stand on any head.
  if (nodes === undefined || nodes.length < (all ?? []).length)
    throw new ForgeError('unexpected-shape', `${what}: a pull request is missing`)
  const about = new Map(errors.map(error => [pullIndexOf(error), error.message]))
  const ofAny = about.get(null)
  if (ofAny !== undefined) throw new ForgeError('server-error', `${what}: ${ofAny}`)
  if ([...about.keys()].some(index => index !== null && !(index in nodes)))
    throw new ForgeError('unexpected-shape', `${what}: an error is about no pull request of it`)
  const rows = nodes.map((node, index): ListedHead => {
    const error = about.get(index)
    return {
      pull: toPull(node),
      // The pull request's own fields are all there; of its checks some may have been left out.
      preview: error === undefined ? toPreview(node, at) : unseenPreview(at, error),
    }
  })
  const { hasNextPage, endCursor } = pageInfo
  if (hasNextPage && (endCursor === null || endCursor === after))
    throw new ForgeError('unexpected-shape', `${what}: another page follows, and nothing names it`)
  return { rows, cursor: hasNextPage ? endCursor : null }
}

/** The same with as many as GitHub has time for. Throws `ForgeError` where that is none. */
async function pageBehind(
  context: GitHubContext,
  after: string | null,
  pace: Pace,
): Promise<PullPage> {
  for (let size = pace.size ?? SIZES[3]; ;) {
    const found = await attempt(askPage(context, after, size))
    if (found.ok) return found.value
    const smaller = SIZES.find(one => one < size)
    if (!tooLarge(found.why) || smaller === undefined) throw found.why
    size = smaller
    Object.assign(pace, { size, why: found.why.message })
  }
}

/** Every page there is, its heads told as they come. Throws `ForgeError`. */
async function pages(
  context: GitHubContext,
  pace: Pace,
  tell: (rows: readonly ListedHead[]) => void,
): Promise<readonly Pull[]> {
  let after: string | null = null
  const read = async (): Promise<Page<Pull>> => {
    const { rows, cursor } = await pageBehind(context, after, pace)
    after = cursor
    tell(rows)
    const pulls = rows.map(({ pull }) => pull)
    return { rows: pulls, unreadable: 0, total: null, more: cursor !== null, at: null }
  }
  const most = MAX_PULLS / SIZES[3]
  const found = await readPages(read, { keyed: byPlace, most, once: true })
  if (found.gap !== null)
    throw new ForgeError('unexpected-shape', `the open pull requests: ${found.gap.detail}`)
  return found.rows
}

/** What ends a list by GraphQL may be no more than GraphQL's own trouble. */
const REST_MAY_TELL: readonly ForgeErrorCode[] = [
  'server-error',
  'timeout',
  'unexpected-shape',
  'rejected',
  'not-json',
]

/**
 * Every open pull request with a preview of its head: one query for a hundred of them. Where GitHub
 * gives no page however small, REST lists them, and every head that no page told of is studied.
 */
export async function listPulls(context: GitHubContext, pace: Pace): Promise<Listed> {
  const previews = new Map<string, CommitPreview>()
  const tell = (rows: readonly ListedHead[]): void => {
    for (const { pull, preview } of rows)
      // Of two pull requests on one commit, the one that could not be seen whole decides.
      if ((previews.get(pull.head)?.gaps.length ?? 0) === 0) previews.set(pull.head, preview)
  }
  if (pace.size !== null) {
    const found = await attempt(pages(context, pace, tell))
    if (found.ok) return { pulls: found.value, previews, untold: pace.why }
    if (!REST_MAY_TELL.includes(found.why.code)) throw found.why
    Object.assign(pace, { size: null, why: found.why.message })
  }
  return { pulls: await pullsByRest(context), previews, untold: pace.why }
}

/** What a page told of a head: no more than whether it needs a study. */
export function previewOf(
  { server }: Repository,
  { sha, pulls }: Head,
  { previews, untold }: Listed,
): Preview {
  const preview = previews.get(sha)
  const { at, status, suites, checks, gaps } = preview ?? unseenPreview(null, '')
  const runs = new Set(suites.flatMap(({ run }) => (run === null ? [] : [run.id])))
  const evidence: CheckEvidence = {
    kind: 'checks',
    sha,
    pulls,
    traits: server.traits,
    runs: [],
    observedAt: at ?? EPOCH,
    // Which runs are of this pull request is not known yet: a link is believed until it is.
    latest: status === null ? [] : ofThese([status], new Set([...runs, rowRun(status)])),
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
        ? [gap('the head', 'incomplete', `no page told of it${untold && `: ${untold}`}`)]
        : [...gaps, ...(at === null ? [noClock('clock')] : [])],
  }
  return { evidence, rows: null }
}

const rowRun = ({ author }: SignedRow): number => (author.kind === 'actions' ? author.run : 0)
