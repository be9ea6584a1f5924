import type { Duration, Instant } from '../core/model/time.js'
import { formatDuration, minutes, parseInstant } from '../core/model/time.js'

/** The clock of the machine a sweep runs on, and where a doubt about the time is told. */
export interface RunnerClock {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number
  readonly warn: (line: string) => void
}

/** What time it is, by an answer's `Date` and the runner's own clock. */
export interface SweepClock {
  /** The earlier of the two; `null` for an answer without a `Date`. */
  readonly at: (date: string | undefined) => Instant | null
}

/** Clocks that are further apart than this are told: one of them is wrong. */
const DIFFERENCE = minutes(1)

/**
 * A `Date` that is ahead would make rows look older than they are, and `min-age` would protect
 * nothing; it may be a proxy's. So would a runner's clock that is ahead. The earlier of the two can
 * only make them look younger, and then a sweep waits. A difference is told once.
 */
export function openClock({ wallClock, warn }: RunnerClock): SweepClock {
  let told = false
  const tell = (server: Instant, runner: number): void => {
    const difference = Math.abs(server - runner) as Duration
    if (told || difference <= DIFFERENCE) return
    told = true
    const [where, used] =
      server > runner
        ? ['ahead of', "the runner's clock is used"]
        : ['behind', "the server's Date is used"]
    warn(
      `clock: the server's Date is ${formatDuration(difference)} ${where} the runner's clock; ` +
        `${used}, for it is the earlier one`,
    )
  }
  return {
    at: date => {
      const server = date === undefined ? null : parseInstant(date)
      if (server === null) return null
      // A `Date` has whole seconds.
      const runner = Math.floor(wallClock() / 1000) * 1000
      tell(server, runner)
      return Math.min(server, runner) as Instant
    },
  }
}
