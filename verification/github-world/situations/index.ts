import type { Situation } from '../situation.js'
import { ATTEMPTS } from './attempts.js'
import { BASIC } from './basic.js'
import { CONCURRENCY } from './concurrency.js'
import { DEPENDENTS } from './dependents.js'
import { EXPLAINED } from './explained.js'
import { POSTED_GATES } from './posted.js'
import { MAY_FAIL } from './may-fail.js'
import { QUERIES } from './queries.js'
import { QUEUE } from './queue.js'
import { REQUESTS } from './requests.js'
import { RIGHTS } from './rights.js'
import { SKIPPED } from './skipped.js'
import { UNREADABLE } from './unreadable.js'

export const SITUATIONS: readonly Situation[] = [
  ...BASIC,
  ...ATTEMPTS,
  ...POSTED_GATES,
  ...DEPENDENTS,
  ...EXPLAINED,
  ...QUERIES,
  ...MAY_FAIL,
  ...CONCURRENCY,
  ...SKIPPED,
  ...REQUESTS,
  ...UNREADABLE,
  ...RIGHTS,
  ...QUEUE,
]
