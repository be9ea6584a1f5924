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
    /** A report tells of a write that never was. */
    | 'false report'
    /** A sweep ended without a report, and without a word about that. */
    | 'no report'
    | 'crash'
    | 'hang'
    | 'leak'
  readonly detail: string
  readonly pull: number | null
  /** What the server's own jobs and runs have against it. */
  readonly flaws: readonly string[]
  /** What is peculiar about the scene: a hint for whoever reads it. */
  readonly features: readonly string[]
}

/** A violation in one line. */
export const describeViolation = ({ law, detail, pull, flaws, features }: Violation): string =>
  `${law}${pull === null ? '' : ` for #${pull}`}: ${detail}` +
  (flaws.length === 0 ? '' : `; ${flaws.join('; ')}`) +
  (features.length === 0 ? '' : ` (${features.join(', ')})`)
