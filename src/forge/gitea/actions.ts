import { z } from 'zod'
import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import { asRunId, asRunKey } from '../../core/model/ids.js'
import type { Job, Run } from '../../core/model/job.js'
import { PAGE_LIMIT } from '../pager.js'
import type { Reading } from '../port.js'
import type { Connection } from './connection.js'
import { gapsOf, readList } from './listing.js'
import { parseRows, rowsIn } from './rows.js'
import { keyed, suffixOfEvent } from './signing.js'
import type { JobRow, RunRow } from './wire.js'
import { rowSchemas } from './wire.js'

/** More runs than this on one commit are not looked through. */
const MAX_RUNS = 40

interface JobsOfRun {
  readonly rows: readonly JobRow[]
  readonly gaps: readonly Gap[]
}

/** What Gitea and Forgejo list differently. */
interface Actions {
  readonly run: () => z.ZodType<RunRow>
  readonly jobs: (on: Connection, run: RunRow) => Promise<JobsOfRun>
  /** Can runs be asked for by their event? */
  readonly filtersEvents: boolean
  /** Where workflows may lie, in the order in which the server looks. */
  readonly folders: readonly string[]
}

/** A job that tells of another run is none of this one; one that tells of none is, by the path. */
const ofRun = (job: z.ZodType<JobRow>, run: RunRow['id']): z.ZodType<JobRow> =>
  z
    .looseObject({ run_id: z.literal(run).nullish() })
    .transform((raw): unknown => raw)
    .pipe(job)

/** Runs and jobs as Gitea ≥1.25 lists them (docs/forge-facts.md, 4.3). */
const GITEA: Actions = {
  run: rowSchemas.run,
  filtersEvents: true,
  folders: ['.gitea/workflows', '.github/workflows'],
  jobs: async (on, { id }) => {
    const { value, gaps } = await readList(on, {
      what: `jobs of run ${id}`,
      path: `/actions/runs/${id}/jobs`,
      key: 'jobs',
      schema: ofRun(rowSchemas.job(), id),
    })
    return { rows: value, gaps }
  },
}

/**
 * Runs as Forgejo ≥12 lists them, and jobs in a plain array without pages as Forgejo ≥16 does
 * (docs/forge-facts.md, 4.4). Before 16 the run's own status is what runs add to the tasks.
 */
const FORGEJO: Actions = {
  run: rowSchemas.forgejoRun,
  filtersEvents: false,
  folders: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
  jobs: async ({ http, server, root }, { id }) => {
    if (server.grade !== 'jobs') return { rows: [], gaps: [] }
    const { body } = await http.get(`${root}/actions/runs/${id}/jobs`)
    const { rows, malformed } = parseRows(ofRun(rowSchemas.forgejoJob(), id), rowsIn(body, null))
    return { rows, gaps: gapsOf(`jobs of run ${id}`, malformed) }
  },
}

const actionsOf = ({ server }: Connection): Actions => (server.kind === 'forgejo' ? FORGEJO : GITEA)

/** Where workflows may lie, in the order in which the server looks. */
export const foldersOf = (on: Connection): readonly string[] => actionsOf(on).folders

function toRun(row: RunRow, jobs: readonly Job[], { dialect, server }: Connection): Run {
  return {
    key: asRunKey(dialect.jobInTargetUrl === 'id' ? row.id : row.number),
    id: asRunId(row.id),
    file: row.file,
    suffix: suffixOfEvent(row.event, server.traits.targetSuffix),
    pull: row.pull,
    completed: row.completed,
    jobs,
  }
}

/** Every run on a commit with its jobs. */
export async function readRuns(on: Connection, sha: string): Promise<Reading<readonly Run[]>> {
  const actions = actionsOf(on)
  const found = await readList<RunRow>(on, {
    what: 'runs',
    path: '/actions/runs',
    key: 'workflow_runs',
    schema: actions.run(),
    query: { head_sha: sha },
  })
  const here = found.value.filter(run => run.sha === sha)
  if (here.length > MAX_RUNS) {
    const long = gap('runs', 'too-long', `more than ${MAX_RUNS} runs on this commit`)
    return { value: [], gaps: [...found.gaps, long], at: found.at }
  }
  const all = await Promise.all(
    here.map(async row => {
      const { rows, gaps } = await actions.jobs(on, row)
      return { run: toRun(row, keyed(rows, on.dialect), on), gaps }
    }),
  )
  return {
    value: all.map(({ run }) => run),
    gaps: [...found.gaps, ...all.flatMap(({ gaps }) => gaps)],
    at: found.at,
  }
}

/**
 * The commits of the newest failed and cancelled runs of an event, by the first page of each: there
 * an older run may still write its green over them.
 */
export async function failedHeads(
  on: Connection,
  event: string,
): Promise<Reading<readonly string[]>> {
  const { http, root, server } = on
  const { run, filtersEvents } = actionsOf(on)
  const pages = await Promise.all(
    ['failure', 'cancelled'].map(status =>
      http.get(`${root}/actions/runs`, {
        ...(filtersEvents ? { event } : {}),
        status,
        page: 1,
        limit: PAGE_LIMIT,
      }),
    ),
  )
  const rows = pages.flatMap(
    ({ body }) => parseRows<RunRow>(run(), rowsIn(body, 'workflow_runs')).rows,
  )
  const { targetSuffix } = server.traits
  const wanted = rows.filter(
    row => filtersEvents || suffixOfEvent(row.event, targetSuffix) === ` (${event})`,
  )
  return { value: [...new Set(wanted.map(({ sha }) => sha))], gaps: [], at: pages[0]?.at ?? null }
}
