import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../../../src/core/model/policy.js'
import { sortChecks } from '../../../../src/core/view/checks/legs.js'
import { withSkippedMatrices } from '../../../../src/core/view/checks/matrix.js'
import { requiredContexts } from '../../../../src/core/view/required-contexts.js'
import { checkPolicy, checksHead } from '../../../support/check-builders.js'

const EXPANDED = 'Test (${{ matrix.os }})'

interface MatrixCase {
  readonly rule: string
  readonly legs: readonly string[]
  readonly asked?: Partial<Policy>
  /** Where no list says what is required: what the umbrella needs. */
  readonly needs?: readonly [string, ...string[]]
  readonly required: readonly string[]
  readonly skippable?: readonly string[]
}

const leg = (entry: string): Partial<Policy> => ({ required: ['Lint', entry] })

describe('a skipped job stands for legs that nothing carries', () => {
  it.each<MatrixCase>([
    {
      rule: 'by its name, in which the matrix is not filled in',
      legs: ['R1 Lint success', `R1 ${EXPANDED} skipped`],
      asked: leg('Test (linux)'),
      required: ['Lint', EXPANDED],
    },
    {
      rule: 'not by a name that gives another leg',
      legs: ['R1 Lint success', `R1 ${EXPANDED} skipped`],
      asked: leg('Build (linux)'),
      required: ['Lint', 'Build (linux)'],
    },
    {
      rule: 'not by a star in a name of its own, which is no expression',
      legs: ['R1 Lint success', 'R1 Test * skipped'],
      asked: leg('Test (linux)'),
      required: ['Lint', 'Test (linux)'],
    },
    {
      rule: 'by its id, for a matrix',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: leg('test (linux)'),
      required: ['Lint', 'test'],
    },
    {
      rule: 'by its id, for what it calls',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: leg('test / inner'),
      required: ['Lint', 'test'],
    },
    {
      rule: 'not for a job of another id',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: leg('tester (linux)'),
      required: ['Lint', 'tester (linux)'],
    },
    {
      rule: 'not for one that ends in brackets of its own',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: leg('build (linux)'),
      required: ['Lint', 'build (linux)'],
    },
    {
      rule: 'not for one that goes on behind the brackets',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: leg('test (linux) again'),
      required: ['Lint', 'test (linux) again'],
    },
    {
      rule: 'not where it failed',
      legs: ['R1 Lint skipped', 'R1 test failure'],
      asked: leg('test (linux)'),
      required: ['Lint', 'test (linux)'],
    },
    {
      rule: 'not for a leg that is there',
      legs: ['R1 Lint success', 'R1 Test (linux) success', `R1 ${EXPANDED} skipped`],
      asked: leg('Test (linux)'),
      required: ['Lint', 'Test (linux)'],
    },
    {
      rule: 'and not for a needed one that is there, by its very name',
      legs: ['R1 Test (*) success', `R1 ${EXPANDED} skipped`],
      needs: ['Test (*)'],
      required: ['Test (*)'],
    },
    {
      rule: 'a needed one is not there, though taken for a pattern it would name another',
      legs: ['R1 test (ab) success', 'R1 test skipped'],
      needs: ['test (a*)'],
      required: ['test'],
    },
    {
      rule: 'a needed one that is not there is that check run too',
      legs: ['R1 Lint success', `R1 ${EXPANDED} skipped`],
      needs: ['Lint', 'Test (linux)'],
      required: ['Lint', EXPANDED],
    },
    {
      rule: 'a leg that may be skipped is one by a name that shows it',
      legs: ['R1 Lint success', `R1 ${EXPANDED} skipped`, 'R1 Build (${{ a }}) skipped'],
      asked: { ...leg('Test (linux)'), skippable: ['Test (l*)'] },
      required: ['Lint', EXPANDED],
      skippable: ['Test (l*)', EXPANDED],
    },
    {
      rule: 'and none by an id, of which it must be said',
      legs: ['R1 Lint success', 'R1 test skipped'],
      asked: { ...leg('test (linux)'), skippable: ['test (linux)'] },
      required: ['Lint', 'test'],
      skippable: ['test (linux)'],
    },
    {
      rule: 'a leg that may not be skipped makes nothing skippable',
      legs: ['R1 Lint success', `R1 ${EXPANDED} skipped`],
      asked: { ...leg('Test (linux)'), skippable: ['Docs'] },
      required: ['Lint', EXPANDED],
      skippable: ['Docs'],
    },
  ])('$rule', ({ legs, asked = {}, needs, required, skippable = [] }) => {
    const found = sortChecks(checksHead({ legs })).legs
    const listed = requiredContexts(
      checkPolicy(needs === undefined ? asked : { ...asked, required: [] }),
      needs === undefined ? undefined : { kind: 'contexts', contexts: needs, from: 'ci.yml' },
    )
    const names = found.map(({ name }) => name)
    const { policy, needed } = withSkippedMatrices(listed, found, names)
    expect({ required: policy.required, needed, skippable: policy.skippable }).toEqual({
      required,
      needed: needs === undefined ? [] : required,
      skippable,
    })
  })
})
