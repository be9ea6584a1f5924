import type { WorkflowRun } from '../../core/acting/compensation.js'
import type { Policy } from '../../core/model/policy.js'
import type { SignedRow, StatusRow } from '../../core/model/status.js'
import type { Forge, Reading } from '../port.js'
import type { GiteaApi } from './api.js'
import type { Place } from './command.js'
import { commandOf } from './command.js'
import { openLooks } from './looks.js'
import type { WorkflowCache } from '../needs.js'
import { rerunReach } from './rerun-reach.js'
import { signed } from './signing.js'
import { eachOf } from '../tries.js'

/** What a forge is opened for. */
export interface Swept {
  readonly place: Place
  readonly policy: Policy
  /** Heads that are looked at at a time: as many as there may be requests. */
  readonly concurrency: number
  /** What was read of workflow files before. */
  readonly cache: WorkflowCache
}

/** Gitea and Forgejo as a sweep needs them: looks and writes over the calls of their API. */
export function openGiteaForge(api: GiteaApi, { place, policy, concurrency, cache }: Swept): Forge {
  const looks = openLooks(api, policy, cache)
  const byId = api.dialect.jobInTargetUrl === 'id'
  const sign = (found: Reading<readonly StatusRow[]>): Reading<readonly SignedRow[]> => ({
    ...found,
    value: signed(found.value, [], api.dialect),
  })

  return {
    server: api.server,
    listsTips: api.dialect.listsTips,
    listPulls: () => looks.listPulls(),
    openPulls: () => looks.openPulls(),
    pull: number => api.pull(number),
    suspects: () => looks.suspects(),
    firstLook: async (heads, keep) => {
      const looked = await eachOf(heads, concurrency, async head => {
        const evidence = await looks.firstLook(head)
        const doubtful = looks.isDoubtful(evidence.sha)
        return keep({ head, evidence, doubtful }) ? evidence : null
      })
      return looked.filter(look => look !== null)
    },
    study: heads => looks.study(heads),
    secondLook: before => looks.secondLook(before),
    pullsOn: sha => looks.pullsOn(sha),
    surroundings: (head, pulls) => looks.surroundings(head, pulls),
    hasUmbrella: branch => looks.hasUmbrella(branch),
    rowsSince: async (sha, mark) => sign(await api.history(sha, mark)),
    gateRows: async sha => sign(await api.latestRows(sha)),
    requiredToMerge: branch => api.requiredToMerge(branch),
    rerunReach: (head, run) => rerunReach({ api, policy, cache }, head, run),
    rerun: write => api.rerun(write),
    write: async ({ post }) => {
      const [row] = signed([await api.post(post)], [], api.dialect)
      if (row === undefined) throw new Error('a write answers its row')
      return row
    },
    print: write => commandOf(place, write),
    // Below a run, only servers that name jobs by their id have a page for one.
    addressOf: (run, job) =>
      pageOf(place, `actions/runs/${run}${job !== undefined && byId ? `/jobs/${job}` : ''}`),
    addressOfPull: number => pageOf(place, `pulls/${number}`),
    linkTo: run => linkTo(run, byId),
  }
}

/** A page of the repository. Statuses link to a run by its key (docs/forge-facts.md, 2.6). */
function pageOf({ apiUrl, repo }: Place, page: string): string {
  const pages = /^(.*)\/api\/v1\/*$/.exec(apiUrl)?.[1]
  return pages === undefined ? '' : `${pages}/${repo}/${page}`
}

/**
 * A link to a workflow run: by its number on Gitea ≤1.25 and Forgejo, by its id from 1.26 on
 * (docs/forge-facts.md, 2.6, 8).
 */
function linkTo({ repository, id, number }: WorkflowRun, byId: boolean): string {
  return repository === '' ? '' : `${repository}/actions/runs/${byId ? id : number}`
}
