import { ACTING } from './acting.js'
import { AROUND } from './around.js'
import { CHECKS } from './checks.js'
import { JUDGING } from './judging.js'
import { RERUNNING } from './rerunning.js'
import { SEEING } from './seeing.js'
import type { Wrong } from './wrong.js'

/** Every mistake that a test must notice. */
export const WRONGS: readonly Wrong[] = [
  ...JUDGING,
  ...SEEING,
  ...AROUND,
  ...CHECKS,
  ...ACTING,
  ...RERUNNING,
]
