import type { Clock, RepairDependencies } from '../../src/apply/dependencies.js'
import type { Proven } from '../../src/apply/repair.js'
import { repair } from '../../src/apply/repair.js'
import { awaitReruns } from '../../src/apply/await-reruns.js'
import type { Outcome } from '../../src/core/plan/outcome.js'
import { asJobId } from '../../src/core/model/ids.js'
import type { JobState } from '../../src/core/model/job.js'
import type { UnreadableFile, Workflow, WorkflowJob } from '../../src/workflow/parse.js'
import { leadingRepair } from '../../src/core/plan/rerun.js'
import { benchOf, look, whilePausing } from './acting.js'
import type { ShownRun } from './builders.js'
import { STALE, workflowJob as job } from './builders.js'
import type { FakeForge, FakeStart } from './fake-forge.js'
import { openFake } from './fake-forge.js'

const OLD = '1.26.4'
const NEW = '1.27.0'

/** The workflow file of the fakes: the umbrella needs Lint and Test, nothing has concurrency. */
export function workflow(
  change: Partial<Workflow> = {},
  more: readonly Partial<WorkflowJob>[] = [],
): Workflow {
  return {
    kind: 'workflow',
    path: '.gitea/workflows/ci.yml',
    name: 'CI',
    events: ['pull_request'],
    filters: [],
    follows: null,
    concurrency: null,
    env: {},
    defaults: { shell: null, others: [] },
    jobs: [
      job({ id: 'lint', name: 'Lint' }),
      job({ id: 'test', name: 'Test' }),
      job({ id: 'all-required', needs: ['lint', 'test'], runsAlways: true }),
      ...more.map(job),
    ],
    ...change,
  }
}

const isUmbrella = ({ name }: { readonly name: string }): boolean => name === 'all-required'

/** Ids of a new attempt on 1.27: every job is cloned. */
const CLONED = 1000

/** What a server makes of a re-run of run 1's umbrella job (docs/forge-facts.md, 11). */
export function runsAgain(version: string): (fake: FakeForge) => void {
  return fake => {
    const cloned = version === NEW
    fake.setRuns(runs =>
      runs.map(run => ({
        ...run,
        completed: false,
        jobs: run.jobs.map(job => ({
          ...job,
          ...(isUmbrella(job) ? { state: 'open' as const } : {}),
          ...(cloned ? { id: asJobId(job.id + CLONED), attempt: (job.attempt ?? 0) + 1 } : {}),
        })),
      })),
    )
    for (const { name, id, state } of fake.runs()[0]?.jobs ?? []) {
      if (isUmbrella({ name })) fake.write(`R1.${id} umbrella waiting`)
      else if (cloned) fake.write(`R1.${id} ${name} ${state}`)
    }
  }
}

/** The umbrella's new execution comes to its end. */
export function ends(
  fake: FakeForge,
  state: JobState & ('success' | 'failure' | 'cancelled'),
): void {
  fake.setRuns(runs =>
    runs.map((run): ShownRun => {
      const jobs = run.jobs.map(job =>
        job.state === 'open' && isUmbrella(job)
          ? { ...job, state, attempt: (job.attempt ?? 0) + (job.id >= CLONED ? 0 : 1) }
          : job,
      )
      return { ...run, jobs, completed: true }
    }),
  )
  const id = fake.runs()[0]?.jobs.find(isUmbrella)?.id ?? 0
  fake.write(`R1.${id} umbrella ${state}`)
}

/** A fake on which run 1 is proven stale, and whose umbrella job can be run again. */
export interface RerunStart extends FakeStart {
  readonly file?: Workflow | UnreadableFile | null
  readonly dependentsToo?: boolean
  /** Milliseconds by which the timers of the wait fire too soon. */
  readonly early?: number
}

/** What became of a re-run, and the server it was sent to. */
interface Rerun {
  readonly outcome: Outcome
  readonly fake: FakeForge
  readonly bench: RepairDependencies
}

function startOf({ file = workflow(), ...start }: RerunStart): FakeStart & { version: string } {
  const version = start.version ?? NEW
  return {
    grade: 'jobs',
    rows: STALE,
    ownWorkflow: path => (path.startsWith('.gitea/') ? file : null),
    rerun: runsAgain(version),
    ...start,
    version,
  }
}

/** The write of a re-run by what was proven. */
function rerunOf(proven: Proven) {
  const job = leadingRepair(proven.verdicts)?.verdict.umbrellaJob
  if (job == null) throw new Error('no umbrella job')
  return { kind: 'rerun', run: job.run, job: job.job, wholeRun: false } as const
}

/** Runs the umbrella job again while this happens; `pauses` happen one by one while it waits. */
export async function rerun(
  given: RerunStart,
  meanwhile: (fake: FakeForge) => void = () => undefined,
  pauses: readonly ((fake: FakeForge) => void)[] = [fake => ends(fake, 'success')],
): Promise<Rerun> {
  const start = startOf(given)
  const fake = openFake(start)
  fake.setRuns(runs => runs)
  const bench = {
    ...benchOf(fake),
    rerunAllowed: { dependentsToo: given.dependentsToo ?? false, wholeRunToo: false },
  }
  const proven = await look(bench, start)
  meanwhile(fake)
  whilePausing(fake, ...pauses.map(act => () => act(fake)))
  const end = await repair(bench, proven, rerunOf(proven))
  if ('code' in end) return { outcome: end, fake, bench }
  const { early = 0 } = given
  const clock: Clock = {
    now: bench.clock.now,
    // What is not longer than that is slept in full: else this clock would stand still.
    sleep: pause => bench.clock.sleep(pause > early ? pause - early : pause),
  }
  const [ended] = (await awaitReruns({ ...bench, clock }, [end], () => null)).values()
  if (ended === undefined) throw new Error('a re-run never ended')
  return { outcome: ended.outcome, fake, bench }
}

/** Both kinds of servers that can run a job again. */
export const VERSIONS = [OLD, NEW] as const
