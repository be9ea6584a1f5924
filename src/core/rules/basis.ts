import type { RunKey } from '../model/ids.js'
import { isFinal, isRed } from '../model/status.js'
import { byRun, wordOf } from '../reading/job-result.js'
import { jobsOf } from '../reading/jobs.js'
import { tellsPulls } from '../reading/run-group.js'
import { umbrellaResult } from '../reading/umbrella-result.js'
import type { RuleInput } from './rule.js'
import type { Basis, Vouch } from './verdict.js'

/** Does anybody else stand on this commit, or did, whose runs cannot be told from this pull's? */
export function isShared({ head, seen }: RuleInput): boolean {
  const { pulls, others } = head.evidence
  const more = pulls.length > 1 || (others.kind === 'read' && others.numbers.length > 0)
  return more && !tellsPulls(head, seen.group)
}

/**
 * Is the red umbrella shown stale: does the newest run itself say that its umbrella is green? Where
 * another pull request's run may be the newest, every run must say so.
 */
function isShownStale(it: RuleInput): boolean {
  const { head, seen } = it
  const { newest, runs } = seen.group
  if (newest === null) return false
  const isGreenIn = (run: RunKey): boolean =>
    umbrellaResult(head, seen.group, run).kind === 'success'
  return isShared(it) ? [newest, ...runs].every(isGreenIn) : isGreenIn(newest)
}

/** Who vouches for the umbrella, or `null`. */
function vouchOf({ evidence, policy, pull }: Pick<RuleInput, 'evidence' | 'policy' | 'pull'>) {
  const work = evidence.work.get(pull.number)
  const otherWork = work?.kind === 'other-work' ? work.why : null
  const byList: Vouch = { by: 'list', otherWork }
  const byJob: Vouch | null = work?.kind === 'only-judges' ? { by: 'job' } : null
  return policy.userVouches ? byList : byJob
}

/** Why this umbrella's red is not believed. */
export function basisOf(it: RuleInput): Basis {
  return isShownStale(it)
    ? { kind: 'shown-stale' }
    : { kind: 'over-green-needs', vouch: vouchOf(it) }
}

/** Can this server run the umbrella's job of the newest run again, and may this sweep? */
export function canRunAgain({ head, seen, policy }: RuleInput): boolean {
  const { traits, kind } = head.evidence
  const { newest, context } = seen.group
  if (!traits.rerunsJobs || !policy.mayRerun || kind !== 'jobs' || newest === null) return false
  return (jobsOf(head, seen.group, newest, context) ?? []).length === 1
}

/**
 * Was the umbrella of the newest run run again, and did it end red again? Then that is the truth.
 * By its job's attempt where jobs can be read, else by its rows: final, pending, red.
 */
export function endedRedAgain({ head, seen }: RuleInput): boolean {
  const { newest, context } = seen.group
  if (newest === null) return false
  const job = jobsOf(head, seen.group, newest, context)?.[0]
  if (job !== undefined) return job.state === 'failure' && job.attempt !== null && job.attempt > 1
  const [last, ...older] = byRun(head.of(context), newest)
  if (last === undefined || !isRed(last.state)) return false
  const pending = older.findIndex(({ state }) => state === 'pending')
  return pending >= 0 && older.slice(pending).some(row => isFinal(wordOf(row) ?? 'waiting'))
}
