import { describe, expect, it } from '@jest/globals'
import type { JobWork } from '../../src/workflow/classify.js'
import { workOf } from '../../src/workflow/classify.js'
import { keptIn } from '../support/kept.js'
import { readUmbrella, script, steps } from '../support/umbrella-jobs.js'

/** What every umbrella does, and what makes this one fail for a reason of its own. */
const R = '[ "${{ needs.test.result }}" = success ] || exit 1\n'
const OWN = '[ "$GITHUB_ACTOR" = bot ] || exit 1'

/** The same, after which all that follows rests on a result. */
const G = 'if [ "${{ needs.test.result }}" != success ]; then exit 1; fi\n'
const withNeeds = (run: string, needs = 'lint, test, changes', more = ''): string =>
  script(run, more).replace('[lint, test]', `[${needs}]`)
const NEEDS = 'env: { NEEDS: "${{ toJSON(needs) }}" }\n'
const STATUSES = '"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status"'

const HIDES: Readonly<Record<string, string>> = {
  'arith text assigns': script(R + `Y=0\nX='Y=1'\n: $((X))\nif [ "$Y" = 1 ]; then ${OWN}; fi`),
  'echo -n': script(R + `if [ "$(echo -n a)" = a ]; then ${OWN}; fi`),
  'echo brace': script(R + `if [ "$(echo a{b,c})" = "ab ac" ]; then ${OWN}; fi`),
  'echo splits': script(R + `X='a  b'\nif [ "$(echo $X)" = "a b" ]; then ${OWN}; fi`),
  'subst newline': script(R + `X="$(cat <<E\na\nE\n)"\nif [ "$X" = a ]; then ${OWN}; fi`),
  'tilde assign': script(R + `X=~\nif [ "$X" != "~" ]; then ${OWN}; fi`),
  'tilde [[': script(R + `if [[ ~ != "~" ]]; then ${OWN}; fi`),
  'tilde case': script(R + `case ~ in "~") ;; /*) ${OWN} ;; esac`),
  'case quoted star': script(R + `case a in '*') ;; *) ${OWN} ;; esac`),
  'case escaped star': script(R + `case a in \\*) ;; *) ${OWN} ;; esac`),
  '[[ quoted star part': script(R + `if [[ xa == "*"a ]]; then :; else ${OWN}; fi`),
  '[[ quoted var star': script(R + `P='*'\nif [[ a == "$P" ]]; then :; else ${OWN}; fi`),
  octal: script(R + `if [[ 010 -eq 10 ]]; then :; else ${OWN}; fi`),
  big: script(R + `if [ 9007199254740993 -eq 9007199254740992 ]; then :; else ${OWN}; fi`),
  huge: script(R + `if [ 99999999999999999999 -gt 1 ]; then :; else ${OWN}; fi`),
  'if string <': steps(`- run: '${R.trim()}'\n- if: "'a' < 'b'"\n  run: '${OWN}'`),
  'if env case': steps(
    `- run: '${R.trim()}'\n- if: env.foo != 'x'\n  run: '${OWN}'`,
    'if: always()\nneeds: [lint, test]\nenv: { FOO: x }',
  ),
  'if step env': steps(
    `- run: '${R.trim()}'\n- if: env.FOO == 'y'\n  env: { FOO: y }\n  run: '${OWN}'`,
    'if: always()\nneeds: [lint, test]\nenv: { FOO: x }',
  ),
  'if block scalar': steps(`- run: '${R.trim()}'\n- if: |\n    \${{ 1 == 2 }}\n  run: '${OWN}'`),
  'env fromJSON': steps(
    `- run: '${R.trim()}'\n  env: { C: "\${{ fromJSON(needs.changes.outputs.coverage) }}" }`,
    'if: always()\nneeds: [lint, test, changes]',
  ),
  'env fromJSON.field': steps(
    `- run: '${R.trim()}'\n  env: { C: "\${{ fromJSON(needs.changes.outputs.coverage).x }}" }`,
    'if: always()\nneeds: [lint, test, changes]',
  ),
  'env hashFiles': steps(`- run: '${R.trim()}'\n  env: { C: "\${{ hashFiles('x') }}" }`),
  'strategy fromJSON': steps(
    `- run: '${R.trim()}'`,
    'if: always()\n' +
      'needs: [lint, test, changes]\n' +
      'strategy: { fail-fast: "${{ fromJSON(needs.changes.outputs.go) }}" }',
  ),
  'continue fromJSON': steps(
    `- run: '${R.trim()}'`,
    'if: always()\n' +
      'needs: [lint, test, changes]\n' +
      'continue-on-error: "${{ fromJSON(needs.changes.outputs.go) }}"',
  ),
  'step continue fromJSON': steps(
    `- run: '${R.trim()}'\n  continue-on-error: "\${{ fromJSON(needs.changes.outputs.go) }}"`,
    'if: always()\nneeds: [lint, test, changes]',
  ),
  'name fromJSON': steps(
    `- run: '${R.trim()}'\n  name: "\${{ fromJSON(needs.changes.outputs.go) }}"`,
    'if: always()\nneeds: [lint, test, changes]',
  ),
  'concurrency fromJSON': steps(
    `- run: '${R.trim()}'`,
    'if: always()\n' +
      'needs: [lint, test, changes]\nconcurrency: "${{ fromJSON(needs.changes.outputs.go) }}"',
  ),
  'matrix literal expr': steps(
    `- run: '${R.trim()}'`,
    'if: always()\n' +
      'needs: [lint, test, changes]\n' +
      'strategy: { matrix: { x: ["${{ fromJSON(needs.changes.outputs.go) }}"] } }',
  ),
  BASHPID: script(R + `BASHPID=1\nif [ "$BASHPID" = 1 ]; then :; else ${OWN}; fi`),
  EPOCH: script(R + `EPOCHSECONDS=0\nif [ "$EPOCHSECONDS" -gt 1790000000 ]; then exit 1; fi`),
  SRANDOM: script(R + `SRANDOM=0\nif [ "$SRANDOM" -gt 1790000000 ]; then exit 1; fi`),
  LINENO: script(R + `LINENO=0\nif [ "$LINENO" -gt 3 ]; then ${OWN}; fi`),
  'SHLVL env': script(R + `if [ "$SHLVL" = 1 ]; then :; else ${OWN}; fi`, 'env: { SHLVL: "1" }\n'),
  'PWD env': script(R + `if [ "$PWD" = a ]; then :; else ${OWN}; fi`, 'env: { PWD: "a" }\n'),
  'the last word, in $_': script(R + `_=a\necho b\nif [ "$_" = b ]; then ${OWN}; fi`),
  'subst errexit': script(R + `x=$(false; echo a) || true\nif [ "$x" = a ]; then ${OWN}; fi`),
  'pipe errexit': script(
    R + `if ! true | { false; [ "$GITHUB_ACTOR" = b ]; }; then :; else exit 1; fi`,
  ),
  'heredoc tag': script(R + `: <<E-F\nE-F\n${OWN}\n: <<true\nE\ntrue`),
  'heredoc tag quote': script(R + `: <<'E'F\nEF\n${OWN}\n: <<true\nE\ntrue`),
  'dollar continuation': script(R + `if [ "$\\\nGITHUB_ACTOR" = bot ]; then exit 1; fi`),
  '[ ! $X = a ]': script(R + `X=\nif [ ! $X = a ]; then :; else ${OWN}; fi`),
  '[ -n $X ]': script(R + `X=\nif [ -n $X ]; then ${OWN}; fi`),
  '[ $X ] file': script(R + `X='-e /opt/x'\n[ $X ] || exit 1`),
  'curl run': script(
    'curl -sf "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" | ' +
      `jq -e '.actor.login == "bot"'`,
  ),
  'comment expr': script(R + `# \${{ github.event.pull_request.body }}`),
  'dead expr': script(R + `if false; then echo "\${{ github.event.pull_request.body }}"; fi`),
  'jq arg twice': steps(
    `- run: |\n    jq -en --arg n "$NEEDS" --arg n x '$n | contains("coverage=9")'`,
    'if: always()\n' + 'needs: [lint, test, changes]\nenv: { NEEDS: "${{ toJSON(needs) }}" }',
  ),
  'env octal yaml': script(R + `if [ "$X" = 10 ]; then :; else ${OWN}; fi`, 'env: { X: 010 }\n'),
  'env 1.0 yaml': script(R + `if [ "$X" = 1 ]; then :; else ${OWN}; fi`, 'env: { X: 1.0 }\n'),
  'env True yaml': script(R + `if [ "$X" = true ]; then :; else ${OWN}; fi`, 'env: { X: True }\n'),
  'array scalar assign': script(
    R + `A=(x y)\nA=z\nfor i in "\${A[@]}"; do if [ "$i" = y ]; then ${OWN}; fi; done`,
  ),
  'dev stdout': script(
    G + 'X=$(echo "$GITHUB_ACTOR" > /dev/stdout)\n[ "$X" = bot ] && exit 1\ntrue',
  ),
  '2>&1 group': script(
    G + 'X=$({ echo "$GITHUB_ACTOR" >&2; } 2>&1)\nif [ "$X" = bot ]; then exit 1; fi',
  ),
  '2>&1 >&2': script(G + 'X=$(echo "$GITHUB_ACTOR" 2>&1 >&2)\nif [ "$X" = bot ]; then exit 1; fi'),
  'set -x 2>&1': script(
    G + 'X=$({ set -x; : "$GITHUB_ACTOR"; } 2>&1)\nif [[ "$X" == *bot* ]]; then exit 1; fi',
  ),
  'set prints': script(G + 'X=$(set)\nif [[ "$X" == *bot* ]]; then exit 1; fi'),
  'export prints': script(G + 'X=$(export)\nif [[ "$X" == *bot* ]]; then exit 1; fi'),
  'arith name': script(G + 'X=$(printf GITHUB_RUN_NUMBER)\nif (( X > 5 )); then exit 1; fi'),
  '[[ -gt name': script(G + 'X=$(printf RANDOM)\nif [[ $X -gt 5 ]]; then exit 1; fi'),
  'arith $$': script(G + 'if (( $$ > 5000 )); then exit 1; fi'),
  'arith ${!X}': script(
    G + 'X=$(printf GITHUB_RUN_NUMBER)\nif (( ${!X} > 5000 )); then exit 1; fi',
  ),
  'arg length': withNeeds('jq -en --arg n "$NEEDS" \'$n | length < 500\'', undefined, NEEDS),
  'json nested': withNeeds(
    'echo "{\\"x\\":{\\"result\\": $NEEDS}}" | jq -e \'.x.result.changes.outputs.coverage == "1"\'',
    undefined,
    NEEDS,
  ),
  'need json': withNeeds(
    "echo '${{ toJSON(needs.changes) }}' | jq -e '.outputs.result == \"ok\"'",
    'lint, changes',
  ),
  'json quote': withNeeds(
    "jq -e 'all(.[]; .result == \"success\")' <<< '${{ toJSON(needs) }}'",
    'lint, changes',
  ),
  'json heredoc': withNeeds(
    'jq -e \'all(.[]; .result == "success")\' <<E\n${{ toJSON(needs) }}\nE',
    'lint, changes',
  ),
  'jq arg split': script(
    G + `X='v env.GITHUB_ACTOR=="bot" --arg m'\njq -en --arg n $X '$n|length'`,
  ),
  'grep split': script(G + `X='ok coverage.txt'\ngrep -q $X <<< a`),
  'grep opt': script(G + `X='-fcoverage.txt'\ngrep -q "$X" <<< a`),
  'grep array': script(G + `A=(ok coverage.txt)\ngrep -q "\${A[@]}" <<< a`),
  'grep file -e': script(G + `grep -q coverage.txt -e ok <<< a`),
  'grep --': script(G + `grep -- -q coverage.txt <<< a`),
  'grep join': script("grep -q success ${{ join(needs.*.result, ' ') }} <<< a"),
  'grep join2': script("grep -q ${{ join(needs.*.result, ' ') }} <<< a"),
  'test join': script("[ ${{ join(needs.*.result, ' -a -e coverage.txt -a ') }} ]"),
  'test array': script(G + 'A=(-e coverage.txt)\n[ "${A[@]}" ] || exit 1'),
  'test unknown': script(G + `X='-e_coverage.txt'\nX=\${X/_/ }\n[ $X ] || exit 1`),
  'echo glob': script(G + `X='*'\nn=$(echo $X)\n[ "$n" = '*' ] || exit 1`),
  'for glob': script(G + `X='*'\nfor f in $X; do [ "$f" = '*' ] || exit 1; done`),
  'for glob subst': script(G + `for f in $(echo '*'); do [ "$f" = '*' ] || exit 1; done`),
  'for glob jq': script(G + `for f in $(jq -n -r '"*"'); do [ "$f" = '*' ] || exit 1; done`),
  'array glob': script(G + `X='*'\nA=($X)\n[ "$A" = '*' ] || exit 1`),
  'array glob lit': script(G + `A=(*)\n[ "$A" = '*' ] || exit 1`),
  'curl header split': script('X="Accept: x file:///opt/x"\ncurl -sf -H $X ' + STATUSES),
  'curl header array': script('A=("Accept: x" file:///opt/x)\ncurl -sf -H "${A[@]}" ' + STATUSES),
  'while status': script(G + `X=a\nwhile [ "$X" = a ]; do X=b; [ "$X" = c ]; done || { ${OWN}; }`),
  'default subst': script(G + `Y=1\nX=\${Y:-$(false)} && { ${OWN}; }\ntrue`),
  'false arith': script(
    G + `X=0\nfalse $((X=GITHUB_RUN_NUMBER)) || true\nif [ "$X" -gt 5 ]; then exit 1; fi`,
  ),
  'jq arg name arith': script(
    G + `X=0\njq -n --arg "$((X=GITHUB_RUN_NUMBER))" v 1\nif [ "$X" -gt 5 ]; then exit 1; fi`,
  ),
  'exit two': script(G + `X=$(printf '0 0')\nset +e\nexit $X\n${OWN}`),
  'redirect subst status': script(G + `X=1 <<< "$(false)" || { ${OWN}; }`),
  'test [*]': script(G + 'A=(-e cov)\n[ ${A[*]} ] || exit 1'),
  'test [*] assigned': script(G + 'A=(-e cov)\nX="${A[*]}"\n[ $X ] || exit 1'),
  'for list glob': script(G + `A=('*')\nfor f in \${A[@]}; do [ "$f" = '*' ] || exit 1; done`),
  'read, then split': script(G + `read -r X <<< '-e cov'\n[ $X ] || exit 1`),
  'jq of two texts': withNeeds(`jq -e length <<< "[] $NEEDS"`, undefined, NEEDS),
  'default arith': script(G + 'X=\nX=${X:-RANDOM}\n[[ $X -gt 5 ]] && exit 1\ntrue'),
  locale: script(G + '[[ a < B ]] || exit 1'),
  'sh arith': script(G + 'make=0\n(( make )) || true', 'defaults: { run: { shell: sh } }\n'),
  'jq ENV arg': script(G + `jq -en --arg ENV x '$ENV.GITHUB_ACTOR == "bot"'`),
  pythonpath: steps(
    '- uses: re-actors/alls-green@v1\n  with: { jobs: "${{ toJSON(needs) }}" }',
    'if: always()\nneeds: [lint]\nenv: { PYTHONPATH: . }',
  ),
  NaN: steps(`- run: '${R.trim()}'\n- if: "!(-0x1)"\n  run: '${OWN}'`),
}

