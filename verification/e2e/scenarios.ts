import type { BundleRun } from '../../__tests__/support/bundle.js'
import type { PullReport, SweepReport } from '../../src/report/report.js'
import { BASES, REQUIRED, UMBRELLA, workflowOf, type Change } from './ci.js'
import { NotApplicable, type Interruption, type World } from './world.js'

/** One story on one server. `play` throws what went wrong, or `NotApplicable`. */
export interface Scenario {
  readonly name: string
  readonly proves: string
  /**
   * Runner slots it takes, if more than one: with one, as act_runner has by default, runs of one
   * head end in their order.
   */
  readonly slots?: number
  readonly play: (world: World) => Promise<void>
}

/** The sweeps judge at once: the worlds have been silent for long enough. */
type Inputs = Readonly<Record<string, string>>
const INPUTS: Inputs = { 'required-contexts': REQUIRED.join('\n'), 'min-age': '0s' }

/** The same story on any server: it knows the world and its facts, and never a version. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'green',
    proves: 'a green umbrella is left alone and the pull merges',
    play: async world => {
      const number = await open(world, {})
      const { report } = await untouched(world, number, 'leave', 'umbrella-green')
      same('grade', report.server.grade, world.facts.grade)
      same('merge', await world.merge(number), 200)
    },
  },
  {
    name: 'stale',
    proves:
      'a red umbrella over green jobs closes the gate; one sweep opens it where a posted status ' +
      'can win, else it says what to do',
    play: async world => {
      const number = await open(world, { umbrella: 'red' })
      same('merge before', await world.merge(number), 405)
      await repaired(world, [number])
      await gate(world, [number])
    },
  },
  {
    name: 'red',
    proves: 'a failed job under an honest umbrella stays red',
    play: async world => {
      const number = await open(world, { fails: 'go' })
      same('merge before', await world.merge(number), 405)
      await refused(world, number, 'refuse', 'required-failed')
    },
  },
  {
    name: 'skipped',
    proves: 'a skipped job is no green one, also where the server calls it success',
    play: async world => {
      await refused(world, await open(world, { skips: 'canvas' }), 'refuse', 'required-skipped')
    },
  },
  {
    name: 'waiting',
    proves: 'a job no runner takes is waited for',
    play: async world => {
      await refused(
        world,
        await open(world, { waits: 'py', umbrella: 'red' }),
        'wait',
        'required-open',
      )
    },
  },
  {
    name: 'missing',
    proves: 'a required job the head does not have is no green one',
    play: async world => {
      await refused(
        world,
        await open(world, { lacks: 'shell', umbrella: 'red' }),
        'refuse',
        'required-missing',
      )
    },
  },
  {
    name: 'shared head',
    proves: 'two pulls on one commit are opened by one write',
    play: async world => {
      await world.branch('topic', workflow(world, { umbrella: 'red' }))
      const numbers: number[] = []
      for (const base of BASES) numbers.push(await world.pull('topic', base))
      for (const number of numbers) await world.settled(number)
      for (const number of numbers)
        same(`merge of #${number} before`, await world.merge(number), 405)
      await repaired(world, numbers)
      await gate(world, numbers)
    },
  },
  {
    name: 'foreign red',
    proves: "a person's red is a veto",
    play: async world => {
      const number = await open(world, {})
      await world.post(number, {
        context: UMBRELLA,
        state: 'error',
        description: 'please wait for legal',
      })
      // Where a post does not replace Actions' row there are now two latest rows, one of them
      // outside (design §5, row 3).
      await refused(
        world,
        number,
        'refuse',
        world.facts.postedStatusWins ? 'foreign-red' : 'umbrella-ambiguous',
      )
    },
  },
  {
    name: 'dry run',
    proves: 'a dry run proves and writes nothing',
    play: async world => {
      const number = await open(world, { umbrella: 'red' })
      const { entries } = await untouched(world, number, 'repair', 'stale', { 'dry-run': 'true' })
      same('outcome', entries[0]?.outcome, world.facts.postedStatusWins ? 'dry-run' : 'none')
      same('merge after', await world.merge(number), 405)
    },
  },
  {
    name: 'second sweep',
    proves: 'what is done is done: a second sweep writes nothing more',
    play: async world => {
      const number = await open(world, { umbrella: 'red' })
      await repaired(world, [number])
      if (world.facts.postedStatusWins) await untouched(world, number, 'leave', 'umbrella-green')
      else await untouched(world, number, 'repair', 'stale')
      await gate(world, [number])
    },
  },
  ...(['before the first look', 'between the looks', 'before the write'] as const).map(
    (at): Scenario => ({
      name: `second pull, ${at}`,
      proves:
        `a second pull that is opened on the head ${at} of a sweep is not opened without a ` +
        'proof of its own',
      play: async world => {
        const first = await open(world, { umbrella: 'red' })
        let second: number | null = null
        await shut(world, first, {
          at,
          happen: async () => {
            second = await world.pull('topic', 'release')
          },
        })
        // Where nothing can be posted there is no second look and no write: the moment never came.
        second ??= await world.pull('topic', 'release')
        for (const number of [first, second])
          same(`merge of #${number} after`, await world.merge(number), 405)
        for (const number of [first, second]) await world.settled(number)
        if (world.facts.grade !== 'jobs') {
          // Rows alone cannot prove a run that ended before another pull's pending rows came: then
          // nothing opens.
          await repairedOrShut(world, [first, second])
          return
        }
        await repaired(world, [first, second])
        await gate(world, [first, second])
      },
    }),
  ),
  {
    name: 'second pull, already red',
    proves:
      'a second pull whose run has failed before the first look is not opened by the ' +
      "first one's proof",
    play: async world => {
      const first = await open(world, { failsForRelease: 'go', umbrella: 'red' })
      const opened: number[] = []
      await shut(world, first, {
        at: 'before the first look',
        happen: async () => {
          const second = await world.pull('topic', 'release')
          opened.push(second)
          await world.settled(second)
        },
      })
      same('pulls opened', opened.length, 1)
      const before = await world.rows(first)
      await sweep(world, [first, ...opened])
      same('rows written', (await world.rows(first)).length - before.length, 0)
      for (const number of [first, ...opened])
        same(`merge of #${number} after`, await world.merge(number), 405)
    },
  },
  {
    name: 'natural race',
    slots: 3,
    proves:
      'an older run that ends last leaves its red over a green newest run, and that is repaired',
    play: async world => {
      await world.branch('topic', workflow(world, { umbrella: 'late' }))
      const number = await world.pull('topic')
      await world.reopen(number)
      await world.settled(number)
      const umbrella = (await world.rows(number)).find(({ context }) => context === UMBRELLA)
      if (umbrella?.state !== 'failure')
        throw new NotApplicable(
          'the older run did not end last: the runner needs a slot for each run',
        )
      same('merge before', await world.merge(number), 405)
      const { entries } = await repaired(world, [number])
      same('cause', entries[0]?.cause, 'older-run-landed-late')
      await gate(world, [number])
    },
  },
]

/** What a report says of one pull; of one that was left alone, that it was counted. */
type Entry = Pick<PullReport, 'number' | 'detail' | 'cause' | 'outcome' | 'remedy' | 'command'> & {
  readonly kind: string
  readonly reason: string
}

