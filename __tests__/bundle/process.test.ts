import { describe, expect, it } from '@jest/globals'
import type { ChildProcess } from 'node:child_process'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import { drive, open, race, REQUIRED, UMBRELLA } from '../../verification/simulator/stories.js'
import type { BundleOptions, BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'
import { openServer, widgetsOn } from '../support/open-server.js'

interface Stage {
  readonly forge: Forge
  readonly server: SimulatedServer
}

async function stage(
  stories: (forge: Forge) => void,
  { profile = 'gitea-1.22.6', age = '12m' }: { profile?: ProfileName; age?: string } = {},
): Promise<Stage> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  stories(forge)
  forge.clock.advance(age)
  const server = await openServer(forge)
  return { forge, server }
}

const stale = (forge: Forge, name = 'stale'): number =>
  drive(forge, open(forge, name), { 'all-required': 'failure' })
const two = (forge: Forge): void => {
  stale(forge, 'first')
  stale(forge, 'second')
}

const sweep = (
  { server }: Stage,
  { inputs = {}, ...options }: Partial<BundleOptions> = {},
): Promise<BundleRun> =>
  runBundle({
    ...widgetsOn(server),
    inputs: { 'required-contexts': REQUIRED.join('\n'), ...inputs },
    ...options,
  })

const posts = ({ server }: Stage) => server.requests.filter(({ method }) => method === 'POST')
const pulls = (run: BundleRun): readonly PullReport[] =>
  (run.report as SweepReport | null)?.pulls ?? []
const outcomes = (run: BundleRun): readonly string[] => pulls(run).map(({ outcome }) => outcome)
const umbrella = ({ forge }: Stage, number = 1): string =>
  forge.latest(forge.head(number)).find(({ context }) => context === UMBRELLA)?.state ?? ''

describe('what cannot be written: each place fails alone, and the others tell', () => {
  const alarming = (forge: Forge): void => {
    stale(forge)
    race(forge, 'false-green', {}, { 'Platform (Go)': 'failure' }, 'success')
  }
  const told = async (options: Partial<BundleOptions>): Promise<BundleRun> => {
    const run = await sweep(await stage(alarming, { profile: 'gitea-1.26.4' }), {
      ...options,
      inputs: { 'fail-on': 'never', remedy: 'status' },
    })
    expect(run.stdout + run.stderr).not.toContain('bug of umbrella-reaper')
    expect(run.code).toBe(1)
    return run
  }
  const inSummary = ({ summary }: BundleRun): void => {
    expect(summary).toContain('false-green')
  }
  const inOutputs = ({ outputs }: BundleRun): void => {
    expect(outputs).toMatchObject({ compensated: '1', alarms: '1' })
  }
  const inLog = ({ stdout }: BundleRun): void => {
    expect(stdout).toContain('#1: repaired')
    expect(stdout).toMatch(/ALARM: false-green/)
  }
  const named = ({ stdout }: BundleRun, ...words: readonly string[]): void => {
    const errors = stdout.split('\n').filter(line => line.startsWith('::error::'))
    expect(errors).toHaveLength(1)
    for (const word of [...words, 'the sweep itself is done']) expect(errors[0]).toContain(word)
  }

  it.each([
    { file: '/dev/full', says: 'ENOSPC' },
    { file: '/nowhere/output', says: 'Missing file' },
  ])('the outputs, $file', async ({ file, says }) => {
    const run = await told({ env: { GITHUB_OUTPUT: file } })
    inLog(run)
    inSummary(run)
    named(run, 'the outputs could not be written', says)
  })

  it.each([
    { file: '/dev/full', says: 'ENOSPC' },
    { file: '/nowhere/summary', says: 'Unable to access summary file' },
  ])('the job summary, $file', async ({ file, says }) => {
    const run = await told({ env: { GITHUB_STEP_SUMMARY: file } })
    inLog(run)
    inOutputs(run)
    expect(outcomes(run)).toContain('compensated')
    named(run, 'the job summary could not be written', says)
  })

  it.each<Partial<BundleOptions> & { what: string; says: string }>([
    { what: 'beside the job', env: { RUNNER_TEMP: '/nowhere' }, says: 'ENOENT' },
    { what: 'where it is asked for', argv: ['--report', '/nowhere/x.json'], says: 'ENOENT' },
    { what: 'on a full disk', argv: ['--report', '/dev/full'], says: 'ENOSPC' },
  ])('the report $what', async ({ says, ...options }) => {
    const run = await told(options)
    inLog(run)
    inOutputs(run)
    inSummary(run)
    expect(run.outputs['report']).toBe('')
    named(run, 'the report could not be written', says)
  })

  it('the log, on a full disk: the other stream says so', async () => {
    const run = await told({ log: '/dev/full' })
    inOutputs(run)
    inSummary(run)
    expect(outcomes(run)).toContain('compensated')
    expect(run.stderr).toBe(
      'error: the log could not be written: ENOSPC: no space left on device, write\n',
    )
  })

  it('all of them at once are one message', async () => {
    const nowhere = { GITHUB_OUTPUT: '/nowhere/o', GITHUB_STEP_SUMMARY: '/nowhere/s' }
    const run = await told({ env: { ...nowhere, RUNNER_TEMP: '/nowhere' } })
    inLog(run)
    named(run, 'the report could', 'the outputs could', 'the job summary could')
  })
})

