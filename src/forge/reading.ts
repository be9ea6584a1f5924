import type { Gap, GapCause, ListedPull } from '../core/model/evidence.js'
import { gap, hasBase } from '../core/model/evidence.js'
import type { Result } from '../core/model/result.js'
import { failure } from '../core/model/result.js'
import type { Instant } from '../core/model/time.js'
import type { ForgeErrorCode, Reading } from './port.js'
import { ForgeError } from './port.js'

/** What an error means for the evidence; every other one only says that it could not be read. */
const CAUSE: Readonly<Partial<Record<ForgeErrorCode, GapCause>>> = {
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'out-of-time': 'out-of-time',
  'rate-limited': 'rate-limited',
}

/** A read that failed, as a gap of the whole head. */
export const gapOf = (what: string, { code, message }: ForgeError): Gap =>
  gap(what, CAUSE[code] ?? 'unreadable', message)

/**
 * A read whose failure is a value, be it under way or still to begin. What is no `ForgeError` is a
 * defect, and thrown.
 */
export async function attempt<T>(
  read: Promise<T> | (() => Promise<T>),
): Promise<Result<T, ForgeError>> {
  try {
    return { ok: true, value: await (typeof read === 'function' ? read() : read) }
  } catch (error) {
    if (error instanceof ForgeError) return failure(error)
    throw error
  }
}

/** The base branch of a pull request. Throws `ForgeError` where no list has told it. */
export function knownBase(pull: ListedPull): string {
  if (hasBase(pull)) return pull.base
  throw new ForgeError('not-found', `the base branch of #${pull.number} is not known`)
}

/** An answer without a clock: nothing may be decided by the age of what it tells. */
export const noClock = (what: string): Gap => gap(what, 'no-clock', 'the server sent no Date')

/** A read as a reading: what failed is a gap, and so is an answer without a clock. */
export async function readingOrGap<T>(
  what: string,
  empty: T,
  read: Promise<Reading<T>>,
): Promise<Reading<T>> {
  const found = await attempt(read)
  if (!found.ok) return { value: empty, gaps: [gapOf(what, found.why)], at: null }
  const { value, gaps, at } = found.value
  return at === null ? { value, gaps: [...gaps, noClock(what)], at } : found.value
}

/** The time of what has no clock: such a head has a gap, and nothing is decided by its age. */
export const EPOCH = 0 as Instant
