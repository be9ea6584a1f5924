import type { WorkflowRun } from '../../core/plan/compensation.js'
import type { CheckEvidence, Evidence } from '../../core/model/evidence.js'
import type { NeedsReads } from '../needs.js'
import { hasUmbrella, withNeeds } from '../needs.js'
import type { Forge, PullNow, Reading, OpenPulls } from '../port.js'
import type { SignedRow } from '../../core/model/status.js'
import { parseNumbered } from '../schema.js'
import type { RepositoryAddress } from '../repository-address.js'
import type { Listed } from './candidates.js'
import { listPulls, openPace, previewOf } from './candidates.js'
import { commandOf, webRoot } from './command.js'
import { gateReads } from './gate.js'
import { rerunsNow } from './progress.js'
import type { Repository } from './repository.js'
import { workflowSource } from './repository.js'
import { postRerun, rerunReach } from './reruns.js'
import { requiredCheckNames } from './rules.js'
import { readStatus, readStatuses } from './statuses.js'
import type { SweepCache } from './study.js'
import { study } from './study.js'
import { WirePull } from './wire.js'

async function readPull({ client, root }: Repository, number: number): Promise<PullNow> {
  const path = `${root}/pulls/${number}`
  const { body } = await client.get(path)
  const { state, head } = parseNumbered(WirePull, body, `GET ${path}`, number)
  return { open: state === 'open', head: head.sha }
}

async function writeStatus(
  { client, root }: Repository,
  { sha, state, context, description, targetUrl }: Parameters<Forge['write']>[0]['post'],
): Promise<SignedRow> {
  const path = `${root}/statuses/${sha}`
  const fields = { state, context, description, ...(targetUrl && { target_url: targetUrl }) }
  const { body } = await client.post(path, fields)
  return readStatus(body, `POST ${path}`)
}

/** The newest status of every context, as GitHub's own gate compares them: without case. */
async function gateRows(
  { client, root }: Repository,
  sha: string,
): Promise<Reading<readonly SignedRow[]>> {
  const { value, gaps, at } = await readStatuses(client, root, { sha, above: 0 })
  const newest = new Map<string, SignedRow>()
  for (const row of value) {
    const key = row.context.toLowerCase()
    const known = newest.get(key)
    if (known === undefined || known.id < row.id) newest.set(key, row)
  }
  return { value: [...newest.values()], gaps, at }
}

/** Evidence of this forge; there is no other kind here. */
function checksOf(evidence: Evidence): CheckEvidence {
  if (evidence.kind !== 'checks') throw new Error('GitHub gives check runs')
  return evidence
}

/** Everything about a head that can have changed, read anew. */
async function lookAgain(kept: SweepCache, before: Evidence): Promise<CheckEvidence> {
  kept.reads.cache.tips.clear()
  const [after] = await study(kept, [checksOf(before)])
  if (after === undefined) throw new Error('a head that is studied is answered')
  return after
}

const AUDIT = 'on GitHub only heads with a red umbrella are read whole'

/** GitHub as a sweep needs it. The pages of pull requests tell of their heads, too. */
export function openGithubForge(
  repository: Repository,
  { apiUrl, repo }: RepositoryAddress,
  { policy, cache, isNamed }: Pick<NeedsReads, 'policy' | 'cache'> & Pick<SweepCache, 'isNamed'>,
): Forge {
  const { client, root, server } = repository
  const reads = { api: workflowSource(repository), policy, cache }
  const kept: SweepCache = {
    repository: { ...repository, policy },
    reads,
    isNamed,
    protection: new Map(),
  }
  const pages = `${webRoot(apiUrl)}/${repo}`
  const pace = openPace()
  let listed: Listed = { pulls: [], previews: new Map(), untold: '' }
  const openPulls = async (): Promise<OpenPulls> => {
    listed = await listPulls(kept.repository, pace)
    return { pulls: listed.pulls }
  }
  return {
    server,
    listsTips: false,
    listPulls: openPulls,
    openPulls,
    pull: number => readPull(repository, number),
    preview: head => Promise.resolve(previewOf(repository, head, listed)),
    // Every list of pull requests tells all of them.
    atCurrentHead: preview => Promise.resolve(preview),
    failedHeads: () => Promise.resolve({ shas: new Set(), why: AUDIT }),
    study: (heads, studied) => study(kept, heads.map(checksOf), studied),
    // What decides about check runs is all read by the study.
    withGateRows: head => Promise.resolve(head),
    withSurroundings: head => Promise.resolve(head),
    pullsOn: async sha => (await openPulls()).pulls.filter(({ head }) => head === sha),
    surroundings: (head, pulls) => {
      cache.tips.clear()
      return withNeeds(reads, { ...head, pulls, gaps: [] })
    },
    secondLook: before => lookAgain(kept, before),
    hasUmbrella: branch => hasUmbrella(reads, branch),
    rowsSince: (sha, mark) => readStatuses(client, root, { sha, above: mark }),
    gateRows: sha => gateRows(repository, sha),
    requiredToMerge: branch => requiredCheckNames(repository, branch),
    rerunReach: (head, run) => rerunReach(kept, head, run),
    gate: gateReads(kept),
    rerunsNow: reruns => rerunsNow(kept.repository, reruns),
    write: ({ post }) => writeStatus(repository, post),
    rerun: write => postRerun(repository, write),
    print: write => commandOf({ apiUrl, repo }, write),
    addressOf: (run, job) =>
      `${pages}/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`,
    addressOfPull: number => `${pages}/pull/${number}`,
    linkTo: ({ repository: page, id }: WorkflowRun) =>
      page === '' ? '' : `${page}/actions/runs/${id}`,
  }
}
