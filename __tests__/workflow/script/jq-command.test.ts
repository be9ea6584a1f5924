import { describe, expect, it } from '@jest/globals'
import { ofNeeds, ofNeedsWithOutputs, saidOf } from '../../support/umbrella-scenes.js'

const BY_NEEDS = 'judges by needs'
const ALL = 'all(.[]; .result == "success")'
const each = (jq: string): string =>
  `for r in $(${jq} <<< "$NEEDS"); do [ "$r" = success ] || exit 1; done`

describe('jq over needs with outputs', () => {
  it.each([
    {
      rule: 'reads no level of JSON around the needs for a job',
      run: `X="{\\"all\\": $NEEDS}"\njq -e '.all.result == "x"' <<< "$X"`,
      says: '"jq" of a part of needs',
    },
    {
      rule: 'nor where it is around them on one way alone',
      run:
        'if grep -q a <<< a; then X="$NEEDS"; else X="{\\"all\\": $NEEDS}"; fi\n' +
        `jq -e '.all.result == "x"' <<< "$X"`,
      says: '"jq" of a part of needs',
    },
    {
      rule: 'may name a variable that ends as one of its own',
      run: `jq -ne --argjson MYENV "$NEEDS" '$MYENV | ${ALL}'`,
    },
    {
      rule: 'may name a variable that begins as one of its own',
      run: `jq -ne --argjson ENVS "$NEEDS" '$ENVS | ${ALL}'`,
    },
    {
      rule: 'keeps a variable for itself',
      run: `jq -ne --argjson ENV "$NEEDS" '$ENV | ${ALL}'`,
      says: '"jq" sets a name that is not known',
    },
    { rule: 'takes its long flag for one input', run: `jq --exit-status '${ALL}' <<< "$NEEDS"` },
    {
      rule: 'takes several inputs by a letter among others',
      run: 'jq -es length <<< "$NEEDS"',
      says: '"jq" of several inputs',
    },
    {
      rule: 'takes a flag that is not known for no program',
      run: 'jq -C <<< "$NEEDS"',
      says: '"jq" with a file, an option or a program that is not told',
    },
  ])('$rule', async ({ run, says = BY_NEEDS }) => {
    expect(await saidOf(ofNeedsWithOutputs(run))).toBe(says)
  })
})

describe('what jq prints', () => {
  const FILES = '"for" reads the names of files'
  it.each([
    { rule: 'are words, where results alone are read', run: each("jq -r '.[].result'") },
    {
      rule: 'may be files, with a bracket in a text of its own',
      run: each(`jq -r '.[].result + "x[a]"'`),
      says: FILES,
    },
    {
      rule: 'may be files, with a bracket in a variable',
      run: each(`jq -r --arg x '[a]' '.[].result + $x'`),
      says: FILES,
    },
    {
      rule: 'may be files, where a letter among others leaves the blanks of a list away',
      run: each(`jq -rc '[.[].result]'`),
      says: FILES,
    },
    {
      rule: 'is a number by a length at the end, with a blank behind it',
      run: `n=$(jq 'length ' <<< "$NEEDS")\n(( n == 2 ))`,
    },
    {
      rule: 'is no number where the length is compared',
      run: `n=$(jq 'length == 2' <<< "$NEEDS")\n(( n == 0 ))`,
      says: 'arithmetic of $n, which is no number',
    },
  ])('$rule', async ({ run, says = BY_NEEDS }) => {
    expect(await saidOf(ofNeeds(run))).toBe(says)
    expect(await saidOf(ofNeedsWithOutputs(run))).toBe(says)
  })
})
