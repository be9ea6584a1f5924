import { fitNow } from './blind.js'
import type { Programs } from './client.js'
import type { Client, Fit, Level, State, World } from './model.js'
import { levelNow } from './truth.js'

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
    okFirst: 0,
    begun: false,
    okBatch: 0,
    okLast: 0,
    fits: 0,
    listed: '',
    hidden: '',
    shown: 0,
    looked: 0,
    reruns: 0,
    attempts: '',
    greens: 0,
    undos: 0,
    green: 0,
    gapped: false,
  }
}

/** Has this instance asked anything yet in its sweep? */
function hasBegun(programs: Programs, { node }: Client): boolean {
  return node !== 0 && programs.at(node).answers.size > 0
}

/** The more proven of two. */
export const more = <L extends Level | Fit>(one: L, other: L): L => (one > other ? one : other)

/**
 * The state with what the checker must remember of this instant: what was proven, and what fitted,
 * while an instance was looking?
 */
export function remember(world: World, programs: Programs, state: State): State {
  const level = levelNow(world, state)
  const fitOf = ({ listed }: Client): Fit => (listed === '' ? 0 : fitNow(world, state, listed))
  const due = (client: Client): boolean =>
    hasBegun(programs, client) &&
    (client.okFirst < level ||
      (client.begun && client.okBatch < level) ||
      client.fits < fitOf(client))
  if (!state.clients.some(due)) return state
  const seen = (client: Client): Client => ({
    ...client,
    okFirst: more(client.okFirst, level),
    okBatch: client.begun ? more(client.okBatch, level) : client.okBatch,
    fits: more(client.fits, fitOf(client)),
  })
  return { ...state, clients: state.clients.map(client => (due(client) ? seen(client) : client)) }
}
