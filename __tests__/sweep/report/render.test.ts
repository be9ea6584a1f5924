import { describe, it } from '@jest/globals'
import { OUTCOMES } from '../../../src/core/plan/outcome.js'
import { logLines } from '../../../src/sweep/report/log.js'
import { headline, summary } from '../../../src/sweep/report/render.js'
import { failureOf } from '../../../src/sweep/report/report.js'
import type { PullReport, SweepReport } from '../../../src/sweep/report/report.js'
import { keptIn } from '../../support/kept.js'
import { repaired, row, sweepOf } from '../../support/reports.js'

const number = <T>(pulls: readonly ((number: number) => T)[]): readonly T[] =>
  pulls.map((make, index) => make(pulls.length - index))
const times = (count: number, make: (number: number) => PullReport): readonly PullReport[] =>
  Array.from({ length: count }, (_, index) => make(index + 1))

/** Pull requests are numbered backwards, so that no order holds by itself. */
const SWEEPS: Readonly<Record<string, SweepReport>> = {
  'nothing is open': sweepOf([]),
  'every outcome of a repair': sweepOf(
    number(
      OUTCOMES.map(
        outcome => (number: number) =>
          repaired(outcome, { number, outcomeDetail: `what became of #${number}` }),
      ),
    ),
  ),
  'every other kind': sweepOf(
    number([
      number =>
        row('refuse', 'required-failed', { number, title: 'A failing test', command: 'curl one' }),
      number => row('alarm', 'false-green', { number }),
      number => row('leave', 'umbrella-green', { number }),
      number => row('refuse', 'foreign-red', { number }),
      number => row('wait', 'run-open', { number, stuck: true }),
      number => row('wait', 'too-young', { number }),
      number => row('alarm', 'false-green', { number, sharedWith: [2, 3], command: 'curl two' }),
      number => row('leave', 'umbrella-missing', { number }),
    ]),
  ),
  'one success taken back': sweepOf(
    number([
      number =>
        row('wait', 'required-open', { number, outcome: 'withdrawn', outcomeDetail: 'put back' }),
      number => repaired('withdrawn', { number }),
    ]),
  ),
  'two successes taken back': sweepOf(
    number([
      number => row('wait', 'required-open', { number, outcome: 'withdrawn' }),
      number => row('refuse', 'required-failed', { number, outcome: 'withdrawn' }),
    ]),
  ),
  'a success that could not be taken back': sweepOf([
    row('wait', 'required-open', { outcome: 'failed', outcomeDetail: 'the server said no' }),
  ]),
  'a dry run': sweepOf(
    number([
      number =>
        row('refuse', 'required-failed', {
          number,
          outcome: 'dry-run',
          outcomeDetail: 'would take back',
        }),
      number => repaired('dry-run', { number, outcomeDetail: 'would post' }),
      number => repaired('held', { number }),
    ]),
    true,
  ),
  'as many as the tables hold': sweepOf([
    ...times(20, number => repaired('compensated', { number })),
    ...times(30, number => row('wait', 'run-open', { number })),
  ]),
  'more than the tables hold': sweepOf([
    ...times(21, number => row('refuse', 'relapsed', { number })),
    ...times(31, number => row('wait', 'run-open', { number })),
  ]),
  'text of strangers': sweepOf([
    row('refuse', 'required-failed', {
      title: 'a | b @all',
      detail: '<b>',
      outcomeDetail: '##[error]',
      command: '##[warning]',
    }),
  ]),
}

describe('what people read of a sweep', () => {
  const keep = keptIn(new URL('./reports.json', import.meta.url), Object.keys(SWEEPS))
  it.each(Object.entries(SWEEPS).map(([name, sweep]) => ({ name, sweep })))(
    '$name',
    ({ name, sweep }) => {
      keep(name, {
        headline: headline(sweep),
        failure: failureOf(sweep, 'refused'),
        log: logLines(sweep),
        summary: summary(sweep).split('\n'),
      })
    },
  )
})
