const START = Date.parse('2026-11-30T12:00:00Z')

/**
 * The time of the server. It goes on by itself, and is moved on by what its client slept: the
 * client does not wait in truth, but tells with each request how long it would have.
 */
export class Clock {
  readonly #began = Date.now()
  #skipped = 0

  now(): number {
    return START + this.#skipped + Date.now() - this.#began
  }

  slept(milliseconds: number): void {
    this.#skipped = Math.max(this.#skipped, milliseconds)
  }

  /** So many minutes before the beginning. */
  ago(minutes: number): number {
    return START - minutes * 60_000
  }
}

/** As GitHub writes times. */
export const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
