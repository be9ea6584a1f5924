import { answerTo, sayOf } from './answers.js'
import { hiddenBy, isShown } from './blind.js'
import type { Node, Programs } from './client.js'
import type { Finding } from './laws.js'
import { atEnd, atSuccess } from './laws.js'
import type { Client, State, World } from './model.js'
import { isGreen, left, spend } from './model.js'
import type { Answer, Request } from './port.js'
import type { Step } from './step.js'

/** A step of ours, and what the checker saw in it. */
export interface Turn extends Step {
  readonly findings: readonly Finding[]
}

/** A nonce per instance and sweep, so that a row tells who wrote it. */
const nonceOf = (client: number, sweep: number): string => `i${client + 1}s${sweep + 1}`

/** An instance before a sweep, or one that has none left. */
export async function fresh(
  world: World,
  programs: Programs,
  at: number,
  sweep: number,
): Promise<Client> {
  const node =
    sweep < (world.bound.sweeps[at] ?? 0) ? (await programs.root(nonceOf(at, sweep))).id : 0
  return {
    node,
    sweep,
    okFirst: false,
    begun: false,
    okBatch: false,
    okLast: false,
    hidden: '',
    shown: 0,
    looked: 0,
    greens: 0,
    undos: 0,
    green: 0,
    gapped: false,
  }
}

/** Has this instance asked anything yet in its sweep? */
export function hasBegun(programs: Programs, { node }: Client): boolean {
  return node !== 0 && programs.at(node).answers.size > 0
}

/**
 * The state with what the checker must remember of this instant: was everything green while an
 * instance was looking?
 */
export function remember(world: World, programs: Programs, state: State): State {
  const due = (client: Client): boolean =>
    hasBegun(programs, client) && (!client.okFirst || (client.begun && !client.okBatch))
  if (!state.clients.some(due) || !isGreen(world, state)) return state
  const seen = (client: Client): Client => ({
    ...client,
    okFirst: true,
    okBatch: client.begun || client.okBatch,
  })
  return { ...state, clients: state.clients.map(client => (due(client) ? seen(client) : client)) }
}

/**
 * Every step one instance of us can take next: one request of its look, or the whole look where the
 * bound says so.
 */
export async function turns(
  world: World,
  programs: Programs,
  state: State,
  at: number,
): Promise<readonly Turn[]> {
  const look = world.bound.atOnce ? lookOf(programs, state, at) : null
  if (look === null) return requests(world, programs, state, at)
  let turn: Turn = { say: '', willed: false, next: state, findings: [] }
  while (lookOf(programs, turn.next, at) === look) {
    const [first] = await requests(world, programs, turn.next, at)
    if (first === undefined) break
    turn = {
      ...first,
      say: `${turn.say}${turn.say === '' ? '' : '; '}${first.say}`,
      findings: [...turn.findings, ...first.findings],
    }
  }
  return [turn]
}

/**
 * Which look of which sweep an instance is at: its reads have the same number. `null` when it does
 * not read.
 */
function lookOf(programs: Programs, { clients }: State, at: number): string | null {
  const { node, sweep } = clients[at] ?? { node: 0, sweep: 0 }
  const waiting = node === 0 ? [] : programs.at(node).waiting
  const numbers = new Set(waiting.map(({ name }) => name.slice(name.indexOf('#'))))
  return numbers.size === 1 && waiting.every(({ request }) => request.kind !== 'post')
    ? `${sweep}${[...numbers].join('')}`
    : null
}

const whoIs = (at: number): string => (at === 0 ? 'we' : 'we (second instance)')

/** Every request one instance of us can have answered next. */
async function requests(
  world: World,
  programs: Programs,
  state: State,
  at: number,
): Promise<readonly Turn[]> {
  const client = state.clients[at]
  if (client === undefined || client.node === 0) return []
  const node = programs.at(client.node)
  const who = whoIs(at)
  const found: Turn[] = []
  const put = (from: State, change: Client): State => ({
    ...from,
    clients: from.clients.map((old, place) => (place === at ? change : old)),
  })

  async function take(
    say: string,
    from: State,
    { name, request }: Node['waiting'][number],
    key: string,
    answer: Answer,
    change: Partial<Client>,
    before: readonly Finding[],
  ): Promise<void> {
    const step = programs.after(node, name, key, answer)
    const then = step instanceof Promise ? await step : step
    const moved = moveOn(world, from, client as Client, node, then, request, change)
    const findings = [...before]
    if (then.ended === null) found.push({ say, willed: false, next: put(from, moved), findings })
    else {
      findings.push(...atEnd(world, from, moved))
      const next = put(from, await fresh(world, programs, at, moved.sweep + 1))
      found.push({
        say: `${say}; the sweep ends: ${then.ended.reason}, ${then.ended.outcome}`,
        willed: false,
        next,
        findings,
      })
    }
  }

  for (const asked of node.waiting) {
    const { request } = asked
    const { next, key, answer } = answerTo(world, state, request)
    const say = sayOf(request, who)
    if (request.kind !== 'post') {
      await take(say, next, asked, key, answer, {}, [])
    } else {
      const success = request.post.state === 'success'
      const seen: readonly Finding[] = success
        ? atSuccess(world, state, client, request.post)
        : client.undos > 0
          ? [{ law: 'I3', name: '', what: 'taken back twice in one sweep' }]
          : []
      const change = success
        ? { greens: client.greens + 1, green: next.log.size }
        : { undos: client.undos + 1 }
      await take(say, next, asked, key, answer, change, seen)
      if (left(world, state, 'fault') > 0) {
        const gapped = { ...change, gapped: true }
        await take(
          `${say}, and the answer is lost`,
          spend(next, 'fault'),
          asked,
          'lost',
          { error: 'timeout' },
          gapped,
          seen,
        )
      }
    }
    if (left(world, state, 'fault') > 0) {
      await take(
        `${say}: no answer`,
        spend(state, 'fault'),
        asked,
        'error',
        { error: 'unreachable' },
        { gapped: true },
        [],
      )
    }
  }
  if (left(world, state, 'die') > 0 && node.answers.size > 0) {
    const next = put(spend(state, 'die'), await fresh(world, programs, at, client.sweep + 1))
    found.push({ say: `${who} die in the middle of the sweep`, willed: true, next, findings: [] })
  }
  return found
}

/** What the checker knows of an instance after an answer. */
function moveOn(
  world: World,
  state: State,
  client: Client,
  before: Node,
  after: Node,
  request: Request,
  change: Partial<Client>,
): Client {
  const green = isGreen(world, state)
  const rows = request.kind === 'latestRows' || request.kind === 'history'
  // A run's jobs are asked for after the list of runs, tasks after the rows: they belong to the
  // same look.
  const last =
    before.waiting.length === 1 &&
    !after.waiting.some(({ request: { kind } }) => kind === 'jobs' || kind === 'tasks')
  const okBatch = (client.begun && client.okBatch) || green
  const { kind } = request
  const bit = kind === 'tasks' ? 1 : 2
  return {
    ...client,
    node: after.id,
    okFirst: client.okFirst || green,
    begun: !last,
    okLast: last ? okBatch : client.okLast,
    okBatch: !last && okBatch,
    hidden: !rows ? client.hidden : green ? '' : hiddenBy(world, state),
    shown:
      kind !== 'tasks' && kind !== 'runs'
        ? client.shown
        : (client.shown & ~bit) | (!green && isShown(world, state, kind) ? bit : 0),
    looked: rows && client.greens === 0 ? state.log.size : client.looked,
    ...change,
  }
}
