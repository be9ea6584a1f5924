import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import type { LeftAloneCounts, PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { quietCount } from '../../src/sweep/report/report.js'
import { inputVariables, parseOutputs } from '../support/bundle.js'
import type { BundleRun } from '../support/bundle.js'
import { play, runInProcess } from '../support/in-process.js'
import {
  ask,
  closeAll,
  folders,
  inputsOf,
  recordings,
  required,
  umbrella,
} from '../support/replay-asking.js'
import type { Combined, Row } from '../support/replay-asking.js'
import { openRecording } from '../support/replay.js'
import type { Replay } from '../support/replay.js'

interface Sweep {
  run: BundleRun
  report: SweepReport
  requests: Replay['requests']
}

/** One sweep of the bundle over the double; `requests` are those of this sweep alone. */
async function sweep(
  replay: Replay,
  inputs: Record<string, string> = {},
  start: typeof runInProcess = play,
): Promise<Sweep> {
  const before = replay.requests.length
  const run = await start({
    apiUrl: replay.apiUrl,
    repo: `${replay.owner}/${replay.repo}`,
    token: replay.token,
    inputs: {
      'min-age': '0s',
      'required-contexts': required.join('\n'),
      ...inputsOf(replay.scenarios),
      ...inputs,
    },
  })
  if (run.report === null)
    throw new Error(`no report, exit ${String(run.code)}\n${run.stdout}\n${run.stderr}`)
  return { run, report: run.report as SweepReport, requests: replay.requests.slice(before) }
}

const pullOf = ({ report }: Sweep, number: number): PullReport | undefined =>
  report.pulls.find(pull => pull.number === number)

/**
 * Heads whose umbrella only a re-run can turn. What a re-run does is in recordings.rerun.test.ts.
 */
const byHand = (replay: Replay): ReadonlySet<string> =>
  new Set(
    Object.values(replay.scenarios)
      .filter(({ expected }) => expected?.remedy === 'rerun')
      .map(({ head }) => head),
  )

/** Heads that must be repaired by a status. */
const repairsOf = (replay: Replay): string[] =>
  Object.values(replay.scenarios)
    .filter(({ head, expected }) => expected?.kind === 'repair' && !byHand(replay).has(head))
    .map(({ head }) => head)

/** How a repair ends, by the remedy that it takes. */
const endOf = (replay: Replay, head: string, end: string): string =>
  byHand(replay).has(head) ? 'none' : end

/** The last word of the marker tells one sweep from another and is drawn anew by each. */
function alike(description: string): string {
  expect(description).toMatch(/ \w{4,12}\]$/)
  return description.replace(/\w+\]$/, 'x]')
}

const judgement = ({ number, kind, reason }: PullReport) => ({ number, kind, reason })

describe('the runner that starts the bundle', () => {
  test(
    'an input keeps its hyphens, takes its default from action.yml, and the token stands for ' +
      'the expression',
    () => {
      const variables = inputVariables({
        apiUrl: 'http://x/api/v1',
        repo: 'o/r',
        token: 't',
        inputs: { 'min-age': '0s' },
      })
      expect(variables).toMatchObject({
        INPUT_TOKEN: 't',
        'INPUT_MIN-AGE': '0s',
        'INPUT_UMBRELLA-CONTEXT': '',
      })
    },
  )

  test('outputs are read as plain lines and as blocks, and a block without end is an error', () => {
    expect(parseOutputs('a=1\nb<<X\nx=y\n\nz\nX\nc<<Y\nY\n')).toEqual({
      a: '1',
      b: 'x=y\n\nz',
      c: '',
    })
    expect(() => parseOutputs('b<<X\nx\n')).toThrow('never ends')
  })
})

