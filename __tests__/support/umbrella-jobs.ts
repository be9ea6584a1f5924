import type { Workflow, WorkflowJob } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map(line => `${' '.repeat(by)}${line}`)
    .join('\n')

/** A file whose last job is the umbrella, from the lines below its id. */
const fileWith = (body: string, others = ''): string =>
  `name: CI\non: [pull_request]\n${others}jobs:\n` +
  '  lint:\n    runs-on: x\n    steps: [{ run: make lint }]\n' +
  '  test:\n    runs-on: x\n    steps: [{ run: make test }]\n' +
  '  changes:\n    runs-on: x\n    outputs: { go: x, coverage: y, result: z }\n' +
  '    steps: [{ run: make }]\n' +
  `  all:\n${indented(body, 4)}\n`

/** The file, and the umbrella in it. */
export async function readUmbrella(
  body: string,
  others?: string,
  path = '.github/workflows/ci.yml',
): Promise<readonly [Workflow, WorkflowJob]> {
  const file = await parseWorkflow(path, Buffer.from(fileWith(body, others)))
  if (file.kind !== 'workflow') throw new Error(file.why)
  const job = file.jobs.find(({ id }) => id === 'all')
  if (job === undefined) throw new Error('there is no umbrella')
  return [file, job]
}

/** An umbrella that always runs and whose only step is this script. */
export const script = (run: string, more = ''): string =>
  `runs-on: ubuntu-latest\nif: always()\nneeds: [lint, test]\n${more}steps:\n  - run: |\n` +
  indented(run, 6)

export const withEnv = (env: string, run: string): string => script(run, `env:\n  ${env}\n`)
export const NEEDS = 'NEEDS: ${{ toJSON(needs) }}'
export const steps = (list: string, head = 'if: always()\nneeds: [lint, test]'): string =>
  `runs-on: x\n${head}\nsteps:\n${indented(list, 2)}`

const API = '${{ github.api_url }}/repos/${{ github.repository }}'

