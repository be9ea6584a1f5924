import type { JobKey, RunKey } from '../../model/ids.js'
import type { CheckEvidence } from '../../model/evidence.js'
import type { SignedRow } from '../../model/status.js'
import { newestFirst } from '../../model/status.js'
import type { JobResult } from '../job-result.js'
import { externalResult } from '../job-result.js'
import type { HeadChecks } from './head.js'
import type { ForeignCheck, Leg, RunSuite } from './legs.js'
import { producerName, runName, sortChecks } from './legs.js'
import { byRunStatuses } from './run-statuses.js'

/** Check runs, and the runs among them that write the umbrella. */
export interface ChecksRead {
  readonly kind: 'checks'
  readonly head: HeadChecks
  readonly umbrella: Carriers
  /** The newest run of each workflow that writes the umbrella, the newest first. */
  readonly group: readonly RunSuite[]
}

const sortedChecks = new WeakMap<CheckEvidence, HeadChecks>()

/** Sorts the check runs of a head once. */
export function readChecks(evidence: CheckEvidence): HeadChecks {
  const known = sortedChecks.get(evidence) ?? sort(evidence)
  sortedChecks.set(evidence, known)
  return known
}

/** Every status of the commit that was read, newest first, by its context in lower case. */
function statusesByName({
  latest,
  history,
}: CheckEvidence): ReadonlyMap<string, readonly SignedRow[]> {
  const rows = new Map([...latest, ...(history ?? [])].map(row => [row.id, row]))
  const byName = new Map<string, SignedRow[]>()
  if (rows.size === 0) return byName
  for (const row of newestFirst([...rows.values()])) {
    const name = row.context.toLowerCase()
    const same = byName.get(name)
    if (same === undefined) byName.set(name, [row])
    else same.push(row)
  }
  return byName
}

function sort(evidence: CheckEvidence): HeadChecks {
  const rows = statusesByName(evidence)
  const statuses = [...rows.values()].flatMap(([newest]) => newest ?? [])
  return { evidence, rows, statuses, ...sortChecks(evidence) }
}

/** What one leg says. */
function ofLeg({ suite, state, why, check, executions, name }: Leg): JobResult {
  const run = suite.key
  const what = `${name} of ${runName(suite)}`
  const unknown = (why: string): JobResult => ({ kind: 'unknown', run, pending: false, why })
  if (state === 'failure' && check.mayFail === 'unknown')
    return unknown(`${what} failed, and only a run tells whether it may`)
  switch (state) {
    case 'success':
    case 'failure':
    case 'cancelled':
    case 'skipped': {
      const job = { key: Number(check.id) as JobKey, id: check.id }
      return { kind: state, source: 'job', run, job, attempt: executions, row: null }
    }
    case 'open':
      return { kind: 'open', run, why: `a job of ${runName(suite)} is still going` }
    case 'action-required':
    case 'unknown':
      return unknown(why === '' ? `${what} ended in a way nobody knows` : why)
  }
}

const ended = (kind: 'failure' | 'cancelled', run: RunKey) =>
  ({
    kind,
    source: 'job',
    run,
    job: null,
    attempt: null,
    row: null,
  }) as const

/** Why a run that ended red has no job of a name. */
function whyNever(suite: RunSuite): string {
  if (suite.neverStarted) return `${runName(suite)} never started: its workflow file is not valid`
  const word = suite.state === 'cancelled' ? 'was cancelled' : 'failed'
  return `${runName(suite)} ${word} before it came to it`
}

/** What the newest run of every event says of a context, of each workflow that ever wrote it. */
function byProducers({ legs, newest }: HeadChecks, context: string): JobResult[] {
  const here = legs.filter(({ name }) => name === context)
  // Another event of the same workflow may not have come to the job yet, or ended without it.
  const workflows = new Set(here.map(({ suite }) => suite.run.workflow))
  return newest
    .filter(({ run }) => workflows.has(run.workflow))
    .map((suite): JobResult => {
      const leg = here.find(one => one.suite.id === suite.id)
      if (leg !== undefined) return ofLeg(leg)
      const run = suite.key
      const named = `${runName(suite)}, the newest of ${producerName(suite)},`
      if (suite.state === 'failure' || suite.state === 'cancelled')
        return { ...ended(suite.state, run), never: whyNever(suite) }
      if (suite.state === 'action-required')
        return { kind: 'open', run, why: `${named} waits for an approval` }
      return suite.state === 'open'
        ? { kind: 'open', run, why: `${named} has not come to it yet` }
        : { kind: 'unknown', run, pending: false, why: `${named} has no job of this name` }
    })
}

