import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { jobNamesIn, mayFailIn, skippedFor } from '../../src/workflow/job-names.js'
import type { Workflow } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

/** A workflow with these jobs, one a line. */
async function fileOf(...jobs: readonly string[]): Promise<Workflow> {
  const text = `on: push\njobs:\n${jobs.map(job => `  ${job}\n`).join('')}`
  const read = await parseWorkflow('ci.yml', Buffer.from(text))
  if (read.kind !== 'workflow') throw new Error(read.why)
  return read
}

const DYNAMIC = "strategy: { matrix: '${{ fromJSON(vars.x) }}' }"
const LEGS = 'strategy: { matrix: { os: [linux, mac] } }'

describe('which job may fail, by the name that a run shows', () => {
  const lets = 'continue-on-error: true'
  it.each([
    { rule: 'the job of this id', jobs: ['lint: {}', `test: { ${lets} }`], says: 'yes' },
    { rule: 'not another one of its file', jobs: [`lint: { ${lets} }`, 'test: {}'], says: 'no' },
    { rule: 'the job of this name', jobs: [`a: { name: test, ${lets} }`], says: 'yes' },
    { rule: 'not one of this id and another name', jobs: [`test: { name: a, ${lets} }`] },
    { rule: 'nobody knows', jobs: ["test: { continue-on-error: '${{ x }}' }"], says: 'unknown' },
    { rule: 'no job is called so', jobs: [`a: { ${lets} }`] },
    { rule: 'two are called so', jobs: [`a: { name: test, ${lets} }`, `test: { ${lets} }`] },
    {
      rule: 'one leg of a matrix',
      jobs: [`test: { ${LEGS}, ${lets} }`],
      shown: 'test (mac)',
      says: 'yes',
    },
    { rule: 'not a leg that it has not', jobs: [`test: { ${LEGS}, ${lets} }`], shown: 'test (x)' },
    { rule: 'a job that only a run tells', jobs: [`test: { ${DYNAMIC}, ${lets} }`], says: 'yes' },
    {
      rule: 'a leg that only a run tells',
      jobs: [`test: { ${DYNAMIC}, ${lets} }`],
      shown: 'test (a)',
      says: 'yes',
    },
    {
      rule: 'not one whose name only begins so',
      jobs: [`test: { ${DYNAMIC}, ${lets} }`],
      shown: 'tests',
    },
    {
      rule: 'not one whose name nobody knows',
      jobs: [`test: { name: '\${{ vars.x }}', ${lets} }`],
      shown: 'null (a)',
    },
  ])('$rule', async ({ jobs, shown = 'test', says = 'no' }) => {
    expect(mayFailIn(await fileOf(...jobs), shown, GITHUB_NAMING)).toBe(says)
  })
})

describe('the names of all jobs', () => {
  it('are those of every file, and of every leg', async () => {
    const files = [await fileOf('a: {}', `t: { ${LEGS} }`), await fileOf('b: { name: B }')]
    expect(jobNamesIn(files, GITHUB_NAMING)).toEqual(['a', 't (linux)', 't (mac)', 'B'])
  })

  it('are not known where one is not', async () => {
    const files = [await fileOf('a: {}'), await fileOf('b: {}', `t: { ${DYNAMIC} }`)]
    expect(jobNamesIn(files, GITHUB_NAMING)).toBeNull()
  })
})

describe('the failed job for which another one was skipped', () => {
  const CHAIN = ['a: {}', 'b: {}', 'c: { needs: a }', 'd: { needs: [b, c] }', 'e: {}']
  it.each([
    { rule: 'one that it needs', skipped: 'c', failed: ['a'], says: 'a' },
    { rule: 'one that it needs through another', skipped: 'd', failed: ['e', 'a'], says: 'a' },
    { rule: 'the first of several', skipped: 'd', failed: ['b', 'a'], says: 'b' },
    { rule: 'none that it does not need', skipped: 'c', failed: ['b', 'd', 'e'], says: null },
    { rule: 'not itself', skipped: 'd', failed: ['d'], says: null },
    { rule: 'none of a job that the file has not', skipped: 'x', failed: ['a'], says: null },
    {
      rule: 'none where two jobs are called so',
      jobs: ['a: {}', 'c: { needs: a }', 'd: { name: c, needs: a }'],
      skipped: 'c',
      failed: ['a'],
      says: null,
    },
    {
      rule: 'a leg of one that it needs',
      jobs: [`a: { ${LEGS} }`, 'c: { needs: a }'],
      skipped: 'c',
      failed: ['a (mac)'],
      says: 'a (mac)',
    },
    {
      rule: 'one by its name',
      jobs: ['a: { name: A }', 'c: { name: C, needs: a }'],
      skipped: 'C',
      failed: ['a', 'A'],
      says: 'A',
    },
    {
      rule: 'one of those that need each other',
      jobs: ['a: { needs: c }', 'c: { needs: a }', 'd: { needs: c }'],
      skipped: 'd',
      failed: ['a'],
      says: 'a',
    },
  ])('is $rule', async ({ jobs = CHAIN, skipped, failed, says }) => {
    const file = await fileOf(...jobs)
    expect(skippedFor(file, skipped, failed, GITHUB_NAMING)).toBe(says)
  })
})
