import { distance } from '../core/model/context.js'
import { plain } from '../sweep/report/text.js'
import type { InputName } from './inputs.js'
import { DEFAULTS } from './inputs.js'

/** An input under a name nobody reads, and the name that was probably meant. */
interface UnknownInput {
  readonly name: string
  /** `null` when it resembles none of ours. */
  readonly meant: InputName | null
}

/** How many letters must change at most between a name and the one that was meant. */
const NEAR = 2

/**
 * Inputs given under names nobody reads. One that resembles ours is a typo, and a typo must not
 * silently mean the default.
 */
export function unknownInputs(names: readonly string[]): readonly UnknownInput[] {
  const known = Object.keys(DEFAULTS) as InputName[]
  const bare = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '')
  const spellings = new Set(
    known.flatMap(name => [name.toUpperCase(), name.toUpperCase().replaceAll('-', '_')]),
  )
  return [...names]
    .filter(name => !spellings.has(name.toUpperCase()))
    .sort()
    .map(name => {
      const letters = bare(name)
      const most = Math.min(NEAR, Math.floor(letters.length / 3))
      const [nearest] = known
        .map(input => ({ input, changes: distance(letters, bare(input)) }))
        .sort((a, b) => a.changes - b.changes)
      return {
        name,
        meant: nearest !== undefined && nearest.changes <= most ? nearest.input : null,
      }
    })
}

/** What an unknown input that looks like a typo is told. */
export function explainUnknown(unknown: readonly UnknownInput[]): string | null {
  const typos = unknown.filter(({ meant }) => meant !== null)
  if (typos.length === 0) return null
  const lines = typos.map(
    ({ name, meant }) => `${plain(name.toLowerCase(), 80)}: did you mean ${meant ?? ''}?`,
  )
  return (
    `${typos.length === 1 ? 'one input is' : `${typos.length} inputs are`} not known, ` +
    `nothing was written. ${lines.join(' | ')}`
  )
}
