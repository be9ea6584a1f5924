import type { Config } from '../../src/config.js'
import type { StatusPost } from '../../src/core/acting/remedy.js'
import type { Server } from '../../src/core/model/server.js'
import type { SweepReport } from '../../src/report/report.js'
import type { GiteaApi } from '../../src/forge/gitea/api.js'
import { openGiteaForge } from '../../src/forge/gitea/forge.js'
import type { ForgeErrorCode, PullNow } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import { sweep } from '../../src/commands/sweep.js'
import { emptyLog } from './log.js'
import { BUDGETS } from './bound.js'
import type { State, World } from './model.js'
import { READ, SHA } from './view.js'

/** One call of the port that waits for the forge. */
export type Request =
  | { readonly kind: 'openPulls' | 'latestRows' | 'runs' | 'tasks' | 'pull' }
  | { readonly kind: 'jobs'; readonly run: number }
  | { readonly kind: 'history'; readonly above: number }
  | { readonly kind: 'post'; readonly post: StatusPost }

/** What the forge said: a value, or an error of the port. */
export type Answer = { readonly value: unknown } | { readonly error: ForgeErrorCode }

/** What a sweep ended with: the verdict and the outcome of its first pull request. */
export interface Ended {
  readonly kind: string
  readonly reason: string
  readonly outcome: string
}

/**
 * Which organ of the real code is taken away. `null`: none, this is the real client. `one-list`
 * lists the pulls once and takes a run of a pull it did not list for nobody's; `blind-list` never
 * sees a pull that was opened later, but still asks each run whose it is.
 */
export type Missing = 'history' | 'second-look' | 'read-back' | 'one-list' | 'blind-list' | null

/** How a request is asked of whoever plays the forge. */
export type Ask = (request: Request) => Promise<unknown>

/** The server as our own probe would describe it, without asking (forge-facts §4.1). */
export function serverOf({ profile }: World): Server {
  const { grade, traits, version, listsRuns } = profile
  const kind = version.includes('+gitea-') ? 'forgejo' : 'gitea'
  return {
    kind,
    version,
    grade,
    gradeLimit: null,
    traits,
    capabilities: {
      tasks: grade !== 'statuses',
      runs: listsRuns,
      rerun: false,
      logGroups: false,
      summary: false,
    },
  }
}

/**
 * The calls our real adapter is given. What cannot change in the model is answered at once;
 * everything else is asked, one call one step.
 */
export function portOf(world: World, missing: Missing, ask: Ask, end: () => void): GiteaApi {
  const start: State = {
    now: 0,
    runs: [],
    log: emptyLog(0),
    outbox: [],
    spent: '0'.repeat(BUDGETS.length),
    clients: [],
  }
  const { at } = READ.latestRows(world, start)
  const first = new Map<string, Promise<unknown>>()
  let second = false
  let over = false
  let listed: ReturnType<typeof READ.openPulls> | null = null
  /**
   * Without an eye for other pulls, their runs are nobody's: no event of theirs writes a context of
   * ours.
   */
  const owned = <Row extends { readonly pull: number | null; readonly suffix: string | null }>(
    row: Row,
  ): Row =>
    missing !== 'one-list' || listed?.pulls.some(({ number }) => number === row.pull) === true
      ? row
      : { ...row, pull: null, suffix: null }
  /** A read; without a second look the reads after `pull` are the first ones again. */
  const read = async (request: Request): Promise<unknown> => {
    if (missing !== 'second-look') return ask(request)
    if (second && !over)
      return request.kind === 'history' ? { value: [], gaps: [], at } : first.get(request.kind)
    const answer = ask(request)
    if (!first.has(request.kind)) first.set(request.kind, answer)
    return answer
  }
  const now: PullNow = { open: true, head: SHA }
  return {
    server: serverOf(world),
    dialect: world.profile.dialect,
    openPulls: async () => {
      // Where no pull can be opened the list cannot change: no step is spent on it.
      if ((world.bound.may.open ?? 0) === 0 || missing === 'blind-list')
        return READ.openPulls(world, start)
      listed =
        missing === 'one-list' && listed !== null
          ? listed
          : ((await ask({ kind: 'openPulls' })) as ReturnType<typeof READ.openPulls>)
      return listed
    },
    pull: async () => {
      if (missing === 'second-look') await ask({ kind: 'pull' })
      second = true
      return now
    },
    latestRows: async () =>
      (await read({ kind: 'latestRows' })) as ReturnType<typeof READ.latestRows>,
    history: async (_sha, above) => {
      if (missing !== 'history')
        return (await read({ kind: 'history', above })) as ReturnType<typeof READ.history>
      const latest = (await read({ kind: 'latestRows' })) as ReturnType<typeof READ.latestRows>
      return { ...latest, value: latest.value.filter(({ id }) => id > above) }
    },
    runs: async () => {
      const found = (await read({ kind: 'runs' })) as ReturnType<typeof READ.runs>
      if (!world.bound.splitRuns || missing !== null)
        return { ...found, value: found.value.map(owned) }
      const value = await Promise.all(
        found.value.map(async run => {
          const later = (await ask({ kind: 'jobs', run: run.key })) as ReturnType<typeof READ.runs>
          return { ...run, jobs: later.value.find(({ key }) => key === run.key)?.jobs ?? [] }
        }),
      )
      return { ...found, value }
    },
    tasks: async () => {
      const found = (await read({ kind: 'tasks' })) as ReturnType<typeof READ.tasks>
      return { ...found, value: found.value.map(owned) }
    },
    failedHeads: () => Promise.resolve({ value: [], gaps: [], at }),
    workflows: () =>
      Promise.resolve({
        kind: 'read',
        files: [{ path: 'ci.yml', name: 'CI', events: ['pull_request'] }],
      }),
    post: async post => {
      const answer = (await ask({ kind: 'post', post })) as Awaited<ReturnType<GiteaApi['post']>>
      over = true
      if (missing !== 'read-back') return answer
      end()
      return new Promise(() => undefined)
    },
  }
}

