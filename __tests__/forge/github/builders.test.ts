import { expect, it } from '@jest/globals'
import { signedRow } from '../../../src/forge/github/statuses.js'
import { readStatus } from '../../support/check-builders.js'

it.each([
  ...['success', 'failure', 'error', 'pending'].map(state => `R3 all-required ${state}`),
  'before:R1 all-required failure',
  '@ann all-required failure',
  'us all-required pending [ur-undo 100 1 abcdef]',
  'us all-required success [ur-green 100 1 abcd]',
])('what tests of core say of the status %s is what the adapter reads of it', line => {
  const row = readStatus(line, 0, 1)
  const creator = { login: row.creator ?? '', bot: row.creator === 'github-actions[bot]' }
  expect(signedRow({ ...row, creator })).toEqual(row)
})
