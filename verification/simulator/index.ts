export type { JobStatus, Profile, ProfileName } from './profile.js'
export { PROFILES, DEFECTS, breakProfile, type Defect } from './profiles.js'

export type { OpenPull } from './pull-script.js'
export { createForge, forgeOf, type Forge, type OutsidePost } from './forge.js'

export type { SeenRequest } from './exchange.js'
export { faultFirst, happenBefore, type About } from './faults.js'
export { serve, type Fault, type Hook, type SimulatedServer } from './server.js'
export { takeReruns } from './rerun-runner.js'
export { durationOf, instantText, type Clock } from './clock.js'

export type { Snapshot } from './engine.js'

export type { Ending } from './run-state.js'

export type { PullAction, Push } from './events.js'

export type { Gate } from './gate.js'

export type { Rights } from './rights.js'

export type { Outcome, Ref } from './run-script.js'

export type { ForgeOptions } from './setup.js'

export type { ForgeState, Job, Json, Pull, Run, StatusRow, Task } from './state.js'
