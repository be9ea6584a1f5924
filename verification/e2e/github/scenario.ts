import type { PlannedAnswer } from '../../simulator/github/server.js'
import type { GithubWorld } from '../../simulator/github/world.js'

/** What a sweep says of the pull request a scenario is about. */
interface Said {
  readonly kind: string
  readonly reason: string
  readonly outcome?: string
}

/** One story on GitHub: what was there, what a sweep must say, and what it may send. */
export interface GithubScenario {
  readonly name: string
  readonly proves: string
  /** Makes the world. */
  readonly make: (world: GithubWorld) => void
  /** What happens before each request of the sweep; what it answers is the answer. */
  readonly meanwhile?: Hook
  readonly inputs?: Readonly<Record<string, string>>
  readonly says: Said
  /** Paths of what was sent, below the repository; `[]`: nothing. */
  readonly sends: readonly RegExp[]
  /** Is the umbrella green after it, by every reading of the gate? */
  readonly opens: boolean
}

type Hook = (
  request: { readonly method: string; readonly path: string },
  world: GithubWorld,
) => PlannedAnswer | undefined
