import { describe, expect, it } from '@jest/globals'
import { awaitReruns } from '../../src/apply/await-reruns.js'
import type { RepairDependencies } from '../../src/apply/dependencies.js'
import type { Evidence } from '../../src/core/model/evidence.js'
import type { Forge, RerunProgress } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import { fails } from '../support/acting.js'
import { gap, NOW } from '../support/builders.js'
import { checksHead, GATE } from '../support/check-builders.js'
import { sleepingClock } from '../support/clock.js'
import type { Sent } from '../support/started-reruns.js'
import { ranAgain, rowsAfter, sentOnChecks, sentOnRows } from '../support/started-reruns.js'

const LOST = new ForgeError('timeout', 'no answer came')
const STOPPED = 'the sweep was told to stop (SIGTERM)'

interface Wait {
  readonly rule: string
  /** The answer to the re-run was lost. */
  readonly lost?: boolean
  /** From which look on the sweep is told to stop; the first is 1. */
  readonly stops?: number
  /** What became of it, when (milliseconds), and how often the whole head was read. */
  readonly end: { readonly code: string; readonly detail: string }
  readonly at: number
  readonly read: number
}

/** A sweep that waits: what its forge answers goes by the number of the look. */
function waiting({ one, bench }: Sent, { lost = false, stops = Infinity }: Partial<Wait>) {
  const clock = sleepingClock()
  const seen = { looks: 0, read: 0 }
  const look = (): number => {
    seen.looks += 1
    if (seen.looks > 50) throw new Error('it never ends')
    return seen.looks
  }
  const stopped = (): string | null => (seen.looks + 1 >= stops ? STOPPED : null)
  const end = async (forge: Partial<Forge>, by: RepairDependencies['clock'] = clock) => {
    const secondLook = (before: Evidence): Promise<Evidence> => {
      seen.read += 1
      return forge.secondLook?.(before) ?? Promise.resolve(before)
    }
    const dependencies = { ...bench, clock: by, forge: { ...bench.forge, ...forge, secondLook } }
    const started = [{ ...one, lost: lost ? LOST : null }]
    const [ended] = (await awaitReruns(dependencies, started, stopped)).values()
    const { code = '', detail = '' } = ended?.outcome ?? {}
    return { end: { code, detail }, at: clock.now(), read: seen.read, looks: seen.looks }
  }
  return { clock, look, end }
}

interface RowWait extends Wait {
  /** The head from each look on that is named; before the first of them it is as it was. */
  readonly heads: () => Readonly<Record<number, Evidence>>
  /** Looks whose rows cannot be read. */
  readonly unread?: readonly number[]
  /** Milliseconds by which every timer fires too soon. */
  readonly early?: number
}

const RUNNING = ['R1 umbrella waiting', 'R1 umbrella running']
const going = (): Evidence => rowsAfter(RUNNING, { runs: [ranAgain({ state: 'open' })] })
const ended = (): Evidence =>
  rowsAfter([...RUNNING, 'R1 umbrella success'], { runs: [ranAgain({ state: 'success' })] })
/** The head as it was when the re-run was sent. */
const asItWas = (...more: readonly string[]): Evidence =>
  rowsAfter(more, { runs: [ranAgain({ state: 'failure', attempt: 1 })] })
const unseen = (): Evidence =>
  rowsAfter(RUNNING, { runs: [ranAgain({ state: 'open' })], gaps: [gap(null)] })

const GOES_ON = 'the umbrella job of run 1 runs again and has not ended'
const ANOTHERS = "; the answer to the re-run was lost, and what ran may be somebody else's re-run"
const NO_SIGN =
  'the answer to the re-run was lost (no answer came), and there is no new execution; ' +
  'one may still begin'