/** What people write, and what it is. */
export const JUDGE_BY_NEEDS: Readonly<Record<string, string>> = {
  'a condition on a step, and exit': steps(
    "- if: contains(needs.*.result, 'failure')\n  run: exit 1",
  ),
  'two conditions on a step': steps(
    "- if: contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')\n" +
      '  run: |\n    echo "::error::a job failed"\n    exit 1\n- run: echo ok',
  ),
  'a condition in braces': steps("- if: ${{ contains(needs.*.result, 'failure') }}\n  run: exit 1"),
  'a job that runs on failure alone': steps('- run: exit 1', 'if: failure()\nneeds: [lint, test]'),
  'a job that runs on failure or cancellation': steps(
    '- run: exit 1',
    'if: ${{ failure() || cancelled() }}\nneeds: [lint, test]',
  ),
  'a condition on the job by result': steps(
    '- run: |\n    echo failed\n    false',
    "if: always() && contains(needs.*.result, 'failure')\nneeds: [lint, test]",
  ),
  'a job that no cancellation stops': steps(
    "- if: needs.lint.result != 'success'\n  run: exit 1",
    'if: ${{ !cancelled() }}\nneeds: [lint, test]',
  ),
  'names in another case': steps(
    "- if: ALWAYS() && Contains(NEEDS.*.Result, 'failure')\n  run: exit 1",
  ),
  'an index in brackets': steps("- if: needs['lint'].result != 'success'\n  run: exit 1"),
  'exit by an expression': script("exit ${{ contains(needs.*.result, 'failure') && 1 || 0 }}"),
  'exit by an expression of results': script(
    "exit ${{ (needs.lint.result == 'success' && needs.test.result == 'success') && '0' || '1' }}",
  ),
  'a test of each result': script(
    '[ "${{ needs.lint.result }}" = "success" ]\n[ "${{ needs.test.result }}" = "success" ]',
  ),
  'tests joined': script(
    '[ "${{ needs.lint.result }}" = success ] && [ "${{ needs.test.result }}" = success ]',
  ),
  'tests without quotes': script('test ${{ needs.lint.result }} = success'),
  'if and exit': script(
    'if [ "${{ needs.lint.result }}" != "success" ]; then\n  echo "lint failed"\n  exit 1\nfi',
  ),
  'if with double brackets': script(
    'if [[ "${{ needs.lint.result }}" != "success" || "${{ needs.test.result }}" != "success" ]]' +
      '; then\n  echo "::error::failed"\n  exit 1\nfi\necho "all green"',
  ),
  'success first, then exit 1': script(
    'if [ "${{ needs.lint.result }}" = success ]; then exit 0; fi\nexit 1',
  ),
  'success by ||': script('[ "${{ needs.test.result }}" == "success" ] || exit 1'),
  'success by || with words': script(
    '[[ "${{ needs.test.result }}" == "success" ]] || { echo "test failed"; exit 1; }',
  ),
  else: script(
    "if [[ ${{ contains(needs.*.result, 'failure') }} == true ]]; then\n  exit 1\nelse\n" +
      '  echo fine\nfi',
  ),
  'a loop over results': script(
    'for r in "${{ needs.lint.result }}" "${{ needs.test.result }}"; do\n' +
      '  if [ "$r" != success ]; then\n    echo "$r"\n    exit 1\n  fi\ndone',
  ),
  'a loop over joined results': script(
    "for result in ${{ join(needs.*.result, ' ') }}; do\n" +
      '  [ "$result" = "success" ] || exit 1\ndone',
  ),
  'a loop with a flag': script(
    'failed=0\nfor r in ${{ needs.lint.result }} ${{ needs.test.result }}; do\n' +
      '  if [[ "$r" != "success" && "$r" != "skipped" ]]; then failed=1; fi\ndone\nexit $failed',
  ),
  'a loop with a counter': script(
    'n=0\nfor r in ${{ needs.lint.result }} ${{ needs.test.result }}; do\n' +
      '  [ "$r" = success ] || n=$((n + 1))\ndone\nif (( n > 0 )); then exit 1; fi',
  ),
  'a list of results': script(
    'results=("${{ needs.lint.result }}" "${{ needs.test.result }}")\n' +
      'for r in "${results[@]}"; do\n  if [[ "$r" == "failure" ]]; then exit 1; fi\ndone',
  ),
  'a case': script(
    'case "${{ needs.test.result }}" in\n  success|skipped) echo ok ;;\n  *) exit 1 ;;\nesac',
  ),
  'results in the environment': withEnv(
    'LINT: ${{ needs.lint.result }}',
    'if [ "$LINT" != "success" ]; then exit 1; fi',
  ),
  'results in the environment of the step': steps(
    "- env:\n    R: ${{ join(needs.*.result, ',') }}\n  run: |\n" +
      '    if [[ "$R" == *failure* ]]; then\n      exit 1\n    fi',
  ),
  'a test of the joined results': script(
    '[[ "${{ join(needs.*.result, \',\') }}" =~ failure|cancelled ]] && exit 1 || exit 0',
  ),
  'grep in the joined results': script(
    "if echo \"${{ join(needs.*.result, ',') }}\" | grep -qE 'failure|cancelled'; then exit 1; fi",
  ),
  'jq over a here-string': script(
    "jq -e 'all(.[]; .result==\"success\")' <<<'${{ toJSON(needs) }}'",
  ),
  'jq with a long option': script(
    "jq --exit-status 'all(.result == \"success\")' <<< '${{ toJson(needs) }}'",
  ),
  'jq over the environment': withEnv(
    NEEDS,
    'echo "$NEEDS" | jq -e \'[.[] | .result] | all(. == "success" or . == "skipped")\' > /dev/null',
  ),
  'jq that names what failed': withEnv(
    NEEDS,
    'failed=$(jq -r \'to_entries[] | select(.value.result != "success") | .key\' <<< "$NEEDS")\n' +
      'if [ -n "$failed" ]; then\n  echo "failed: $failed"\n  exit 1\nfi',
  ),
  'jq in a condition': withEnv(
    NEEDS,
    'if ! jq -e \'map(.result) | all(. == "success")\' <<< "$NEEDS" >/dev/null; then\n' +
      '  exit 1\nfi',
  ),
  'jq that counts': withEnv(
    NEEDS,
    'set -euo pipefail\n' +
      'n=$(echo "$NEEDS" | jq \'[.[].result | select(. == "failure")] | length\')\n' +
      '[[ "$n" -eq 0 ]]',
  ),
  'jq by variable': withEnv(
    NEEDS,
    'jq -ne --argjson needs "$NEEDS" \'$needs | all(.[]; .result == "success")\'',
  ),
  'jq and a loop that reads': withEnv(
    NEEDS,
    'jq -r \'.[].result\' <<< "$NEEDS" | while read -r r; do\n' +
      '  if [ "$r" != success ]; then exit 1; fi\ndone',
  ),
  'jq over a here-document': script(
    "jq -e 'all(.[]; .result == \"success\")' <<'EOF'\n${{ toJSON(needs) }}\nEOF",
  ),
  'grep in toJSON(needs) without outputs': withEnv(
    NEEDS,
    'if grep -q \'"result": "failure"\' <<< "$NEEDS"; then exit 1; fi',
  ),
  'needs with outputs, read for results': withEnv(
    NEEDS,
    'jq -e \'all(.[]; .result == "success")\' <<< "$NEEDS"',
  ).replace('[lint, test]', '[lint, test, changes]'),
  'alls-green': steps(
    '- uses: re-actors/alls-green@release/v1\n  with:\n    jobs: ${{ toJSON(needs) }}',
  ),
  'alls-green by its address, with literals': steps(
    '- name: Decide\n  uses: https://github.com/re-actors/alls-green@v1.2.2\n  with:\n' +
      '    allowed-skips: lint\n    allowed-failures: test\n    jobs: ${{ toJSON(needs) }}',
  ),
  'all of contains in the environment': steps(
    "- env:\n    FAILED: ${{ contains(needs.*.result, 'failure') }}\n  run: |\n" +
      '    test "$FAILED" = false',
  ),
  'sh as its shell': steps("- shell: sh\n  run: |\n    [ '${{ needs.lint.result }}' = success ]"),
  'bash on Windows': steps(
    "- shell: bash\n  run: |\n    [ '${{ needs.lint.result }}' = success ]",
  ).replace('runs-on: x', 'runs-on: windows-latest'),
  'a step that may fail besides': steps(
    "- run: exit 1\n  continue-on-error: true\n  if: contains(needs.*.result, 'failure')\n" +
      "- run: test '${{ needs.lint.result }}' = success",
  ),
  'a summary': script(
    'echo "## Results" >> "$GITHUB_STEP_SUMMARY"\n' +
      'if [ "${{ needs.lint.result }}" != "success" ]; then exit 1; fi',
  ),
  'words to the error output': script(
    'if [ "${{ needs.lint.result }}" != "success" ]; then echo "no" >&2; exit 1; fi',
  ),
  'comments and lines that go on': script(
    '# What counts\nif [ "${{ needs.lint.result }}" != "success" ] \\\n' +
      '  || [ "${{ needs.test.result }}" != "success" ]; then # no\n  exit 1\nfi',
  ),
  'nested tests': script(
    'if [ "${{ needs.lint.result }}" != success ]; then\n' +
      '  if [ "${{ needs.lint.result }}" != skipped ]; then\n    exit 1\n  fi\nfi',
  ),
  elif: script(
    'if [ "${{ needs.lint.result }}" = failure ]; then\n  exit 1\n' +
      'elif [ "${{ needs.test.result }}" = failure ]; then\n  exit 2\nelse\n  echo ok\nfi',
  ),
  'a variable that holds a result': script(
    'LINT="${{ needs.lint.result }}"\nTEST="${{ needs.test.result }}"\n' +
      'if [ "$LINT" != "success" ] || [ "$TEST" != "success" ]; then\n  exit 1\nfi',
  ),
  printf: script(
    'printf "%s\\n" "${{ needs.lint.result }}"\n[ "${{ needs.lint.result }}" = success ]',
  ),
  'a word in lower case': script(
    'r="${{ needs.lint.result }}"\nif [ "${r,,}" != "success" ]; then exit 1; fi',
  ),
}

