import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Workflow, WorkflowJob } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { holdsLater } from '../support/property.js'

const parse = (text: string) => parseWorkflow('ci.yml', Buffer.from(text))

async function workflow(text: string): Promise<Workflow> {
  const read = await parse(text)
  if (read.kind !== 'workflow') throw new Error(read.why)
  return read
}

/** The only job of a file, given the lines below its id. */
async function job(...lines: readonly string[]): Promise<WorkflowJob> {
  const body = lines.map(line => `    ${line}\n`).join('')
  const { jobs } = await workflow(`on: push\njobs:\n  t:\n    runs-on: x\n${body}`)
  const [only] = jobs
  if (only === undefined) throw new Error('there is no job')
  return only
}

const why = async (text: string | Uint8Array): Promise<string | null> => {
  const read = await parseWorkflow('ci.yml', Buffer.from(text))
  return read.kind === 'unreadable' ? read.why : null
}

describe('what a file says', () => {
  it.each([
    { head: 'on: push', events: ['push'] },
    { head: 'on: [push, pull_request]', events: ['push', 'pull_request'] },
    { head: 'on: [push, 7, {a: b}]', events: ['push'] },
    { head: 'on: {push: {branches: [main]}, pull_request: }', events: ['push', 'pull_request'] },
    { head: 'true: push', events: ['push'] },
    { head: 'on: 7', events: [] },
    { head: 'name: X', events: [] },
  ])('$head runs on $events', async ({ head, events }) => {
    expect((await workflow(`${head}\njobs: {}`)).events).toEqual(events)
  })

  it.each([
    { line: '', name: '' },
    { line: 'name:', name: '' },
    { line: 'name: CI', name: 'CI' },
    { line: 'name: 2026', name: '2026' },
    { line: 'name: [a]', name: '' },
  ])('"$line" is named "$name"', async ({ line, name }) => {
    expect((await workflow(`${line}\non: push`)).name).toBe(name)
  })

  it('has no jobs when it names none', async () => {
    expect((await workflow('on: push')).jobs).toEqual([])
  })

  it.each(['a', '- a', '', '7', 'a: b'])('"%s" is YAML, but runs nothing', async text => {
    expect(await workflow(text)).toMatchObject({ name: '', events: [], jobs: [] })
  })

  it('joins what an alias merges', async () => {
    const text = 'on: push\nx: &x\n  name: Lint\njobs:\n  a:\n    <<: *x\n    runs-on: y\n'
    expect((await workflow(text)).jobs).toMatchObject([{ id: 'a', name: 'Lint' }])
  })
})

describe('what a file says of its events', () => {
  it.each(['on', 'true'])('has filters under the key %s', async key => {
    const { filters } = await workflow(`${key}: { push: { branches: [main] } }`)
    expect(filters).toEqual([{ event: 'push', key: 'branches', values: ['main'] }])
  })
})

