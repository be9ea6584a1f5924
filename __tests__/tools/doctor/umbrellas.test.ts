import { describe, expect, it } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ScenarioRow } from '../../../src/tools/doctor/what-if/table.js'
import { examined } from './examined.js'

const PAGE = fileURLToPath(new URL('../../../docs/umbrellas.md', import.meta.url))
const page = readFileSync(PAGE, 'utf8')

/** The columns: a server of each kind of behaviour. */
const COLUMNS = [
  ['GitHub', 'github'],
  ['Gitea 1.22', 'gitea-1.22'],
  ['Gitea 1.23 and newer', 'gitea-28'],
  ['Forgejo 15', 'forgejo-15'],
] as const

const BASE = /```yaml\n(name: CI\n[^]*?)```/.exec(page)?.[1] ?? ''

/** Headings with the umbrella below them, up to its table or its text. */
const SECTION =
  /^## (.*)\n\n```yaml\n( {2}all-green:\n[^]*?)```\n\n(?:(\| what happens [^]*?)\n\n)?/gm

function lineOf({ scenario, of }: ScenarioRow): string {
  if (scenario.kind === 'all-green') return 'all jobs are green'
  if (scenario.kind === 'run-cancelled') return 'the run is cancelled'
  const what = scenario.fate === 'failure' ? 'fails' : 'is cancelled'
  return `${of === 'need' ? 'a need' : 'a job before'} ${what}`
}

const SAYS = {
  green: 'green',
  red: 'red',
  skipped: 'skipped',
  cancelled: 'cancelled',
  unknown: 'not known',
}

/** What an umbrella says on a server, line by line; needs that differ stand side by side. */
async function columnOf(umbrella: string, server: string): Promise<ReadonlyMap<string, string>> {
  const { diagnosis } = await examined([{ name: 'ci.yml', text: BASE + umbrella }], server)
  const [one] = diagnosis.target.umbrellas
  const cells = new Map<string, Set<string>>()
  for (const row of one?.table ?? []) {
    const said = `${row.right === false ? '**!** ' : ''}${SAYS[row.said.kind]}`
    cells.set(lineOf(row), (cells.get(lineOf(row)) ?? new Set()).add(said))
  }
  return new Map([...cells].map(([line, said]) => [line, [...said].join(', ')]))
}

async function tableOf(umbrella: string): Promise<string> {
  const columns = await Promise.all(COLUMNS.map(([, server]) => columnOf(umbrella, server)))
  const lines = [...(columns[0]?.keys() ?? [])]
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(['what happens', ...COLUMNS.map(([name]) => name)]),
    row(['what happens', ...COLUMNS].map(() => '---')),
    ...lines.map(line => row([line, ...columns.map(column => column.get(line) ?? '')])),
  ].join('\n')
}

describe('docs/umbrellas.md', () => {
  const sections = [...page.matchAll(SECTION)]

  it('shows ten', () => {
    expect(sections).toHaveLength(10)
  })

  // `CORPUS=write` puts the tables in: to be read by a person before they stand.
  it('tells what doctor tells', async () => {
    let now = page
    for (const [whole, , umbrella = '', table] of sections) {
      const told = await tableOf(umbrella)
      const bare = table === undefined ? whole : whole.replace(`${table}\n\n`, '')
      now = now.replace(whole, () => `${bare}${told}\n\n`)
    }
    if (process.env['CORPUS'] === 'write') writeFileSync(PAGE, now)
    expect(now).toBe(readFileSync(PAGE, 'utf8'))
  })

  it('the recommended one is right everywhere', async () => {
    const umbrella = sections.at(-1)?.[2] ?? ''
    for (const [, server] of COLUMNS) {
      const { report } = await examined([{ name: 'ci.yml', text: BASE + umbrella }], server)
      expect(report.findings).toEqual([])
    }
  })
})