const PLACE = { apiUrl: 'http://forge/api/v1', repo: 'o/r' }

const config = (world: World): Config => ({
  token: 't',
  repo: 'o/r',
  apiUrl: 'http://forge/api/v1',
  policy: world.policy,
  baseBranches: [],
  pullRequest: null,
  dryRun: false,
  remedy: 'auto',
  maxRepairs: 10,
  failOn: 'failed',
  workflowRun: null,
})

const endOf = ({ pulls: [first] }: SweepReport): Ended => ({
  kind: first?.kind ?? 'none',
  reason: first?.reason ?? 'none',
  outcome: first?.outcome ?? 'none',
})

/** One sweep of our real code over a port. */
export async function runSweep(
  world: World,
  missing: Missing,
  nonce: string,
  ask: Ask,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const port = portOf(world, missing, ask, () => {
      resolve({ kind: 'repair', reason: 'stale', outcome: 'posted' })
    })
    const forge = openGiteaForge(port, PLACE, world.policy)
    const tools = { forge, nonce: () => nonce, requests: () => 0, note: () => undefined }
    sweep(config(world), tools).then(report => {
      resolve(endOf(report))
    }, reject)
  })
}

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

  async function place(nonce: string, answers: Node['answers']): Promise<Node> {
    const key = `${nonce}:${[...answers]
      .map(([name, { key }]) => step(`${name}=${key}`))
      .sort((a, b) => a - b)
      .join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    const counts = new Map<string, number>()
    const waiting: { name: string; request: Request }[] = []
    const ask: Ask = request => {
      const kind = request.kind === 'jobs' ? `jobs of ${request.run}` : request.kind
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      const name = `${kind}#${count}`
      const given = answers.get(name)?.answer
      if (given === undefined) {
        waiting.push({ name, request })
        return new Promise(() => undefined)
      }
      return 'error' in given
        ? Promise.reject(new ForgeError(given.error, given.error))
        : Promise.resolve(given.value)
    }
    let ended: Ended | null = null
    let failed: unknown = null
    runSweep(world, missing, nonce, ask).then(
      end => {
        ended = end
      },
      (error: unknown) => {
        failed = error
      },
    )
    // Nothing here waits for anything but promises: one turn of the loop later the program has come
    // as far as its answers carry it.
    await new Promise(resolve => {
      setImmediate(resolve)
    })
    if (failed !== null) throw failed instanceof Error ? failed : new Error('a sweep threw')
    const node: Node = { id: nodes.length + 1, nonce, answers, waiting, ended }
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
      return place(node.nonce, new Map([...node.answers, [name, { key, answer }]])).then(made => {
        children.set(child, made)
        return made
      })
    },
    replays: () => nodes.length,
  }
}
