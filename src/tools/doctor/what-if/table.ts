import type { WorkflowJob } from '../../../workflow/parse.js'
import type { DoctorServer } from '../server.js'
import type { Fate, Play, ScenarioOutcome, Scenario } from './graph.js'
import { beforeOf, played, runsWhenGreen } from './graph.js'

/** What the merge gate does by it. */
type Gate = 'opens' | 'stays shut' | 'unknown'

/** One line of the table: what happens, what the umbrella says, what the gate does. */
export interface ScenarioRow {
  readonly scenario: Scenario
  /** Does the umbrella need the job itself, or only others that do? */
  readonly of: 'all' | 'need' | 'ancestor' | 'run'
  readonly said: ScenarioOutcome
  readonly gate: Gate
  /** `null`: either may be meant, or nobody knows. */
  readonly right: boolean | null
}

/** An umbrella, whatever happens, on one server. */
export type Table = readonly ScenarioRow[]

/** What is asked: an umbrella in its file, on a server, by an event. */
interface TableQuestion extends Omit<Play, 'server' | 'wildcardIsEmpty'> {
  readonly server: DoctorServer
  /** Jobs with `continue-on-error`: `may`, where only a run tells. */
  readonly allowed: ReadonlyMap<string, 'is' | 'may'>
}

/** A skip lets a merge through on all servers (docs/forge-facts.md, 2.2 and 6). */
function gateAfter({ kind }: ScenarioOutcome): Gate {
  if (kind === 'green' || kind === 'skipped') return 'opens'
  return kind === 'unknown' ? 'unknown' : 'stays shut'
}

/** What the gate should do; `null`: either may be meant. */
function expectedGate(scenario: Scenario): Gate | null {
  if (scenario.kind === 'all-green') return 'opens'
  return scenario.kind === 'one' && scenario.fate === 'skipped' ? null : 'stays shut'
}

const OLD_RUNNERS = 'runners before 2025-08-10 take needs.* for nothing, newer ones do not'

/** What the umbrella says, by either reading of `needs.*` where runners differ. */
export function saidIn(play: Omit<TableQuestion, 'allowed'>, scenario: Scenario): ScenarioOutcome {
  const { wildcardIsEmpty } = play.server
  const by = (isEmpty: boolean): ScenarioOutcome =>
    played({ ...play, wildcardIsEmpty: isEmpty }, scenario)
  if (wildcardIsEmpty !== 'old-runners') return by(wildcardIsEmpty)
  const [old, now] = [by(true), by(false)]
  return old.kind === now.kind ? now : { kind: 'unknown', why: OLD_RUNNERS }
}

/** What can happen to a job. */
function fatesOf(play: Play, job: WorkflowJob, question: TableQuestion): readonly Fate[] {
  const runs = runsWhenGreen(play, job)
  // Nothing can happen to a job that surely does not run.
  if (runs === false) return []
  const allowed = question.allowed.get(job.id)
  return [
    ...(allowed === 'is' ? [] : (['failure'] as const)),
    ...(allowed === undefined ? [] : (['allowed'] as const)),
    'cancelled',
    ...(runs === null ? (['skipped'] as const) : []),
  ]
}

/** Every line: each job before the umbrella, whatever happens to it, and the run as a whole. */
export function tableOf(question: TableQuestion): Table {
  const { umbrella, server } = question
  const play: Play = { ...question, wildcardIsEmpty: server.wildcardIsEmpty === true }
  const row = (scenario: Scenario, of: ScenarioRow['of']): ScenarioRow => {
    const said = saidIn(question, scenario)
    const gate = gateAfter(said)
    const should = expectedGate(scenario)
    return {
      scenario,
      of,
      said,
      gate,
      right: should === null || gate === 'unknown' ? null : gate === should,
    }
  }
  const needs = new Set(umbrella.needs.map(id => id.toLowerCase()))
  const before = beforeOf(question.workflow, umbrella) ?? []
  return [
    row({ kind: 'all-green' }, 'all'),
    ...before.flatMap(job =>
      fatesOf(play, job, question).map(fate =>
        row(
          { kind: 'one', job: job.id, fate },
          needs.has(job.id.toLowerCase()) ? 'need' : 'ancestor',
        ),
      ),
    ),
    row({ kind: 'run-cancelled' }, 'run'),
  ]
}

const FATES: Readonly<Record<Fate, string>> = {
  failure: 'fails',
  cancelled: 'is cancelled',
  skipped: 'is skipped by its condition',
  allowed: 'fails and may',
}

const SAID: Readonly<Record<ScenarioOutcome['kind'], string>> = {
  green: 'is green',
  red: 'is red',
  skipped: 'is skipped',
  cancelled: 'is cancelled',
  unknown: 'is not known',
}

/** A table for reading: lines that are alike in what the umbrella says are one. */
export interface Cell {
  readonly what: string
  readonly says: string
  readonly gate: Gate
  readonly right: boolean | null
  readonly why: string | null
}

function whatOf({ scenario, of }: ScenarioRow): readonly [job: string, what: string] {
  if (scenario.kind === 'all-green') return ['', 'all jobs are green']
  if (scenario.kind === 'run-cancelled') return ['', 'the run is cancelled']
  const who = of === 'need' ? 'a job it needs' : 'a job before those'
  return [scenario.job, `${who} ${FATES[scenario.fate]}`]
}

/** The lines of a table, the same ones once, with the jobs they are of. */
export function cellsOf(table: Table): readonly Cell[] {
  const kinds = new Map<string, string[]>()
  const cells = new Map<string, { readonly cell: Cell; readonly jobs: string[]; kind: string }>()
  for (const row of table) {
    const [job, what] = whatOf(row)
    const { said, gate, right } = row
    const key = `${what}: ${said.kind}`
    kinds.set(what, [...(kinds.get(what) ?? []), job])
    const known = cells.get(key)
    if (known !== undefined) known.jobs.push(job)
    else {
      const why = said.kind === 'unknown' ? said.why : null
      cells.set(key, {
        cell: { what, says: SAID[said.kind], gate, right, why },
        jobs: [job],
        kind: what,
      })
    }
  }
  // Where all jobs are alike their names say nothing.
  return [...cells.values()].map(({ cell, jobs, kind }) =>
    jobs.length === kinds.get(kind)?.length
      ? cell
      : { ...cell, what: `${kind}: ${jobs.join(', ')}` },
  )
}
