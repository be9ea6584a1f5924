import type { CheckState } from '../../model/check.js'
import type { CheckEvidence } from '../../model/evidence.js'
import { asRowId } from '../../model/ids.js'
import type { Policy } from '../../model/policy.js'
import type { StatusState } from '../../model/status.js'
import { isGreen, statusName } from '../../model/status.js'
import type { Duration, Instant } from '../../model/time.js'
import { between, seconds } from '../../model/time.js'
import { requiredContexts } from '../required-contexts.js'
import type { ContextView, ForeignResult, Standing, UmbrellaRow, UmbrellaView } from '../view.js'
import { countingContexts, foreignState, listsOn } from '../view.js'
import { commitContexts, levelsIn } from './contexts.js'
import type { ForeignCheck } from './legs.js'
import { runName } from './legs.js'
import { withSkippedMatrices } from './matrix.js'
import type { Carriers } from './result.js'
import type { HeadChecks } from './head.js'
import { carriersOf, contextOn, readChecks } from './result.js'
import { groupOf, openRunReason, umbrellaRunsOf } from './runs.js'

/** Reads one pull request's umbrella from check runs: in whatever order they come. */
export function viewChecks(asked: Policy, evidence: CheckEvidence, pull: number): UmbrellaView {
  const head = readChecks(evidence)
  const listed = requiredContexts(asked, evidence.needs.get(pull))
  const all = commitContexts(head, listed.policy)
  const umbrella = carriersOf(head, listed.policy.umbrella)
  const group = groupOf(head, listed.policy.umbrella, umbrella)
  const runs = new Set(group.map(({ id }) => id))
  // What the needs of the umbrella name is of its own file.
  const legsFor =
    listed.needed.length === 0 ? head.legs : head.legs.filter(({ suite }) => runs.has(suite.id))
  const required = withSkippedMatrices(listed, legsFor, all)
  const { policy } = required
  const own = new Set(head.legs.filter(({ suite }) => runs.has(suite.id)).map(({ name }) => name))
  const written = levelsIn(policy, head, all).map(({ context, level }) => {
    const isOwn = own.has(context)
    return { context, level, isOwn, isOfNewest: isOwn }
  })
  const contexts = countingContexts(required, written).map(({ context, level }): ContextView => {
    const { carriers, result } = contextOn(head, context, level === 'external')
    return { context, level, result, foreign: foreignAmong(carriers) }
  })
  const counted = new Set([
    policy.umbrella,
    ...contexts.filter(({ level }) => level !== 'optional').map(({ context }) => context),
  ])
  const inLower = new Set([...counted].map(name => name.toLowerCase()))
  const isCounted = (context: string): boolean => inLower.has(context.toLowerCase())
  // A gate may poll for jobs of other workflows: any of them may be a leg.
  const legs = contexts.map(({ context }) => context)
  return {
    ...listsOn(required, { all, ofUmbrella: [...own] }, contexts, legs),
    ...umbrellaChecksOf(head, policy.umbrella, umbrella),
    ...umbrellaRunsOf(head, { policy, pull, umbrella, group }),
    counted,
    isCounted,
    openRun: openRunReason(head, isCounted),
    age: ageOf(head, counted, isCounted),
    isStudied: evidence.studied,
    unknownRows: head.statuses.filter(({ state }) => state === 'unknown'),
    read: { kind: 'checks', head, umbrella, group },
  }
}

/** Red, open and unknown before green: what closes the gate is what is judged. */
const CLOSING: readonly CheckState[] = [
  'failure',
  'cancelled',
  'action-required',
  'unknown',
  'open',
  'skipped',
  'success',
]

/** What of the umbrella is judged: a red leg before a green one, a status where there is no job. */
function standingOf({ legs, status }: Carriers): Standing | null {
  const [leg] = [...legs].sort((a, b) => CLOSING.indexOf(a.state) - CLOSING.indexOf(b.state))
  if (leg !== undefined) return { kind: 'check', leg }
  return status === null ? null : { kind: 'row', row: status }
}

/** What a check run's state is called where rows have states. */
function stateOf(state: CheckState): StatusState {
  switch (state) {
    case 'success':
    case 'skipped':
    case 'failure':
      return state
    case 'cancelled':
      return 'failure'
    case 'open':
      return 'pending'
    case 'action-required':
    case 'unknown':
      return 'unknown'
  }
}

