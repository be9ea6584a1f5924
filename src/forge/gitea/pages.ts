import type { JobId, RunKey } from '../../core/model/ids.js'
import type { RepositoryAddress } from '../repository-address.js'

/** Where people see what the API tells; `''` where the pages of the server are not known. */
export interface Pages {
  addressOf(run: RunKey, job?: JobId): string
  addressOfPull(number: number): string
  addressOfCommit(sha: string): string
}

/**
 * The pages of a repository. Statuses link to a run by its key (docs/forge-facts.md, 2.6). Below a
 * run, only servers that name jobs by their id have a page for one.
 */
export function pagesOf({ apiUrl, repo }: RepositoryAddress, byId: boolean): Pages {
  const pages = /^(.*)\/api\/v1\/*$/.exec(apiUrl)?.[1]
  const pageOf = (page: string): string => (pages === undefined ? '' : `${pages}/${repo}/${page}`)
  return {
    addressOf: (run, job) =>
      pageOf(`actions/runs/${run}${job !== undefined && byId ? `/jobs/${job}` : ''}`),
    addressOfPull: number => pageOf(`pulls/${number}`),
    addressOfCommit: sha => pageOf(`commit/${sha}`),
  }
}
