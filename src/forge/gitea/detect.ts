import { z } from 'zod'
import type { Server } from '../../core/model/server.js'
import { ForgeError } from '../port.js'
import { attempt } from '../reading.js'
import type { Http } from '../http.js'
import type { RepositoryAddress } from '../repository-address.js'
import type { Naming } from '../../workflow/contexts.js'
import type { Dialect } from './signing.js'
import type { Version } from '../versions.js'
import { atLeast, namingOf, noteOf, readVersion, traitsOf } from '../versions.js'
import { dialectOf } from './dialect.js'

const WireVersion = z.object({ version: z.string().max(100) })

/** A server, how it writes the rows of Actions, and how it names contexts. */
interface Detected {
  readonly server: Server
  readonly dialect: Dialect
  readonly naming: Naming
  /** The refused lists for which the grade is lower than this version allows. */
  readonly refusals: readonly RefusedList[]
}

/** What the server under this path says it is; `null` where it has no such API. */
async function versionOf(http: Http, below: string): Promise<Version | null> {
  const found = await attempt(() => http.find(`${below}/version`))
  // What is no JSON is a page of a website.
  if (!found.ok && found.why.code !== 'not-json') throw found.why
  if (!found.ok || found.value.status !== 200) return null
  const parsed = WireVersion.safeParse(found.value.body)
  return parsed.success ? readVersion(parsed.data.version) : null
}

/** Why there is no API, and where it is: people have the address of the server at hand. */
async function elsewhere(http: Http, apiUrl: string): Promise<ForgeError> {
  const said = 'api-url must end in /api/v1 on Gitea and Forgejo'
  // An API that refuses this token is one, too.
  const there = await attempt(() => versionOf(http, '/api/v1'))
  const isThere = there.ok ? there.value !== null : there.why.code === 'unauthorized'
  return new ForgeError(
    'wrong-address',
    isThere ? `did you mean ${apiUrl}/api/v1?` : `GET /version: no API answers; ${said}`,
  )
}

/** Does this version list runs with their jobs? */
const listsJobs = (version: Version): boolean =>
  version.kind === 'gitea' ? atLeast(version, 1, 25) : version.major >= 16

/** What the runner's log shows on this version. */
function logOf(version: Version): Pick<Server['capabilities'], 'logGroups' | 'summary'> {
  return version.kind === 'gitea'
    ? { logGroups: atLeast(version, 1, 23), summary: atLeast(version, 1, 27) }
    : { logGroups: version.major >= 9, summary: false }
}

/**
 * Asks once what this server and this token offer: the version, task rows, runs. A missing endpoint
 * is an answer (docs/forge-facts.md, 4.1).
 */
export async function detect(http: Http, { apiUrl, repo }: RepositoryAddress): Promise<Detected> {
  const version = await versionOf(http, '')
  if (version === null) throw await elsewhere(http, apiUrl)
  const { tasks, runs } = await offered(http, repo, version)
  const traits = traitsOf(version)
  const server: Server = {
    kind: version.kind,
    version: version.text,
    versionNote: noteOf(version),
    grade: runs.there && listsJobs(version) ? 'jobs' : tasks.there ? 'tasks' : 'statuses',
    gradeLimit: runs.why ?? tasks.why,
    traits,
    capabilities: {
      tasks: tasks.there,
      runs: runs.there,
      rerun: traits.rerunsJobs,
      ...logOf(version),
    },
  }
  return {
    server,
    dialect: dialectOf(version),
    naming: namingOf(version),
    refusals: [tasks, runs].flatMap(({ refusal }) => refusal ?? []),
  }
}

interface Offer {
  readonly there: boolean
  readonly why: string | null
  /** The answer by which a list is not there, though this version has it. */
  readonly refusal: RefusedList | null
}

/** A list of Actions that this version has and this token does not get, by the server's answer. */
export interface RefusedList {
  readonly list: 'tasks' | 'runs'
  readonly status: number
}

/** Has this version the list at all (docs/forge-facts.md, 4.2 to 4.4)? */
function hasList(list: RefusedList['list'], version: Version): boolean {
  const gitea = version.kind === 'gitea'
  if (list === 'runs') return gitea ? atLeast(version, 1, 25) : version.major >= 12
  return gitea ? atLeast(version, 1, 23) : version.major >= 8
}

/** May this list be read? */
async function offerOf(
  http: Http,
  repo: string,
  version: Version,
  list: RefusedList['list'],
): Promise<Offer> {
  const first = await asked(http, repo, list)
  // A refusal without JSON is some proxy's, and may be gone: a list this version has is asked for
  // once more.
  const isOdd = first.status !== 200 && !first.isJson && hasList(list, version)
  const { status, why, isJson } = isOdd ? await asked(http, repo, list) : first
  if (status === 200) return { there: true, why: null, refusal: null }
  if (!hasList(list, version)) return { there: false, why, refusal: null }
  const had = 'though this version has it'
  if (!isJson)
    throw new ForgeError('not-json', `GET /actions/${list}: ${status} without JSON, ${had}`)
  const said = why ?? `GET /actions/${list}: ${status}, ${had}`
  return { there: false, why: said, refusal: { list, status } }
}

/** What may be listed. Where runs are listed with their jobs nobody asks for task rows. */
async function offered(
  http: Http,
  repo: string,
  version: Version,
): Promise<{ readonly tasks: Offer; readonly runs: Offer }> {
  const offer = (list: RefusedList['list']): Promise<Offer> => offerOf(http, repo, version, list)
  if (!listsJobs(version)) {
    const [tasks, runs] = await Promise.all([offer('tasks'), offer('runs')])
    return { tasks, runs }
  }
  const runs = await offer('runs')
  return { tasks: runs.there ? runs : await offer('tasks'), runs }
}

interface ListAnswer {
  readonly status: number
  readonly why: string | null
  readonly isJson: boolean
}

/**
 * `page` is needed: without it Gitea 1.23 ignores `limit` and sends every row. A 403 is the 1.25
 * owner rule or a missing right (docs/forge-facts.md, 4.1).
 */
async function asked(http: Http, repo: string, list: RefusedList['list']): Promise<ListAnswer> {
  const path = `/repos/${repo}/actions/${list}`
  const found = await attempt(() => http.find(path, { page: 1, limit: 1 }))
  if (found.ok) {
    const { status, body } = found.value
    return { status, why: null, isJson: typeof body === 'object' }
  }
  const { code, message } = found.why
  if (code !== 'forbidden' && code !== 'not-json') throw found.why
  return { status: 403, why: message, isJson: code === 'forbidden' }
}

/**
 * A lower grade rests on what the server is or the token may do. Where it rests on an answer, that
 * answer must be the same before a write: once may be a fault. Else why not, in words.
 */
export async function changedOffer(
  http: Http,
  repo: string,
  refusals: readonly RefusedList[],
): Promise<string | null> {
  for (const { list, status } of refusals) {
    const now = await asked(http, repo, list)
    if (now.status === status && now.isJson) continue
    return `GET /actions/${list} said ${status} when the sweep began, and ${now.status} now`
  }
  return null
}
