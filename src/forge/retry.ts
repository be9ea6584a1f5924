import type { Instant } from '../core/model/time.js'
import { parseInstant } from '../core/model/time.js'
import type { ForgeErrorCode } from './port.js'
import { ForgeError } from './port.js'

/** One request may take so long (milliseconds). */
export const TIMEOUT = 15_000
const TRIES = 3

/** An error worth waiting for, with the server's own wish for how long, in milliseconds. */
export class RetryableError extends ForgeError {
  readonly wait: number | null
  constructor(code: ForgeErrorCode, message: string, wait: number | null) {
    super(code, message)
    this.wait = wait
  }
}

/** Server text in an error: one line, cut short, control characters gone. */
export function excerpt(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

/** `Retry-After` in seconds or as a date, in milliseconds; `null` when absent or unreadable. */
export function retryAfter(header: string | undefined, at: Instant | null): number | null {
  if (header === undefined) return null
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000
  const until = parseInstant(header)
  return until === null || at === null ? null : Math.max(0, until - at)
}

/** Work that is done so many at a time, the rest in the order it came. */
interface Limiter {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
  /** The server has too much to do: from now on half as many at a time, and one at the least. */
  readonly halve: () => void
}

export function openLimiter(most: number): Limiter {
  const queue: (() => void)[] = []
  let limit = most
  let going = 0
  const next = (): void => {
    while (going < limit && queue.length > 0) {
      going += 1
      queue.shift()?.()
    }
  }
  return {
    run: async work => {
      await new Promise<void>(resolve => {
        queue.push(resolve)
        next()
      })
      try {
        return await work()
      } finally {
        going -= 1
        next()
      }
    },
    halve: () => {
      limit = Math.max(1, Math.floor(limit / 2))
    },
  }
}

/** The results of work on each item, in their order; so many are begun at a time. */
export async function eachOf<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const left = items[Symbol.iterator]()
  let next = 0
  const worker = async (): Promise<void> => {
    for (let one = left.next(); one.done !== true; one = left.next()) {
      const at = next
      next += 1
      results[at] = await work(one.value)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

/**
 * May another request be sent? Throws where the time is used up, or where the sweep was told to
 * stop and no write of it is under way.
 */
function checkTime({ now, stopped }: Lasting, ends: number): void {
  const why = now() >= ends ? 'the time of this sweep is used up' : (stopped?.() ?? null)
  if (why !== null) throw new ForgeError('out-of-time', why)
}

/** What ends the requests of a sweep. */
export interface Lasting {
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Why no request may be sent any more, or `null`; absent where nothing can stop the sweep. */
  readonly stopped?: () => string | null
}

/** By which clock a read is tried again. */
interface Waiting {
  readonly now: () => number
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** The requests of a sweep: so many under way at a time, none where the time is used up. */
interface Requests {
  /** A read: tried again while the server is busy and there is time left. */
  readonly read: <T>(send: () => Promise<T>) => Promise<T>
  /** Sent once, and at once. */
  readonly write: <T>(send: () => Promise<T>) => Promise<T>
  readonly halve: Limiter['halve']
}

/** `ends` is when the time of the sweep is used up, by its monotonic clock. */
export function openRequests(
  options: Lasting & Waiting & { readonly concurrency: number },
  ends: number,
): Requests {
  const { run, halve } = openLimiter(options.concurrency)
  const write: Requests['write'] = async send => {
    checkTime(options, ends)
    return send()
  }
  return { halve, write, read: send => run(() => retry(options, ends, () => write(send))) }
}

/** Tries a read again while the server is busy and there is time left. */
async function retry<T>(
  { now, random, sleep }: Waiting,
  ends: number,
  read: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof RetryableError) || attempt === TRIES) throw error
      const wait = error.wait ?? 250 * 2 ** attempt * (0.5 + random())
      if (now() + wait >= ends) throw error
      await sleep(wait)
    }
  }
}
