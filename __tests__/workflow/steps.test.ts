import { describe, it } from '@jest/globals'
import { workOf } from '../../src/workflow/classify.js'
import { keptIn } from '../support/kept.js'
import { NEEDS, readUmbrella, script, steps, withEnv } from '../support/umbrella-jobs.js'

const R = '${{ needs.test.result }}'
const ALWAYS = 'if: always()\nneeds: [lint, test]'
const RED = `[ "${R}" = success ] || exit 1`
const run = (text: string, more = ''): string =>
  steps(`- run: '${text.replaceAll("'", "''")}'\n${more}`.trimEnd())
const env = (entry: string): string => script(RED, `env: { ${entry} }\n`)
const allsGreen = (given: string, head = ALWAYS): string =>
  steps(`- uses: re-actors/alls-green@release/v1\n  with:\n    ${given}`, head)
const jq = (command: string, needs = 'lint, test, changes'): string =>
  withEnv(NEEDS, command).replace('[lint, test]', `[${needs}]`)

/** What a step is made of beside its script, and how it may be handed something. */
const JOBS: Readonly<Record<string, string>> = {
  'a variable whose name begins with a number': env('1X: a'),
  'a variable with a hyphen': env('X-Y: a'),
  'a variable whose name has a space in front': env('" X": a'),
  'a variable with a long odd name': env(`"${'x-'.repeat(60)}": a`),
  'a variable of a shell': env('PATH: a'),
  'a variable with a long name that a runner reads': env(`GITHUB_${'X'.repeat(99)}: a`),
  'a token in a variable': env('GITHUB_TOKEN: "${{ github.token }}"'),
  'a variable twice, at two levels': steps(
    `- run: '${RED.replaceAll("'", "''")}'\n  env: { x: a }`,
    `${ALWAYS}\nenv: { X: b }`,
  ),
  'the same variable at two levels': steps(
    `- run: '[ "$X" = "${R}" ]'\n  env: { X: success }`,
    `${ALWAYS}\nenv: { X: b }`,
  ),
  'a variable twice, by a long name': script(
    RED,
    `env: { ${'A'.repeat(99)}: x, ${'a'.repeat(99)}: y }\n`,
  ),
  'a command in a variable with a long name': env(`${'A'.repeat(99)}: "$(make)"`),
  'an expression that can fail in a variable with a long name': env(
    `${'A'.repeat(99)}: "\${{ fromJSON(needs.test.result) }}"`,
  ),
  'a letter without a meaning in a variable': env('X: "\uE000"'),
  'a command in a variable': env('X: "$(make)"'),
  'a backquote in a variable': env('X: "`make`"'),
  'a command by its number in a variable': env('X: "\\\\x24(make)"'),
  'a command by an octal number in a variable': env('X: "\\\\044(make)"'),
  'a command by a short octal number in a variable': env('X: "\\\\44(make)"'),
  'a backquote by its number in a variable': env('X: "\\\\140make"'),
  'a backquote by a longer number in a variable': env('X: "\\\\0140make"'),
  'a letter by its code in a variable': env('X: "\\\\u0024(make)"'),
  'a letter by a longer code in a variable': env('X: "\\\\u00060make"'),
  'format of a text in a variable': env(`X: "\${{ format('{0}', needs.test.result) }}"`),
  'format of what is not told in a variable': env('X: "${{ format(needs.test.result) }}"'),
  'format of nothing in a variable': env('X: "${{ format() }}"'),
  'join in a variable': env(`X: "\${{ join(needs.*.result, ',') }}"`),
  'fromJSON behind a text in a variable': env(`X: "a \${{ fromJSON('1') }}"`),
  'fromJSON within a function in a variable': env(`X: "\${{ contains(fromJSON('[]'), 'a') }}"`),
  'an expression that cannot be read in a variable': env('X: "${{ needs. }}"'),
  'a condition of blanks': steps(`- if: ' '\n  run: exit 1`),
  'a condition with a blank before it': steps(`- if: " \${{ failure() }}"\n  run: exit 1`),
  'a condition without braces and a blank before it': steps(`- if: " failure()"\n  run: exit 1`),
  'a condition that cannot be read': steps('- if: needs.\n  run: exit 1'),
  'a condition that is empty': steps(`- if: ''\n  run: exit 1`),
  'a condition by success() in other letters': steps(
    `- if: SUCCESS () && needs.test.result == 'failure'\n  run: exit 1`,
  ),
  'a condition that asks for no status': steps(
    `- if: needs.test.result == 'failure'\n  run: exit 1`,
    'needs: [lint, test]',
  ),
  'a condition of a run': steps(`- if: github.run_id == '1'\n  run: exit 1`),
  'a script with a letter without a meaning': run('echo "\uE100"'),
  'a script with a return': steps('- run: "echo a\\r\\n"'),
  'a script with a bell': steps('- run: "echo \\a"'),
  'a script with a tab': steps('- run: "echo\\ta"'),
  'a command to the runner with blanks': run('echo "::  add-path::x"'),
  'a matcher for the runner': run('echo "::add-matcher::x"'),
  'an old command to the runner': run('echo "##[set-env name=X]a"'),
  'a word for the log of the runner': run('echo "::error::a"'),
  'a number for a dollar': run('echo "\\x24"'),
  'a number for a backquote': run('echo "\\x60"'),
  'an octal number for a dollar': run('echo "\\044"'),
  'a short octal number for a dollar': run('echo "\\44"'),
  'a short octal number for a backquote': run('echo "\\140"'),
  'a code for a backquote': run('echo "\\u0060"'),
  'a thousand parts': run('echo ${{ needs.test.result }} '.repeat(499)),
  'exactly a thousand parts': run('echo ${{ needs.test.result }} '.repeat(500).trim()),
  'more than a thousand parts': run('echo ${{ needs.test.result }} '.repeat(501)),
  'an expression that puts the event in': run('echo ${{ github.event_name }}'),
  'an expression that puts a variable in': script(
    `echo \${{ env.X }}\n${RED}`,
    'env: { X: "a b" }\n',
  ),
  'an expression that puts what may be anything of a variable in': script(
    `echo \${{ env.X || needs.test.result }}\n${RED}`,
    'env: { X: "a;b" }\n',
  ),
  'an expression that puts a variable in, with a command and a result in it': script(
    `echo \${{ env.X }}\n${RED}`,
    `env: { X: "; ./x ${R}" }\n`,
  ),
  'an expression that puts a variable in, with a command and JSON in it': script(
    `echo \${{ env.X }}\n${RED}`,
    'env: { X: "; ./x ${{ toJSON(needs.test.result) }}" }\n',
  ),
  'an expression that puts odd letters in': run(`echo \${{ 'a;b' }}`),
  'an expression that puts odd letters in, or a result': run(
    `echo \${{ needs.test.result || 'a;b' }}`,
  ),
  'an expression that puts plain letters in, or a result': run(
    `echo \${{ needs.test.result || 'a b,c:d/e%f@g+h=i-j' }}`,
  ),
  'an expression that puts a number in': run('exit ${{ 0 }}'),
  'an expression that puts no JSON in': run(`echo '\${{ toJSON(needs.test.result) }}'`),
  'JSON in double quotes': run('echo "${{ toJSON(needs) }}"'),
  'JSON without quotes': run('echo ${{ toJSON(needs) }}'),
  'JSON in a comment': run('true # ${{ toJSON(needs) }}'),
  'a result in a comment': run('true # ${{ needs.test.result }}'),
  'JSON in a document': script(
    'jq -e \'all(.[]; .result == "success")\' <<E\n${{ toJSON(needs) }}\nE',
  ),
  'JSON with outputs in a quoted document': script(
    "jq -e 'all(.[]; .result == \"success\")' <<'E'\n${{ toJSON(needs) }}\nE",
  ).replace('[lint, test]', '[lint, changes]'),
  'a runner of several labels': script(RED).replace('ubuntu-latest', '[self-hosted, linux]'),
  'a runner of several labels, one of them Windows': script(RED).replace(
    'ubuntu-latest',
    '[self-hosted, windows]',
  ),
  'a runner of several labels, one by expression': script(RED).replace(
    'ubuntu-latest',
    '[self-hosted, "${{ matrix.os }}"]',
  ),
  'a runner that is not told': script(RED).replace('runs-on: ubuntu-latest\n', ''),
  'a shell with a long name': steps(`- shell: ${'x'.repeat(99)}\n  run: true`),
  'alls-green of the needs': allsGreen('jobs: ${{ toJSON(needs) }}'),
  'alls-green with blanks around': allsGreen(`jobs: ' \${{ toJSON(needs) }} '`),
  'alls-green with a text behind': allsGreen('jobs: ${{ toJSON(needs) }} x'),
  'alls-green of one need': allsGreen('jobs: ${{ toJSON(needs.test) }}'),
  'alls-green of the event': allsGreen('jobs: ${{ toJSON(github) }}'),
  'alls-green of two': allsGreen('jobs: ${{ toJSON(needs, needs) }}'),
  'alls-green of a result': allsGreen('jobs: ${{ needs.test.result }}'),
  'alls-green of JSON read': allsGreen('jobs: ${{ fromJSON(needs) }}'),
  'alls-green of a name that only looks like needs': allsGreen('jobs: ${{ toJSON(ne.eds) }}'),
  'alls-green of a text': allsGreen('jobs: all'),
  'alls-green of nothing': allsGreen('allowed-skips: lint'),
  'alls-green without inputs': steps('- uses: re-actors/alls-green@v1'),
  'alls-green with an input that is not known': allsGreen(
    `jobs: \${{ toJSON(needs) }}\n    ${'x'.repeat(99)}: a`,
  ),
  'alls-green with a literal that may fail': allsGreen(
    'jobs: ${{ toJSON(needs) }}\n    allowed-failures: lint',
  ),
  'alls-green with what a run tells': allsGreen(
    'jobs: ${{ toJSON(needs) }}\n    allowed-failures: ${{ github.actor }}',
  ),
  'alls-green of no needs': allsGreen('jobs: ${{ toJSON(needs) }}', 'if: always()'),
  'alls-green of a commit': steps(
    '- uses: re-actors/alls-green@05ac9388f0aebcb5727afa17fcccfecd6f8ec5fe\n' +
      '  with: { jobs: "${{ toJSON(needs) }}" }',
  ),
  'alls-green and a script in one step': steps(
    '- uses: re-actors/alls-green@v1\n  run: true\n  with: { jobs: "${{ toJSON(needs) }}" }',
  ),
  'another action with a long name': steps(`- uses: owner/${'x'.repeat(99)}@v1`),
  'a step with two keys that are not known': steps(
    `- run: true\n  background: true\n  parallel: ${'x'.repeat(9)}`,
  ),
  'a step with a long key that is not known': steps(`- run: true\n  ${'x'.repeat(99)}: y`),
  'a step without a script': steps('- name: a'),
  'a polling job of one need': script(
    'curl -sf "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status" | jq -e .state',
  ),
  'jq by a flag that takes several inputs': jq('jq -s -e length <<< "$NEEDS"'),
  'jq by a long flag that takes several inputs': jq('jq --slurp -e length <<< "$NEEDS"'),
  'jq by flags in one word': jq(`jq -rsn --argjson n "$NEEDS" '$n | keys | length'`),
  'jq by a variable that is text': jq(`jq -ne --arg n "$NEEDS" '$n'`),
  'jq by a variable that is text, without outputs': jq(`jq -ne --arg n "$NEEDS" '$n'`, 'lint'),
  'jq by two variables': jq(
    `jq -ne --argjson n "$NEEDS" --arg x a '($n | length) > 1 and $x == "a"'`,
  ),
  'jq by a variable without a value': jq('jq -ne --argjson n'),
  'jq by a variable with an odd name': jq(`jq -ne --argjson 1n "$NEEDS" '1'`),
  'jq by a variable that it keeps for itself': jq(`jq -ne --argjson __loc__ "$NEEDS" '1'`),
  'jq by named arguments': jq(`jq -ne --argjson ARGS "$NEEDS" '1'`),
  'jq without an input': jq(`jq -e '.lint.result'`),
  'jq of a file': jq(`jq -e '.lint.result' needs.json`),
  'jq with a flag that is not known': jq(`jq -C -e '.lint.result' <<< "$NEEDS"`),
  'jq whose program is not told': jq(`jq -e "$P" <<< "$NEEDS"`),
  'jq without a program': jq(`jq -e <<< "$NEEDS"`),
  'jq of needs behind a text': jq(`jq -e '.lint.result' <<< "x $NEEDS"`),
  'jq of needs with blanks around': jq(`jq -e '.lint.result' <<< " $NEEDS "`),
  'jq of an entry': jq(`jq -e '.lint' <<< "$NEEDS"`),
  'jq that prints a number': jq(
    `n=$(jq 'map(select(.result != "success")) | length' <<< "$NEEDS")\n(( n == 0 ))`,
  ),
  'jq that prints a number, with a comment': jq(
    `n=$(jq 'map(.result) # | length' <<< "$NEEDS")\n(( n == 0 ))`,
  ),
  'jq that prints words': jq(
    `for r in $(jq -r '.[].result' <<< "$NEEDS"); do [ "$r" = success ] || exit 1; done`,
  ),
  'jq that prints a list': jq(
    `for r in $(jq -c '[.[].result]' <<< "$NEEDS"); do [ "$r" = success ] || exit 1; done`,
  ),
  'jq that prints a list by a long flag': jq(
    `for r in $(jq --compact-output '[.[].result]' <<< "$NEEDS"); do [ "$r" = a ]; done`,
  ),
  'jq that prints a text with a bracket': jq(
    `for r in $(jq -r '.[].result + "[a]"' <<< "$NEEDS"); do [ "$r" = a ]; done`,
  ),
  'jq that prints a star': jq(
    `for r in $(jq -r '.[].result * 2' <<< "$NEEDS"); do [ "$r" = a ]; done`,
  ),
  'jq by its word for no input': jq(
    `jq --null-input -e --argjson n "$NEEDS" '$n | all(.[]; .result == "success")'`,
  ),
  'jq by raw and joined output': jq(`jq -rj '.[].result' <<< "$NEEDS" | grep -q failure && exit 1`),
  'grep for a join': script(`grep -q "\${{ join(needs.*.result, ' ') }}" <<< success`),
  'grep for a result': script(`grep -q "${R}" <<< success`),
  'read of needs': jq('read -r X <<< "$NEEDS"\n[[ $X -eq 1 ]]', 'lint, test'),
  'read of a result': script(`read -r X <<< "${R}"\n[ $X = success ]`),
  'read of a list': script(`read -ra X <<< "\${{ join(needs.*.result, ' ') }}"\n[ $X = success ]`),
}

describe('what a job does, by its steps', () => {
  const keep = keptIn(new URL('./steps.json', import.meta.url), Object.keys(JOBS))

  it.each(Object.entries(JOBS))('%s', async (name, body) => {
    keep(name, workOf(...(await readUmbrella(body))))
  })
})
