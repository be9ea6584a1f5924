import type { Target } from './target.js'
import { ANSWER_TARGETS } from './answers.js'
import { WORKFLOW_TARGETS } from './workflows.js'
import { SINK_TARGETS } from './sinks.js'
import { START_TARGETS } from './starts.js'
import { SWEEP_TARGETS } from './sweeps.js'
import { WORD_TARGETS } from './words.js'

/** Everything that reads what others wrote, and everything that writes what others will read. */
export const TARGETS: readonly Target[] = [
  ...WORD_TARGETS,
  ...START_TARGETS,
  ...ANSWER_TARGETS,
  ...WORKFLOW_TARGETS,
  ...SINK_TARGETS,
  ...SWEEP_TARGETS,
]
