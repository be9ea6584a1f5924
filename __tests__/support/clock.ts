import type { Clock } from '../../src/act/dependencies.js'

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
