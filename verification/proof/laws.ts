import type { StatusPost } from '../../src/core/plan/remedy.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { BlindSpot } from './blind.js'
import { coveredUnseen, misfitHidden } from './blind.js'
import { baseOf } from './comings.js'
import type { LAWS } from './law-names.js'
import type { Row } from './log.js'
import { latestRow, rowAt, rowsAbove } from './log.js'
import type { Client, State, World } from './model.js'
import { isOver } from './model.js'
import { culprits, mayStand, misfitNow, runsThatCount } from './truth.js'

export type Law = keyof typeof LAWS

/**
 * What the checker saw: a law that does not hold here, and the blind spot that names it; `''` makes
 * it a violation.
 */
export interface Finding {
  readonly law: Law
  readonly name: BlindSpot | ''
  readonly what: string
}

/** Does a required job of any newest run lack its green now? */
function requiredIsRed(world: World, state: State): boolean {
  return runsThatCount(state).some(at => {
    const run = state.runs[at]
    return run !== undefined && culprits(world, run).some(job => job !== world.umbrella)
  })
}

/** What the newest run lacks now. */
function faultOf(world: World, state: State): string {
  return requiredIsRed(world, state)
    ? 'was every required job of the newest run green'
    : 'had the umbrella of the newest run, all of whose required jobs were green, ' +
        'come to its end'
}

/** What does not fit now, in words. */
function sayMisfit(world: World, state: State): string {
  const misfit = misfitNow(world, state)
  if (misfit === null) return 'did all of it fit together'
  const { pull, kind } = misfit
  return kind === 'need'
    ? `did pull request ${pull} have every job that the umbrella needs on ${baseOf(state, pull)}`
    : `did pull request ${pull} have a run of its own`
}

/**
 * What a row of ours on the umbrella stands in for: the newest row of others below it; another
 * tool's success lifts no veto.
 */
function stoodBelow(
  world: World,
  state: State,
  ours: number,
): (Row & { readonly id: number }) | null {
  const umbrella = world.contexts.length - 1
  return (
    rowsAbove(state.log, 0).find(
      ({ id, context, by, state: is }) =>
        id < ours && context === umbrella && by !== 'us' && (is !== 'success' || by === 'actions'),
    ) ?? null
  )
}

/**
 * Is what a success of ours was decided on a red of somebody else, or a row of ours that stands in
 * for one?
 */
export function vetoUnder(world: World, state: State, post: StatusPost): readonly Finding[] {
  const red = readMarker(post.description)?.red ?? 0
  const decided = rowAt(state.log, red)
  const stood = decided.by === 'us' ? stoodBelow(world, state, red) : { ...decided, id: red }
  if (stood === null || stood.by === 'actions') return []
  return [
    {
      law: 'I5',
      name: '',
      what: `success is written over row ${stood.id}, which is not Actions' own`,
    },
  ]
}

/** What must hold of those who stand on the head when anything is sent. */
export function aroundAtWrite(
  world: World,
  state: State,
  client: Client,
  sent: string,
): readonly Finding[] {
  if (client.fits === 2) return []
  const name = misfitHidden(client.fits)
  const what = `${sent}, and at no instant since the last list ${sayMisfit(world, state)}`
  return [{ law: 'I9', name, what }]
}

/** What must hold when a success of ours is written. */
export function atSuccess(
  world: World,
  state: State,
  client: Client,
  post: StatusPost,
): readonly Finding[] {
  const found: Finding[] = []
  const hidden = client.shown === 0 ? (client.hidden as BlindSpot | '') : ''
  // Rows of the model always look old, so the rule of twenty silent minutes is always met; job rows
  // need no such rule.
  const silent = world.profile.grade !== 'jobs' && !requiredIsRed(world, state)
  const when = client.okFirst > 0 ? 'during the last look' : 'since the first look'
  if ((client.okFirst === 0 || client.okLast === 0) && !silent)
    found.push({
      law: 'I1',
      name: hidden,
      what: `success is written, and at no instant ${when} ${faultOf(world, state)}`,
    })
  else if (client.okFirst === 1 || client.okLast === 1) {
    const what =
      'success is written, and nobody vouches for an umbrella that the newest run itself judged red'
    found.push({ law: 'I8', name: hidden, what })
  }
  found.push(...aroundAtWrite(world, state, client, 'success is written'))
  if (client.greens > 0) found.push({ law: 'I3', name: '', what: 'a second success in one sweep' })
  if (client.gapped)
    found.push({
      law: 'I4',
      name: '',
      what: 'success is written after an answer that was an error',
    })
  found.push(...vetoUnder(world, state, post))
  return found
}

