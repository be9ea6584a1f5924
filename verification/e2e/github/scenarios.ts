import { EVIDENCE } from './evidence.js'
import { REFUSALS } from './refusals.js'
import { RERUNS } from './reruns.js'
import type { GithubScenario } from './scenario.js'
import { STATUSES } from './statuses.js'

export { GATE } from './setups.js'

/** Every story that is played on GitHub. */
export const GITHUB_SCENARIOS: readonly GithubScenario[] = [
  ...RERUNS,
  ...REFUSALS,
  ...EVIDENCE,
  ...STATUSES,
]