const BY_ROWS: readonly RowWait[] = [
  {
    rule: 'a row of its end is read at once, and the head once',
    heads: () => ({ 2: going(), 3: ended() }),
    end: { code: 'rerun', detail: 'attempt 2 is green (row 12)' },
    at: 6000,
    read: 1,
  },
  {
    rule: 'rows of another context or of no end read nothing',
    heads: () => ({
      1: rowsAfter(['R1 Test success'], { runs: [ranAgain({ state: 'open' })] }),
      2: going(),
      4: ended(),
    }),
    end: { code: 'rerun', detail: 'attempt 2 is green (row 12)' },
    at: 11_000,
    read: 1,
  },
  {
    rule: 'a pending row of another run is looked into',
    heads: () => ({ 1: asItWas('R0 umbrella running'), 2: ended() }),
    end: { code: 'rerun', detail: 'attempt 2 is green (row 12)' },
    at: 3000,
    read: 2,
  },
  {
    rule: 'a minute is the end, and nothing was read before',
    heads: () => ({ 1: going() }),
    end: { code: 'rerun-pending', detail: GOES_ON },
    at: 60_000,
    read: 1,
  },
  {
    rule: 'a job that nobody picks is waited for as long',
    heads: () => ({}),
    end: { code: 'rerun-pending', detail: GOES_ON },
    at: 60_000,
    read: 1,
  },
  {
    rule: 'what could not be seen in the last look is told',
    heads: () => ({ 1: unseen() }),
    end: { code: 'rerun-pending', detail: `${GOES_ON}, could not look back: history: lost` },
    at: 60_000,
    read: 1,
  },
  {
    rule: 'told to stop: one last look without a pause, and why',
    stops: 1,
    heads: () => ({ 1: going() }),
    end: { code: 'rerun-pending', detail: `${GOES_ON}; ${STOPPED}` },
    at: 0,
    read: 1,
  },
  {
    rule: 'told to stop, and its end is there already',
    stops: 2,
    heads: () => ({ 2: ended() }),
    end: { code: 'rerun', detail: 'attempt 2 is green (row 12)' },
    at: 1000,
    read: 1,
  },
  {
    rule: 'lost: after eleven seconds without a sign it is given up',
    lost: true,
    heads: () => ({ 1: asItWas() }),
    end: { code: 'failed', detail: NO_SIGN },
    at: 11_000,
    read: 1,
  },
  {
    rule: 'lost: ten seconds are enough',
    lost: true,
    early: 250,
    heads: () => ({ 1: asItWas() }),
    end: { code: 'failed', detail: NO_SIGN },
    at: 10_000,
    read: 1,
  },
  {
    rule: 'lost: a look whose rows cannot be read shows no sign',
    lost: true,
    unread: [4],
    heads: () => ({ 1: asItWas() }),
    end: { code: 'failed', detail: NO_SIGN },
    at: 11_000,
    read: 1,
  },
  {
    rule: 'lost: a new execution is waited for to the end, and may be of anybody',
    lost: true,
    heads: () => ({ 1: going() }),
    end: { code: 'rerun-pending', detail: GOES_ON + ANOTHERS },
    at: 60_000,
    read: 1,
  },
  {
    rule: 'lost, and told to stop before a sign',
    lost: true,
    stops: 1,
    heads: () => ({ 1: asItWas() }),
    end: { code: 'failed', detail: `${NO_SIGN}; ${STOPPED}` },
    at: 0,
    read: 1,
  },
  {
    rule: 'lost, and what became of it cannot be seen',
    lost: true,
    heads: () => ({
      1: rowsAfter([], {
        runs: [ranAgain({ state: 'failure', attempt: 1 })],
        gaps: [gap(null)],
      }),
    }),
    end: {
      code: 'failed',
      detail:
        'the answer to the re-run was lost (no answer came), could not look back: history: lost',
    },
    at: 11_000,
    read: 1,
  },
]

