import type { Row } from './log.js'
import { rowsAbove } from './log.js'
import type { State, World } from './model.js'

const WHO: Readonly<Record<Row['by'], string>> = {
  actions: 'Actions',
  us: 'us',
  person: 'a person',
  pat: 'another tool',
  echo: 'another reaper',
}

/** One row in words: its id, what it says, who wrote it. */
function rowInWords({ contexts }: World, row: Row & { readonly id: number }): string {
  const job = /^CI \/ (.+) \(/.exec(contexts[row.context] ?? '')?.[1] ?? '?'
  const name = row.context === contexts.length - 1 ? 'umbrella' : job
  return (
    `row ${row.id}: ${name} ${row.state}, by ` +
    `${WHO[row.by]}${row.by === 'actions' ? ` for run ${row.run}` : ''}`
  )
}

/** One step of a trace in words, with the rows it wrote. */
export function told(world: World, before: State, say: string, after: State): string {
  const rows = [...rowsAbove(after.log, before.log.size)]
    .reverse()
    .map(row => rowInWords(world, row))
  return rows.length === 0 ? say : `${say} [${rows.join('; ')}]`
}
