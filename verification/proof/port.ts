import type { RerunWrite } from '../../src/core/plan/remedy.js'
import type { EventSuffix } from '../../src/core/model/job.js'
import { success } from '../../src/core/model/result.js'
import type { GiteaApi } from '../../src/forge/gitea/api.js'
import type { OpenPulls } from '../../src/forge/port.js'
import type { Session } from './around-port.js'
import { openPulls, pullNow, refs, tipOf } from './around-port.js'
import { emptyState } from './comings.js'
import type { World } from './model.js'
import { NAMING, serverOf, workflowsOf } from './described.js'
import type { Ask, Missing, Request } from './asking.js'
import { READ } from './view.js'

/** Where workflows lie. */
const FOLDER = '.gitea/workflows'

const timeOf = ({ world, start }: Session): ReturnType<typeof READ.latestRows>['at'] =>
  READ.latestRows(world, start).at

/**
 * Without an eye for other pulls, their runs are nobody's: no event of theirs writes a context of
 * ours.
 */
function owned<Row extends { readonly pull: number | null; readonly suffix: EventSuffix }>(
  { missing, listed }: Session,
  row: Row,
): Row {
  return missing !== 'one-list' || listed?.pulls.some(({ number }) => number === row.pull) === true
    ? row
    : { ...row, pull: null, suffix: null }
}

/** A read; without a second look the reads after `pull` are the first ones again. */
async function read(session: Session, request: Request): Promise<unknown> {
  const { missing, second, over, first, ask } = session
  if (missing !== 'second-look') return ask(request)
  if (second && !over)
    return request.kind === 'history'
      ? { value: [], gaps: [], at: timeOf(session) }
      : first.get(request.kind)
  const answer = ask(request)
  if (!first.has(request.kind)) first.set(request.kind, answer)
  return answer
}

async function history(session: Session, above: number): Promise<ReturnType<typeof READ.history>> {
  if (session.missing !== 'history')
    return (await read(session, { kind: 'history', above })) as ReturnType<typeof READ.history>
  const latest = (await read(session, { kind: 'latestRows' })) as ReturnType<typeof READ.latestRows>
  return { ...latest, value: latest.value.filter(({ id }) => id > above) }
}

/** One job, once; a client that lacks either sends more. */
async function rerun({ ask, missing }: Session, { run, job }: RerunWrite): Promise<void> {
  const request = { kind: 'rerun', run, job, whole: missing === 'one-job' } as const
  try {
    await ask(request)
  } catch (error) {
    if (missing !== 'once') throw error
    await ask(request)
  }
}

/** A client that takes the first run's word sees nothing of the others. */
type RowsRead = ReturnType<typeof READ.latestRows>
const firstRunOnly = (found: RowsRead): RowsRead => ({
  ...found,
  value: found.value.filter(({ targetUrl }) => !/runs\/[2-9]/.test(targetUrl)),
})

async function runs(session: Session): Promise<ReturnType<typeof READ.runs>> {
  const found = (await read(session, { kind: 'runs' })) as ReturnType<typeof READ.runs>
  if (!session.world.bound.splitRuns || session.missing !== null)
    return { ...found, value: found.value.map(run => owned(session, run)) }
  const value = await Promise.all(
    found.value.map(async run => {
      const asked = session.ask({ kind: 'jobs', run: run.key })
      const later = (await asked) as ReturnType<typeof READ.runs>
      return { ...run, jobs: later.value.find(({ key }) => key === run.key)?.jobs ?? [] }
    }),
  )
  return { ...found, value }
}

/** A sweep that has asked nothing yet. */
function sessionOf(world: World, missing: Missing, ask: Ask): Session {
  return {
    world,
    missing,
    ask,
    start: emptyState(world),
    first: new Map<string, Promise<unknown>>(),
    second: false,
    over: false,
    listed: null,
  }
}

/** The list before a write and, by the same calls, behind it: it tells all there is. */
async function listedAgain(session: Session, missing: Missing): Promise<OpenPulls> {
  if (session.second) return openPulls(session, 'pullsOn')
  if (missing === 'second-look') await session.ask({ kind: 'pull', number: 1 })
  session.second = true
  return openPulls(session, 'openPulls')
}

/**
 * The calls our real adapter is given. What cannot change in the model is answered at once;
 * everything else is asked, one call one step.
 */
export function portOf(world: World, missing: Missing, ask: Ask, end: () => void): GiteaApi {
  const session = sessionOf(world, missing, ask)
  return {
    server: serverOf(world),
    // One list tells everything here, before a write and behind it.
    dialect: { ...world.profile.dialect, dearPullList: false },
    naming: NAMING,
    folders: [FOLDER],
    sweepFile: null,
    defaultBranch: () => Promise.resolve('main'),
    requiredToMerge: () => Promise.resolve([]),
    openRuns: () => Promise.resolve([]),
    rerun: write => rerun(session, write),
    listPulls: () => openPulls(session, 'openPulls'),
    // Before a write, as the first of what is looked at again.
    openPulls: () => listedAgain(session, missing),
    pullsByRef: () => refs(session),
    commitOf: branch => tipOf(session, branch),
    changedOffer: () => Promise.resolve(null),
    // The list tells everything here.
    wholePull: () => Promise.reject(new Error('no pull request is read by itself')),
    pull: number => pullNow(session, number),
    latestRows: async () => {
      const found = (await read(session, { kind: 'latestRows' })) as RowsRead
      return missing === 'newer-run' ? firstRunOnly(found) : found
    },
    history: async (_sha, above) => {
      const found = await history(session, above)
      return missing === 'newer-run' ? firstRunOnly(found) : found
    },
    historyPage: async () => ({ ...(await history(session, 0)), complete: true, page: null }),
    runs: async () => {
      const found = await runs(session)
      return missing === 'newer-run' ? { ...found, value: found.value.slice(0, 1) } : found
    },
    tasks: async () => {
      const found = (await read(session, { kind: 'tasks' })) as ReturnType<typeof READ.tasks>
      return { ...found, value: found.value.map(task => owned(session, task)) }
    },
    failedHeads: async () =>
      world.profile.byRerun
        ? ((await ask({ kind: 'failedHeads' })) as ReturnType<typeof READ.failedHeads>)
        : { value: [], gaps: [], at: timeOf(session) },
    workflows: commit => Promise.resolve(success(workflowsOf(world, commit))),
    rawWorkflows: () => Promise.resolve([]),
    workflow: (path, commit) =>
      Promise.resolve(
        workflowsOf(world, commit).find(file => path.replace(`${FOLDER}/`, '') === file.path) ??
          null,
      ),
    post: async post => {
      const answer = (await ask({ kind: 'post', post })) as Awaited<ReturnType<GiteaApi['post']>>
      session.over = true
      if (missing !== 'read-back') return answer
      end()
      return new Promise(() => undefined)
    },
  }
}
