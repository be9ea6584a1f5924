import { describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../../../src/sweep/report/report.js'
import { readMark } from '../../../src/tools/tracking/marker.js'
import { countOf, tallyOf } from '../../../src/tools/tracking/tally.js'
import { commentOf, raiseLine, repairsOf } from '../../../src/tools/tracking/wording.js'
import type { Instant } from '../../../src/core/model/time.js'

const NOW = Date.parse('2026-11-27T12:00:00Z') as Instant
const HOSTILE = '--><script>@everyone #1 | [x](http://evil) \u202e'.repeat(20)
/** What grows most, as text and within a marker. */
const GROWING = ['@', '\u0000', '\ud800', '<'].map(letter => letter.repeat(400))

/** A sweep that repaired so many pull requests of an umbrella of this name. */
const sweepOf = (pulls: number, umbrella: string, detail = HOSTILE): SweepReport =>
  ({
    policy: { umbrella },
    pulls: Array.from({ length: pulls }, (_, at) => ({
      number: at + 1,
      url: `http://127.0.0.1/o/r/pulls/${at + 1}`,
      head: 'a'.repeat(40),
      outcome: 'compensated',
      cause: 'lost-runner',
      detail,
      rerun: null,
      run: { key: at, url: '' },
      umbrella: { row: at + 9 },
    })) as unknown as readonly PullReport[],
  }) as unknown as SweepReport

function commented(pulls: number, umbrella: string, known = true, detail = HOSTILE): string {
  const repairs = repairsOf(sweepOf(pulls, umbrella, detail))
  const issue = {
    number: 7,
    open: true,
    locked: false,
    isPull: false,
    createdAt: NOW,
    comments: 0,
    at: NOW,
  }
  const reading = { issue, now: NOW, whole: true, known }
  const { next } = countOf(repairs, tallyOf([], [], NOW), reading)
  if (next === null) throw new Error('there is something to tell')
  return commentOf(next)
}

describe('the words of a comment', () => {
  it.each([1, 20, 21, 50, 300])('%d repairs fit whatever they hold, and are all told', pulls => {
    const body = commented(pulls, HOSTILE)
    expect(body.length).toBeLessThan(65_000)
    expect(body).toContain(`Repaired ${pulls} pull request`)
    expect(body.includes(`… and ${pulls - 20} more`)).toBe(pulls > 20)
    expect(readMark(body)).toMatchObject({ kind: 'repairs' })
  })

  it.each(GROWING)('300 repairs fit, even of %j', text => {
    const body = commented(300, text, true, text)
    expect(body.length).toBeLessThan(65_536)
    expect(readMark(body)).toMatchObject({ kind: 'repairs' })
  })

  it('text of others is no markup, no mention and no link', () => {
    const [visible = ''] = commented(1, HOSTILE).split('<!-- umbrella-reaper')
    expect(visible).not.toContain('<script')
    expect(visible).not.toContain('@everyone')
    expect(visible).not.toContain('http://evil')
    expect(visible).not.toContain('\u202e')
  })

  it('tells how often only where that is known', () => {
    expect(commented(1, 'u')).toContain('jobs. The 1st time in 14 days.\n')
    expect(commented(1, 'u', false)).toContain('was red over green jobs.\n')
  })

  it('the line for the log holds no markup of ours', () => {
    const leading = { cause: 'lost_runner', job: 'CI / all_required', count: 2, of: 3, times: 3 }
    expect(raiseLine(leading)).toContain('lost_runner (2 of 3), umbrella CI / all_required.')
  })

  it('is brief', () => {
    const body = commented(1, 'CI / all-required (pull_request)')
    expect(body).toContain('Repaired 1 pull request: CI / all-required (pull\\_request) was red')
    expect(body.split('\n').length).toBeLessThan(12)
  })
})
