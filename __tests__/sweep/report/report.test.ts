import { describe, expect, it } from '@jest/globals'
import { ADVICE, adviceFor } from '../../../src/sweep/report/advice.js'
import { commandOf } from '../../../src/forge/gitea/command.js'
import { isLost, OUTCOMES } from '../../../src/core/plan/outcome.js'
import { countsOf, FAIL_ON, failureOf } from '../../../src/sweep/report/report.js'
import type { PullReport } from '../../../src/sweep/report/report.js'
import { logLines } from '../../../src/sweep/report/log.js'
import { partOf, statusWord } from '../../../src/sweep/report/parts.js'
import { annotations, headline, summary } from '../../../src/sweep/report/render.js'
import type { VerdictKind, Reason } from '../../../src/core/rules/verdict.js'
import { REASONS } from '../../../src/core/rules/verdict.js'
import { SHA } from '../../support/builders.js'
import { repaired, row, sweepOf } from '../../support/reports.js'

describe('when a sweep ends red', () => {
  const clean = row('leave', 'umbrella-green')
  const alarm = row('alarm', 'false-green')
  const refused = row('refuse', 'required-failed')
  const blind = row('refuse', 'evidence-incomplete')
  it.each([
    {
      rule: 'nothing found',
      pulls: [clean, repaired('compensated')],
      red: { never: false, failed: false, alarm: false, refused: false },
    },
    {
      rule: 'no pulls at all',
      pulls: [],
      red: { never: false, failed: false, alarm: false, refused: false },
    },
    {
      rule: 'a write failed',
      pulls: [clean, repaired('failed')],
      red: { never: false, failed: true, alarm: true, refused: true },
    },
    {
      rule: 'a write was refused',
      pulls: [clean, repaired('no-right')],
      red: { never: false, failed: true, alarm: true, refused: true },
    },
    {
      rule: 'a write was not confirmed',
      pulls: [clean, repaired('unconfirmed')],
      red: { never: false, failed: true, alarm: true, refused: true },
    },
    {
      rule: 'nothing could be judged',
      pulls: [blind, blind],
      red: { never: false, failed: true, alarm: true, refused: true },
    },
    {
      rule: 'one of two could be judged',
      pulls: [blind, clean],
      red: { never: false, failed: false, alarm: false, refused: true },
    },
    {
      rule: 'an alarm',
      pulls: [clean, alarm],
      red: { never: false, failed: false, alarm: true, refused: true },
    },
    {
      rule: 'a refusal',
      pulls: [clean, refused],
      red: { never: false, failed: false, alarm: false, refused: true },
    },
    {
      rule: 'withdrawn and superseded went well',
      pulls: [repaired('withdrawn'), repaired('superseded')],
      red: { never: false, failed: false, alarm: false, refused: false },
    },
  ])('$rule', ({ pulls, red }) => {
    expect(
      Object.fromEntries(FAIL_ON.map(level => [level, failureOf(sweepOf(pulls), level) !== null])),
    ).toEqual(red)
  })

  it.each([
    {
      pulls: [repaired('failed'), alarm, refused],
      says: '1 pull request with a write that was refused, lost or not confirmed',
    },
    { pulls: [blind, blind], says: 'none of 2 open pull requests could be judged' },
    {
      pulls: [alarm, refused],
      says: '1 pull request with a green umbrella over a failed job: do not merge #7',
    },
    { pulls: [refused, clean], says: '1 pull request refused' },
  ])('says why: $says', ({ pulls, says }) => {
    expect(failureOf(sweepOf(pulls), 'refused')).toBe(says)
  })

  it('a lost write is failed, no-right or unconfirmed', () => {
    expect(OUTCOMES.filter(isLost)).toEqual(['unconfirmed', 'no-right', 'failed'])
  })

  it('counts pull requests', () => {
    const pulls = [
      clean,
      alarm,
      refused,
      blind,
      repaired('compensated'),
      repaired('rerun'),
      repaired('held'),
      repaired('failed'),
      repaired('dry-run'),
      row('wait', 'too-young'),
    ]
    expect(countsOf(sweepOf(pulls))).toEqual({
      scanned: 10,
      stale: 5,
      compensated: 1,
      rerun: 1,
      held: 1,
      waiting: 1,
      refused: 2,
      alarms: 1,
      failed: 1,
    })
  })
})

