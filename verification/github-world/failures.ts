/** An answer in place of what the server would say. */
export interface Instead {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Cut off in the middle, or never begun. */
  readonly broken?: 'cut' | 'reset'
}

/** Requests that fail: `GET /path`, `POST /path` or `POST /graphql candidates`, by a part of it. */
interface Failing {
  readonly on: RegExp | string
  /** How often; default is always. */
  times: number
  /** How many of them pass before. */
  skip: number
  readonly carriedOut: boolean
  readonly instead: (body: string) => Instead | null
}

const fits = (on: RegExp | string, line: string): boolean =>
  typeof on === 'string' ? line.includes(on) : on.test(line)

export class FailingRequests {
  readonly #failing: Failing[] = []
  readonly #events: { on: RegExp | string; skip: number; run: () => void }[] = []

  /** Lets requests fail; with `carriedOut` the server does what it was asked for all the same. */
  add(
    on: RegExp | string,
    instead: Instead | ((body: string) => Instead | null),
    given: { times?: number; skip?: number; carriedOut?: boolean } = {},
  ): void {
    const { times = Infinity, skip = 0, carriedOut = false } = given
    const answer = typeof instead === 'function' ? instead : () => instead
    this.#failing.push({ on, times, skip, carriedOut, instead: answer })
  }

  /** Something happens right before such a request is answered, once. */
  before(on: RegExp | string, run: () => void, skip = 0): void {
    this.#events.push({ on, skip, run })
  }

  happen(line: string): void {
    for (const event of this.#events.filter(one => fits(one.on, line))) {
      event.skip -= 1
      if (event.skip === -1) event.run()
    }
  }

  of(line: string, body: string): { instead: Instead; carriedOut: boolean } | null {
    for (const failing of this.#failing) {
      if (failing.times <= 0 || !fits(failing.on, line)) continue
      const instead = failing.instead(body)
      if (instead === null) continue
      failing.skip -= 1
      if (failing.skip >= 0) continue
      failing.times -= 1
      return { instead, carriedOut: failing.carriedOut }
    }
    return null
  }
}
