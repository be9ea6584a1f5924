import { isPattern } from '../core/model/context.js'
import type { WorkflowCache, WorkflowSource } from './needs.js'
import { treeOf } from './needs.js'
import type { UmbrellaSearch } from './port.js'
import { ForgeError } from './port.js'
import type { Inspection } from './registry.js'
import type { RawFile } from './workflows.js'

/** What is asked of the server to find an umbrella. */
export interface UmbrellaReads {
  readonly api: WorkflowSource
  readonly cache: WorkflowCache
  readonly defaultBranch: () => Promise<string>
  /** The contexts and patterns that a merge into a branch requires. */
  readonly requiredToMerge: (branch: string) => Promise<readonly string[]>
}

/** The same by what nobody but an admin can change, for a diagnosis. */
export async function inspect(
  { defaultBranch, requiredToMerge }: Pick<UmbrellaReads, 'defaultBranch' | 'requiredToMerge'>,
  rawFiles: (branch: string) => Promise<readonly RawFile[]>,
): Promise<Inspection> {
  const branch = await defaultBranch()
  const files = await rawFiles(branch)
  try {
    return { branch, files, required: await requiredToMerge(branch) }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { branch, files, required: null }
  }
}

/**
 * Which contexts can be the umbrella: those that the default branch's protection requires and that
 * a job of a workflow there writes that answers for others. Nothing of this can be changed
 * by a pull request.
 */
export async function searchUmbrellas(reads: UmbrellaReads): Promise<UmbrellaSearch> {
  const { api } = reads
  try {
    const branch = await reads.defaultBranch()
    // A pattern names no one context.
    const required = (await reads.requiredToMerge(branch)).filter(one => !isPattern(one))
    if (required.length === 0) return { kind: 'searched', branch, contexts: [], required }
    const folder = await treeOf(reads, branch)
    if (folder.kind === 'unreadable') return { kind: 'unreadable', why: folder.detail }
    const naming = { naming: api.naming, targetSuffix: api.server.traits.targetSuffix }
    const { writtenByUmbrella } = await import('../workflow/umbrella-work.js')
    const contexts = required.filter(umbrella =>
      writtenByUmbrella(folder.files, { umbrella, ...naming }),
    )
    return { kind: 'searched', branch, contexts, required }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { kind: 'unreadable', why: error.message }
  }
}
