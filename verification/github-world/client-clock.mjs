// Loaded before the bundle (`node --import`): its clock begins where that of the fake GitHub
// stands, and what it would sleep is skipped and told with each request.
import { subscribe } from 'node:diagnostics_channel'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { performance } from 'node:perf_hooks'

/** A timer below this is none of a sleep. */
const SHORTEST = 200
const PAUSE = 10

const began = Number(process.env.WORLD_NOW)
const realNow = performance.now.bind(performance)
const start = realNow()
let skipped = 0
let open = 0

const real = http.request
http.request = (...given) => {
  const request = real(...given)
  request.setHeader('x-world-slept', String(Math.round(skipped)))
  return request
}
syncBuiltinESMExports()
subscribe('http.client.request.start', ({ request }) => {
  open += 1
  request.once('close', () => {
    open -= 1
  })
})

Date.now = () => began + skipped + realNow() - start
performance.now = () => realNow() + skipped

const { setTimeout: later, clearTimeout: never } = globalThis
globalThis.setTimeout = (run, milliseconds = 0, ...words) => {
  if (!(milliseconds >= SHORTEST)) return later(run, milliseconds, ...words)
  const due = realNow() + skipped + milliseconds
  const look = () => {
    const left = due - realNow() - skipped
    if (left > 0 && open > 0) {
      timer.again = later(look, Math.min(PAUSE, left))
      return
    }
    skipped += Math.max(0, left)
    run(...words)
  }
  const timer = later(look, PAUSE)
  return timer
}
globalThis.clearTimeout = timer => {
  never(timer?.again)
  never(timer)
}
