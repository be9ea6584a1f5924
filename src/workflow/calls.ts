import type { Naming } from './contexts.js'
import { literalNameOf } from './contexts.js'
import type { UnreadableFile, Workflow, WorkflowJob } from './parse.js'

/** Workflows may call others this deep; what is called deeper stays one job that nobody knows. */
const MAX_DEPTH = 4

/** The path of the workflow of the same repository that a job calls, or `null`. */
export const localCall = ({ calls }: WorkflowJob): string | null =>
  /^\.\/([^@]+\.ya?ml)$/i.exec(calls ?? '')?.[1] ?? null

/** The one group of several levels; none of them can be told where there are more. */
function onlyGroup(groups: readonly (string | null)[]): string | null {
  const [only = null, ...more] = groups.filter(group => group !== null)
  return more.length > 0 ? '' : only
}

/** A job of a called workflow as a run shows it: by its caller's name, with that one's needs. */
function calledJob(caller: WorkflowJob, called: Workflow, job: WorkflowJob): WorkflowJob {
  const { body } = job
  return {
    ...job,
    id: `${caller.id} / ${job.id}`,
    name: `${caller.name ?? caller.id} / ${job.name ?? job.id}`,
    needs: [...caller.needs, ...job.needs.map(need => `${caller.id} / ${need}`)],
    concurrency: onlyGroup([caller.concurrency, called.concurrency, job.concurrency]),
    body: {
      ...body,
      env: called.env === null || body.env === null ? null : { ...called.env, ...body.env },
      shell: body.shell ?? called.defaults.shell,
      others: [...body.others, ...called.defaults.others],
    },
  }
}

/**
 * A workflow with the jobs of the workflows of its own repository that it calls in the place of the
 * jobs that call them. A run shows each as `caller / job` (docs/github-facts.md, 1), and what needs
 * the caller needs all of them. A call that cannot be followed stays the job it is.
 */
export function withCalledJobs(
  workflow: Workflow,
  fileAt: (path: string) => Workflow | undefined,
  depth = 0,
): Workflow {
  const ids = new Map<string, readonly string[]>()
  const jobs = workflow.jobs.flatMap((job): readonly WorkflowJob[] => {
    const path = localCall(job)
    if (path === null || depth >= MAX_DEPTH) return [job]
    const isPlain = job.matrix.kind === 'none' && literalNameOf(job) !== null
    const found = isPlain ? fileAt(path) : undefined
    if (!found?.events.includes('workflow_call')) return [job]
    const called = withCalledJobs(found, fileAt, depth + 1)
    const inner = called.jobs.map(one => calledJob(job, called, one))
    // A workflow without jobs leaves nothing to need.
    if (inner.length === 0) return [job]
    ids.set(
      job.id,
      inner.map(({ id }) => id),
    )
    return inner
  })
  if (ids.size === 0) return workflow
  const needsOf = ({ needs }: WorkflowJob): readonly string[] =>
    needs.flatMap(need => ids.get(need) ?? [need])
  return { ...workflow, jobs: jobs.map(job => ({ ...job, needs: needsOf(job) })) }
}

/** The workflow that cannot be read here and whose job the umbrella is, by its caller's name. */
export function calledElsewhere(
  files: readonly (Workflow | UnreadableFile)[],
  umbrella: string,
  naming: Naming,
): string | null {
  for (const file of files) {
    if (file.kind === 'unreadable') continue
    const prefix = naming.prefix(file)
    const caller = file.jobs.find(
      job => job.reusable && umbrella.startsWith(`${prefix}${job.name ?? job.id} / `),
    )
    if (caller !== undefined) return caller.calls ?? caller.id
  }
  return null
}
