import { expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { umbrellaWork } from '../../src/workflow/umbrella-work.js'

const file = (...jobs: readonly string[]): string =>
  `on: pull_request\njobs:\n${jobs.map(job => `  ${job}\n`).join('')}`
const JUDGES = "steps: [{ run: 'test ${{ needs.a.result }} = success' }]"
const GATE = `gate: { needs: a, if: always(), runs-on: x, ${JUDGES} }`

const other = (why: string): object => ({ kind: 'other-work', why })

it.each([
  {
    rule: 'a job that judges its needs',
    files: { 'ci.yml': file('a: {}', GATE), 'b.yml': file('b: {}') },
    says: { kind: 'only-judges', by: 'needs' },
  },
  {
    rule: 'a job that works besides',
    files: { 'ci.yml': file('a: {}', 'gate: { needs: a, runs-on: x, container: y }') },
    says: other('gate in ci.yml: it has container'),
  },
  {
    rule: 'no job',
    files: { 'ci.yml': file('a: {}') },
    says: other('no workflow file has a job that writes it'),
  },
  {
    rule: 'two jobs',
    files: { 'ci.yml': file('a: {}', GATE), 'b.yml': file('a: {}', GATE) },
    says: other('more than one job writes it'),
  },
  {
    rule: 'a job that judges beside a file that may write it, too',
    files: { 'ci.yml': file('a: {}', GATE), 'b.yml': 'jobs: []' },
    says: other('b.yml cannot be read: its jobs are no map'),
  },
])('the work of an umbrella that is written by $rule', async ({ files, says }) => {
  const read = await Promise.all(
    Object.entries(files).map(([path, text]) => parseWorkflow(path, Buffer.from(text))),
  )
  const asked = { umbrella: 'gate', naming: GITHUB_NAMING, targetSuffix: false }
  expect(umbrellaWork(read, asked)).toEqual(says)
})