const T = '"${{ needs.test.result }}"'

/**
 * These end red although every need is green: bash ends each with a failure. It shows only to who
 * reads them letter by letter.
 */
const RED_OVER_GREEN: Readonly<Record<string, string>> = {
  'echo has no blank before its text': script(`X=$(echo ${T})\n[ "$X" != success ]`),
  'a substitution ends without its last line end': script(
    `X=${T}\nX=$(cat <<E\n$X\nE\n)\n[ "$X" != success ]`,
  ),
  'a document loses its tabs': script(
    `X=$(cat <<-E\n\t\${{ needs.test.result }}\n\tE\n)\n[ "$X" != success ]`,
  ),
  'a pattern in quotes is a text': script(`P="s*"\n[[ ${T} == "$P" ]]`),
  'sleep for no time': script(R + 'sleep'),
  'a test of a substitution that prints nothing': script(R + '[ "!" != $(true) ]'),
  'a line that begins with a semicolon': script(R + 'if true; then true\n; fi'),
}

const J = "${{ join(needs.*.result, ' ') }}"
const E = '${{ needs.nope.result }}'
const afterResults = (condition: string): string =>
  steps(`- run: '${R.trim()}'\n- if: ${JSON.stringify(condition)}\n  run: exit 1`)

/** Each is red though all it needs is green, by its text or as chance will have; by the rule. */
const RED_BY_ITS_TEXT: Readonly<Record<string, readonly string[]>> = {
  'a list of nothing is an empty text': [
    script(G + 'X=()\n[ "$X" = "" ] && exit 1\nexit 0'),
    script(G + 'E=\nA=($E)\n[ "$A" = "" ] && exit 1\nexit 0'),
  ],
  'a regular expression that only JavaScript knows': [
    script(`[[ \${{ needs.test.result }} =~ s(?:uccess) ]]`),
  ],
  'what rests on literals alone may be red': [
    script(G + '[ "$(printf "a%s" b)" = c ]'),
    script(G + 'X=a\nX+=b\n[ "$X" = c ]'),
    script(G + '(( 1 > 2 ))'),
    script(G + 'n=0\n((n++))'),
    script(G + 'grep -q a <<< b'),
    script(G + 'read -r X <<E\nE'),
    script(G + 'false | cat'),
    script(G + 'for i in 1; do false; done'),
  ],
  'exit without a number ends as the last command did': [
    script(`[ ${T} = succes ] || exit`),
    script(`[ ${T} = succes ] || exit $?`),
    script(`[ ${T} = succes ] || exit "$?"`),
    script(`if [ ${T} = succes ]; then :; else exit; fi`),
    script(`set +e\n! [ ${T} = success ]\nexit`),
  ],
  'an expression is put in before a shell looks for words': [
    ...[`X=${J}`, `[[ ${J} == x ]] || true`, `case ${J} in a) ;; esac`].map(one => script(R + one)),
    ...[`grep -c u <<< ${J}`, `case a in ${J}) ;; esac`].map(one => script(R + one)),
    ...[`[[ ${E} == a ]] || true`, `[[ a == ${E} ]] || true`].map(one => script(R + one)),
    ...[`case ${E} in a) ;; esac`, `cat <<< ${E}`].map(one => script(R + one)),
    script(R + "case a in ${{ 'esac' }}) ;; esac"),
    script(R + "[[ ${{ '-n' }} ]] || true"),
  ],
  'an expression joins its neighbours': [
    script(`X=a\n[ "$X\${{ needs.test.result }}" = asuccess ]`),
    script(G + `HOM=x\nif [ "$HOM\${{ 'E' }}" = xE ]; then :; else exit 1; fi`),
    script(G + `[ "$\${{ 'HOME' }}" = /root ] || exit 1`),
    script(R + `[ a = a ${E}#]\n`),
    script(R + `echo "\\${E}"`),
  ],
  'a line of a document is its end': [
    script(R + 'cat <<success\n${{ needs.test.result }}\nmake\nsuccess'),
    script(R + `cat <<E\nE${E}\nmake\nE`),
    script(R + `cat <<-E\n\t\${{ 'E' }}\n\tmake\n\tE`),
  ],
  'arithmetic that is none': [
    ...['1 +', '08', '1 2', '1 = 2', '2 ** -1', '1++', ',', '1 ? 2', '()', '!'].map(one =>
      script(R + `: $((${one}))`),
    ),
    script(R + 'X=08\n: $((X + 1))'),
    script(R + 'X=\n: $((1 + $X))'),
    script(R + 'X=5\nY=-1\n: $((X-$Y))'),
    script(R + 'X=1\n: $(($X++))'),
  ],
  'a test over two lines': [
    script(`[[ ${T} ==\n  success ]]`),
    script(`[[ ${T}\n  == success ]]`),
    script(`[[ ${T}\n]]`),
    script(`[[ -n\n  ${T} ]]`),
  ],
  'a test of a number that is none': [
    script(`[ ${T} -eq 0 ]`),
    script(`if [ ${T} -eq 0 ]; then :; else exit 1; fi`),
    script(G + 'X=\n[ ! "$X" -eq 0 ]'),
  ],
  'a regular expression that is none, or names another text': [
    ...['[', 'a{2,1}', '*x', '^succes$', '"suc.ess"'].map(one => script(`[[ ${T} =~ ${one} ]]`)),
  ],
  'a pipe whose reader may end first': [
    script(R + 'set -o pipefail\necho a | true'),
    script(R + 'set -o pipefail\n{ echo a; echo b; } | grep -q a || true'),
    script(R + "set -o pipefail\necho '{}' | jq -n 1"),
  ],
  'what servers read in two ways': [
    ...["'a' < 'b'", "needs.test.result < 'z'", "!startsWith(needs.*.result, 'A')"],
    ...["!('0b1' == 1)", '-0x1 == -1', "needs['*'].result != 'success'", "'\u212a' != 'k'"],
    ...["contains(0.00001, 'E')", "join(needs.*.result, ',') != 'success'"],
  ].map(text => (text.includes('\n') ? text : afterResults(text))),
  'what sh does not read as bash does': [
    ...[`[ ${T} == success ]`, 'set -o pipefail', 'set -euo pipefail', 'set -o errtrace'],
    ...['X=a\nX+=b', 'X=1\n: $((X++))', 'echo "${X[@]}"', 'export X+=a', "printf '%q' a"],
    ...["Y='a -b'\nexport X=$Y", 'for x in a; { :; }', 'X=a\necho &> /dev/null'],
    'read -r <<E || true\na\nE',
  ].map(one => script(R + one, 'defaults: { run: { shell: sh } }\n')),
  'time that is up before it began': [
    script(R.trim(), 'timeout-minutes: 0.001\n'),
    steps(`- run: '${R.trim()}'\n  timeout-minutes: 0.001`),
  ],
}

/** What the umbrella with these lines does. */
const work = async (body: string): Promise<JobWork> => workOf(...(await readUmbrella(body)))

const numbered = Object.entries(RED_BY_ITS_TEXT).flatMap(([rule, bodies]) =>
  bodies.map((body, at) => [`${rule}, ${String(at + 1)}`, body] as const),
)

const SCENES = { ...HIDES, ...RED_OVER_GREEN, ...Object.fromEntries(numbered) }

describe('a job that can fail for a reason of its own is never said to only judge', () => {
  const keep = keptIn(new URL('./classify.json', import.meta.url), Object.keys(SCENES))

  it.each(Object.entries(SCENES))('%s', async (name, body) => {
    const found = await work(body)
    expect(found.kind).toBe('other-work')
    keep(name, found)
  })

  it('the umbrella without any of that only judges', async () => {
    expect(await work(script(R))).toEqual({ kind: 'only-judges', by: 'needs' })
  })
})
