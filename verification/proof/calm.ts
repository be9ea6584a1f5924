import { ForgeError } from '../../src/forge/port.js'
import { aroundAnswer } from './answers.js'
import { coveredUnseen, hiddenBy } from './blind.js'
import { openPulls } from './comings.js'
import type { Ended } from './run-sweep.js'
import { runSweep } from './run-sweep.js'
import type { Finding } from './laws.js'
import { isExposed, vetoUnder } from './laws.js'
import { latestRow, rowsAbove } from './log.js'
import type { State, World } from './model.js'
import { isOver } from './model.js'
import type { Ask, Missing } from './asking.js'
import { rerunByUs } from './our-rerun.js'
import { isReopened } from './rerun-laws.js'
import { postRow } from './rows.js'
import { serverSteps } from './server.js'
import { mayStand } from './truth.js'
import { READ, shownRow } from './view.js'

interface Calm {
  readonly state: State
  readonly ended: Ended
  readonly findings: readonly Finding[]
}

/**
 * What a state at rest is worth: the laws that do not hold, and what a sweep makes of a stale
 * umbrella.
 */
interface Rest {
  readonly findings: readonly Finding[]
  readonly progress: string | null
}

/**
 * Does a sweep raise an alarm over a newest run that failed? One that is not over, such as one held
 * for approval, is no false green yet.
 */
function saysSo({ runs }: State, { kind }: Ended): boolean {
  const newest = runs.at(-1)
  return kind === 'alarm' || newest?.held === true || !Array.from(newest?.jobs ?? '').every(isOver)
}

/** A sweep nobody disturbs, long after everything came to rest. */
async function calmSweep(
  world: World,
  missing: Missing,
  state: State,
  nonce: string,
): Promise<Calm> {
  let now = state
  const findings: Finding[] = []
  const ask: Ask = request => {
    switch (request.kind) {
      case 'openPulls':
      case 'pullsOn':
      case 'pull':
      case 'refs':
      case 'commitOf':
        return Promise.resolve(aroundAnswer(world, now, request))
      case 'latestRows':
        return Promise.resolve(READ.latestRows(world, now, true))
      case 'history':
        return Promise.resolve(READ.history(world, now, request.above, true))
      case 'runs':
      case 'jobs':
        return Promise.resolve(READ.runs(world, now, true))
      case 'tasks':
        return Promise.resolve(READ.tasks(world, now, true))
      case 'failedHeads':
        return Promise.resolve(READ.failedHeads(world, now, true))
      case 'rerun': {
        const { next, answer } = rerunByUs(world, now, request)
        if ('error' in answer)
          return Promise.reject(new ForgeError(answer.error, 'the server refuses'))
        now = settled(world, next)
        return Promise.resolve(null)
      }
      case 'post': {
        const { state: is, description, context } = request.post
        if (is === 'success') findings.push(...vetoUnder(world, now, request.post))
        now = postRow(now, world.contexts.indexOf(context), 'us', { state: is, description })
        if (now.log.row === null) throw new Error('a post writes a row')
        return Promise.resolve(shownRow(world, now.log.size, now.log.row))
      }
    }
  }
  const ended = await runSweep(world, missing, nonce, ask)
  return { state: now, ended, findings }
}

/** Nobody interferes: the umbrella's new execution ends as its needs say, and is written. */
function settled(world: World, state: State): State {
  const calm: World = { ...world, bound: { ...world.bound, split: false, may: {}, ticks: null } }
  let now = state
  for (let steps = [...serverSteps(calm, now)]; ; steps = [...serverSteps(calm, now)]) {
    const step = steps.find(({ willed }) => !willed)
    if (step === undefined) return now
    now = step.next
  }
}

/** A sweep that finds what our re-run wrote over a failed newer run, and raises no alarm. */
function silence(state: State, ended: Ended): readonly Finding[] {
  const what = `what our re-run wrote stands over a newer run; the sweep says ${ended.reason}`
  return saysSo(state, ended) ? [] : [{ law: 'I2', name: '', what }]
}

/** What three undisturbed sweeps make of a forge at rest, and whether I2, I6 and I7 hold there. */
export async function atRest(world: World, missing: Missing, state: State): Promise<Rest> {
  const umbrella = world.contexts.length - 1
  const before = latestRow(state.log, umbrella)
  const ours = before?.by === 'us'
  // A pending row of Actions tells nothing without job rows, and another system's is its own
  // business.
  const known = before?.by === 'us' || before?.by === 'actions'
  const pending = before?.state === 'pending' && (ours || world.profile.grade === 'jobs')
  const red = known && (before.state === 'failure' || before.state === 'error' || pending)
  const reopened = isReopened(world, state)
  if (!ours && !reopened && !(red && mayStand(world, state)))
    return { findings: [], progress: null }
  const findings: Finding[] = []
  const one = await calmSweep(world, missing, state, 'calm1')
  if (reopened && isReopened(world, one.state)) findings.push(...silence(state, one.ended))
  const two = await calmSweep(world, missing, one.state, 'calm2')
  if (isExposed(world, one.state)) {
    const what =
      `at rest, and after one more sweep (${one.ended.reason}), our success stands ` +
      'over a run that is not green'
    findings.push({ law: 'I2', name: hiddenBy(world, one.state), what })
  }
  // A sweep that died needs two: one takes its row back, the next repairs what is stale.
  const three = await calmSweep(world, missing, two.state, 'calm3')
  findings.push(...[one, two, three].flatMap(calm => calm.findings))
  if (three.state.log !== two.state.log) {
    const outcomes = [one, two, three].map(({ ended }) => ended.outcome).join(', ')
    findings.push({ law: 'I7', name: '', what: `three undisturbed sweeps all write: ${outcomes}` })
  }
  const after = latestRow(three.state.log, umbrella)
  // What we put back is what stood there: a pending of ours over the server's own pending is no row
  // we left behind. Where no pull request is open on the head, no gate is, and no sweep looks.
  const stood = rowsAbove(three.state.log, 0)
    .filter(({ context, by }) => context === umbrella && by !== 'us')
    .at(0)
  if (
    after?.by === 'us' &&
    after.state === 'pending' &&
    openPulls(three.state).length > 0 &&
    three.ended.kind !== 'wait' &&
    stood?.state !== 'pending'
  ) {
    const name = stood === undefined ? '' : coveredUnseen(three.state, umbrella, stood)
    findings.push({
      law: 'I7',
      name,
      what: `a pending row of ours is left behind (${three.ended.reason})`,
    })
  }
  if (!red || !mayStand(world, state)) return { findings, progress: null }
  const { kind, reason, outcome } = one.ended
  const repaired = outcome === 'compensated' || outcome === 'rerun'
  if (!repaired && kind === 'leave')
    findings.push({
      law: 'I6',
      name: '',
      what: `the umbrella is stale, and the sweep says ${reason}`,
    })
  return { findings, progress: repaired ? 'repaired' : reason }
}
