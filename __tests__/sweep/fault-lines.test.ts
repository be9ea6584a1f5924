import { beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import type { Fault } from '../../verification/random/fault.js'
import type { Conditions } from '../../verification/random/script.js'
import type { Point } from '../support/fault-points.js'
import { meet } from '../support/fault-points.js'

const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8')

/** The rows of the table of faults, as a person reads them. */
const ROWS = (/## By fault\n([^]*?)\n## /.exec(page)?.[1] ?? '')
  .split('\n')
  .filter(line => line.startsWith('| ') && !line.startsWith('| fault') && !line.startsWith('| ---'))
  .map(line => {
    const [fault = '', said = '', written = '', advice = ''] = line.slice(2, -2).split(' | ')
    return { fault, said, written, advice }
  })

/** What is played for a row: where it goes wrong, and how. */
interface Played {
  readonly point: Point
  readonly fault: Fault
  readonly once?: true
  readonly conditions?: Partial<Conditions>
  /** Is it the next sweep that says it? */
  readonly next?: true
  /** Does the line not say these words, since it says the same otherwise? */
  readonly unsaid?: 'written' | 'both'
}

const status = (code: number): Fault => ({ kind: 'status', status: code })
const [POST, RERUN] = ['the write itself', 'the re-run itself'] as const
const NOTHING: Fault = { kind: 'status', status: 500 }

const PLAYED: Readonly<Record<string, Played>> = {
  'the server does not let the list be read again before a write': {
    point: 'before the send',
    fault: status(503),
  },
  'a write is refused for want of a right (401, 403)': { point: POST, fault: status(403) },
  'a write is limited (429) or refused otherwise': { point: POST, fault: status(429) },
  'the answer to a write is lost (5xx, reset, timeout, 504), and the row is not there': {
    point: POST,
    fault: status(502),
  },
  'the same, and the row is there': {
    point: POST,
    fault: { kind: 'late', delay: 4000 },
    unsaid: 'both',
  },
  'a write is answered, and nothing can be read after it': {
    point: 'before the look back',
    fault: { kind: 'cut' },
  },
  'taking back is refused': { point: 'while taking back', fault: status(403), unsaid: 'written' },
  'the answer to taking back is lost': { point: 'while taking back', fault: status(500) },
  'a re-run is refused': { point: RERUN, fault: status(429) },
  'the answer to a re-run is lost': { point: RERUN, fault: status(504) },
  'a re-run cannot be looked back at': {
    point: 'while waiting for a re-run',
    fault: { kind: 'slow', after: false },
  },
  'the server redirects a write': { point: POST, fault: status(302) },
  'the sweep is told to stop': { point: 'before the send', fault: { kind: 'stop' } },
  'the token is not accepted from the start': { point: 'from the start', fault: status(401) },
  'no space on the disk': {
    point: 'from the start',
    fault: NOTHING,
    once: true,
    conditions: { full: ['report'] },
    unsaid: 'written',
  },
  'a clock is wrong': {
    point: 'from the start',
    fault: NOTHING,
    once: true,
    conditions: { runnerAhead: 2 * 86_400_000 },
    unsaid: 'written',
  },
  'the process is killed behind a write': {
    point: POST,
    fault: { kind: 'kill', after: true },
    once: true,
    next: true,
    unsaid: 'both',
  },
}
/** Played by a test of its own, `deadline.test.ts`. */
const ELSEWHERE = 'the time of a sweep is used up'

/** The quoted part of a cell, up to what differs from case to case. */
const quoted = (cell: string): readonly string[] =>
  (/`([^`]+)`/.exec(cell)?.[1] ?? '')
    .split('…')
    .map(part => part.trim())
    .filter(part => part !== '')

beforeAll(async () => {
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
})

describe('docs/troubleshooting.md, by fault', () => {
  it('every row is played', () => {
    expect(ROWS.map(({ fault }) => fault).sort()).toEqual(
      [...Object.keys(PLAYED), ELSEWHERE].sort(),
    )
  })

  it.each(ROWS.filter(({ fault }) => fault !== ELSEWHERE))(
    '$fault: one line tells it',
    async ({ fault, said, written, advice }) => {
      const played = PLAYED[fault]
      if (played === undefined) throw new Error('it is not played')
      const { point, once, next, conditions, unsaid } = played
      const end = await meet(point, played.fault, { lasting: once !== true, conditions })
      const lines = (next === true ? end.after : end.told)?.lines ?? []
      const [first = ''] = quoted(said)
      // Outputs and summary hold the same words, and are no line of the log.
      const log = lines.filter(line => !line.startsWith('[') && !line.startsWith('## '))
      const found = log.filter(line => quoted(said).every(part => line.includes(part)))
      expect([first, found.length > 0]).toEqual([first, true])
      const [line = ''] = found
      if (unsaid === undefined) expect(line).toContain(written)
      if (unsaid !== 'both') expect(line).toContain(advice)
    },
  )
})
