import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { localCall, withCalledJobs } from '../../src/workflow/calls.js'
import { neededBy } from '../../src/workflow/needs.js'
import { umbrellaJobIn } from '../../src/workflow/umbrella-job.js'
import type { Workflow } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { workflowJob } from '../support/builders.js'

const FOLDER = '.github/workflows'

/** The files of a repository, each with the jobs it calls in their callers' places. */
async function tree(files: Readonly<Record<string, string>>): Promise<readonly Workflow[]> {
  const read = await Promise.all(
    Object.entries(files).map(([name, text]) =>
      parseWorkflow(`${FOLDER}/${name}`, Buffer.from(text)),
    ),
  )
  const plain = read.filter(file => file.kind === 'workflow')
  return plain.map(file => withCalledJobs(file, path => plain.find(one => one.path === path)))
}

const CALLED = `
on: workflow_call
jobs:
  lint: { runs-on: x, steps: [{ run: a }] }
  test: { runs-on: x, strategy: { matrix: { os: [linux, mac] } }, steps: [{ run: a }] }
  all-required: { needs: [lint, test], if: always(), runs-on: x, steps: [{ run: a }] }
`
const calls = (uses: string, more = ''): string =>
  `on: pull_request\njobs:\n  ci: { uses: "${uses}" }\n${more}`
const LOCAL = `./${FOLDER}/jobs.yml`

const asked = (umbrella: string) => ({ umbrella, naming: GITHUB_NAMING, targetSuffix: false })

describe('a workflow that calls another of its repository', () => {
  it('has its jobs by their callers name, so that an umbrella among them has needs', async () => {
    const files = await tree({ 'ci.yml': calls(LOCAL), 'jobs.yml': CALLED })
    expect(neededBy(files, asked('ci / all-required'))).toMatchObject({
      kind: 'contexts',
      job: 'ci / all-required',
      contexts: ['ci / lint', 'ci / test (linux)', 'ci / test (mac)'],
    })
  })

  it('is no writer of what the called jobs are called by themselves', async () => {
    const files = await tree({ 'ci.yml': calls(LOCAL), 'jobs.yml': CALLED })
    expect(neededBy(files, asked('all-required')).kind).toBe('no-such-job')
  })

  it('an umbrella that needs the caller stands for every job of it', async () => {
    const gate = '  gate: { needs: ci, if: always(), runs-on: x, steps: [{ run: a }] }\n'
    const files = await tree({ 'ci.yml': calls(LOCAL, gate), 'jobs.yml': CALLED })
    expect(neededBy(files, asked('gate'))).toMatchObject({
      kind: 'contexts',
      contexts: ['ci / lint', 'ci / test (linux)', 'ci / test (mac)', 'ci / all-required'],
    })
  })

  it('what needs the caller runs again with an umbrella among its jobs', async () => {
    const deploy = '  deploy: { needs: ci, runs-on: x, steps: [{ run: a }] }\n'
    const [ci] = await tree({ 'ci.yml': calls(LOCAL, deploy), 'jobs.yml': CALLED })
    if (ci === undefined) throw new Error('no file')
    expect(umbrellaJobIn(ci, asked('ci / all-required'))).toEqual({
      job: 'ci / all-required',
      dependents: ['deploy'],
    })
  })

  it('calls one that calls another: every level is in the name', async () => {
    const files = await tree({
      'ci.yml': calls(`./${FOLDER}/middle.yml`),
      'middle.yml': `on: workflow_call\njobs: { all: { uses: "${LOCAL}" } }`,
      'jobs.yml': CALLED,
    })
    expect(neededBy(files, asked('ci / all / all-required'))).toMatchObject({
      contexts: ['ci / all / lint', 'ci / all / test (linux)', 'ci / all / test (mac)'],
    })
  })

  it.each([
    { rule: 'one of another repository', uses: 'acme/flows/.github/workflows/ci.yml@v1' },
    { rule: 'one that is not there', uses: `./${FOLDER}/gone.yml` },
    { rule: 'one that is not to be called', uses: `./${FOLDER}/other.yml` },
  ])('$rule is named as what cannot be read', async ({ uses }) => {
    const files = await tree({
      'ci.yml': calls(uses),
      'other.yml': CALLED.replace('workflow_call', 'push'),
    })
    expect(neededBy(files, asked('ci / all-required'))).toEqual({
      kind: 'no-such-job',
      calls: uses,
    })
  })

  it('one without jobs takes no need away', async () => {
    const gate = '  gate: { needs: ci, if: always(), runs-on: x, steps: [{ run: a }] }\n'
    const files = await tree({
      'ci.yml': calls(LOCAL, gate),
      'jobs.yml': 'on: workflow_call\njobs: {}',
    })
    expect(files[0]?.jobs.find(({ id }) => id === 'gate')?.needs).toEqual(['ci'])
  })

  it('one that calls itself ends after four levels', async () => {
    const files = await tree({
      'ci.yml': calls(LOCAL),
      'jobs.yml': `on: workflow_call\njobs: { again: { uses: "${LOCAL}" } }`,
    })
    const name = 'ci / again / again / again / again'
    expect(files[0]?.jobs).toMatchObject([{ id: name, name, calls: LOCAL }])
  })

  it.each([
    { rule: 'with a matrix', job: `{ uses: "${LOCAL}", strategy: { matrix: { os: [a, b] } } }` },
    { rule: 'whose name only a run tells', job: `{ uses: "${LOCAL}", name: "\${{ x }}" }` },
    { rule: 'of a file that is not to be called', job: `{ uses: "./${FOLDER}/other.yml" }` },
    { rule: 'of a file that is not there', job: `{ uses: "./${FOLDER}/gone.yml" }` },
    { rule: 'of a file without jobs', job: `{ uses: "./${FOLDER}/none.yml" }` },
  ])('a call $rule stays one job, beside one that can be followed', async ({ job }) => {
    const files = await tree({
      'ci.yml': `on: pull_request\njobs: { ci: ${job}, all: { uses: "./${FOLDER}/a.yml" } }`,
      'a.yml': 'on: workflow_call\njobs: { a: {} }',
      'jobs.yml': CALLED,
      'other.yml': CALLED.replace('workflow_call', 'push'),
      'none.yml': 'on: workflow_call\njobs: {}',
    })
    expect(files[0]?.jobs.map(({ id }) => id)).toEqual(['ci', 'all / a'])
  })

  it('only a job that calls is the caller of what nobody can read', async () => {
    const files = await tree({
      'ci.yml': `on: pull_request\njobs: { lint: {}, ci: { name: CI, uses: "a/b/c.yml@v1" } }`,
    })
    const callsFor = (umbrella: string): unknown => neededBy(files, asked(umbrella))
    expect(callsFor('lint / gate')).toEqual({ kind: 'no-such-job', calls: null })
    expect(callsFor('test / gate')).toEqual({ kind: 'no-such-job', calls: null })
    expect(callsFor('CI / gate')).toEqual({ kind: 'no-such-job', calls: 'a/b/c.yml@v1' })
  })
})

