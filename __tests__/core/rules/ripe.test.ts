import { describe, expect } from '@jest/globals'
import type { Instant } from '../../../src/core/model/time.js'
import type { DecideCase } from '../../support/builders.js'
import { age, NATURAL, NOW, run, STALE, staleBut } from '../../support/builders.js'
import { judges, refuse, stale, wait } from '../../support/verdicts.js'

const old = (text: string): readonly string[] => STALE.map(row => `${row} @${text}`)
const ripeness: readonly DecideCase[] = [
  {
    rule: 'too-young: the newest row is younger than min-age',
    seen: { rows: old('4m') },
    verdict: wait('too-young', { until: NOW + 60_000, stuck: false }),
  },
  { rule: 'stale: exactly min-age old', seen: { rows: old('5m') }, verdict: stale() },
  {
    rule: 'too-young: the newest of any counted context counts',
    seen: { rows: [...STALE, 'R1 Lint success @1m'] },
    verdict: wait('too-young'),
  },
  {
    rule: 'too-young: by any run',
    asked: { minAge: age('1h') },
    seen: {
      version: '1.23.8',
      rows: [...NATURAL.map(row => `${row} @2h`), 'R1 Lint success @59m'],
    },
    verdict: wait('too-young'),
  },
  {
    rule: 'stale: a young row in a context that does not count',
    seen: { rows: [...STALE, '@bot chat/bot success @1m'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a young row of another workflow',
    seen: { rows: [...STALE, 'R5 Ops / Check (pull_request) success @1m'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a young row of another system',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep success @1m'] },
    verdict: stale(),
  },
  {
    rule: 'too-young: at least ten seconds on statuses',
    asked: { minAge: age('0s') },
    seen: { rows: old('9s') },
    verdict: wait('too-young'),
  },
  {
    rule: 'too-young: at least ten seconds on tasks',
    asked: { minAge: age('0s') },
    seen: { grade: 'tasks', rows: old('9s') },
    verdict: wait('too-young'),
  },
  {
    rule: 'stale: ten seconds are enough on statuses',
    asked: { minAge: age('0s') },
    seen: { rows: old('10s') },
    verdict: stale(),
  },
  {
    rule: 'too-young: rows settle for ten seconds with job rows too, whatever min-age says',
    asked: { minAge: age('0s') },
    seen: { grade: 'jobs', rows: old('9s') },
    verdict: wait('too-young', { until: NOW + age('1s') }),
  },
  {
    rule: 'stale: ten seconds are settled',
    asked: { minAge: age('0s') },
    seen: { grade: 'jobs', rows: old('10s') },
    verdict: stale(),
  },
  {
    rule: 'too-young: a row from the future is of age nothing',
    seen: { rows: STALE, observedAt: (NOW - age('2h')) as Instant },
    verdict: wait('too-young'),
  },
  {
    rule: 'too-young: the longest min-age that can be given',
    asked: { minAge: age('999999999d') },
    seen: { rows: STALE },
    verdict: wait('too-young'),
  },
  {
    rule: 'required-open: a wait of a day is not stuck yet',
    seen: { rows: [...old('24h'), 'R1 Test running @24h'] },
    verdict: wait('required-open', { stuck: false }),
  },
  {
    rule: 'required-open: a wait of more than a day is stuck, with the run to cancel',
    seen: { rows: [...old('25h'), 'R1 Test running @25h'] },
    verdict: wait('required-open', { stuck: true, detail: expect.stringContaining('run 1') }),
  },
  {
    rule:
      'required-open: what waits for another system for more than a day is stuck, and no run ' +
      'of ours can be re-run',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...old('25h'), '@scanner scan/deep pending @25h'] },
    verdict: wait('required-open', {
      stuck: true,
      detail: expect.stringMatching(/stuck for 1d 1h: look at what writes scan\/deep$/),
    }),
  },
  {
    rule: 'too-young: waiting for the time is not stuck, however long',
    asked: { minAge: age('30d') },
    seen: { rows: old('25h') },
    verdict: wait('too-young', { stuck: false, until: NOW + age('30d') - age('25h') }),
  },
  {
    rule: 'relapsed: a red came after our success without a re-run',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'R1 umbrella failure'] },
    verdict: refuse('relapsed'),
  },
  {
    rule: "stale: a re-run's pending starts a new count",
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'R1 umbrella running', 'R1 umbrella failure'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a withdrawn success does not count',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa', 'R1 umbrella failure'] },
    verdict: stale(),
  },
  {
    rule:
      'stale: a withdrawal takes back every success that answered the same red row, ' +
      'whichever instance wrote it',
    seen: {
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        'us green 9 1 bbbb',
        'us undo 9 1 bbbb',
        'R1 umbrella failure',
      ],
    },
    verdict: stale(),
  },
  {
    rule: "relapsed: a withdrawal of another red row's success does not withdraw ours",
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 8 1 bbbb', 'R1 umbrella failure'] },
    verdict: refuse('relapsed'),
  },
  {
    rule: "stale: a withdrawal on top is not the server's relapse, whichever success it speaks of",
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 bbbb failure'] },
    verdict: stale(),
  },
  {
    rule: 'relapsed: three successes of ours, whatever came between',
    seen: {
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        'R1 umbrella running',
        'R1 umbrella failure',
        'us green 12 1 bbbb',
        'R1 umbrella running',
        'R1 umbrella failure',
        'us green 15 1 cccc',
        'R1 umbrella running',
        'R1 umbrella failure',
      ],
    },
    verdict: refuse('relapsed'),
  },
  {
    rule: 'stale: two successes that answered one red row are one repair',
    seen: {
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        'us green 9 1 bbbb',
        'R1 umbrella running',
        'R1 umbrella failure',
        'us green 13 1 cccc',
        'R1 umbrella running',
        'R1 umbrella failure',
      ],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: two successes of ours, each before a re-run',
    seen: {
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        'R1 umbrella running',
        'R1 umbrella failure',
        'us green 12 1 bbbb',
        'R1 umbrella running',
        'R1 umbrella failure',
      ],
    },
    verdict: stale(),
  },
]

