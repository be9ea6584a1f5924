import { ACTING } from './acting.js'
import { CHECKING } from './checking.js'
import { JUDGING } from './judging.js'
import { LISTING } from './listing.js'
import type { Mutation } from './mutation.js'
import { READING } from './reading.js'
import { RERUNNING } from './rerunning.js'
import { TRACKING } from './tracking.js'
import { TELLING } from './telling.js'

/** Every mutation the suite must catch. */
export const MUTATIONS: readonly Mutation[] = [
  ...TELLING,
  ...JUDGING,
  ...ACTING,
  ...RERUNNING,
  ...CHECKING,
  ...READING,
  ...LISTING,
  ...TRACKING,
]
