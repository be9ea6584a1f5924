// The tables of recorded answers. Names of files and words of servers are strangers' text.
import { excerpt } from '../../src/forge/retry.js'
import type { Counts, Tally } from './tally.js'
import { noCounts } from './tally.js'

/** So many files are named for each reason, and lines of each list. */
const NAMED = 3
const LISTED = 20

const row = (cells: readonly (string | number)[]): string =>
  `| ${cells.map(cell => excerpt(String(cell)).replaceAll('|', '\\|')).join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const refusalsOf = ({ refusals }: Counts): number =>
  sum([...refusals.values()].map(({ length }) => length))

function folderRow(tally: Tally): readonly (string | number)[] {
  const all = [...tally.schemas.values()]
  return [
    tally.folder,
    tally.files,
    tally.exchanges,
    sum(all.map(({ decodes }) => decodes)),
    sum(all.map(refusalsOf)),
    sum(all.map(({ crashes }) => crashes.length)),
    tally.failed,
    tally.unread,
  ]
}

/** The same of all folders together, by schema. */
function together(tallies: readonly Tally[]): ReadonlyMap<string, Counts> {
  const all = new Map<string, Counts>()
  for (const { schemas } of tallies)
    for (const [schema, { decodes, refusals, crashes }] of schemas) {
      const known = all.get(schema) ?? noCounts()
      all.set(schema, known)
      known.decodes += decodes
      known.crashes.push(...crashes)
      for (const [reason, files] of refusals)
        known.refusals.set(reason, [...(known.refusals.get(reason) ?? []), ...files])
    }
  return new Map([...all].sort(([a], [b]) => a.localeCompare(b)))
}

const refusalRows = (schemas: ReadonlyMap<string, Counts>): readonly (string | number)[][] =>
  [...schemas].flatMap(([schema, { refusals }]) =>
    [...refusals].map(([reason, files]) => [
      schema,
      reason,
      files.length,
      [...new Set(files)].slice(0, NAMED).join(' '),
    ]),
  )

const list = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        `${title}, ${lines.length}:`,
        lines
          .slice(0, LISTED)
          .map(line => `- ${excerpt(line)}`)
          .join('\n'),
      ]

/** How many answers no schema could be tried on without an error that is no refusal. */
export const crashesIn = (tallies: readonly Tally[]): readonly string[] =>
  [...together(tallies).values()].flatMap(({ crashes }) => crashes)

/** Everything that was found. */
export function reportOf(tallies: readonly Tally[]): string {
  const schemas = together(tallies)
  const refusals = refusalRows(schemas)
  const head = ['folder', 'recordings', 'exchanges', 'decodes', 'refusals', 'crashes']
  return `${[
    table([...head, 'no success', 'no schema'], tallies.map(folderRow)),
    table(
      ['schema', 'decodes', 'refusals', 'crashes'],
      [...schemas].map(([schema, counts]) => [
        schema,
        counts.decodes,
        refusalsOf(counts),
        counts.crashes.length,
      ]),
    ),
    '* by a path that is not asked, and answers in the same form',
    ...(refusals.length === 0
      ? []
      : [table(['schema', 'refused because', 'times', 'first'], refusals)]),
    ...list('Crashes', crashesIn(tallies)),
    ...list(
      'Recordings that cannot be read',
      tallies.flatMap(({ broken }) => broken),
    ),
  ].join('\n\n')}\n`
}
