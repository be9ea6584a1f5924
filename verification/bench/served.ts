// The server of the bench in a process of its own, so that its work is not counted as a client's.
// The parent says which repository, and asks for the tally.
import type { StagePlan, Tally } from './stage.js'
import { openStage } from './stage.js'

/** What the parent may say. */
export type Order =
  | { readonly kind: 'load'; readonly plan: StagePlan }
  | { readonly kind: 'tally' }
  | { readonly kind: 'close' }

/** What the server says back: `ready` after each load. */
export type Answered =
  | { readonly kind: 'ready'; readonly apiUrl: string; readonly token: string }
  | {
      readonly kind: 'tally'
      readonly tally: Tally
      readonly green: number
      /** Milliseconds of this server's own work since the load. */
      readonly cpu: number
    }

const plan: StagePlan = {
  world: { profile: 'gitea-1.26.4', pulls: 0, contexts: 1, red: 0 },
  latency: 0,
  busy: false,
}
const stage = await openStage(plan)
let before = process.cpuUsage()
const say = (answered: Answered): void => {
  process.send?.(answered)
}

process.on('message', (order: Order) => {
  switch (order.kind) {
    case 'load':
      stage.load(order.plan)
      before = process.cpuUsage()
      say({ kind: 'ready', apiUrl: stage.apiUrl, token: stage.token })
      return
    case 'tally': {
      const { user, system } = process.cpuUsage(before)
      const tally = stage.tally()
      const { green } = stage.umbrellas()
      say({ kind: 'tally', tally, green, cpu: (user + system) / 1000 })
      return
    }
    case 'close':
      void stage.close().then(() => {
        process.disconnect()
      })
  }
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
