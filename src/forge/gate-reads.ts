import type { Evidence, Pull } from '../core/model/evidence.js'
import type { RunKey } from '../core/model/ids.js'
import type { MergeCondition } from '../core/model/merge.js'
import type { ReadsAsked } from '../core/model/surroundings.js'
import type { UmbrellaWriter } from '../core/model/umbrella-files.js'

/**
 * What judging a whole merge gate asks of a forge: reads alone, so that nothing which is found by
 * them can reach a write.
 */
export interface GateReads {
  /**
   * The contexts and patterns that a merge into this branch requires, once a sweep; `*` where every
   * status counts. Throws `ForgeError`.
   */
  required(branch: string): Promise<readonly string[]>
  /** Which workflow file on this branch would write each of these contexts. */
  writersOf(contexts: readonly string[], branch: string): Promise<ContextWriters>
  /** A studied head with what is asked for of what stands around it; what fails is a gap. */
  around(head: Evidence, asked: ReadsAsked): Promise<Evidence>
  /** The same with the jobs of these runs; a forge whose study reads all jobs answers the head. */
  withJobs(head: Evidence, runs: readonly RunKey[]): Promise<Evidence>
  /** Every condition of a merge but the required contexts, as the forge states it; never throws. */
  conditions(pull: Pull): Promise<readonly MergeCondition[]>
}

/** Which workflow file would write each context, by the base branch. */
export type ContextWriters = ReadonlyMap<string, UmbrellaWriter>
