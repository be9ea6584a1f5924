import type { ConditionName, MergeCondition } from '../../core/model/merge.js'
import { conditionsInOrder } from '../../core/model/merge.js'
import type { RowId, RunKey } from '../../core/model/ids.js'
import type { ContextClass, ContextState } from '../../core/rules/gate/finding.js'
import { plain } from './text.js'

/** One context that a merge requires, as a report tells it. */
export interface GateContextReport {
  readonly context: string
  readonly state: ContextState
  readonly class: ContextClass
  readonly detail: string
  readonly row: RowId | null
  readonly run: RunKey | null
  readonly advice: string
  /** The one request a person could send, where one is proven right; else `null`. */
  readonly command: string | null
}

/** What a person can do about a context, by its class. Total, as the advice by reason is. */
export const CONTEXT_ADVICE: Readonly<Record<ContextClass, string>> = {
  green: 'nothing to do',
  unproven: 'nothing to do: nothing that was read speaks against it',
  skipped: 'nothing to do: a merge takes the skip for a pass',
  'set-green': 'nothing to do: whoever set it green answers for it',
  'older-green': 'do not merge: run the job of the newest run again, or fix it',
  'job-failed': 'fix the job, or re-run it if it is flaky',
  'job-cancelled': 're-run the cancelled job',
  'job-skipped': 'find out why the newest run skipped the job, or push a new commit',
  'set-red': 'ask whoever set it red; they can set it green again',
  'job-open': 'wait: the job has not ended',
  'job-blocked': 'wait for the jobs that it needs; where its run waits for an approval, approve it',
  'run-open': 'wait: its run has not ended, and may write it again',
  settling: 'wait a few minutes: its newest row is very young',
  'set-pending': 'wait for the system that writes it, or ask whoever set it pending',
  'awaiting-approval': 'approve the run that waits, or close it',
  overwritten: 'run its newest job again: an older run wrote over it',
  'over-green-needs': 'run its job again: every job that it needs is green',
  'cancelled-before': 'run its job again: a cancelled older run wrote over it',
  'run-ended': 'run its job again: its run has ended and left it pending',
  'row-lost': 'run its job again: the row of its green job was lost',
  'not-come-yet': 'wait: its run has not come to it; a run of a fork may wait for an approval',
  'never-started': 'fix the workflow file of that run and push again',
  filtered:
    'take the filter off its workflow, and skip its jobs by an if instead; or no longer require it',
  'never-run': "push a commit by a person: what a workflow's own token pushes starts no run",
  'no-writer':
    'correct the name in the branch rule; if another system writes it, look why it is silent',
  'other-app': 'let the app that the rule names write it, or take the app off the rule',
  'no-match': 'correct the pattern in the branch rule, or wait until a job that it names has begun',
  'not-known': 'look at the job itself, or push a new commit: nothing is shown here',
}

/** What to do where a class of stale contexts has no request that is proven right. */
export const NEW_COMMIT = 'push a new commit: no single request is proven to mend it'

/** Is this context no reason to hold back the merge, as far as is known? */
export const isQuiet = ({ state }: Pick<GateContextReport, 'state'>): boolean => state === 'green'

/** What a person does about each condition of a merge. Total, as above. */
const CONDITION_ADVICE: Readonly<Record<ConditionName, string>> = {
  open: 'reopen the pull request',
  conflicts: 'merge its base branch into it and resolve the conflicts',
  'outdated-branch': 'update the branch: merge its base branch into it',
  'signed-commits': 'sign its commits and push them again, or ask who keeps the rule',
  'protected-files': 'take the protected file out of it, or ask who keeps the rule',
  draft: 'mark it ready for review, or take WIP: off its title',
  'required-contexts': 'see the required contexts below',
  'requested-changes': 'answer the review that requests changes, and have it approved or dismissed',
  'review-requests': 'have the review given that is still asked for, or take the request back',
  approvals: 'get the approvals that are missing',
  conversations: 'resolve every conversation',
  dependencies: 'merge or close what it waits for first',
  'other-rules': 'look at the branch rules, which could not all be judged here',
  'merge-queue': 'add it to the merge queue',
  permission: 'ask somebody who may merge into this branch',
}

const ORDER: readonly ContextState[] = [
  'red',
  'false-green',
  'stale',
  'never-reported',
  'unknown',
  'pending',
  'green',
]

/** The contexts that hold it back first, the most urgent first of all. */
export const byUrgency = (contexts: readonly GateContextReport[]): readonly GateContextReport[] =>
  [...contexts].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))

