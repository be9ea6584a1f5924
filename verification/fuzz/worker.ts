// A process of its own, so that a target that hangs can be named and ended.
import type { Played } from './target.js'
import { TARGETS } from './targets.js'

/** What is to be played. */
export interface Asked {
  readonly inputs: number
  readonly seed: number
  /** The one target that is played; `''`: all of them. */
  readonly only: string
  /** One input alone, as a failure names it. */
  readonly path?: string
}

export type Said =
  | { readonly kind: 'began'; readonly name: string }
  | { readonly kind: 'played'; readonly played: Played }

const say = (said: Said): void => {
  process.send?.(said)
}

/** Every target plays its share of the inputs. */
async function playAll({ inputs, seed, only, path }: Asked): Promise<void> {
  const chosen = TARGETS.filter(({ name }) => only === '' || name === only)
  const whole = chosen.reduce((sum, { weight }) => sum + weight, 0)
  for (const { name, weight, play } of chosen) {
    say({ kind: 'began', name })
    const share = Math.max(1, Math.ceil((inputs * weight) / whole))
    say({ kind: 'played', played: await play(share, seed, path) })
  }
}

process.once('message', message => {
  void playAll(message as Asked).finally(() => {
    process.disconnect()
  })
})
