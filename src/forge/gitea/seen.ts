import type { Gap, GapCause } from '../../core/model/evidence.js'
import type { Instant } from '../../core/model/time.js'
import type { ForgeErrorCode, Reading } from '../port.js'
import { ForgeError } from '../port.js'

const CAUSE: Readonly<Partial<Record<ForgeErrorCode, GapCause>>> = {
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'out-of-time': 'out-of-time',
}

/** A read that failed, as a gap of the whole head. */
export function gapOf(what: string, error: unknown): Gap {
  if (!(error instanceof ForgeError)) throw error
  return { what, cause: CAUSE[error.code] ?? 'unreadable', context: null, detail: error.message }
}

/** A read as a reading: what failed is a gap, and so is an answer without a clock. */
export async function seen<T>(
  what: string,
  empty: T,
  read: Promise<Reading<T>>,
): Promise<Reading<T>> {
  try {
    const reading = await read
    if (reading.at !== null) return reading
    return {
      ...reading,
      gaps: [
        ...reading.gaps,
        { what, cause: 'no-clock', context: null, detail: 'the server sent no Date' },
      ],
    }
  } catch (error) {
    return { value: empty, gaps: [gapOf(what, error)], at: null }
  }
}

/** The time of what has no clock: such a head has a gap, and nothing is decided by its age. */
export const EPOCH = 0 as Instant
