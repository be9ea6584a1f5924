import { matchesAny } from '../model/context.js'
import type { RowId, RunKey } from '../model/ids.js'
import type { Level, ListedContext, Policy } from '../model/policy.js'
import { unmatched } from '../model/policy.js'
import type { SignedRow, StatusState } from '../model/status.js'
import { isGreen, isRed } from '../model/status.js'
import type { Duration } from '../model/time.js'
import type { Leg } from './checks/legs.js'
import type { ChecksRead } from './checks/result.js'
import type { JobResult } from './job-result.js'
import type { Absent, RequiredContexts } from './required-contexts.js'
import { absentOf } from './required-contexts.js'
import type { RowsRead } from './run-group.js'

/** What somebody else than the jobs of Actions says of a context. */
export interface ForeignResult {
  readonly state: 'green' | 'open' | 'red'
  /** Who says what, as a refusal begins. */
  readonly says: string
}

/** Does a row of somebody else hold the gate open, shut, or not yet? */
export const foreignState = (state: StatusState): ForeignResult['state'] =>
  isRed(state) ? 'red' : isGreen(state) ? 'green' : 'open'

/** One context that counts for a pull request, and what the newest run says of it. */
export interface ContextView {
  readonly context: string
  /** `implied`: required because nothing tells which of the run's jobs the umbrella needs. */
  readonly level: Exclude<Level, 'umbrella'> | 'implied'
  readonly result: JobResult
  /** What others say of it now. */
  readonly foreign: readonly ForeignResult[]
}

/** What of the umbrella is judged: a status row, or one job as its check run. */
export type Standing =
  { readonly kind: 'row'; readonly row: SignedRow } | { readonly kind: 'check'; readonly leg: Leg }

/** The umbrella as a verdict names it: a row, or a check run by its id. */
export interface UmbrellaRow {
  readonly row: RowId
  readonly state: StatusState
  readonly age: Duration
}

/** Why nothing, or not one thing, is the umbrella. */
interface Unclear {
  readonly kind: 'missing' | 'ambiguous'
  readonly detail: string
}

/**
 * All that the rules ask about one pull request's umbrella, whatever it was read from. Where a
 * forge of check runs differs from one of rows, a field says how.
 */
export interface UmbrellaView {
  /** The policy as it stands for this pull: with what its umbrella needs, where no list says. */
  readonly policy: Policy
  /** Where the list of what must be green comes from: `required-contexts`, or a file. */
  readonly source: string
  readonly contexts: readonly ContextView[]
  /** Those of them that must be green: listed, external, or implied by an empty list. */
  readonly required: readonly ContextView[]
  /** Entries of the required list that name no context of this head. */
  readonly missing: readonly string[]
  /** What must be there by the workflow files, where no context names it. */
  readonly absent: readonly Absent[]
  /** Umbrella, required, external and group contexts: what a write must not race with. */
  readonly counted: ReadonlySet<string>
  /** Is a context among `counted`, as this forge compares names? */
  readonly isCounted: (context: string) => boolean

  /** `null` where nothing of Actions or of a token carries the name, or more than one thing. */
  readonly standing: Standing | null
  /** The row that is judged; `null` where that is a check run, or not one thing. */
  readonly row: SignedRow | null
  readonly umbrella: UmbrellaRow | null
  readonly unclear: Unclear | null
  /** Green as the gate reads it: the latest row, or every check run and the latest status. */
  readonly isGreen: boolean
  /** Why the umbrella is only pending, to be said behind its name; `null` where it is over. */
  readonly pending: string | null
  /** Check runs of its name that are no jobs of Actions. */
  readonly foreign: readonly ForeignResult[]
  /** Every status row of the umbrella that was read, newest first. Check runs have no order. */
  readonly past: readonly SignedRow[]
  /** The apps that a merge wants the umbrella from; empty where it may be any. */
  readonly pins: readonly number[]