describe('which file of its repository a job calls', () => {
  it.each([
    { uses: './a/b.yml', path: 'a/b.yml' },
    { uses: './a/b.YAML', path: 'a/b.YAML' },
    { uses: 'a/./b.yml', path: null },
    { uses: 'acme/flows/./b.yml', path: null },
    { uses: './b.yml@main', path: null },
    { uses: './b.yml/c', path: null },
    { uses: './b.json', path: null },
    { uses: './a', path: null },
    { uses: null, path: null },
  ])('$uses: $path', ({ uses, path }) => {
    expect(localCall(workflowJob({ calls: uses }))).toBe(path)
  })
})

describe('a job that is called', () => {
  /** The one job of a workflow, called by another one; each with these lines. */
  async function called({ caller = '', file = '', job = '' }) {
    const [ci] = await tree({
      'ci.yml': `on: pull_request\njobs:\n  a: {}\n  ci: { uses: "${LOCAL}", needs: a, ${caller} }`,
      'jobs.yml': `on: workflow_call\n${file}\njobs:\n  b: {}\n  t: { needs: b, ${job} }`,
    })
    const found = ci?.jobs.find(({ id }) => id === 'ci / t')
    if (found === undefined) throw new Error('there is no such job')
    return found
  }

  it('needs what its caller needs, and what it needs itself', async () => {
    const { name, needs } = await called({ caller: 'name: CI', job: 'name: Test' })
    expect({ name, needs }).toEqual({ name: 'CI / Test', needs: ['a', 'ci / b'] })
  })

  it.each([
    { rule: 'none', of: {}, group: null },
    { rule: 'that of its caller', of: { caller: 'concurrency: x' }, group: 'x' },
    { rule: 'that of its file', of: { file: 'concurrency: x' }, group: 'x' },
    { rule: 'its own', of: { job: 'concurrency: x' }, group: 'x' },
    {
      rule: 'one that cannot be told, where there are two',
      of: { caller: 'concurrency: x', job: 'concurrency: x' },
      group: '',
    },
    {
      rule: 'one that cannot be told, where there are others',
      of: { file: 'concurrency: x', job: 'concurrency: y' },
      group: '',
    },
  ])('has a concurrency group: $rule', async ({ of, group }) => {
    expect((await called(of)).concurrency).toBe(group)
  })

  it.each([
    { rule: 'of its file', of: { file: 'env: { A: f, B: f }' }, env: { A: 'f', B: 'f' } },
    {
      rule: 'of its own before those',
      of: { file: 'env: { A: f, B: f }', job: 'env: { B: j, C: j }' },
      env: { A: 'f', B: 'j', C: 'j' },
    },
    {
      rule: 'that nobody knows, by its file',
      of: { file: 'env: "${{ x }}"', job: 'env: { A: j }' },
      env: null,
    },
    {
      rule: 'that nobody knows, by itself',
      of: { file: 'env: { A: f }', job: 'env: "${{ x }}"' },
      env: null,
    },
  ])('has variables $rule', async ({ of, env }) => {
    expect((await called(of)).body.env).toEqual(env)
  })

  const set = (...lines: readonly string[]): string => `defaults: { run: { ${lines.join(', ')} } }`
  it.each([
    { rule: 'of none', of: {}, shell: null, others: [] },
    { rule: 'of its file', of: { file: set('shell: sh') }, shell: 'sh', others: [] },
    { rule: 'of its own', of: { job: set('shell: sh') }, shell: 'sh', others: [] },
    {
      rule: 'of its own before those of its file, and all else of both',
      of: { file: set('shell: sh', 'working-directory: x'), job: set('shell: bash', 'y: z') },
      shell: 'bash',
      others: ['y', 'working-directory'],
    },
  ])('has defaults $rule', async ({ of, shell, others }) => {
    expect((await called(of)).body).toMatchObject({ shell, others })
  })
})
