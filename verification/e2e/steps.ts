import type { BundleRun } from '../../__tests__/support/bundle.js'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import type { Change } from './ci.js'
import { REQUIRED, UMBRELLA, workflowOf } from './ci.js'
import type { Interruption, World } from './world.js'

/** The sweeps judge at once: the worlds have been silent for long enough. */
type Inputs = Readonly<Record<string, string>>

const INPUTS: Inputs = { 'required-contexts': REQUIRED.join('\n'), 'min-age': '0s' }

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

export function fail(what: string, actual: unknown, expected: unknown): never {
  throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`)
}

export function same(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) fail(what, actual, expected)
}

/** The end of the bundle's log, without its commands to the runner. */
function lastLines({ stdout, stderr }: BundleRun): string {
  const lines = `${stdout}\n${stderr}`
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('::add-mask::'))
  return lines.slice(-3).join(' | ')
}

export async function sweep(
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

export function verdict({ entries }: Swept, kind: string, reason: string): void {
  for (const entry of entries) {
    const said = `${entry.kind} ${entry.reason}`
    if (said !== `${kind} ${reason}`)
      fail(`verdict of #${entry.number}`, `${said} (${entry.detail})`, `${kind} ${reason}`)
  }
}

export const workflow = (world: World, change: Change): string => workflowOf(change, world.label)

/** One pull whose jobs all came to their end. */
export async function open(world: World, change: Change): Promise<number> {
  await world.branch('topic', workflow(world, change))
  const number = await world.pull('topic')
  await world.settled(number)
  return number
}

/**
 * A sweep in which something happens, and after which no success of ours is what the gate reads;
 * before the write none was written at all.
 */
export async function shut(world: World, number: number, event: Interruption): Promise<void> {
  const run = await world.sweep(INPUTS, event)
  same('exit code', run.code, 0)
  const rows = await world.rows(number)
  const ours = rows.filter(row => row.context === UMBRELLA && isOurs(row))
  if (event.at !== 'before the write') same('rows of ours', ours.length, 0)
  const newest = rows.find(({ context }) => context === UMBRELLA)
  if (newest !== undefined && newest.state === 'success' && ours.includes(newest))
    fail('the umbrella', 'our success', 'no success of ours')
}

/** A sweep that comes to this verdict and adds no row. */
export async function untouched(
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
export async function refused(
  world: World,
  number: number,
  kind: string,
  reason: string,
): Promise<void> {
  const swept = await untouched(world, number, kind, reason)
  same('outcome', swept.entries[0]?.outcome, 'none')
  same('merge after', await world.merge(number), 405)
}

/**
 * Is the repair of this verdict a post? Not where that has no effect, nor where the umbrella may be
 * right, red over green needs, and its job can be asked by running it again.
 */
function isPosted({ facts }: World, { detail }: Entry, { remedy }: Inputs): boolean {
  if (!facts.postedStatusWins || remedy === 'rerun') return false
  return remedy === 'status' || !facts.rerun || !detail.includes('red over green needs')
}

/**
 * A sweep that proves all these pulls stale and writes one success for them; where that is not the
 * remedy, it runs the umbrella job again and posts nothing.
 */
export async function repaired(
  world: World,
  numbers: readonly number[],
  inputs: Inputs = {},
): Promise<Swept> {
  const [first = 0] = numbers
  const before = await world.rows(first)
  const swept = await sweep(world, numbers, inputs)
  verdict(swept, 'repair', 'stale')
  const posts = swept.entries.every(entry => isPosted(world, entry, inputs))
  for (const entry of swept.entries) {
    same(`outcome of #${entry.number}`, entry.outcome, posts ? 'compensated' : 'rerun')
    same(`remedy of #${entry.number}`, entry.remedy, posts ? 'status' : 'rerun')
  }
  const after = await world.rows(first)
  const added = after.slice(0, after.length - before.length)
  const [newest] = after.filter(({ context }) => context === UMBRELLA)
  same('the umbrella', newest?.state, 'success')
  same('rows of ours', added.filter(isOurs).length, posts ? 1 : 0)
  if (posts) same('rows written', added.length, 1)
  const count = String(numbers.length)
  same('output compensated', swept.run.outputs['compensated'], posts ? count : '0')
  same('output rerun', swept.run.outputs['rerun'], posts ? '0' : count)
  return swept
}

const isOurs = ({ description }: { readonly description: string }): boolean =>
  description.startsWith('umbrella-reaper')

/** Whether the repair opened the gate, as the server itself says. */
export async function gate(world: World, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) same(`merge of #${number} after`, await world.merge(number), 200)
}

/** A re-run that comes back red: told once with its job, and never sent again. */
export async function stillRed(world: World, number: number): Promise<void> {
  const inputs = { remedy: 'rerun' }
  const first = await sweep(world, [number], inputs)
  same('outcome', first.entries[0]?.outcome, 'still-red')
  same('merge after the re-run', await world.merge(number), 405)
  await world.settled(number)
  const { entries } = await untouched(world, number, 'repair', 'stale', inputs)
  same('outcome of the second sweep', entries[0]?.outcome, 'still-red')
  same('merge after the second sweep', await world.merge(number), 405)
}

/**
 * A sweep after which the gate is open for all of these pulls because all were proven, or shut for
 * all because one was not.
 */
export async function repairedOrShut(world: World, numbers: readonly number[]): Promise<void> {
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
