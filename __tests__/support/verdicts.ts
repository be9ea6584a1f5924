import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from '@jest/globals'
import type { DecideCase } from './builders.js'
import { judgeCase } from './builders.js'

/** `VERDICTS=write npm test -- __tests__/core` keeps what is said now; the difference is to be read like code. */
const WRITE = process.env['VERDICTS'] === 'write'

const verdict = (kind: string) => (reason: string, more: object = {}) => ({ kind, reason, ...more })

/** The part of a verdict that a rule is about. */
export const leave = verdict('leave')
export const refuse = verdict('refuse')
export const wait = verdict('wait')
export const alarm = (more: object = {}) => ({ kind: 'alarm', reason: 'false-green', ...more })
export const stale = (more: object = {}) => ({ kind: 'repair', reason: 'stale', ...more })

type Kept = Readonly<Record<string, unknown>>
const FOLDER = new URL('../core/verdicts/', import.meta.url)
const read = (file: URL): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept

/** Every reason that some kept verdict gives. */
export function reasonsKept(): ReadonlySet<unknown> {
  const verdicts = readdirSync(FOLDER).flatMap(name => Object.values(read(new URL(name, FOLDER))))
  return new Set(verdicts.map(said => (said as Record<string, unknown>)['reason']))
}

/** One case a line, so that a changed word is one changed line. */
const listed = (kept: Kept): string => `{\n${Object.entries(kept).map(([rule, said]) => `${JSON.stringify(rule)}: ${JSON.stringify(said)}`).join(',\n')}\n}\n`

/**
 * Judges every case of a table: the part of the verdict its rule is about, and the whole of it, word for word, as it is kept in
 * `__tests__/core/verdicts/<table>.json`. People act on the words.
 */
export function judges(table: string, cases: readonly DecideCase[]): void {
  const file = new URL(`${table}.json`, FOLDER)
  const kept = WRITE ? {} : read(file)
  const said: Record<string, unknown> = {}

  it.each([...cases])('$rule', case_ => {
    const verdict = judgeCase(case_)
    expect(verdict).toMatchObject(case_.verdict)
    said[case_.rule] = verdict
    if (!WRITE) expect(verdict).toEqual(kept[case_.rule])
  })

  it(`${table}: every rule has a name of its own, and no verdict is kept that nobody asks for`, () => {
    const rules = cases.map(({ rule }) => rule)
    expect(new Set(rules).size).toBe(rules.length)
    if (!WRITE) expect(Object.keys(kept).sort()).toEqual(rules.sort())
  })

  afterAll(() => {
    if (WRITE) writeFileSync(file, listed(said))
  })
}
