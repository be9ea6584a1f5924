import type { Situation } from '../situation.js'
import { ATTEMPTS } from './attempts.js'
import { BASIC } from './basic.js'
import { CALLED } from './called.js'
import { CLAIMS } from './claims.js'
import { CONCURRENCY } from './concurrency.js'
import { DEPENDENTS } from './dependents.js'
import { EVENTS } from './events.js'
import { EXPLAINED } from './explained.js'
import { HIDDEN } from './hidden.js'
import { MAY_FAIL } from './may-fail.js'
import { MEANWHILE } from './meanwhile.js'
import { POSTED_GATES } from './posted.js'
import { PULLS } from './pulls.js'
import { QUERIES } from './queries.js'
import { QUEUE } from './queue.js'
import { REQUESTS } from './requests.js'
import { RIGHTS } from './rights.js'
import { SIZES } from './sizes.js'
import { SKIPPED } from './skipped.js'
import { TRANSPORT } from './transport.js'
import { TRAPS } from './traps.js'
import { UNREADABLE } from './unreadable.js'

/** Every situation, the slowest first: then none of them is waited for alone. */
export const SITUATIONS: readonly Situation[] = [
  ...REQUESTS,
  ...SIZES,
  ...BASIC,
  ...ATTEMPTS,
  ...POSTED_GATES,
  ...CLAIMS,
  ...DEPENDENTS,
  ...EXPLAINED,
  ...QUERIES,
  ...MAY_FAIL,
  ...CONCURRENCY,
  ...SKIPPED,
  ...UNREADABLE,
  ...RIGHTS,
  ...QUEUE,
  ...PULLS,
  ...EVENTS,
  ...MEANWHILE,
  ...TRANSPORT,
  ...TRAPS,
  ...HIDDEN,
  ...CALLED,
]
