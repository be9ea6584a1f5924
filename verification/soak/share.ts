import type { Chaos } from '../random/chaos.js'
import { drawChaos } from '../random/chaos.js'
import type { Play } from '../random/in-memory.js'
import { inMemory } from '../random/in-memory.js'
import type { Played } from '../random/play.js'
import { play } from '../random/play.js'
import type { Driven } from '../random/setup.js'
import { shrink } from '../random/shrink.js'
import { describeViolation } from '../random/violation.js'
import type { Tally } from './tally.js'

/** Some of the sweeps of a run, all played in one way. */
export interface Share {
  readonly name: string
  readonly sweeps: number
  readonly way: Play
  readonly chaos: Chaos
  /** What of a world counts as one of them. */
  readonly counts: (played: Played) => number
  /** Worlds that are played at once. */
  readonly lanes: number
}

interface Options {
  readonly seed: number
  readonly profiles: readonly Driven[]
  /** A run ends after so many worlds with a broken law. */
  readonly failures: number
}

/** What a share came to. */
interface Done {
  sweeps: number
  worlds: number
  requests: number
  writes: number
  failures: number
}

const STUCK: Omit<Played, 'violations'> = {
  spots: new Map(),
  sweeps: 0,
  disturbed: 0,
  requests: 0,
  writes: 0,
  story: [],
  met: [],
}

/** A sweep that is stuck ends the driver's patience: that is a hang, and no fault of the driver. */
function hung(error: unknown): Played {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    ...STUCK,
    violations: [{ law: 'hang', detail, pull: null, flaws: [], features: [] }],
  }
}

async function tellFailure(
  { way, chaos, name }: Share,
  { profiles }: Options,
  seed: number,
  played: Played,
): Promise<void> {
  const script = drawChaos(seed, profiles, chaos)
  // Over sockets nothing happens twice in the same order.
  const small = way === inMemory ? await shrink(script, played) : { script, played }
  console.log(`\n${name}: seed ${seed}, ${JSON.stringify(small.script.setup)}`)
  for (const { conditions, troubles } of small.script.rounds)
    console.log(`  round: ${JSON.stringify({ conditions, troubles })}`)
  for (const line of small.played.story) console.log(`  ${line}`)
  for (const one of small.played.violations) console.log(`  => ${describeViolation(one)}`)
}

/** Plays worlds, one seed after the other, until so many sweeps have met what goes wrong. */
export async function playShare(share: Share, options: Options, tally: Tally): Promise<Done> {
  const { way, chaos, lanes } = share
  const done: Done = { sweeps: 0, worlds: 0, requests: 0, writes: 0, failures: 0 }
  let next = options.seed
  const lane = async (): Promise<void> => {
    while (done.sweeps < share.sweeps && done.failures < options.failures) {
      const seed = next
      next += 1
      const script = drawChaos(seed, options.profiles, chaos)
      const played = await play(script, way).catch(hung)
      tally.add(script.setup.profile, played)
      done.worlds += 1
      done.sweeps += share.counts(played)
      done.requests += played.requests
      done.writes += played.writes
      if (played.violations.length === 0) continue
      done.failures += 1
      await tellFailure(share, options, seed, played)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return done
}
