import { GATE_SCENARIOS } from './gate-scenarios.js'
import { LAW_SCENARIOS } from './law-scenarios.js'
import type { Scenario } from './scenarios.js'
import { SCENARIOS } from './scenarios.js'

/** Every story of the suite, in the order in which they are told. */
export const ALL_SCENARIOS: readonly Scenario[] = [
  ...SCENARIOS,
  ...LAW_SCENARIOS,
  ...GATE_SCENARIOS,
]
