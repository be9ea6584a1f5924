import type { Request } from './programs.js'
import type { Bound, World } from './world.js'
import {
  endIn,
  GATE,
  isContrary,
  isOfNow,
  isOpen,
  isOpenGate,
  isProven,
  newestOf,
} from './world.js'

/** The laws of a healer of check runs, by the names of the others (laws.ts). */
export const CHECK_LAWS = {
  I1:
    'the umbrella is run again, or posted over, only if the last look saw the newest run over ' +
    'and green in what is required, and no run of its workflow open, nor the newest one over ' +
    'without the umbrella',
  I2: 'a success of ours stands over a green newest run once sweeps have gone on, or is taken back',
  I3:
    'a sweep runs at most one job again, and it is the umbrella; never one of a run that waits ' +
    'for an approval',
  I5:
    'no success of ours stands over the red of a person, nor over one that a run posted when all ' +
    'that is required had started, unless the newest run posted a green one',
  I6:
    'an umbrella that lost its runner over green jobs is green again after the sweeps that ' +
    'follow',
} as const

export type CheckLaw = keyof typeof CHECK_LAWS

/** What a law has against a step or a state. */
export interface CheckFinding {
  readonly law: CheckLaw
  readonly what: string
}

/** What the laws have against a request, by the world of the last look before it. */
export function againstRequest(
  bound: Bound,
  request: Request,
  { look, now, sent }: { readonly look: World | null; readonly now: World; readonly sent: number },
): readonly CheckFinding[] {
  if (request.kind !== 'post' && request.kind !== 'rerun') return []
  if (request.kind === 'post' && request.post.state !== 'success') return []
  const found: CheckFinding[] = []
  if (look === null || !isProven(bound, look))
    found.push({ law: 'I1', what: 'what is required was not proven at the last look' })
  if (look?.rows.at(-1)?.by === 'person' && request.kind === 'post')
    found.push({ law: 'I5', what: 'a person had said no' })
  if (request.kind === 'post') return [...found, ...overOwnRed(look)]
  const at = Number(request.write.run) - 10
  const [then, is] = [look?.runs[at], now.runs[at]]
  if (sent > 0) found.push({ law: 'I3', what: 'a second re-run of one sweep' })
  if (request.write.wholeRun) found.push({ law: 'I3', what: 'the whole run' })
  if (then?.held === true || is?.held === true)
    found.push({ law: 'I3', what: 'the run waits for an approval' })
  const open = look?.runs.some(run => run.workflow === then?.workflow && isOpen(run)) ?? false
  if (open) found.push({ law: 'I1', what: 'a run of the workflow was open at the last look' })
  if (look !== null && then !== undefined && isSilent(bound, look, then.workflow))
    found.push({ law: 'I1', what: 'the newest run of the workflow ended without the umbrella' })
  return found
}

/** Has the newest run of a workflow ended, and had no gate? */
function isSilent(bound: Bound, world: World, workflow: number): boolean {
  const newest = world.runs[newestOf(world, workflow)]
  const isOver = newest !== undefined && !newest.held && !isOpen(newest)
  return isOver && endIn(bound, newest, GATE) === null
}

/** Is the last word of the newest run that its umbrella is green? */
function saysGreen(world: World): boolean {
  const newest = newestOf(world, 0)
  return world.rows.findLast(({ run }) => run === newest)?.state === 'success'
}

/** What the laws have against a success over the newest row that is not ours. */
function overOwnRed(world: World | null): readonly CheckFinding[] {
  const top = world?.rows.findLast(({ by }) => by !== 'us')
  if (world === null || top === undefined || saysGreen(world)) return []
  return top.state === 'failure' && isOfNow(world, top)
    ? [{ law: 'I5', what: 'a run had said no when all that is required had started' }]
    : []
}

/** The state of a world in which nothing goes on and sweeps have had their say. */
export function atRest(bound: Bound, world: World): readonly CheckFinding[] {
  const found: CheckFinding[] = []
  const top = world.rows.at(-1)
  if (top?.by === 'us' && top.state === 'success') {
    if (isContrary(bound, world))
      found.push({ law: 'I2', what: 'our success stands over a newest run that is not green' })
    if (world.rows.filter(({ by }) => by !== 'us').at(-1)?.by === 'person')
      found.push({ law: 'I5', what: 'our success stands over the red of a person' })
    found.push(...overOwnRed(world))
  }
  return found
}

/** Must the sweeps that follow have turned this umbrella green? */
export const mustHeal = (bound: Bound, world: World): boolean =>
  isProven(bound, world) &&
  world.runs.every(run => !run.held && !isOpen(run) && run.attempt === 1) &&
  world.runs.every(run => endIn(bound, run, 'test') !== 'C') &&
  world.runs.every(run => (endIn(bound, run, 'test') ?? 'S') === 'S') &&
  world.rows.every(
    row => row.by === 'actions' && !(row.state === 'failure' && isOfNow(world, row)),
  ) &&
  world.runs.every(({ workflow }) => !isSilent(bound, world, workflow)) &&
  world.runs.some(run => endIn(bound, run, GATE) !== null || bound.shape === 'posts')

/** Is the umbrella green by every reading? */
export const isHealed = (bound: Bound, world: World): boolean =>
  isOpenGate(bound, world, 'and') && isOpenGate(bound, world, 'newest')