describe('what a job says', () => {
  it.each([
    { line: 'env: {}', runsAlways: false },
    { line: 'if: always()', runsAlways: true },
    { line: 'if: ${{ x && always() || y }}', runsAlways: true },
    { line: 'if: sideways()', runsAlways: false },
    { line: "if: '!cancelled()'", runsAlways: true },
    { line: "if: '!  cancelled()'", runsAlways: true },
    { line: "if: '!is_cancelled()'", runsAlways: false },
    { line: 'if: cancelled()', runsAlways: false },
    { line: 'if: [always()]', runsAlways: false },
  ])('"$line" runs always: $runsAlways', async ({ line, runsAlways }) => {
    expect((await job(line)).runsAlways).toBe(runsAlways)
  })

  it.each([
    { line: 'name:', name: null },
    { line: 'name: Lint', name: 'Lint' },
    { line: 'name: 12', name: '12' },
  ])('"$line" is named $name', async ({ line, name }) => {
    expect((await job(line)).name).toBe(name)
  })

  it.each([
    { line: 'env: {}', needs: [] },
    { line: 'needs:', needs: [] },
    { line: 'needs: a', needs: ['a'] },
    { line: 'needs: [a, 2]', needs: ['a', '2'] },
  ])('"$line" needs $needs', async ({ line, needs }) => {
    expect((await job(line)).needs).toEqual(needs)
  })

  const literal = (axes: object, include: object[] = [], exclude: object[] = []): object => ({
    kind: 'literal',
    axes,
    include,
    exclude,
  })
  const expression = { kind: 'expression' }
  it.each([
    { line: 'env: {}', matrix: { kind: 'none' } },
    { line: 'strategy:', matrix: { kind: 'none' } },
    { line: 'strategy: {fail-fast: false}', matrix: { kind: 'none' } },
    { line: 'strategy: a', matrix: expression },
    { line: 'strategy: {matrix: a}', matrix: expression },
    { line: 'strategy: {matrix: [a]}', matrix: expression },
    { line: 'strategy: {matrix: {os: a}}', matrix: expression },
    { line: 'strategy: {matrix: {os: [a], include: b}}', matrix: expression },
    { line: 'strategy: {matrix: {os: [a], exclude: b}}', matrix: expression },
    { line: 'strategy: {matrix: {os: [a], include: [b]}}', matrix: expression },
    { line: 'strategy: {matrix: {os: [a], exclude: [b]}}', matrix: expression },
    { line: 'strategy: {matrix: {os: [a, 2]}}', matrix: literal({ os: ['a', 2] }) },
    {
      line: 'strategy: {matrix: {os: [a], include: [{v: 1}], exclude: [{os: a}]}}',
      matrix: literal({ os: ['a'] }, [{ v: 1 }], [{ os: 'a' }]),
    },
  ])('$line', async ({ line, matrix }) => {
    expect((await job(line)).matrix).toEqual(matrix)
  })

  it('calls another workflow with uses', async () => {
    expect((await job('uses: ./x.yml')).reusable).toBe(true)
    expect((await job('env: {}')).reusable).toBe(false)
  })
})

describe('what a job does', () => {
  it('is what its steps say', async () => {
    const { body } = await job(
      ...["if: '!cancelled()'", 'env: { A: 1, B: true, C: }', 'outputs: { x: y }'],
      ...['container: z', 'defaults: { run: { shell: sh, working-directory: d } }'],
      ...['steps:', '  - { run: make, if: false, shell: bash, env: { D: e }, id: i }'],
      ...['  - { uses: a/b@v1, with: { c: 2 }, continue-on-error: true, timeout-minutes: 3 }'],
      ...['  - { run: x, working-directory: y, continue-on-error: "${{ true }}" }'],
    )
    const step = { run: null, uses: null, with: {}, condition: null, env: {}, shell: null }
    const plain = { ...step, continueOnError: false, others: [] }
    expect(body).toEqual({
      condition: '!cancelled()',
      runsOn: ['x'],
      env: { A: '1', B: 'true', C: '' },
      shell: 'sh',
      outputs: ['x'],
      others: ['container', 'working-directory'],
      steps: [
        { ...plain, run: 'make', condition: 'false', shell: 'bash', env: { D: 'e' } },
        { ...plain, uses: 'a/b@v1', with: { c: '2' }, continueOnError: true },
        { ...plain, run: 'x', others: ['working-directory'] },
      ],
    })
  })

  it.each([
    { line: 'env: "${{ x }}"', says: { env: null } },
    { line: 'env: { A: [b] }', says: { env: null } },
    { line: 'outputs: x', says: { outputs: null } },
    { line: 'steps: x', says: { steps: null } },
    { line: 'steps: [x]', says: { steps: null } },
    { line: 'timeout-minutes: "${{ x }}"', says: { others: ['timeout-minutes'] } },
    { line: 'defaults: x', says: { others: ['defaults'] } },
    { line: 'defaults: { run: { shell: [a] } }', says: { others: ['shell'] } },
    { line: 'if: [a]', says: { others: ['if'] } },
    { line: 'services: {}', says: { others: ['services'] } },
  ])('$line', async ({ line, says }) => {
    expect((await job(line)).body).toMatchObject(says)
  })

  it.each([
    { line: 'run: [x]', others: ['run'] },
    { line: 'uses: { a: b }', others: ['uses'] },
    { line: 'shell: [x]', others: ['shell'] },
    { line: 'background: true', others: ['background'] },
    { line: 'timeout-minutes: 0', others: ['timeout-minutes'] },
  ])('a step with $line', async ({ line, others }) => {
    expect((await job('steps:', `  - ${line}`)).body.steps).toMatchObject([{ others }])
  })

  it('is what the file says of every job besides', async () => {
    expect(await workflow('env: { A: b }\ndefaults: { run: { shell: sh } }')).toMatchObject({
      env: { A: 'b' },
      defaults: { shell: 'sh', others: [] },
    })
  })
})

