import type { Clock } from '../../src/apply/dependencies.js'
import type { RunnerClock } from '../../src/forge/answer.js'

/** A runner's clock that is never the earlier one: the server's `Date` has the word. */
export const lateClock: RunnerClock = {
  wallClock: () => Number.MAX_SAFE_INTEGER,
  warn: () => undefined,
}

/** A clock that only moves while somebody sleeps by it; `each` happens in every pause. */
export function sleepingClock(each: () => void = () => undefined): Clock {
  let now = 0
  return {
    now: () => now,
    sleep: milliseconds => {
      now += milliseconds
      each()
      return Promise.resolve()
    },
  }
}
