// The other end of served.ts.
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answered, Order } from './served.js'
import type { StagePlan } from './stage.js'

/** A server in a process of its own. */
export interface Server {
  /** A new repository; nothing of the one before is left. */
  load(plan: StagePlan): Promise<Extract<Answered, { kind: 'ready' }>>
  /** What was asked of it since. */
  tally(): Promise<Extract<Answered, { kind: 'tally' }>>
  close(): void
}

/** Starts the server. It ends with the process that started it. */
export function startServer(): Server {
  const child = fork(fileURLToPath(new URL('served.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    // The runner of the tests has options of its own there.
    env: { PATH: process.env['PATH'] ?? '' },
  })
  const ask = <Kind extends Answered['kind']>(order: Order, kind: Kind) =>
    answered(child, order, kind)
  return {
    load: plan => ask({ kind: 'load', plan }, 'ready'),
    tally: () => ask({ kind: 'tally' }, 'tally'),
    close: () => {
      child.send({ kind: 'close' } satisfies Order)
    },
  }
}

/** Says something and waits for what comes back; an error where the server is gone. */
function answered<Kind extends Answered['kind']>(
  child: ChildProcess,
  order: Order,
  kind: Kind,
): Promise<Extract<Answered, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      child.off('message', heard)
      child.off('exit', gone)
    }
    const heard = (said: Answered): void => {
      if (said.kind !== kind) return
      done()
      resolve(said as Extract<Answered, { kind: Kind }>)
    }
    const gone = (): void => {
      done()
      reject(new Error('the server of the bench has ended'))
    }
    child.on('message', heard)
    child.on('exit', gone)
    child.send(order)
  })
}
