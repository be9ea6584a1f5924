/**
 * The part of the state that tells the time: milliseconds since 1970, moved only by the script
 * unless `realTime`.
 */
export interface ClockState {
  now: number
  readonly realTime: boolean
}

/**
 * What a script may do with time. `advance` takes `90`, `'90s'`, `'5m'`, `'1h30m'` or `'2d'`; a
 * bare number is seconds.
 */
export interface Clock {
  now(): number
  text(): string
  advance(duration: string | number): void
  set(instant: string | number): void
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** The instant it is on the server. */
export function timeOf(clock: ClockState): number {
  return clock.realTime ? Date.now() : clock.now
}

/**
 * RFC 3339 with whole seconds, as the servers write it (docs/forge-facts.md, 1.2); 0 is the
 * servers' unset time.
 */
export function instantText(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/**
 * Milliseconds of a duration such as `5m`; throws on anything else, so that a typing error cannot
 * stop the clock.
 */
function durationOf(duration: string | number): number {
  if (typeof duration === 'number') return duration * 1000
  if (!/^(\d+(ms|s|m|h|d))+$/.test(duration)) throw new Error(`not a duration: ${duration}`)
  let sum = 0
  for (const [, amount, unit] of duration.matchAll(/(\d+)(ms|s|m|h|d)/g))
    sum += Number(amount) * (UNITS[unit ?? ''] ?? 0)
  return sum
}

/**
 * A span as Go prints it in descriptions: `40s`, `1m5s`, `2h0m3s` (time.Duration.String at whole
 * seconds).
 */
export function goDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (h > 0) return `${h}h${m}m${s}s`
  return m > 0 ? `${m}m${s}s` : `${s}s`
}

/** The script's handle on the clock of a state. */
export function clockOf(clock: ClockState): Clock {
  return {
    now: () => timeOf(clock),
    text: () => instantText(timeOf(clock)),
    advance: duration => {
      clock.now += durationOf(duration)
    },
    set: instant => {
      clock.now = typeof instant === 'number' ? instant : Date.parse(instant)
    },
  }
}