export const JUDGE_BY_POLLING: Readonly<Record<string, string>> = {
  'curl and jq': script(
    `state=$(curl -sSf -H "Authorization: token \${{ github.token }}" "${API}/commits/` +
      '${{ github.sha }}/status" | jq -r .state)\n[ "$state" = success ]',
  ),
  'a loop with curl': script(
    'for i in {1..60}; do\n' +
      `  s=$(curl -sf -H "Authorization: token $TOKEN" "${API}/commits/$SHA/status" ` +
      '| jq -r .state)\n' +
      '  case "$s" in\n    success) exit 0 ;;\n    failure|error) exit 1 ;;\n  esac\n' +
      '  sleep 10\ndone\nexit 1',
    'env:\n  TOKEN: ${{ secrets.GITHUB_TOKEN }}\n' +
      '  SHA: ${{ github.event.pull_request.head.sha || github.sha }}\n',
  ),
  'gh api and its own jq': script(
    'n=$(gh api "repos/${{ github.repository }}/commits/${{ github.sha }}/check-runs" ' +
      '--jq \'[.check_runs[] | select(.conclusion == "failure")] | length\')\n' +
      'if [ "$n" -gt 0 ]; then exit 1; fi',
    'env:\n  GH_TOKEN: ${{ github.token }}\n',
  ),
  'while, by the variables of the runner': script(
    'i=0\nwhile [ $i -lt 30 ]; do\n' +
      '  url="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status"\n' +
      '  if curl -sf "$url" | jq -e \'.state == "success"\' >/dev/null; then exit 0; fi\n' +
      '  i=$((i + 1))\n  sleep 5\ndone\nexit 1',
  ),
  'jobs of the run, on Gitea': script(
    'curl -s -H "Authorization: token ${{ gitea.token }}" ' +
      '"${{ gitea.server_url }}/api/v1/repos/${{ gitea.repository }}/actions/runs/' +
      '${{ gitea.run_id }}/jobs?limit=50" | ' +
      'jq -e \'all(.jobs[]; .conclusion != "failure")\'',
  ),
  until: script(
    'until curl -sf "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/statuses/$GITHUB_SHA" ' +
      '| jq -e \'all(.[]; .status != "pending")\'; do sleep 3; done',
  ),
}

