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

const SETTINGS = WORLDS.flatMap(([a, b]) => [true, false].map(pipefail => ({ a, b, pipefail })))

/** A process of its own for each line of its input: `A`, `B`, `J` and the text, in quotes. */
const ONE_EACH = `while IFS= read -r line; do
  eval "set -- $line"
  env -i PATH="$PATH" A="$2" B="$3" J="$4" bash --noprofile --norc $1 -c "$5" \\
    </dev/null >/dev/null 2>&1
  echo $?
done`

const quoted = (text: string): string =>
  `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`

/** How bash ends this script in every setting. */
function inBash(script: string): readonly number[] {
  const lines = SETTINGS.map(({ a, b, pipefail }) =>
    [
      pipefail ? "'-eo pipefail'" : '-e',
      ...[a, b, JSON_OF(a, b), filled(script, a, b)].map(quoted),
    ].join(' '),
  )
  const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-c', ONE_EACH], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
  })
  return stdout.trim().split('\n').map(Number)
}

describe('a script ends as bash ends it', () => {
  it.each(SCRIPTS)('%s', script => {
    const ends = inBash(script)
    expect(ends).toHaveLength(SETTINGS.length)
    for (const [at, { a, b, pipefail }] of SETTINGS.entries()) {
      const env = new Map([
        ['A', a],
        ['B', b],
        ['J', JSON_OF(a, b)],
      ])
      const told = exitOf(filled(script, a, b), { env, pipefail, isPosix: false }) === 0
      expect([a, b, told]).toEqual([a, b, ends[at] === 0])
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
