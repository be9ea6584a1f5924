import { describe, expect, it } from '@jest/globals'
import { workOf, isUmbrellaLike } from '../../src/workflow/classify.js'
import { RESULT, saidOf } from '../support/umbrella-scenes.js'
import { readUmbrella, script, steps } from '../support/umbrella-jobs.js'

const BY_NEEDS = 'judges by needs'
const BY_NOTHING = 'judges by nothing'
const step = (condition: string): string => steps(`- if: ${condition}\n  run: exit 1`)
const job = (condition: string): string =>
  steps('- run: ./coverage.sh', `if: ${condition}\nneeds: [lint]`)

describe('what is turned off by a word alone is not read', () => {
  it.each([
    { rule: 'a step', body: step('false'), says: BY_NOTHING },
    { rule: 'a step by an expression', body: step('${{ false }}'), says: BY_NOTHING },
    { rule: 'a step by one without blanks', body: step('${{false}}'), says: BY_NOTHING },
    { rule: 'a step by one with a blank before it', body: step('${{ false}}'), says: BY_NOTHING },
    { rule: 'a step by one with a blank behind it', body: step('${{false }}'), says: BY_NOTHING },
    { rule: 'a step by one with more blanks', body: step('${{  false  }}'), says: BY_NOTHING },
    { rule: 'a job', body: job('false'), says: BY_NOTHING },
    {
      rule: 'not a job that is off by more than that',
      body: job('always() && 1 == 2'),
      says: 'it runs ./coverage.sh',
    },
    {
      rule: 'not a step whose condition ends so',
      body: step("needs.lint.result != 'success' || false"),
      says: BY_NEEDS,
    },
    {
      rule: 'not a step whose condition begins so',
      body: step("false || needs.lint.result != 'success'"),
      says: BY_NEEDS,
    },
  ])('$rule', async ({ body, says }) => {
    expect(await saidOf(body)).toBe(says)
  })
})

describe('a step that runs behind failures alone', () => {
  it('rests on what those before it rest on', async () => {
    const body = steps(`- run: '[ "${RESULT}" = success ]'\n- if: failure()\n  run: exit 1`)
    expect(await saidOf(body)).toBe(BY_NEEDS)
  })

  it('does not run where all is green: what it would do there is nothing', async () => {
    const run = `'if [ "${RESULT}" = success ]; then exit 1; fi'`
    expect(await saidOf(steps(`- if: failure()\n  run: ${run}`))).toBe(BY_NEEDS)
  })
})

describe('what a job has beside its steps', () => {
  it.each([
    {
      rule: 'two keys',
      body: script('true', 'container: x\nservices: { a: { image: b } }\n'),
      says: 'it has container, services',
    },
    {
      rule: 'a long key',
      body: script('true', `${'x'.repeat(99)}: y\n`),
      says: `it has ${'x'.repeat(60)}`,
    },
    {
      rule: 'a matrix by an expression',
      body: script('true', 'strategy: { matrix: "${{ vars.x }}" }\n'),
      says: 'its matrix is known only to a run',
    },
    {
      rule: 'a matrix of its own',
      body: script('true', 'strategy: { matrix: { a: [1, 2] } }\n'),
      says: BY_NOTHING,
    },
    { rule: 'fifty steps', body: steps('- run: true\n'.repeat(50).trim()), says: BY_NOTHING },
    {
      rule: 'one step more',
      body: steps('- run: true\n'.repeat(51).trim()),
      says: 'it has too many steps',
    },
  ])('$rule: $says', async ({ body, says }) => {
    expect(await saidOf(body)).toBe(says)
  })
})

describe('a job answers for others', () => {
  const URL = '"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status"'
  const poll = `- run: 'curl -sf ${URL} | jq -e .state'`
  it.each([
    { rule: 'by what it needs', body: step("needs.lint.result != 'success'"), is: true },
    { rule: 'by statuses, with no needs', body: steps(poll, 'if: always()'), is: true },
    {
      rule: 'not by failure() where it needs nothing',
      body: steps('- run: exit 1', 'if: failure()'),
      is: false,
    },
    { rule: 'not by nothing', body: steps('- run: echo'), is: false },
  ])('$rule', async ({ body, is }) => {
    const [workflow, umbrella] = await readUmbrella(body)
    expect(workOf(workflow, umbrella).kind).toBe('only-judges')
    expect(isUmbrellaLike(workflow, umbrella)).toBe(is)
  })
})
