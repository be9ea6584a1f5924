import type { CheckRun } from '../../core/model/check.js'
import type { CheckEvidence } from '../../core/model/evidence.js'
import type { RunSuite } from '../../core/view/checks/legs.js'
import { readChecks } from '../../core/view/checks/result.js'
import type { MayFail } from '../../workflow/keys.js'
import { jobNamesIn, mayFailIn, skippedFor } from '../../workflow/job-names.js'
import { fileAt, tipOf } from '../workflow-cache.js'
import type { NeedsReads } from '../needs.js'
import { attempt, knownBase } from '../reading.js'

/** GraphQL names a workflow by its file alone. */
const pathOf = ({ run: { path } }: RunSuite): string =>
  path.includes('/') ? path : `.github/workflows/${path}`

/** May this job fail by the run's file at a commit? What cannot be read is not known. */
async function mayFailAt(
  reads: NeedsReads,
  at: RunSuite,
  name: string,
  commit: string | Promise<string>,
): Promise<MayFail> {
  const readFile = async () => fileAt(reads, pathOf(at), await commit)
  const file = await attempt(readFile())
  if (!file.ok || file.value?.kind === 'unreadable') return 'unknown'
  return file.value === null ? 'no' : mayFailIn(file.value, name, reads.api.naming)
}

/**
 * A run of a pull request is made from the merge of its head with the base branch, so both must let
 * the job fail. The base is asked first: it is read once for all heads, and mostly says no.
 */
async function jobMayFail(
  reads: NeedsReads,
  head: CheckEvidence,
  suite: RunSuite,
  { name }: CheckRun,
): Promise<MayFail> {
  const found = new Set<MayFail>()
  for (const base of new Set(head.pulls.map(pull => pull.base))) {
    found.add(base === null ? 'unknown' : await mayFailAt(reads, suite, name, tipOf(reads, base)))
  }
  if (found.has('no')) return 'no'
  // It was made from the base as it was then, and no server tells that commit.
  if (suite.run.event === 'pull_request_target') return 'unknown'
  found.add(await mayFailAt(reads, suite, name, head.sha))
  // The head alone forbids what every base allows: which of the two its run went by is not known.
  return found.size === 1 && found.has('yes') ? 'yes' : 'unknown'
}

/** The head with its failed jobs told apart: those that hold back, and those that may fail. */
export async function withMayFail(reads: NeedsReads, head: CheckEvidence): Promise<CheckEvidence> {
  const asks = ({ isJob, state, name }: CheckRun): boolean =>
    isJob && state === 'failure' && name !== reads.policy.umbrella
  if (!head.checks.some(asks)) return head
  const suites = new Map(readChecks(head).runs.map(suite => [suite.id, suite]))
  const checks = await Promise.all(
    head.checks.map(async (check): Promise<CheckRun> => {
      const suite = suites.get(check.suite)
      if (suite === undefined || !asks(check)) return check
      return { ...check, mayFail: await jobMayFail(reads, head, suite, check) }
    }),
  )
  return { ...head, checks }
}

/** The names of a waiting run's jobs, by its file at the head and on the bases; `null`: unknown. */
async function jobNamesOf(
  reads: NeedsReads,
  head: CheckEvidence,
  suite: RunSuite,
): Promise<readonly string[] | null> {
  const found = await attempt(async () => {
    const bases = new Set(head.pulls.map(knownBase))
    const tips = await Promise.all([...bases].map(base => tipOf(reads, base)))
    const commits = [...new Set([head.sha, ...tips])]
    return Promise.all(commits.map(commit => fileAt(reads, pathOf(suite), commit)))
  })
  if (!found.ok || found.value.some(file => file?.kind === 'unreadable')) return null
  const files = found.value.filter(file => file?.kind === 'workflow')
  return files.length === 0 ? null : jobNamesIn(files, reads.api.naming)
}

/** The head with what its runs that wait for the approval of a deployment may still write. */
export async function withWaiting(reads: NeedsReads, head: CheckEvidence): Promise<CheckEvidence> {
  if (!head.suites.some(({ waitsWith }) => waitsWith === null)) return head
  const waiting = readChecks(head).runs.filter(({ waitsWith }) => waitsWith === null)
  if (waiting.length === 0) return head
  const names = new Map(
    await Promise.all(
      waiting.map(async suite => [suite.id, await jobNamesOf(reads, head, suite)] as const),
    ),
  )
  const suites = head.suites.map(suite =>
    names.has(suite.id) ? { ...suite, waitsWith: names.get(suite.id) ?? null } : suite,
  )
  return { ...head, suites }
}

/**
 * The head with every skipped job that was skipped for a failed one of its run, by the run's file
 * at the head: GitHub lets a merge pass over a skipped job (docs/github-facts.md, 7).
 */
export async function withSkippedFor(
  reads: NeedsReads,
  head: CheckEvidence,
): Promise<CheckEvidence> {
  if (!head.checks.some(({ state }) => state === 'skipped')) return head
  const { legs } = readChecks(head)
  const why = new Map<number, string>()
  for (const { suite, name, check } of legs.filter(({ state }) => state === 'skipped')) {
    const failed = legs
      .filter(leg => leg.suite.id === suite.id && leg.state === 'failure')
      .filter(leg => leg.check.mayFail !== 'yes')
      .map(leg => leg.name)
    if (failed.length === 0) continue
    const file = await attempt(fileAt(reads, pathOf(suite), head.sha))
    if (!file.ok || file.value?.kind !== 'workflow') continue
    const found = skippedFor(file.value, name, failed, reads.api.naming)
    if (found !== null) why.set(check.id, found)
  }
  if (why.size === 0) return head
  const checks = head.checks.map(check => {
    const found = why.get(check.id)
    return found === undefined ? check : { ...check, skippedFor: found }
  })
  return { ...head, checks }
}
