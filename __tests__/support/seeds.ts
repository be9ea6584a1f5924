/** A case on which a property failed once. It is run before any new one, for good. */
export interface Seed {
  /** Full name of the test. */
  readonly property: string
  readonly seed: number
  readonly path: string
  /** Short name of the case: the test says so when the seed makes another one. */
  readonly made: string
  /** What was wrong. */
  readonly fault: string
}

/** Every failure there was, oldest first. A failing property prints its line. */
export const SEEDS: readonly Seed[] = []
