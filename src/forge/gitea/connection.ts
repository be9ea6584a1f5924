import type { Server } from '../../core/model/server.js'
import type { Naming } from '../../workflow/contexts.js'
import type { Lists } from './listing.js'
import type { Refusal } from './detect.js'
import type { Dialect } from './signing.js'
import type { Transport } from './transport.js'

/** A server and a repository of it, and how to speak to them. */
export interface Connection {
  readonly transport: Transport
  readonly server: Server
  readonly dialect: Dialect
  readonly naming: Naming
  /** Why the grade is lower than this version allows, by answers that must hold. */
  readonly refusals: readonly Refusal[]
  /** `owner/name`. */
  readonly repo: string
  /** The API root of the repository. */
  readonly root: string
}

/** A connection and the lists below its repository. */
export interface Reads extends Connection {
  readonly lists: Lists
}
