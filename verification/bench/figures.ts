// Figures as the report writes them.
import type { Run } from './clients.js'
import type { ClientName, Question } from './grid.js'
import type { Measured, Results } from './measure.js'

/** The names of the clients in the report. */
export const NAMES: Readonly<Record<ClientName, string>> = {
  ours: 'this release',
  eight: 'this release, `concurrency: 8`',
  previous: 'previous release',
  serial: 'serial client',
}

/** A table in Markdown; its cells are numbers and words of the bench itself. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** What a sweep that failed is written as; the reasons stand below the tables. */
const FAILED = 'failed'
const NOTHING = '–'

/** A figure of one run, by `write`; a run that is none is said to be none. */
export function figure(
  run: Run | undefined,
  of: (run: Run) => number,
  write: (value: number) => string,
): string {
  if (run === undefined) return NOTHING
  return run.fault === null ? write(of(run)) : FAILED
}

/** How often `base` goes into `value`, both of the same run of the bench. */
export function ratio(value: number, base: number): string {
  const found = value / base
  return Number.isFinite(found) ? found.toFixed(found < 10 ? 2 : 1) : NOTHING
}

/** The ratio of one figure of two clients. */
export function ratioOf(
  { runs }: Measured,
  client: ClientName,
  against: ClientName,
  of: (run: Run) => number,
): string {
  const base = runs[against]
  if (base === undefined || base.fault !== null) return NOTHING
  return figure(runs[client], of, value => ratio(value, of(base)))
}

export const whole = (value: number): string => String(Math.round(value))
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`
export const millis = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** How a repository is called in a table. */
export function repositoryOf({ cell }: Measured): string {
  const { profile, pulls, contexts, red } = cell.plan.world
  return `${profile}, ${pulls} pulls, ${contexts} contexts, ${red} % red`
}

/** What was measured for one question. */
export const about = ({ measured }: Results, question: Question): readonly Measured[] =>
  measured.filter(({ cell }) => cell.question === question)

/** Server milliseconds of a run. */
export const work = ({ tally }: Run): number => tally.milliseconds
export const requests = ({ tally }: Run): number => tally.requests
export const wall = (run: Run): number => run.wall
export const memory = (run: Run): number => run.memory
