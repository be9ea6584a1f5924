import type { Evidence, ListedPull } from '../../model/evidence.js'
import { isPattern, matches } from '../../model/context.js'
import type { Policy } from '../../model/policy.js'
import type { SurroundingsAsked } from '../../model/surroundings.js'
import type { UmbrellaWriter } from '../../model/umbrella-files.js'
import { readChecks } from '../../view/checks/result.js'
import { sameStatus } from '../../view/checks/statuses.js'
import { headStatusesOf } from '../../view/head-statuses.js'
import { runGroupOf } from '../../view/run-group.js'
import { suffixOf } from '../../model/context.js'
import { judgeContext } from './context.js'
import type { RequiredContext, Unread } from './finding.js'
import { found } from './finding.js'

/** What is asked of one pull request: each context that a merge into its base requires. */
interface GateQuestion {
  readonly policy: Policy
  readonly evidence: Evidence
  readonly pull: ListedPull
  /** As protection and rulesets name them, patterns among them. */
  readonly required: readonly string[]
  /** Which files would write contexts that nothing carries, as far as they were read. */
  readonly writers: ReadonlyMap<string, UmbrellaWriter>
}

/** Contexts of jobs that are read and wrote no row: a required one may be among them. */
function unwritten(evidence: Evidence, pull: number): readonly string[] {
  if (evidence.kind !== 'jobs') return []
  const head = headStatusesOf(evidence)
  return head.contexts.flatMap(context => {
    const group = runGroupOf(head, context, pull)
    const prefix = group.newest === null ? null : group.jobPrefix
    const jobs = group.newest === null ? [] : (head.jobs.get(group.newest) ?? [])
    return prefix === null ? [] : jobs.map(({ name }) => `${prefix}${name}${suffixOf(context)}`)
  })
}

/** Every context that this commit carries, or a job of a newest run would write. */
function contextsOn(evidence: Evidence, pull: number): readonly string[] {
  if (evidence.kind !== 'checks')
    return [...new Set([...headStatusesOf(evidence).contexts, ...unwritten(evidence, pull)])].sort()
  const { legs, foreign, statuses } = readChecks(evidence)
  const names = [...legs.map(({ name }) => name), ...foreign.map(({ check }) => check.name)]
  return [...new Set([...names, ...statuses.map(({ context }) => context)])].sort()
}

/** A required entry, and the contexts of the commit that it names. */
interface Entry {
  readonly entry: string
  readonly contexts: readonly string[]
}

function expandedEntries({ evidence, pull, required }: GateQuestion): readonly Entry[] {
  const known = contextsOn(evidence, pull.number)
  const isNamed = (entry: string, context: string): boolean =>
    evidence.kind === 'checks' ? sameStatus(entry, context) : matches(entry, context)
  return [...new Set(required)].map(entry => {
    const named = known.filter(context => isNamed(entry, context))
    // GitHub knows no patterns; elsewhere a context may be named by its own special characters.
    const isOpen = evidence.kind !== 'checks' && isPattern(entry)
    return { entry, contexts: named.length === 0 && !isOpen ? [entry] : named }
  })
}

const unmatchedContext = (entry: string): RequiredContext => ({
  context: entry,
  row: null,
  run: null,
  job: null,
  ...found('never-reported', 'no-match', 'no context of this commit matches this pattern'),
})

/**
 * Every context that a merge requires, judged, but for the umbrella: that one has its verdict. In
 * the order of their names; a pattern stands for all that it matches, and for itself where it
 * matches nothing.
 */
export function judgeRequired(question: GateQuestion): readonly RequiredContext[] {
  const { policy, evidence, pull, writers } = question
  const entries = expandedEntries(question)
  const contexts = new Set(entries.flatMap(one => one.contexts))
  const judged = [...contexts]
    .filter(context => context !== policy.umbrella)
    .map(context => {
      const writer = writers.get(context)
      const asked = { policy, evidence, pull, context }
      return judgeContext(writer === undefined ? asked : { ...asked, writer })
    })
  const none = entries
    .filter(one => one.contexts.length === 0)
    .map(({ entry }) => unmatchedContext(entry))
  return [...judged, ...none].sort((a, b) => (a.context < b.context ? -1 : 1))
}

/** The contexts about which another read of this kind may tell more. */
export const unreadIn = (
  judged: readonly RequiredContext[],
  kind: Unread,
): readonly RequiredContext[] => judged.filter(({ unread }) => unread === kind)

/** What must be read around a head for what would else not be known. */
export const aroundAsked = (judged: readonly RequiredContext[]): SurroundingsAsked => ({
  writers: unreadIn(judged, 'writers').length > 0,
  others: unreadIn(judged, 'writers').length > 0 || unreadIn(judged, 'others').length > 0,
  work: false,
})
