import type { Met, Played } from '../random/play.js'
import type { Violation } from '../random/violation.js'

/** What is counted of broken laws. */
const COLUMNS = ['wrong writes', 'unreported', 'crashes', 'hangs', 'leaks'] as const
type Column = (typeof COLUMNS)[number]

const COLUMN_OF: Readonly<Record<Violation['law'], Column>> = {
  'false success': 'wrong writes',
  'not taken back': 'wrong writes',
  'false success stands': 'wrong writes',
  'write in a dry run': 'wrong writes',
  'wrong job run again': 'wrong writes',
  'false re-run': 'wrong writes',
  'untold write': 'unreported',
  'false report': 'unreported',
  'no report': 'unreported',
  crash: 'crashes',
  hang: 'hangs',
  leak: 'leaks',
}

const FAMILIES = ['Gitea', 'Forgejo', 'GitHub'] as const
type Family = (typeof FAMILIES)[number]

const familyOf = (profile: string): Family =>
  profile === 'github' ? 'GitHub' : profile.startsWith('forgejo') ? 'Forgejo' : 'Gitea'

type Row = Record<Family | Column | 'writes', number>

const emptyRow = (): Row => ({
  Gitea: 0,
  Forgejo: 0,
  GitHub: 0,
  writes: 0,
  'wrong writes': 0,
  unreported: 0,
  crashes: 0,
  hangs: 0,
  leaks: 0,
})

/** Sweeps and broken laws, by what they met and on which forge. */
export class Tally {
  private readonly rows = new Map<string, Row>()
  private readonly all = emptyRow()

  private row(name: string): Row {
    const row = this.rows.get(name) ?? emptyRow()
    this.rows.set(name, row)
    return row
  }

  private count({ names, sweeps, writes }: Met, family: Family): void {
    const rows = [
      this.all,
      ...(names.length === 0 ? ['nothing'] : names).map(name => this.row(name)),
    ]
    for (const row of rows) {
      row[family] += sweeps
      row.writes += writes
    }
  }

  add(profile: string, { met, violations }: Pick<Played, 'met' | 'violations'>): void {
    const family = familyOf(profile)
    for (const one of met) this.count(one, family)
    const names = met.at(-1)?.names.length === 0 ? met.at(-2)?.names : met.at(-1)?.names
    for (const { law } of violations)
      for (const row of [this.all, ...(names ?? []).map(name => this.row(name))])
        row[COLUMN_OF[law]] += 1
  }

  /** The table, a line each. */
  lines(): readonly string[] {
    const columns = [...FAMILIES, 'writes', ...COLUMNS] as const
    const head = `${'sweeps that met'.padEnd(40)}${columns.map(name => name.padStart(13)).join('')}`
    const line = (name: string, row: Row): string =>
      name.padEnd(40) + columns.map(column => String(row[column]).padStart(13)).join('')
    const rows = [...this.rows].sort(([a], [b]) => a.localeCompare(b))
    return [head, ...rows.map(([name, row]) => line(name, row)), line('all together', this.all)]
  }
}
