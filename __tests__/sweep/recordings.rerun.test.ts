import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import type { BundleRun } from '../support/bundle.js'
import { play } from '../support/in-process.js'
import { recordings, required } from '../support/replay-asking.js'
import { openRecording } from '../support/replay.js'
import type { Replay } from '../support/replay.js'

/** The heads whose re-run was recorded, and how it ended on the real server. */
interface RecordedEnd {
  /** What the server knows run and job by. */
  readonly run: number
  readonly job: number
  readonly outcome: 'rerun' | 'still-red'
}
interface RecordedFolder {
  readonly folder: string
  readonly remedy: 'auto' | 'rerun'
  readonly ends: Readonly<Record<string, RecordedEnd>>
  /** A pull whose run was still going. */
  readonly open?: string
}

const RERUNS: readonly RecordedFolder[] = [
  {
    folder: 'gitea-1.27.0-rerun',
    remedy: 'auto',
    ends: {
      'stale-ok': { run: 73, job: 559, outcome: 'rerun' },
      'stale-red': { run: 74, job: 565, outcome: 'still-red' },
    },
    open: 'open',
  },
  {
    folder: 'gitea-1.26.4-rerun',
    remedy: 'rerun',
    ends: {
      'stale-ok': { run: 46, job: 212, outcome: 'rerun' },
      'stale-red': { run: 47, job: 218, outcome: 'still-red' },
    },
    open: 'open',
  },
  {
    folder: 'gitea-1.27.0-natural-healed',
    remedy: 'auto',
    ends: { natural: { run: 53, job: 362, outcome: 'rerun' } },
  },
  {
    folder: 'gitea-1.26.4-natural-healed',
    remedy: 'rerun',
    ends: { natural: { run: 164, job: 961, outcome: 'rerun' } },
  },
]

describe.each(RERUNS)('$folder through the bundle, remedy: $remedy', recorded => {
  const { folder, remedy, ends } = recorded
  let replay: Replay
  const runs: BundleRun[] = []

  /** One sweep for one pull: a re-run of another head was recorded under other conditions. */
  async function sweep(number: number): Promise<PullReport> {
    const run = await play({
      apiUrl: replay.apiUrl,
      repo: `${replay.owner}/${replay.repo}`,
      token: replay.token,
      inputs: {
        'min-age': '0s',
        'required-contexts': required.join('\n'),
        'pull-request': String(number),
        remedy,
      },
    })
    runs.push(run)
    const pull = (run.report as SweepReport | null)?.pulls.find(one => one.number === number)
    if (pull === undefined) throw new Error(`no report\n${run.stdout}${run.stderr}`)
    return pull
  }

  beforeAll(async () => {
    replay = await openRecording(join(recordings, folder))
    for (const { run, job } of Object.values(ends)) replay.expectRerun(run, job)
  })
  afterAll(() => replay.close())

  test.each(Object.entries(ends).map(([name, end]) => ({ name, ...end })))(
    '$name: sends exactly the recorded re-run, once, and ends as the server did: $outcome',
    async ({ name, run, job, outcome }) => {
      const number = replay.scenarios[name]?.number ?? 0
      const pull = await sweep(number)
      expect(pull).toMatchObject({ kind: 'repair', reason: 'stale', remedy: 'rerun', outcome })
      expect(pull.rerun).toEqual({ run, job })
      const sent = `${run}/${job}`
      expect(replay.reruns.filter(one => one === sent)).toEqual([sent])
    },
    180_000,
  )

  test('a second sweep finds the green one green, and does not repeat the red one', async () => {
    const sent = replay.reruns.length
    for (const [name, { outcome }] of Object.entries(ends)) {
      const number = replay.scenarios[name]?.number ?? 0
      if (outcome === 'rerun') expect((await sweep(number)).reason).toBe('umbrella-green')
      else if (remedy === 'auto') {
        const red = await sweep(number)
        expect(red).toMatchObject({ reason: 'stale', remedy: 'report', outcome: 'still-red' })
      }
    }
    expect(replay.reruns).toHaveLength(sent)
  }, 180_000)

  const { open } = recorded
  if (open !== undefined)
    test('a run that is still going is waited for, and nothing is sent', async () => {
      const sent = replay.reruns.length
      const pull = await sweep(replay.scenarios[open]?.number ?? 0)
      expect(pull).toMatchObject({ kind: 'wait', reason: 'required-open' })
      expect(replay.reruns).toHaveLength(sent)
    }, 180_000)

  test('no status is ever posted, nothing unknown is asked, every sweep ends green', () => {
    expect(replay.writes).toEqual([])
    expect({ unknown: replay.unknown, unexpected: replay.unexpected }).toEqual({
      unknown: [],
      unexpected: [],
    })
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      runs.map(() => ({ code: 0, stderr: '' })),
    )
  })
})
