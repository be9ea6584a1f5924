import type { Suite, Workflow } from '../simulator/github/world.js'
import { GithubWorld } from '../simulator/github/world.js'
import type { Chance } from './chance.js'

/** The umbrella of every repository on GitHub here: its default name. */
export const GATE = 'all-required'
export const WORK = ['lint', 'test'] as const

/**
 * What the umbrella is: a job that needs the others, one of a file of its own that polls them, or a
 * commit status that a run posts.
 */
type GateKind = 'needs' | 'polls' | 'status'

/** How one repository on GitHub is, and the policy of all its sweeps. */
export interface GithubSetup {
  readonly profile: 'github'
  readonly gate: GateKind
  readonly inputs: Readonly<Record<string, string>>
}

export function drawGithub(chance: Chance): GithubSetup {
  const gate = chance.weighted({ needs: 5, polls: 3, status: 4 })
  const isListed = gate !== 'needs' || chance.is(0.4)
  return {
    profile: 'github',
    gate,
    inputs: {
      'required-contexts': isListed ? WORK.join('\n') : '',
      remedy: chance.weighted({ auto: 70, status: 15, rerun: 15 }),
      'min-age': chance.weighted({ '0s': 60, '30s': 30, '5m': 10 }),
      'max-repairs': '0',
    },
  }
}

/** A repository on GitHub, and what the driver knows beside it. */
export class GithubRepository {
  readonly world = new GithubWorld()
  readonly setup: GithubSetup
  /** Statuses that a sweep wrote. */
  readonly ours = new Set<number>()
  private readonly pulls = new Map<number, number>()
  private readonly workflows: Workflow[]
  private commits = 0

  constructor(setup: GithubSetup) {
    this.setup = setup
    const work = WORK.map(name => ({ name }))
    const needs = { name: GATE, needs: WORK, gate: 'needs' as const }
    const first = setup.gate === 'needs' ? [...work, needs] : work
    this.workflows = [this.world.workflow({ path: '.github/workflows/ci.yml', jobs: first })]
    if (setup.gate === 'polls')
      this.workflows.push(
        this.world.workflow({
          path: '.github/workflows/gate.yml',
          jobs: [{ name: GATE, gate: WORK }],
        }),
      )
  }

  commit(): string {
    this.commits += 1
    return this.commits.toString(16).padStart(40, 'c')
  }

  /** Something happened to a pull: each workflow runs. */
  start(number: number): Suite[] {
    const sha = this.headOf(number)
    return this.workflows.map(workflow => {
      const suite = this.world.run(workflow, { sha })
      if (suite.run !== null) this.pulls.set(suite.run.id, number)
      return suite
    })
  }

  headOf(number: number): string {
    return this.world.pulls.find(pull => pull.number === number)?.head ?? ''
  }

  pullOf({ run }: Suite): number | null {
    return run === null ? null : (this.pulls.get(run.id) ?? null)
  }

  /** Runs of workflows on a commit, oldest first. */
  runsOn(sha: string): Suite[] {
    return this.world.suites.filter(suite => suite.sha === sha && suite.run !== null)
  }
}
