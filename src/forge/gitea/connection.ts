import type { Server } from '../../core/model/server.js'
import type { Naming } from '../../workflow/contexts.js'
import type { Http } from '../http.js'
import type { RefusedList } from './detect.js'
import type { Dialect } from './signing.js'

/** A server and a repository of it, and how to speak to them. */
export interface Connection {
  readonly http: Http
  readonly server: Server
  readonly dialect: Dialect
  readonly naming: Naming
  /** Why the grade is lower than this version allows, by answers that must hold. */
  readonly refusals: readonly RefusedList[]
  /** `owner/name`. */
  readonly repo: string
  /** The API root of the repository. */
  readonly root: string
  /** The workflow file that this sweep is a step of. */
  readonly sweepFile: string | null
}