export const READ_NOTHING: Readonly<Record<string, string>> = {
  echo: script('echo "all green"'),
  true: script('true'),
  'a colon': script(':'),
  'exit 0': script('exit 0'),
  'echo without a condition': steps('- run: echo done', 'needs: [lint, test]'),
  'echo of results': script('echo "${{ toJSON(needs.*.result) }}"').replace(/"(\$.*\}\})"/, "'$1'"),
  'echo of a variable': script('echo "$SOMETHING $RANDOM"'),
  'a failure that may be': steps(
    '- run: exit 1\n  continue-on-error: true\n- run: echo ok',
  ).replace('exit 1', 'echo no'),
}

export const OTHER_WORK: Readonly<Record<string, string>> = {
  'exit 1': script('exit 1'),
  false: script('false'),
  'words, then exit 1': script('echo no\nexit 1'),
  'exit 1 where all is green': steps('- run: exit 1', 'needs: [lint, test]'),
  'exit 1 after a test of success': steps("- if: needs.lint.result == 'success'\n  run: exit 1"),
  'exit 1 whatever a test says': script(
    'if [ "${{ needs.lint.result }}" = success ]; then echo a; fi\nexit 1',
  ),
  'both ways red': script(
    'if [ "${{ needs.lint.result }}" = success ]; then exit 1; else exit 2; fi',
  ),
  'a script of its own': script('./coverage.sh'),
  'a script after a test': script('[ "${{ needs.lint.result }}" = success ]\n./coverage.sh'),
  'an output of a need': script('[ "${{ needs.test.outputs.coverage }}" -ge 80 ]'),
  'an output in the environment': withEnv(
    'C: ${{ needs.test.outputs.coverage }}',
    'if [ "$C" -lt 80 ]; then exit 1; fi',
  ),
  'an output in a condition': steps(
    "- if: needs.changes.outputs.go == 'true' && needs.test.result != 'success'\n  run: exit 1",
  ),
  'outputs through jq': withEnv(
    NEEDS,
    'jq -e \'.changes.outputs.coverage > 80\' <<< "$NEEDS"',
  ).replace('[lint, test]', '[changes]'),
  'whole entries through jq': withEnv(
    NEEDS,
    'jq -e \'[.[]] | unique | length == 1\' <<< "$NEEDS"',
  ).replace('[lint, test]', '[test, changes]'),
  'every value through jq': withEnv(
    NEEDS,
    'jq -e \'all(.[][]; . == "success")\' <<< "$NEEDS"',
  ).replace('[lint, test]', '[test, changes]'),
  'grep in outputs': withEnv(NEEDS, 'grep -q success <<< "$NEEDS"').replace(
    '[lint, test]',
    '[changes]',
  ),
  'the event in a step': steps("- if: github.event_name == 'push'\n  run: exit 1"),
  'the event in the job': steps(
    '- run: echo ok',
    "if: always() && github.event_name == 'pull_request'\nneeds: [lint]",
  ),
  'a ref in the script': script('[ "${{ github.ref }}" = refs/heads/main ]'),
  'a ref of the runner': script('if [ "$GITHUB_REF" != x ]; then exit 1; fi'),
  'a title of a pull': script('echo "${{ github.event.pull_request.title }}"'),
  'a variable of the repository': steps("- if: vars.STRICT == 'yes'\n  run: exit 1"),
  'a secret': steps("- if: secrets.X == ''\n  run: exit 1"),
  inputs: steps("- if: inputs.x == ''\n  run: exit 1"),
  hashFiles: steps("- if: hashFiles('x') == ''\n  run: exit 1"),
  chance: script('if [ $RANDOM -gt 5 ]; then exit 1; fi'),
  'the clock': script('if [ "$(date +%H)" -gt 5 ]; then exit 1; fi'),
  'a file': script('if [ -f x ]; then exit 1; fi'),
  'a file by redirection': script('read -r x < y\n[ "$x" = 1 ]'),
  'a file by cat': script('x=$(cat coverage.txt)\n[ "$x" -gt 80 ]'),
  'a file by grep': script('grep -q ok result.txt'),
  'a file by jq': script('jq -e .ok result.json'),
  'a file that jq takes for its program': script("echo '{}' | jq -f check.jq"),
  'the environment through jq': script('jq -ne \'env.X == "1"\''),
  'files in a loop': script('for f in *.txt; do exit 1; done'),
  'a file written': script('echo x > y'),
  'the environment of later steps': script('echo "X=1" >> "$GITHUB_ENV"'),
  'the path of later steps': script('echo "/x" >> $GITHUB_PATH'),
  'a command to the runner': script('echo "::set-env name=X::1"'),
  checkout: steps('- uses: actions/checkout@v4\n- run: echo ok'),
  'another action': steps('- uses: actions/github-script@v7\n  with: { script: x }'),
  'a local action': steps('- uses: ./.github/actions/check'),
  'something like alls-green': steps(
    '- uses: me/alls-green@v1\n  with:\n    jobs: ${{ toJSON(needs) }}',
  ),
  'alls-green with an output': steps(
    '- uses: re-actors/alls-green@v1\n  with:\n    jobs: ${{ toJSON(needs) }}\n' +
      "    allowed-skips: ${{ needs.changes.outputs.go == 'true' && 'test' || '' }}",
  ),
  'alls-green without needs': steps('- uses: re-actors/alls-green@v1\n  with: { jobs: "{}" }'),
  'a container': script('echo ok', 'container: node:20\n'),
  services: script('echo ok', 'services: { db: { image: x } }\n'),
  'an environment': script('echo ok', 'environment: production\n'),
  'a called workflow': 'uses: ./.github/workflows/x.yml\nneeds: [lint]\nif: always()',
  python: steps('- shell: python\n  run: print(1)'),
  'a shell with a program': steps('- shell: bash {0}; ./x\n  run: echo ok'),
  'the shell of the job': script('echo ok', 'defaults: { run: { shell: pwsh } }\n'),
  'a folder': steps('- working-directory: x\n  run: echo ok'),
  'the folder of the job': script('echo ok', 'defaults: { run: { working-directory: x } }\n'),
  'PowerShell of Windows': script('echo ok').replace('ubuntu-latest', 'windows-latest'),
  'a runner by expression': script('echo ok').replace('ubuntu-latest', '${{ matrix.os }}'),
  'no steps': 'runs-on: x\nneeds: [lint]\nif: always()',
  'empty steps': 'runs-on: x\nneeds: [lint]\nif: always()\nsteps: []',
  'a matrix by expression': script('echo ok', 'strategy: { matrix: "${{ fromJSON(vars.x) }}" }\n'),
  'curl to another address': script('curl -sf https://codecov.io/x | jq -e .ok'),
  'curl to another commit': script(`curl -sf "${API}/commits/main/status" | jq -e .ok`),
  'curl that posts': script(`curl -sf -X POST "${API}/statuses/\${{ github.sha }}" | jq -e .ok`),
  'curl with data': script(`curl -sf -d x "${API}/commits/\${{ github.sha }}/status" | jq -e .ok`),
  'curl into a file': script(`curl -sf -o x "${API}/commits/\${{ github.sha }}/status"`),
  'curl to a host that ends like this one': script(
    'curl -sf "${{ github.server_url }}.evil.test/api/v1/repos/${{ github.repository }}/commits/' +
      '${{ github.sha }}/status"',
  ),
  'curl to contents': script(`curl -sf "${API}/contents/coverage.txt" | jq -e .ok`),
  'gh with fields': script(
    'gh api repos/${{ github.repository }}/commits/${{ github.sha }}/status -f x=y',
  ),
  'gh pr': script('gh pr checks 1'),
  eval: script('eval "exit 1"'),
  source: script('source ./x'),
  'a dot': script('. ./x'),
  'a function': script('check() { exit 1; }\ncheck'),
  'a subshell': script('(exit 1)'),
  'the background': script('sleep 1 &'),
  'a process substitution': script('jq -e . <(echo 1)'),
  backquotes: script('x=`./coverage.sh`'),
  'a command in a substitution': script('x=$(./coverage.sh)\necho "$x"'),
  'a command in quotes': script('echo "$(./coverage.sh)"'),
  'a command in a here-document': script('cat <<EOF\n$(./coverage.sh)\nEOF'),
  'a command in a default': script('echo "${X:-$(./coverage.sh)}"'),
  'a command by a variable': script('X=exit\n$X 1'),
  'a command by an expression': script("${{ needs.lint.result == 'success' && 'true' || './x' }}"),
  'a text with syntax by an expression': script(
    "echo ${{ needs.lint.result == 'success' && 'a; ./x' || '' }}",
  ),
  'a variable of the shell': script('PATH=.:$PATH\necho ok'),
  'a file for the shell': script('echo ok', 'env: { BASH_ENV: ./x.sh }\n'),
  'a trap': script('trap "./x" EXIT'),
  'a variable that may be unset': script('set -u\necho "$SOMETHING"'),
  'arithmetic with an element': script('x=${{ needs.lint.result }}\n(( a[$(./x)] ))'),
  'an option that reads nothing': script('set -n\n[ "${{ needs.lint.result }}" = x ]'),
  'a quote without an end': script('echo "'),
  'an if without an end': script('if true; then echo'),
  'a script that is too long': script(`echo ${'x'.repeat(30_000)}`),
  'an expression that cannot be read': script('echo ${{ needs. }}'),
  'an expression without an end': script('echo ${{ needs.lint.result'),
  'an unknown function': steps('- if: magic(needs.lint.result)\n  run: exit 1'),
  'text around a condition': steps("- if: x ${{ needs.lint.result == 'a' }}\n  run: exit 1"),
  'an output of a step': steps(
    "- id: a\n  run: echo ok\n- if: steps.a.outcome == 'failure'\n  run: exit 1",
  ),
  'sleep for a time nobody knows': script('sleep "$X"'),
  'a command of no list': script('make test'),
  'a command that arithmetic would find in a text': script(
    "x='a[$(./x)]'\nif (( x )); then exit 0; fi",
  ),
  'the same behind a backslash': script('x="a[\\$(./x)]"\nif (( x )); then exit 0; fi'),
  'the same by its number': script("x=$(printf 'a[\\x24(./x)]')\n[[ $x -eq 0 ]]"),
  'the same in the environment': withEnv("X: 'a[$(./x)]'", 'if (( X )); then exit 0; fi'),
  'a separator by chance': script(
    'IFS=$RANDOM read -r a b <<< "${{ needs.lint.result }}"\n[ "$a" = success ]',
  ),
  'a variable of two spellings': script('echo', 'env: { A: x, a: y }\n'),
  'an output that can fail': script(
    'echo',
    'outputs: { x: "${{ fromJSON(needs.test.outputs.y) }}" }\n',
  ),
  'a program of jq in a text of jq': withEnv(
    NEEDS,
    'jq -e \'"\\(.changes.outputs)" == "x"\' <<< "$NEEDS"',
  ).replace('[lint, test]', '[changes]'),
  'a variable of the environment in jq': withEnv(NEEDS, 'jq -e \'$ENV.X == "1"\' <<< "$NEEDS"'),
  'a variable by printf': script('printf -v PATH .'),
  'a variable by read': script('read -r PATH <<< .'),
  'a variable by a loop': script('for PATH in .; do echo; done'),
  'a file as an input': script('echo "$(<x)"'),
  'a text that is expanded again': script('X=a\necho "${X@P}"'),
  'toJSON of outputs': script("echo '${{ toJSON(needs.changes.outputs) }}' | jq -e .x"),
  'toJSON of the event': script("echo '${{ toJSON(github.event) }}'"),
  'a command behind an exit': script('exit 0\n./coverage.sh'),
  'a loop without an end': script('while true; do sleep 1; done\nexit 1'),
}
