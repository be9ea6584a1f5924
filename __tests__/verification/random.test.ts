import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { Chance } from '../../verification/random/chance.js'
import type { FileSpec } from '../../verification/random/files.js'
import { contextFor } from '../../verification/random/files.js'
import { giteaScene } from '../../verification/random/gitea-scene.js'
import { Judge } from '../../verification/random/judge.js'
import type { Request } from '../../verification/random/server.js'
import { play } from '../../verification/random/play.js'
import { finishRun } from '../../verification/random/runner.js'
import type { Script } from '../../verification/random/script.js'
import { drawScript } from '../../verification/random/script.js'
import type { Setup } from '../../verification/random/setup.js'
import { ALL_PROFILES } from '../../verification/random/setup.js'
import { shrink } from '../../verification/random/shrink.js'
import { flawsOf } from '../../verification/random/truth.js'
import { World } from '../../verification/random/world.js'

const FILE: FileSpec = {
  path: 'ci.yml',
  event: 'pull_request',
  branches: [],
  jobs: [
    { key: 'lint', name: 'Lint' },
    { key: 'test', name: 'Test' },
  ],
  umbrella: { key: 'all-required', kind: 'judges', needs: ['lint', 'test'] },
}
const UMBRELLA = contextFor('all-required')

const setup = (change: Partial<Setup> = {}): Setup => ({
  profile: 'gitea-1.23.8',
  denied: false,
  main: FILE,
  release: FILE,
  protection: [UMBRELLA],
  inputs: { 'umbrella-context': '', 'required-contexts': '' },
  ...change,
})

/** A world with one pull, whose run has ended: by luck 1 green, by luck 0 red. */
function worldOf(luck: 0 | 1, change: Partial<Setup> = {}): World {
  const world = new World(setup(change))
  world.forge.push({ branch: 'topic', files: { a: 'b' } })
  world.forge.openPull({ branch: 'topic' })
  for (const run of world.state.runs.filter(({ pull }) => pull === 1))
    finishRun(world, run, luck, new Chance(1))
  return world
}

const codes = (world: World, pull = 1): readonly string[] =>
  flawsOf(world, world.forge.pull(pull), world.umbrella).map(
    ({ code, context }) => `${code} ${context}`,
  )

const statusPost = (world: World): Request => ({
  sweep: 1,
  method: 'POST',
  query: new URLSearchParams(),
  body: undefined,
  token: '',
  path: `/api/v1/repos/acme/app/statuses/${world.forge.head(1)}`,
})
const pullList: Request = {
  sweep: 1,
  method: 'GET',
  query: new URLSearchParams(),
  body: undefined,
  token: '',
  path: '/api/v1/repos/acme/app/pulls',
}

/** A sweep of ours posts a success for #1. */
function post(world: World, judge: Judge): void {
  const request = statusPost(world)
  judge.asked(request)
  world.forge.post(world.forge.head(1), { context: UMBRELLA, state: 'success' })
  judge.took(request, 201)
}

const reportOf = (world: World, outcome: string): SweepReport =>
  ({ pulls: [{ head: world.forge.head(1), outcome }] }) as unknown as SweepReport

const laws = ({ violations }: Judge): readonly string[] => violations.map(({ law }) => law)