function umbrellaRow(standing: Standing | null, { observedAt }: CheckEvidence): UmbrellaRow | null {
  if (standing === null) return null
  if (standing.kind === 'row') {
    const { id, state, createdAt } = standing.row
    return { row: id, state, age: between(createdAt, observedAt) }
  }
  const { check, state } = standing.leg
  const since = check.completedAt ?? check.startedAt
  return {
    row: asRowId(check.id),
    state: stateOf(state),
    age: since === null ? seconds(0) : between(since, observedAt),
  }
}

/** What is known of everything that carries the umbrella's name. */
function umbrellaChecksOf(
  { evidence, rows }: HeadChecks,
  name: string,
  { legs, foreign, status }: Carriers,
): Pick<
  UmbrellaView,
  'standing' | 'row' | 'umbrella' | 'unclear' | 'isGreen' | 'pending' | 'foreign' | 'past' | 'pins'
> {
  const lower = name.toLowerCase()
  const standing = standingOf({ legs, foreign, status })
  const others = foreign.map(one => foreignResult(one, writerOf(one)))
  const checks = legs.length + foreign.length
  const isMissing = checks === 0 && status === null
  // As the strictest gate reads it: every job of every run, every check and the status are green.
  const isOpenGate =
    !isMissing &&
    legs.every(({ state }) => isGreen(stateOf(state))) &&
    others.every(({ state }) => state === 'green') &&
    (status === null || isGreen(status.state))
  return {
    standing,
    row: standing?.kind === 'row' ? standing.row : null,
    umbrella: umbrellaRow(standing, evidence),
    unclear: isMissing
      ? { kind: 'missing', detail: `no ${name} on this commit` }
      : isOpenGate || status === null || checks === 0
        ? null
        : {
            kind: 'ambiguous',
            detail:
              `a check run and status ${status.id} (${status.state}) carry ${name}, and ` +
              'the gate wants both green',
          },
    isGreen: isOpenGate,
    pending: pendingOf({ legs, foreign, status }),
    foreign: others,
    past: rows.get(lower) ?? [],
    pins: evidence.required.flatMap(({ context, app }) =>
      app !== null && context.toLowerCase() === lower ? [app] : [],
    ),
  }
}

/** Which of the umbrella's jobs has not ended, or its pending status, unless that is ours. */
function pendingOf({ legs, status }: Carriers): string | null {
  const open = legs.find(({ state }) => state === 'open')
  if (open !== undefined) return `in ${runName(open.suite)} (check run ${open.check.id})`
  if (legs.length > 0 || status?.state !== 'pending' || status.author.kind === 'us') return null
  return `(row ${status.id})`
}

/** Who made a check run of the umbrella's name. */
const writerOf = ({ app }: ForeignCheck): string =>
  app.isActions ? "a workflow's token" : `the app ${app.slug}`

function foreignResult({ check: { id, state } }: ForeignCheck, writer: string): ForeignResult {
  return {
    state: state === 'success' || state === 'skipped' ? 'green' : state === 'open' ? 'open' : 'red',
    says: `check run ${id} says ${state}, made by ${writer} and no job of Actions`,
  }
}

/** What other apps, tokens and people say of a context. */
function foreignAmong({ foreign, status }: Carriers): readonly ForeignResult[] {
  const checks = foreign.map(one => foreignResult(one, one.app.slug))
  if (status?.author.kind !== 'foreign') return checks
  const { state, creator } = status
  const says = `${statusName(status)} says ${state}, written by ${creator ?? 'an unknown writer'}`
  return [...checks, { state: foreignState(state), says }]
}

function ageOf(
  head: HeadChecks,
  counted: ReadonlySet<string>,
  isCounted: (context: string) => boolean,
): Duration {
  const { evidence, legs, foreign, statuses } = head
  const times = [
    ...foreign.filter(({ check }) => counted.has(check.name)).map(({ check }) => check.completedAt),
    ...legs.filter(({ name }) => counted.has(name)).map(({ check }) => check.completedAt),
    ...statuses
      .filter(({ author }) => author.kind !== 'us')
      .filter(({ context }) => isCounted(context))
      .map(({ createdAt }) => createdAt),
  ].filter(time => time !== null)
  return times.length === 0
    ? seconds(0)
    : between(Math.max(...times) as Instant, evidence.observedAt)
}