describe('a re-run that its rows tell of', () => {
  it.each(BY_ROWS)('$rule', async ({ heads, unread = [], early = 0, end, at, read, ...how }) => {
    const sent = sentOnRows()
    const { clock, look, end: ends } = waiting(sent, how)
    const all = heads()
    let now = sent.one.evidence
    const rowsSince: Forge['rowsSince'] = (_, mark) => {
      const nth = look()
      now = all[nth] ?? now
      if (unread.includes(nth)) return Promise.resolve().then(fails('server-error'))
      const value = (now.history ?? []).filter(({ id }) => id > mark)
      return Promise.resolve({ value, gaps: [], at: NOW })
    }
    const sleep = (pause: number): Promise<void> => clock.sleep(pause - early)
    expect(
      await ends({ rowsSince, secondLook: () => Promise.resolve(now) }, { now: clock.now, sleep }),
    ).toMatchObject({ end, at, read })
  })

  it('a timer that fires a millisecond early leaves nothing that is worth a look', async () => {
    const { clock, look, end } = waiting(sentOnRows(), {})
    const rowsSince: Forge['rowsSince'] = () => {
      look()
      return Promise.resolve({ value: [], gaps: [], at: NOW })
    }
    const sleep = (pause: number): Promise<void> => clock.sleep(Math.max(1, pause - 1))
    const { at, looks } = await end({ rowsSince }, { now: clock.now, sleep })
    expect([at, looks]).toEqual([59_999, 14])
  })
})

interface CheckWait extends Wait {
  /** What the cheap look tells, look by look; the last one stays. */
  readonly progress: readonly (RerunProgress | 'nothing')[]
  readonly head: () => Evidence
}

const GREEN = ['R2 Lint success', 'R2 Test success', `R2 ${GATE} failure`]
const goingCheck = (): Evidence => checksHead({ legs: [...GREEN, `R2.2 ${GATE} open`] })
const endedCheck = (): Evidence => checksHead({ legs: [...GREEN, `R2.2 ${GATE} success`] })

const IS_GREEN = 'execution 2 of the umbrella job in run 2 is green'
const RUNS_AGAIN = 'the umbrella job of run 2 runs again and has not ended'

const BY_PROGRESS: readonly CheckWait[] = [
  {
    rule: 'the head is read once its job has ended',
    progress: ['going', 'nothing', 'ended'],
    head: endedCheck,
    end: { code: 'rerun', detail: IS_GREEN },
    at: 10_000,
    read: 1,
  },
  {
    rule: 'a job that goes on is told after a minute, and nothing is read',
    progress: ['going'],
    head: goingCheck,
    end: { code: 'rerun-pending', detail: RUNS_AGAIN },
    at: 60_000,
    read: 0,
  },
  {
    rule: 'told to stop while it goes on',
    stops: 2,
    progress: ['going'],
    head: goingCheck,
    end: { code: 'rerun-pending', detail: `${RUNS_AGAIN}; ${STOPPED}` },
    at: 2000,
    read: 0,
  },
  {
    rule: 'lost, and a job goes on: it may be of anybody',
    lost: true,
    progress: ['going'],
    head: goingCheck,
    end: { code: 'rerun-pending', detail: RUNS_AGAIN + ANOTHERS },
    at: 60_000,
    read: 0,
  },
  {
    rule: 'a head of which nothing is told is read in the last look',
    progress: ['nothing'],
    head: endedCheck,
    end: { code: 'rerun', detail: IS_GREEN },
    at: 60_000,
    read: 1,
  },
  {
    rule: 'an end that the head does not show is waited for again',
    progress: ['ended'],
    head: goingCheck,
    end: { code: 'rerun-pending', detail: RUNS_AGAIN },
    at: 60_000,
    read: 7,
  },
]

describe('a re-run that one cheap look tells of', () => {
  it.each(BY_PROGRESS)('$rule', async ({ progress, head, end, at, read, ...how }) => {
    const { look, end: ends } = waiting(sentOnChecks(), how)
    const after = head()
    const rerunsNow: Forge['rerunsNow'] = reruns => {
      const told = progress[look() - 1] ?? progress.at(-1) ?? 'nothing'
      const shas = reruns.map(({ evidence }) => evidence.sha)
      return Promise.resolve(new Map(told === 'nothing' ? [] : shas.map(sha => [sha, told])))
    }
    const forge = { rerunsNow, secondLook: () => Promise.resolve(after) }
    expect(await ends(forge)).toMatchObject({ end, at, read })
  })
})
