import type { Server } from '../../core/model/server.js'
import type { Answer } from '../answer.js'
import { openCache } from '../workflow-cache.js'
import type { OpenOptions } from '../registry.js'
import type { Opened } from '../opened.js'
import { inspect, searchUmbrellas } from '../umbrellas.js'
import type { ExchangesTo } from './client.js'
import { openClient } from './client.js'
import { githubCommits } from './commits.js'
import { openGithubForge } from './forge.js'
import type { Repository } from './repository.js'
import { defaultBranch, rawFiles, workflowSource } from './repository.js'
import { openContents } from '../workflows.js'
import { protectionOf, requiredCheckNames } from './rules.js'
import { githubTracker } from './tracker.js'

/** A GitHub server; one kind for github.com and Enterprise, told apart by nothing we do. */
function serverOf({ headers }: Answer): Server {
  const version = headers['x-github-enterprise-version']
  return {
    kind: 'github',
    version: typeof version === 'string' ? `Enterprise Server ${version}` : '(github.com)',
    versionNote: null,
    grade: 'jobs',
    gradeLimit: null,
    traits: {
      skipsEqualState: false,
      skippedIsSuccess: false,
      targetSuffix: false,
      postedStatusWins: true,
      jobsMayHaveNoRow: false,
      checkRuns: true,
      rerunsJobs: true,
      linksRunsById: true,
    },
    capabilities: { tasks: false, runs: true, rerun: true, logGroups: true, summary: true },
  }
}

/** Asks for the repository once: that tells whether the token may see it, and what answers. */
export async function openGithub(options: OpenOptions, exchangesTo?: ExchangesTo): Promise<Opened> {
  const { place } = options
  const client = openClient(options, exchangesTo)
  const root = `/repos/${place.repo}`
  const probe = await client.get(root).catch((error: unknown) => {
    client.close()
    throw error
  })
  const [owner = '', name = ''] = place.repo.split('/')
  const repository: Repository = {
    client,
    server: serverOf(probe),
    owner,
    name,
    root,
    contents: openContents(),
    sweepFile: options.sweepFile,
    origins: new Map(),
  }
  const cache = openCache()
  const protection = {
    defaultBranch: () => defaultBranch(repository),
    requiredToMerge: (branch: string) => requiredCheckNames(repository, branch),
    hasQueue: async (branch: string) => (await protectionOf(repository, branch)).queue,
  }
  return {
    server: repository.server,
    defaultUmbrella: 'all-required',
    umbrellas: () => searchUmbrellas({ api: workflowSource(repository), cache, ...protection }),
    inspect: () => inspect(protection, branch => rawFiles(repository, branch)),
    tracker: githubTracker(repository),
    forgeFor: (policy, isNamed) => openGithubForge(repository, place, { policy, cache, isNamed }),
    commitsFor: policy =>
      githubCommits(
        {
          repository: { ...repository, policy },
          reads: { api: workflowSource(repository), policy, cache },
          isNamed: true,
          protection: new Map(),
        },
        place,
      ),
    requests: () => client.requests(),
    close: () => {
      client.close()
    },
  }
}
