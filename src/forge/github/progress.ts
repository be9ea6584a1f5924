import type { CheckEvidence } from '../../core/model/evidence.js'
import { z } from 'zod'
import { parseInstant } from '../../core/model/time.js'
import type { RerunProgress, SentRerun } from '../port.js'
import { attempt } from '../reading.js'
import { parseOne } from '../schema.js'
import { graphqlData } from './graphql.js'
import { aliasOf, LIGHT_CHUNK, progressQuery } from './queries.js'
import type { GitHubContext } from './repository.js'

/** What the umbrella's newest jobs on a commit say. */
const NodeProgress = z.object({
  checkSuites: z.object({
    nodes: z.array(
      z
        .object({
          workflowRun: z.object({ databaseId: z.number().nullable() }).nullable(),
          checkRuns: z
            .object({
              nodes: z.array(
                z.object({ status: z.string(), startedAt: z.string().nullable() }).nullable(),
              ),
            })
            .nullable(),
        })
        .nullable(),
    ),
  }),
})

const WireFields = z.record(z.string(), z.unknown())

/** When jobs of the umbrella's name had started in a run, before it was run again. */
function umbrellaStarts({ suites, checks }: CheckEvidence, run: number, umbrella: string) {
  const mine = new Set(suites.filter(one => one.run?.id === run).map(({ id }) => id))
  return checks
    .filter(({ suite, name }) => mine.has(suite) && name === umbrella)
    .map(({ startedAt }) => startedAt)
}

/** What the jobs of the umbrella's name tell of a re-run; `null`: nothing new. */
function progressIn(
  field: unknown,
  { evidence, run }: SentRerun,
  umbrella: string,
): RerunProgress | null {
  const commit = NodeProgress.safeParse(field)
  if (!commit.success || evidence.kind !== 'checks') return null
  const suites = commit.data.checkSuites.nodes.filter(one => one?.workflowRun?.databaseId === run)
  const jobs = suites.flatMap(one => one?.checkRuns?.nodes ?? []).filter(one => one !== null)
  if (jobs.some(({ status }) => status !== 'COMPLETED')) return 'going'
  // Until GitHub shows the new execution, the old one is the newest.
  const known = umbrellaStarts(evidence, run, umbrella)
  return jobs.some(({ startedAt }) => !known.includes(parseInstant(startedAt))) ? 'ended' : null
}

async function askChunk(
  { client, owner, name, policy: { umbrella } }: GitHubContext,
  reruns: readonly SentRerun[],
): Promise<readonly [string, RerunProgress][]> {
  const asked = reruns.map((one, at) => ({ one, sha: one.evidence.sha, alias: aliasOf(at) }))
  const shas = Object.fromEntries(asked.map(({ alias, sha }) => [alias, sha]))
  const variables = { owner, name, umbrella, ...shas }
  const { data } = await graphqlData(client, progressQuery(reruns.length), variables)
  const fields = parseOne(WireFields, data, 'POST /graphql (progress)')
  return asked.flatMap(({ one, sha, alias }): [string, RerunProgress][] => {
    const told = progressIn(fields[alias], one, umbrella)
    return told === null ? [] : [[sha, told]]
  })
}

/** How far these re-runs have come. What cannot be read is asked for by the next look. */
export async function rerunsNow(
  context: GitHubContext,
  reruns: readonly SentRerun[],
): Promise<ReadonlyMap<string, RerunProgress>> {
  const told: [string, RerunProgress][] = []
  for (let from = 0; from < reruns.length; from += LIGHT_CHUNK) {
    const chunk = reruns.slice(from, from + LIGHT_CHUNK)
    const found = await attempt(askChunk(context, chunk))
    if (found.ok) told.push(...found.value)
  }
  return new Map(told)
}
