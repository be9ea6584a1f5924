import type { Conclusion, Pull, Suite } from '../../../verification/simulator/github/world.js'
import { GithubWorld } from '../../../verification/simulator/github/world.js'

export const GATE = 'all-required'

type Ends = Readonly<Record<string, Conclusion>>

const GREEN: Ends = { lint: 'success', test: 'success', extra: 'success', [GATE]: 'success' }

/** A repository with one workflow, whose gate needs two of its three jobs. */
class Scene {
  readonly world = new GithubWorld()
  readonly ci = this.world.workflow({
    path: '.github/workflows/ci.yml',
    jobs: [
      { name: 'lint' },
      { name: 'test' },
      { name: 'extra' },
      { name: GATE, needs: ['lint', 'test'], gate: 'needs' },
    ],
  })

  constructor() {
    this.world.left = { rest: 100_000, graphql: 100_000 }
  }

  run(pull: Pull, ends: Ends = {}): Suite {
    return this.world.ended(this.ci, { sha: pull.head }, { ...GREEN, ...ends })
  }

  merge(pull: Pull): number {
    this.world.now += 5
    pull.open = false
    pull.merged = { at: this.world.now, by: 'octocat' }
    this.world.now += 5
    return pull.number
  }
}

interface Planted {
  readonly name: string
  readonly kind: string
  readonly make: (scene: Scene) => number
}

/** A run that has begun, and in which these jobs have ended. */
function begun(scene: Scene, pull: Pull, ends: Ends): Suite {
  const suite = scene.world.run(scene.ci, { sha: pull.head })
  for (const [name, end] of Object.entries(ends)) scene.world.end(suite, name, end)
  return suite
}

export const BAD: readonly Planted[] = [
  {
    name: 'a required job failed, and somebody merged over it',
    kind: 'red',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull, { test: 'failure', [GATE]: 'failure' })
      return scene.merge(pull)
    },
  },
  {
    name: 'the gate of the newest run was green over a failed job',
    kind: 'red',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull)
      scene.run(pull, { test: 'failure' })
      return scene.merge(pull)
    },
  },
  {
    name: 'a required job was cancelled',
    kind: 'red',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull, { lint: 'cancelled', [GATE]: 'failure' })
      return scene.merge(pull)
    },
  },
  {
    name: 'a required job was still going',
    kind: 'unfinished',
    make: scene => {
      const pull = scene.world.pull()
      const suite = begun(scene, pull, { lint: 'success' })
      const number = scene.merge(pull)
      scene.world.end(suite, 'test', 'success')
      return number
    },
  },
  {
    name: 'a newer run had just begun over an older green one',
    kind: 'unfinished',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull)
      begun(scene, pull, {})
      return scene.merge(pull)
    },
  },
  {
    name: 'no run at all',
    kind: 'unproven',
    make: scene => scene.merge(scene.world.pull()),
  },
  {
    name: 'a failed job had the gate skipped, which a merge takes for a pass',
    kind: 'skipped-over-red',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull, { test: 'failure', [GATE]: 'skipped' })
      return scene.merge(pull)
    },
  },
]

export const GOOD: readonly Planted[] = [
  {
    name: 'red only after the merge',
    kind: 'green',
    make: scene => {
      const pull = scene.world.pull()
      const suite = scene.run(pull)
      const number = scene.merge(pull)
      scene.world.now += 60
      scene.world.rerun(suite, 'test')
      scene.world.end(suite, 'test', 'failure')
      return number
    },
  },
  {
    name: 'a job that nobody requires failed',
    kind: 'green',
    make: scene => {
      const pull = scene.world.pull()
      scene.run(pull, { extra: 'failure' })
      return scene.merge(pull)
    },
  },
  {
    name: 'an older run was red last',
    kind: 'green',
    make: scene => {
      const pull = scene.world.pull()
      const older = begun(scene, pull, { lint: 'success', extra: 'success' })
      scene.run(pull)
      scene.world.end(older, 'test', 'failure')
      scene.world.end(older, GATE, 'failure')
      return scene.merge(pull)
    },
  },
]

/** A repository with so many merged pull requests, the planted ones among them. */
export function mergedGithub(count: number) {
  const scene = new Scene()
  const planted = [...BAD, ...GOOD]
  const made = new Map<string, number>()
  const every = Math.floor(count / planted.length)
  for (let at = 0; at < count; at += 1) {
    const one = at % every === 0 ? planted[at / every] : undefined
    if (one !== undefined) {
      made.set(one.name, one.make(scene))
      continue
    }
    const pull = scene.world.pull()
    scene.run(pull)
    scene.merge(pull)
  }
  scene.world.pull().open = false
  return { world: scene.world, made }
}