const NOTHING_DONE = { cause: null, outcome: 'none', remedy: 'none', command: null } as const

/** The reason of every pull that is only counted. */
const quietReasons = ({ quiet }: SweepReport): readonly string[] =>
  Object.entries(quiet).flatMap(([reason, count]) => Array<string>(count).fill(reason))

interface Swept {
  readonly run: BundleRun
  readonly report: SweepReport
  /** One for each pull asked for, in that order. */
  readonly entries: readonly Entry[]
}

const workflow = (world: World, change: Change): string => workflowOf(change, world.label)

/** One pull whose jobs all came to their end. */
async function open(world: World, change: Change): Promise<number> {
  await world.branch('topic', workflow(world, change))
  const number = await world.pull('topic')
  await world.settled(number)
  return number
}

async function sweep(
  world: World,
  numbers: readonly number[],
  inputs: Inputs = {},
): Promise<Swept> {
  const run = await world.sweep({ ...INPUTS, ...inputs })
  if (run.report === null)
    throw new Error(`the sweep wrote no report, exit code ${run.code}: ${lastLines(run)}`)
  const report = run.report as SweepReport
  same('exit code', run.code, 0)
  same('output scanned', run.outputs['scanned'], String(numbers.length))
  const reasons = quietReasons(report)
  same('pulls in the report', report.pulls.length + reasons.length, numbers.length)
  const quiet = reasons.values()
  const entries = numbers.map((number): Entry => {
    const found = report.pulls.find(pull => pull.number === number)
    const reason = quiet.next().value ?? 'in no count of the report'
    return found ?? { number, kind: 'leave', reason, detail: 'left alone', ...NOTHING_DONE }
  })
  return { run, report, entries }
}

