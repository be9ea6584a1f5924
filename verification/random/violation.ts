import type { Feature } from './scene.js'
import type { Flaw } from './truth.js'
import { describeFlaw } from './truth.js'

/** A law that a sweep has broken. */
export interface Violation {
  readonly law:
    | 'false success'
    | 'not taken back'
    | 'false success stands'
    | 'write in a dry run'
    | 'untold write'
    | 'wrong job run again'
    | 'false re-run'
  readonly detail: string
  readonly pull: number | null
  readonly flaws: readonly Flaw[]
  readonly features: readonly Feature[]
}

/** A violation in one line. */
export const describeViolation = ({ law, detail, pull, flaws, features }: Violation): string =>
  `${law}${pull === null ? '' : ` for #${pull}`}: ${detail}` +
  (flaws.length === 0 ? '' : `; ${flaws.map(describeFlaw).join('; ')}`) +
  (features.length === 0 ? '' : ` (${features.join(', ')})`)
