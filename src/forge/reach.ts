import type { NonEmpty } from '../core/model/evidence.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { ConcurrencyReach, HeadBranch, OpenRun, RerunReach } from '../core/plan/rerun.js'
import { concurrencyReach, REACHES } from '../workflow/concurrency.js'
import { startsAfter } from '../workflow/listeners.js'
import { umbrellaJobIn } from '../workflow/umbrella-job.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import type { NeedsReads } from './needs.js'
import { questionOf } from './needs.js'
import { attempt } from './reading.js'
import { once, treeOf } from './workflow-cache.js'

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
  const question = questionOf(reads)
  let widest = 0
  for (const file of files) {
    if (file.kind === 'unreadable') return failure(`${file.path}: ${file.why}`)
    const found = umbrellaJobIn(file, question)
    if (found === null) {
      const { umbrella } = question
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
 * whatever the run's own commit holds (docs/github-facts.md, 7; docs/forge-facts.md, 13).
 */
async function listenersTo(
  { files, head }: RunSource,
  reads: NeedsReads,
): Promise<Result<readonly string[]>> {
  const main = await attempt(() => once(reads.cache.names, '', () => reads.api.defaultBranch()))
  if (!main.ok) return failure(main.why.message)
  const found = await treeOf(reads, main.value)
  if (!found.ok) return found
  const broken = found.value.find(file => file.kind === 'unreadable')
  if (broken?.kind === 'unreadable') return failure(`${broken.path}: ${broken.why}`)
  const others = found.value
    .filter(file => file.kind === 'workflow')
    .filter(({ path, follows }) => follows !== null && path !== reads.api.sweepFile)
  const own = files.filter(file => file.kind === 'workflow')
  const branch = head?.branch ?? null
  const requestsAnew = reads.api.server.kind !== 'github'
  return success(
    others
      .filter(file => own.some(workflow => startsAfter(file, { workflow, branch, requestsAnew })))
      .map(({ path }) => path),
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
  const listeners = await listenersTo(source, reads)
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
