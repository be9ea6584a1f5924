import type { CheckState } from '../../core/model/check.js'
import type { RowId, RunKey } from '../../core/model/ids.js'
import type { StatusState } from '../../core/model/status.js'
import type { Blocker } from '../../core/view/gate.js'
import type { ContextRow, TraceStep } from '../../core/rules/trace.js'
import type { VerdictKind } from '../../core/rules/verdict.js'
import { isRequired } from '../../core/view/view.js'
import { cautionOf } from './caution.js'
import type { MergeGateReport } from './gate.js'
import { mergeLines } from './gate.js'
import { outcomeWord } from './parts.js'
import type { PullSummary } from './report.js'
import { linkAfter, pullNumbers, plain } from './text.js'

/** One row of the umbrella, and who wrote it. */
export interface UmbrellaHistory {
  /** The id of the row, or of the check run. */
  readonly row: RowId
  /** Of a row its state, of a check run how it ended. */
  readonly state: StatusState | CheckState
  readonly run: RunKey | null
  /** The run's page, or `''`. */
  readonly url: string
  readonly writer: string
  readonly description: string
  readonly at: string
}

/** All that can be said of one pull request. */
export interface Explanation extends PullSummary {
  readonly repo: string
  readonly server: string
  readonly advice: string
  readonly umbrella: {
    readonly context: string
    /** Newest first. */
    readonly history: readonly UmbrellaHistory[]
  }
  readonly contexts: readonly (ContextRow & { readonly url: string })[]
  readonly rules: readonly TraceStep[]
  /** What else is not green on this commit. */
  readonly gate: readonly Blocker[]
  /** What is wrong around the pull request, whatever its umbrella says. */
  readonly notes: readonly string[]
  /** What a merge waits for, every condition of it; absent where the forge tells none. */
  readonly merge?: MergeGateReport
  /** What a person could run instead; `null` where nothing may be opened. */
  readonly command: string | null
}

/** What each kind of verdict means for whoever waits for the merge. */
const MEANS: Readonly<Record<VerdictKind, string>> = {
  leave: 'there is nothing to repair',
  wait: 'something has not ended yet',
  refuse: 'the umbrella is not proven stale',
  alarm: 'it can be merged although a required job failed',
  repair: 'the umbrella is proven stale',
}

const REPAIRED = 'the umbrella was proven stale, and is repaired'

const isRepaired = ({ kind, outcome }: Explanation): boolean =>
  kind === 'repair' && (outcome === 'compensated' || outcome === 'rerun')

const heading = (title: string): readonly string[] => ['', title]

function historyLines({ history }: Explanation['umbrella']): readonly string[] {
  if (history.length === 0) return ['  no run has written it on this commit']
  return history.map(({ row, state, run, url, writer, description, at }) => {
    const by = run === null ? `by ${plain(writer, 60)}` : `by run ${run}`
    return `  row ${row}: ${state}, ${by}, ${at}, "${plain(description, 140)}"${linkAfter(url)}`
  })
}

/** Where the list of what must be green comes from. */
const requiredLine = ({ contexts, requiredFrom }: Explanation): string =>
  contexts.some(isRequired)
    ? `  what must be green comes from ${plain(requiredFrom)}`
    : '  no required jobs were found'

function contextLines({ contexts }: Explanation): readonly string[] {
  if (contexts.length === 0) return ['  none']
  // A page holds what decides; sixty green jobs that nobody asked for do not.
  const idle = contexts.filter(({ level, says }) => level === 'unlisted' && says === 'success')
  const shown = contexts.filter(row => idle.length < 4 || !idle.includes(row))
  const lines = shown.map(({ context, level, says, run, row, source, why, url }) => {
    const from = [
      run === null ? '' : `run ${run}`,
      row === null ? '' : `row ${row}`,
      source === null ? '' : `read from ${source.replace('-', ' ')}`,
    ].filter(part => part !== '')
    const where = from.length === 0 ? '' : ` (${from.join(', ')})`
    const rest = why === '' ? linkAfter(url) : `: ${plain(why)}`
    return `  ${says}: ${plain(context)}, ${level}${where}${rest}`
  })
  return shown.length === contexts.length
    ? lines
    : [...lines, `  success: ${idle.length} more that are not required`]
}

