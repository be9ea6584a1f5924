import { created } from './arrivals.js'
import type { BlindSpot } from './blind.js'
import type { Bound } from './bound.js'
import { BUDGETS } from './bound.js'
import { atRest } from './calm.js'
import type { Programs } from './client.js'
import { openPrograms } from './client.js'
import type { Finding, Law } from './laws.js'
import { isAtRest, isExposed } from './laws.js'
import { emptyLog } from './log.js'
import type { State, World } from './model.js'
import { keyOf, openedPulls, worldOf } from './model.js'
import type { Missing } from './port.js'
import type { Profile } from './profile.js'
import { postJob } from './rows.js'
import { serverSteps } from './server.js'
import { told } from './trace.js'
import { fresh, remember, turns } from './turn.js'

/** A law that did not hold somewhere, with the shortest way there. */
export interface Hit {
  readonly law: Law
  readonly name: BlindSpot | ''
  readonly what: string
  readonly count: number
  readonly trace: readonly string[]
}

/** What an exploration found. */
export interface Explored {
  readonly bound: string
  readonly states: number
  readonly transitions: number
  readonly seconds: number
  /** The most steps any state is away from the start. */
  readonly depth: number
  readonly replays: number
  /** Did the exploration end because nothing new was left? */
  readonly complete: boolean
  readonly hits: readonly Hit[]
  /** What sweeps made of truly stale umbrellas at rest, by reason. */
  readonly progress: ReadonlyMap<string, number>
}

/** How an exploration may be stopped before its end. */
export interface Limits {
  readonly states?: number
  /** Stop at the first violation: the shortest trace is known then. */
  readonly firstViolation?: boolean
  /** Stop when this law is met broken in this blind spot. */
  readonly until?: { readonly law: Law; readonly spot: BlindSpot }
}

interface Next {
  readonly say: string
  readonly next: State
  readonly findings: readonly Finding[]
}

/** Every step anybody can take from here, in an order that never changes. */
async function stepsFrom(world: World, programs: Programs, state: State): Promise<readonly Next[]> {
  const found: Next[] = [...serverSteps(world, state)].map(({ say, next }) => ({
    say,
    next,
    findings: [],
  }))
  for (const at of state.clients.keys()) found.push(...(await turns(world, programs, state, at)))
  return found.map(step => ({ ...step, next: remember(world, programs, step.next) }))
}

/**
 * The first state: run 1 exists; with `stale` it has ended, its jobs green and its umbrella red.
 */
async function startOf(world: World, programs: Programs): Promise<State> {
  const clients = await Promise.all(
    world.bound.sweeps.map((_, at) => fresh(world, programs, at, 0)),
  )
  const log = emptyLog(world.contexts.length)
  const empty: State = {
    now: 0,
    runs: [],
    log,
    outbox: [],
    spent: '0'.repeat(BUDGETS.length),
    clients: [],
  }
  const [bare, batch] = created(world, empty, 1, false)
  let state = batch.posts.reduce((at, [job, was]) => postJob(world, at, 0, job, was), bare)
  if (world.bound.start === 'stale') {
    const bound: Bound = {
      ...world.bound,
      split: false,
      results: 'S',
      runs: 1,
      picks: false,
      may: { lie: 1 },
      ticks: null,
    }
    const calm: World = { ...world, bound }
    // Each job in its turn; the emitter after each; the umbrella fails, which is the second of its
    // two results.
    for (
      let steps = [...serverSteps(calm, state)];
      steps.length > 0;
      steps = [...serverSteps(calm, state)]
    ) {
      const step =
        steps.find(({ say }) => say.includes('emitter')) ??
        steps.find(({ say }) => say.includes('although')) ??
        steps[0]
      state = step?.next ?? state
    }
    state = { ...state, spent: empty.spent }
  }
  return { ...state, clients }
}

/**
 * Visits every state within a bound, breadth first, so that the first way to a finding is a
 * shortest one; checks the laws on every step and every state.
 */
