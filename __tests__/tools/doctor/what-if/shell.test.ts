import { describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { exitOf } from '../../../../src/tools/doctor/what-if/shell/script.js'
import { Unknown } from '../../../../src/tools/doctor/what-if/unknown.js'

const JSON_OF = (a: string, b: string): string =>
  JSON.stringify({ lint: { result: a, outputs: {} }, 'e2e-test': { result: b, outputs: {} } })

/** Results of two needs under which every script is run. */
const WORLDS = [
  ['success', 'success'],
  ['success', 'failure'],
  ['failure', 'success'],
  ['cancelled', 'success'],
  ['success', 'skipped'],
  ['skipped', 'skipped'],
  ['', 'success'],
] as const

/** As people write them; `@A`, `@B` and `@J` stand for what a server puts in. */
const SCRIPTS: readonly string[] = [
  'exit 0',
  'true',
  'echo "All checks passed"',
  'test "@A" = success && test "@B" = success',
  '[ "@A" == "success" ] || exit 1',
  '[[ "@A" == "success" && "@B" == "success" ]]',
  '[[ "@A" != "failure" ]] || exit 1\necho done',
  'if [ "@A" != "success" ] || [ "@B" != "success" ]; then\n  echo "::error::red"\n  exit 1\nfi',
  'if [[ "@A" == "failure" || "@B" == "failure" ]]; then exit 1; fi',
  'for r in "@A" "@B"; do\n  if [ "$r" != "success" ]; then exit 1; fi\ndone',
  'for r in @A @B; do [ "$r" = success ] || exit 1; done',
  'for r in @A @B; do [[ "$r" == success || "$r" == skipped ]] || { echo "$r"; exit 1; }; done',
  'red=0\nfor job in "lint: $A" "test: $B"; do\n  case "$job" in\n    *": success") ;;\n    *) red=1 ;;\n  esac\ndone\nexit "$red"',
  'case "$A" in success|skipped) ;; *) exit 1 ;; esac',
  'results=("$A" "$B")\nfor r in "${results[@]}"; do [[ $r == success ]] || exit 1; done',
  'failed=()\n[[ $A == success ]] || failed+=(lint)\n[[ $B == success ]] || failed+=(test)\nif (( ${#failed[@]} > 0 )); then echo "${failed[*]}"; exit 1; fi',
  'n=0\n[ "$A" = success ] || n=$((n + 1))\n[ "$B" = success ] || ((n++)) || true\n[ "$n" -eq 0 ]',
  'count=0\nif [ "$A" != success ]; then count=$((count+1)); fi\nif [ $count -gt 0 ]; then exit 1; fi',
  'echo "$J" | jq -e \'all(.[]; .result == "success")\'',
  'echo "$J" | jq -e \'[.[].result] | all(. == "success")\' > /dev/null',
  'jq -e \'to_entries | map(select(.value.result != "success")) | length == 0\' <<< "$J"',
  'jq -e \'map(.result) | any(. == "failure" or . == "cancelled") | not\' <<<"$J"',
  'jq -r \'to_entries[] | "\\(.key): \\(.value.result)"\' <<< "$J" || true',
  'echo "$J" | jq -e \'any(.[]; .result == "failure")\' || true',
  'bad=$(echo "$J" | jq -r \'to_entries | map(select(.value.result | IN("success","skipped") | not) | .key) | join(",")\')\n[ -z "$bad" ]',
  'failures=$(jq \'[.[] | select(.result == "failure")] | length\' <<< "$J")\nif [ "$failures" -gt 0 ]; then exit 1; fi',
  'echo "$J" | jq -r \'.[].result\' | grep -qv success && exit 1\nexit 0',
  'if echo "$J" | grep -q \'"result": *"failure"\'; then exit 1; fi',
  'echo "$J" | grep -E "failure|cancelled" && exit 1 || exit 0',
  "echo '@J' | jq -e '[.[] | .result] | unique == [\"success\"]'",
  'while read -r r; do\n  [ "$r" = success ] || exit 1\ndone <<< "$A"',
  'echo "$J" | jq -r \'.[].result\' | while read -r r; do [ "$r" = success ] || exit 1; done',
  '! [[ "$A $B" =~ failure|cancelled ]]',
  'if [[ " $A $B " == *" failure "* ]]; then exit 1; fi',
  'if [ "$A" = "failure" ]; then exit 1; elif [ "$B" = "failure" ]; then exit 1; else echo ok; fi',
  'set +e\nfalse\ntest "$A" = success',
  'set -euo pipefail\n[[ "${A:-none}" == success ]]\n[[ "${B,,}" == success ]]',
  'r="$A,$B"\n[[ "${r//success/}" == "," ]]',
  'r="$A $B"\n[ "${r#*failure}" = "$r" ]',
  '[ "$A" = failure ] && exit 1',
  '[ "$A" = failure ] && exit 1\ntrue',
  'exit $([ "$A" = success ] && echo 0 || echo 1)',
  'cat <<EOF | grep -q failure && exit 1\n$A\n$B\nEOF\necho fine',
  'jq -e \'.lint.result == "success" and .["e2e-test"].result == "success"\' <<< "$J"',
  'jq -e \'with_entries(select(.value.result != "success")) | length == 0\' <<< "$J"',
  'jq -e \'[to_entries[] | select(.value.result != "success" and .key != "lint")] == []\' <<< "$J"',
  'jq -e \'if all(.[]; .result == "success") then true else error("red") end\' <<< "$J"',
  'printf "%s\\n" "$A" "$B" | grep -Fxq failure && exit 1\nexit 0',
  'echo "$A" | grep -c success',
  'test -n "$A" -a "$B" != failure',
  '[ ! "$A" = failure ]',
  'a=$(false)\necho never',
  'x=$(echo "$A" | grep success) || exit 1\n[ "$x" = success ]',
  'until [ "$A" = "$A" ]; do sleep 1; done\n[ "$B" = success ]',
  'for i in {1..3}; do [ "$i" -eq 2 ] && continue; [ "$A" = success ] || exit 3; done',
  'export X="$A"\n[ "$X" = success ]',
  'IFS=, read -ra all <<< "$A,$B"\nfor r in "${all[@]}"; do [ "$r" = success ] || exit 1; done',
]

const filled = (text: string, a: string, b: string): string =>
  text.replaceAll('@A', a).replaceAll('@B', b).replaceAll('@J', JSON_OF(a, b))

function inBash(text: string, a: string, b: string, pipefail: boolean): number {
  const options = pipefail ? ['-eo', 'pipefail'] : ['-e']
  const { status } = spawnSync('bash', ['--noprofile', '--norc', ...options, '-c', text], {
    env: { PATH: process.env['PATH'], A: a, B: b, J: JSON_OF(a, b) },
    stdio: 'ignore',
  })
  return status ?? -1
}

const SETTINGS = WORLDS.flatMap(([a, b]) => [true, false].map(pipefail => ({ a, b, pipefail })))

describe('a script ends as bash ends it', () => {
  it.each(SCRIPTS)('%s', script => {
    for (const { a, b, pipefail } of SETTINGS) {
      const text = filled(script, a, b)
      const env = new Map([
        ['A', a],
        ['B', b],
        ['J', JSON_OF(a, b)],
      ])
      const told = exitOf(text, { env, pipefail, isPosix: false }) === 0
      expect([a, b, told]).toEqual([a, b, inBash(text, a, b, pipefail) === 0])
    }
  })
})

describe('what only a run tells is unknown', () => {
  it.each([
    'curl -s "$GITHUB_API_URL"',
    'make test',
    '[ "$RUNNER_OS" = Linux ]',
    'cat results.txt',
    'jq . file.json',
    'echo *',
    'ok=true\n$ok',
    'while true; do :; done',
    'ls | grep x',
    '[ -f red ]',
    '[ "$UNTOLD" = success ]',
  ])('%s', script => {
    const env = new Map([['UNTOLD', null]])
    expect(() => exitOf(script, { env, pipefail: true, isPosix: false })).toThrow(Unknown)
  })
})
