import { fitNow, hiddenBy, isShown, STATIC } from './blind.js'
import type { Node } from './client.js'
import { basesMayChange, pullsMayChange } from './comings.js'
import { more } from './instance.js'
import type { Client, State, World } from './model.js'
import type { Request } from './asking.js'
import { levelNow } from './truth.js'

/** Does this answer tell anew who stands on the head, and what they need there? */
function isList(world: World, { listed }: Client, { kind }: Request): boolean {
  if (pullsMayChange(world)) return kind === 'openPulls'
  return basesMayChange(world) ? kind === 'commitOf' : listed === ''
}

/** What the checker knows of an instance after an answer. */
export function moveOn(
  world: World,
  state: State,
  client: Client,
  before: Node,
  after: Node,
  request: Request,
  change: Partial<Client>,
): Client {
  const level = levelNow(world, state)
  const lists = client.greens === 0 && client.reruns === 0 && isList(world, client, request)
  const listed = !lists ? client.listed : pullsMayChange(world) ? state.standing : STATIC
  const fits = fitNow(world, state, listed)
  const green = level === 2 && fits === 2
  const rows = request.kind === 'latestRows' || request.kind === 'history'
  // A run's jobs are asked for after the list of runs, tasks after the rows: they belong to the
  // same look.
  const last =
    before.waiting.length === 1 &&
    !after.waiting.some(({ request: { kind } }) => kind === 'jobs' || kind === 'tasks')
  const okBatch = more(client.begun ? client.okBatch : 0, level)
  const { kind } = request
  const bit = kind === 'tasks' ? 1 : 2
  return {
    ...client,
    node: after.id,
    okFirst: more(client.okFirst, level),
    fits: lists ? fits : client.listed === '' ? 0 : more(client.fits, fits),
    listed,
    begun: !last,
    okLast: last ? okBatch : client.okLast,
    okBatch: last ? 0 : okBatch,
    hidden: !rows ? client.hidden : green ? '' : hiddenBy(world, state),
    shown:
      kind !== 'tasks' && kind !== 'runs'
        ? client.shown
        : (client.shown & ~bit) | (!green && isShown(world, state, kind) ? bit : 0),
    looked: rows && client.greens === 0 && client.reruns === 0 ? state.log.size : client.looked,
    attempts:
      kind === 'runs' && client.reruns === 0
        ? state.runs.map(({ attempt }) => attempt).join('')
        : client.attempts,
    ...change,
  }
}
