import { parse } from 'yaml'
import { NOBODY } from './ci.js'

/** A job as a workflow file names it: what a runner needs to execute it. */
export interface WorkflowJob {
  readonly key: string
  readonly context: string
  readonly needs: readonly string[]
  readonly skipped: boolean
  /** Some runner has its label. */
  readonly wanted: boolean
  readonly scripts: readonly string[]
}

interface WorkflowText {
  readonly name: string
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly name?: string
        readonly if?: string | boolean
        readonly needs?: readonly string[]
        readonly 'runs-on': string
        readonly steps: readonly { readonly run: string }[]
      }
    >
  >
}

/** The jobs of one of this suite's own workflow files. */
export function jobsIn(workflow: string): readonly WorkflowJob[] {
  const { name, jobs } = parse(workflow) as WorkflowText
  return Object.entries(jobs).map(([key, job]) => ({
    key,
    context: `${name} / ${job.name ?? key} (pull_request)`,
    needs: job.needs ?? [],
    skipped: job.if === false,
    wanted: job['runs-on'] !== NOBODY,
    scripts: job.steps.map(({ run }) => run),
  }))
}

/** Contexts that will never end: no runner takes the job, or one that it needs. */
export function endless(workflow: string): ReadonlySet<string> {
  const jobs = jobsIn(workflow)
  const stuck = new Set<string>()
  for (let size = -1; size < stuck.size;) {
    size = stuck.size
    for (const job of jobs)
      if (!job.wanted || job.needs.some(key => stuck.has(key))) stuck.add(job.key)
  }
  return new Set(jobs.filter(({ key }) => stuck.has(key)).map(({ context }) => context))
}

/** The longest a job of this workflow may be silent, in seconds. */
export function longestSleep(workflow: string): number {
  const scripts = jobsIn(workflow)
    .flatMap(job => job.scripts)
    .join('\n')
  return Math.max(
    0,
    ...[...scripts.matchAll(/^\s*sleep (\d+)$/gm)].map(([, seconds]) => Number(seconds)),
  )
}