describe('a reader that has read enough stops the printing, never the protocol', () => {
  /** `| head -n 1`, of the log and of errors. */
  const once = ({ stdout, stderr }: ChildProcess): void => {
    stderr?.destroy()
    stdout?.once('data', () => stdout.destroy())
  }

  it('the sweep goes on to its end and tells it elsewhere', async () => {
    const on = await stage(two)
    const run = await sweep(on, { started: once })
    expect(outcomes(run)).toEqual(['compensated', 'compensated'])
    expect(run.outputs).toMatchObject({ compensated: '2' })
    expect(run.summary).toContain('2 open pull requests: 2 repaired')
    expect(run.code).toBe(0)
  })

  it('it ends with the code it would have had', async () => {
    const on = await stage(forge => {
      drive(forge, open(forge, 'red'), { 'Platform (Go)': 'failure' })
    })
    const run = await sweep(on, { started: once, inputs: { 'fail-on': 'refused' } })
    expect(run.code).toBe(1)
  })

  it('an explanation ends quietly', async () => {
    const { server } = await stage(two)
    const url = server.apiUrl.replace('/api/v1', '')
    const argv = ['explain', `${url}/acme/widgets/pulls/1`]
    const run = await runBundle({
      ...widgetsOn(server),
      argv,
      env: {
        GITHUB_ACTIONS: '',
        UMBRELLA_REAPER_TOKEN: server.token,
        UMBRELLA_REAPER_URL: url,
        INPUT_TOKEN: '',
      },
      started: ({ stdout }) => stdout?.once('data', () => stdout.destroy()),
    })
    expect([run.code, run.stderr]).toEqual([0, ''])
  })
})

