import type { Played } from './play.js'
import { play } from './play.js'
import type { Round, Script } from './script.js'

/** A smaller script and what it came to. */
interface Shrunk {
  readonly script: Script
  readonly played: Played
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at)

const withRound = (script: Script, at: number, round: Round): Script => ({
  ...script,
  rounds: script.rounds.map((one, index) => (index === at ? round : one)),
})

/** Every script that is one piece smaller. */
function* smaller(script: Script): Generator<Script> {
  for (const [at, round] of script.rounds.entries()) {
    if (script.rounds.length > 1) yield { ...script, rounds: without(script.rounds, at) }
    if (round.sweeps > 1) yield withRound(script, at, { ...round, sweeps: 1 })
    for (const index of round.before.keys())
      yield withRound(script, at, { ...round, before: without(round.before, index) })
    for (const index of round.during.keys())
      yield withRound(script, at, { ...round, during: without(round.during, index) })
    for (const index of round.troubles.keys())
      yield withRound(script, at, { ...round, troubles: without(round.troubles, index) })
  }
}

/** How many scripts are tried at most. */
const TRIES = 400

/** Leaves out of a script what its first broken law does not need. */
export async function shrink(
  script: Script,
  played: Played,
  playAgain: (script: Script) => Promise<Played> = play,
): Promise<Shrunk> {
  const law = played.violations[0]?.law
  let best = { script, played }
  let tries = 0
  for (let found = true; found && tries < TRIES;) {
    found = false
    for (const candidate of smaller(best.script)) {
      tries += 1
      const again = await playAgain(candidate).catch(() => null)
      if (again !== null && again.violations[0]?.law === law) {
        best = { script: candidate, played: again }
        found = true
        break
      }
      if (tries >= TRIES) break
    }
  }
  return best
}
