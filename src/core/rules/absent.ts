import { distance } from '../model/context.js'
import type { UmbrellaWriter } from '../model/umbrella-files.js'
import type { RunKey } from '../model/ids.js'
import { asRunKey } from '../model/ids.js'
import { readChecks } from '../view/checks/result.js'
import { headStatusesOf } from '../view/head-statuses.js'
import type { RuleInput } from './rule.js'
import { named, refuse, wait } from './rule.js'
import type { Refusal, Wait } from './verdict.js'

/** A run that could have written the umbrella, and how far it came. */
interface CandidateRun {
  readonly run: RunKey
  readonly state: 'held' | 'never-started' | 'open' | 'ended'
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

/** The runs of a workflow file on this commit; every run where no file would write the umbrella. */
function candidates({ evidence }: RuleInput, writer: UmbrellaWriter): readonly CandidateRun[] {
  const isIts = (path: string): boolean =>
    writer.kind !== 'file' || baseName(path) === baseName(writer.path)
  if (evidence.kind === 'checks')
    return readChecks(evidence)
      .runs.filter(({ run }) => isIts(run.path))
      .map(({ run: { id }, state, neverStarted }) => ({
        run: asRunKey(id),
        state: neverStarted
          ? 'never-started'
          : state === 'action-required'
            ? 'held'
            : state === 'open'
              ? 'open'
              : 'ended',
      }))
  if (evidence.kind === 'jobs')
    return evidence.runs
      .filter(({ file }) => isIts(file))
      .map(({ key, completed }) => ({ run: key, state: completed ? 'ended' : 'open' }))
  return [...headStatusesOf(evidence).writers.keys()].map(run => ({ run, state: 'ended' }))
}

/** Contexts of the commit, by how like they are to the umbrella's name; two are enough to tell. */
function nearest({ evidence, policy: { umbrella } }: RuleInput): string {
  const names = new Set(evidence.latest.map(({ context }) => context))
  if (evidence.kind === 'checks') for (const { name } of evidence.checks) names.add(name)
  const two = [...names].sort((a, b) => distance(umbrella, a) - distance(umbrella, b)).slice(0, 2)
  return two.length === 0 ? '' : `; did you mean ${two.map(name => `"${name}"`).join(' or ')}?`
}

/** Gitea and Forgejo do not tell which of their runs are held for an approval. */
function notYet({ evidence, policy: { umbrella } }: RuleInput, { run }: CandidateRun): string {
  return evidence.kind === 'checks'
    ? `${named(run)} has not come to ${umbrella} yet`
    : `${named(run)} has not come to ${umbrella} yet; a run of a fork waits for an approval`
}

/** Nobody writes the umbrella, or nothing began that would. */
type Unwritten = Refusal<'no-writer' | 'not-written' | 'filtered' | 'never-run'>

/** What of the runs that there are keeps the umbrella from being written. */
function byRuns(
  input: RuleInput,
  runs: readonly CandidateRun[],
): Refusal<'awaiting-approval' | 'never-started'> | Wait<'run-open'> | null {
  const { umbrella } = input.policy
  const found = (state: CandidateRun['state']) => runs.find(one => one.state === state)
  const [held, broken, open] = [found('held'), found('never-started'), found('open')]
  const holder = ({ run }: CandidateRun) => ({ context: umbrella, run, job: null })
  if (held !== undefined) {
    const detail = `${named(held.run)} waits for an approval before it may start`
    return refuse(input, 'awaiting-approval', detail, holder(held))
  }
  if (open !== undefined) return wait(input, 'run-open', notYet(input, open), holder(open))
  if (broken === undefined) return null
  const detail = `${named(broken.run)} never started: its workflow file is not valid`
  return refuse(input, 'never-started', detail, holder(broken))
}

/**
 * Nothing on the commit carries the umbrella. Where a merge requires it, the pull request is
 * blocked, and no status on the commit tells why; `null` where no reason was read, or is known.
 */
export function absentReason(input: RuleInput): ReturnType<typeof byRuns> | Unwritten | null {
  const { evidence, pull, policy } = input
  const writer = evidence.umbrellaWriters?.get(pull.number)
  if (writer === undefined || writer.kind === 'unreadable') return null
  const runs = candidates(input, writer)
  const stopped = byRuns(input, runs)
  if (stopped !== null) return stopped
  if (writer.kind === 'nobody') {
    const none = `no workflow file on ${writer.branch} has a job that writes ${policy.umbrella}`
    return refuse(input, 'no-writer', `${none}${nearest(input)}`)
  }
  const { path, filters } = writer
  const [ended] = runs
  if (ended !== undefined) {
    const detail =
      `${named(ended.run)} has no job that wrote ${policy.umbrella}; ` +
      `${path} on the base branch has one`
    return refuse(input, 'not-written', detail, {
      context: policy.umbrella,
      run: ended.run,
      job: null,
    })
  }
  return filters === ''
    ? refuse(input, 'never-run', `no run of ${path} began for this commit`)
    : refuse(
        input,
        'filtered',
        `no run of ${path} began for this commit: it is filtered by ${filters}`,
      )
}
