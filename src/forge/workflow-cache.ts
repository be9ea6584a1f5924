import type { Server } from '../core/model/server.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { UmbrellaWork } from '../core/model/surroundings.js'
import { localCall, withCalledJobs } from '../workflow/calls.js'
import type { Naming } from '../workflow/contexts.js'
import type { Needs } from '../workflow/needs.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import { attempt } from './reading.js'
import type { Workflows } from './workflows.js'

/** What is read of workflow files in a sweep. A commit never changes, so it is read once. */
export interface WorkflowCache {
  /** Every workflow file of a commit. */
  readonly trees: Map<string, Promise<Workflows>>
  /** One file of a commit, by both. */
  readonly files: Map<string, Promise<Workflow | UnreadableFile | null>>
  /** What an umbrella stands for by the files of a commit or one of them, by all three. */
  readonly needs: Map<string, Needs>
  /** What the job of an umbrella does by the files of a commit, by both. */
  readonly work: Map<string, Promise<UmbrellaWork>>
  /** The commits that branches stand on, as they were last asked for. */
  readonly tips: Map<string, Promise<string>>
  /** The name of the default branch, under `''`. */
  readonly names: Map<string, Promise<string>>
}

export const openCache = (): WorkflowCache => ({
  trees: new Map(),
  files: new Map(),
  needs: new Map(),
  work: new Map(),
  tips: new Map(),
  names: new Map(),
})

/** What is asked for once; a read that failed is asked for again. */
export function once<T>(
  known: Map<string, Promise<T>>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const before = known.get(key)
  if (before !== undefined) return before
  const coming = read()
  known.set(key, coming)
  coming.catch(() => known.delete(key))
  return coming
}

/** A forge as far as workflow files and the names of contexts go. */
export interface WorkflowHost {
  readonly server: Server
  readonly naming: Naming
  /** The workflow file that this sweep is a step of; `null` where it is none, or not told. */
  readonly sweepFile: string | null
  /** The name of the default branch. Throws `ForgeError`. */
  defaultBranch(): Promise<string>
  /** The commit a branch stands on now. Throws `ForgeError`. */
  commitOf(branch: string): Promise<string>
  /** The workflow files of a commit. */
  workflows(commit: string): Promise<Workflows>
  /** One of them; `null` when that commit has none at this path. */
  workflow(path: string, commit: string): Promise<Workflow | UnreadableFile | null>
}

/** What workflow files are read with. */
export interface FileReads {
  readonly api: WorkflowHost
  readonly cache: WorkflowCache
}

/**
 * A file with the jobs of the workflows it calls, where a run shows those and not their caller
 * (`Naming.callerWrites`).
 */
function called(
  { naming }: WorkflowHost,
  file: Workflow | UnreadableFile,
  fileOf: (path: string) => Workflow | undefined,
): Workflow | UnreadableFile {
  return file.kind === 'unreadable' || naming.callerWrites ? file : withCalledJobs(file, fileOf)
}

/** The workflow files of a commit. What could not be read is asked for again. */
export function treeAt({ api, cache }: FileReads, commit: string): Promise<Workflows> {
  const { trees } = cache
  return once(trees, commit, async () => {
    const found = await api.workflows(commit)
    if (!found.ok) {
      trees.delete(commit)
      return found
    }
    const files = new Map(
      found.value.flatMap(file => (file.kind === 'workflow' ? [[file.path, file]] : [])),
    )
    return success(found.value.map(file => called(api, file, path => files.get(path))))
  })
}

/** The commit a branch stands on, once until the tips are asked for anew. Throws `ForgeError`. */
export function tipOf({ api, cache }: FileReads, branch: string): Promise<string> {
  return once(cache.tips, branch, () => api.commitOf(branch))
}

/** One workflow file of a commit, once; `null` where it has none. Throws `ForgeError`. */
export function fileAt(
  reads: FileReads,
  path: string,
  commit: string,
): Promise<Workflow | UnreadableFile | null> {
  const { api, cache } = reads
  return once(cache.files, `${commit}:${path}`, async () => {
    const tree = await cache.trees.get(commit)
    const known = tree?.ok === true ? tree.value.find(one => one.path === path) : undefined
    if (known !== undefined) return known
    const file = await api.workflow(path, commit)
    if (file?.kind !== 'workflow' || api.naming.callerWrites) return file
    const files = new Map<string, Workflow>()
    await readCalled(reads, file, commit, files)
    return called(api, file, name => files.get(name))
  })
}

/** Reads every workflow of the repository that a file calls, directly or not, at its commit. */
async function readCalled(
  { api }: Pick<FileReads, 'api'>,
  file: Workflow,
  commit: string,
  files: Map<string, Workflow>,
): Promise<void> {
  for (const path of file.jobs.flatMap(job => localCall(job) ?? [])) {
    if (files.has(path)) continue
    const found = await api.workflow(path, commit)
    if (found?.kind !== 'workflow') continue
    files.set(path, found)
    await readCalled({ api }, found, commit, files)
  }
}

/** The workflow files of a commit. */
export interface CommitFiles {
  readonly commit: string
  readonly files: readonly (Workflow | UnreadableFile)[]
}

/** The workflow files of this commit, with it. */
export async function filesAt(reads: FileReads, commit: string): Promise<Result<CommitFiles>> {
  const found = await treeAt(reads, commit)
  return found.ok ? success({ commit, files: found.value }) : found
}

/**
 * The workflow files a branch has now, with the commit it stands on. By that commit, for a tag may
 * have the branch's name, and once until the tips are asked for anew.
 */
export async function filesOn(reads: FileReads, branch: string): Promise<Result<CommitFiles>> {
  const tip = await attempt(tipOf(reads, branch))
  return tip.ok ? filesAt(reads, tip.value) : failure(tip.why.message)
}

/** The workflow files a branch has now. */
export async function treeOf(reads: FileReads, branch: string): Promise<Workflows> {
  const found = await filesOn(reads, branch)
  return found.ok ? success(found.value.files) : found
}
