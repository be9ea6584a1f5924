import { beforeAll, describe, expect, it } from '@jest/globals'
import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import type { Fault } from '../../verification/random/fault.js'
import { meet, POINTS } from '../support/fault-points.js'
import { ALL } from '../support/sample.js'

const DAY = 86_400_000

/** A fault that meets one request, or every one at that point. */
interface Met {
  readonly fault: Fault
  readonly once?: true
}

const refused = (status: number, headers?: Readonly<Record<string, string>>): Met => ({
  fault: { kind: 'status', status, ...(headers === undefined ? {} : { headers }) },
})
const spoiled = (how: Extract<Fault, { kind: 'spoil' }>['how']): Met => ({
  fault: { kind: 'spoil', how },
})
const once = (fault: Fault): Met => ({ fault, once: true })

const FAULTS: Readonly<Record<string, Met>> = {
  '429': refused(429),
  '429, once': { ...refused(429), once: true },
  '429 with Retry-After': refused(429, { 'retry-after': '7' }),
  '429 with an absurd Retry-After': refused(429, { 'retry-after': '999999' }),
  '503': refused(503),
  '503, once': { ...refused(503), once: true },
  '500': refused(500),
  '500 behind it': once({ kind: 'commit-then-500' }),
  '504, and it comes 4 s later': once({ kind: 'late', delay: 4000 }),
  '504, and it comes 90 s later': once({ kind: 'late', delay: 90_000 }),
  '502 in HTML': refused(502, { 'content-type': 'text/html' }),
  '200 in HTML': spoiled('html'),
  'reset before it': { fault: { kind: 'drop', after: false } },
  'reset before it, once': once({ kind: 'drop', after: false }),
  'reset in the body': { fault: { kind: 'cut' } },
  'reset behind it': { fault: { kind: 'drop', after: true } },
  'too slow, not carried out': { fault: { kind: 'slow', after: false } },
  'too slow, carried out': { fault: { kind: 'slow', after: true } },
  'truncated JSON': spoiled('truncated'),
  'malformed JSON': spoiled('malformed'),
  null: spoiled('null'),
  'JSON of another shape': spoiled('list'),
  'a text as JSON': spoiled('text-in-json'),
  'no body': spoiled('empty'),
  'another content type': spoiled('text'),
  gzip: spoiled('gzip'),
  'every row twice': spoiled('doubled'),
  'a page that never ends': spoiled('endless'),
  'three rows a page': { fault: { kind: 'clamp' } },
  'a redirect': refused(302, { location: 'http://other.example.org/' }),
  'the clock two days ahead': once({ kind: 'jump', by: 2 * DAY }),
  'the clock two days back': once({ kind: 'jump', by: -2 * DAY }),
  'no Date': spoiled('no-date'),
  '401': refused(401),
  '403': refused(403),
  '404': refused(404),
  'SIGKILL before it': once({ kind: 'kill', after: false }),
  'SIGKILL behind it': once({ kind: 'kill', after: true }),
  SIGTERM: once({ kind: 'stop' }),
}

/** Answers of another shape than was asked for. */
const SPOILED = [
  'truncated JSON',
  'malformed JSON',
  'null',
  'JSON of another shape',
  'a text as JSON',
  'no body',
  'another content type',
  'gzip',
  'every row twice',
  'a page that never ends',
] as const
/** Whoever asks for something to read has no answer. */
const UNREAD = [
  '429',
  '429 with Retry-After',
  '429 with an absurd Retry-After',
  '503',
  '500',
  '502 in HTML',
  '200 in HTML',
  'reset before it',
  'reset in the body',
  'reset behind it',
  'too slow, not carried out',
  'too slow, carried out',
  ...SPOILED,
  'a redirect',
] as const

