import { describe, expect, it } from '@jest/globals'
import { RESULT, ofNeeds, ofResults, saidOf, withOutput } from '../../support/umbrella-scenes.js'
import { script } from '../../support/umbrella-jobs.js'

const OUTPUT = 'needs.changes.outputs.go'
const BY_NEEDS = 'judges by needs'
const EACH = 'do [ "$r" = success ] || exit 1; done'

describe('an output stays an output, whatever a shell makes of it', () => {
  it.each([
    {
      rule: 'printed behind a result',
      run: 'X=$(echo "$R"; echo "$C")\n[ "$X" = a ] || exit 1',
      asks: 'a test',
    },
    {
      rule: 'as the second pattern of grep',
      run: 'grep -q -e success -e "$C" <<< "$R"',
      asks: '"grep"',
    },
    { rule: 'as a pattern of case', run: 'case "$R" in "$C") exit 1 ;; esac', asks: '"case"' },
    { rule: 'cut off a result', run: '[ "${R%$C}" = success ]', asks: 'a test' },
    { rule: 'looked for in a result', run: '[ "${R/$C/x}" = success ]', asks: 'a test' },
    { rule: 'put into a result', run: '[ "${R/x/$C}" = success ]', asks: 'a test' },
    {
      rule: 'in a list behind a result',
      run: 'A=("$R" "$C")\n[[ "${A[*]}" == "success true" ]]',
      asks: 'a test',
    },
    {
      rule: 'counted letter by letter',
      run: '[ "${#C}" -eq 4 ] || [ "$R" = success ]',
      asks: 'a test',
    },
    {
      rule: 'in a document whose tabs are taken away',
      run: 'if grep -q true <<-E\n\t$C\n\tE\nthen [ "$R" = success ]; fi',
      asks: '"grep"',
    },
    { rule: 'read', run: 'read -r X <<< "$C"\n[ "$R" = success ]', asks: '"read"' },
    { rule: 'as JSON', run: 'jq -e . <<< "$C"', asks: '"jq"' },
  ])('$rule', async ({ run, asks }) => {
    expect(await saidOf(withOutput(run))).toBe(`${asks} reads ${OUTPUT}`)
  })
})

describe('JSON outside of quotes stands for files, by its brackets', () => {
  it.each([
    { rule: 'printed', run: 'echo $NEEDS | grep -q failure && exit 1', asks: '"grep"' },
    { rule: 'printed for a test', run: 'X=$(echo $NEEDS)\n[ "$X" = a ]', asks: 'a test' },
    {
      rule: 'as JSON of which something was cut off',
      run: `for r in $(jq -r '.[].result' <<< "\${NEEDS# }"); ${EACH}`,
      asks: '"for"',
    },
    {
      rule: 'as JSON of which one line was read',
      run: `read -r X <<< "$NEEDS"\nfor r in $(jq -r '.[].result' <<< "$X"); ${EACH}`,
      asks: '"for"',
    },
  ])('$rule', async ({ run, asks }) => {
    expect(await saidOf(ofNeeds(run))).toBe(`${asks} reads the names of files`)
  })
})

describe('a word that a shell neither splits nor takes for files needs no quotes', () => {
  it.each([
    { rule: 'a result of which something was cut off', run: 'X=${R%x}\n[ $X = success ]' },
    {
      rule: 'each of several results',
      run: "for r in ${{ join(needs.*.result, ' ') }}; do [ $r = success ] || exit 1; done",
    },
    {
      rule: 'an expression that may begin as an option does',
      run: `X=\${{ needs.lint.result == 'success' && 'a' || '-b' }}\n[ "$X" = a ]`,
      says: 'an expression that may be no word is not in quotes',
    },
  ])('$rule', async ({ run, says = BY_NEEDS }) => {
    expect(await saidOf(ofResults(run))).toBe(says)
  })
})

describe('a line of a document with a result in it may be the end of the document', () => {
  const END = 'a line of a document may be its end'
  it.each([
    { rule: 'where it begins as the end does', line: `E${RESULT}`, says: END },
    { rule: 'where it ends as the end does', line: `${RESULT}F`, says: END },
    { rule: 'where it does both', line: `E${RESULT}F`, says: END },
    { rule: 'behind tabs', line: `\t\tEO${RESULT}`, says: END },
    { rule: 'not where it begins as the end ends', line: `F${RESULT}`, says: BY_NEEDS },
    { rule: 'not where it ends as the end begins', line: `${RESULT}E`, says: BY_NEEDS },
    { rule: 'not where a tab stands within', line: `E\tO${RESULT}`, says: BY_NEEDS },
    { rule: 'not in a sentence', line: `lint: ${RESULT}`, says: BY_NEEDS },
    { rule: 'not before a sentence', line: `${RESULT} it is`, says: BY_NEEDS },
  ])('$rule', async ({ line, says }) => {
    const run = `if grep -q failure <<EOF\n${line}\nEOF\nthen exit 1; fi`
    expect(await saidOf(script(run))).toBe(says)
  })

  it('JSON without outputs may stand in a document into which a shell puts something', async () => {
    const judge = `jq -e 'all(.[]; .result == "success")' <<E\n\${{ toJSON(needs) }}$X\nE`
    expect(await saidOf(script(`X=\n${judge}`))).toBe(BY_NEEDS)
  })
})
