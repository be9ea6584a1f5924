import type { Evidence, Gap, NonEmpty, UmbrellaNeeds } from '../core/model/evidence.js'
import { gap } from '../core/model/evidence.js'
import type { ConcurrencyReach, OpenRun, RerunReach } from '../core/plan/rerun.js'
import type { Policy } from '../core/model/policy.js'
import type { Needs, NeedsQuestion } from '../workflow/needs.js'
import { concurrencyReach } from '../workflow/concurrency.js'
import { combined, neededBy, umbrellaJobIn } from '../workflow/needs.js'
import type { Server } from '../core/model/server.js'
import type { Naming } from '../workflow/contexts.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import { failure } from '../core/model/result.js'
import { attempt } from './reading.js'
import type { Workflows } from './workflows.js'

/** What is read of workflow files in a sweep. A commit never changes, so it is read once. */
export interface WorkflowCache {
  /** Every workflow file of a commit. */
  readonly trees: Map<string, Promise<Workflows>>
  /** One file of a commit, by both. */
  readonly files: Map<string, Promise<Workflow | UnreadableFile | null>>
  /** The commits that branches stand on, as they were last asked for. */
  readonly tips: Map<string, Promise<string>>
}

export const openCache = (): WorkflowCache => ({
  trees: new Map(),
  files: new Map(),
  tips: new Map(),
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
export interface WorkflowSource {
  readonly server: Server
  readonly naming: Naming
  /** The commit a branch stands on now. Throws `ForgeError`. */
  commitOf(branch: string): Promise<string>
  /** The workflow files of a commit. */
  workflows(commit: string): Promise<Workflows>
  /** One of them; `null` when that commit has none at this path. */
  workflow(path: string, commit: string): Promise<Workflow | UnreadableFile | null>
}

/** What needs are read with. */
export interface NeedsReads {
  readonly api: WorkflowSource
  readonly policy: Policy
  readonly cache: WorkflowCache
}

/** The workflow files of a commit. What could not be read is asked for again. */
export function treeAt(
  { api, cache }: Pick<NeedsReads, 'api' | 'cache'>,
  commit: string,
): Promise<Workflows> {
  const { trees } = cache
  return once(trees, commit, async () => {
    const found = await api.workflows(commit)
    if (!found.ok) trees.delete(commit)
    return found
  })
}

/** The commit a branch stood on when it was last asked for. Throws `ForgeError`. */
export const tipOf = (
  { api, cache }: Pick<NeedsReads, 'api' | 'cache'>,
  branch: string,
): Promise<string> => once(cache.tips, branch, () => api.commitOf(branch))

/**
 * The workflow files a branch has now. By the commit it stands on, for a tag may have its name, and
 * once until the tips are asked for anew.
 */
export async function treeOf(
  reads: Pick<NeedsReads, 'api' | 'cache'>,
  branch: string,
): Promise<Workflows> {
  const tip = await attempt(() => tipOf(reads, branch))
  return tip.ok ? treeAt(reads, tip.value) : failure(tip.why.message)
}

/** The umbrella as workflow files are asked for it. */
export const questionOf = ({ api, policy }: NeedsReads): NeedsQuestion => ({
  umbrella: policy.umbrella,
  naming: api.naming,
  targetSuffix: api.server.traits.targetSuffix,
})

/** What the umbrella stands for on a branch. */
async function needsOn(reads: NeedsReads, branch: string): Promise<Needs> {
  const found = await treeOf(reads, branch)
  return found.ok
    ? neededBy(found.value, questionOf(reads))
    : { kind: 'unreadable', why: found.why }
}

/** Does a workflow file on this branch have the umbrella's job? `null`: that cannot be read. */
export async function hasUmbrella(reads: NeedsReads, branch: string): Promise<boolean | null> {
  const { kind } = await needsOn(reads, branch)
  return kind === 'unreadable' ? null : kind !== 'no-such-job'
}

/** One file of a commit, read once: a commit never changes. Throws `ForgeError`. */
export const fileAt = (
  { api, cache }: Pick<NeedsReads, 'api' | 'cache'>,
  path: string,
  sha: string,
): Promise<Workflow | UnreadableFile | null> =>
  once(cache.files, `${sha}:${path}`, () => api.workflow(path, sha))

/** The same in one file at one commit; `null` when the commit does not have that file. */
async function needsIn(reads: NeedsReads, path: string, sha: string): Promise<Needs | null> {
  const file = await attempt(() => fileAt(reads, path, sha))
  if (!file.ok) return { kind: 'unreadable', why: file.why.message }
  return file.value === null ? null : neededBy([file.value], questionOf(reads))
}

/**
 * A head with what its umbrella stands for, for each of its pulls, where no list says it: by its
 * base branch and by its own file, so that neither what a pull adds nor what it drops is
 * overlooked. What cannot be read is a gap of the whole head: nothing is written or taken back.
 */
export async function withNeeds(reads: NeedsReads, head: Evidence): Promise<Evidence> {
  if (reads.policy.required.length > 0) return { ...head, needs: new Map() }
  const needs = new Map<number, UmbrellaNeeds>()
  const gaps: Gap[] = []
  for (const { number, base } of head.pulls) {
    const there = await needsOn(reads, base)
    const own = 'path' in there ? await needsIn(reads, there.path, head.sha) : null
    const found = combined(there, own, base)
    if (found !== null) needs.set(number, found)
    const broken = [there, own].find(side => side?.kind === 'unreadable')
    if (broken?.kind !== 'unreadable') continue
    gaps.push(gap(`what ${reads.policy.umbrella} needs`, 'unreadable', broken.why))
  }
  return { ...head, needs, gaps: [...head.gaps, ...gaps] }
}

/** What a run was made from. */
export interface RunSource {
  readonly event: string
  /** Its workflow file, at every commit whose text it may have been run by. */
  readonly files: NonEmpty<Workflow | UnreadableFile>
}

/** From the narrowest to the widest. */
const REACHES: readonly ConcurrencyReach[] = ['nothing', 'own-ref', 'repository']

/**
 * What running a job of this run again would touch beside it: by the widest reading of its files,
 * and not known as soon as one of them cannot be read. `openRuns` is asked where another pull
 * request's run may share the concurrency group.
 */
export async function reachBy(
  { event, files }: RunSource,
  reads: NeedsReads,
  openRuns: () => Promise<readonly OpenRun[]>,
): Promise<RerunReach> {
  const unreadable = (why: string): RerunReach => ({ kind: 'unreadable', why })
  const dependents = new Set<string>()
  let widest = 0
  for (const file of files) {
    if (file.kind === 'unreadable') return unreadable(`${file.path}: ${file.why}`)
    const found = umbrellaJobIn(file, questionOf(reads))
    if (found === null) {
      const { umbrella } = reads.policy
      return unreadable(`${file.path} of this commit has no single job that writes ${umbrella}`)
    }
    for (const dependent of found.dependents) dependents.add(dependent)
    widest = Math.max(widest, REACHES.indexOf(concurrencyReach(file, event)))
  }
  const concurrency = REACHES[widest] ?? 'repository'
  const open = concurrency === 'repository' ? await openRuns() : []
  return { kind: 'read', dependents: [...dependents], concurrency, open }
}
