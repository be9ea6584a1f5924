import { afterEach, describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { GATE, GREEN, LATER, lost, lostGates } from '../../verification/e2e/github/setups.js'
import { BROKEN_OFF, queryOf } from '../../verification/simulator/github/faults.js'
import type {
  GithubServer,
  PlannedAnswer,
  SeenRequest,
} from '../../verification/simulator/github/server.js'
import { serveGithub } from '../../verification/simulator/github/server.js'
import type { Suite } from '../../verification/simulator/github/world.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { runInProcess } from '../support/in-process.js'
import { widgetsOn } from '../support/open-server.js'

let server: GithubServer | null = null

afterEach(async () => {
  await server?.close()
  server = null
})

/** Two runs of one workflow on one commit, by two events; the gate of each lost its runner. */
function twoRedLegs(world: GithubWorld): readonly [Suite, Suite] {
  const first = lost(world)
  if (first.run === null) throw new Error('it is a run')
  const second = world.ended(first.run.workflow, { sha: first.sha, event: 'push' }, GREEN)
  world.end(second, GATE, 'failure', true)
  world.now += LATER
  return [first, second]
}

/** Sweeps once; this happens right before a re-run is answered. */
async function sweep(
  world: GithubWorld,
  meanwhile = (): void => undefined,
  answers: (request: SeenRequest) => PlannedAnswer | undefined = () => undefined,
) {
  server = await serveGithub(world)
  server.on(request => {
    if (request.path.endsWith('/rerun')) meanwhile()
    return answers(request)
  })
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': GATE },
  })
  const [pull] = (run.report as SweepReport).pulls
  return { run, pull: pull as PullReport }
}

describe('a re-run that ended green beside another red run of the umbrella', () => {
  it('is told as what it is, and the next sweep mends the other', async () => {
    const world = new GithubWorld()
    twoRedLegs(world)
    const { run, pull } = await sweep(world)
    expect(pull.outcomeDetail).toContain('another run of it is still red')
    expect(pull.outcome).toBe('rerun')
    expect(run.outputs).toMatchObject({ rerun: '1', failed: '0' })
    await server?.close()
    world.now += LATER
    expect((await sweep(world)).run.outputs).toMatchObject({ rerun: '1' })
    await server?.close()
    world.now += LATER
    expect((await sweep(world)).run.outputs).toMatchObject({ stale: '0' })
  })

  it('is overtaken where a job of that other run has failed meanwhile', async () => {
    const world = new GithubWorld()
    const [first] = twoRedLegs(world)
    const { pull } = await sweep(world, () => {
      world.end(first, 'lint', 'failure')
    })
    expect(pull.outcome).toBe('overtaken')
    expect(pull.outcomeDetail).toContain('required-failed')
  })

  it('is overtaken where that other run was started again by somebody else', async () => {
    const world = new GithubWorld()
    const [first] = twoRedLegs(world)
    const { pull } = await sweep(world, () => {
      world.rerun(first, 'lint')
      for (const check of world.checks) if (check.suite === first.id) check.due = null
    })
    expect(pull.outcome).toBe('overtaken')
    expect(pull.outcomeDetail).toContain('umbrella-pending')
  })
})

const isProgress = (request: SeenRequest): boolean =>
  queryOf(request)?.query.startsWith('query progress') === true

/** What was asked once the last re-run was sent. */
function afterReruns(): readonly SeenRequest[] {
  const requests = server?.requests ?? []
  return requests.slice(requests.findLastIndex(({ path }) => path.endsWith('/rerun')) + 1)
}

const lookedWhole = (): number =>
  afterReruns().filter(request => queryOf(request)?.query.startsWith('query details')).length

describe('the wait for re-runs', () => {
  it('asks for all of them at once, and reads none whole while its job is going', async () => {
    const world = lostGates(5)
    world.jobTime = 600
    const { run } = await sweep(world)
    expect(run.outputs).toMatchObject({ stale: '5', rerun: '0', failed: '0' })
    expect(run.stdout).toContain('runs again and has not ended')
    // Some seven looks in a minute, one request each, whatever the machine has to do beside.
    expect([6, 7, 8]).toContain(afterReruns().length)
    expect(afterReruns().every(isProgress)).toBe(true)
    expect(server?.faults).toEqual([])
  })

  it('reads each head whole once its job has ended', async () => {
    const { run } = await sweep(lostGates(4))
    expect(run.outputs).toMatchObject({ rerun: '4' })
    expect(lookedWhole()).toBe(4)
  })

  it('believes no look that says a job has ended: the head itself decides', async () => {
    const world = lostGates(1)
    world.jobTime = 600
    const ended = { status: 'COMPLETED', startedAt: '2030-01-01T00:00:00Z' }
    const run = { databaseId: world.suites[0]?.run?.id ?? 0 }
    const suite = { workflowRun: run, checkRuns: { nodes: [ended] } }
    const body = { data: { repository: { c0: { checkSuites: { nodes: [suite] } } } } }
    const { pull } = await sweep(world, undefined, request =>
      isProgress(request) ? { status: 200, body } : undefined,
    )
    expect(pull.outcome).toBe('rerun-pending')
  })

  it.each(Object.entries(BROKEN_OFF).map(([rule, answer]) => ({ rule, answer })))(
    'that cannot be asked with $rule: the last look reads the head',
    async ({ answer }) => {
      const { pull } = await sweep(lostGates(1), undefined, request =>
        isProgress(request) ? answer : undefined,
      )
      expect(pull.outcome).toBe('rerun')
      expect(lookedWhole()).toBe(1)
    },
  )

  it('tells of a re-run whose answer was lost', async () => {
    const world = lostGates(1)
    world.jobTime = 600
    const [suite] = world.suites
    const { pull } = await sweep(world, undefined, ({ path }) => {
      if (!path.endsWith('/rerun') || suite === undefined) return undefined
      world.rerun(suite, GATE)
      return { status: 502, body: { message: 'Bad Gateway' } }
    })
    expect(pull.outcome).toBe('rerun-pending')
  })

  it('is not over while GitHub still shows the old end', async () => {
    const world = lostGates(1)
    const { pull } = await sweep(world, undefined, ({ path }) =>
      path.endsWith('/rerun') ? { status: 201, body: {} } : undefined,
    )
    // Nothing was run again: the last look reads the head, and says what it knows.
    expect(pull.outcome).toBe('rerun-pending')
    expect(lookedWhole()).toBe(1)
  })

  it('reads a file of a commit once a sweep', async () => {
    server = await serveGithub(lostGates(3))
    const asked: string[] = []
    const { apiUrl, token } = server
    await runInProcess({
      apiUrl,
      repo: 'acme/widgets',
      token,
      inputs: { 'umbrella-context': GATE },
    })
    for (const { path } of server.requests) if (path.includes('/contents/')) asked.push(path)
    // The folder of each head and of the base; the file is the same at all of them.
    expect(asked.filter(path => path.endsWith('/workflows'))).toHaveLength(4)
    expect(asked.filter(path => path.endsWith('/ci.yml'))).toHaveLength(1)
  })
})
