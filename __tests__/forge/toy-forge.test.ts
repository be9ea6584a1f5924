import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { BundleRun } from '../support/bundle.js'
import { runInProcess } from '../support/in-process.js'
import type { ToyLine, ToyServer } from '../support/toy-forge.js'
import { toyOf } from '../support/toy-forge.js'

const UMBRELLA = 'gate'
const line = (context: string, job: number, word: ToyLine['word']): ToyLine => ({
  context,
  run: 3,
  job,
  word,
})
/** One run: both jobs green, the umbrella red. */
const STALE = [line('lint', 0, 'success'), line('test', 1, 'success'), line(UMBRELLA, 2, 'failure')]

async function sweep(server: ToyServer, inputs: Record<string, string> = {}) {
  const toy = toyOf(server)
  const run: BundleRun = await runInProcess(
    {
      apiUrl: 'http://toy.example/api',
      repo: 'o/r',
      token: 't',
      inputs: { 'umbrella-context': UMBRELLA, 'required-contexts': 'lint\ntest', ...inputs },
    },
    [toy.kind],
  )
  const [pull] = (run.report as SweepReport).pulls
  return { run, pull, writes: toy.writes }
}

describe('a forge that is a folder and one line of the registry', () => {
  it('is swept, judged, written to and reported', async () => {
    const { run, pull, writes } = await sweep({ lines: STALE })
    expect(writes).toMatchObject([{ context: UMBRELLA, state: 'success' }])
    expect(pull).toMatchObject({
      number: 5,
      kind: 'repair',
      reason: 'stale',
      outcome: 'compensated',
      run: { key: 3, id: null, url: 'toy://run/3' },
    })
    expect(pull?.contexts.map(({ context, says }) => [context, says])).toEqual([
      ['lint', 'success'],
      ['test', 'success'],
    ])
    expect([run.code, run.outputs['compensated']]).toEqual([0, '1'])
    expect(run.stdout).toContain('o/r on toy 0.1')
  })

  it('a required job that failed is refused, and nothing is written', async () => {
    const lines = [line('lint', 0, 'success'), line('test', 1, 'failure'), ...STALE.slice(2)]
    const { pull, writes } = await sweep({ lines })
    expect(pull).toMatchObject({ kind: 'refuse', reason: 'required-failed', outcome: 'none' })
    expect(writes).toEqual([])
  })

  it('a dry run holds the write and sends none', async () => {
    const { pull, writes } = await sweep({ lines: STALE }, { 'dry-run': 'true' })
    expect(pull).toMatchObject({ outcome: 'dry-run', posted: { state: 'success' } })
    expect(writes).toEqual([])
  })

  it('a token that may not write gets the command of this forge', async () => {
    const { run, pull, writes } = await sweep({ lines: STALE, mayWrite: false })
    expect(pull).toMatchObject({ outcome: 'no-right', command: 'toyctl status' })
    expect([writes, run.code]).toEqual([[], 1])
  })

  it('where nothing may be written the command of this forge is told', async () => {
    const { pull } = await sweep({ lines: STALE }, { remedy: 'report' })
    expect(pull).toMatchObject({ outcome: 'none', command: 'toyctl status' })
  })

  it('what could not be read is a gap, never a repair', async () => {
    const { pull, writes } = await sweep({ lines: STALE, torn: true })
    expect(pull).toMatchObject({
      reason: 'evidence-incomplete',
      detail: 'ledger: the page is torn',
    })
    expect(writes).toEqual([])
  })
})
