import { NOT_FOR_PULLS } from '../core/model/check.js'
import type { Naming } from './contexts.js'
import type { UnreadableFile, Workflow } from './parse.js'

/** How this server names contexts by events. */
export interface EventQuestion {
  readonly naming: Naming
  /** Does `pull_request_target` write contexts of its own? */
  readonly targetSuffix: boolean
}

/** Events of a pull request by Gitea's own names, whose runs write contexts of `pull_request`. */
const OWN_NAMES = /^pull_request_(?:sync|label|assign|milestone|review_request)$/

/** The workflows that run on the event which contexts with this suffix name. */
export const listening = (
  files: readonly (Workflow | UnreadableFile)[],
  suffix: string,
  question: EventQuestion,
): readonly Workflow[] =>
  files
    .filter(file => file.kind === 'workflow')
    .filter(workflow => listens(workflow, suffix, question))

function listens(
  { events }: Workflow,
  suffix: string,
  { naming, targetSuffix }: EventQuestion,
): boolean {
  // What is only called by others writes nothing of its own.
  const never: readonly string[] = [...NOT_FOR_PULLS, 'workflow_call']
  if (!naming.eventSuffix) return events.some(event => !never.includes(event))
  const event = /^ \((.+)\)$/.exec(suffix)?.[1]
  if (event === undefined) return events.length > 0
  // Without a suffix of its own, pull_request_target writes the same context. So do the server's
  // own names for what happens to a pull request.
  return (
    (event === 'pull_request' && events.some(one => OWN_NAMES.test(one))) ||
    events.includes(event) ||
    (event === 'pull_request' && !targetSuffix && events.includes(`${event}_target`))
  )
}