/** The strictest first: what any of several writers says against a context counts. */
const STRICT: readonly JobResult['kind'][] = [
  'failure',
  'cancelled',
  'open',
  'unknown',
  'disagree',
  'stranger',
  'missing',
  'skipped',
  'success',
]

const strictest = (results: readonly JobResult[]): JobResult =>
  [...results].sort((a, b) => STRICT.indexOf(a.kind) - STRICT.indexOf(b.kind))[0] ?? {
    kind: 'missing',
  }

/** What a check run of another app says. */
function byForeign({ check: { state }, app }: ForeignCheck): JobResult {
  if (state === 'open') return { kind: 'open', run: null, why: `${app.slug} has not finished` }
  const kind = state === 'success' || state === 'skipped' ? state : 'failure'
  return { kind, source: 'external', run: null, job: null, attempt: null, row: null }
}

/** Everything on a commit that carries one name. */
export interface Carriers {
  /** The jobs of Actions, the newest run first. */
  readonly legs: readonly Leg[]
  readonly foreign: readonly ForeignCheck[]
  /** The newest status. */
  readonly status: SignedRow | null
}

/** Everything on a commit that carries this name: statuses in any case. */
export function carriersOf({ legs, foreign, rows }: HeadChecks, context: string): Carriers {
  return {
    legs: legs
      .filter(({ name }) => name === context)
      .sort((a, b) => b.suite.run.id - a.suite.run.id),
    foreign: foreign.filter(({ check }) => check.name === context),
    status: rows.get(context.toLowerCase())?.[0] ?? null,
  }
}

/**
 * Jobs and checks whose name differs in case alone. Whether a merge takes them for the same is
 * documented nowhere (docs/github-facts.md, 2), so they prove nothing, and what they say against
 * the context counts.
 */
function vetoesInOtherCase(head: HeadChecks, context: string): readonly JobResult[] {
  const lower = context.toLowerCase()
  const isTwin = (name: string): boolean => name !== context && name.toLowerCase() === lower
  const names = new Set(head.legs.map(({ name }) => name).filter(isTwin))
  const twins = head.foreign.filter(({ check }) => isTwin(check.name))
  const said = [...[...names].flatMap(name => byProducers(head, name)), ...twins.map(byForeign)]
  return said.filter(({ kind }) => kind !== 'success' && kind !== 'skipped')
}

/** What counts for a context: every job of that name, every other app's check, and the status. */
export function resultForContext(
  head: HeadChecks,
  context: string,
  { foreign, status }: Carriers,
  isExternal: boolean,
): JobResult {
  const jobs = [
    ...byProducers(head, context),
    ...(status === null ? [] : byRunStatuses(head, context)),
  ]
  const posted =
    status === null || status.author.kind === 'actions' ? [] : [externalResult(status, 'status')]
  const others = [...foreign.map(byForeign), ...posted, ...vetoesInOtherCase(head, context)]
  if (isExternal || jobs.length > 0) return strictest([...jobs, ...others])
  const said = strictest(others)
  if (said.kind !== 'success' && said.kind !== 'skipped') return said
  // Green, but nobody who is known to write it did.
  const row = status?.id ?? foreign[0]?.check.id ?? 0
  return { kind: 'stranger', state: 'success', row: row as SignedRow['id'] }
}

/** All that carries a context, and what counts for it. */
export function contextOn(
  head: HeadChecks,
  context: string,
  isExternal: boolean,
): { readonly carriers: Carriers; readonly result: JobResult } {
  const carriers = carriersOf(head, context)
  return { carriers, result: resultForContext(head, context, carriers, isExternal) }
}
