import { describe, expect, it } from '@jest/globals'
import { hours } from '../../../src/core/model/time.js'
import type { Instant } from '../../../src/core/model/time.js'
import { track } from '../../../src/tools/tracking/track.js'
import type { Comments, IssueComment, Tracker } from '../../../src/forge/tracker.js'
import type { SweepReport } from '../../../src/sweep/report/report.js'
import { markerOf } from '../../../src/tools/tracking/marker.js'

const NOW = Date.parse('2026-11-27T12:00:00Z') as Instant
const ISSUE = {
  number: 7,
  open: true,
  locked: false,
  isPull: false,
  comments: 40,
  at: NOW,
  createdAt: (NOW - hours(24 * 60)) as Instant,
}
/** A sweep that repaired nothing. */
const REPORT = { pulls: [], policy: { umbrella: 'CI / all-required' } } as unknown as SweepReport

function repaired(days: number, author = 'reaper'): IssueComment {
  const repair = { key: `k${days}`, cause: 'lost-runner', job: 'CI / all-required' }
  const body = markerOf({ kind: 'repairs', repairs: [repair] })
  return { id: 1000 - days, author, body, createdAt: (NOW - hours(24 * days)) as Instant }
}

interface Shown {
  readonly recent: Comments
  readonly all: Comments
  readonly certain?: boolean
  readonly issue?: Partial<typeof ISSUE>
  readonly dryRun?: boolean
}

async function tracked({ recent, all, certain = true, issue, dryRun = false }: Shown) {
  const said: string[] = []
  const tracker: Tracker = {
    issue: () => Promise.resolve({ ...ISSUE, ...issue }),
    comments: (_, since) => Promise.resolve(since === null ? all : recent),
    self: () => Promise.resolve({ logins: ['reaper'], certain }),
    comment: (_, body) => {
      said.push(body)
      return Promise.resolve()
    },
  }
  const on = { tracker, number: 7, dryRun, repo: 'acme/widgets' }
  return { ...(await track(on, REPORT)), said }
}

const part = (...rows: readonly IssueComment[]): Comments => ({ rows, whole: false })
const whole = (...rows: readonly IssueComment[]): Comments => ({ rows, whole: true })

describe('what is counted of a list of comments', () => {
  it.each([
    {
      rule: 'whole, with one of ours: it is enough',
      shown: { recent: whole(repaired(1)), all: part() },
      is: { recurrences: 1, warning: null },
    },
    {
      rule: 'cut short, and the whole list is there: that counts',
      shown: { recent: part(repaired(1)), all: whole(repaired(1), repaired(2)) },
      is: { recurrences: 2, warning: null },
    },
    {
      rule: 'cut short, and so is the other: too few would be counted',
      shown: { recent: part(repaired(1)), all: part(repaired(1)) },
      is: { recurrences: null, warning: expect.stringContaining('could not all be read') },
    },
    {
      rule: 'quiet for so long, by a whole list: closing is proposed',
      shown: { recent: whole(), all: whole(repaired(20)) },
      is: { recurrences: 0, warning: null, posted: true },
    },
    {
      rule: 'quiet by a list that was cut short: nothing is proposed',
      shown: { recent: part(), all: part(repaired(20)) },
      is: { recurrences: null, posted: false },
    },
    {
      rule: 'by a user the token may be: silence is not believed',
      shown: { recent: whole(), all: whole(repaired(20, 'someone')), certain: false },
      is: { recurrences: null, warning: expect.stringContaining('read:user'), posted: false },
    },
  ])('$rule', async ({ shown, is }) => {
    expect(await tracked(shown)).toMatchObject(is)
  })
})

describe('an issue that takes no comment', () => {
  it.each([false, true].map(dryRun => ({ dryRun })))(
    'is told none, dry run: $dryRun',
    async ({ dryRun }) => {
      const shown = { recent: whole(), all: whole(repaired(20)), dryRun, issue: { open: false } }
      expect(await tracked(shown)).toMatchObject({
        comment: null,
        posted: false,
        said: [],
        warning: 'issue #7 is closed: not commented',
      })
    },
  )
})