describe('what is true of an open gate', () => {
  it('green jobs are right, red ones are not', () => {
    expect(codes(worldOf(1))).toEqual([])
    expect(codes(worldOf(0))).toContain('not-green CI / Lint (pull_request)')
  })

  it('a closed pull of the same commit proves nothing', () => {
    const world = worldOf(0)
    world.forge.openPull({ branch: 'topic', base: 'release' })
    const run = world.state.runs.findLast(({ pull }) => pull === 2)
    if (run === undefined) throw new Error('#2 has no run')
    finishRun(world, run, 1, new Chance(1))
    world.forge.closePull(2)
    expect(codes(world)).toContain('not-green CI / Test (pull_request)')
    expect(codes(world, 2)).toEqual([])
  })

  it('each file of a name has its say', () => {
    const world = worldOf(1)
    world.write('topic', [{ ...FILE, path: 'mac/ci.yml', umbrella: null }])
    const [ci, twin] = world.state.runs.filter(run => run.statusSha === world.forge.head(1))
    if (ci === undefined || twin === undefined) throw new Error('there are not two runs')
    finishRun(world, twin, 0, new Chance(1))
    finishRun(world, ci, 1, new Chance(1))
    expect(codes(world)).toContain('not-green CI / Lint (pull_request)')
  })

  it("the base's present commit and the pull's own file say what is needed", () => {
    const world = worldOf(1)
    const audit = { key: 'audit', name: 'Audit' }
    const umbrella = { key: 'all-required', kind: 'judges' as const, needs: ['lint', 'audit'] }
    world.write('main', [{ ...FILE, jobs: [...FILE.jobs, audit], umbrella }])
    expect(codes(world)).toEqual(['missing CI / Audit (pull_request)'])
    world.forge.retargetPull(1, 'release')
    expect(codes(world)).toEqual([])
  })

  it('an umbrella with a verdict of its own is red, unless somebody vouches for it', () => {
    const umbrella = { key: 'all-required', kind: 'own' as const, needs: ['lint'] }
    const main = { ...FILE, umbrella }
    const world = worldOf(1, { main, release: main })
    const job = world.forge.job(
      world.state.runs.find(({ pull }) => pull === 1) ?? 0,
      'all-required',
    )
    Object.assign(world.state.jobs.find(({ id }) => id === job.id) ?? {}, { status: 'failure' })
    expect(codes(world)).toEqual([`umbrella-red ${UMBRELLA}`])
    const inputs = { 'umbrella-context': '', 'required-contexts': contextFor('Lint') }
    const listed = worldOf(1, { main, release: main, inputs })
    for (const one of listed.state.jobs.filter(({ key }) => key === 'all-required'))
      one.status = 'failure'
    expect(codes(listed)).toEqual([])
  })

  it('a job of its own verdict is not chosen by protection', () => {
    const umbrella = { key: 'coverage', kind: 'own' as const, needs: ['lint'] }
    const main = { ...FILE, umbrella }
    const context = contextFor('coverage')
    const world = worldOf(1, { main, release: main, protection: [context] })
    expect(codes(world)).toEqual([`wrong-context ${context}`])
  })

  it('a pull without a run of its own rests on every run, where runs tell no pull', () => {
    const main = { ...FILE, branches: ['main'] }
    const second = (world: World): World => {
      world.forge.openPull({ branch: 'topic', base: 'release' })
      return world
    }
    const change = { main, release: main }
    expect(codes(second(worldOf(1, change)), 2)).toEqual([`no-run ${UMBRELLA}`])
    expect(codes(second(worldOf(1, { ...change, profile: 'gitea-1.22.6' })), 2)).toEqual([])
  })
})

