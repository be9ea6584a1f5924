import { describe, expect, it } from '@jest/globals'
import { summary } from '../../../src/sweep/report/render.js'
import type { SweepReport } from '../../../src/sweep/report/report.js'
import { commentOf, repairsOf } from '../../../src/tools/tracking/wording.js'
import { HOSTILE, hostileText } from '../../support/hostile.js'
import { structureOf } from '../../support/markdown.js'
import { holds } from '../../support/property.js'
import { repaired, row, sweepOf } from '../../support/reports.js'

/** A sweep in which every text of others is this one. */
function sweepWith(text: string): SweepReport {
  const texts = { title: text, detail: text, outcomeDetail: text, command: text }
  const swept = sweepOf([
    row('alarm', 'false-green', { number: 1, ...texts }),
    row('refuse', 'required-skipped', { number: 2, ...texts }),
    repaired('compensated', { number: 3, ...texts }),
    row('wait', 'run-open', { number: 4, ...texts }),
  ])
  return {
    ...swept,
    policy: { ...swept.policy, umbrella: text },
    server: { ...swept.server, version: text },
    remedy: { kind: 'status', why: text, missing: text },
  }
}

function commentWith(text: string): string {
  const repairs = repairsOf(sweepWith(text)).map(one => ({ ...one, cause: text, job: text }))
  const [first] = repairs
  if (first === undefined) throw new Error('there is a repair to tell')
  const raise = { cause: text, job: text, count: 2, of: 3, times: 3 }
  return commentOf({ kind: 'repairs', repairs: [first], recent: 3, raise })
}

const usual = (text: string): boolean => text.trim() !== ''

describe.each([
  { what: 'the summary', write: (text: string) => summary(sweepWith(text)) },
  { what: 'a comment', write: commentWith },
])('$what', ({ write }) => {
  it('is built the same whatever the names of others are', () => {
    const words = structureOf(write('word'))
    holds(
      [hostileText.filter(usual)],
      text => {
        expect(structureOf(write(text))).toEqual(words)
      },
      HOSTILE.map((text): [string] => [text]),
    )
  })
})
