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
export const SEEDS: readonly Seed[] = [
  {
    property:
      'properties of a verdict safe: what is repaired was truly green, whatever the server wrote ' +
      'and left out',
    seed: -1961125702,
    path: '667:0:0:1:1:1:1:1:1:2:1:2:8:3:2:5:2:1:1:1:1:1:1:1:1:1:1',
    made: 'dfa52b7aff18',
    fault:
      'where skipped reads success, a success of an older run stood for a job that the newest ' +
      'run had skipped',
  },
  {
    property:
      'properties of a verdict safe: what is repaired was truly green, whatever the server wrote ' +
      'and left out',
    seed: -710794920,
    path: '12849:1:2:2:2:2:2:3:3:4:5:4:3:16:5:3:3:3:3:3:3:3:3:3:3',
    made: '30d906d8b136',
    fault:
      'the green task row of a first attempt vouched for a job that its second attempt skipped',
  },
  {
    property: 'properties of a verdict monotone: spoiling any evidence never creates a repair',
    seed: -1658729875,
    path: '3444:0:1:2:2:2:4:3:3:6:4:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:3:4',
    made: '869d77b70804',
    fault:
      'a state nobody knows was looked for among the latest rows only: further down it hid all ' +
      'there was of a newer run',
  },
]
