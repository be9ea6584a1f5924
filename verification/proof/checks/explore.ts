import type { CheckFinding } from './laws.js'
import { againstRequest, atRest, isHealed, mustHeal } from './laws.js'
import type { Answer, Ask, Node, Program, Request } from './programs.js'
import { OURS, ProgramTree } from './programs.js'
import type { Budget, Step } from './steps.js'
import { again, stepsOf } from './steps.js'
import type { Bound, World } from './world.js'
import { GATE, isOpen, jobsOf, NOTHING } from './world.js'

/** One instance of us: where it is, and what the laws must know of it. */
interface Client {
  readonly node: Node
  readonly look: World | null
  readonly sent: number
}

interface State {
  readonly world: World
  readonly budget: Budget
  readonly clients: readonly Client[]
}

/** A finding with the shortest way into it. */
interface CheckHit extends CheckFinding {
  readonly count: number
  readonly trace: readonly string[]
}

/** What an exploration of one bound saw. */
export interface CheckReport {
  readonly bound: string
  readonly states: number
  readonly transitions: number
  readonly sent: number
  readonly hits: readonly CheckHit[]
}

const LOOKS: readonly Request['kind'][] = ['first-look', 'study', 'second-look']

/** What a request of a program does to the world. */
function effectOf(bound: Bound, world: World, request: Request): Answer {
  if (request.kind === 'post') {
    const { state, description } = request.post
    const row = { by: 'us', state, run: -1, description, posted: null } as const
    const rows = [...world.rows, row]
    return { world: { ...world, rows }, refused: false }
  }
  if (request.kind !== 'rerun') return { world, refused: false }
  const at = Number(request.write.run) - 10
  const run = world.runs[at]
  if (run === undefined || run.held || isOpen(run)) return { world, refused: true }
  const names = jobsOf(bound, run.workflow)
  const jobs = names.flatMap((name, job) => (request.write.wholeRun || name === GATE ? [job] : []))
  const runs = world.runs.map((one, index) => (index === at ? again(run, jobs) : one))
  return { world: { ...world, runs }, refused: false }
}

const keyOf = ({ world, budget, clients }: State): string =>
  JSON.stringify([
    world,
    budget,
    clients.map(({ node, look, sent }) => [node.ended === null ? node.id : -1, look, sent]),
  ])

/** Visits every state within a bound, breadth first, and asks the laws at every step. */
export class CheckExploration {
  private readonly trees: readonly ProgramTree[]
  private readonly seen = new Map<string, { from: string | null; say: string }>()
  private readonly hits = new Map<string, CheckHit>()
  private readonly calmed = new Map<string, Promise<World>>()
  private transitions = 0
  private sent = 0

  private readonly bound: Bound
  private readonly program: Program

  constructor(bound: Bound, program: Program = OURS) {
    this.bound = bound
    this.program = program
    this.trees = Array.from(
      { length: bound.instances },
      (_, at) => new ProgramTree(bound, program, `nonc${at}`),
    )
  }

  async visit(): Promise<CheckReport> {
    const clients = await Promise.all(
      this.trees.map(async tree => ({ node: await tree.root(), look: null, sent: 0 })),
    )
    const budget = { ...this.bound.may, runs: this.bound.runs }
    const start: State = { world: { runs: [], rows: [] }, budget, clients }
    this.seen.set(keyOf(start), { from: null, say: '' })
    const queue = [start]
    for (let state = queue.shift(); state !== undefined; state = queue.shift())
      for (const { say, next } of await this.successors(state)) {
        this.transitions += 1
        const key = keyOf(next)
        if (this.seen.has(key)) continue
        this.seen.set(key, { from: keyOf(state), say })
        queue.push(next)
      }
    const { transitions, sent } = this
    const hits = [...this.hits.values()]
    return { bound: this.bound.name, states: this.seen.size, transitions, sent, hits }
  }

  private async successors(state: State): Promise<{ say: string; next: State }[]> {
    const { world, budget } = state
    const outside: Step[] = [...stepsOf(this.bound, world, budget)]
    const next = outside.map(step => ({
      say: step.say,
      next: { ...state, world: step.world, budget: step.budget },
    }))
    for (const [at, client] of state.clients.entries()) {
      const { waiting } = client.node
      if (waiting !== null) next.push(await this.asked(state, { at, client, request: waiting }))
    }
    const going = world.runs.some(isOpen)
    if (!going && state.clients.every(({ node }) => node.ended !== null)) await this.rest(state)
    return next
  }

  private async asked(
    state: State,
    { at, client, request }: { at: number; client: Client; request: Request },
  ): Promise<{ say: string; next: State }> {
    const { look, sent } = client
    const say = `sweep ${at + 1}: ${request.kind}`
    for (const finding of againstRequest(this.bound, request, { look, now: state.world, sent }))
      this.hit(finding, state, say)
    const answer = effectOf(this.bound, state.world, request)
    if (request.kind === 'rerun' || request.kind === 'post') this.sent += 1
    const tree = this.trees[at]
    if (tree === undefined) throw new Error('an instance has a program')
    const moved: Client = {
      node: await tree.after(client.node, answer),
      look: LOOKS.includes(request.kind) ? state.world : look,
      sent: sent + (request.kind === 'rerun' ? 1 : 0),
    }
    const clients = state.clients.map((one, index) => (index === at ? moved : one))
    return { say, next: { ...state, world: answer.world, clients } }
  }

  /** Nothing goes on: two more sweeps, with what runs after them, must leave the world right. */
  private async rest(state: State): Promise<void> {
    let { world } = state
    for (const nonce of ['calm1', 'calm2', 'calm3']) world = await this.calm(world, nonce)
    for (const finding of atRest(this.bound, world)) this.hit(finding, state, 'two calm sweeps')
    if (mustHeal(this.bound, state.world) && !isHealed(this.bound, world))
      this.hit({ law: 'I6', what: 'the umbrella stays red' }, state, 'two calm sweeps')
  }

  /** One whole sweep while nothing else happens; the same world comes to rest again and again. */
  private calm(world: World, nonce: string): Promise<World> {
    const key = `${nonce} ${JSON.stringify(world)}`
    const found = this.calmed.get(key) ?? this.swept(world, nonce)
    this.calmed.set(key, found)
    return found
  }

  /** Whatever a sweep starts runs to its end before the next answer. */
  private async swept(world: World, nonce: string): Promise<World> {
    let now = world
    const ask: Ask = request => {
      const answer = effectOf(this.bound, now, request)
      now = settled(this.bound, answer.world)
      return Promise.resolve(answer)
    }
    await this.program(this.bound, ask, nonce)
    return now
  }

  private hit(finding: CheckFinding, state: State, say: string): void {
    const key = `${finding.law} ${finding.what}`
    const known = this.hits.get(key)
    const trace = known?.trace ?? [...this.way(keyOf(state)), say]
    this.hits.set(key, { ...finding, trace, count: (known?.count ?? 0) + 1 })
  }

  private way(key: string): readonly string[] {
    const found = this.seen.get(key)
    return found?.from == null ? [] : [...this.way(found.from), found.say]
  }
}

/** Every job that runs comes to its end, a work job green. */
function settled(bound: Bound, world: World): World {
  const calm = { ...NOTHING, runs: 0 }
  for (let now = world; ;) {
    const [step] = [...stepsOf(bound, now, calm)].filter(({ say }) => !say.includes('approved'))
    if (step === undefined) return now
    now = step.world
  }
}
