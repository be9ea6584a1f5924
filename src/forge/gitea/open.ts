import type { ForgeKind } from '../registry.js'
import type { Opened } from '../opened.js'
import { openApi, rootOf } from './api.js'
import { giteaCommits } from './commits.js'
import { detect } from './detect.js'
import { openGiteaForge } from './forge.js'
import { pagesOf } from './pages.js'
import { openCache } from '../workflow-cache.js'
import { inspect, searchUmbrellas } from '../umbrellas.js'
import { defaultBranch, requiredToMerge } from './protection.js'
import type { AnswerRules } from '../answer.js'
import { codeOfStatus } from '../answer.js'
import type { ExchangeOptions, Exchanges } from '../exchange.js'
import { openExchanges } from '../exchange.js'
import { openHttp } from '../http.js'
import { giteaTracker } from './tracker.js'

/**
 * What Gitea and Forgejo mean by a refusal. One without JSON is not the API's own but some proxy's,
 * which says nothing of rights.
 */
export const GITEA_ANSWERS: AnswerRules = {
  mayBeEmpty: false,
  meaningOf: ({ status, body }) => {
    if (body === 'broken-json' || (status === 403 && body === 'other'))
      return { code: 'not-json', retry: false }
    // Of a proxy before the server, which has not passed the request on (docs/forge-facts.md, 9).
    if (status === 429) return { code: 'rate-limited', retry: true }
    return { code: codeOfStatus(status), retry: status >= 500 }
  },
}

/**
 * Gitea and Forgejo, told apart by the server's own version and by where their runs differ, over
 * any way to send one request.
 */
export const giteaOver = (exchangesTo: (options: ExchangeOptions) => Exchanges): ForgeKind => ({
  name: 'Gitea and Forgejo',
  open: async ({ place, ...options }): Promise<Opened> => {
    const to = { ...options, apiUrl: place.apiUrl }
    const http = openHttp(to, exchangesTo(to), GITEA_ANSWERS)
    try {
      const found = await detect(http, place)
      const connection = {
        http,
        ...found,
        repo: place.repo,
        root: rootOf(place.repo),
        sweepFile: options.sweepFile,
      }
      const api = openApi(connection)
      const cache = openCache()
      const protection = {
        defaultBranch: () => defaultBranch(connection),
        requiredToMerge: (branch: string) => requiredToMerge(connection, branch),
      }
      return {
        server: api.server,
        defaultUmbrella: 'CI / all-required (pull_request)',
        umbrellas: () => searchUmbrellas({ api, cache, ...protection }),
        inspect: () => inspect(protection, branch => api.rawWorkflows(branch)),
        tracker: giteaTracker(connection),
        forgeFor: policy =>
          openGiteaForge(api, {
            place,
            policy,
            cache,
            connection,
          }),
        commitsFor: policy =>
          giteaCommits({
            on: connection,
            api,
            policy,
            cache,
            pages: pagesOf(place, api.dialect.jobInTargetUrl === 'id'),
          }),
        requests: () => http.requests(),
        close: () => {
          http.close()
        },
      }
    } catch (error) {
      http.close()
      throw error
    }
  },
})

/** The same over HTTP. */
export const GITEA = giteaOver(openExchanges)
