import { describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { exitOf } from '../../../../src/tools/doctor/what-if/shell/script.js'
import { Unknown } from '../../../../src/tools/doctor/what-if/unknown.js'

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

function inBash(text: string, a: string, b: string, pipefail: boolean): number {
  const options = pipefail ? ['-eo', 'pipefail'] : ['-e']
  const { status } = spawnSync('bash', ['--noprofile', '--norc', ...options, '-c', text], {
    env: { PATH: process.env['PATH'], A: a, B: b, J: JSON_OF(a, b) },
    stdio: 'ignore',
  })
  return status ?? -1
}

const SETTINGS = WORLDS.flatMap(([a, b]) => [true, false].map(pipefail => ({ a, b, pipefail })))

describe('a script ends as bash ends it', () => {
  it.each(SCRIPTS)('%s', script => {
    for (const { a, b, pipefail } of SETTINGS) {
      const text = filled(script, a, b)
      const env = new Map([
        ['A', a],
        ['B', b],
        ['J', JSON_OF(a, b)],
      ])
      const told = exitOf(text, { env, pipefail, isPosix: false }) === 0
      expect([a, b, told]).toEqual([a, b, inBash(text, a, b, pipefail) === 0])
    }
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
