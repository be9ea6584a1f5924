import type { Policy } from '../core/model/policy.js'
import type { Server } from '../core/model/server.js'
import type { CommitReads } from './commits.js'
import type { Forge, UmbrellaSearch } from './port.js'
import type { Tracker } from './tracker.js'

/** A file of a branch, byte for byte. */
export interface RawFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The workflows of a repository as they are on its default branch. */
export interface Inspection {
  readonly branch: string
  readonly files: readonly RawFile[]
  /** What a merge into it requires; `null` where this token may not know. */
  readonly required: readonly string[] | null
  /** Do merges go through a merge queue, as far as is known? */
  readonly queue: boolean
}

/** A forge that answered, and what must be given back after a sweep. */
export interface Opened {
  readonly server: Server
  /** The umbrella where none is given and none can be found, as this forge names contexts. */
  readonly defaultUmbrella: string
  /** Asked where no umbrella is given, before any head is read. */
  readonly umbrellas: () => Promise<UmbrellaSearch>
  /** The forge as it is swept by a policy; does the user name its umbrella? */
  readonly forgeFor: (policy: Policy, isNamed: boolean) => Forge
  /** What is read of merged pull requests, branches and tags, by a policy: nothing writes. */
  readonly commitsFor: (policy: Policy) => CommitReads
  /** What a diagnosis reads. Throws `ForgeError` where the workflow files cannot be had. */
  readonly inspect: () => Promise<Inspection>
  /** What a tracking issue is kept with. */
  readonly tracker: Tracker
  /** Requests sent so far, retries included. */
  readonly requests: () => number
  readonly close: () => void
}
