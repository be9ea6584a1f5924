import { describe, expect, it } from '@jest/globals'
import { blockersOf } from '../../../src/core/view/gate.js'
import { isUmbrellaMissing, umbrellaRows } from '../../../src/core/view/read.js'
import { contextOf, head, STALE, UMBRELLA } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checksHead, GATE } from '../../support/check-builders.js'

describe('what is not green beside the umbrella', () => {
  it('by rows: each context by its latest row', () => {
    const rows = [...STALE, 'R1 Docs failure', 'R1 Build success', '@ann chat/bot pending']
    expect(blockersOf(head({ rows }), UMBRELLA)).toEqual([
      { context: contextOf('Docs'), state: 'failure' },
      { context: 'chat/bot', state: 'pending' },
    ])
  })

  it('by check runs: any leg of any run, the newest run first; nothing that was skipped', () => {
    const seen = checksHead({
      legs: [
        ...['R1 Docs cancelled', 'R2 Docs failure', 'R2 Wiki skipped', `R2 ${GATE} failure`],
        ...['codecov coverage failure', 'codecov lines skipped'],
      ],
      statuses: ['@ann ALL-required failure', '@ann chat pending'],
    })
    expect(blockersOf(seen, GATE)).toEqual([
      { context: 'Docs', state: 'failure' },
      { context: 'coverage', state: 'failure' },
      { context: 'chat', state: 'pending' },
    ])
  })
})

describe('nothing on the commit carries the umbrella', () => {
  it.each<{ readonly rule: string; readonly seen: ChecksChange; readonly missing: boolean }>([
    { rule: 'other jobs do not', seen: { legs: ['R1 Lint success'] }, missing: true },
    { rule: 'a job does', seen: { legs: [`R1 ${GATE} failure`] }, missing: false },
    { rule: 'another app does', seen: { legs: [`codecov ${GATE} failure`] }, missing: false },
    {
      rule: 'a status does, in whatever case',
      seen: { statuses: ['@ann ALL-required failure'] },
      missing: false,
    },
  ])('by check runs: $rule: $missing', ({ seen, missing }) => {
    expect(isUmbrellaMissing(checksHead(seen), GATE)).toBe(missing)
  })

  it.each([
    { rows: STALE, missing: false },
    { rows: ['R1 Lint success'], missing: true },
  ])('by rows: $missing', ({ rows, missing }) => {
    expect(isUmbrellaMissing(head({ rows }), UMBRELLA)).toBe(missing)
  })

  it('rows of it are found in whatever case beside check runs, the newest first', () => {
    const seen = checksHead({ statuses: ['@ann ALL-required failure', `@bob ${GATE} success`] })
    expect(umbrellaRows(seen, 'All-Required').map(({ id }) => id)).toEqual([101, 100])
    expect(umbrellaRows(checksHead({}), GATE)).toEqual([])
  })
})
