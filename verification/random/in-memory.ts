import type { Chance } from './chance.js'
import { Network } from './network.js'
import type { Round } from './script.js'
import type { Between } from './server.js'
import type { Stage } from './stage.js'
import type { Told } from './sweep.js'
import { sweepOver } from './sweep.js'

/** Plays the sweeps of one round in a way of its own; answers how many requests that took. */
export type Play = (round: Round, on: Playing) => Promise<number>

/** What the sweeps of a round are played with. */
export interface Playing {
  readonly stage: Stage
  readonly chance: Chance
  readonly between: Between
  readonly begin: () => number
  readonly ended: (sweep: number, told: Told | null) => void
}

/** The sweeps of a round by the sources, all at once over a network in memory. */
export const inMemory: Play = async (round, { stage, chance, between, begin, ended }) => {
  const network = new Network(stage.server, chance, between)
  const sweeps = new Map<number, Promise<void>>()
  for (let left = round.sweeps; left > 0; left -= 1) {
    const sweep = begin()
    const told = sweepOver(network, chance, {
      sweep,
      apiUrl: stage.apiUrl,
      repo: stage.repo,
      token: stage.token,
      kind: stage.kind(network, sweep),
      inputs: { ...stage.inputs, 'dry-run': String(round.dryRun) },
      conditions: round.conditions,
    })
    sweeps.set(
      sweep,
      told.then(one => {
        ended(sweep, one)
      }),
    )
  }
  await network.serve(sweeps)
  for (const [sweep, end] of sweeps)
    if (network.killed.has(sweep)) ended(sweep, null)
    else await end
  return network.handled
}
