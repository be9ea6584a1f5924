import type { RunnerClock } from './answer.js'
import type { Opened } from './opened.js'
import { ForgeError } from './port.js'
import type { RepositoryAddress } from './repository-address.js'
import type { Lasting } from './retry.js'

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
