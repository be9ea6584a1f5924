import type { Evidence, Gap, NonEmpty, UmbrellaNeeds } from '../core/model/evidence.js'
import type { ConcurrencyReach, OpenRun, RerunReach } from '../core/acting/rerun.js'
import type { Policy } from '../core/model/policy.js'
import type { Needs, NeedsQuestion } from '../workflow/needs.js'
import { concurrencyReach } from '../workflow/concurrency.js'
import { combined, neededBy, umbrellaJobIn } from '../workflow/needs.js'
import type { Server } from '../core/model/server.js'
import type { Naming } from '../workflow/contexts.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import { ForgeError } from './port.js'
import type { Workflows } from './workflows.js'

/** The workflow files of branches, each read once per sweep. */
export type Folders = Map<string, Promise<Workflows>>

/** A forge as far as workflow files and the names of contexts go. */
export interface WorkflowSource {
  readonly server: Server
  readonly naming: Naming
  /** The workflow files of a branch or commit. */
  workflows(ref: string): Promise<Workflows>
  /** One of them; `null` when that branch or commit has none at this path. */
  workflow(path: string, ref: string): Promise<Workflow | UnreadableFile | null>
}

/** What needs are read with. */
export interface NeedsReads {
  readonly api: WorkflowSource
  readonly policy: Policy
  readonly folders: Folders
}

/** The workflow files of a branch, read once per sweep. */
export function folderAt(
  { api, folders }: Pick<NeedsReads, 'api' | 'folders'>,
  branch: string,
): Promise<Workflows> {
  const known = folders.get(branch) ?? api.workflows(branch)
  folders.set(branch, known)
  return known
}

/** The umbrella as workflow files are asked for it. */
export const questionOf = ({ api, policy }: NeedsReads): NeedsQuestion => ({
  umbrella: policy.umbrella,
  naming: api.naming,
  targetSuffix: api.server.traits.targetSuffix,
})

/** What the umbrella stands for on a branch. */
async function needsOn(reads: NeedsReads, branch: string): Promise<Needs> {
  const found = await folderAt(reads, branch)
  return found.kind === 'unreadable'
    ? { kind: 'unreadable', why: found.detail }
    : neededBy(found.files, questionOf(reads))
}

/** Does a workflow file on this branch have the umbrella's job? `null`: that cannot be read. */
export async function hasUmbrella(reads: NeedsReads, branch: string): Promise<boolean | null> {
  const { kind } = await needsOn(reads, branch)
  return kind === 'unreadable' ? null : kind !== 'no-such-job'
}

/** The same in one file at one commit; `null` when the commit does not have that file. */
async function needsIn(reads: NeedsReads, path: string, sha: string): Promise<Needs | null> {
  try {
    const file = await reads.api.workflow(path, sha)
    return file === null ? null : neededBy([file], questionOf(reads))
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { kind: 'unreadable', why: error.message }
  }
}

/**
 * A head with what its umbrella stands for, for each of its pulls, where no list says it: by its
 * base branch and by its own file, so that neither what a pull adds nor what it drops is
 * overlooked. What cannot be read is a gap of the whole head: nothing is written or taken back.
 */
export async function withNeeds(reads: NeedsReads, head: Evidence): Promise<Evidence> {
  if (reads.policy.required.length > 0) return head
  const needs = new Map<number, UmbrellaNeeds>()
  const gaps: Gap[] = []
  for (const { number, base } of head.pulls) {
    const there = await needsOn(reads, base)
    const own = 'path' in there ? await needsIn(reads, there.path, head.sha) : null
    const found = combined(there, own, base)
    if (found !== null) needs.set(number, found)
    const broken = [there, own].find(side => side?.kind === 'unreadable')
    if (broken?.kind !== 'unreadable') continue
    const what = `what ${reads.policy.umbrella} needs`
    gaps.push({ what, cause: 'unreadable', context: null, detail: broken.why })
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
