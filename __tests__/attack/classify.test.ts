import { describe, expect, it } from '@jest/globals'
import { workOf } from '../../src/workflow/classify.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map(line => `${' '.repeat(by)}${line}`)
    .join('\n')

const fileWith = (body: string): string =>
  'name: CI\non: [pull_request]\njobs:\n' +
  '  lint:\n    runs-on: x\n    steps: [{ run: make lint }]\n' +
  '  test:\n    runs-on: x\n    steps: [{ run: make test }]\n' +
  '  changes:\n    runs-on: x\n    outputs: { go: x, coverage: y }\n    steps: [{ run: make }]\n' +
  `  all:\n${indented(body, 4)}\n`

const script = (run: string, more = ''): string =>
  `runs-on: ubuntu-latest\nif: always()\nneeds: [lint, test]\n${more}steps:\n  - run: |\n` +
  indented(run, 6)
const steps = (list: string, head = 'if: always()\nneeds: [lint, test]'): string =>
  `runs-on: x\n${head}\nsteps:\n${indented(list, 2)}`

/** What every umbrella does, and what makes this one fail for a reason of its own. */
const R = '[ "${{ needs.test.result }}" = success ] || exit 1\n'
const OWN = '[ "$GITHUB_ACTOR" = bot ] || exit 1'

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
  NaN: steps(`- run: '${R.trim()}'\n- if: "!(-0x1)"\n  run: '${OWN}'`),
}

describe('a job that can fail for a reason of its own is never said to only judge', () => {
  it.each(Object.entries(HIDES))('%s', async (_name, body) => {
    const file = await parseWorkflow('.github/workflows/ci.yml', Buffer.from(fileWith(body)))
    if (file.kind !== 'workflow') throw new Error(file.why)
    const job = file.jobs.find(({ id }) => id === 'all')
    if (job === undefined) throw new Error('there is no umbrella')
    expect(workOf(file, job).kind).toBe('other-work')
  })

  it('the umbrella without any of that only judges', async () => {
    const file = await parseWorkflow('.github/workflows/ci.yml', Buffer.from(fileWith(script(R))))
    if (file.kind !== 'workflow') throw new Error(file.why)
    const job = file.jobs.find(({ id }) => id === 'all')
    expect(job && workOf(file, job)).toEqual({ kind: 'only-judges', by: 'needs' })
  })
})
