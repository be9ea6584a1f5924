import { expect, it } from '@jest/globals'
import { baseBranchName, hasBase } from '../../../src/core/model/evidence.js'
import { pull } from '../../support/builders.js'

it.each([
  { base: 'main', name: 'main', known: true },
  { base: null, name: '', known: false },
])('a base branch is told where it is known: "$name"', ({ base, name, known }) => {
  expect(baseBranchName({ base })).toBe(name)
  expect(hasBase({ ...pull(), base })).toBe(known)
})
