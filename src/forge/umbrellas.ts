import { loadUmbrellaWork } from './umbrella-work.js'
import { isPattern } from '../core/model/context.js'
import type { WorkflowCache, WorkflowHost } from './workflow-cache.js'
import { treeOf } from './workflow-cache.js'
import type { UmbrellaSearch } from './port.js'
import { attempt } from './reading.js'
import type { Inspection, RawFile } from './opened.js'

/** What is asked of the server to find an umbrella. */
interface UmbrellaReads {
  readonly api: WorkflowHost
  readonly cache: WorkflowCache
  readonly defaultBranch: () => Promise<string>
  /** The contexts and patterns that a merge into a branch requires. */
  readonly requiredToMerge: (branch: string) => Promise<readonly string[]>
  /** Do merges into a branch go through a merge queue? Absent where there are none. */
  readonly hasQueue?: (branch: string) => Promise<boolean>
}

/** The same by what nobody but an admin can change, for a diagnosis. */
export async function inspect(
  reads: Pick<UmbrellaReads, 'defaultBranch' | 'requiredToMerge' | 'hasQueue'>,
  rawFiles: (branch: string) => Promise<readonly RawFile[]>,
): Promise<Inspection> {
  const branch = await reads.defaultBranch()
  const files = await rawFiles(branch)
  const required = await attempt(() => reads.requiredToMerge(branch))
  const queue = await attempt(() => reads.hasQueue?.(branch) ?? Promise.resolve(false))
  return {
    branch,
    files,
    required: required.ok ? required.value : null,
    queue: queue.ok && queue.value,
  }
}

/**
 * Which contexts can be the umbrella: those that the default branch's protection requires and that
 * a job of a workflow there writes that answers for others. Nothing of this can be changed
 * by a pull request.
 */
export async function searchUmbrellas(reads: UmbrellaReads): Promise<UmbrellaSearch> {
  const { api } = reads
  const search = await attempt(async (): Promise<UmbrellaSearch> => {
    const branch = await reads.defaultBranch()
    // A pattern names no one context.
    const required = (await reads.requiredToMerge(branch)).filter(one => !isPattern(one))
    if (required.length === 0) return { kind: 'searched', branch, contexts: [], required }
    const folder = await treeOf(reads, branch)
    if (!folder.ok) return { kind: 'unreadable', why: folder.why }
    const naming = { naming: api.naming, targetSuffix: api.server.traits.targetSuffix }
    const { writtenByUmbrella } = await loadUmbrellaWork()
    const contexts = required.filter(umbrella =>
      writtenByUmbrella(folder.value, { umbrella, ...naming }),
    )
    return { kind: 'searched', branch, contexts, required }
  })
  return search.ok ? search.value : { kind: 'unreadable', why: search.why.message }
}
