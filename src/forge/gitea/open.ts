import type { ForgeKind, Opened } from '../registry.js'
import { openApi, rootOf } from './api.js'
import { detect } from './detect.js'
import { forgejoActions } from './forgejo-actions.js'
import { openGiteaForge } from './forge.js'
import { openCache } from '../needs.js'
import { inspect, searchUmbrellas } from '../umbrellas.js'
import { defaultBranch, requiredToMerge } from './protection.js'
import type { ExchangeOptions, Exchanges } from './exchange.js'
import { openExchanges } from './exchange.js'
import { giteaActions } from './gitea-actions.js'
import { giteaTracker } from './tracker.js'
import { openTransport } from './transport.js'

/**
 * Gitea and Forgejo, told apart by the server's own version and by where their runs differ, over
 * any way to send one request.
 */
export const giteaOver = (exchangesTo: (options: ExchangeOptions) => Exchanges): ForgeKind => ({
  name: 'Gitea and Forgejo',
  open: async ({ place, ...options }): Promise<Opened> => {
    const to = { ...options, apiUrl: place.apiUrl }
    const transport = openTransport(to, exchangesTo(to))
    try {
      const found = await detect(transport, place)
      const connection = { transport, ...found, repo: place.repo, root: rootOf(place.repo) }
      const actions = found.server.kind === 'forgejo' ? forgejoActions : giteaActions
      const api = openApi(connection, actions(connection))
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
          }),
        requests: () => transport.requests(),
        close: () => {
          transport.close()
        },
      }
    } catch (error) {
      transport.close()
      throw error
    }
  },
})

/** The same over HTTP. */
export const GITEA = giteaOver(openExchanges)
