export type { Profile, ProfileName } from './profile.js'
export { PROFILES } from './profiles.js'

export { createForge, forgeOf, type Forge } from './forge.js'

export type { SeenRequest } from './exchange.js'
export { faultFirst, happenBefore } from './faults.js'
export { serve, type Fault, type Hook, type SimulatedServer } from './server.js'
export { takeReruns } from './rerun-runner.js'

export type { Snapshot } from './engine.js'

export type { Ending } from './run-state.js'

export type { Outcome } from './run-script.js'

export type { ForgeOptions } from './setup.js'

export type { ForgeState, Job, Json, Pull, Run, StatusRow } from './state.js'