/**
 * What must hold when a sweep of ours has ended without a fault: nothing that came in before our
 * success is covered by it.
 */
export function atEnd(world: World, state: State, client: Client): readonly Finding[] {
  if (client.gapped || client.greens === 0) return []
  const umbrella = world.contexts.length - 1
  const latest = state.log.latest[umbrella] ?? 0
  const between = rowsAbove(state.log, client.looked).filter(
    ({ id, by }) => id < client.green && by !== 'us',
  )
  const top = between.find(({ context }) => context === umbrella)
  if (latest === client.green) {
    // What the server itself opened in between is left to the next sweep.
    const isOpened = top?.by === 'actions' && top.state === 'success'
    if (client.fits < 2 && !isOpened && !addsNothing(world, state, latest)) {
      const name = misfitHidden(client.fits)
      const what =
        'the look back leaves our success, and at no instant since it was written ' +
        sayMisfit(world, state)
      return [{ law: 'I10', name, what }]
    }
    const notGreen = between.filter(row => row.state !== 'success')
    const covered = notGreen.find(({ context }) => context === umbrella) ?? notGreen[0]
    if (covered === undefined || top?.state === 'success') return []
    const what = `row ${covered.id} came in before our success, and our success covers it`
    return [{ law: covered.by === 'person' ? 'I5' : 'I2', name: '', what }]
  }
  const now = latestRow(state.log, umbrella)
  const stood = stoodBelow(world, state, state.log.size + 1)
  // Another instance's success on top is that instance's to take back.
  if (
    now?.by === 'us' &&
    now.state !== 'success' &&
    stood !== null &&
    stood.by !== 'actions' &&
    stood.id > client.looked &&
    (stood.state === 'failure' || stood.state === 'error') &&
    now.state !== stood.state
  ) {
    return [
      {
        law: 'I5',
        name: coveredUnseen(state, umbrella, stood),
        what:
          `row ${stood.id}, which is not Actions' own, was ${stood.state}, put back is ` +
          now.state,
      },
    ]
  }
  return []
}

/** Nothing but a person, a fault or time could change anything: no job goes, no write is owed. */
export function isAtRest(state: State): boolean {
  return (
    state.outbox.length === 0 &&
    state.runs.every(
      ({ held, due, snap, jobs }) =>
        held || (!due && snap === '' && Array.from(jobs).every(job => isOver(job) || job === 'B')),
    )
  )
}

/**
 * Does the server's own success stand right below ours, while the newest run on the head is green?
 * Then ours opens nothing: the server itself opened the one gate that all pull requests on the head
 * have. Whichever run it is of: a second pull request without a run found the gate open.
 */
function addsNothing(world: World, state: State, ours: number): boolean {
  const below = stoodBelow(world, state, ours)
  const newest = state.runs.at(-1)
  return (
    below?.by === 'actions' &&
    below.state === 'success' &&
    newest !== undefined &&
    culprits(world, newest).length === 0
  )
}

/** Is the umbrella green by our hand while it may not be? */
export function isExposed(world: World, state: State): boolean {
  const umbrella = world.contexts.length - 1
  const row = latestRow(state.log, umbrella)
  return (
    row?.by === 'us' &&
    row.state === 'success' &&
    !mayStand(world, state) &&
    !addsNothing(world, state, state.log.latest[umbrella] ?? 0)
  )
}
