import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readsResultsOnly } from '../../../src/workflow/script/jq.js'
import { askBash, someOf } from '../../support/bash.js'
import { keptIn } from '../../support/kept.js'

const PROGRAMS = readFileSync(new URL('jq.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')

const KINDS = ['needs', 'plain'] as const

/** May it read `toJSON(needs)` with outputs in it? May it read what holds none? */
const isRead = (program: string, input: (typeof KINDS)[number]): boolean =>
  readsResultsOnly(
    program,
    input,
    new Map<string, 'needs' | 'plain'>([
      ['needs', 'needs'],
      ['plain', 'plain'],
    ]),
  )

const said = (program: string): string =>
  KINDS.filter(input => isRead(program, input)).join(', ') || 'neither'

const needs = (outputs: unknown): string =>
  JSON.stringify({ lint: { result: 'success', outputs }, test: { result: 'failure', outputs } })

/** What the outputs of the jobs may be, and nothing else may show. */
const OUTPUTS = [{}, { x: '1' }, { x: '2', y: '3' }].map(needs)

/** Says what jq prints, and how it ends, of the first and of another. */
const ASK = `ask() { jq -e --argjson needs "$1" --argjson plain '{"x":1}' "$P" <<< "$1" 2>&1
echo $?; }
[ "$(ask "$A")" = "$(ask "$B")" ]`

describe('what a program of jq reads of the needs', () => {
  const keep = keptIn(new URL('./jq.json', import.meta.url), PROGRAMS)

  it('is told as it is kept', () => {
    for (const program of PROGRAMS) keep(program, said(program))
  })

  it('where results alone, jq says the same whatever the outputs are', () => {
    const read = someOf(PROGRAMS, 10).filter(program => isRead(program, 'needs'))
    expect(read.length).toBeGreaterThan(5)
    const [first = '', ...others] = OUTPUTS
    const asked = read.flatMap(program => others.map(other => ({ program, other })))
    const ends = askBash(
      asked.map(({ program, other }) => ({
        script: ASK,
        env: { P: program, A: first, B: other },
        pipefail: false,
      })),
    )
    expect(asked.filter((_, at) => ends[at] !== 0)).toEqual([])
  })
})
