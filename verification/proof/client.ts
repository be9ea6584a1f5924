import { ForgeError } from '../../src/forge/port.js'
import type { Answer, Ask, Missing, Request } from './asking.js'
import type { World } from './model.js'
import type { Ended } from './run-sweep.js'
import { runSweep } from './run-sweep.js'

/**
 * A place in the run of a program: what was answered so far, what it waits for, or how it ended.
 */
export interface Node {
  readonly id: number
  readonly nonce: string
  readonly answers: ReadonlyMap<string, { readonly key: string; readonly answer: Answer }>
  readonly waiting: readonly { readonly name: string; readonly request: Request }[]
  readonly ended: Ended | null
}

/**
 * Our program as a tree of answers. A sweep depends on nothing but what it is answered, so equal
 * answers lead to one place.
 */
export interface Programs {
  root(nonce: string): Promise<Node>
  at(id: number): Node
  /** The place after one more answer: at once when it was seen before. */
  after(node: Node, name: string, key: string, answer: Answer): Node | Promise<Node>
  readonly replays: () => number
}

/** What a request is counted by: its number tells which look it belongs to. */
function counted(request: Request): string {
  const { kind } = request
  if (kind === 'jobs') return `jobs of ${request.run}`
  if (kind === 'pull') return `pull ${request.number}`
  if (kind === 'commitOf') return `tip of ${request.branch}`
  return kind === 'pullsOn' ? 'openPulls' : kind
}

/** So many runs are kept where they stand; each holds a sweep's memory. */
const MOST_LIVE = 5_000

/** One run of the real code, which stands where its answers have carried it. */
interface Live {
  readonly waiting: Map<string, { readonly request: Request; readonly give: Give }>
  ended: Ended | null
  failed: unknown
}
type Give = (answer: Answer) => void

/** Nothing here waits for anything but promises: one turn of the loop later all is done. */
const turnOfLoop = (): Promise<unknown> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })

function start(world: World, missing: Missing, nonce: string, answers: Node['answers']): Live {
  const counts = new Map<string, number>()
  const live: Live = { waiting: new Map(), ended: null, failed: null }
  const ask: Ask = request => {
    const kind = counted(request)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const name = `${kind}#${count}`
    return new Promise((resolve, reject) => {
      const give: Give = answer => {
        if ('error' in answer) reject(new ForgeError(answer.error, answer.error))
        else resolve(answer.value)
      }
      const given = answers.get(name)?.answer
      if (given === undefined) live.waiting.set(name, { request, give })
      else give(given)
    })
  }
  runSweep(world, missing, nonce, ask).then(
    end => {
      live.ended = end
    },
    (error: unknown) => {
      live.failed = error
    },
  )
  return live
}

async function reached(live: Live): Promise<Pick<Node, 'waiting' | 'ended'>> {
  await turnOfLoop()
  if (live.failed !== null)
    throw live.failed instanceof Error ? live.failed : new Error('a sweep threw')
  const waiting = [...live.waiting].map(([name, { request }]) => ({ name, request }))
  return { waiting, ended: live.ended }
}

/** A place's first child goes on in the run that stands there; later ones begin anew. */
function goOn(
  lives: Map<number, Live>,
  from: Node | null,
  name: string,
  answer: Answer,
): Live | null {
  const live = lives.get(from?.id ?? 0)
  if (live === undefined) return null
  lives.delete(from?.id ?? 0)
  live.waiting.get(name)?.give(answer)
  live.waiting.delete(name)
  return live
}

/**
 * Opens the tree for one world. Each new place is found by running the real code from its start
 * with the answers so far.
 */
export function openPrograms(world: World, missing: Missing): Programs {
  const nodes: Node[] = []
  const known = new Map<string, Node>()
  const steps = new Map<string, number>()
  const step = (text: string): number => {
    const found = steps.get(text) ?? steps.size
    steps.set(text, found)
    return found
  }

  const lives = new Map<number, Live>()

  async function place(
    nonce: string,
    answers: Node['answers'],
    from: Node | null = null,
    name = '',
  ): Promise<Node> {
    const key = `${nonce}:${[...answers]
      .map(([name, { key }]) => step(`${name}=${key}`))
      .sort((a, b) => a - b)
      .join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    const given = answers.get(name)?.answer
    const standing = given === undefined ? null : goOn(lives, from, name, given)
    const live = standing ?? start(world, missing, nonce, answers)
    const come = await reached(live)
    const node: Node = { id: nodes.length + 1, nonce, answers, ...come }
    if (node.ended === null && lives.size < MOST_LIVE) lives.set(node.id, live)
    nodes.push(node)
    known.set(key, node)
    return node
  }

  const children = new Map<string, Node>()
  return {
    root: nonce => place(nonce, new Map()),
    at: id => {
      const node = nodes[id - 1]
      if (node === undefined) throw new Error(`no place ${id}`)
      return node
    },
    after: (node, name, key, answer) => {
      const child = `${node.id}/${step(`${name}=${key}`)}`
      const found = children.get(child)
      if (found !== undefined) return found
      return place(
        node.nonce,
        new Map([...node.answers, [name, { key, answer }]]),
        node,
        name,
      ).then(made => {
        children.set(child, made)
        return made
      })
    },
    replays: () => nodes.length,
  }
}
