import type { Change } from './ci.js'
import { COVERAGE, UMBRELLA, workflowOf } from './ci.js'
import type { Scenario } from './scenarios.js'
import { fail, same, sweep } from './steps.js'
import type { World } from './world.js'
import { NotApplicable } from './world.js'

const workflow = (world: World, change: Change): string => workflowOf(change, world.label)

/** What the newest row of a context says. */
async function newest(world: World, number: number, context: string): Promise<string> {
  return (await world.rows(number)).find(row => row.context === context)?.state ?? 'absent'
}

/** The scene is what it should be: the umbrella is red, as the last of all. */
async function landedLast(world: World, number: number): Promise<void> {
  if ((await newest(world, number, UMBRELLA)) !== 'failure')
    throw new NotApplicable('the failed run did not end last: the runner needs a slot for each run')
  same('merge before', await world.merge(number), 405)
}

/** A sweep that may call it what it will, but writes nothing, runs nothing again, opens nothing. */
async function leftShut(world: World, number: number): Promise<void> {
  const before = await world.rows(number)
  const { entries } = await sweep(world, [number])
  const [entry] = entries
  if (entry?.kind === 'repair')
    fail('verdict', `${entry.kind} ${entry.reason} (${entry.outcome})`, 'no repair')
  same('rows written', (await world.rows(number)).length - before.length, 0)
  same('merge after', await world.merge(number), 405)
}

/** Two files of one workflow name and the same jobs: the umbrella's is red, the other one green. */
const twin =
  (path: string): Scenario['play'] =>
  async world => {
    await world.branch('topic', workflow(world, { fails: 'go', umbrella: 'late' }))
    await world.branch('topic', workflow(world, {}), path)
    const number = await world.pull('topic')
    await world.settled(number)
    await landedLast(world, number)
    await leftShut(world, number)
  }

/** Heads over which no success may ever stand, on any server. */
export const LAW_SCENARIOS: readonly Scenario[] = [
  {
    name: 'closed pull',
    slots: 3,
    proves: "a closed pull's green run on the commit is no proof for the open one, which failed",
    play: async world => {
      const change = { failsForMain: 'go', umbrella: 'slow for main' } as const
      await world.branch('topic', workflow(world, change))
      const number = await world.pull('topic')
      const other = await world.pull('topic', 'release')
      await world.settled(number)
      await world.closePull(other)
      await landedLast(world, number)
      await leftShut(world, number)
    },
  },
  {
    name: 'two files',
    slots: 3,
    proves: 'a second file of the same workflow name and jobs, green, is no proof for the first',
    play: twin('twin.yml'),
  },
  {
    name: 'two files, one in a subfolder',
    slots: 3,
    proves: 'a file in a folder of the workflow folder is seen as well',
    play: twin('mac/ci.yml'),
  },
  {
    name: 'own verdict',
    proves: 'a required job that fails by its own measure over green needs is not turned green',
    play: async world => {
      const text = workflow(world, { umbrella: 'coverage' })
      await world.branch('topic', text)
      await world.branch('main', text)
      await world.require('main', ['CI / Platform (Go) (pull_request)', COVERAGE])
      const number = await world.pull('topic')
      await world.settled(number)
      same('the job', await newest(world, number, COVERAGE), 'failure')
      same('merge before', await world.merge(number), 405)
      const before = await world.rows(number)
      const run = await world.sweep({ 'required-contexts': '', 'min-age': '0s' })
      // No umbrella can be chosen, and no file writes the default: that is said, as an error.
      same('exit code', run.code, 1)
      same('the default is named', run.stdout.includes(`chosen "${UMBRELLA}"`), true)
      same('rows written', (await world.rows(number)).length - before.length, 0)
      same('merge after', await world.merge(number), 405)
    },
  },
]
