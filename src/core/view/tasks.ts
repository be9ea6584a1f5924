import { suffixOf } from '../model/context.js'
import type { RunKey } from '../model/ids.js'
import type { Task } from '../model/job.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { unknownResult } from './job-result.js'
import type { RunGroup } from './run-group.js'
import { taskPrefix } from './run-group.js'

/**
 * The newest task of each job of the newest run that writes this context: a task is a job some
 * runner picked, and can only veto (docs/forge-facts.md, 4.2).
 */
function tasksOf(
  head: HeadStatuses,
  group: RunGroup,
  run: RunKey,
  context: string,
): readonly Task[] | null {
  const prefix = taskPrefix(head, group, run)
  if (prefix === null) return null
  const suffix = suffixOf(context)
  const newest = new Map<string, Task>()
  for (const task of head.tasks.get(run) ?? []) {
    if (`${prefix}${task.name}${suffix}` !== context) continue
    if ((newest.get(task.name)?.id ?? -1) < task.id) newest.set(task.name, task)
  }
  return [...newest.values()]
}

/** One context of one run. */
interface TaskQuestion {
  readonly head: HeadStatuses
  readonly group: RunGroup
  readonly run: RunKey
  readonly context: string
}

/** What status rows say of a context, unless task rows forbid it. They never prove anything. */
export function vetoByTasks(
  { head, group, run, context }: TaskQuestion,
  said: JobResult,
): JobResult {
  const tasks = tasksOf(head, group, run, context)
  // Forgejo 12–15 say of the run itself that it goes on, also of one that is held for approval.
  if (said.kind === 'unknown' && head.runs.get(run)?.completed === false)
    return { kind: 'open', run, why: `run ${run} is still going` }
  if (tasks === null)
    return said.kind === 'success'
      ? unknownResult(
          run,
          head.of(context),
          `the task rows of run ${run} name no job of ${context}`,
        )
      : said
  if (tasks.some(({ state }) => state === 'open'))
    return { kind: 'open', run, why: `a task of run ${run} is still going` }
  if (said.kind !== 'success') return said
  const [first] = tasks
  if (first === undefined)
    return unknownResult(run, head.of(context), `run ${run} has no task row for ${context}`)
  const other = tasks.find(({ state }) => state !== 'success')
  return other === undefined
    ? said
    : {
        kind: 'disagree',
        run,
        why: `its status row says success, its task row ${other.id} says ${other.state}`,
      }
}
