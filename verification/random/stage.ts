import type { ForgeKind } from '../../src/forge/registry.js'
import type { Chance } from './chance.js'
import type { Scene } from './asked.js'
import type { Network } from './network.js'
import type { Request, Server } from './server.js'
import type { Step } from './script.js'

/** One kind of server, as a driver needs it. */
export interface Stage {
  readonly scene: Scene
  readonly server: Server
  readonly repo: string
  readonly token: string
  readonly apiUrl: string
  readonly inputs: Readonly<Record<string, string>>
  /** Does something; answers what, or `null` where there is nothing to do it to. */
  readonly act: (step: Step) => string | null
  /** Is a request refused for good, for want of a right? */
  readonly denies: (request: Request) => boolean
  /** A request of the sweeps that begin now was refused, once. */
  readonly refuses: (isSo: boolean) => void
  /** The sweeps that run now have lost the right to read Actions for good. */
  readonly blinds: (isSo: boolean) => void
  /** A runner takes what a sweep has run again. */
  readonly takeReruns: (chance: Chance) => void
  readonly kind: (network: Network, sweep: number) => ForgeKind
}
