import type { SignedRow } from '../../model/status.js'
import { isRed } from '../../model/status.js'
import type { JobResult } from '../job-result.js'

import type { RunSuite } from './legs.js'
import { producerName, runName } from './legs.js'
import type { HeadChecks } from './head.js'

const workflowAndEvent = ({ run }: RunSuite): string => `${run.workflow} ${run.event}`

/** Of every workflow and event of which some run posted, the newest run. */
export function newestOfWriters(
  runs: readonly RunSuite[],
  posted: ReadonlySet<number>,
): readonly RunSuite[] {
  const writers = new Set(runs.filter(({ run }) => posted.has(run.id)).map(workflowAndEvent))
  const newest = new Map([...runs].reverse().map(suite => [workflowAndEvent(suite), suite]))
  return [...writers].flatMap(writer => newest.get(writer) ?? [])
}

/** What a status that a run wrote says: only a newest run's own status counts. */
function byRunStatus({ newest }: HeadChecks, { state, id, author }: SignedRow): JobResult | null {
  if (author.kind !== 'actions') return null
  const suite = newest.find(one => one.key === author.run)
  const { run } = author
  const unknown = (why: string): JobResult => ({ kind: 'unknown', run, pending: false, why })
  if (suite === undefined) return unknown(`status ${id} was written by run ${run}, not the newest`)
  if (suite.state === 'open') return { kind: 'open', run, why: `${runName(suite)} is going` }
  // It may be of an attempt before the one that did not end green.
  if (state === 'success' && suite.state !== 'success')
    return unknown(`status ${id} says success, and ${runName(suite)} ended ${suite.state}`)
  if (state !== 'success' && !isRed(state)) return unknown(`status ${id} says ${state}`)
  const kind = state === 'success' ? 'success' : 'failure'
  return { kind, source: 'own-row', run, job: null, attempt: null, row: id }
}

/**
 * A newest run of a workflow and event whose older run posted the context, and that did not post it
 * itself: what it would say is not known, and the older one says nothing of it.
 */
function bySilentRuns(
  { runs }: HeadChecks,
  context: string,
  posted: ReadonlySet<number>,
): readonly JobResult[] {
  return newestOfWriters(runs, posted).flatMap((newest): readonly JobResult[] => {
    if (posted.has(newest.run.id)) return []
    const run = newest.key
    if (newest.state === 'open')
      return [{ kind: 'open', run, why: `${runName(newest)} has not posted it yet` }]
    const why = `${runName(newest)}, the newest of ${producerName(newest)}, did not post ${context}`
    return [{ kind: 'unknown', run, pending: false, why }]
  })
}

/**
 * The same for every workflow and event that ever posted the context: the newest status of each. An
 * older one of another is not lifted by it.
 */
export function byRunStatuses(head: HeadChecks, context: string): readonly JobResult[] {
  const { rows } = head
  const runs = new Map(head.runs.map(suite => [Number(suite.run.id), suite]))
  const seen = new Set<string>()
  const posted = new Set<number>()
  const said = (rows.get(context.toLowerCase()) ?? []).flatMap(row => {
    const { author } = row
    if (author.kind !== 'actions') return []
    const suite = runs.get(Number(author.run))
    posted.add(Number(author.run))
    const producer = suite?.producer ?? String(author.run)
    if (seen.has(producer)) return []
    seen.add(producer)
    return byRunStatus(head, row) ?? []
  })
  return [...said, ...bySilentRuns(head, context, posted)]
}
