import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Run } from '../../../verification/bench/clients.js'
import type { ClientName, Question } from '../../../verification/bench/grid.js'
import { QUICK } from '../../../verification/bench/grid.js'
import type { Measured, Results } from '../../../verification/bench/measure.js'

const root = join(import.meta.dirname, '../../..')

/** The release before, of which the sums below are known. */
const KNOWN = /^bc148c89/

describe('npm run bench -- --quick', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
  let results: Results
  let report = ''
  beforeAll(async () => {
    const words = ['--import', 'tsx', 'verification/bench/main.ts', '--quick', '--out', folder]
    const env = { PATH: process.env['PATH'] ?? '' }
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, env })
    report = stdout
    results = JSON.parse(readFileSync(join(folder, 'latest.json'), 'utf8')) as Results
  }, 300_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const about = (question: Question): readonly Measured[] =>
    results.measured.filter(({ cell }) => cell.question === question)
  const runOf = ({ runs }: Measured, name: ClientName): Run => {
    const run = runs[name]
    if (run === undefined) throw new Error(`${name} was not measured`)
    return run
  }
  const runs = (): readonly Run[] => results.measured.flatMap(found => Object.values(found.runs))

  it('measures every cell, and no client failed', () => {
    expect(results.measured.map(({ cell }) => cell)).toEqual(QUICK.cells)
    expect(runs().flatMap(({ fault }) => (fault === null ? [] : [fault]))).toEqual([])
    for (const { cell, runs: found } of results.measured) {
      const absent = results.previous === null ? ['previous'] : []
      expect(Object.keys(found)).toEqual(cell.clients.filter(name => !absent.includes(name)))
    }
  })

  it('its counts are exact: the serial client sends pages and one status a pull', () => {
    const counts = about('server').map(found => {
      const { tally } = runOf(found, 'serial')
      return { requests: tally.requests, milliseconds: tally.milliseconds, route: tally.byRoute }
    })
    const route = {
      ...{ 'list of pulls': 2, 'combined status': 60, history: 0, other: 0 },
      ...{ 'list of pulls as issues': 0, 'refs of pulls': 0, 'one pull': 0 },
    }
    expect(counts).toEqual([
      { requests: 62, milliseconds: 60 * 16.6 + 60 * 36, route },
      // The second page has ten rows, which cost the guess.
      { requests: 62, milliseconds: 22 + 5 + 60 * 10, route },
    ])
  })

  it('the previous release costs what its list of requests says', () => {
    if (results.previous === null || !KNOWN.test(results.previous.sha)) return
    const counts = about('server').map(found => {
      const { tally } = runOf(found, 'previous')
      return { requests: tally.requests, milliseconds: tally.milliseconds }
    })
    expect(counts).toEqual([
      { requests: 65, milliseconds: 60 * 16.6 + 60 * 36 + 3 * 5 },
      { requests: 67, milliseconds: 22 + 5 + 60 * 10 + 5 * 5 },
    ])
  })

  it('this release costs no more than the previous one, and no less than the floor', () => {
    for (const found of about('server')) {
      const { tally } = runOf(found, 'ours')
      expect(tally.requests).toBeGreaterThanOrEqual(found.floor.requests)
      expect(tally.milliseconds).toBeGreaterThanOrEqual(found.floor.milliseconds)
      if (results.previous !== null)
        expect(tally.milliseconds).toBeLessThanOrEqual(runOf(found, 'previous').tally.milliseconds)
    }
  })

  it('latency is waited for: one after the other, or so many at a time', () => {
    const [found] = about('wall')
    if (found === undefined) throw new Error('no wall time was measured')
    const [eight, ours, serial] = (['eight', 'ours', 'serial'] as const).map(name =>
      runOf(found, name),
    )
    expect(eight?.tally.most).toBeLessThanOrEqual(8)
    expect(eight?.tally.most).toBeGreaterThan(4)
    expect(ours?.tally.most).toBeLessThanOrEqual(4)
    expect(serial?.tally.most).toBe(1)
    // A timer may be a millisecond early.
    expect(serial?.wall).toBeGreaterThan((serial?.tally.requests ?? 0) * 19)
    expect(serial?.tally.connections).toBe(serial?.tally.requests)
  })

  it('what a client took is a figure, of time and of memory', () => {
    for (const { cpu, wall, memory, tally } of runs()) {
      expect(cpu).toBeGreaterThan(10)
      expect(wall).toBeGreaterThan(10)
      expect(memory).toBeGreaterThan(20e6)
      expect(memory).toBeLessThan(2e9)
      expect(tally.sent).toBeGreaterThan(0)
    }
    for (const { pairs, bundle, reference, empty, ratio, beyondEmpty } of results.coldStarts) {
      expect(pairs).toBe(QUICK.coldStart.rounds)
      expect(Math.min(bundle, reference, empty, ratio, beyondEmpty)).toBeGreaterThan(0)
      expect(reference).toBeGreaterThan(empty)
    }
    expect(results.coldStarts).toHaveLength(1)
  })

  it('prints the report it writes, without a figure that is none', () => {
    expect(readFileSync(join(folder, 'RESULTS.md'), 'utf8')).toBe(report)
    expect(report).not.toMatch(/NaN|undefined|Infinity|## What failed/)
    expect(report).toContain('## How they were taken')
  })
})

describe('what npm run bench refuses', () => {
  it.each([
    {
      words: ['--previous', 'nonsense'],
      said: ['--previous: given "nonsense"', 'a commit or tag'],
    },
    { words: ['--previous=--all'], said: ['--previous: given "--all"'] },
    { words: ['--previous'], said: ['--previous: nothing was given'] },
    {
      words: ['--bogus', 'x', '--out', '/nowhere'],
      said: ['given "bogus"', 'given "x"', '--out: given "/nowhere"', 'a folder that exists'],
    },
  ])('$words', ({ words, said }) => {
    const argv = ['--import', 'tsx', 'verification/bench/main.ts', '--quick', ...words]
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      ...{ cwd: root, env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' },
    })
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      ...{ status: 1, stdout: '', lines: 1 },
    })
    for (const part of said) expect(stderr).toContain(part)
  })
})
