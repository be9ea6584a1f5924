import type { CheckRun, Suite, SuiteRun } from '../../core/model/check.js'
import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { RunId } from '../../core/model/ids.js'
import type { Instant } from '../../core/model/time.js'
import type { z } from 'zod'
import type { ReadPage } from '../pager.js'
import { readPages } from '../pager.js'
import { ForgeError } from '../port.js'
import { attempt, gapOf } from '../reading.js'
import { parseOne, requireSame } from '../schema.js'
import type { Repository } from './repository.js'
import type { Details } from './sightings.js'
import type { CheckJson } from './sightings.js'
import {
  appOf,
  instantOf,
  lostDetails,
  overflow,
  shortSuite,
  toCheck,
  withoutRun,
} from './sightings.js'
import { suiteStates } from './states.js'
import type { RunRow } from './wire.js'
import type { WireCheck } from './wire.js'
import { WireChecks, WireRuns, WireSuite, WireSuites } from './wire.js'

type SuiteRow = z.infer<typeof WireSuite>

/** A hundred suites of a hundred check runs: no commit anybody judges has more. */
const PAGE = 100

export const toRun = (row: RunRow): SuiteRun => ({
  id: row.id as RunId,
  workflow: row.workflow_id,
  path: row.path.split('@')[0] ?? row.path,
  event: row.event,
  createdAt: instantOf(row.created_at, 'a workflow run'),
  attempt: row.run_attempt ?? null,
  disabled: null,
})

/** The one run of a suite of Actions: reached by the suite, for a head does not list every run. */
async function runOfSuite({ client, root }: Repository, suite: SuiteRow): Promise<SuiteRun | null> {
  if (!appOf(suite.app?.id, suite.app?.slug).isActions) return null
  const path = `${root}/actions/runs`
  const { body } = await client.get(path, { check_suite_id: suite.id, per_page: 2 })
  const [only, ...more] = parseOne(WireRuns, body, `GET ${path}`).workflow_runs
  // A second one could be the newest: which of them the check runs are of is not known.
  if (more.length > 0)
    throw new ForgeError('unexpected-shape', `GET ${path}: suite ${suite.id} has several runs`)
  if (only === undefined) return null
  requireSame(`GET ${path}: run ${only.id}`, 'suite', only.check_suite_id, suite.id)
  return toRun(only)
}

async function seenOfSuite(
  repository: Repository,
  row: SuiteRow,
): Promise<{
  readonly suite: Suite
  readonly checks: readonly CheckRun[]
  readonly gaps: readonly Gap[]
}> {
  const run = await runOfSuite(repository, row)
  const suite: Suite = {
    id: row.id,
    app: appOf(row.app?.id, row.app?.slug),
    run,
    ...suiteStates(row.status, row.conclusion),
  }
  return { suite, ...(await checksOfSuite(repository, suite)) }
}

/** Ten pages hold a thousand check runs, executions of before included. */
const MAX_PAGES = 10

/** Every check run of a suite, page by page. Throws `ForgeError`. */
export async function checksOfSuite(
  { client, root }: Repository,
  suite: Suite,
): Promise<{ readonly checks: readonly CheckRun[]; readonly gaps: readonly Gap[] }> {
  const path = `${root}/check-suites/${suite.id}/check-runs`
  const read: ReadPage<CheckJson> = async (page, limit) => {
    const { body, at } = await client.get(path, { filter: 'all', per_page: limit, page })
    const { check_runs: found, total_count: total } = parseOne(WireChecks, body, `GET ${path}`)
    return { rows: found.map(checkOfRow), unreadable: 0, total, at }
  }
  const { rows, gap: missing } = await readPages(read, {
    keyed: checks => checks.map(check => [check.id ?? '', check]),
    most: MAX_PAGES,
    limit: PAGE,
    once: true,
  })
  const short = missing === null ? [] : [gap(shortSuite(suite.id), missing.cause, missing.detail)]
  return {
    checks: rows.flatMap(one => toCheck(one, suite) ?? []),
    gaps: [...short, ...withoutRun(suite, rows, rows.length)],
  }
}

const checkOfRow = (row: z.infer<typeof WireCheck>): CheckJson => ({
  id: row.id,
  name: row.name,
  status: row.status,
  conclusion: row.conclusion,
  startedAt: row.started_at,
  completedAt: row.completed_at,
  link: row.details_url,
})

/** The details of one commit by REST: more requests, and never too much at once. */
export async function detailsByRest(repository: Repository, sha: string): Promise<Details> {
  const { client, root } = repository
  const path = `${root}/commits/${sha}/check-suites`
  let at: Instant | null = null
  const found = await attempt(async (): Promise<Details> => {
    const answer = await client.get(path, { per_page: PAGE })
    at = answer.at
    const { check_suites: rows, total_count: total } = parseOne(
      WireSuites,
      answer.body,
      `GET ${path}`,
    )
    const short = rows.length < total ? [overflow('check suites', rows.length, total)] : []
    const each = await Promise.all(rows.map(row => seenOfSuite(repository, row)))
    return {
      at,
      hasStatus: true,
      suites: each.map(({ suite }) => suite),
      checks: each.flatMap(({ checks }) => checks),
      gaps: [...short, ...each.flatMap(({ gaps }) => gaps)],
    }
  })
  return found.ok ? found.value : lostDetails(gapOf('check suites', found.why), at)
}
