import type { Conclusion, Suite, Workflow } from '../../simulator/github/world.js'
import { GithubWorld } from '../../simulator/github/world.js'

export const GATE = 'all-required'
export const WORK = [{ name: 'lint' }, { name: 'test' }]
export const NEEDS = { name: GATE, needs: ['lint', 'test'], gate: 'needs' } as const
export const GREEN = { lint: 'success', test: 'success' } as const
/** Long enough for every age that a sweep asks for by default, in seconds. */
export const LATER = 1200

/** One workflow whose gate needs its jobs. */
export const ci = (world: GithubWorld, more: Partial<Workflow> = {}): Workflow =>
  world.workflow({ path: '.github/workflows/ci.yml', jobs: [...WORK, NEEDS], ...more })

/** Inputs in one workflow, and a gate that polls them in another. */
export function polled(world: GithubWorld): { readonly work: Workflow; readonly gate: Workflow } {
  return {
    work: world.workflow({ path: '.github/workflows/ci.yml', jobs: WORK }),
    gate: world.workflow({
      path: '.github/workflows/gate.yml',
      jobs: [{ name: GATE, gate: ['lint', 'test'] }],
    }),
  }
}

/** A gate job that a runner lost, over green needs. */
export function lost(world: GithubWorld, more: Partial<Workflow> = {}): Suite {
  const { head } = world.pull()
  const suite = world.ended(ci(world, more), { sha: head }, GREEN)
  world.end(suite, GATE, 'failure', true)
  world.now += LATER
  return suite
}

/** So many pull requests of one workflow, the gate of each lost by a runner over green jobs. */
export function lostGates(pulls: number, world = new GithubWorld()): GithubWorld {
  const workflow = ci(world)
  for (let at = 0; at < pulls; at += 1) {
    const suite = world.ended(workflow, { sha: world.pull().head }, GREEN)
    world.end(suite, GATE, 'failure', true)
  }
  world.now += LATER
  return world
}

/** A file that deploys when the gate's workflow has run, beside a gate that a runner lost. */
export function followed(world: GithubWorld): void {
  const suite = lost(world)
  world.workflow({
    path: '.github/workflows/deploy.yml',
    events: [],
    follows: [suite.run?.workflow.path ?? ''],
    jobs: [{ name: 'deploy' }],
  })
}

/** A lost gate in a group by head branch, beside a run that goes on in another fork. */
export function otherFork(world: GithubWorld, branch: string): void {
  const group = '${{ github.head_ref || github.run_id }}'
  const from = (owner: string, name: string) => ({ repository: `${owner}/widgets`, branch: name })
  const workflow = ci(world, { concurrency: { group, cancel: true } })
  const pull = world.pull({ from: from('ann', 'patch-1') })
  const suite = world.ended(workflow, { sha: pull.head }, GREEN)
  world.end(suite, GATE, 'failure', true)
  world.now += LATER
  world.run(workflow, { sha: world.pull({ from: from('bob', branch) }).head })
}

/** Two runs of one commit: the first cancelled by the second. */
export function twice(world: GithubWorld, first: Conclusion): void {
  const { head } = world.pull()
  const workflow = ci(world)
  world.ended(workflow, { sha: head }, { lint: first, test: first, [GATE]: 'failure' })
  world.ended(workflow, { sha: head }, { ...GREEN, [GATE]: 'success' })
  world.now += LATER
}

/** A status that a run posts, and its red: from before a person ran its failed job again. */
export function posted(world: GithubWorld): string {
  const { head } = world.pull()
  const suite = world.ended(
    world.workflow({ path: '.github/workflows/ci.yml', jobs: WORK }),
    { sha: head },
    { ...GREEN, lint: 'failure' },
  )
  world.status({
    sha: head,
    context: GATE,
    state: 'failure',
    description: 'a gate',
    login: 'github-actions[bot]',
    targetUrl: `https://github.com/acme/widgets/actions/runs/${suite.run?.id ?? 0}`,
  })
  world.pass(60)
  world.rerun(suite, 'lint')
  world.pass(60)
  world.now += LATER
  return head
}

export const STALE = { kind: 'repair', reason: 'stale' } as const
/** Nothing is sent, and the umbrella stays shut. */
export const NOTHING = { sends: [], opens: false } as const
export const JOB = /\/actions\/jobs\/\d+\/rerun$/
/** The umbrella's job is run again, and ends green. */
export const RERUN = {
  says: { ...STALE, outcome: 'rerun' },
  sends: [JOB],
  opens: true,
} as const
export const RUN = /\/actions\/runs\/\d+\/rerun$/
export const POST = /\/statuses\/\w+$/
/** A gate that polls names no jobs, so the user does. */
export const LISTED = { 'required-contexts': 'lint\ntest' }
