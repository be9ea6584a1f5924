import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { exitOf } from '../../../../src/tools/doctor/what-if/shell/script.js'
import { Unknown } from '../../../../src/tools/doctor/what-if/unknown.js'
import { askBash, someOf } from '../../../support/bash.js'
import { keptIn } from '../../../support/kept.js'

const JSON_OF = (a: string, b: string): string =>
  JSON.stringify({ lint: { result: a, outputs: {} }, 'e2e-test': { result: b, outputs: {} } })

/** Results of two needs under which every script is run. */
const WORLDS = [
  ['success', 'success'],
  ['success', 'failure'],
  ['failure', 'success'],
  ['cancelled', 'success'],
  ['success', 'skipped'],
  ['skipped', 'skipped'],
  ['', 'success'],
] as const

/** As people write them; `@A`, `@B` and `@J` stand for what a server puts in. */
const SCRIPTS = readFileSync(new URL('scripts.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n----\n')

const filled = (text: string, a: string, b: string): string =>
  text.replaceAll('@A', a).replaceAll('@B', b).replaceAll('@J', JSON_OF(a, b))

const SETTINGS = WORLDS.flatMap(([a, b]) => [true, false].map(pipefail => ({ a, b, pipefail })))

/** How bash ends each of these scripts in every setting: one letter for each, `.` for a success. */
function inBash(scripts: readonly string[]): readonly string[] {
  const ends = askBash(
    scripts.flatMap(script =>
      SETTINGS.map(({ a, b, pipefail }) => ({
        script: filled(script, a, b),
        env: { A: a, B: b, J: JSON_OF(a, b) },
        pipefail,
      })),
    ),
  )
  const letters = ends.map(end => (end === 0 ? '.' : 'x')).join('')
  return scripts.map((_, at) => letters.slice(at * SETTINGS.length, (at + 1) * SETTINGS.length))
}

/** The same by the evaluator. */
const told = (script: string): string =>
  SETTINGS.map(({ a, b, pipefail }) => {
    const env = new Map([
      ['A', a],
      ['B', b],
      ['J', JSON_OF(a, b)],
    ])
    return exitOf(filled(script, a, b), { env, pipefail, isPosix: false }) === 0 ? '.' : 'x'
  }).join('')

describe('a script ends as bash ends it', () => {
  const keep = keptIn(new URL('./bash.json', import.meta.url), SCRIPTS)

  it.each(SCRIPTS)('%s', script => {
    keep(script, told(script))
  })

  it('as bash itself says', () => {
    const asked = someOf(SCRIPTS, 20)
    expect(asked.length).toBeGreaterThan(0)
    expect(inBash(asked)).toEqual(asked.map(told))
  })
})

describe('what only a run tells is unknown', () => {
  it.each([
    'curl -s "$GITHUB_API_URL"',
    'make test',
    '[ "$RUNNER_OS" = Linux ]',
    'cat results.txt',
    'jq . file.json',
    'echo *',
    'ok=true\n$ok',
    'while true; do :; done',
    'ls | grep x',
    '[ -f red ]',
    '[ "$UNTOLD" = success ]',
  ])('%s', script => {
    const env = new Map([['UNTOLD', null]])
    expect(() => exitOf(script, { env, pipefail: true, isPosix: false })).toThrow(Unknown)
  })
})
