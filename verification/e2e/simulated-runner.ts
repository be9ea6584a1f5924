import { spawnSync } from 'node:child_process'
import type { Ending, Forge, Job } from '../simulator/index.js'
import type { WorkflowJob } from './jobs.js'
import { jobsIn } from './jobs.js'

/** What a runner is told of a run beside its jobs. */
export interface RunFacts {
  readonly workflow: string
  /** `github.event.action`. */
  readonly action: string
  /** `github.base_ref`: the branch the pull is to be merged into. */
  readonly base: string
}

interface Task {
  readonly job: Readonly<Job>
  readonly ending: Ending
  readonly ends: number
}

/**
 * A runner with this many slots, on the forge's own clock: it takes what waits longest, runs the
 * steps' own shell text, and reports each job when it ends. The workflow alone decides how a job
 * ends and how long it takes.
 */
export function work(
  forge: Forge,
  sha: string,
  slots: number,
  factsOf: (run: number) => RunFacts,
): void {
  const waiting: Readonly<Job>[] = []
  const going: Task[] = []
  for (;;) {
    // Jobs queue in the order in which they became ready, then by id (models/actions/task.go
    // v1.22.6 CreateTaskForRunner).
    waiting.push(
      ...forge
        .runs(sha)
        .flatMap(run => forge.jobs(run))
        .filter(
          job => job.status === 'waiting' && !waiting.includes(job) && textOf(job, factsOf).wanted,
        ),
    )
    while (going.length < slots) {
      const job = waiting.shift()
      if (job === undefined) break
      going.push(take(forge, job, factsOf))
    }
    going.sort((a, b) => a.ends - b.ends || a.job.id - b.job.id)
    const next = going.shift()
    if (next === undefined) return
    forge.clock.set(next.ends)
    forge.complete(next.job, next.ending)
  }
}

function take(forge: Forge, job: Readonly<Job>, factsOf: (run: number) => RunFacts): Task {
  const { action, base } = factsOf(job.runId)
  // Gitea ≤1.26 counts picks of a job, 1.27 executions of its run (docs/forge-facts.md, 4.3).
  const attempt = forge.profile.rerunRows === 'new' ? job.attempt : job.picks + 1
  const env = { GITHUB_BASE_REF: base }
  const { ending, seconds } = execute(textOf(job, factsOf), env, {
    ...resultsOf(forge, job.runId),
    'github.event.action': action,
    'github.run_attempt': String(attempt),
  })
  forge.pick(job)
  return { job, ending, ends: forge.clock.now() + (seconds + 1) * 1000 }
}

function textOf(job: Readonly<Job>, factsOf: (run: number) => RunFacts): WorkflowJob {
  const text = jobsIn(factsOf(job.runId).workflow).find(({ key }) => key === job.key)
  if (text === undefined) throw new Error(`no workflow has the job ${job.key}`)
  return text
}

/**
 * `needs.<job>.result` of a run; a need the server skipped is missing on 1.22 (docs/forge-facts.md,
 * 3 M5).
 */
function resultsOf(forge: Forge, run: number): Record<string, string> {
  return Object.fromEntries(
    forge
      .jobs(run)
      .map(({ key, status, picks }) => [
        `needs.${key}.result`,
        status === 'skipped' && picks === 0 && forge.profile.omitsSkippedNeeds ? '' : status,
      ]),
  )
}

/** Sleeping is the virtual clock's business: the script's own `sleep` only says for how long. */
const NO_SLEEP = 'sleep() { echo "slept $1"; }\n'

function execute(
  job: WorkflowJob,
  env: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): { ending: Ending; seconds: number } {
  if (job.skipped) return { ending: 'skipped', seconds: 0 }
  let seconds = 0
  for (const script of job.scripts) {
    const text = script.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`${job.context}: no value for ${whole}`)
      return value
    })
    const { status, stdout, error } = spawnSync('sh', ['-e', '-c', NO_SLEEP + text], {
      encoding: 'utf8',
      timeout: 10_000,
      env: { ...process.env, ...env },
    })
    if (error !== undefined) throw error
    for (const [, slept] of stdout.matchAll(/^slept (\d+)$/gm)) seconds += Number(slept)
    if (status !== 0) return { ending: 'failure', seconds }
  }
  return { ending: 'success', seconds }
}
