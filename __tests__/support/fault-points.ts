import { Chance } from '../../verification/random/chance.js'
import type { Fault } from '../../verification/random/fault.js'
import { giteaScene } from '../../verification/random/gitea-scene.js'
import { stageOf } from '../../verification/random/gitea-stage.js'
import type { Request } from '../../verification/random/server.js'
import { Network } from '../../verification/random/network.js'
import { finishRun, umbrellaOf } from '../../verification/random/runner.js'
import type { Conditions } from '../../verification/random/script.js'
import { ORDINARY } from '../../verification/random/script.js'
import type { Setup } from '../../verification/random/setup.js'
import { sweepOver } from '../../verification/random/sweep.js'
import type { Told } from '../../verification/random/sweep.js'
import { World } from '../../verification/random/world.js'

/** Where in the protocol something goes wrong (docs/acting.md). */
export const POINTS = [
  'before the send',
  'the write itself',
  'before the look back',
  'while taking back',
  'the re-run itself',
  'while waiting for a re-run',
] as const
export type Point = (typeof POINTS)[number] | 'from the start'

const isRerun = (point: Point): boolean =>
  point === 'the re-run itself' || point === 'while waiting for a re-run'

const FILE = {
  path: 'ci.yml',
  event: 'pull_request',
  branches: [],
  jobs: [
    { key: 'lint', name: 'Lint' },
    { key: 'test', name: 'Test' },
  ],
  umbrella: { key: 'all-required', kind: 'judges', needs: ['lint', 'test'] },
} as const
const UMBRELLA = 'CI / all-required (pull_request)'

const setupFor = (point: Point): Setup => ({
  profile: isRerun(point) ? 'gitea-1.27.0' : 'gitea-1.22.6',
  denied: false,
  main: FILE,
  release: FILE,
  protection: [UMBRELLA],
  inputs: { 'umbrella-context': '', 'required-contexts': '', 'min-age': '0s', 'max-repairs': '0' },
})

/** What became of one fault at one point. */
export interface End {
  /** The outcome in the report; how the sweep ended where there is none. */
  readonly outcome: string
  /** The umbrella's newest row when the sweep had ended: whose it is, and its state. */
  readonly stands: string
  /** What the next sweep says, in peace. */
  readonly next: string
  readonly told: Told | null
  readonly after: Told | null
  readonly world: World
}

/** How many writes of ours there were, and how far the sweep is. */
class Steps {
  writes = 0
  lists = 0

  /** Counts a request; is it at this point of the protocol? */
  at(point: Point, { method, path }: Request): boolean {
    if (method === 'GET' && path.endsWith('/pulls')) this.lists += 1
    if (method === 'POST') this.writes += 1
    switch (point) {
      case 'from the start':
        return true
      case 'before the send':
        return this.writes === 0 && this.lists > 0
      case 'the write itself':
      case 'the re-run itself':
        return method === 'POST' && this.writes === 1
      case 'before the look back':
      case 'while waiting for a re-run':
        return method === 'GET' && this.writes === 1
      case 'while taking back':
        return method === 'POST' && this.writes === 2
      default:
        return point satisfies never
    }
  }
}

/** One more pull request whose umbrella is stale: its runner was lost over green jobs. */
export function openStale(world: World, branch: string): void {
  const { forge, state } = world
  forge.push({ branch, files: { change: branch } })
  const number = forge.openPull({ branch })
  const run = state.runs.findLast(({ pull }) => pull === number)
  if (run === undefined) throw new Error('there is no run')
  finishRun(world, run, 1, new Chance(1), job => umbrellaOf(world, run, job) !== null)
  const umbrella = forge.job(run, 'all-required')
  forge.pick(umbrella)
  forge.clock.advance('12m')
  forge.endZombie(umbrella)
  forge.clock.advance('7m')
}

/** A server with one such pull request, on which this point is reached. */
export function staleWorld(point: Point): World {
  const world = new World(setupFor(point))
  openStale(world, 'topic')
  return world
}

/** One sweep, whose requests meet what is said of them. */
export async function sweepOnce(
  world: World,
  sweep: number,
  faultAt: (request: Request) => Fault | null,
  conditions: Partial<Conditions> = {},
): Promise<Told | null> {
  const chance = new Chance(sweep)
  const stage = stageOf(world)
  const { reran } = giteaScene(world)
  const network = new Network(stage.server, chance, {
    ahead: 0,
    before: faultAt,
    after: reran,
    slept: () => {
      stage.takeReruns(chance)
    },
  })
  let told: Told | null = null
  const end = sweepOver(network, chance, {
    sweep,
    apiUrl: stage.apiUrl,
    repo: stage.repo,
    token: stage.token,
    kind: stage.kind(network, sweep),
    inputs: stage.inputs,
    conditions: { ...ORDINARY, runnerAhead: 0, ...conditions },
  }).then(one => {
    told = one
  })
  await network.serve(new Map([[sweep, end]]))
  if (!network.killed.has(sweep)) await end
  return told
}

/** What a sweep says of the one pull request. */
export function said(told: Told | null): string {
  if (told === null) return 'killed'
  if (told.report === null) return told.failure === null ? 'nothing' : 'failed'
  const [pull] = told.report.pulls
  if (told.report.earlier.length > 0) return 'our earlier success'
  if (pull === undefined) return 'left alone'
  return pull.outcome === 'none' ? pull.reason : pull.outcome
}

/** The umbrella's newest row: whose it is, and its state. */
export function standing(world: World): string {
  const row = world.latest(world.forge.head(1), UMBRELLA).at(-1)
  const whose = /\[ur-(\w+) /.exec(row?.description ?? '')?.[1] ?? 'Actions'
  return `${whose}: ${row?.state ?? 'none'}`
}

/** How long a fault lasts, and what else there is. */
interface Meeting {
  readonly lasting?: boolean
  readonly conditions?: Partial<Conditions> | undefined
  /** Happens before the next sweep. */
  readonly between?: (world: World) => void
}

/** One sweep that meets this fault at this point, from there on if it lasts, and the next one. */
export async function meet(
  point: Point,
  fault: Fault,
  { lasting = false, conditions = {}, between = () => undefined }: Meeting = {},
): Promise<End> {
  const world = staleWorld(point)
  const steps = new Steps()
  let met = 0
  const told = await sweepOnce(
    world,
    1,
    request => {
      const isThere = steps.at(point, request)
      const isLanding = request.method === 'POST' && steps.writes === 1
      if (point === 'while taking back' && isLanding)
        world.forge.post(world.forge.head(1), {
          context: 'CI / Test (pull_request)',
          state: 'failure',
          description: 'no',
        })
      if (!isThere || (met > 0 && !lasting)) return null
      met += 1
      return fault
    },
    conditions,
  )
  if (met === 0) throw new Error(`nothing met the fault: ${said(told)}`)
  const stands = standing(world)
  between(world)
  world.forge.clock.advance('2m')
  const next = await sweepOnce(world, 2, () => null)
  return { outcome: said(told), stands, next: said(next), told, after: next, world }
}
