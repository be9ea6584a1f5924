import { describe, expect, it } from '@jest/globals'
import { RESULT, ofResults, saidOf, withOutput } from '../../support/umbrella-scenes.js'
import { script } from '../../support/umbrella-jobs.js'

const BY_NEEDS = 'judges by needs'
/** A failure of the job's own, that rests on a result all the same. */
const RED_OVER_GREEN = 'it fails though all it needs is green'

describe('an end rests on every result that led there', () => {
  it.each([
    {
      rule: 'behind a branch in which a test may have ended the script',
      run: 'if [ "$R" = success ]; then test "$L" = success; fi\nexit 1',
      says: RED_OVER_GREEN,
    },
    {
      rule: 'behind a branch that may have left the loop',
      run: 'for x in a; do if [ "$R" = success ]; then break; fi; exit 1; done',
    },
    {
      rule: 'behind a loop that a branch may have left',
      run: 'for x in a; do if [ "$R" = success ]; then break; fi; done\nexit 1',
      says: RED_OVER_GREEN,
    },
    {
      rule: 'behind a test that may have ended the script',
      run: 'test "$R" = success\nexit 1',
      says: RED_OVER_GREEN,
    },
    {
      rule: 'behind a test that is the last of a list',
      run: 'true && test "$R" = success\nexit 1',
      says: RED_OVER_GREEN,
    },
    {
      rule: 'behind a loop that ended as its body did',
      run: 'for x in a; do test "$R" = success; done || exit 1',
    },
    {
      rule: 'behind a loop whose condition reads no result, but its body',
      run: 'while read -r x; do test "$R" = success; done <<< a || exit 1',
    },
    {
      rule: 'in a loop that only a result opens',
      run: 'while [ "$R" != success ]; do exit 1; done',
    },
    {
      rule: 'of an assignment by its default',
      run: 'Y=\nX=${Y:-$(test "$R" = success)} || exit 1',
    },
    {
      rule: 'by a number that both ways set alike, and arithmetic changes',
      run: 'n=0\nif [ "$R" = success ]; then n=1; else n=1; fi\n: $(( n++ ))\nexit $n',
      says: RED_OVER_GREEN,
    },
    {
      rule: 'by a number that arithmetic puts in',
      run: 'n=0\nif [ "$R" = success ]; then n=1; else n=1; fi\nexit $((n))',
      says: RED_OVER_GREEN,
    },
    { rule: 'by the length of a result', run: '[ "${#R}" -eq 7 ] || exit 1' },
    {
      rule: 'by a list with a result in it',
      run: 'A=("$R")\n[[ "${A[*]}" == success ]] || exit 1',
    },
    { rule: 'by two patterns', run: 'grep -q -e "$R" -e "$L" <<< success' },
    {
      rule: 'by a document whose tabs are taken away',
      run: 'if grep -q failure <<-E\n\t$R\n\tE\nthen exit 1; fi',
    },
  ])('$rule', async ({ run, says = BY_NEEDS }) => {
    expect(await saidOf(ofResults(run))).toBe(says)
  })
})

describe('a loop', () => {
  it('is followed until not even the origin of a value moves any more', async () => {
    const move = 'for x in 1 2 3; do c=$b; b=$a; a="$C"; done'
    const ask = 'if [ "$R" != success ] && [ "$c" = true ]; then exit 1; fi'
    const run = `G=$(grep -o . <<< a)\na=$G b=$G c=$G\n${move}\n${ask}`
    expect(await saidOf(withOutput(run))).toBe('a test reads needs.changes.outputs.go')
  })

  it('of many rounds leaves what the environment holds as it was', async () => {
    const count = 'n=0\nwhile [ "$n" -lt 9 ]; do n=$((n + 1)); done\n'
    // The first test never holds: where all is green, the second one does not either.
    const body = script(`${count}[ "$MAX" != a ] || [ "${RESULT}" = failure ]`, 'env: { MAX: a }\n')
    expect(await saidOf(body)).toBe(RED_OVER_GREEN)
  })
})
