import type { Marker } from '../model/marker.js'
import { writeMarker } from '../model/marker.js'
import type { Duration } from '../model/time.js'
import { formatDuration } from '../model/time.js'
import type { Basis } from '../rules/verdict.js'

/**
 * GitHub answers 422 above this; Gitea stores more, people do not read it (docs/forge-facts.md,
 * 1.1, 1.5).
 */
export const DESCRIPTION_LIMIT = 140

/** Who writes: the tool and, inside a workflow, the number of the run that did it. */
export interface Writer {
  readonly run: string | null
  /** Absolute link to that run, or `''`. */
  readonly url: string
}

/** The workflow run a sweep is a step of. */
export interface WorkflowRun {
  readonly number: string
  readonly id: string
  /** Address of the repository's pages, or `''`. */
  readonly repository: string
}

const who = (writer: Writer): string =>
  `umbrella-reaper${writer.run === null ? '' : ` run ${writer.run}`}`

function fit(text: string, mark: Marker): string {
  const tail = writeMarker(mark)
  // Never half a character: a cut surrogate pair would be refused or stored as something else.
  return text.slice(0, DESCRIPTION_LIMIT - tail.length).replace(/[\ud800-\udbff]$/, '') + tail
}

/** What a compensating success rests on. */
interface GreenFacts {
  readonly green: number
  /** More than are green where some may be skipped, and were. */
  readonly required: number
  /** Where they are green, such as `run 7`. */
  readonly runs: string
  readonly age: Duration
  readonly grade: string
  readonly basis: Basis['kind']
}

/** The description of a compensating success: who, why, and the mark; at most 140 characters. */
export function describeGreen(
  writer: Writer,
  { green, required, runs, age, grade, basis }: GreenFacts,
  mark: Marker,
): string {
  return fit(
    `${who(writer)}: ${green}/${required} required green in ${runs} (${grade}), ` +
      `${basis === 'shown-stale' ? 'stale' : 'red over green needs'} for ${formatDuration(age)}`,
    mark,
  )
}

/** The description of a row that puts back what stood before our success. */
export function describeUndo(writer: Writer, why: string, mark: Marker): string {
  return fit(`${who(writer)}: withdrew its success, ${why}`, mark)
}
