import type { Pull } from '../simulator/index.js'
import type { Flaw } from './truth.js'
import { runsOn } from './truth.js'
import type { World } from './world.js'

/** What is peculiar about the scene of a broken law; a hint for whoever reads it, no judgement. */
type Feature =
  | 'closed pull on the commit'
  | 'open pull on the commit'
  | 'two files of one name'
  | 'own verdict'
  | 'unknown event'
  | 'dynamic matrix'
  | 'pull edits its file'
  | 'no run of its own'
  | 'long list of tasks'
  | 'refused request'

/** Do two files of one commit write a context of the same name? */
function hasTwins(world: World, sha: string): boolean {
  const names = world.files(sha).map(({ jobs }) => jobs.map(({ name }) => name))
  return names.some((jobs, at) =>
    names.slice(at + 1).some(others => others.some(name => jobs.includes(name))),
  )
}

/** The features of the scene in which a success on a pull was wrong. */
export function featuresOf(
  world: World,
  pull: Readonly<Pull>,
  flaws: readonly Flaw[],
): readonly Feature[] {
  const sha = world.forge.head(pull.number)
  const base = world.state.branches[pull.base] ?? ''
  const runs = runsOn(world, sha, world.umbrella)
  const newest = runs.at(-1)
  const files = [...world.files(sha), ...world.files(base)]
  const changed = (): boolean => {
    const [head, then] = [sha, pull.mergeBase].map(at => JSON.stringify(world.files(at)))
    return head !== then
  }
  const found: [Feature, boolean][] = [
    [
      'closed pull on the commit',
      world.pulls.some(other => !other.open && newest?.pull === other.number),
    ],
    [
      'open pull on the commit',
      world.open.some(other => other !== pull && world.forge.head(other.number) === sha),
    ],
    ['two files of one name', hasTwins(world, sha) || hasTwins(world, base)],
    [
      'own verdict',
      world.setup.main.umbrella?.kind === 'own' &&
        flaws.some(({ code }) => code === 'umbrella-red' || code === 'wrong-context'),
    ],
    ['unknown event', runs.some(run => run.shownEvent !== undefined)],
    ['dynamic matrix', files.some(({ jobs }) => jobs.some(({ dynamic }) => dynamic === true))],
    ['pull edits its file', changed()],
    ['no run of its own', flaws.some(({ code }) => code === 'no-run')],
    ['long list of tasks', world.state.tasks.length > 1000],
    ['refused request', world.refused],
  ]
  return found.filter(([, isSo]) => isSo).map(([feature]) => feature)
}
