import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import type { UmbrellaNeeds } from '../../../src/core/model/umbrella-files.js'
import { absentOf, requiredContexts } from '../../../src/core/view/required-contexts.js'
import { EVERY_JOB } from '../../support/builders.js'
import { checkPolicy } from '../../support/check-builders.js'

const BY_NEEDS: UmbrellaNeeds = { kind: 'contexts', contexts: ['Lint', 'Docs'], from: 'ci.yml' }

describe('what must be green, and where that comes from', () => {
  it.each<{
    readonly rule: string
    readonly asked?: Partial<Policy>
    readonly needs?: UmbrellaNeeds
    readonly is: Readonly<Record<string, unknown>>
  }>([
    {
      rule: 'a list is all that counts',
      needs: BY_NEEDS,
      is: { required: ['Lint', 'Test'], needed: [], source: 'required-contexts', from: '' },
    },
    {
      rule: 'no list, and nothing was read',
      asked: { required: [] },
      is: { required: [], needed: [], source: 'required-contexts', from: '' },
    },
    {
      rule: 'no list, and the files do not tell',
      asked: { required: [] },
      needs: { kind: 'no-such-job', branch: 'main', calls: null },
      is: { required: [], needed: [], source: 'nowhere', from: '' },
    },
    {
      rule: 'no list: what the umbrella needs, but for what may fail or is of another system',
      asked: { required: [], optional: ['Docs'] },
      needs: BY_NEEDS,
      is: {
        required: ['Lint'],
        needed: ['Lint'],
        source: 'the needs of the umbrella (ci.yml)',
        from: 'ci.yml',
        implied: false,
      },
    },
    {
      rule: 'no list, and the needs cannot be told: every other job',
      asked: { required: [] },
      needs: EVERY_JOB,
      is: {
        required: [],
        needed: [],
        source: 'every other job of the run, for all-required needs no other job (ci.yml on main)',
        from: 'ci.yml on main',
        implied: true,
      },
    },
  ])('$rule', ({ asked, needs, is }) => {
    const found = requiredContexts(checkPolicy(asked), needs)
    expect({ ...found, required: found.policy.required }).toMatchObject(is)
  })
})

describe('a job that only a run tells, of which', () => {
  const name = (prefix: string) => `${prefix} (pull_request)`
  it.each([
    { rule: 'the job itself is there', prefix: 'CI / test', has: 'CI / test', absent: false },
    { rule: 'a leg is there', prefix: 'CI / test', has: 'CI / test (abc)', absent: false },
    {
      rule: 'a job that it calls is there',
      prefix: 'CI / test',
      has: 'CI / test / inner',
      absent: false,
    },
    { rule: 'another job has legs', prefix: 'CI / test', has: 'CI / tests (abc)', absent: true },
    {
      rule: 'another job goes on behind brackets',
      prefix: 'CI / test',
      has: 'CI / test (abc) twice',
      absent: true,
    },
    {
      rule: 'another job has the end of its name by the event alone',
      prefix: 'CI / test (pull_request)',
      has: 'CI / test',
      absent: true,
    },
    { rule: 'nothing is there', prefix: 'CI / test', has: 'CI / lint', absent: true },
  ])('$rule: absent is $absent', ({ prefix, has, absent }) => {
    const legs = [{ prefix, suffix: ' (pull_request)' }]
    const needs: UmbrellaNeeds = { ...EVERY_JOB, legs } as UmbrellaNeeds
    const found = absentOf(requiredContexts(checkPolicy({ required: [] }), needs), [name(has)])
    const context = name(prefix)
    const why = `no leg of ${context} in the newest run (ci.yml on main): set required-contexts`
    expect(found).toEqual(absent ? [{ context, why }] : [])
  })

  it('the pull request dropped the need', () => {
    const needs = { ...EVERY_JOB, dropped: ['deep'] } as UmbrellaNeeds
    expect(absentOf(requiredContexts(checkPolicy({ required: [] }), needs), [])).toEqual([
      {
        context: 'deep',
        why:
          'the umbrella of ci.yml on main needs deep, and the file of the pull request dropped ' +
          'it: set required-contexts',
      },
    ])
  })
})
