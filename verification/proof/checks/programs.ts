import { sweep } from '../../../src/sweep/sweep.js'
import type { RerunWrite } from '../../../src/core/plan/remedy.js'
import type { StatusPost } from '../../../src/core/plan/remedy.js'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { minutes } from '../../../src/core/model/time.js'
import type { Forge } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import { plainSweep } from '../config.js'
import { evidenceOf, PULL, SERVER, SHA, signedRow } from './evidence.js'
import type { Bound, World } from './world.js'
import { GATE } from './world.js'

/** What a program asks that depends on the time it is asked at. */
export type Request =
  | { readonly kind: 'first-look' | 'study' | 'second-look' | 'gate' }
  | { readonly kind: 'rows'; readonly mark: number }
  | { readonly kind: 'post'; readonly post: StatusPost }
  | { readonly kind: 'rerun'; readonly write: RerunWrite }

/** The world a request met, or that it was refused. */
export interface Answer {
  readonly world: World
  readonly refused: boolean
}

export type Ask = (request: Request) => Promise<Answer>

/** What a sweep ended with. */
export interface Ended {
  readonly reason: string
  readonly outcome: string
}

/** A program over the port: our sweep, or a simpler one. */
export type Program = (bound: Bound, ask: Ask, nonce: string) => Promise<Ended>

const POLICY: Policy = {
  umbrella: GATE,
  required: ['test'],
  optional: [],
  skippable: [],
  external: [],
  minAge: minutes(0),
  minGrade: 'statuses',
  userVouches: true,
  mayRerun: true,
}

const CONFIG = plainSweep({ apiUrl: 'http://forge/api/v3', policy: POLICY })

/** The rest of a port, which is the same at any time. */
function forgeOf(bound: Bound, ask: Ask): Forge {
  const look = async (kind: 'first-look' | 'study' | 'second-look'): Promise<CheckEvidence> =>
    evidenceOf(bound, (await ask({ kind })).world)
  const rows = ({ rows: all }: World, mark: number) =>
    all.map(signedRow).filter(({ id }) => id > mark)
  return {
    server: SERVER,
    listsTips: false,
    listPulls: () => Promise.resolve({ pulls: [PULL] }),
    openPulls: () => Promise.resolve({ pulls: [PULL] }),
    pull: () => Promise.resolve({ open: true, head: SHA }),
    preview: async () => ({
      evidence: { ...(await look('first-look')), studied: false, history: null },
      rows: null,
    }),
    atCurrentHead: preview => Promise.resolve(preview),
    failedHeads: () => Promise.resolve({ shas: new Set(), why: null }),
    study: async ([head]) => (head === undefined ? [] : [await look('study')]),
    withGateRows: head => Promise.resolve(head),
    withSurroundings: head => Promise.resolve(head),
    secondLook: () => look('second-look'),
    // Nothing of what stands around the one pull request changes here.
    pullsOn: () => Promise.resolve([PULL]),
    surroundings: head => Promise.resolve({ ...head, gaps: [] }),
    hasUmbrella: () => Promise.resolve(true),
    rowsSince: async (_, mark) => {
      const { world } = await ask({ kind: 'rows', mark })
      return { value: rows(world, mark), gaps: [], at: null }
    },
    gateRows: async () => {
      const { world } = await ask({ kind: 'gate' })
      return { value: rows(world, 0).slice(-1), gaps: [], at: null }
    },
    requiredToMerge: () => Promise.resolve([]),
    rerunReach: () =>
      Promise.resolve({ kind: 'read', dependents: [], concurrency: 'own-ref', open: [] } as const),
    // It only says when a head is worth reading: here every look reads it.
    rerunsNow: sent =>
      Promise.resolve(new Map(sent.map(({ evidence: { sha } }) => [sha, 'ended'] as const))),
    write: async ({ post }) => {
      const { world } = await ask({ kind: 'post', post })
      const at = world.rows.length - 1
      const [row] = world.rows.slice(-1).map(one => signedRow(one, at))
      if (row === undefined) throw new Error('a write answers its row')
      return row
    },
    rerun: async write => {
      const { refused } = await ask({ kind: 'rerun', write })
      if (refused) throw new ForgeError('rejected', 'This workflow is already running')
    },
    print: () => '',
    linkTo: () => '',
    addressOfPull: () => '',
    addressOf: () => '',
  }
}

/** Half a minute goes by in every pause: a re-run is looked back at twice, no more. */
function clockOf(): { now: () => number; sleep: () => Promise<void> } {
  let now = 0
  return {
    now: () => now,
    sleep: () => {
      now += 30_000
      return Promise.resolve()
    },
  }
}

/** Our real sweep. */
export const OURS: Program = async (bound, ask, nonce) => {
  const forge = forgeOf(bound, ask)
  const tools = { nonce: () => nonce, requests: () => 0, note: () => undefined, clock: clockOf() }
  const { pulls } = await sweep(CONFIG, { forge, ...tools })
  return { reason: pulls[0]?.reason ?? 'none', outcome: pulls[0]?.outcome ?? 'none' }
}

/** A place in the run of a program: what it waits for, or how it ended. */
export interface Node {
  readonly id: number
  readonly answers: readonly Answer[]
  readonly waiting: Request | null
  readonly ended: Ended | null
}

/** A program as a tree of answers: equal answers lead to one place. */
export class ProgramTree {
  private readonly nodes: Node[] = []
  private readonly known = new Map<string, number>()

  private readonly bound: Bound
  private readonly program: Program
  private readonly nonce: string

  constructor(bound: Bound, program: Program, nonce: string) {
    this.bound = bound
    this.program = program
    this.nonce = nonce
  }

  root(): Promise<Node> {
    return this.at('', [])
  }

  after(node: Node, answer: Answer): Promise<Node> {
    return this.at(`${node.id} ${JSON.stringify(answer)}`, [...node.answers, answer])
  }

  private async at(key: string, answers: readonly Answer[]): Promise<Node> {
    const found = this.nodes[this.known.get(key) ?? -1]
    if (found !== undefined) return found
    const node = { id: this.nodes.length, answers, ...(await this.replay(answers)) }
    this.known.set(key, node.id)
    this.nodes.push(node)
    return node
  }

  /** Runs the program from its start with these answers, as far as they carry it. */
  private replay(answers: readonly Answer[]): Promise<Pick<Node, 'waiting' | 'ended'>> {
    return new Promise((resolve, reject) => {
      let asked = 0
      const ask: Ask = request => {
        const answer = answers[asked]
        asked += 1
        if (answer !== undefined) return Promise.resolve(answer)
        resolve({ waiting: request, ended: null })
        return new Promise(() => undefined)
      }
      this.program(this.bound, ask, this.nonce).then(ended => {
        resolve({ waiting: null, ended })
      }, reject)
    })
  }
}
