import type { CheckRun, CheckState, Suite } from '../../../src/core/model/check.js'
import type { CheckEvidence, Pull } from '../../../src/core/model/evidence.js'
import { asJobId, asRowId, asRunId, asRunKey, asJobKey } from '../../../src/core/model/ids.js'
import { readMarker } from '../../../src/core/model/marker.js'
import type { Server } from '../../../src/core/model/server.js'
import type { SignedRow } from '../../../src/core/model/status.js'
import type { Instant } from '../../../src/core/model/time.js'
import { hours } from '../../../src/core/model/time.js'
import type { Bound, Row, Run, World } from './world.js'
import { isOpen, jobsOf, startOf } from './world.js'

export const SHA = 'a'.repeat(40)
const NOW = (Date.parse('2026-05-14T12:00:00Z') + 0) as Instant
/** Everything looks an hour old: that allows a client the most. */
const BEFORE = (NOW - hours(1)) as Instant

export const PULL: Pull = {
  number: 1,
  title: 'a change',
  head: SHA,
  base: 'main',
  baseSha: 'b',
  draft: false,
}

export const SERVER: Server = {
  kind: 'github',
  version: '',
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

const STATES: Readonly<Record<string, CheckState>> = {
  '-': 'open',
  S: 'success',
  F: 'failure',
  C: 'cancelled',
}

/** The id of a run: in the order in which runs begin. */
const runId = (at: number): number => 10 + at

/** The id of an execution: a late one of an older run has a higher id than one of a newer run. */
export const jobId = (at: number, job: number, execution: number): number =>
  1000 * (execution + 1) + 100 * (9 - at) + job

function suiteOf(at: number, run: Run): Suite {
  const state: CheckState = run.held ? 'action-required' : isOpen(run) ? 'open' : 'success'
  return {
    id: 500 + at,
    app: { id: 1, slug: 'a', isActions: true },
    state,
    neverStarted: false,
    run: {
      id: asRunId(runId(at)),
      workflow: run.workflow,
      path: 'ci.yml',
      event: 'pull_request',
      createdAt: BEFORE,
      attempt: run.attempt,
      disabled: false,
    },
  }
}

function checksOf(bound: Bound, at: number, run: Run): CheckRun[] {
  return run.jobs.flatMap((executions, job) =>
    executions.split('').map((end, execution): CheckRun => {
      const startedAt = (BEFORE + startOf(at, execution + 1)) as Instant
      return {
        id: asJobId(jobId(at, job, execution)),
        suite: 500 + at,
        startedAt,
        name: jobsOf(bound, run.workflow)[job] ?? '',
        state: STATES[end] ?? 'unknown',
        // A job takes no time: what came before a row had ended by then.
        completedAt: end === '-' ? null : startedAt,
        attempt: execution + 1,
        isJob: true,
        isListed: true,
        taken: true,
      }
    }),
  )
}

/** A status with its author, as the adapter would sign it. */
export function signedRow({ by, state, run, description, posted }: Row, at: number): SignedRow {
  const mark = readMarker(description)
  const author: SignedRow['author'] =
    mark !== null
      ? { kind: 'us', mark }
      : by === 'actions'
        ? {
            kind: 'actions',
            run: asRunKey(runId(run)),
            job: asJobKey(0),
            took: null,
            phase: state === 'success' ? 'success' : 'failure',
          }
        : { kind: 'foreign' }
  return {
    id: asRowId(at + 1),
    context: 'all-required',
    state,
    description,
    targetUrl: '',
    creator: by,
    createdAt: (BEFORE + (posted ?? 0)) as Instant,
    author,
    phantom: false,
  }
}

/** The commit as one look shows it. */
export function evidenceOf(bound: Bound, world: World): CheckEvidence {
  const rows = world.rows.map(signedRow)
  return {
    kind: 'checks',
    sha: SHA,
    observedAt: NOW,
    pulls: [PULL],
    traits: SERVER.traits,
    runs: [],
    bases: {},
    latest: rows,
    history: rows,
    needs: new Map(),
    work: new Map(),
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    gaps: [],
    studied: true,
    required: [],
    suites: world.runs.map((run, at) => suiteOf(at, run)),
    checks: world.runs.flatMap((run, at) => checksOf(bound, at, run)),
  }
}