/** All required contexts as one condition of the merge. */
export function contextsCondition(contexts: readonly GateContextReport[]): MergeCondition {
  const name = 'required-contexts'
  const held = byUrgency(contexts).filter(one => !isQuiet(one))
  const [first] = held
  if (first === undefined) {
    const count = contexts.length
    const detail = count === 0 ? 'no status is required' : `all ${count} are green`
    return { name, state: 'met', detail }
  }
  const more = held.length === 1 ? '' : `, and ${held.length - 1} more`
  const detail = `${first.context}: ${first.detail}${more}`
  // A false green holds nothing back: it is an alarm of its own.
  const shut = held.filter(({ state }) => state !== 'false-green')
  if (shut.length === 0)
    return { name, state: 'met', detail: `${detail}; the server would still merge` }
  const isWaiting = shut.every(({ state }) => state === 'pending')
  const isUnknown = shut.every(({ state }) => state === 'unknown' || state === 'pending')
  return { name, state: isWaiting ? 'pending' : isUnknown ? 'unknown' : 'unmet', detail }
}

/** The whole answer to "what blocks my merge?". */
export interface MergeGateReport {
  /** What to do first, in one sentence. */
  readonly first: string
  /** The request that does it, where one is proven right. */
  readonly command: string | null
  /** In the order in which they are best answered. */
  readonly conditions: readonly MergeCondition[]
  readonly contexts: readonly GateContextReport[]
}

/** What to do about the required contexts, by the one that is most urgent. */
function aboutContexts(
  contexts: readonly GateContextReport[],
): Pick<MergeGateReport, 'first' | 'command'> {
  const [one] = byUrgency(contexts).filter(context => !isQuiet(context))
  if (one === undefined) return { first: CONDITION_ADVICE['required-contexts'], command: null }
  return { first: `${plain(one.context)}: ${one.advice}`, command: one.command }
}

const NOTHING_LEFT = 'nothing: every condition of the merge that could be read is met'
const UNSURE = 'every condition that could be read is met; see what could not be read'

/** The one thing to do: a false green before all, then the first condition that is not met. */
function firstOf(
  conditions: readonly MergeCondition[],
  contexts: readonly GateContextReport[],
): Pick<MergeGateReport, 'first' | 'command'> {
  const wrong = contexts.find(({ state }) => state === 'false-green')
  if (wrong !== undefined) return aboutContexts([wrong])
  const of = (state: MergeCondition['state']) => conditions.find(one => one.state === state)
  const one = of('unmet') ?? of('pending')
  if (one?.name === 'required-contexts') return aboutContexts(contexts)
  if (one !== undefined)
    return { first: `${CONDITION_ADVICE[one.name]} (${one.detail})`, command: null }
  const unknown = of('unknown')
  if (unknown === undefined) return { first: NOTHING_LEFT, command: null }
  return unknown.name === 'required-contexts'
    ? aboutContexts(contexts)
    : { first: UNSURE, command: null }
}

/** Every condition of a merge, the required contexts among them, and the one thing to do first. */
export function mergeGateReport(
  stated: readonly MergeCondition[],
  contexts: readonly GateContextReport[],
  required: MergeCondition,
): MergeGateReport {
  const conditions = conditionsInOrder([...stated, required])
  return { ...firstOf(conditions, contexts), conditions, contexts: byUrgency(contexts) }
}

const CONDITION_WORDS: Readonly<Record<MergeCondition['state'], string>> = {
  met: 'yes',
  unmet: 'NO',
  pending: 'not yet',
  unknown: 'not known',
}

/** One context as a line of a log or of an explanation. */
export const contextLine = ({ context, state, class: as, detail }: GateContextReport): string =>
  `${plain(context)}: ${state} (${as}): ${plain(detail, 600)}`

/** The conditions of a merge, and the contexts that it requires, each on a line. */
export function mergeLines({ conditions, contexts }: MergeGateReport): readonly string[] {
  const said = conditions.map(
    ({ name, state, detail }) =>
      `  ${CONDITION_WORDS[state]}: ${name}: ${plain(detail, 600)}` +
      (state === 'unmet' ? ` → ${CONDITION_ADVICE[name]}` : ''),
  )
  const told = contexts.flatMap(one => [
    `  ${contextLine(one)}${isQuiet(one) ? '' : ` → ${one.advice}`}`,
    ...(one.command === null ? [] : [`    ${plain(one.command, 2000)}`]),
  ])
  return [
    '',
    'What a merge waits for',
    ...said,
    '',
    'Each context that a merge requires',
    ...(told.length === 0 ? ['  none'] : told),
  ]
}
