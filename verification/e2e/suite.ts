import { redact, wordsOf } from './client.js'
import type { Scenario } from './scenarios.js'
import type { Host, World } from './world.js'
import { NotApplicable } from './world.js'

/** How one scenario ended on one server. */
export interface Cell {
  readonly host: string
  readonly scenario: string
  readonly result: 'passed' | 'failed' | 'not applicable'
  /** What went wrong, or why it does not apply; empty when it passed. */
  readonly detail: string
  readonly ms: number
}

/**
 * Play every scenario on every host, at most `parallel` at a time; each has a world of its own,
 * which is closed however it ends.
 */
export async function runSuite(
  hosts: readonly Host[],
  scenarios: readonly Scenario[],
  parallel: number,
  tell: (cell: Cell) => void = () => undefined,
): Promise<readonly Cell[]> {
  const queue = hosts.flatMap(host => scenarios.map(scenario => ({ host, scenario })))
  const cells = new Map<string, Cell>()
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const cell = await play(next.host, next.scenario)
      cells.set(keyOf(cell.host, cell.scenario), cell)
      tell(cell)
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return hosts.flatMap(host =>
    scenarios.flatMap(scenario => cells.get(keyOf(host.name, scenario.name)) ?? []),
  )
}

/**
 * One scenario in its own world. A world that cannot be closed fails it too: something was left
 * behind.
 */
async function play(host: Host, scenario: Scenario): Promise<Cell> {
  const started = performance.now()
  const ended = (result: Cell['result'], detail: string): Cell => ({
    host: host.name,
    scenario: scenario.name,
    result,
    detail,
    ms: Math.round(performance.now() - started),
  })
  let world: World | undefined
  let cell: Cell
  try {
    world = await host.open(scenario.name, scenario.slots ?? 1)
    await scenario.play(world)
    cell = ended('passed', '')
  } catch (error) {
    cell = ended(
      error instanceof NotApplicable ? 'not applicable' : 'failed',
      redact(wordsOf(error), world?.token ?? ''),
    )
  }
  try {
    await world?.close()
  } catch (error) {
    cell = ended(
      'failed',
      [cell.detail, `closing: ${wordsOf(error)}`].filter(text => text !== '').join('; '),
    )
  }
  return cell
}

const MARKS: Readonly<Record<Cell['result'], string>> = {
  passed: '✓',
  failed: '✗',
  'not applicable': '–',
}

/** The table server × scenario, and below it one line for every cell that is no ✓. */
export function tableOf(cells: readonly Cell[]): string {
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))]
  const hosts = [...new Set(cells.map(({ host }) => host))]
  const width = Math.max(...hosts.map(({ length }) => length))
  const line = (name: string, marks: readonly string[]): string =>
    [name.padEnd(width), ...marks.map((mark, index) => mark.padEnd(scenarios[index]?.length ?? 0))]
      .join('  ')
      .trimEnd()
  const find = (host: string, scenario: string): Cell | undefined =>
    cells.find(cell => cell.host === host && cell.scenario === scenario)
  const remarks = cells
    .filter(({ result }) => result !== 'passed')
    .map(({ host, scenario, result, detail }) => `${MARKS[result]} ${host}, ${scenario}: ${detail}`)
  const lines = hosts.map(host =>
    line(
      host,
      scenarios.map(scenario => MARKS[find(host, scenario)?.result ?? 'failed']),
    ),
  )
  return [line('', scenarios), ...lines, ...remarks].join('\n')
}

const keyOf = (host: string, scenario: string): string => `${host}\n${scenario}`