const causes: readonly DecideCase[] = [
  {
    rule: 'stale: unknown, a red umbrella over green jobs',
    seen: { rows: STALE },
    verdict: stale({ cause: 'unknown' }),
  },
  {
    rule: 'stale: cancelled-umbrella',
    seen: { rows: staleBut('R1 umbrella failure', 'R1 umbrella cancelled') },
    verdict: stale({ cause: 'cancelled-umbrella' }),
  },
  {
    rule: 'stale: lost-runner, failing after ten minutes',
    seen: { rows: staleBut('R1 umbrella failure', 'R1 umbrella failure 10m0s') },
    verdict: stale({ cause: 'lost-runner' }),
  },
  {
    rule: 'stale: a failure of just under ten minutes is no lost runner',
    seen: { rows: staleBut('R1 umbrella failure', 'R1 umbrella failure 9m59s') },
    verdict: stale({ cause: 'unknown' }),
  },
  {
    rule: 'stale: lost-update, its job row is success',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success'])],
    },
    verdict: stale({ cause: 'lost-update' }),
  },
  {
    rule: 'stale: cancelled-umbrella, one of two umbrella jobs was cancelled',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success', 'umbrella cancelled #9'])],
    },
    verdict: stale({ cause: 'cancelled-umbrella' }),
  },
  {
    rule: 'stale: older-run-landed-late',
    seen: { version: '1.23.8', rows: NATURAL },
    verdict: stale({ cause: 'older-run-landed-late', run: 2 }),
  },
  {
    rule: 'stale: older-run-landed-late by job rows',
    seen: { grade: 'jobs', rows: NATURAL },
    verdict: stale({ cause: 'older-run-landed-late', run: 2 }),
  },
]

describe('ripe, relapsed, and why it is red', () => {
  judges('ripe', [...ripeness, ...causes])
})
