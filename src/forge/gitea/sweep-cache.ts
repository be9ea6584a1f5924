import type { Evidence, Gap } from '../../core/model/evidence.js'
import type { Policy } from '../../core/model/policy.js'
import type { SignedRow } from '../../core/model/status.js'
import type { WorkflowCache } from '../workflow-cache.js'
import type { SurroundingsReads } from '../surroundings.js'
import type { GiteaApi, HistoryPage } from './api.js'

/** What a preview has read, for the study of its head. */
interface PreviewReads {
  /** The newest page of the history; `null` where it was not asked for. */
  readonly page: HistoryPage | null
  /** Are the latest rows as the merge gate reads them, or the newest of the history? */
  readonly asGate: boolean
}

/** What the reads of one sweep share: what was read once is kept. */
export interface SweepCache {
  readonly api: GiteaApi
  readonly policy: Policy
  readonly cache: WorkflowCache
  /** The refs of pull requests, as they were last asked for. */
  refs: ReturnType<SurroundingsReads['refs']> | null
  /** The latest rows of base commits, by SHA; `null` for what could not be read. */
  readonly bases: Map<string, Promise<readonly SignedRow[] | null>>
  /** What is not known of a head's pull requests, by its SHA: no other read makes up for it. */
  readonly unsure: Map<string, readonly Gap[]>
  /** By the evidence of the preview, and gone with it: such a head is read anew. */
  readonly previews: WeakMap<Evidence, PreviewReads>
  /** Studied heads whose latest rows are the newest of their history: the gate was not asked. */
  readonly byHistory: Set<string>
}

export const openSweepCache = (
  api: GiteaApi,
  policy: Policy,
  cache: WorkflowCache,
): SweepCache => ({
  api,
  policy,
  cache,
  refs: null,
  bases: new Map(),
  unsure: new Map(),
  previews: new WeakMap(),
  byHistory: new Set(),
})