  /** The newest run that writes the umbrella; `null` when none ever did. */
  readonly newest: RunKey | null
  /**
   * The runs whose results count, the newest first: one for rows, which follow one group of runs;
   * one a workflow and event for check runs.
   */
  readonly newestRuns: readonly RunKey[]
  /** The runs that write the umbrella. */
  readonly runs: readonly RunKey[]
  /** Why it is not known what the newest run says, or `null`. */
  readonly doubt: string | null
  /** A run that counts and has not ended, in words, or `null`. */
  readonly openRun: string | null
  /** May the newest run still write the umbrella's row? Never where there are no rows to come. */
  readonly isDue: boolean
  /** A run that waits for a person's approval, or `null`. */
  readonly awaiting: RunKey | null
  /** Server time since the last thing that happened in a counted context. */
  readonly age: Duration

  /** Was all of it read, or only what tells whether the head needs study? */
  readonly isStudied: boolean
  /** Rows in a state this version does not know, which may be all there is of a newer run. */
  readonly unknownRows: readonly SignedRow[]
  /** What it was made from, for the few questions that only one kind of forge can answer. */
  readonly read: RowsRead | ChecksRead
}

/** Must this context be green? Listed, external, or implied by an empty list. */
export function isRequired({ level }: Pick<ContextView, 'level'>): boolean {
  return level === 'required' || level === 'external' || level === 'implied'
}

/** Was this job skipped, and may it be? It counts as done then, and never as green. */
export function maySkip(policy: Policy, context: string, { kind }: Pick<JobResult, 'kind'>) {
  return kind === 'skipped' && matchesAny(policy.skippable, context)
}

/** A context of a head, by the lists and by the runs that write the umbrella. */
interface WrittenContext extends ListedContext {
  /** Does a run of the umbrella's group write it? */
  readonly isOwn: boolean
  /** Is it of the newest run? What no list requires counts only then. */
  readonly isOfNewest: boolean
}

/** One that counts, as it counts. */
export type CountingContext = Pick<ContextView, 'context' | 'level'> &
  Pick<WrittenContext, 'isOwn' | 'isOfNewest'>

/** Those that count. */
export function countingContexts(
  { implied }: RequiredContexts,
  written: readonly WrittenContext[],
): readonly CountingContext[] {
  return written.flatMap(({ context, level: listed, isOwn, isOfNewest }) => {
    if (listed === 'umbrella') return []
    // What the umbrella's own runs write has a run to ask: no list can make its latest row enough.
    const level = listed === 'external' && isOwn ? 'required' : listed
    const isAsked = level === 'required' || level === 'external'
    if (!isAsked && !isOfNewest) return []
    const counts = level === 'unlisted' && implied ? 'implied' : level
    return [{ context, level: counts, isOwn, isOfNewest }]
  })
}

/** The contexts that stand on a head. */
interface WrittenNames {
  readonly all: readonly string[]
  /** Those of the umbrella's own runs, where a job of another file may have the same name. */
  readonly ofUmbrella: readonly string[]
}

/**
 * What the lists make of a head: the contexts that count, those of the lists that name none, and
 * what is not there at all. `legs` are those that may be of a job that the umbrella needs.
 */
export function listsOn(
  asked: RequiredContexts,
  { all, ofUmbrella }: WrittenNames,
  contexts: readonly ContextView[],
  legs: readonly string[],
): Pick<UmbrellaView, 'policy' | 'source' | 'contexts' | 'required' | 'missing' | 'absent'> {
  const { policy, source, needed } = asked
  const required = contexts.filter(isRequired)
  // What the umbrella needs is taken literally, whatever special characters it holds.
  const missing = new Set([
    ...unmatched(policy, all),
    ...needed.filter(context => !ofUmbrella.includes(context)),
  ])
  return {
    policy,
    source,
    contexts,
    required,
    missing: [...missing],
    absent: absentOf(asked, legs),
  }
}
