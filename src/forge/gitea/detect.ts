import { z } from 'zod'
import type { Server } from '../../core/model/server.js'
import { ForgeError } from '../port.js'
import type { Transport } from './transport.js'
import type { Naming } from '../../workflow/contexts.js'
import type { Dialect } from './signing.js'
import type { Version } from './version.js'
import { atLeast, dialectOf, namingOf, noteOf, readVersion, traitsOf } from './version.js'

const WireVersion = z.object({ version: z.string().max(100) })

/** A server, how it writes the rows of Actions, and how it names contexts. */
export interface Detected {
  readonly server: Server
  readonly dialect: Dialect
  readonly naming: Naming
}

/** What the server under this path says it is; `null` where it has no such API. */
async function versionOf(transport: Transport, below: string): Promise<Version | null> {
  const path = `${below}/version`
  let body: unknown
  try {
    const answer = await transport.get(path)
    if (answer.status !== 200) return null
    body = answer.body
  } catch (error) {
    // A page of a website.
    if (error instanceof ForgeError && error.code === 'not-json') return null
    throw error
  }
  const parsed = WireVersion.safeParse(body)
  return parsed.success ? readVersion(parsed.data.version) : null
}

/** Why there is no API, and where it is: people have the address of the server at hand. */
async function elsewhere(transport: Transport, apiUrl: string): Promise<ForgeError> {
  const said = 'api-url must end in /api/v1 on Gitea and Forgejo'
  // An API that refuses this token is one, too.
  const there = await versionOf(transport, '/api/v1').catch((error: unknown) =>
    error instanceof ForgeError && error.code === 'unauthorized' ? error : null,
  )
  return new ForgeError(
    'wrong-address',
    there === null ? `GET /version: no API answers; ${said}` : `did you mean ${apiUrl}/api/v1?`,
  )
}

/**
 * Asks once what this server and this token offer: the version, task rows, runs. A missing endpoint
 * is an answer (docs/forge-facts.md, 4.1).
 */
export async function detect(
  transport: Transport,
  { apiUrl, repo }: { readonly apiUrl: string; readonly repo: string },
): Promise<Detected> {
  const version = await versionOf(transport, '')
  if (version === null) throw await elsewhere(transport, apiUrl)
  const hasJobs = version.kind === 'gitea' ? atLeast(version, 1, 25) : version.major >= 16
  const { tasks, runs } = await offered(transport, repo, hasJobs)
  const gitea = version.kind === 'gitea'
  const server: Server = {
    kind: version.kind,
    version: version.text,
    versionNote: noteOf(version),
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
  return { server, dialect: dialectOf(version), naming: namingOf(version) }
}

interface Offer {
  readonly there: boolean
  readonly why: string | null
}

/** What may be listed. Where runs are listed with their jobs nobody asks for task rows. */
async function offered(
  transport: Transport,
  repo: string,
  hasJobs: boolean,
): Promise<{ readonly tasks: Offer; readonly runs: Offer }> {
  const offer = (list: 'tasks' | 'runs'): Promise<Offer> =>
    offers(transport, `/repos/${repo}/actions/${list}`)
  if (!hasJobs) {
    const [tasks, runs] = await Promise.all([offer('tasks'), offer('runs')])
    return { tasks, runs }
  }
  const runs = await offer('runs')
  return { tasks: runs.there ? runs : await offer('tasks'), runs }
}

/**
 * `page` is needed: without it Gitea 1.23 ignores `limit` and sends every row. A 403 is the 1.25
 * owner rule or a missing right (docs/forge-facts.md, 4.1).
 */
async function offers(transport: Transport, path: string): Promise<Offer> {
  try {
    const { status } = await transport.get(path, { page: 1, limit: 1 })
    return status === 200 ? { there: true, why: null } : { there: false, why: null }
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'forbidden')
      return { there: false, why: error.message }
    throw error
  }
}