describe.each(folders)('%s through the bundle', folder => {
  let replay: Replay
  let dry: Sweep
  let real: Sweep
  let again: Sweep
  let written: Replay['writes']

  beforeAll(async () => {
    replay = await openRecording(join(recordings, folder))
    // What is written is written by the bundle; what only reads needs no process of its own.
    dry = await sweep(replay, { 'dry-run': 'true' }, runInProcess)
    for (const head of repairsOf(replay)) replay.expectWrite(head, umbrella)
    // What a re-run does was recorded for a few heads only: here the report says what it would be.
    const remedy: Record<string, string> = byHand(replay).size === 0 ? {} : { remedy: 'report' }
    real = await sweep(replay, remedy)
    written = [...replay.writes]
    again = await sweep(replay, remedy, runInProcess)
  }, 180_000)

  afterAll(async () => {
    await replay.close()
  })

  test(
    'every pull gets the kind and the reason a correct sweep must give, and the cause ' +
      'where one is told',
    () => {
      for (const [name, { number, expected }] of Object.entries(replay.scenarios)) {
        // What such a verdict is called is another's business: nothing may follow from it.
        if (expected?.kind === 'never') continue
        const pull = pullOf(real, number)
        const cause = expected?.cause === undefined ? {} : { cause: pull?.cause }
        const said = pull === undefined ? null : { kind: pull.kind, reason: pull.reason, ...cause }
        const { kind, reason } = expected ?? {}
        const told = expected?.cause === undefined ? {} : { cause: expected.cause }
        const listed =
          expected === null || expected.kind === 'leave' ? null : { kind, reason, ...told }
        expect({ name, said, detail: pull?.detail }).toEqual({
          name,
          said: listed,
          detail: pull?.detail,
        })
      }
      const quiet = Object.values(replay.scenarios).flatMap(({ expected }) =>
        expected?.kind === 'leave' ? [expected.reason] : [],
      )
      for (const reason of new Set(quiet)) {
        const expected = quiet.filter(one => one === reason).length
        expect([reason, real.report.quiet[reason as keyof LeftAloneCounts]]).toEqual([
          reason,
          expected,
        ])
      }
    },
  )

  test('what must never be done is not done, whatever it is called', () => {
    for (const [name, { number, head, expected }] of Object.entries(replay.scenarios)) {
      if (expected?.kind !== 'never') continue
      for (const swept of [dry, real]) {
        const pull = pullOf(swept, number)
        const done = { name, remedy: pull?.remedy ?? 'none', outcome: pull?.outcome ?? 'none' }
        expect([
          { ...done, remedy: 'none' },
          { ...done, remedy: 'report' },
        ]).toContainEqual(done)
        expect(done.outcome).toBe('none')
        expect(pull?.posted ?? null).toBeNull()
        expect(pull?.rerun ?? null).toBeNull()
      }
      expect(replay.reruns).toEqual([])
      expect(replay.unexpected.filter(line => line.includes(head))).toEqual([])
    }
  })

  test('every open pull is in the report or counted in it, and no other', async () => {
    const second = await openRecording(join(recordings, folder))
    const listed = (await ask(second, '/pulls?state=open&limit=50')).body as { number: number }[]
    await second.close()
    const open = listed.map(({ number }) => number)
    expect(open).toEqual(expect.arrayContaining(real.report.pulls.map(({ number }) => number)))
    expect(real.report.pulls.length + quietCount(real.report.quiet)).toBe(open.length)
    expect(real.run.outputs['scanned']).toBe(String(open.length))
  })

  test('pulls on one head get one judgement', () => {
    for (const pull of real.report.pulls) {
      for (const other of real.report.pulls.filter(({ head }) => head === pull.head)) {
        expect(judgement(other)).toEqual({ ...judgement(pull), number: other.number })
      }
    }
  })

  test('exactly one success is written per repaired head, and nothing anywhere else', () => {
    const sorted = (writes: { sha: string; state: string; context: string }[]) =>
      writes.map(({ sha, state, context }) => `${sha} ${state} ${context}`).sort()
    expect(sorted(written)).toEqual(
      sorted(repairsOf(replay).map(head => ({ sha: head, state: 'success', context: umbrella }))),
    )
    for (const { number, head, kind, outcome } of real.report.pulls) {
      const end = endOf(replay, head, 'compensated')
      expect([number, outcome]).toEqual([number, kind === 'repair' ? end : 'none'])
    }
  })

  test('where only a re-run helps, the command re-runs the umbrella job alone', () => {
    const reruns = real.report.pulls.filter(({ command }) =>
      /-X POST .*\/actions\/runs\/\d+\/jobs\/\d+\/rerun'$/.test(command ?? ''),
    )
    expect(new Set(reruns.map(({ head }) => head))).toEqual(byHand(replay))
  })

  test(
    'nothing is asked that the server was not recorded to answer, and nothing is ' +
      'written unannounced',
    () => {
      expect({ unknown: replay.unknown, unexpected: replay.unexpected }).toEqual({
        unknown: [],
        unexpected: [],
      })
    },
  )

  test('a dry run sends nothing but GETs', () => {
    expect(dry.requests.length).toBeGreaterThan(0)
    expect([...new Set(dry.requests.map(({ method }) => method))]).toEqual(['GET'])
  })

  test('a dry run judges as the real one does, and every repair ends as dry-run', () => {
    expect(dry.report.pulls.map(judgement)).toEqual(real.report.pulls.map(judgement))
    for (const { number, head, kind, outcome } of dry.report.pulls) {
      expect([number, outcome]).toEqual([number, kind === 'repair' ? 'dry-run' : 'none'])
      const announced = dry.report.pulls.find(pull => pull.number === number)
      const { remedy, rerun } = announced ?? { remedy: 'none', rerun: null }
      const again = kind === 'repair' && byHand(replay).has(head)
      expect([number, remedy === 'rerun', rerun !== null]).toEqual([number, again, again])
    }
  })

  test('a dry run reports the exact write the real run then sends', () => {
    const announced = dry.report.pulls
      .filter(({ head, kind }) => kind === 'repair' && !byHand(replay).has(head))
      .map(({ head, posted }) => ({ head, posted }))
    const sent = new Map(
      written.map(({ sha, state, context, description, target_url: targetUrl }) => [
        sha,
        { sha, state, context, description: alike(description), targetUrl },
      ]),
    )
    for (const { head, posted } of announced) {
      expect(
        posted === null ? null : { ...posted, description: alike(posted.description) },
      ).toEqual(sent.get(head))
    }
    for (const { kind, posted } of dry.report.pulls)
      if (kind !== 'repair') expect(posted).toBeNull()
  })

  test(
    'a description is at most 140 characters long and the target is the run ' + 'that wrote it',
    () => {
      for (const { description, target_url: target } of written) {
        expect(description.length).toBeLessThanOrEqual(140)
        expect(
          target.startsWith(`${replay.url}/${replay.owner}/${replay.repo}/actions/runs/`),
        ).toBe(true)
      }
    },
  )

  test('a second sweep writes nothing more and finds what was repaired green', () => {
    expect(replay.writes).toEqual(written)
    expect([...new Set(again.requests.map(({ method }) => method))]).toEqual(['GET'])
    const repaired = real.report.pulls.filter(({ outcome }) => outcome === 'compensated')
    expect(repaired.flatMap(({ number }) => pullOf(again, number) ?? [])).toEqual([])
    expect(again.report.quiet).toEqual({
      ...real.report.quiet,
      'umbrella-green': real.report.quiet['umbrella-green'] + repaired.length,
    })
  })

  test('the requests output and the report name the number the server saw', () => {
    for (const { run, report, requests } of [dry, real, again]) {
      const said = { output: run.outputs['requests'], report: report.requests }
      expect(said).toEqual({ output: String(requests.length), report: requests.length })
    }
  })

  test('every sweep ends green but for an alarm: what it cannot repair is not its failure', () => {
    // But for one that was given no umbrella and found none: it judged nothing, and says so.
    // An alarm ends a sweep red too.
    const code = /-(?:own-verdict|false-green|skip-over-red)$/.test(folder) ? 1 : 0
    expect([dry, real, again].map(({ run }) => ({ code: run.code, stderr: run.stderr }))).toEqual(
      Array(3).fill({ code, stderr: '' }),
    )
  })
})

