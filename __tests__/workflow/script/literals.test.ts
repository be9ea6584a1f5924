import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { runScript } from '../../../src/workflow/script/run.js'
import { NotJudging, literal } from '../../../src/workflow/value.js'
import { askBash, someOf } from '../../support/bash.js'
import { keptIn } from '../../support/kept.js'

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t' }

/** Scripts that read nothing of a run: one a line, in which `\n` is a new line. */
const SCRIPTS = readFileSync(new URL('literals.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => line.replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter))

/** What a runner sets, of what is known to be set. */
const RUNNER = { GITHUB_STEP_SUMMARY: 'summary.md', GITHUB_SHA: 'abc' }

/** Each end that is thought possible, or why the script is not followed. */
function endsOf(script: string): readonly string[] | string {
  const facts = { env: new Map(), marks: new Map(), gh: false, guard: literal(), everyWay: false }
  try {
    const { exits } = runScript(script, facts)
    const ends = exits.flatMap(({ ok, fail }) => [ok ? 'green' : '', fail ? 'red' : ''])
    return [...new Set(ends.filter(one => one !== ''))].sort()
  } catch (error) {
    if (error instanceof NotJudging) return error.message
    throw error
  }
}

describe('a script of literals', () => {
  const keep = keptIn(new URL('./literals.json', import.meta.url), SCRIPTS)

  it('ends as it is kept to end, or is refused for the same reason', () => {
    for (const script of SCRIPTS) keep(script, endsOf(script))
  })

  it('ends in bash as it is thought to end', () => {
    const asked = someOf(SCRIPTS, 25).flatMap(script => {
      const told = endsOf(script)
      return typeof told === 'string' ? [] : [{ script, told }]
    })
    expect(asked.length).toBeGreaterThan(0)
    const ends = askBash(asked.map(({ script }) => ({ script, env: RUNNER, pipefail: true })))
    expect(ends).toHaveLength(asked.length)
    const wrong = asked.filter(({ told }, at) => !told.includes(ends[at] === 0 ? 'green' : 'red'))
    expect(wrong).toEqual([])
  })
})
