declare const instant: unique symbol
declare const duration: unique symbol

/**
 * A point in time, in milliseconds since 1970 UTC. *Now* is the earlier of the server's clock and
 * the runner's.
 */
export type Instant = number & { readonly [instant]: true }

/** A length of time in milliseconds. */
export type Duration = number & { readonly [duration]: true }

const UNIT = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export const seconds = (n: number): Duration => (n * UNIT.s) as Duration
export const minutes = (n: number): Duration => (n * UNIT.m) as Duration
export const hours = (n: number): Duration => (n * UNIT.h) as Duration

/**
 * Reads `90s`, `5m`, `2h` or `1d`; `null` for anything else, a bare number or a negative one
 * included.
 */
export function parseDuration(text: string): Duration | null {
  const match = /^(\d{1,9})(s|m|h|d)$/.exec(text.trim())
  if (match === null) return null
  const [, count, unit] = match as unknown as [string, string, keyof typeof UNIT]
  return (Number(count) * UNIT[unit]) as Duration
}

/**
 * Writes a duration the way people read an age: `42s`, `12m`, `3h 5m`, `2d 1h`. Parts under the
 * second largest unit are dropped.
 */
export function formatDuration(length: Duration): string {
  const total = Math.max(0, Math.floor(length / UNIT.s))
  const parts = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3_600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'm'],
    [total % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return '0s'
  const shown = first === 2 ? parts.slice(2, 3) : parts.slice(first, first + 2)
  return shown
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
const RFC1123 = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * Reads an RFC 3339 time with its offset or an HTTP date; `null` for anything else, or nothing.
 * Gitea sends the server's own zone (docs/forge-facts.md, 1.2).
 */
export function parseInstant(text: string | null): Instant | null {
  if (text === null) return null
  const time = RFC3339.test(text) || RFC1123.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : (time as Instant)
}

/** The time between two instants, never negative: a server's second may be rounded up. */
export function between(from: Instant, to: Instant): Duration {
  return Math.max(0, to - from) as Duration
}

/** Writes an instant as RFC 3339 in UTC; one that no calendar reaches as `never`. */
export function formatInstant(at: Instant): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'never' : date.toISOString().replace('.000Z', 'Z')
}

/**
 * Reads the Go duration an Actions description carries (`12s`, `10m4s`, `1h0m3s`); `null` for
 * anything else (docs/forge-facts.md, 2.2).
 */
export function parseGoDuration(text: string): Duration | null {
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(\d{1,6})(?:\.\d+)?s$/.exec(text)
  if (match === null) return null
  const [, h, m, s] = match
  return (Number(h ?? 0) * UNIT.h + Number(m ?? 0) * UNIT.m + Number(s) * UNIT.s) as Duration
}
