import type { Server } from '../../core/model/server.js'
import { openCache } from '../needs.js'
import { ForgeError } from '../port.js'
import type { OpenOptions, Opened } from '../registry.js'
import { inspect, searchUmbrellas } from '../umbrellas.js'
import type { FetchTo } from './client.js'
import { openClient } from './client.js'
import { openGithubForge } from './forge.js'
import type { Repository } from './repository.js'
import { rawFiles, workflowSource } from './repository.js'
import { defaultBranch, requiredChecks } from './rules.js'
import { githubTracker } from './tracker.js'

/** A GitHub server; one kind for github.com and Enterprise, told apart by nothing we do. */
function serverOf(version: string | null): Server {
  return {
    kind: 'github',
    version: version === null ? '(github.com)' : `Enterprise Server ${version}`,
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
export async function openGithub(options: OpenOptions, fetchTo?: FetchTo): Promise<Opened> {
  const { place } = options
  const client = await openClient(options, fetchTo)
  const root = `/repos/${place.repo}`
  const answer = await client.get(root)
  if (answer.status === 404) throw new ForgeError('not-found', `GET ${root}: 404`)
  const [owner = '', name = ''] = place.repo.split('/')
  const repository: Repository = {
    client,
    server: serverOf(answer.version),
    owner,
    name,
    root,
    blobs: new Map(),
  }
  const cache = openCache()
  const protection = {
    defaultBranch: () => defaultBranch(repository),
    requiredToMerge: async (branch: string) =>
      (await requiredChecks(repository, branch)).map(({ context }) => context),
  }
  return {
    server: repository.server,
    defaultUmbrella: 'all-required',
    umbrellas: () => searchUmbrellas({ api: workflowSource(repository), cache, ...protection }),
    inspect: () => inspect(protection, branch => rawFiles(repository, branch)),
    tracker: githubTracker(repository),
    forgeFor: policy => openGithubForge(repository, place, { policy, cache }),
    requests: () => client.requests(),
    close: () => undefined,
  }
}
