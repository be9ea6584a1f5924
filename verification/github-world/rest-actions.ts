import type { Answer, Asked } from './answers.js'
import { counted, NOT_FOUND, refusal } from './answers.js'
import { jobJson, runJson } from './json.js'
import type { Run } from './model.js'
import { seenIn, standOf } from './stand.js'
import type { World } from './world.js'

/** The runs of the repository or of one workflow, newest first. */
export function runs(world: World, asked: Asked, workflow?: string): Answer {
  const wanted = (name: string): string | null => asked.query.get(name)
  const rows = world.actions.runs.filter(run => {
    const { status, conclusion } = world.actions.stand(run)
    return (
      (workflow === undefined ||
        String(run.workflow.id) === workflow ||
        run.workflow.path.endsWith(`/${workflow}`)) &&
      (wanted('check_suite_id') ?? String(run.suite.id)) === String(run.suite.id) &&
      (wanted('head_sha') ?? run.headSha) === run.headSha &&
      (wanted('event') ?? run.event) === run.event &&
      (wanted('branch') ?? run.headBranch) === run.headBranch &&
      [status, conclusion].includes((wanted('status') ?? status) as typeof status)
    )
  })
  const newest = [...rows].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  return counted(
    asked,
    'workflow_runs',
    newest.map(run => runJson(world, run)),
  )
}

/** The jobs of one attempt of a run, by default of its newest, or of all. */
export function jobs(world: World, asked: Asked, run: Run, attempt: number | null): Answer {
  const all = attempt === null && asked.query.get('filter') === 'all'
  const rows = seenIn(run.suite, world.clock.now()).filter(
    ({ execution, listed: isListed }) =>
      isListed && execution !== null && (all || execution.attempt === (attempt ?? run.attempt)),
  )
  return counted(
    asked,
    'jobs',
    rows.map(check => jobJson(world, run, check)),
  )
}

/** Runs a whole run again, or what failed in it and what depends on that. */
export function rerun(world: World, run: Run | undefined, kind: 'failed' | 'run'): Answer {
  if (run === undefined) return NOT_FOUND
  const why = world.rerun(run, { kind })
  return why === null ? { status: 201, body: {} } : refusal(403, why)
}

/** Runs one job again, and what depends on it. */
export function rerunJob(world: World, id: string | undefined): Answer {
  const check = world.actions.suites
    .flatMap(({ checks }) => checks)
    .find(one => String(one.id) === id && one.execution !== null)
  const run = check?.suite.run
  if (check === undefined || run == null) return NOT_FOUND
  if (standOf(check, world.clock.now()).status !== 'completed')
    return refusal(403, 'The job is still running')
  const why = world.rerun(run, { kind: 'job', check })
  return why === null ? { status: 201, body: {} } : refusal(403, why)
}