/** By point: the outcome, whose row stands then and its state, and what the next sweep says. */
const ENDS: Readonly<Record<(typeof POINTS)[number], Readonly<Record<string, readonly string[]>>>> =
  {
    'before the send': {
      'changed-meanwhile | Actions: failure | compensated': [
        ...UNREAD,
        'no Date',
        '401',
        '403',
        '404',
      ],
      'compensated | green: success | our earlier success': [
        '429, once',
        '503, once',
        '500 behind it',
        '504, and it comes 4 s later',
        '504, and it comes 90 s later',
        'reset before it, once',
        'three rows a page',
        'the clock two days ahead',
      ],
      'changed-meanwhile | Actions: failure | too-young': ['the clock two days back'],
      'killed | Actions: failure | compensated': ['SIGKILL before it', 'SIGKILL behind it'],
      'held | Actions: failure | compensated': ['SIGTERM'],
    },
    'the write itself': {
      'failed | Actions: failure | compensated': [
        '429',
        '429 with Retry-After',
        '429, once',
        '429 with an absurd Retry-After',
        'a redirect',
        '404',
      ],
      'unconfirmed | Actions: failure | compensated': [
        '503',
        '503, once',
        '500',
        '502 in HTML',
        'reset before it',
        'reset before it, once',
        'too slow, not carried out',
      ],
      'compensated | green: success | our earlier success': [
        '500 behind it',
        '504, and it comes 4 s later',
        '200 in HTML',
        'reset in the body',
        'reset behind it',
        'too slow, carried out',
        ...SPOILED,
        'three rows a page',
        'the clock two days ahead',
        'the clock two days back',
        'no Date',
        'SIGTERM',
      ],
      'unconfirmed | green: success | our earlier success': ['504, and it comes 90 s later'],
      'no-right | Actions: failure | compensated': ['401', '403'],
      'killed | Actions: failure | compensated': ['SIGKILL before it'],
      'killed | green: success | our earlier success': ['SIGKILL behind it'],
    },
    'before the look back': {
      'unconfirmed | green: success | our earlier success': [...UNREAD, '401', '403', '404'],
      'compensated | green: success | our earlier success': [
        '429, once',
        '503, once',
        '500 behind it',
        '504, and it comes 4 s later',
        '504, and it comes 90 s later',
        'reset before it, once',
        'three rows a page',
        'the clock two days ahead',
        'the clock two days back',
        'no Date',
        'SIGTERM',
      ],
      'killed | green: success | our earlier success': ['SIGKILL before it', 'SIGKILL behind it'],
    },
    'while taking back': {
      'failed | green: success | withdrawn': [
        '429',
        '429 with Retry-After',
        '429, once',
        '429 with an absurd Retry-After',
        '503',
        '503, once',
        '500',
        '502 in HTML',
        'reset before it',
        'reset before it, once',
        'too slow, not carried out',
        'a redirect',
        '401',
        '403',
        '404',
      ],
      'withdrawn | undo: pending | withdrawn': [
        '500 behind it',
        '504, and it comes 4 s later',
        '200 in HTML',
        'reset in the body',
        'reset behind it',
        'too slow, carried out',
        ...SPOILED,
        'three rows a page',
        'the clock two days ahead',
        'the clock two days back',
        'no Date',
        'SIGTERM',
      ],
      'failed | undo: pending | withdrawn': ['504, and it comes 90 s later'],
      'killed | green: success | withdrawn': ['SIGKILL before it'],
      'killed | undo: pending | withdrawn': ['SIGKILL behind it'],
    },
    'the re-run itself': {
      'failed | Actions: failure | rerun': [
        '429',
        '429 with Retry-After',
        '429, once',
        '429 with an absurd Retry-After',
        '503',
        '503, once',
        '500',
        '502 in HTML',
        'reset before it',
        'reset before it, once',
        'too slow, not carried out',
        'a redirect',
        '404',
      ],
      'rerun | Actions: success | left alone': [
        '500 behind it',
        '504, and it comes 4 s later',
        '200 in HTML',
        'reset in the body',
        'reset behind it',
        'too slow, carried out',
        ...SPOILED,
        'three rows a page',
        'the clock two days ahead',
        'the clock two days back',
        'no Date',
      ],
      'failed | Actions: pending | left alone': ['504, and it comes 90 s later'],
      'no-right | Actions: failure | rerun': ['401', '403'],
      'killed | Actions: failure | rerun': ['SIGKILL before it'],
      'killed | Actions: pending | left alone': ['SIGKILL behind it'],
      'rerun-pending | Actions: pending | left alone': ['SIGTERM'],
    },
    'while waiting for a re-run': {
      'rerun-pending | Actions: success | left alone': [...UNREAD, 'no Date', '401', '403', '404'],
      'rerun | Actions: success | left alone': [
        '429, once',
        '503, once',
        '500 behind it',
        '504, and it comes 4 s later',
        '504, and it comes 90 s later',
        'reset before it, once',
        'three rows a page',
        'the clock two days ahead',
        'the clock two days back',
        'SIGTERM',
      ],
      'killed | Actions: success | left alone': ['SIGKILL before it', 'SIGKILL behind it'],
    },
  }

beforeAll(async () => {
  // What is loaded when it is first needed would take turns of the sweep's own.
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
})

describe.each(POINTS)('%s', point => {
  const rows = Object.entries(ENDS[point]).flatMap(([end, names]) =>
    names.map(name => ({ name, end })),
  )

  it('meets every fault', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(FAULTS).sort())
  })

  // `npm test` plays half of them at each point, the other half at the next.
  const half = POINTS.indexOf(point) % 2
  const played = ALL ? rows : rows.filter((_, at) => at % 2 === half)

  it.each(played)('$name: $end', async ({ name, end }) => {
    const met = FAULTS[name]
    if (met === undefined) throw new Error('no such fault')
    const { outcome, stands, next } = await meet(point, met.fault, {
      lasting: met.once !== true,
    })
    expect([outcome, stands, next].join(' | ')).toBe(end)
  })
})