/**
 * A sweep in which something happens, and after which no success of ours is what the gate reads;
 * before the write none was written at all.
 */
async function shut(world: World, number: number, event: Interruption): Promise<void> {
  const run = await world.sweep(INPUTS, event)
  same('exit code', run.code, 0)
  const rows = await world.rows(number)
  const ours = rows.filter(
    ({ context, description }) => context === UMBRELLA && description.startsWith('umbrella-reaper'),
  )
  if (event.at !== 'before the write') same('rows of ours', ours.length, 0)
  const newest = rows.find(({ context }) => context === UMBRELLA)
  if (newest !== undefined && newest.state === 'success' && ours.includes(newest))
    fail('the umbrella', 'our success', 'no success of ours')
}

/** A sweep that comes to this verdict and adds no row. */
async function untouched(
  world: World,
  number: number,
  kind: string,
  reason: string,
  inputs: Inputs = {},
): Promise<Swept> {
  const before = await world.rows(number)
  const swept = await sweep(world, [number], inputs)
  verdict(swept, kind, reason)
  same('rows written', (await world.rows(number)).length - before.length, 0)
  return swept
}

/** The same, with the gate closed after it. */
async function refused(world: World, number: number, kind: string, reason: string): Promise<void> {
  const swept = await untouched(world, number, kind, reason)
  same('outcome', swept.entries[0]?.outcome, 'none')
  same('merge after', await world.merge(number), 405)
}

/**
 * A sweep that proves all these pulls stale and writes one success for them; where that cannot win,
 * it reports and writes nothing.
 */
async function repaired(world: World, numbers: readonly number[]): Promise<Swept> {
  const [first = 0] = numbers
  const before = await world.rows(first)
  const swept = await sweep(world, numbers)
  verdict(swept, 'repair', 'stale')
  const wins = world.facts.postedStatusWins
  for (const entry of swept.entries) {
    same(`outcome of #${entry.number}`, entry.outcome, wins ? 'compensated' : 'none')
    same(`remedy of #${entry.number}`, entry.remedy, wins ? 'status' : 'report')
    if (!wins && entry.command === null)
      fail(`command of #${entry.number}`, null, 'a command for a person')
  }
  const after = await world.rows(first)
  same('rows written', after.length - before.length, wins ? 1 : 0)
  if (wins)
    same(
      'the new row',
      `${after[0]?.state ?? ''} ${after[0]?.context ?? ''}`,
      `success ${UMBRELLA}`,
    )
  same('output compensated', swept.run.outputs['compensated'], wins ? String(numbers.length) : '0')
  return swept
}

/** Whether the repair opened the gate, as the server itself says. */
async function gate(world: World, numbers: readonly number[]): Promise<void> {
  for (const number of numbers)
    same(
      `merge of #${number} after`,
      await world.merge(number),
      world.facts.postedStatusWins ? 200 : 405,
    )
}

/**
 * A sweep after which the gate is open for all of these pulls because all were proven, or shut for
 * all because one was not.
 */
async function repairedOrShut(world: World, numbers: readonly number[]): Promise<void> {
  const { entries } = await sweep(world, numbers)
  const outcomes = new Set(entries.map(({ outcome }) => outcome))
  same(
    'outcomes',
    [...outcomes].filter(outcome => outcome !== 'compensated' && outcome !== 'none').join(' '),
    '',
  )
  same('one outcome for all', outcomes.size, 1)
  for (const number of numbers)
    same(
      `merge of #${number} after`,
      await world.merge(number),
      outcomes.has('compensated') ? 200 : 405,
    )
}

function verdict({ entries }: Swept, kind: string, reason: string): void {
  for (const entry of entries) {
    const said = `${entry.kind} ${entry.reason}`
    if (said !== `${kind} ${reason}`)
      fail(`verdict of #${entry.number}`, `${said} (${entry.detail})`, `${kind} ${reason}`)
  }
}

function same(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) fail(what, actual, expected)
}

function fail(what: string, actual: unknown, expected: unknown): never {
  throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`)
}

/** The end of the bundle's log, without its commands to the runner. */
function lastLines({ stdout, stderr }: BundleRun): string {
  const lines = `${stdout}\n${stderr}`
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('::add-mask::'))
  return lines.slice(-3).join(' | ')
}
