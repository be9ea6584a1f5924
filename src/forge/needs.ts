import type { Evidence, Gap, NonEmpty, UmbrellaNeeds } from '../core/model/evidence.js'
import { gap } from '../core/model/evidence.js'
import type { ConcurrencyReach, HeadBranch, OpenRun, RerunReach } from '../core/plan/rerun.js'
import type { Policy } from '../core/model/policy.js'
import type { Needs, NeedsQuestion } from '../workflow/needs.js'
import { concurrencyReach, REACHES } from '../workflow/concurrency.js'
import { startsAfter } from '../workflow/listeners.js'
import { combined, neededBy, umbrellaJobIn } from '../workflow/needs.js'
import type { Server } from '../core/model/server.js'
import type { Naming } from '../workflow/contexts.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
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
  /** The name of the default branch, under `''`. */
  readonly names: Map<string, Promise<string>>
}

export const openCache = (): WorkflowCache => ({
  trees: new Map(),
  files: new Map(),
  tips: new Map(),
  names: new Map(),
})

/** What is asked for once; a read that failed is asked for again. */
function once<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
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

/** The commit a branch stands on, once until the tips are asked for anew. Throws `ForgeError`. */
export function tipOf(
  { api, cache }: Pick<NeedsReads, 'api' | 'cache'>,
  branch: string,
): Promise<string> {
  return once(cache.tips, branch, () => api.commitOf(branch))
}

/** One workflow file of a commit, once; `null` where it has none. Throws `ForgeError`. */
export function fileAt(
  { api, cache }: Pick<NeedsReads, 'api' | 'cache'>,
  path: string,
  commit: string,
): Promise<Workflow | UnreadableFile | null> {
  return once(cache.files, `${commit}:${path}`, () => api.workflow(path, commit))
}

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
  /** `null` where the server does not tell. */
  readonly head: HeadBranch | null
}

/** Jobs that need the umbrella, and the widest concurrency; or why that is not known. */
function ownReach(
  { event, files }: RunSource,
  reads: NeedsReads,
): Result<{ readonly dependents: readonly string[]; readonly concurrency: ConcurrencyReach }> {
  const dependents = new Set<string>()
  let widest = 0
  for (const file of files) {
    if (file.kind === 'unreadable') return failure(`${file.path}: ${file.why}`)
    const found = umbrellaJobIn(file, questionOf(reads))
    if (found === null) {
      const { umbrella } = reads.policy
      return failure(`${file.path} of this commit has no single job that writes ${umbrella}`)
    }
    for (const dependent of found.dependents) dependents.add(dependent)
    widest = Math.max(widest, REACHES.indexOf(concurrencyReach(file, event)))
  }
  return success({
    dependents: [...dependents],
    concurrency: REACHES[widest] ?? 'repository',
  })
}

/**
 * The workflows that start when one of these has run. A server takes them from the default branch,
 * whatever the run's own commit holds (docs/github-facts.md, 2; docs/forge-facts.md, 13).
 */
async function listenersTo(
  files: RunSource['files'],
  reads: NeedsReads,
): Promise<Result<readonly string[]>> {
  const branch = await attempt(() => once(reads.cache.names, '', () => reads.api.defaultBranch()))
  if (!branch.ok) return failure(branch.why.message)
  const found = await treeOf(reads, branch.value)
  if (!found.ok) return found
  const broken = found.value.find(file => file.kind === 'unreadable')
  if (broken?.kind === 'unreadable') return failure(`${broken.path}: ${broken.why}`)
  const others = found.value
    .filter(file => file.kind === 'workflow')
    .filter(({ path }) => path !== reads.api.sweepFile)
  const own = files.filter(file => file.kind === 'workflow')
  return success(
    others.filter(file => own.some(one => startsAfter(file, one))).map(({ path }) => path),
  )
}

/** May an open run be in the group of a run that stands on this branch? */
function sharesGroup(run: OpenRun, own: HeadBranch | null, reach: ConcurrencyReach): boolean {
  if (reach === 'repository') return true
  const { head } = run
  // What is not told may be the same branch name in another fork.
  if (head === null || own === null) return true
  return head.branch === own.branch && head.repository !== own.repository
}

/**
 * What running a job of this run again would touch beside it: by the widest reading of its files,
 * and not known as soon as one of them cannot be read. `openRuns` is asked where another pull
 * request's run may share the concurrency group.
 */
export async function reachBy(
  source: RunSource,
  reads: NeedsReads,
  openRuns: () => Promise<readonly OpenRun[]>,
): Promise<RerunReach> {
  const own = ownReach(source, reads)
  if (!own.ok) return { kind: 'unreadable', why: own.why }
  const listeners = await listenersTo(source.files, reads)
  if (!listeners.ok) return { kind: 'unreadable', why: listeners.why }
  const { dependents, concurrency } = own.value
  const mayMeet = concurrency === 'repository' || concurrency === 'head-branch'
  const open = mayMeet ? await openRuns() : []
  return {
    kind: 'read',
    dependents: [...dependents, ...listeners.value.map(path => `${path} (on: workflow_run)`)],
    concurrency,
    open: open.filter(run => sharesGroup(run, source.head, concurrency)),
  }
}
