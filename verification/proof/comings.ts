import type { Bound } from './bound.js'
import { BUDGETS } from './bound.js'
import { emptyLog } from './log.js'
import type { State, World, WorkflowFile } from './model.js'
import { left, spend } from './model.js'
import type { Step } from './step.js'

/** Where a pull request is: not yet there, open on the head, closed on it, moved on from it. */
type Place = '-' | 'O' | 'C' | 'M'

/** The base branches there are; a pull request names one by its place. */
const BRANCHES = ['main', 'release'] as const

/** What a base has beside what the head has: nothing, one more need, a second file, or both. */
const MORE_NEEDS = 1
const SECOND_FILE = 2

/** Who stands on the head at the start, where, and what the bases have: `release` needs more. */
function atTheStart(bound: Bound): Pick<State, 'standing' | 'targets' | 'bases'> {
  const later = bound.may.open ?? 0
  const standing = bound.standing ?? 'O'.repeat(bound.pulls - later) + '-'.repeat(later)
  return { standing, targets: '0'.repeat(bound.pulls), bases: '01' }
}

/** A forge on which nothing has happened yet. */
export function emptyState({ bound, contexts }: Pick<World, 'bound' | 'contexts'>): State {
  return {
    now: 0,
    runs: [],
    log: emptyLog(contexts.length),
    outbox: [],
    clients: [],
    ...atTheStart(bound),
    spent: '0'.repeat(BUDGETS.length),
  }
}

const charSet = (text: string, at: number, char: string): string =>
  text.slice(0, at) + char + text.slice(at + 1)

const placeOf = ({ standing }: State, pull: number): Place => standing.charAt(pull - 1) as Place

const pullsIn = ({ standing }: State, places: string): readonly number[] =>
  Array.from(standing).flatMap((place, at) => (places.includes(place) ? [at + 1] : []))

/** The pull requests that stand on the head now. */
export const openPulls = (state: State): readonly number[] => pullsIn(state, 'O')

/** The pull requests whose refs name the head: closed ones keep theirs. */
export const pullsByRef = (state: State): readonly number[] => pullsIn(state, 'OC')

/** Pull requests that stood on the head and were pushed on: nothing names it for them any more. */
export const movedPulls = (state: State): readonly number[] => pullsIn(state, 'M')

/** The base branch of a pull request. */
export const baseOf = ({ targets }: Pick<State, 'targets'>, pull: number): string =>
  BRANCHES[Number(targets.charAt(pull - 1))] ?? 'main'

/** Does no list say what must be green, so that files do? */
export const requiresByFile = ({ policy }: World): boolean => policy.required.length === 0

const bitsOf = ({ bases }: Pick<State, 'bases'>, branch: number): number =>
  Number(bases.charAt(branch))

/** Does the umbrella need a job on the base of this pull that no run of the model has? */
export function needsMore(state: State, pull: number): boolean {
  return (bitsOf(state, Number(state.targets.charAt(pull - 1))) & MORE_NEEDS) !== 0
}

/** The commit a branch stands on: its name tells what it has. */
export const commitOf = (state: Pick<State, 'bases'>, branch: string): string =>
  `${branch}@${bitsOf(state, branch === 'release' ? 1 : 0)}`

/** What the workflow folder of a commit has: that of the head, or of a base at some time. */
interface Tree {
  readonly moreNeeds: boolean
  readonly secondFile: boolean
}

/** The tree of a commit. What a commit has never changes. */
export function treeAt({ bound }: World, commit: string): Tree {
  const bits = /@(\d)$/.exec(commit)?.[1]
  if (bits === undefined) return { moreNeeds: false, secondFile: bound.twin }
  return {
    moreNeeds: (Number(bits) & MORE_NEEDS) !== 0,
    secondFile: (Number(bits) & SECOND_FILE) !== 0,
  }
}

/** The files whose runs an event of this pull request can start now. */
export function filesOf({ bound }: World, state: State, pull: number): readonly WorkflowFile[] {
  const onBase = (bitsOf(state, Number(state.targets.charAt(pull - 1))) & SECOND_FILE) !== 0
  return bound.twin || onBase ? ['ci.yml', 'mac/ci.yml'] : ['ci.yml']
}

const moved = (state: State, pull: number, place: Place): State => ({
  ...state,
  standing: charSet(state.standing, pull - 1, place),
})

/**
 * Pull requests come to the head and leave it: opened, reopened or pushed to the same commit;
 * closed, or pushed on. A run of theirs is created later, or never.
 */
function* comings(world: World, state: State): Generator<Step> {
  const willed = true
  if (left(world, state, 'open') > 0) {
    const [next] = pullsIn(state, '-')
    const back = pullsIn(state, 'C').map(pull => [pull, 'is reopened'] as const)
    const new1 = next === undefined ? [] : [[next, 'is opened on the head'] as const]
    for (const [pull, say] of [...new1, ...back])
      yield {
        say: `pull request ${pull} ${say}`,
        willed,
        next: moved(spend(state, 'open'), pull, 'O'),
      }
  }
  for (const pull of openPulls(state)) {
    if (left(world, state, 'close') > 0)
      yield {
        say: `pull request ${pull} is closed`,
        willed,
        next: moved(spend(state, 'close'), pull, 'C'),
      }
    if (left(world, state, 'move') > 0)
      yield {
        say: `pull request ${pull} is pushed on to another commit`,
        willed,
        next: moved(spend(state, 'move'), pull, 'M'),
      }
  }
}

/** Pull requests change their base, and bases what they have. */
function* baseChanges(world: World, state: State): Generator<Step> {
  const willed = true
  if (left(world, state, 'retarget') > 0)
    for (const pull of openPulls(state)) {
      const other = state.targets.charAt(pull - 1) === '0' ? '1' : '0'
      const next = spend(state, 'retarget')
      const targets = charSet(state.targets, pull - 1, other)
      const say = `pull request ${pull} now targets ${BRANCHES[Number(other)] ?? ''}`
      yield { say, willed, next: { ...next, targets } }
    }
  const bits = bitsOf(state, 0)
  const change = (budget: 'needs' | 'twin', now: number, say: string): Step => ({
    say,
    willed,
    next: { ...spend(state, budget), bases: charSet(state.bases, 0, String(now)) },
  })
  if (left(world, state, 'needs') > 0) {
    const say = (bits & MORE_NEEDS) === 0 ? 'needs one more job' : 'needs one job less'
    yield change('needs', bits ^ MORE_NEEDS, `on main the umbrella ${say}`)
  }
  if (left(world, state, 'twin') > 0 && (bits & SECOND_FILE) === 0)
    yield change('twin', bits | SECOND_FILE, 'main gets a second file of the same workflow name')
}

/** Everything that can change around the head. */
export function* aroundSteps(world: World, state: State): Generator<Step> {
  yield* comings(world, state)
  yield* baseChanges(world, state)
}

const mayAny = ({ bound: { may } }: World, budgets: readonly (keyof typeof may)[]): boolean =>
  budgets.some(budget => (may[budget] ?? 0) > 0)

/** Can who stands on the head change? Where it cannot, no step is spent on asking. */
export const pullsMayChange = (world: World): boolean =>
  mayAny(world, ['open', 'close', 'move', 'retarget'])

/** Can what a base has change? */
export const basesMayChange = (world: World): boolean => mayAny(world, ['needs', 'twin'])

/** Is this pull request open, and does it stand on the head? */
export const isOpenPull = (state: State, pull: number): boolean => placeOf(state, pull) === 'O'

/** Has this pull request left the head for another commit? */
export const hasMoved = (state: State, pull: number): boolean => placeOf(state, pull) === 'M'
