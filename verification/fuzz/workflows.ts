// Workflow files: as YAML, as workflows, and as the doctor plays them through.
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readServer, doctorServerOf } from '../../src/tools/doctor/server.js'
import { diagnose } from '../../src/tools/doctor/diagnose.js'
import { readSource } from '../../src/tools/doctor/file.js'
import { isUmbrellaLike, workOf } from '../../src/workflow/classify.js'
import { jobNames } from '../../src/workflow/contexts.js'
import { parseCondition, parseTemplate, splitTemplate } from '../../src/workflow/expression.js'
import { umbrellaWriter } from '../../src/workflow/filters.js'
import { neededBy } from '../../src/workflow/needs.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'
import { anyText, nearly } from './text.js'

const CORPUS = join(import.meta.dirname, '../../__tests__/tools/doctor/corpus')

/** Workflow files as people write them, and odd ones. */
const FILES: readonly string[] = ['public', 'odd', 'faulty'].flatMap(folder =>
  readdirSync(join(CORPUS, folder))
    .filter(name => name.endsWith('.yml'))
    .map(name => readFileSync(join(CORPUS, folder, name), 'utf8')),
)
if (FILES.length < 80) throw new Error(`only ${FILES.length} workflow files`)

/** Each name stands for ten of the one before it. */
function aliasBomb(levels: number): string {
  const lines = ['a0: &a0 [x]']
  for (let level = 1; level <= levels; level += 1)
    lines.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}*a${level - 1}]`)
  return lines.join('\n')
}

const JOB = '\n    runs-on: x\n    steps: [{ run: x }]\n'

/** A matrix with so many axes of so many values. */
const matrix = (axes: number, values: number): string => {
  const list = Array.from({ length: values }, (_, at) => at).join(', ')
  const lines = Array.from({ length: axes }, (_, at) => `        a${at}: [${list}]`)
  return `on: pull_request\njobs:\n  a:${JOB}    strategy:\n      matrix:\n${lines.join('\n')}\n`
}

/** As many jobs, each of which needs the one before it. */
const chain = (jobs: number): string =>
  'on: pull_request\njobs:\n' +
  Array.from(
    { length: jobs },
    (_, at) => `  j${at}:${JOB}${at === 0 ? '' : `    needs: j${at - 1}\n`}`,
  ).join('')

/** Files that are small to write and large to read. */
const BOMBS: readonly string[] = [
  ...[3, 9, 30].map(aliasBomb),
  ...[60, 70, 5_000].flatMap(depth => ['['.repeat(depth), '{a: '.repeat(depth)]),
  ...[50, 500].map(depth =>
    Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ),
  ...[100, 2_000].map(depth => '- '.repeat(depth)),
  'a: &a [*a]',
  'a: &a { <<: *a }',
  `on: pull_request\njobs: &j { a: { needs: *j } }`,
  `x: "${'\\x41'.repeat(200_000)}"`,
  `x: |\n${' x\n'.repeat(300_000)}`,
  `${'# comment\n'.repeat(100_000)}on: push`,
  'k: v\n'.repeat(20_000),
  Array.from({ length: 20_000 }, (_, at) => `k${at}: v`).join('\n'),
  ...[2, 5, 8].flatMap(axes => [2, 10, 60].map(values => matrix(axes, values))),
  ...[20, 400].map(chain),
]

/** Keys and values of which workflow files are made. */
const LINES = [
  'on: pull_request',
  'on: [push, pull_request_target, workflow_call]',
  'on: { pull_request: { branches: ["**"], types: [opened] } }',
  'jobs:',
  '  a:',
  '  "::error::x":',
  '    name: ${{ matrix.x }} ##[group]',
  '    needs: [a, b]',
  '    needs: a',
  '    if: ${{ always() && !cancelled() }}',
  '    if: always()',
  '    runs-on: ubuntu-latest',
  '    uses: ./.github/workflows/x.yml',
  '    strategy: { matrix: { x: [1, 2], include: [{ x: 3, y: 4 }] } }',
  '    continue-on-error: ${{ fromJSON("true") }}',
  '    concurrency: { group: x, cancel-in-progress: true }',
  '    steps:',
  '      - run: exit 1',
  '      - uses: a/b@v1',
  '        with: { jobs: "${{ toJSON(needs) }}" }',
  '    <<: *x',
  '    x: &x { y: z }',
  '---',
  '...',
  '%YAML 1.1',
  '!!binary x: ?',
]

const built = fc
  .array(fc.oneof(fc.constantFrom(...LINES), hostileText), { maxLength: 25 })
  .map(lines => lines.join('\n'))

const file = fc.oneof(
  { weight: 60, arbitrary: nearly(FILES) },
  { weight: 60, arbitrary: built },
  { weight: 3, arbitrary: nearly(BOMBS, 1) },
  { weight: 2, arbitrary: anyText },
)

/** Servers that name contexts differently. */
const SERVERS = ['gitea-1.22', 'gitea-28', 'forgejo-15', 'github'].map(name => {
  const server = readServer(name)
  if (server === null) throw new Error(`${name} is no server`)
  return server
})
const [FIRST = doctorServerOf('1.22.6')] = SERVERS

/** All that a sweep reads of a file. */
async function readAsSweep(text: string): Promise<void> {
  const workflow = await parseWorkflow('ci.yml', Buffer.from(text))
  if (workflow.kind === 'unreadable') {
    demand(workflow.why !== '', () => 'it cannot be read, and nobody says why')
    return
  }
  for (const { naming } of SERVERS) {
    const question = { umbrella: 'CI / all-required (pull_request)', naming, targetSuffix: true }
    neededBy([workflow], question)
    umbrellaWriter([workflow], question, 'main')
    for (const job of workflow.jobs) jobNames(job, naming)
  }
  for (const job of workflow.jobs) isUmbrellaLike(workflow, job, workOf(workflow, job))
}

const files = target({ name: 'workflow files', kind: 'parser', weight: 24 }, file, readAsSweep)

const CONDITIONS = [
  "${{ always() && needs.a.result == 'success' }}",
  "contains(needs.*.result, 'failure') || !success()",
  'a ${{ b }} c ${{ format("{0}", github.ref) }}',
  "fromJSON('[1]')[0] >= 0x1f && (1.5e3 < -2 || '' != 'it''s')",
]

const NESTED = fc
  .tuple(fc.constantFrom('(', '!', '!(', 'a[', 'f(', '((a)&&'), fc.constantFrom(10, 300, 20_000))
  .map(([piece, times]) => piece.repeat(times))

const expressions = target(
  { name: 'expressions', kind: 'parser', weight: 240 },
  fc.oneof(
    { weight: 40, arbitrary: nearly(CONDITIONS) },
    { weight: 10, arbitrary: anyText },
    { weight: 1, arbitrary: NESTED },
  ),
  text => {
    parseCondition(text)
    parseTemplate(text)
    const parts = splitTemplate(text)
    demand(parts === null || parts.length % 2 === 1, () => 'an expression that does not end')
  },
)

/** What umbrellas do in their scripts, and what nobody should. */
const SCRIPT = [
  'set -euo pipefail',
  'r="${{ needs.a.result }}"',
  "r=${{ join(needs.*.result, ' ') }}",
  '[[ "$r" == "success" ]] || exit 1',
  '[[ "$r" =~ ^(success|skipped)$ ]]',
  '[[ "$r" =~ ^(a+)+$ ]]',
  '[[ "$r" =~ (.*)*(.*)*(.*)*x ]]',
  'r=$r$r',
  'r="$r$r$r$r"',
  'r=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
  'r=${r//a*a*a*a*b/x}',
  'r=${r##*a*a*a*b}',
  'echo "$r" | grep -qE "(a|a)*b"',
  'echo "$r" | grep -qv success && exit 1',
  'for x in a b c; do',
  'for x in {1..1000}; do',
  'while true; do',
  'done',
  'if test "$r" = failure; then',
  'else',
  'fi',
  'case "$r" in *a*a*a*b) exit 1 ;; esac',
  "echo '${{ toJSON(needs) }}' | jq -e 'all(.result == \"success\")'",
  'jq -e \'.a | test("(a+)+$")\' <<< "$r"',
  "jq -n '[range(100000000)] | length' > /dev/null",
  'f() { f; f; }; f',
  'exit $((1 + 2 * (3 - $#)))',
  'cat <<EOF\n$r\nEOF',
  '$(echo "$(echo "$(echo x)")")',
  'read -ra parts <<< "$r"',
  'printf "%s\\n" "${parts[@]}"',
]

const script = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...SCRIPT) },
    { weight: 1, arbitrary: nearly(SCRIPT) },
  ),
  { minLength: 1, maxLength: 40 },
)

/** An umbrella with a script of its own over one job. */
const umbrellaWith = (lines: readonly string[]): string =>
  JSON.stringify({
    name: 'CI',
    on: 'pull_request',
    jobs: {
      a: { 'runs-on': 'x', steps: [{ run: 'make' }] },
      'all-required': {
        needs: ['a'],
        if: 'always()',
        'runs-on': 'x',
        steps: [{ run: lines.join('\n') }],
      },
    },
  })

const scripts = target(
  { name: 'scripts of umbrellas', kind: 'parser', weight: 10 },
  script,
  async lines => {
    const text = umbrellaWith(lines)
    await readAsSweep(text)
    const source = await readSource('.gitea/workflows/ci.yml', Buffer.from(text))
    diagnose({ server: FIRST, files: [source], required: null, named: null })
  },
)

/** Readers of workflow files. */
export const WORKFLOW_TARGETS: readonly Target[] = [files, expressions, scripts]

/** Files for whoever prints what is found in them. */
export const workflowFile = file
