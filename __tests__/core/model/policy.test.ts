import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import { isListed, isOptional, unmatched } from '../../../src/core/model/policy.js'
import { checkPolicy } from '../../support/check-builders.js'

describe('what the lists make of a context', () => {
  it.each([
    { context: 'Lint', listed: true, optional: false },
    { context: 'Docs', listed: true, optional: true },
    { context: 'all-required', listed: true, optional: false },
    { context: 'Build', listed: false, optional: false },
  ])('$context is listed: $listed, and may fail: $optional', ({ context, listed, optional }) => {
    const policy = checkPolicy({ optional: ['Docs'] })
    expect([isListed(policy, context), isOptional(policy, context)]).toEqual([listed, optional])
  })

  it.each<{
    readonly rule: string
    readonly asked: Partial<Policy>
    readonly contexts: readonly string[]
    readonly missing: readonly string[]
  }>([
    { rule: 'all are there', asked: {}, contexts: ['Lint', 'Test'], missing: [] },
    { rule: 'one is not', asked: {}, contexts: ['Lint'], missing: ['Test'] },
    {
      rule: 'a pattern names one',
      asked: { required: ['Li*'] },
      contexts: ['Lint'],
      missing: [],
    },
    {
      rule: 'a pattern does not name the umbrella',
      asked: { required: ['all-*'] },
      contexts: ['all-required'],
      missing: ['all-*'],
    },
    {
      rule: 'a pattern does not name what an exact entry makes optional',
      asked: { required: ['*'], optional: ['Docs'] },
      contexts: ['Docs'],
      missing: ['*'],
    },
    {
      rule: 'what another system writes is asked for too',
      asked: { external: ['deploy'] },
      contexts: ['Lint', 'Test'],
      missing: ['deploy'],
    },
  ])('entries that name nothing: $rule', ({ asked, contexts, missing }) => {
    expect(unmatched(checkPolicy(asked), contexts)).toEqual(missing)
  })
})
