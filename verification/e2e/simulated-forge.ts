import { workflowFolder } from '../simulator/events.js'
import type { Forge, ProfileName } from '../simulator/index.js'
import { createForge } from '../simulator/index.js'
import type { RunFacts } from './simulated-runner.js'
import { work } from './simulated-runner.js'

/**
 * A simulated repository with a runner: what a person does to a real one, and what happens then by
 * itself.
 */
export interface SimulatedForge {
  readonly forge: Forge
  /** A branch off `main` that carries this workflow, or `main` itself; another file adds to it. */
  readonly branch: (name: string, workflow: string, file?: string) => void
  readonly pull: (branch: string, base: string) => number
  readonly close: (number: number) => void
  readonly reopen: (number: number) => void
  /** Let the runner do all it will do for one head, and some time pass. */
  readonly settle: (sha: string) => void
  /** The same for the head of a run that was run again through the API. */
  readonly settleRun: (run: number) => void
}

/** Longer than the least age at which a head without job rows may be judged. */
const SILENCE = '15s'

interface Place {
  readonly owner: string
  readonly repo: string
}

/** An empty repository with a `main`, and a runner with this many slots. */
export function openSimulatedForge(
  profile: ProfileName,
  place: Place,
  slots: number,
): SimulatedForge {
  const forge = createForge(profile, place)
  const workflows = new Map<string, Readonly<Record<string, string>>>()
  const runs = new Map<number, RunFacts>()
  // Every event takes a second, as requests of a person do.
  const event = <T>(act: () => T): T => {
    forge.clock.advance('1s')
    return act()
  }
  const noteRuns = (number: number, actions: readonly string[]): void => {
    for (const [id, facts] of newRuns(forge, workflows, number, actions))
      if (!runs.has(id)) runs.set(id, facts)
  }
  const settle = (sha: string): void => {
    work(forge, sha, slots, run => {
      const facts = runs.get(run)
      if (facts === undefined) throw new Error(`nobody saw run ${run} start`)
      return facts
    })
    forge.clock.advance(SILENCE)
  }
  return {
    forge,
    branch: (name, workflow, file = 'ci.yml') =>
      event(() => {
        workflows.set(name, { ...workflows.get(name), [file]: workflow })
        const path = `${workflowFolder(forge.state)}/${file}`
        forge.push({ branch: name, files: { [path]: workflow } })
      }),
    pull: (branch, base) =>
      event(() => {
        const number = forge.openPull({ branch, base })
        // The second is there on 1.22 only (docs/forge-facts.md, 0).
        noteRuns(number, ['opened', 'synchronize'])
        return number
      }),
    close: number =>
      event(() => {
        forge.closePull(number)
      }),
    reopen: number =>
      event(() => {
        forge.reopenPull(number)
        noteRuns(number, ['reopened'])
      }),
    settle,
    settleRun: id => {
      const run = forge.state.runs.find(one => one.id === id)
      if (run !== undefined) settle(run.statusSha)
    },
  }
}

/** What a runner is told of the runs that these events of a pull started, the latest ones. */
function newRuns(
  forge: Forge,
  workflows: ReadonlyMap<string, Readonly<Record<string, string>>>,
  number: number,
  actions: readonly string[],
): readonly (readonly [number, RunFacts])[] {
  const { branch, base } = forge.pull(number)
  const texts = workflows.get(branch) ?? {}
  // An event starts a run of each file.
  const files = Math.max(1, Object.keys(texts).length)
  const started = forge.runs(forge.head(number)).filter(({ pull }) => pull === number)
  return started
    .slice(-files * actions.length)
    .map(({ id, file }, index) => [
      id,
      { workflow: texts[file] ?? '', action: actions[Math.floor(index / files)] ?? '', base },
    ])
}