describe('the judge', () => {
  const fresh = (luck: 0 | 1, dry = false): { world: World; judge: Judge } => {
    const world = worldOf(luck)
    return { world, judge: new Judge(giteaScene(world), () => dry) }
  }

  it('sees a planted wrong success, and lets a right one pass', () => {
    const wrong = fresh(0)
    post(wrong.world, wrong.judge)
    expect(laws(wrong.judge)).toEqual(['false success'])
    const right = fresh(1)
    post(right.world, right.judge)
    right.judge.ended(1, reportOf(right.world, 'compensated'))
    right.judge.rests()
    expect(laws(right.judge)).toEqual([])
  })

  it('sees a success that stands when everything is at rest', () => {
    const { world, judge } = fresh(1)
    post(world, judge)
    world.forge.rerunAll(world.state.runs.findLast(({ pull }) => pull === 1) ?? 0)
    world.forge.post(world.forge.head(1), { context: UMBRELLA, state: 'success' })
    world.ours.push({
      sha: world.forge.head(1),
      sweep: 1,
      index: world.state.rows[world.forge.head(1)]?.at(-1)?.index ?? 0,
    })
    judge.rests()
    expect(laws(judge)).toEqual(['false success stands'])
  })

  it('counts what changed after the last look, if it is taken back', () => {
    for (const isTakenBack of [true, false]) {
      const { world, judge } = fresh(1)
      judge.asked(pullList)
      judge.momentPasses()
      world.forge.rerunAll(world.state.runs.findLast(({ pull }) => pull === 1) ?? 0)
      post(world, judge)
      if (isTakenBack)
        world.forge.post(world.forge.head(1), { context: UMBRELLA, state: 'pending' })
      judge.ended(1, reportOf(world, 'withdrawn'))
      expect(laws(judge)).toEqual(isTakenBack ? [] : ['not taken back'])
      expect(judge.spots.get('post-window') ?? 0).toBe(isTakenBack ? 1 : 0)
    }
  })

  it('excuses nothing that had changed before the pulls were listed', () => {
    const { world, judge } = fresh(1)
    judge.momentPasses()
    world.forge.rerunAll(world.state.runs.findLast(({ pull }) => pull === 1) ?? 0)
    judge.asked(pullList)
    post(world, judge)
    expect(laws(judge)).toEqual(['false success'])
  })

  it('sees a write of a dry run, and one that no report tells', () => {
    const dry = fresh(1, true)
    post(dry.world, dry.judge)
    expect(laws(dry.judge)).toEqual(['write in a dry run'])
    for (const report of [null, reportOf(dry.world, 'none')]) {
      const { world, judge } = fresh(1)
      post(world, judge)
      judge.ended(1, report)
      expect(laws(judge)).toEqual(['untold write'])
    }
  })

  it('sees a job run again that is no umbrella, and a whole run', () => {
    const { world, judge } = fresh(1)
    const [lint] = world.state.jobs.filter(({ key }) => key === 'lint').slice(-1)
    for (const path of [`jobs/${lint?.id ?? 0}/rerun`, 'rerun'])
      judge.took({ ...statusPost(world), path: `/actions/runs/${lint?.runId ?? 0}/${path}` }, 201)
    expect(laws(judge)).toEqual(['wrong job run again', 'wrong job run again'])
  })
})

describe('a script', () => {
  it('is played the same every time its seed is given', async () => {
    for (const seed of [3, 6, 23]) {
      const [first, second] = [
        await play(drawScript(seed, ALL_PROFILES)),
        await play(drawScript(seed, ALL_PROFILES)),
      ]
      expect(first.requests).toBeGreaterThan(10)
      expect(second).toEqual(first)
    }
  })

  it('writes now and then, on every kind of server', async () => {
    for (const profile of ['gitea-1.22.6', 'gitea-1.26.4', 'forgejo-11'] as const) {
      let writes = 0
      for (let seed = 1; seed < 20 && writes === 0; seed += 1)
        writes += (await play(drawScript(seed, [profile]))).writes
      expect(writes).toBeGreaterThan(0)
    }
  })

  it('shrinks to what its broken law needs', async () => {
    const script = drawScript(5, ALL_PROFILES)
    const needed = script.rounds[0]?.before[0]
    const breaks = (one: Script): boolean =>
      one.rounds.some(({ before }) => before.some(step => step === needed))
    const played = {
      spots: new Map(),
      sweeps: 1,
      disturbed: 1,
      requests: 1,
      writes: 1,
      story: [],
      met: [],
    }
    const violation = {
      law: 'false success' as const,
      detail: '',
      pull: 1,
      flaws: [],
      features: [],
    }
    const again = (one: Script) =>
      Promise.resolve({ ...played, violations: breaks(one) ? [violation] : [] })
    const { script: small } = await shrink(script, await again(script), again)
    expect(small.rounds.map(({ before }) => before)).toEqual([[needed]])
    expect(small.rounds[0]?.during).toEqual([])
  })
})