describe('the summary', () => {
  it.each([
    {
      rule: 'what was done comes first',
      pulls: [repaired('compensated'), repaired('compensated'), row('leave', 'umbrella-green')],
      dryRun: false,
      line: '3 open pull requests: 2 repaired, 0 need a person, 0 waiting, 1 left alone',
    },
    {
      rule: 'a dry run says that nothing was written',
      pulls: [repaired('dry-run')],
      dryRun: true,
      line:
        '1 open pull request: 1 would be repaired (dry run: nothing was written), 0 need a ' +
        'person, 0 waiting, 0 left alone',
    },
    {
      rule: 'alarms and failures are named',
      pulls: [row('alarm', 'false-green'), repaired('failed'), row('wait', 'run-open')],
      dryRun: false,
      line:
        '3 open pull requests: 1 ALARM, 0 repaired, 1 needs a person, 1 waiting, 0 left alone; ' +
        '1 write failed',
    },
    {
      rule: 'an empty repository',
      pulls: [],
      dryRun: false,
      line: '0 open pull requests: 0 repaired, 0 need a person, 0 waiting, 0 left alone',
    },
  ])('$rule', ({ pulls, dryRun, line }) => {
    expect(headline(sweepOf(pulls, dryRun))).toBe(line)
    expect(
      summary(sweepOf(pulls, dryRun))
        .split('\n')
        .filter(text => text !== '')[1],
    ).toBe(`**${line}**`)
  })

  it('is one screen however many pulls there are', () => {
    const pulls = [
      ...Array.from({ length: 200 }, (_, number) => repaired('compensated', { number })),
      ...Array.from({ length: 200 }, (_, number) => row('refuse', 'relapsed', { number })),
      ...Array.from({ length: 200 }, (_, number) => row('wait', 'run-open', { number })),
      ...Array.from({ length: 200 }, (_, number) => row('leave', 'umbrella-green', { number })),
    ]
    const text = summary(sweepOf(pulls))
    expect(text.split('\n').length).toBeLessThan(100)
    expect(text).toContain('…and 185 more')
  })

  it.each(
    [
      'a\nb',
      '</table><script>',
      '| x | y |',
      '\u001b[31m',
      '::error::gone',
      '##[error]gone',
      '@everyone',
      '`',
      '![x](https://evil.example)',
      '\u202e',
    ].map(title => ({ title })),
  )('a hostile title stays in its cell: $title', ({ title }) => {
    const calm = summary(sweepOf([row('refuse', 'relapsed', { title: 'calm', detail: 'calm' })]))
    const text = summary(sweepOf([row('refuse', 'relapsed', { title, detail: title })]))
    expect(text.split('\n').length).toBe(calm.split('\n').length)
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/<script|\u001b|\u202e|##\[|@everyone|https:\/\/evil|^::/m)
    // The shape of the list is the same whatever stands in it.
    const shape = (whole: string): readonly string[] =>
      whole
        .split('\n')
        .map(line => /^(?:- #\d+ | {2}\*\*What to do:\*\* | {2}\S|#+ |)/.exec(line)?.[0] ?? '')
    expect(shape(text).map(start => start.slice(0, 2))).toEqual(
      shape(calm).map(start => start.slice(0, 2)),
    )
  })

  it('alarms stand before refusals', () => {
    const text = summary(
      sweepOf([
        row('refuse', 'relapsed', { number: 1 }),
        row('alarm', 'false-green', { number: 2 }),
      ]),
    )
    expect(text.indexOf('- #2 ')).toBeLessThan(text.indexOf('- #1 '))
  })

  it('what waits is listed with its reason, stuck or not', () => {
    expect(
      summary(
        sweepOf([
          row('wait', 'run-open', { number: 3, stuck: true }),
          row('wait', 'too-young', { number: 4 }),
        ]),
      ),
    ).toContain('Waiting: #3 `run-open` (stuck), #4 `too-young`')
  })
})

const contextRow = (
  context: string,
  says: 'failure' | 'skipped' | 'missing',
): PullReport['contexts'][number] => ({
  context,
  level: 'required',
  says,
  source: null,
  run: null,
  job: null,
  row: null,
  why: '',
})

describe('the log', () => {
  it('is one line a pull, in any text', () => {
    for (const hostile of ['a\nb', '\r', '\u2028', '::error::x', '##[error]x']) {
      const told = [
        row('refuse', 'relapsed', { detail: hostile, outcomeDetail: hostile }),
        row('refuse', 'required-failed', { detail: hostile }),
      ]
      expect(logLines(sweepOf(told))).toHaveLength(2)
      expect(logLines(sweepOf(told)).join('')).not.toMatch(/[\n\r\u2028]|##\[/)
    }
  })

  it('says number, word, reason, detail and advice', () => {
    const only = (pull: PullReport): readonly string[] => logLines(sweepOf([pull]))
    expect(only(row('refuse', 'relapsed', { detail: 'row 7 fell', url: 'https://x/7' }))).toEqual([
      `#7 refused: relapsed: row 7 fell → ${ADVICE.relapsed} https://x/7`,
    ])
    expect(
      only(repaired('compensated', { sharedWith: [9], outcomeDetail: 'row 10 stands' })),
    ).toEqual(['#7 (one commit with #9) repaired: stale: why — row 10 stands'])
  })

  it('a list on one line is told why it names nothing', () => {
    const missing = row('refuse', 'required-missing', {
      contexts: [contextRow('CI / test, CI / lint', 'missing')],
    })
    expect(adviceFor(missing)).toContain('a comma does not separate two')
    expect(logLines(sweepOf([missing, missing]))[0]).toMatch(/; lists have one context a line/)
    const other = { ...missing, contexts: [contextRow('CI / test', 'missing')] }
    expect(adviceFor(other)).toBe(ADVICE['required-missing'])
  })

  it('what is equal of several pulls is said once', () => {
    expect(
      logLines(
        sweepOf([
          row('refuse', 'relapsed', { number: 4, url: 'https://x/4' }),
          row('refuse', 'relapsed', { number: 2, url: 'https://x/2' }),
          row('refuse', 'relapsed', { number: 3, detail: 'another' }),
        ]),
      ),
    ).toEqual([
      `#2, #4 refused: relapsed: why → ${ADVICE.relapsed}`,
      `#3 refused: relapsed: another → ${ADVICE.relapsed}`,
    ])
  })

  it('what is rightly red is named in one line, but whole where it was asked for', () => {
    const red = (number: number, reason: Reason, context: string, says: 'failure' | 'skipped') =>
      row('refuse', reason, {
        number,
        contexts: [contextRow(context, says)],
      })
    const sweep = sweepOf([
      red(3, 'required-failed', 'CI / test', 'failure'),
      red(1, 'required-failed', 'CI / test', 'failure'),
      red(2, 'required-skipped', 'CI / lint', 'skipped'),
    ])
    expect(logLines(sweep)).toEqual([
      '3 rightly red: #1, #3 required-failed (CI / test); #2 required-skipped (CI / lint); ' +
        'a job that may be skipped belongs in skippable-contexts',
    ])
    expect(headline(sweep)).toContain('0 need a person, 3 rightly red, ')
    expect(summary(sweep)).toContain('3 rightly red: #&#8203;1, #&#8203;3 required-failed')
    expect(annotations(sweep)).toEqual([])
    const one = sweepOf([red(2, 'required-skipped', 'CI / lint', 'skipped')])
    const asked = logLines({ ...one, policy: { ...one.policy, pullRequest: 2 } })
    expect(asked).toEqual([
      `#2 refused: required-skipped: why → ${ADVICE['required-skipped']}: CI / lint`,
    ])
  })

  it('ends with what needs attention, and then the commands', () => {
    const lines = logLines(
      sweepOf([
        row('alarm', 'false-green', { number: 1 }),
        row('leave', 'umbrella-green', { number: 2 }),
        row('refuse', 'required-failed', { number: 3 }),
        repaired('compensated', { number: 4 }),
        row('wait', 'run-open', { number: 5 }),
        repaired('none', { number: 6, command: `curl ${SHA}` }),
      ]),
    )
    expect(lines.map(line => /#(\d+)/.exec(line)?.[1])).toEqual([
      undefined,
      '3',
      '5',
      '4',
      '6',
      '1',
      '6',
    ])
    expect(lines[0]).toBe('1 left alone: 1 umbrella-green')
    expect(lines.at(-1)).toContain('curl')
  })

  it('a command in the log is never cut', () => {
    const post = {
      sha: SHA,
      context: `CI / ${'x'.repeat(250)} (pull_request)`,
      state: 'success' as const,
      description: 'y'.repeat(140),
      targetUrl: `https://git.example.org/${'z'.repeat(100)}`,
    }
    const command = commandOf(
      {
        apiUrl: `https://git.example.org/${'z'.repeat(60)}/api/v1`,
        repo: `${'o'.repeat(40)}/${'r'.repeat(100)}`,
      },
      { kind: 'status', post },
    )
    expect(logLines(sweepOf([repaired('none', { command })])).at(-1)).toContain(command)
  })

  it.each(
    Object.entries(REASONS).flatMap(([kind, reasons]) =>
      reasons.map(reason => ({ kind: kind as VerdictKind, reason })),
    ),
  )('$reason has a word and advice', ({ kind, reason }) => {
    expect(statusWord(row(kind, reason))).not.toBe('')
    expect(adviceFor(row(kind, reason))).not.toBe('')
  })

  it.each([
    { given: row('alarm', 'false-green'), part: 'alarm' },
    { given: row('refuse', 'relapsed'), part: 'person' },
    { given: row('refuse', 'required-failed'), part: 'rightly-red' },
    { given: row('refuse', 'required-failed', { outcome: 'failed' }), part: 'person' },
    { given: row('refuse', 'required-failed', { outcome: 'withdrawn' }), part: 'person' },
    { given: row('wait', 'run-open'), part: 'waiting' },
    { given: row('wait', 'run-open', { outcome: 'failed' }), part: 'person' },
    { given: row('leave', 'umbrella-green'), part: 'left' },
    { given: repaired('compensated'), part: 'repaired' },
    { given: repaired('dry-run'), part: 'repaired' },
    { given: repaired('held'), part: 'person' },
    { given: repaired('none'), part: 'person' },
    { given: repaired('unconfirmed'), part: 'person' },
    { given: repaired('changed-meanwhile'), part: 'waiting' },
    { given: repaired('withdrawn'), part: 'waiting' },
    { given: repaired('closed'), part: 'left' },
    { given: repaired('overtaken'), part: 'left' },
  ])('$given.reason, $given.outcome: $part', ({ given, part }) => {
    expect(partOf(given)).toBe(part)
  })
})

describe('annotations', () => {
  it('name what needs a person, alarms first, and only so many', () => {
    const pulls = [
      ...Array.from({ length: 12 }, (_, number) => row('refuse', 'relapsed', { number })),
      row('alarm', 'false-green', { number: 99 }),
      repaired('compensated'),
    ]
    const told = annotations(sweepOf(pulls))
    expect(told).toHaveLength(10)
    expect(told[0]).toMatchObject({ level: 'error', title: '#99 false-green' })
    expect(told[1]).toMatchObject({ level: 'warning', title: '#0 relapsed' })
  })
})

it('says which shape it has', () => {
  expect(sweepOf([]).schema).toBe('umbrella-reaper/report/3')
})
