import type { Writer } from './compensation.js'
import { describeGreen } from './compensation.js'
import type { JobId, RunId } from '../model/ids.js'
import type { Server } from '../model/server.js'
import type { Repair } from '../rules/verdict.js'

/** What the user allows: `auto` takes what can win on this server, `report` writes nothing. */
export const REMEDY_CHOICES = ['auto', 'status', 'report'] as const
export type RemedyChoice = (typeof REMEDY_CHOICES)[number]

/** A commit status, as it would be posted. */
export interface StatusPost {
  readonly sha: string
  readonly context: string
  readonly state: 'success' | 'failure' | 'error' | 'pending'
  readonly description: string
  readonly targetUrl: string
}

/** A commit status that is to be posted. */
export interface StatusWrite {
  readonly kind: 'status'
  readonly post: StatusPost
}

/** A job that is to be run again. */
export interface RerunWrite {
  readonly kind: 'rerun'
  readonly run: RunId
  readonly job: JobId
}

/** What may be sent to a forge to open a gate. */
export type Write = StatusWrite | RerunWrite

/** What this forge lets us do about a proven stale umbrella. */
export type Remedy =
  | StatusWrite
  /** Nothing is sent; `instead` is what a person could send, `null` if only a new commit helps. */
  | { readonly kind: 'report'; readonly why: string; readonly instead: Write | null }

/** What a remedy is chosen by. */
export interface RemedyQuestion {
  readonly server: Server
  readonly choice: RemedyChoice
  readonly sha: string
  readonly context: string
  readonly verdict: Repair
  readonly writer: Writer
  readonly nonce: string
}

/** Chooses the remedy for one proven head. Never a post where a posted status cannot win. */
export function remedyFor(question: RemedyQuestion): Remedy {
  const { server, choice, sha, context, verdict, writer, nonce } = question
  const mark = { kind: 'green', red: verdict.umbrella.row, run: verdict.run, nonce } as const
  const { proof, grade, umbrella } = verdict
  const green = proof.filter(({ state }) => state === 'success').length
  const facts = { green, required: proof.length, age: umbrella.age, grade }
  const description = describeGreen(writer, facts, mark)
  const post: StatusPost = { sha, context, state: 'success', description, targetUrl: writer.url }
  if (!server.traits.postedStatusWins) {
    const job = verdict.umbrellaJob
    const why =
      'a posted status cannot win on this server and would block the commit for good; ' +
      're-run the umbrella job'
    const instead: Write | null =
      job === null || !server.capabilities.rerun ? null : { kind: 'rerun', ...job }
    return { kind: 'report', why, instead }
  }
  if (choice === 'report') {
    return { kind: 'report', why: 'remedy: report', instead: { kind: 'status', post } }
  }
  return { kind: 'status', post }
}