/**
 * What stands around a head that is written (docs/acting.md, "What it costs"): before the write
 * and at the look back the refs and each base's commit; the head's folder and file; and once each
 * pull request on the commit. Here each of them has a base of its own.
 */
const aroundOf = (pulls: number): number => 2 + 2 * pulls + 2 + pulls

describe('requests of the sweep of gitea-1.22.6', () => {
  const folder = 'gitea-1.22.6'
  const pages = (rows: number) => Math.ceil(rows / 50)
  let replay: Replay
  let real: Sweep

  /**
   * What a head costs to look at, counted on a second double: open pulls, pages of latest rows,
   * pages of history, the umbrella's state.
   */
  async function sizesOf(heads: { head: { sha: string } }[]) {
    const counter = await openRecording(join(recordings, folder))
    try {
      return await Promise.all(
        [...new Set(heads.map(({ head }) => head.sha))].map(async sha => {
          const count = async (what: string) => {
            const { headers } = await ask(counter, `/commits/${sha}/${what}?limit=1`)
            return Number(headers.get('x-total-count'))
          }
          const contexts = await count('status')
          const latest = (
            await Promise.all(
              Array.from({ length: pages(contexts) }, (_, at) =>
                ask(counter, `/commits/${sha}/status?limit=50&page=${at + 1}`),
              ),
            )
          ).flatMap(({ body }) => (body as Combined).statuses ?? [])
          const state = latest.find((row: Row) => row.context === umbrella)?.status
          return {
            sha,
            pulls: heads.filter(({ head }) => head.sha === sha).length,
            latest: pages(contexts),
            history: pages(await count('statuses')),
            candidate: state === 'failure' || state === 'error',
            repaired: repairsOf(counter).includes(sha),
          }
        }),
      )
    } finally {
      await counter.close()
    }
  }

  let sizes: Awaited<ReturnType<typeof sizesOf>>
  beforeAll(async () => {
    replay = await openRecording(join(recordings, folder))
    const { body } = await ask(replay, '/pulls?state=open&limit=50')
    sizes = await sizesOf(body as { head: { sha: string } }[])
    for (const head of repairsOf(replay)) replay.expectWrite(head, umbrella)
    real = await sweep(replay)
  }, 180_000)
  afterAll(async () => {
    await replay.close()
    await closeAll()
  })

  test(
    'the recording is the one the budget was made for: 14 open pulls on 13 heads with 14 ' +
      'pages of latest rows',
    () => {
      const sum = (field: 'pulls' | 'latest') => sizes.reduce((all, size) => all + size[field], 0)
      expect({ pulls: sum('pulls'), heads: sizes.length, latest: sum('latest') }).toEqual({
        pulls: 14,
        heads: 13,
        latest: 14,
      })
    },
  )

  test(
    'a sweep stays within probes, one list, the status pages, the histories left alone and ' +
      'the price of each repair',
    () => {
      const price = sizes.map(size =>
        !size.candidate
          ? 0
          : size.repaired
            ? size.history + size.pulls + 2 * size.latest + 3 + aroundOf(size.pulls)
            : size.history + 1,
      )
      // Of each of the two bases its commit and its folder, one file of both, and the refs.
      const aroundOnce = 2 * 2 + 1 + 1
      // Its list of pull requests is dear: numbers and refs come from two cheap ones, and of the
      // pulls with a red umbrella alone the rest is read.
      const listed =
        2 + sizes.reduce((all, { candidate, pulls }) => all + (candidate ? pulls : 0), 0)
      const budget = 4 + listed + 14 + aroundOnce + price.reduce((all, one) => all + one, 0)
      expect(real.requests.length).toBeLessThanOrEqual(budget)
      expect(real.run.outputs['requests']).toBe(String(real.requests.length))
    },
  )

  test('a head with six contexts is repaired for eight requests more than one look at most', () => {
    const { sha } = sizes.find(
      size => size.repaired && size.latest === 1 && size.history === 1 && size.pulls === 1,
    ) ?? { sha: '' }
    const number = Object.values(replay.scenarios).find(({ head }) => head === sha)?.number ?? 0
    const about = real.requests.filter(
      ({ path }) => path.includes(sha) || path.endsWith(`/pulls/${number}`),
    )
    expect(number).toBeGreaterThan(0)
    expect(about.length - 1).toBeLessThanOrEqual(8)
  })

  test('a head whose umbrella is green costs its status pages and nothing else', () => {
    for (const { sha, latest } of sizes.filter(size => !size.candidate)) {
      expect(real.requests.filter(({ path }) => path.includes(sha))).toHaveLength(latest)
    }
  })
})