/** Every rule that was asked, in its order, with what it saw and what it decided. */
export const ruleLines = (rules: readonly TraceStep[]): readonly string[] =>
  rules.map(
    ({ title, saw, decided }, at) =>
      `${at + 1}. ${title} ${plain(saw)}${decided === null ? '' : ` → ${decided}`}`,
  )

/** What was done, for whoever asked: where an explanation only reads, that is why nothing was. */
function doneLine({ outcome, outcomeDetail, remedy }: Explanation, isRead: boolean): string {
  if (outcome === 'none' && outcomeDetail === '') return 'nothing was done'
  if (outcome === 'dry-run' && isRead)
    return `not repaired: explain only reads; --repair repairs it (remedy: ${remedy})`
  const detail = outcomeDetail === '' ? '' : `: ${plain(outcomeDetail, 1000)}`
  return `${outcomeWord(outcome)} (remedy: ${remedy})${detail}`
}

function remedyLines(explanation: Explanation, isRead: boolean): readonly string[] {
  const { command } = explanation
  return [
    `  ${doneLine(explanation, isRead)}`,
    ...(command === null
      ? []
      : ['  The same by hand, without this tool:', `    ${plain(command, 2000)}`]),
  ]
}

/** What a green umbrella does not tell; none where there is nothing to add. */
function cautionLines({ contexts, reason }: Explanation): readonly string[] {
  const caution = cautionOf({ reason, contexts })
  return caution === null ? [] : [`Caution: ${plain(caution, 1000)}`]
}

/** The one thing to do for the merge, before all else. */
function firstLines({ merge }: Explanation): readonly string[] {
  if (merge === undefined) return []
  const { first, command } = merge
  return [
    '',
    `The one thing to do: ${plain(first, 1000)}`,
    ...(command === null ? [] : [`  ${plain(command, 2000)}`]),
  ]
}

/**
 * One pull request, explained in a page. Every line stands by itself, in any terminal. `isRead`:
 * nobody asked for a repair.
 */
export function explanationLines(explanation: Explanation, isRead = false): readonly string[] {
  const { number, title, head, base, sharedWith, kind, reason, detail, umbrella } = explanation
  const shared = sharedWith.length === 0 ? '' : `; ${pullNumbers(sharedWith)} on the same commit`
  return [
    `#${number} ${plain(title, 100)}, into ${plain(base, 100)}, at ${head.slice(0, 10)}${shared}`,
    `${plain(explanation.repo)} on ${plain(explanation.server)}, evidence: ${explanation.grade}`,
    ...firstLines(explanation),
    '',
    `${reason}: ${isRepaired(explanation) ? REPAIRED : MEANS[kind]}.`,
    `  ${plain(detail, 1000)}`,
    ...cautionLines(explanation),
    `What to do now: ${explanation.advice}`,
    ...(explanation.merge === undefined ? [] : mergeLines(explanation.merge)),
    ...heading(
      `${plain(umbrella.context)}, newest row first` +
        (isRepaired(explanation) ? ', as read before the repair' : ''),
    ),
    ...historyLines(umbrella),
    ...heading('What the newest run says of each job'),
    requiredLine(explanation),
    ...contextLines(explanation),
    ...heading('How this was decided, question by question'),
    ...ruleLines(explanation.rules).map(line => `  ${line}`),
    ...heading('What else is not green on this commit'),
    ...(explanation.gate.length === 0
      ? ['  nothing']
      : explanation.gate.map(({ context, state }) => `  ${plain(context)}: ${plain(state, 60)}`)),
    ...explanation.notes.map(note => `  ${plain(note, 300)}`),
    ...heading('What was done'),
    ...remedyLines(explanation, isRead),
  ]
}
