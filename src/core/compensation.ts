import type { Duration } from './time.js'
import { formatDuration } from './time.js'

/**
 * What a row of ours says to the next sweep: `green` a compensation, `undo` what was put back. It
 * names the red row and the newest run (N) it was decided on, and a nonce by which one instance of
 * us knows its own write.
 */
export interface Mark {
  readonly kind: 'green' | 'undo'
  readonly red: number
  readonly run: number
  readonly nonce: string
}

/**
 * GitHub answers 422 above this; Gitea stores more, people do not read it (forge-facts §1.1, §1.5).
 */
export const DESCRIPTION_LIMIT = 140

const MARK = / \[ur-(green|undo) (\d{1,15}) (\d{1,15}) ([a-z0-9]{4,12})\]$/

export function writeMark(mark: Mark): string {
  return ` [ur-${mark.kind} ${mark.red} ${mark.run} ${mark.nonce}]`
}

/** The mark at the end of a description, or `null`. */
export function readMark(description: string): Mark | null {
  const match = MARK.exec(description)
  if (match === null) return null
  const [, kind, red, run, nonce] = match as unknown as [
    string,
    Mark['kind'],
    string,
    string,
    string,
  ]
  return { kind, red: Number(red), run: Number(run), nonce }
}

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

/**
 * Who writes, and a link to the run that does: by its number on Gitea ≤1.25 and Forgejo, by its id
 * from 1.26 on (forge-facts §2.6, §8).
 */
export function writerOf(run: WorkflowRun | null, byId: boolean): Writer {
  if (run === null) return { run: null, url: '' }
  return {
    run: run.number,
    url:
      run.repository === '' ? '' : `${run.repository}/actions/runs/${byId ? run.id : run.number}`,
  }
}

const who = (writer: Writer): string =>
  `umbrella-reaper${writer.run === null ? '' : ` run ${writer.run}`}`

function fit(text: string, mark: Mark): string {
  const tail = writeMark(mark)
  // Never half a character: a cut surrogate pair would be refused or stored as something else.
  return text.slice(0, DESCRIPTION_LIMIT - tail.length).replace(/[\ud800-\udbff]$/, '') + tail
}

/** The description of a compensating success: who, why, and the mark; at most 140 characters. */
export function describeGreen(
  writer: Writer,
  proven: number,
  required: number,
  age: Duration,
  grade: string,
  mark: Mark,
): string {
  return fit(
    `${who(writer)}: ${proven}/${required} required green in run ${mark.run} (${grade}), ` +
      `umbrella red for ${formatDuration(age)}`,
    mark,
  )
}

/** The description of a row that puts back what stood before our success. */
export function describeUndo(writer: Writer, why: string, mark: Mark): string {
  return fit(`${who(writer)}: withdrew its success, ${why}`, mark)
}
