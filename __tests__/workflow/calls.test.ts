import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { withCalledJobs } from '../../src/workflow/calls.js'
import { neededBy } from '../../src/workflow/needs.js'
import { umbrellaJobIn } from '../../src/workflow/umbrella-job.js'
import type { Workflow } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

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

  it('one that calls itself ends', async () => {
    const files = await tree({
      'ci.yml': calls(LOCAL),
      'jobs.yml': `on: workflow_call\njobs: { again: { uses: "${LOCAL}" } }`,
    })
    expect(files[0]?.jobs).toHaveLength(1)
  })
})
