import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JobWork } from '../../src/workflow/classify.js'
import { workOf } from '../../src/workflow/classify.js'
import { keptIn } from '../support/kept.js'
import { holdsLater } from '../support/property.js'
import {
  JUDGE_BY_NEEDS,
  JUDGE_BY_POLLING,
  NEEDS,
  OTHER_WORK,
  READ_NOTHING,
  readUmbrella,
  script,
  steps,
  withEnv,
} from '../support/umbrella-jobs.js'

async function work(body: string, others?: string, path?: string): Promise<JobWork> {
  return workOf(...(await readUmbrella(body, others, path)))
}

describe('a job that only judges', () => {
  it.each(Object.entries(JUDGE_BY_NEEDS))('by needs: %s', async (_, body) => {
    expect(await work(body)).toEqual({ kind: 'only-judges', by: 'needs' })
  })

  it.each(Object.entries(JUDGE_BY_POLLING))('by polling: %s', async (_, body) => {
    expect(await work(body)).toEqual({ kind: 'only-judges', by: 'polling' })
  })

  it.each(Object.entries(READ_NOTHING))('by nothing: %s', async (_, body) => {
    expect(await work(body)).toEqual({ kind: 'only-judges', by: 'nothing' })
  })
})

describe('a job with other work, and why it is that', () => {
  const keep = keptIn(new URL('./other-work.json', import.meta.url), Object.keys(OTHER_WORK))

  it.each(Object.entries(OTHER_WORK))('%s', async (name, body) => {
    const found = await work(body)
    expect(found.kind).toBe('other-work')
    keep(name, found)
  })
})

describe('whatever else it does', () => {
  const JUDGES = Object.entries({ ...JUDGE_BY_NEEDS, ...JUDGE_BY_POLLING, ...READ_NOTHING }).filter(
    ([, body]) => body.includes('- run: |'),
  )
  const COMMANDS = [
    ...['./coverage.sh', 'make', 'python3 check.py', 'node x.js', 'eval x', 'source x', '. ./x'],
    ...['docker run x', 'git diff', 'date', 'seq 3', 'wget x', 'awk 1', 'sed p', 'cat x', 'env'],
    ...[
      'x=$(make)',
      'echo `make`',
      'echo "$(make)"',
      'make | true',
      'true && make',
      'make || true',
    ],
    ...['if make; then echo; fi', 'while make; do break; done', 'f() { make; }', '( make )'],
    ...[
      'exec make',
      'trap make EXIT',
      'true & make',
      'echo <(make)',
      'jq . x',
      'grep x y',
      'test -f x',
    ],
    ...['curl https://example.com', 'gh workflow run x', '[ "$RANDOM" = 1 ]', 'echo > x'],
    ...['X=1 make', 'PATH=x', 'export BASH_ENV=x', '$X', 'echo "${X:-$(make)}"', '[[ -e x ]]'],
  ]

  it('any command outside of the list makes it other work', async () => {
    await holdsLater(
      [fc.constantFrom(...JUDGES), fc.constantFrom(...COMMANDS), fc.boolean()],
      async ([, body], command, first) => {
        const at = '- run: |\n'
        const start = body.lastIndexOf(at) + at.length
        const indent = /^ */.exec(body.slice(start))?.[0] ?? ''
        const added = `${indent}${command}\n`
        const text = first
          ? `${body.slice(0, start)}${added}${body.slice(start)}`
          : `${body}\n${added}`
        // Nothing runs behind an end; whatever its name, a command there is told by the list alone.
        if (!first && /(?:exit .+|false)$/.test(body.trimEnd())) return
        expect(await work(text)).toMatchObject({ kind: 'other-work' })
      },
    )
  })

  it('no text is read as a script by an exception, or without an end', async () => {
    const piece = fc.constantFrom(
      ...['if ', 'then ', 'fi\n', 'for x in ', 'do ', 'done\n', 'case x in ', 'esac ', '{ ', '} '],
      ...[
        '$(',
        ')',
        '((',
        '))',
        '[[ ',
        ' ]]',
        '"',
        "'",
        '`',
        '${',
        '}',
        '$x',
        '<<<',
        '<<E\n',
        '\nE\n',
      ],
      ...['|', '&&', '||', ';', ';;', '&', '>', '\\', '#', '!', 'exit 1', 'echo a', 'while ', '\n'],
      ...['${{ needs.lint.result }}', '${{', '}}', 'x=1', 'x+=(', 'break', 'test ', '*', '\uE100'],
    )
    await holdsLater([fc.array(piece, { maxLength: 40 })], async pieces => {
      const { kind } = await work(
        `runs-on: x\nneeds: [lint]\nsteps: [{ run: ${JSON.stringify(pieces.join(''))} }]`,
      )
      expect(['only-judges', 'other-work']).toContain(kind)
    })
  })

  it('loops in loops end', async () => {
    const open = 'for a in 1 2; do while [ "$x" != "$y" ]; do x=$((x + 1)); '.repeat(8)
    expect(await work(script(`x=0\ny=0\n${open}:;${' done; done;'.repeat(8)}`))).toMatchObject({
      kind: 'other-work',
    })
  })

  it('gh speaks to GitHub, and so polls nothing elsewhere', async () => {
    const body = JUDGE_BY_POLLING['gh api and its own jq'] ?? ''
    expect(await work(body, '', '.gitea/workflows/ci.yml')).toMatchObject({ kind: 'other-work' })
  })

  it.each([
    {
      rule: 'a shell of the file',
      others: 'defaults: { run: { shell: pwsh } }\n',
      says: 'its shell is pwsh',
    },
    {
      rule: 'a folder of the file',
      others: 'defaults: { run: { working-directory: x, other: y } }\n',
      says: 'it has working-directory, other',
    },
    {
      rule: 'variables of the file',
      others: 'env: { BASH_ENV: x }\n',
      says: 'its env sets BASH_ENV',
    },
    {
      rule: 'variables by expression',
      others: 'env: "${{ fromJSON(vars.x) }}"\n',
      says: 'its env is known only to a run',
    },
  ])('$rule', async ({ others, says }) => {
    expect(await work(script('echo'), others)).toMatchObject({ kind: 'other-work', why: says })
  })

  it.each([
    {
      rule: 'reads results',
      body: script('test ${{ needs.lint.result }} = x && make'),
      says: [true, false],
    },
    { rule: 'reads toJSON', body: withEnv(NEEDS, 'make'), says: [true, false] },
    {
      rule: 'reads outputs',
      body: script('echo ${{ needs.lint.outputs.x }}'),
      says: [false, false],
    },
    {
      rule: 'reads results in its condition alone',
      body: steps('- run: make', "if: always() && needs.lint.result == 'x'\nneeds: [lint]"),
      says: [true, false],
    },
    { rule: 'polls', body: script('gh pr checks 1'), says: [false, true] },
    { rule: 'neither', body: script('make'), says: [false, false] },
  ])('other work tells whether it $rule', async ({ body, says: [readsNeeds, polls] }) => {
    expect(await work(body)).toMatchObject({ kind: 'other-work', readsNeeds, polls })
  })
})
