import { subscribe } from 'node:diagnostics_channel'
import { performance } from 'node:perf_hooks'

/** Milliseconds between two looks at whether anything but a sleep is under way. */
const PAUSE = 20

/** A shorter timer stays as it is: those of the HTTP library itself tick twice a second. */
const SHORTEST = 500

/** How many requests of this process have no whole answer yet. */
function countRequests() {
  const open = new Set()
  const ended = ({ request }) => open.delete(request)
  subscribe('http.client.request.start', ({ request }) => {
    open.add(request)
    request.once('close', () => open.delete(request))
  })
  subscribe('undici:request:create', ({ request }) => open.add(request))
  subscribe('undici:request:trailers', ended)
  subscribe('undici:request:error', ended)
  return () => open.size
}

/**
 * Makes this process sleep by its clock alone: while no request is under way, a timer ends at once
 * and `performance.now` is moved on to the time it was set for. A timer over a request under way is
 * its deadline, and lasts as long as it says.
 */
export function skipSleeps() {
  const underWay = countRequests()
  const { setTimeout: start, clearTimeout: stop } = globalThis
  const real = performance.now.bind(performance)
  let skipped = 0
  const now = () => real() + skipped
  performance.now = now

  globalThis.setTimeout = (run, milliseconds = 0, ...words) => {
    if (!(milliseconds > SHORTEST)) return start(run, milliseconds, ...words)
    const due = now() + milliseconds
    const look = () => {
      const left = due - now()
      if (left > 0 && underWay() > 0) {
        timer.again = start(look, Math.min(PAUSE, left))
        return
      }
      if (left > 0) skipped += left
      run(...words)
    }
    const timer = start(look, PAUSE)
    return timer
  }
  globalThis.clearTimeout = timer => {
    stop(timer?.again)
    stop(timer)
  }
}
