import type { Writer } from './compensation.js'
import { describeGreen } from './compensation.js'
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

/** What this forge lets us do about a proven stale umbrella (design §6). */
export type Remedy =
  | { readonly kind: 'status'; readonly post: StatusPost }
  | { readonly kind: 'report'; readonly why: string; readonly command: string }

/** The place a person's command would go to. */
export interface Place {
  readonly apiUrl: string
  readonly repo: string
}

/** A command a person can paste into a POSIX shell; the token stays a variable. */
export function shellCommand(method: 'POST', url: string, body: object | null): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
  const data =
    body === null ? '' : ` -H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`
  return `curl -fsS -X ${method} -H "Authorization: token $TOKEN"${data} ${quote(url)}`
}

/** The command by which a person could send exactly this write. */
export function postCommand(place: Place, post: StatusPost): string {
  const { sha, context, state, description, targetUrl } = post
  return shellCommand('POST', `${place.apiUrl}/repos/${place.repo}/statuses/${sha}`, {
    context,
    state,
    description,
    target_url: targetUrl,
  })
}

/**
 * Chooses the remedy for one proven head. Never a post where a posted status cannot win
 * (forge-facts §2.5).
 */
export function remedyFor(
  server: Server,
  choice: RemedyChoice,
  place: Place,
  sha: string,
  context: string,
  verdict: Repair,
  writer: Writer,
  nonce: string,
): Remedy {
  const mark = { kind: 'green', red: verdict.umbrella.row, run: verdict.run, nonce } as const
  const proven = verdict.proof.length
  const description = describeGreen(
    writer,
    proven,
    proven,
    verdict.umbrella.age,
    verdict.grade,
    mark,
  )
  const post: StatusPost = { sha, context, state: 'success', description, targetUrl: writer.url }
  if (!server.traits.postedStatusWins) {
    const job = verdict.umbrellaJob
    const command =
      job === null || !server.capabilities.rerun
        ? 'git commit --allow-empty && git push   # a new commit gets new statuses'
        : shellCommand(
            'POST',
            `${place.apiUrl}/repos/${place.repo}/actions/runs/${job.run}/jobs/${job.job}/rerun`,
            null,
          )
    return {
      kind: 'report',
      why:
        'a posted status cannot win on this server and would block the commit for good; ' +
        're-run the umbrella job',
      command,
    }
  }
  if (choice === 'report')
    return { kind: 'report', why: 'remedy: report', command: postCommand(place, post) }
  return { kind: 'status', post }
}
