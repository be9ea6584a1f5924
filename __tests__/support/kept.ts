import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from '@jest/globals'

/**
 * `KEPT=write npm test -- <path>` keeps what is said now; the difference is to be read like code.
 */
const WRITE = process.env['KEPT'] === 'write'

/** What was said before, by the name of its case. */
type Kept = Readonly<Record<string, unknown>>

export const readKept = (file: URL): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept

/** One case a line, so that a changed word is one changed line. */
const listed = (kept: Kept): string =>
  `{\n${Object.entries(kept)
    .map(([name, said]) => `${JSON.stringify(name)}: ${JSON.stringify(said)}`)
    .join(',\n')}\n}\n`

/**
 * Holds what is said in each of these cases to what is kept in a file, word for word: people act on
 * the words. Adds a test that the names are distinct and that nothing is kept that nobody asks for.
 */
export function keptIn(file: URL, names: readonly string[]): (name: string, said: unknown) => void {
  const kept = WRITE ? {} : readKept(file)
  const now: Record<string, unknown> = {}

  it('every case has a name of its own, and nothing is kept that nobody asks for', () => {
    expect(new Set(names).size).toBe(names.length)
    if (!WRITE) expect(Object.keys(kept).sort()).toEqual([...names].sort())
  })

  afterAll(() => {
    if (WRITE) writeFileSync(file, listed(Object.fromEntries(names.map(name => [name, now[name]]))))
  })

  return (name, said) => {
    now[name] = said
    const plain: unknown = JSON.parse(JSON.stringify(said))
    if (!WRITE) expect({ [name]: plain }).toEqual({ [name]: kept[name] })
  }
}
