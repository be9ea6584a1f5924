import type { Client, Run } from './clients.js'
import { bundleClient, measured, serialClient } from './clients.js'
import type { ColdStart } from './cold-start.js'
import { coldStarts } from './cold-start.js'
import type { Floor } from './floor.js'
import type { GithubMemory } from './github-memory.js'
import { githubMemory } from './github-memory.js'
import { floorOf } from './floor.js'
import type { Cell, ClientName, Grid } from './grid.js'
import { median } from './median.js'
import type { Previous } from './previous.js'
import { startServer } from './server.js'
import type { Server } from './server.js'

/** What was measured of one repository; a client that was not asked has no run. */
export interface Measured {
  readonly cell: Cell
  readonly floor: Floor
  readonly runs: Readonly<Partial<Record<ClientName, Run>>>
}

/** Everything one bench found. */
export interface Results {
  readonly node: string
  readonly quick: boolean
  /** The release that is compared with; `null` where this clone holds none. */
  readonly previous: { readonly ref: string; readonly sha: string } | null
  readonly measured: readonly Measured[]
  readonly github: readonly GithubMemory[]
  readonly coldStarts: readonly ColdStart[]
}

type Clients = Readonly<Record<ClientName, Client | null>>

const clientsOf = (previous: Previous | null): Clients => ({
  ours: bundleClient('this release', 4),
  eight: bundleClient('this release, concurrency 8', 8),
  previous: previous === null ? null : bundleClient('previous release', 4, previous),
  serial: serialClient,
})

/** The middle of each figure over several runs; what was counted is the first run's. */
function middle(runs: readonly [Run, ...Run[]]): Run {
  const of = (figure: (run: Run) => number): number => median(runs.map(figure))
  return {
    ...runs[0],
    wall: of(run => run.wall),
    cpu: of(run => run.cpu),
    cpus: runs.map(run => run.cpu),
    memory: of(run => run.memory),
    serverCpu: of(run => run.serverCpu),
    fault: runs.find(({ fault }) => fault !== null)?.fault ?? null,
  }
}

/** One cell; clients take turns, so that the machine's mood is the same for all. */
async function measureCell(server: Server, clients: Clients, cell: Cell): Promise<Measured> {
  const all: Partial<Record<ClientName, [Run, ...Run[]]>> = {}
  for (let turn = 0; turn < cell.times; turn += 1)
    for (const name of cell.clients) {
      const client = clients[name]
      if (client === null) continue
      const run = await measured(server, client, cell.plan)
      const known = all[name]
      if (known === undefined) all[name] = [run]
      else known.push(run)
    }
  const runs = Object.fromEntries(
    Object.entries(all).map(([name, found]) => [name, middle(found)]),
  ) as Measured['runs']
  return { cell, floor: floorOf(cell.plan.world), runs }
}

/** What is told while a bench goes on, which takes minutes. */
type Progress = (line: string) => void

/** Measures a whole grid. */
export async function measure(
  grid: Grid,
  previous: Previous | null,
  progress: Progress,
): Promise<Omit<Results, 'quick'>> {
  const server = startServer()
  const clients = clientsOf(previous)
  const found: Measured[] = []
  try {
    for (const [at, cell] of grid.cells.entries()) {
      const { profile, pulls } = cell.plan.world
      progress(
        `${at + 1} of ${grid.cells.length}: ${cell.question}, ${profile}, ${pulls} pulls, ` +
          `${cell.plan.latency} ms`,
      )
      found.push(await measureCell(server, clients, cell))
    }
  } finally {
    server.close()
  }
  progress('memory on GitHub')
  const github = await githubMemory(grid.github)
  progress('cold starts')
  return {
    node: process.version,
    previous: previous === null ? null : { ref: previous.ref, sha: previous.sha },
    measured: found,
    github,
    coldStarts: coldStarts(grid.coldStart),
  }
}