export async function explore(
  profile: Profile,
  bound: Bound,
  missing: Missing = null,
  limits: Limits = {},
): Promise<Explored> {
  const began = performance.now()
  const world = worldOf(profile, bound)
  const programs = openPrograms(world, missing)
  const start = remember(world, programs, await startOf(world, programs))
  const seen = new Set([keyOf(start)])
  const parents: number[] = [-1]
  const choices: number[] = [-1]
  const depths: number[] = [0]
  let layer: { readonly at: number; readonly state: State }[] = [{ at: 0, state: start }]
  const hits = new Map<
    string,
    { hit: Omit<Hit, 'trace' | 'count'>; at: number; choice: number; count: number }
  >()
  const progress = new Map<string, number>()
  const rested = new Map<string, Awaited<ReturnType<typeof atRest>>>()
  let transitions = 0
  let complete = true

  const note = (finding: Finding, at: number, choice: number): void => {
    const key =
      `${finding.law} ${finding.name} ` +
      (finding.name === '' ? finding.what.replace(/\d+/g, '') : '')
    const known = hits.get(key)
    if (known === undefined) hits.set(key, { hit: finding, at, choice, count: 1 })
    else known.count += 1
  }

  async function checkState(state: State, at: number): Promise<void> {
    const umbrella = world.contexts.length - 1
    if (isExposed(world, state)) {
      const green = state.log.latest[umbrella] ?? 0
      if (state.clients.some(client => client.green === green && client.node !== 0)) {
        const what =
          'our success stands over a run that is not green, until the sweep that wrote it ' +
          'has looked back'
        note({ law: 'I2', name: 'post-window', what }, at, -1)
      }
    }
    if (
      !isAtRest(state) ||
      state.clients.some(({ node }) => node !== 0 && programs.at(node).answers.size > 0)
    )
      return
    const runs = state.runs.map(
      ({ pull, jobs, tasks, held, missing: owed }) =>
        `${pull}${jobs}${tasks}${held ? 'h' : ''}${owed}`,
    )
    const key = `${state.now}.${state.log.id}.${openedPulls(world, state)}.${runs.join('/')}`
    const result = rested.get(key) ?? (await atRest(world, missing, state))
    rested.set(key, result)
    for (const finding of result.findings) note(finding, at, -1)
    if (result.progress !== null)
      progress.set(result.progress, (progress.get(result.progress) ?? 0) + 1)
  }

  await checkState(start, 0)
  while (layer.length > 0 && complete) {
    const following: typeof layer = []
    for (const { at, state } of layer) {
      const steps = await stepsFrom(world, programs, state)
      for (const [choice, { next, findings }] of steps.entries()) {
        transitions += 1
        for (const finding of findings) note(finding, at, choice)
        const key = keyOf(next)
        if (seen.has(key)) continue
        seen.add(key)
        const place = parents.length
        parents.push(at)
        choices.push(choice)
        depths.push((depths[at] ?? 0) + 1)
        following.push({ at: place, state: next })
        await checkState(next, place)
      }
      const found = [...hits.values()].some(({ hit: { law, name } }) =>
        name === ''
          ? limits.firstViolation === true
          : name === limits.until?.spot && law === limits.until.law,
      )
      if (found || seen.size > (limits.states ?? Infinity)) {
        complete = false
        break
      }
    }
    layer = following
  }

  async function traceTo(at: number, choice: number): Promise<readonly string[]> {
    const path = choice === -1 ? [] : [choice]
    for (let place = at; place > 0; place = parents[place] ?? -1) path.unshift(choices[place] ?? -1)
    const lines: string[] = []
    let state = start
    for (const pick of path) {
      const step = (await stepsFrom(world, programs, state))[pick]
      if (step === undefined) throw new Error('a trace cannot be followed')
      lines.push(told(world, state, step.say, step.next))
      state = step.next
    }
    return lines
  }

  const list: Hit[] = []
  for (const { hit, at, choice, count } of hits.values())
    list.push({ ...hit, count, trace: await traceTo(at, choice) })
  return {
    bound: bound.name,
    states: seen.size,
    transitions,
    seconds: (performance.now() - began) / 1000,
    depth: depths.at(-1) ?? 0,
    replays: programs.replays(),
    complete,
    hits: list,
    progress,
  }
}
