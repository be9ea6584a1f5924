import { expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { umbrellaJobIn } from '../../src/workflow/umbrella-job.js'

it.each([
  {
    rule: 'is the job, with all that need it, sorted',
    jobs: ['gate: { needs: a }', 'z: { needs: [a, gate] }', 'y: { needs: z }', 'a: {}'],
    says: { job: 'gate', dependents: ['y', 'z'] },
  },
  {
    rule: 'does not depend on itself',
    jobs: ['gate: { needs: y }', 'y: { needs: gate }'],
    says: { job: 'gate', dependents: ['y'] },
  },
  {
    rule: 'is found by its name',
    jobs: ['a: { name: gate }', 'b: { needs: a }'],
    says: { job: 'a', dependents: ['b'] },
  },
  { rule: 'is none where none writes it', jobs: ['a: {}'], says: null },
  { rule: 'is none where two write it', jobs: ['gate: {}', 'a: { name: gate }'], says: null },
])('the job of an umbrella $rule', async ({ jobs, says }) => {
  const text = `on: pull_request\njobs:\n${jobs.map(job => `  ${job}\n`).join('')}`
  const file = await parseWorkflow('ci.yml', Buffer.from(text))
  if (file.kind === 'unreadable') throw new Error(file.why)
  const asked = { umbrella: 'gate', naming: GITHUB_NAMING, targetSuffix: false }
  expect(umbrellaJobIn(file, asked)).toEqual(says)
})
