import { describe, expect, it } from '@jest/globals'
import { asJobKey, asRunKey } from '../../../src/core/model/ids.js'
import type { Author } from '../../../src/core/model/status.js'
import { seconds } from '../../../src/core/model/time.js'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import { byStatus } from '../../../src/core/view/statuses.js'
import type { Line } from '../../support/builders.js'
import { contextOf, EQUAL, head, UMBRELLA } from '../../support/builders.js'

/** The end of the umbrella of run 2, as its row tells it. */
const ended = (phase: 'failure' | 'cancelled' | 'skipped', took: number | null): Line => {
  const author: Author = {
    kind: 'actions',
    run: asRunKey(2),
    job: asJobKey(4),
    phase,
    took: took === null ? null : seconds(took),
  }
  return { line: `R2 umbrella ${phase}`, author }
}

describe('an equal row that the newest run left as it was', () => {
  it.each<{ readonly rule: string; readonly end: Line; readonly is: string }>([
    { rule: 'it reported a failure in time', end: ended('failure', 3), is: 'success: equal-row' },
    { rule: 'how long the failure took is not told', end: ended('failure', null), is: 'unknown' },
    {
      rule: 'it was cancelled, which posts nothing again',
      end: ended('cancelled', 3),
      is: 'unknown',
    },
    { rule: 'it was skipped', end: ended('skipped', 3), is: 'unknown' },
  ])('$rule: $is', ({ end, is }) => {
    const rows = EQUAL.map((line): Line => (line.startsWith('R2 umbrella f') ? end : line))
    const found = byStatus(headStatusesOf(head({ rows })), UMBRELLA, asRunKey(2), contextOf('Test'))
    expect('source' in found ? `${found.kind}: ${found.source}` : found.kind).toBe(is)
  })
})
