import { z } from 'zod'
import type { ServerTraits } from '../../core/model/evidence.js'
import type { Server, ServerKind } from '../../core/model/server.js'
import { openForgejo } from './forgejo.js'
import { openGitea } from './gitea.js'
import type { Forge } from '../port.js'
import { ForgeError } from '../port.js'
import type { Transport } from './transport.js'
import { parseOne } from './wire.js'

/**
 * A version as numbers. `dev` marks a build between releases, of which nothing is taken for
 * granted.
 */
export interface Version {
  readonly kind: ServerKind
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly dev: boolean
}

/**
 * Reads `1.22.6`, `1.26.0+dev-…`, `15.0.3+gitea-1.22.0`. The part after `+gitea-` is the same for
 * every Forgejo and says nothing (forge-facts §7).
 */
export function readVersion(text: string): Version {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(.*)$/.exec(text)
  if (match === null)
    throw new ForgeError(
      'unexpected-shape',
      'the server does not tell its version; what its rows prove depends on it',
    )
  const [, major, minor, patch = '0', rest = ''] = match
  const forgejo = rest.includes('+gitea-')
  return {
    kind: forgejo ? 'forgejo' : 'gitea',
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    dev: rest !== '' && !forgejo,
  }
}

/**
 * Is this Gitea at or above a release? A development build of that very release is not yet that
 * release.
 */
function atLeast(version: Version, major: number, minor: number, patch = 0): boolean {
  const difference = version.major - major || version.minor - minor || version.patch - patch
  return difference > 0 || (difference === 0 && !version.dev)
}

/**
 * What the rows of this version prove. Where a development build is in doubt, the stricter reading
 * holds.
 */
export function traitsOf(version: Version): ServerTraits {
  if (version.kind === 'forgejo') {
    return {
      descriptions: 'classic',
      skipsEqualState: true,
      skippedIsSuccess: version.major < 16,
      jobInTargetUrl: 'position',
      postsPhantomRows: false,
      targetSuffix: version.major >= 9,
      postedStatusWins: true,
    }
  }
  const line = { ...version, dev: false }
  return {
    descriptions: atLeast(line, 1, 27) ? 'gitea-1.27' : 'classic',
    skipsEqualState: !atLeast(line, 1, 26, 1) && !(version.dev && atLeast(line, 1, 26)),
    skippedIsSuccess: !atLeast(version, 1, 25),
    jobInTargetUrl: atLeast(line, 1, 26) ? 'id' : 'position',
    postsPhantomRows: atLeast(line, 1, 26) && !atLeast(version, 1, 27),
    targetSuffix: atLeast(version, 1, 23),
    postedStatusWins: !atLeast(line, 1, 27),
  }
}

const WireVersion = z.object({ version: z.string().max(100) })

/**
 * Asks once what this server and this token offer: the version, task rows, runs. A missing endpoint
 * is an answer (forge-facts §4.1).
 */
export async function detect(transport: Transport, repo: string): Promise<Server> {
  const answer = await transport.get('/version')
  if (answer.status !== 200)
    throw new ForgeError(
      'not-found',
      'GET /version: 404; api-url must end in /api/v1 on Gitea and Forgejo',
    )
  const version = readVersion(parseOne(WireVersion, answer.body, 'GET /version').version)
  const [tasks, runs] = await Promise.all([
    offers(transport, `/repos/${repo}/actions/tasks`),
    offers(transport, `/repos/${repo}/actions/runs`),
  ])
  const hasJobs = version.kind === 'gitea' ? atLeast(version, 1, 25) : version.major >= 16
  const gitea = version.kind === 'gitea'
  return {
    kind: version.kind,
    version: version.text,
    grade: runs.there && hasJobs ? 'jobs' : tasks.there ? 'tasks' : 'statuses',
    gradeLimit: runs.why ?? tasks.why,
    traits: traitsOf(version),
    capabilities: {
      tasks: tasks.there,
      runs: runs.there,
      rerun: gitea && atLeast(version, 1, 26),
      logGroups: gitea ? atLeast(version, 1, 23) : version.major >= 9,
      summary: gitea && atLeast(version, 1, 27),
    },
  }
}

/**
 * `page` is needed: without it Gitea 1.23 ignores `limit` and sends every row. A 403 is the 1.25
 * owner rule or a missing right (forge-facts §4.1).
 */
async function offers(
  transport: Transport,
  path: string,
): Promise<{ readonly there: boolean; readonly why: string | null }> {
  try {
    const { status } = await transport.get(path, { page: 1, limit: 1 })
    return status === 200 ? { there: true, why: null } : { there: false, why: null }
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'forbidden')
      return { there: false, why: error.message }
    throw error
  }
}

/** The adapter for a server: Forgejo where it differs, else Gitea. */
export function openForge(transport: Transport, server: Server, repo: string): Forge {
  return server.kind === 'forgejo'
    ? openForgejo(transport, server, repo)
    : openGitea(transport, server, repo)
}
