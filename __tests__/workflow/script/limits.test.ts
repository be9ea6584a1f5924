import { describe, expect, it } from '@jest/globals'
import { saidOf } from '../../support/umbrella-scenes.js'
import { script } from '../../support/umbrella-jobs.js'

const BY_NOTHING = 'judges by nothing'
const LONG = 'X'.repeat(99)

/** So many commands are followed: three times those of the inner loop, and the loops. */
const commands = (inLoop: number, before: number): string =>
  `${':\n'.repeat(before)}for x in a; do for y in b; do\n${':\n'.repeat(inLoop)}done; done`

describe('a script', () => {
  it.each([
    { rule: 'of 20,000 commands is followed', run: commands(6_665, 2), says: BY_NOTHING },
    {
      rule: 'of one command more is not',
      run: commands(6_665, 3),
      says: 'its script takes too long to follow',
    },
    {
      rule: 'of many braces in each other is not',
      run: `${'{ '.repeat(40)}:${'; }'.repeat(40)}`,
      says: 'its script is not understood: it is nested too deeply',
    },
    {
      rule: 'with a command of a long name is told by its first letters',
      run: `./${LONG}`,
      says: `it runs ./${LONG.slice(0, 58)}`,
    },
    {
      rule: 'that exports a long name is told by its first letters',
      run: `export GITHUB_${LONG}=a`,
      says: `it exports GITHUB_${LONG.slice(0, 53)}`,
    },
  ])('$rule', async ({ run, says }) => {
    expect(await saidOf(script(run))).toBe(says)
  })
})
