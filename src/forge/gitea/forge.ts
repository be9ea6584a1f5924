import type { WorkflowRun } from '../../core/plan/compensation.js'
import type { Policy } from '../../core/model/policy.js'
import { suffixOf } from '../../core/model/context.js'
import type { SignedRow, StatusRow } from '../../core/model/status.js'
import type { WorkflowCache } from '../workflow-cache.js'
import { hasUmbrella } from '../needs.js'
import type { FailedHeads, Forge, Reading } from '../port.js'
import { attempt } from '../reading.js'
import type { RepositoryAddress } from '../repository-address.js'
import type { GiteaApi } from './api.js'
import { around, aroundAgain, pullsOn } from './around.js'
import type { Connection } from './connection.js'
import { commandOf } from './command.js'
import { gateReads } from './gate.js'
import { withGateRows } from './gate-rows.js'
import { secondLook, study } from './looks.js'
import { pagesOf } from './pages.js'
import { previewOf } from './preview.js'
import { atCurrentHead } from './pulls-now.js'
import { rerunReach } from './rerun-reach.js'
import { signedRows } from './signing.js'
import { openSweepCache } from './sweep-cache.js'

/** What a forge is opened for. */
interface GiteaContext {
  readonly place: RepositoryAddress
  readonly policy: Policy
  /** What was read of workflow files before. */
  readonly cache: WorkflowCache
  /** Where the forge is, for reads of the merge gate; absent: they are not offered. */
  readonly connection?: Connection
}

/** Gitea and Forgejo as a sweep needs them: reads and writes over the calls of their API. */
export function openGiteaForge(
  api: GiteaApi,
  { place, policy, cache, connection }: GiteaContext,
): Forge {
  const kept = openSweepCache(api, policy, cache)
  const byId = api.dialect.jobInTargetUrl === 'id'
  const pages = pagesOf(place, byId)
  const sign = (found: Reading<readonly StatusRow[]>): Reading<readonly SignedRow[]> => ({
    ...found,
    value: signedRows(found.value, [], api.dialect),
  })

  return {
    server: api.server,
    listsTips: api.dialect.listsTips,
    listPulls: () => api.listPulls(),
    openPulls: () => api.openPulls(),
    pull: number => api.pull(number),
    preview: head => previewOf(kept, head),
    atCurrentHead: preview => atCurrentHead(kept, preview),
    failedHeads: () => failedHeads(api, policy),
    study: (heads, studied) => study(kept, heads, studied),
    withGateRows: head => withGateRows(kept, head),
    withSurroundings: (head, asked) => around(kept, head, asked),
    secondLook: before => secondLook(kept, before),
    pullsOn: sha => pullsOn(kept, sha),
    surroundings: (head, pulls) => aroundAgain(kept, head, pulls),
    hasUmbrella: branch => hasUmbrella(kept, branch),
    rowsSince: async (sha, mark) => sign(await api.history(sha, mark)),
    gateRows: async sha => sign(await api.latestRows(sha)),
    requiredToMerge: branch => api.requiredToMerge(branch),
    rerunReach: (head, run) => rerunReach(kept, head, run),
    rerun: write => api.rerun(write),
    write: async ({ post }) => {
      const [row] = signedRows([await api.post(post)], [], api.dialect)
      if (row === undefined) throw new Error('a write answers its row')
      return row
    },
    ...(connection === undefined ? {} : { gate: gateReads(kept, connection) }),
    print: write => commandOf(place, write),
    addressOf: (run, job) => pages.addressOf(run, job),
    addressOfPull: number => pages.addressOfPull(number),
    linkTo: run => linkTo(run, byId),
  }
}

/** Where runs can be listed, two requests for the whole sweep; elsewhere nobody knows of any. */
async function failedHeads(api: GiteaApi, { umbrella }: Policy): Promise<FailedHeads> {
  const event = /^ \((.+)\)$/.exec(suffixOf(umbrella))?.[1]
  if (api.server.grade !== 'jobs' || event === undefined) return { shas: new Set(), why: null }
  const found = await attempt(() => api.failedHeads(event))
  return found.ok
    ? { shas: new Set(found.value.value), why: null }
    : { shas: new Set(), why: found.why.message }
}

/**
 * A link to a workflow run: by its number on Gitea ≤1.25 and Forgejo, by its id from 1.26 on
 * (docs/forge-facts.md, 2.6, 8).
 */
function linkTo({ repository, id, number }: WorkflowRun, byId: boolean): string {
  return repository === '' ? '' : `${repository}/actions/runs/${byId ? id : number}`
}
