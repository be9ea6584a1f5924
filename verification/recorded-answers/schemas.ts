// What the bundle would read an answer by: the schemas of src/forge/github/wire.ts, and the
// functions behind them where those are public.
import { z } from 'zod'
import { CANDIDATES, VIEWER } from '../../src/forge/github/queries.js'
import { toRun } from '../../src/forge/github/rest-details.js'
import { readStatus } from '../../src/forge/github/statuses.js'
import * as wire from '../../src/forge/github/wire.js'
import { parseOne } from '../../src/forge/schema.js'
import { openContents, rawWorkflows, readWorkflow } from '../../src/forge/workflows.js'
import type { Exchange } from './formats.js'

/** Reads an answer as the bundle does, and throws as it does. */
export interface Reader {
  readonly schema: string
  readonly read: (body: unknown) => unknown
}

/** Before the words that say what is wrong stands what was read: here always this. */
export const WHAT = 'answer'

const by = <T>(
  schema: string,
  type: z.ZodType<T>,
  then: (row: T) => unknown = row => row,
): Reader => ({ schema, read: body => then(parseOne(type, body, WHAT)) })

const CHECK = by('WireCheck', wire.WireCheck)
const CHECKS = by('WireChecks', wire.WireChecks)
const JOBS = by('WireJobs', wire.WireJobs)
const PULL = by('WirePull', wire.WirePull)
const RUN = by('WireRun', wire.WireRun, toRun)
const RUNS = by('WireRuns', wire.WireRuns, ({ workflow_runs: runs }) => runs.map(toRun))
const STATUS: Reader = { schema: 'WireStatus', read: body => readStatus(body, WHAT) }
const STATUSES = by('WireStatus[]', z.array(z.unknown()), rows =>
  rows.map(row => readStatus(row, WHAT)),
)

/** A folder of the contents API, or a file of it, read as a workflow whatever it is. */
const CONTENTS: readonly Reader[] = [
  {
    schema: 'contents of a file',
    read: body => readWorkflow(WHAT, () => Promise.resolve(body), openContents()),
  },
  {
    schema: 'contents of a folder',
    read: body => {
      const file = { content: '', encoding: 'base64' }
      const read = (path: string) => Promise.resolve(path === WHAT ? body : file)
      return rawWorkflows({ folders: [WHAT], recursive: false }, read)
    },
  },
]

/** What the bundle asks of a repository. */
const OWN: readonly (readonly [request: RegExp, readers: readonly Reader[]])[] = [
  [/^GET $/, [by('WireRepository', wire.WireRepository)]],
  [/^GET \/pulls$/, [by('WireListedPull[]', z.array(wire.WireListedPull))]],
  [/^GET \/pulls\/\d+$/, [PULL]],
  [/^GET \/commits\/.+\/statuses$/, [STATUSES]],
  [/^POST \/statuses\/[^/]+$/, [STATUS]],
  [/^GET \/commits\/.+\/check-suites$/, [by('WireSuites', wire.WireSuites)]],
  [/^GET \/check-suites\/\d+\/check-runs$/, [CHECKS]],
  [/^GET \/actions\/(?:workflows\/[^/]+\/)?runs$/, [RUNS]],
  [/^GET \/actions\/runs\/\d+$/, [RUN]],
  [/^GET \/actions\/runs\/\d+\/jobs$/, [JOBS]],
  [/^GET \/rules\/branches\/.+$/, [by('WireRule[]', z.array(wire.WireRule))]],
  [
    /^GET \/branches\/(?!.*\/protection(?:\/|$)).+$/,
    [by('WireBranch', wire.WireBranch), by('WireTip', wire.WireTip)],
  ],
  [/^GET \/issues\/\d+$/, [by('WireIssue', wire.WireIssue)]],
  [/^GET \/issues\/\d+\/comments$/, [by('WireComment[]', z.array(wire.WireComment))]],
]

/** What the bundle does not ask, and GitHub answers in a form that it reads elsewhere. */
const SAME_FORM: typeof OWN = [
  [/^GET \/commits\/.+\/check-runs$/, [CHECKS]],
  [/^(?:GET|PATCH) \/check-runs\/\d+$/, [CHECK]],
  [/^POST \/check-runs$/, [CHECK]],
  [/^GET \/check-suites\/\d+$/, [by('WireSuite', wire.WireSuite)]],
  [/^GET \/actions\/runs\/\d+\/attempts\/\d+$/, [RUN]],
  [/^GET \/actions\/runs\/\d+\/attempts\/\d+\/jobs$/, [JOBS]],
  [/^GET \/actions\/jobs\/\d+$/, [by('WireJob', wire.WireJob)]],
  [/^POST \/pulls$/, [PULL]],
  [/^PATCH \/pulls\/\d+$/, [PULL]],
  [/^GET \/statuses\/[^/]+$/, [STATUSES]],
]

const elsewhere = ({ schema, read }: Reader): Reader => ({ schema: `${schema} *`, read })

const Asked = z.object({ query: z.string() })
const flat = (query: string): string => query.replaceAll(/\s+/g, ' ').trim()
const inRepository = <T extends z.ZodType>(repository: T) =>
  z.object({ data: z.object({ repository }) })
const ENVELOPE = by('GraphqlAnswer', wire.GraphqlAnswer)

/** Every answer of GraphQL has one envelope; what is in it is read where the query is ours. */
function graphqlReaders(asked: unknown): readonly Reader[] {
  const query = flat(Asked.safeParse(asked).data?.query ?? '')
  if (query === flat(VIEWER)) return [ENVELOPE, by('NodeViewer', wire.NodeViewer)]
  if (query === flat(CANDIDATES)) return [ENVELOPE, by('NodePulls', inRepository(wire.NodePulls))]
  if (query.startsWith('query details('))
    return [ENVELOPE, by('NodeCommit', inRepository(z.record(z.string(), wire.NodeCommit)))]
  return [ENVELOPE]
}

const ROOT = /^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)(?=\/|$)/

/** By what the bundle would read this answer; empty: by nothing. */
export function readersOf({ method, path, asked, body }: Exchange): readonly Reader[] {
  if (path === '/graphql') return method === 'POST' ? graphqlReaders(asked) : []
  if (!ROOT.test(path)) return []
  const request = `${method} ${path.replace(ROOT, '')}`
  if (/^GET \/contents(?:\/|$)/.test(request))
    return CONTENTS.slice(...(Array.isArray(body) ? [1] : [0, 1]))
  const own = OWN.find(([pattern]) => pattern.test(request))
  if (own !== undefined) return own[1]
  const [, other = []] = SAME_FORM.find(([pattern]) => pattern.test(request)) ?? []
  return other.map(elsewhere)
}