describe('what cannot be read, and why', () => {
  const nested = (depth: number): string => `on: push\nx: ${'['.repeat(depth)}${']'.repeat(depth)}`
  const maps = (depth: number): string => `on: push\nx: ${'{a: '.repeat(depth)}${'}'.repeat(depth)}`
  const padded = (bytes: number): string => `on: push\n#${'x'.repeat(bytes - 10)}`
  // Each alias names the one before ten times: a thousand million entries from ten lines.
  const bomb =
    'a0: &a0 [x, x]\n' +
    [1, 2, 3, 4, 5, 6, 7, 8, 9]
      .map(
        at =>
          `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(', ')}]\n`,
      )
      .join('')

  it.each([
    { rule: 'a name that is a truth', text: 'name: true', says: 'its name is no text' },
    // A server shows 1.10, of which a number keeps 1.1 alone.
    { rule: 'a name that is a fraction', text: 'name: 1.10', says: 'its name is no text' },
    { rule: 'jobs as a list', text: 'jobs: [a]', says: 'its jobs are no map' },
    { rule: 'a job as a text', text: 'jobs: {a: {}, b: x}', says: 'job b is no job' },
    { rule: 'a job named by a list', text: 'jobs: {a: {name: [x]}}', says: 'job a is no job' },
    { rule: 'needs as a map', text: 'jobs: {a: {needs: {b: c}}}', says: 'job a is no job' },
    { rule: 'needs of a list', text: 'jobs: {a: {needs: [b, [c]]}}', says: 'job a is no job' },
    { rule: 'a key given twice', text: 'a: 1\na: 2\n', says: 'it is no YAML (line 2)' },
    { rule: 'a tab', text: 'jobs:\n\ta: 1\n', says: /^it is no YAML/ },
    { rule: 'broken YAML', text: 'on: push\njobs: {a', says: /^it is no YAML \(line [23]\)$/ },
    { rule: 'aliases without end', text: bomb, says: 'its aliases are too many' },
    ...[
      'jobs: {a: {strategy: &s {matrix: {x: [1]}, z: *s}}}',
      'jobs: {a: {concurrency: &c {group: g, z: *c}}}',
      'jobs: {a: {steps: [{name: &n [*n], run: x}]}}',
      'x: &x {y: &y {z: *x}}\njobs: {}',
    ].map(text => ({ rule: text, text, says: 'an alias in it contains itself' })),
    { rule: 'deep lists', text: nested(65), says: 'it is nested too deeply' },
    { rule: 'deep maps', text: maps(65), says: 'it is nested too deeply' },
    { rule: 'one byte too many', text: padded(1024 * 1024 + 1), says: 'it is larger than 1 MiB' },
  ])('$rule', async ({ text, says }) => {
    const said = await why(text)
    if (typeof says === 'string') expect(said).toBe(says)
    else expect(said).toMatch(says)
  })

  it('an alias beside its anchor, or twice, is read', async () => {
    expect(await why('x: &x {y: 1}\njobs: {}\nz: [*x, *x, {a: *x}]\n')).toBeNull()
  })

  it('brackets in a text do not count', async () => {
    expect(await why(`jobs: {}\nx: '${'['.repeat(500)}'\ny: |\n  ${'{'.repeat(500)}\n`)).toBeNull()
  })

  it('any text at all is read or unreadable, never an exception', async () => {
    await holdsLater([fc.string({ unit: 'binary' })], async text => {
      expect(['workflow', 'unreadable']).toContain((await parse(text)).kind)
    })
  })

  it('bytes that are no text', async () => {
    expect(await why(new Uint8Array([0x6f, 0x6e, 0xff]))).toBe('it is no UTF-8')
  })

  it.each([
    { rule: 'lists as deep as allowed', text: nested(64) },
    { rule: 'maps as deep as allowed', text: maps(64) },
    { rule: 'many brackets side by side', text: `on: push\nx: [${'[a], '.repeat(100)}]` },
    { rule: 'many maps side by side', text: `on: push\nx: [${'{a: b}, '.repeat(100)}]` },
    { rule: 'just the size allowed', text: padded(1024 * 1024) },
  ])('but not: $rule', async ({ text }) => {
    expect(await why(text)).toBeNull()
  })
})
