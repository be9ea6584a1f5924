import type { Programs } from './client.js'
import type { Client, State, World } from './model.js'
import { isGreen } from './model.js'

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
    reruns: 0,
    attempts: '',
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
