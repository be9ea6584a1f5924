export {
  PROFILES,
  DEFECTS,
  breakProfile,
  type Defect,
  type Profile,
  type ProfileName,
} from './profiles.js'
export {
  createForge,
  forgeOf,
  type Forge,
  type OpenPull,
  type Outcome,
  type OutsidePost,
  type Ref,
} from './forge.js'
export { serve, type Fault, type Hook, type SeenRequest, type SimulatedServer } from './server.js'
export { durationOf, instantText, type Clock } from './clock.js'
export type { Ending, Snapshot } from './engine.js'
export type { PullAction, Push } from './events.js'
export type { Gate } from './gate.js'
export type { Rights } from './rights.js'
export type { JobStatus } from './profiles.js'
export type { ForgeOptions } from './setup.js'
export type { ForgeState, Job, Json, Pull, Run, StatusRow, Task } from './state.js'
