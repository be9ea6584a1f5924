import { describe, expect, it } from '@jest/globals'
import { protectedFiles } from '../../../src/forge/gitea/protected-files.js'
import type { SeenRule } from '../../../src/forge/gitea/seen-rule.js'
import { pull } from '../../support/builders.js'
import type { Reply, Script } from '../../support/scripted-gitea.js'
import { broken, scriptedGitea } from '../../support/scripted-gitea.js'

const PATH = '/repos/o/r/pulls/7/files'
const FIRST = `${PATH}?page=1&limit=50`

/** The condition by this rule and these changed files, and what was asked for it. */
async function said(seen: SeenRule, script: Script = {}) {
  const { on, asked } = scriptedGitea(script)
  const { name, state, detail } = await protectedFiles(on, seen, pull(7))
  expect(name).toBe('protected-files')
  return { says: [state, detail], asked }
}
const protecting = (patterns: string | null | undefined): SeenRule => ({
  kind: 'rule',
  rule: { protected_file_patterns: patterns },
})
/** A first page of these files, of which the server counts as many if not said. */
const changing = (names: readonly string[], total: number | null = names.length): Reply => ({
  body: names.map(filename => ({ filename })),
  total,
})

describe('protected files', () => {
  it.each([
    { scene: 'no rule stands', seen: { kind: 'none' } },
    { scene: 'the rule names none', seen: protecting('') },
    { scene: 'the rule tells none', seen: protecting(null) },
    { scene: 'the rule leaves them out', seen: protecting(undefined) },
    { scene: 'the rule names nothing but separators', seen: protecting(' ; ;') },
  ] satisfies readonly { scene: string; seen: SeenRule }[])(
    'are none where $scene, and nobody asks what is changed',
    async ({ seen }) => {
      expect(await said(seen)).toEqual({ says: ['met', 'no file is protected'], asked: [] })
    },
  )

  it('are not known where the rule is hidden', async () => {
    expect(await said({ kind: 'hidden', why: 'it is not yours' })).toEqual({
      says: ['unknown', 'it is not yours'],
      asked: [],
    })
  })
})

interface Changed {
  readonly scene: string
  readonly patterns: string
  readonly files: Reply
  readonly says: readonly [string, string]
}

const ONLY_THE_SERVER = 'whether a changed file is one of them only the server says'

const CHANGED: readonly Changed[] = [
  {
    scene: 'a changed file that is named holds it back',
    patterns: 'Makefile',
    files: changing(['src/a.ts', 'Makefile']),
    says: ['unmet', 'it changes Makefile, and the rule protects makefile'],
  },
  {
    scene: 'the case of a name makes no difference, and neither does space around it',
    patterns: ' MAKEFILE ; b.txt',
    files: changing(['makeFile']),
    says: ['unmet', 'it changes makeFile, and the rule protects makefile, b.txt'],
  },
  {
    scene: 'a named file holds it back whatever a glob beside it means',
    patterns: 'docs/**;a.ts',
    files: changing(['a.ts']),
    says: ['unmet', 'it changes a.ts, and the rule protects docs/**, a.ts'],
  },
  {
    scene: 'plain names that are all unchanged let it pass',
    patterns: 'Makefile;b.txt',
    files: changing(['src/a.ts']),
    says: ['met', 'the rule protects makefile, b.txt, and none of them is changed'],
  },
  {
    scene: 'a folder of the name is another path',
    patterns: 'Makefile',
    files: changing(['sub/Makefile']),
    says: ['met', 'the rule protects makefile, and none of them is changed'],
  },
  {
    scene: 'a server that counts fewer than it shows has shown all',
    patterns: 'Makefile',
    files: changing(['a', 'b'], 1),
    says: ['met', 'the rule protects makefile, and none of them is changed'],
  },
  {
    scene: 'a list that goes on says nothing of the rest',
    patterns: 'Makefile',
    files: changing(['src/a.ts'], 2),
    says: ['unknown', `the rule protects makefile; ${ONLY_THE_SERVER}`],
  },
  {
    scene: 'a list that nobody counts may go on',
    patterns: 'Makefile',
    files: changing(['src/a.ts'], null),
    says: ['unknown', `the rule protects makefile; ${ONLY_THE_SERVER}`],
  },
  {
    scene: 'one glob among names is enough not to know',
    patterns: 'Makefile;*.md',
    files: changing(['src/a.ts']),
    says: ['unknown', `the rule protects makefile, *.md; ${ONLY_THE_SERVER}`],
  },
  {
    scene: 'a list that cannot be read says nothing',
    patterns: 'Makefile',
    files: broken(),
    says: ['unknown', 'the rule protects makefile; the server is broken'],
  },
  {
    scene: 'a file without a name is not understood',
    patterns: 'Makefile',
    files: { body: [{}], total: 1 },
    says: [
      'unknown',
      `the rule protects makefile; GET ${PATH}: ` +
        '0.filename Invalid input: expected string, received undefined',
    ],
  },
]

describe('changed files', () => {
  it.each(CHANGED)('$scene', async ({ patterns, files, says }) => {
    expect(await said(protecting(patterns), { [FIRST]: files })).toEqual({ says, asked: [FIRST] })
  })

  it.each(['*', '?', '[', ']', '{', '}', '\\', '!'])(
    'where %s in a pattern may match, only the server says',
    async sign => {
      const { says } = await said(protecting(`a${sign}`), { [FIRST]: changing(['b']) })
      expect(says).toEqual(['unknown', `the rule protects a${sign}; ${ONLY_THE_SERVER}`])
    },
  )
})
