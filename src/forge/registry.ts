import type { Policy } from '../core/model/policy.js'
import type { Server } from '../core/model/server.js'
import type { RunnerClock } from './clock.js'
import type { CommitReads } from './commits.js'
import type { Forge, UmbrellaSearch } from './port.js'
import { ForgeError } from './port.js'
import type { RepositoryAddress } from './repository-address.js'
import type { Tracker } from './tracker.js'
import type { Lasting } from './retry.js'
import type { RawFile } from './workflows.js'

/** Where a forge is, and how it may be spoken to. */
export interface OpenOptions extends RunnerClock, Lasting {
  readonly place: RepositoryAddress
  readonly token: string
  readonly userAgent: string
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** One deadline for all requests of a sweep, in milliseconds from the opening. */
  readonly budget: number
  /** Requests under way at the same time. */
  readonly concurrency: number
  /** The workflow file that this sweep is a step of; `null` where it is none, or not told. */
  readonly sweepFile: string | null
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

/** One kind of forge. */
export interface ForgeKind {
  readonly name: string
  /** Asks the server what it is. `null`: another kind of forge; throws `ForgeError` if unclear. */
  readonly open: (options: OpenOptions) => Promise<Opened | null>
}

/** The first of these kinds that the server says it is. */
export async function openForge(
  kinds: readonly ForgeKind[],
  options: OpenOptions,
): Promise<Opened> {
  for (const kind of kinds) {
    const opened = await kind.open(options)
    if (opened !== null) return opened
  }
  const names = kinds.map(({ name }) => name).join(', ')
  throw new ForgeError('not-found', `the server is none of the forges known here: ${names}`)
}
