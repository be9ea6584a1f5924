import type { BlindSpot } from './blind.js'
import type { Bound } from './bound.js'
import { atRest } from './calm.js'
import type { Programs } from './client.js'
import { remember } from './instance.js'
import type { Finding, Law } from './laws.js'
import { isAtRest, isExposed } from './laws.js'
import type { State, World } from './model.js'
import { keyOf } from './model.js'
import type { Missing } from './asking.js'
import { isReopened } from './rerun-laws.js'
import { serverSteps } from './server.js'
import { told } from './trace.js'
import { turns } from './turn.js'

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

/** A state, and its place among all that were reached. */
interface Place {
  readonly at: number
  readonly state: State
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

/** A finding where it was met first, and how often it was met. */
interface Met {
  readonly finding: Finding
  /** The state before it, and which step of it led there; -1 for the state itself. */
  readonly at: number
  readonly choice: number
  count: number
}

/** Every state of one world that was reached, and what was found on the way. */
export class Exploration {
  readonly #world: World
  readonly #programs: Programs
  readonly #missing: Missing
  readonly #start: State
  readonly #seen: Set<string>
  readonly #parents: number[] = [-1]
  readonly #choices: number[] = [-1]
  readonly #depths: number[] = [0]
  readonly #met = new Map<string, Met>()
  readonly #progress = new Map<string, number>()
  readonly #rested = new Map<string, Awaited<ReturnType<typeof atRest>>>()
  #transitions = 0
  #complete = true

  constructor(world: World, programs: Programs, missing: Missing, start: State) {
    this.#world = world
    this.#programs = programs
    this.#missing = missing
    this.#start = start
    this.#seen = new Set([keyOf(start)])
  }

  /** Visits layer after layer, until nothing new is left or a limit is met. */
  async visit(limits: Limits): Promise<void> {
    await this.#check(this.#start, 0)
    let layer: readonly Place[] = [{ at: 0, state: this.#start }]
    while (layer.length > 0 && this.#complete) {
      const following: Place[] = []
      for (const place of layer) {
        await this.#follow(place, following)
        if (this.#isEnough(limits)) {
          this.#complete = false
          break
        }
      }
      layer = following
    }
  }

  /** What was found, each finding with the shortest way there. */
  async told(bound: Bound, seconds: number): Promise<Explored> {
    const hits: Hit[] = []
    for (const { finding, at, choice, count } of this.#met.values())
      hits.push({ ...finding, count, trace: await this.#traceTo(at, choice) })
    return {
      bound: bound.name,
      states: this.#seen.size,
      transitions: this.#transitions,
      seconds,
      depth: this.#depths.at(-1) ?? 0,
      replays: this.#programs.replays(),
      complete: this.#complete,
      hits,
      progress: this.#progress,
    }
  }

  async #follow({ at, state }: Place, following: Place[]): Promise<void> {
    const steps = await stepsFrom(this.#world, this.#programs, state)
    for (const [choice, { next, findings }] of steps.entries()) {
      this.#transitions += 1
      for (const finding of findings) this.#note(finding, at, choice)
      const key = keyOf(next)
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      const place = this.#parents.length
      this.#parents.push(at)
      this.#choices.push(choice)
      this.#depths.push((this.#depths[at] ?? 0) + 1)
      following.push({ at: place, state: next })
      await this.#check(next, place)
    }
  }

  #isEnough(limits: Limits): boolean {
    const found = [...this.#met.values()].some(({ finding: { law, name } }) =>
      name === ''
        ? limits.firstViolation === true
        : name === limits.until?.spot && law === limits.until.law,
    )
    return found || this.#seen.size > (limits.states ?? Infinity)
  }

  #note(finding: Finding, at: number, choice: number): void {
    const { law, name, what } = finding
    const key = `${law} ${name} ${name === '' ? what.replace(/\d+/g, '') : ''}`
    const known = this.#met.get(key)
    if (known === undefined) this.#met.set(key, { finding, at, choice, count: 1 })
    else known.count += 1
  }

  /** The laws of a state, and what a sweep makes of it once nothing goes any more. */
  async #check(state: State, at: number): Promise<void> {
    const umbrella = this.#world.contexts.length - 1
    if (isExposed(this.#world, state)) {
      const green = state.log.latest[umbrella] ?? 0
      if (state.clients.some(client => client.green === green && client.node !== 0)) {
        const what =
          'our success stands over a run that is not green, until the sweep that wrote it ' +
          'has looked back'
        this.#note({ law: 'I2', name: 'post-window', what }, at, -1)
      }
    }
    if (isReopened(this.#world, state)) {
      const what =
        'what our re-run wrote stands over a newer run that is not green, until that run writes ' +
        'its own end'
      this.#note({ law: 'I2', name: 'rerun-window', what }, at, -1)
    }
    const busy = state.clients.some(
      ({ node }) => node !== 0 && this.#programs.at(node).answers.size > 0,
    )
    if (!isAtRest(state) || busy) return
    const runs = state.runs.map(
      ({ pull, file, jobs, tasks, held, missing: owed, attempt, ours }) =>
        `${pull}${file === 'ci.yml' ? '' : 't'}${jobs}${tasks}${held ? 'h' : ''}${owed}` +
        `.${attempt}${ours ? 'o' : ''}`,
    )
    const around = `${state.standing}${state.targets}${state.bases}`
    const key = `${state.now}.${state.log.id}.${around}.${runs.join('/')}`
    const result = this.#rested.get(key) ?? (await atRest(this.#world, this.#missing, state))
    this.#rested.set(key, result)
    for (const finding of result.findings) this.#note(finding, at, -1)
    if (result.progress !== null)
      this.#progress.set(result.progress, (this.#progress.get(result.progress) ?? 0) + 1)
  }

  async #traceTo(at: number, choice: number): Promise<readonly string[]> {
    const path = choice === -1 ? [] : [choice]
    for (let place = at; place > 0; place = this.#parents[place] ?? -1)
      path.unshift(this.#choices[place] ?? -1)
    const lines: string[] = []
    let state = this.#start
    for (const pick of path) {
      const step = (await stepsFrom(this.#world, this.#programs, state))[pick]
      if (step === undefined) throw new Error('a trace cannot be followed')
      lines.push(told(this.#world, state, step.say, step.next))
      state = step.next
    }
    return lines
  }
}