describe('a signal', () => {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const

  /** A sweep whose process is sent this signal when the server receives such a request. */
  async function signalled(
    on: Stage,
    at: (method: string, path: string, nth: number) => boolean,
    signal: keyof typeof codes = 'SIGTERM',
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<BundleRun> {
    let child: ChildProcess | null = null
    let isSent = false
    let nth = 0
    on.server.on(({ method, path }) => {
      nth += 1
      if (isSent || !at(method, path, nth)) return undefined
      isSent = true
      child?.kill(signal)
      return undefined
    })
    const run = await sweep(on, {
      inputs,
      // Asleep in truth: it must be the signal that wakes it.
      sleeps: true,
      started: one => {
        child = one
      },
    })
    expect(isSent).toBe(true)
    expect(run.code).toBe(codes[signal])
    expect(run.stdout).toContain(`the sweep was told to stop (${signal})`)
    expect(run.outputs['scanned']).toBe(String(pulls(run).length))
    expect(run.summary).not.toBe('')
    return run
  }
  const write = (method: string): boolean => method === 'POST'

  it('before a write the log says what is about to be written', async () => {
    const on = await stage(two)
    let child: ChildProcess | null = null
    // What a process has printed by then is all that is left of it.
    on.server.on(({ method }) => {
      if (method === 'POST') child?.kill('SIGKILL')
      return undefined
    })
    const { stdout } = await sweep(on, {
      started: one => {
        child = one
      },
    })
    const sha = on.forge.head(1).slice(0, 10)
    expect(stdout).toContain(`about to write: success, "${UMBRELLA}" on ${sha}`)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s during a write: it is looked back at, and no other begins',
    async signal => {
      const on = await stage(two)
      const run = await signalled(on, write, signal)
      expect(outcomes(run)).toEqual(['compensated', 'held'])
      expect(posts(on)).toHaveLength(1)
      expect(pulls(run)[1]?.outcomeDetail).toBe(
        `the sweep was told to stop (${signal}); the next sweep goes on`,
      )
    },
  )

  it('taking back belongs to the write under way', async () => {
    const on = await stage(stale)
    const red = { context: REQUIRED[1] ?? '', state: 'failure', as: 'person' } as const
    on.server.on(({ method }) => {
      if (method === 'POST' && posts(on).length === 1)
        on.forge.post(on.forge.head(1), { ...red, description: 'no' })
      return undefined
    })
    const run = await signalled(on, write)
    expect(outcomes(run)).toEqual(['withdrawn'])
    expect(umbrella(on)).toBe('pending')
    expect(run.stdout).toContain('about to write: pending')
  })

  it('while a head is looked at for the second time nothing is written', async () => {
    const on = await stage(two)
    let lists = 0
    const run = await signalled(on, (_, path) => {
      if (path.endsWith('/pulls')) lists += 1
      return lists === 1
    })
    expect(posts(on)).toHaveLength(0)
    expect(outcomes(run)).toEqual(['held', 'held'])
  })

  it('while heads are looked at what is not read is a gap', async () => {
    const on = await stage(forge => {
      for (let at = 0; at < 12; at += 1) stale(forge, `stale-${at}`)
    })
    const isLook = (_: string, path: string): boolean => path.includes('/statuses/')
    const run = await signalled(on, isLook, 'SIGTERM', { concurrency: '1' })
    expect(posts(on)).toHaveLength(0)
    expect(pulls(run).at(-1)?.reason).toBe('evidence-incomplete')
    expect(pulls(run).at(-1)?.detail).toContain('told to stop')
  })

  it('the wait for a re-run is cut short by one last look', async () => {
    const on = await stage(two, { profile: 'gitea-1.27.0' })
    const run = await signalled(on, write)
    expect(posts(on)).toHaveLength(1)
    expect(outcomes(run)).toEqual(['rerun-pending', 'held'])
    expect(pulls(run)[0]?.outcomeDetail).toContain(
      'runs again and has not ended; the sweep was told to stop (SIGTERM)',
    )
    expect(run.stdout).toContain('about to run again: job ')
    expect(run.ms).toBeLessThan(30_000)
  })

  it('a stop while a remedy is chosen holds that head back', async () => {
    const on = await stage(two, { profile: 'gitea-1.27.0' })
    let isWritten = false
    const run = await signalled(on, method => {
      const isNext = isWritten
      isWritten ||= write(method)
      return isNext
    })
    expect(posts(on)).toHaveLength(1)
    expect(outcomes(run)).toEqual(['rerun-pending', 'held'])
  })

  it('a second one ends at once', async () => {
    const on = await stage(two)
    let child: ChildProcess | null = null
    on.server.on(({ method }) => {
      if (method !== 'POST') return undefined
      child?.kill('SIGTERM')
      setTimeout(() => child?.kill('SIGTERM'), 300)
      return { kind: 'hang' }
    })
    const run = await sweep(on, {
      started: one => {
        child = one
      },
    })
    expect(run.code).toBe(143)
    expect(run.summary).toBe('')
  })
})

describe('now is the earlier of the Date header and the clock of the runner', () => {
  /** Rows of twenty seconds by the runner's clock, while the server's Date is that much ahead. */
  const skewed = async (ahead: number): Promise<Stage & { readonly run: BundleRun }> => {
    const on = await stage(stale, { age: '0s' })
    const clock = on.forge.clock.now() + 20_000
    on.forge.clock.set(clock + ahead)
    return { ...on, run: await sweep(on, { clock }) }
  }
  const said = ({ stdout }: BundleRun): readonly string[] =>
    stdout.split('\n').filter(line => line.includes('clock: '))

  it('a Date that is ahead makes no row old enough, and is told once', async () => {
    const on = await skewed(600_000)
    expect(posts(on)).toHaveLength(0)
    expect(pulls(on.run)[0]).toMatchObject({ kind: 'wait', reason: 'too-young' })
    expect(said(on.run)).toEqual([
      expect.stringMatching(
        /^warning: clock: the server's Date is 10m ahead of the runner's clock; /,
      ),
    ])
    expect(said(on.run)[0]).toContain("the runner's clock is used")
  })

  it('nor does a runner that is ahead', async () => {
    const on = await stage(stale, { age: '20s' })
    const run = await sweep(on, { clock: on.forge.clock.now() + 600_000 })
    expect(posts(on)).toHaveLength(0)
    expect(pulls(run)[0]).toMatchObject({ kind: 'wait', reason: 'too-young' })
    expect(said(run)[0]).toContain("behind the runner's clock; the server's Date is used")
  })

  it('less than a minute is not worth a word', async () => {
    const { run } = await skewed(30_000)
    expect(said(run)).toEqual([])
  })
})
