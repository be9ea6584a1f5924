import { expect, it } from '@jest/globals'
import { RESULT, inSh, saidOf } from '../../support/umbrella-scenes.js'

const JUDGE = `[ "${RESULT}" = success ]`
const notInSh = (construct: string): string => `its script is not understood: ${construct} in sh`

it.each([
  {
    rule: 'read with the name of a variable',
    run: `echo "${RESULT}" | while read -r x; do [ "$x" = success ] || exit 1; done`,
  },
  {
    rule: 'read without one',
    run: `echo "${RESULT}" | while read -r; do ${JUDGE} || exit 1; done`,
    says: notInSh('Command'),
  },
  { rule: 'a variable in braces', run: `R="${RESULT}"\n[ "\${R}" = success ]` },
  { rule: 'output to nowhere', run: `echo a > /dev/null\n${JUDGE}` },
  {
    rule: 'both outputs by one sign',
    run: `echo a &> /dev/null\n${JUDGE}`,
    says: notInSh('Redirect'),
  },
  {
    rule: 'a loop that ends before the script',
    run: `for x in a; do echo "$x"; done\n${JUDGE}`,
  },
  {
    rule: 'a loop in braces, though the script ends with one of words',
    run: `for x in a; { echo "$x"; }\n${JUDGE}\nfor x in a; do echo; done`,
    says: notInSh('For'),
  },
])('in sh, $rule', async ({ run, says = 'judges by needs' }) => {
  expect(await saidOf(inSh(run))).toBe(says)
})
