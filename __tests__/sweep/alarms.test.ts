import { describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import type { Setup } from '../../verification/simulator/stories.js'
import {
  drive,
  open,
  race,
  REQUIRED,
  runsOf,
  UMBRELLA,
} from '../../verification/simulator/stories.js'
import { ci, GATE, GREEN, LATER } from '../../verification/e2e/github/setups.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { runInProcess } from '../support/in-process.js'
import { folders, inputsOf, recordings, required } from '../support/replay-asking.js'
import { openRecording } from '../support/replay.js'
import { openGithubServer, openServer, widgetsOn } from '../support/open-server.js'

type Asked = Readonly<Record<string, string>>

const scene = (profile: ProfileName): Forge =>
  createForge(profile, { owner: 'acme', repo: 'widgets' })

/** What a sweep says of these pull requests, and what it asked. */
async function swept(forge: Forge, inputs: Asked = {}) {
  forge.clock.advance('20m')
  const server = await openServer(forge)
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': UMBRELLA, 'dry-run': 'true', ...inputs },
  })
  const { pulls } = run.report as SweepReport
  const alarms = pulls.filter(({ kind }) => kind === 'alarm').map(({ number }) => number)
  return { alarms, code: run.code, requests: server.requests.length, summary: run.summary }
}

const LISTED = { 'required-contexts': REQUIRED.join('\n') }
const FAILED = 'Python Lint & Test'

/**
 * As it was seen on a server: 61 rows, and the newest run's red in row 60, between two green rows
 * of the umbrella. A page of 50 does not hold them all.
 */
function longHistory(forge: Forge): number {
  const number = open(forge, 'long', {}, { doubleRun: true })
  const [older, newer] = runsOf(forge, number)
  if (older === undefined || newer === undefined) throw new Error('it takes two runs')
  const rows = (): number => forge.history(forge.head(number)).length
  forge.runAll(older, { 'all-required': 'never' })
  forge.runAll(newer, { [FAILED]: 'never', 'all-required': 'never' })
  forge.pick(forge.job(older, 'all-required'))
  forge.pick(forge.job(newer, FAILED))
  for (let at = 0; rows() < 58; at += 1)
    forge.post(forge.head(number), { context: `preview ${at}`, state: 'success' })
  const green = { context: UMBRELLA, state: 'success', as: 'job-token' } as const
  forge.post(forge.head(number), green)
  forge.finish(forge.job(newer, FAILED), 'failure')
  forge.finish(forge.job(older, 'all-required'), 'success')
  // Gitea writes no row that is equal to the one that stands.
  if (rows() < 61) forge.post(forge.head(number), green)
  return number
}

const PROFILES = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.26.4',
  'forgejo-11',
  'forgejo-15',
] as const

describe('a green umbrella over a failed newest run, in a history of more than one page', () => {
  it.each(['gitea-1.22.6', 'gitea-1.23.8', 'forgejo-11', 'forgejo-15'] as const)(
    '%s: only a deep look finds it',
    async profile => {
      const look = async (alarms: string) => {
        const forge = scene(profile)
        const number = longHistory(forge)
        const rows = forge.history(forge.head(number))
        const [top, red] = rows
        expect([rows.length, top?.state, red?.context]).toEqual([
          61,
          'success',
          `CI / ${FAILED} (pull_request)`,
        ])
        return swept(forge, { ...LISTED, alarms })
      }
      expect(await look('cheap')).toMatchObject({ alarms: [], code: 0 })
      expect(await look('deep')).toMatchObject({ alarms: [1], code: 1 })
      expect(await look('off')).toMatchObject({ alarms: [], code: 0 })
    },
  )
})

describe('a false green that a first look shows', () => {
  it.each(PROFILES)('%s: cheap and deep alarm, off does not', async profile => {
    const look = async (alarms: string) => {
      const forge = scene(profile)
      race(forge, 'false', {}, { 'Platform (Go)': 'failure' }, 'success')
      return swept(forge, { ...LISTED, alarms })
    }
    expect(await look('off')).toMatchObject({ alarms: [], code: 0 })
    expect(await look('cheap')).toMatchObject({ alarms: [1], code: 1 })
    expect(await look('deep')).toMatchObject({ alarms: [1], code: 1 })
  })
})

const MAY_FAIL =
  '  flaky:\n    name: flaky\n    continue-on-error: true\n    runs-on: ubuntu-latest\n' +
  '    steps: [{ run: echo ok }]'

/** A pull request whose umbrella is green, with a red row beside it. */
const green = (forge: Forge, name: string, setup: Setup, endings: Record<string, 'failure'>) =>
  drive(forge, open(forge, name, setup, { doubleRun: false }), {
    ...endings,
    'all-required': 'success',
  })

/** Pull requests over which nobody may be alarmed, however deep the look. */
const CALM: readonly {
  readonly scene: string
  readonly make: (forge: Forge) => unknown
  readonly asked?: Asked
}[] = [
  {
    scene: 'the list names a job since that this commit never had',
    make: forge => green(forge, 'changed', { extra: MAY_FAIL }, { flaky: 'failure' }),
    asked: { 'required-contexts': [...REQUIRED, 'CI / Security (pull_request)'].join('\n') },
  },
  {
    scene: 'the newest run is open, and no job of it has failed',
    make: forge => {
      const number = open(forge, 'open', {}, { doubleRun: true })
      const [older, newer] = runsOf(forge, number)
      if (older === undefined || newer === undefined) throw new Error('it takes two runs')
      forge.runAll(newer, { 'Platform (Go)': 'never', 'all-required': 'never' })
      forge.runAll(older)
    },
    asked: LISTED,
  },
  {
    scene: 'an optional job failed',
    make: forge => green(forge, 'optional', {}, { 'Platform (Go)': 'failure' }),
    asked: {
      'required-contexts': REQUIRED.filter(name => !name.includes('Platform')).join('\n'),
      'optional-contexts': 'CI / Platform (Go) (pull_request)',
    },
  },
  {
    scene: 'a job with continue-on-error failed, and the umbrella needs it',
    make: forge => {
      const workflow = [
        'name: CI\non: pull_request\njobs:',
        MAY_FAIL,
        '  test:\n    name: test\n    runs-on: ubuntu-latest\n    steps: [{ run: echo ok }]',
        '  all-required:\n    if: always()\n    needs: [flaky, test]\n    runs-on: ubuntu-latest',
        '    steps: [{ run: echo ok }]',
      ].join('\n')
      forge.push({ branch: 'main', workflow })
      forge.push({ branch: 'may-fail', files: { change: '' } })
      const number = forge.openPull({ branch: 'may-fail', doubleRun: false })
      drive(forge, number, { flaky: 'failure', 'all-required': 'success' })
    },
  },
]

describe('no alarm', () => {
  it.each(
    CALM.flatMap(calm =>
      (['gitea-1.22.6', 'gitea-1.27.0', 'forgejo-15'] as const).map(profile => ({
        ...calm,
        profile,
      })),
    ),
  )('$profile: $scene', async ({ profile, make, asked = {} }) => {
    const forge = scene(profile)
    make(forge)
    for (const alarms of ['cheap', 'deep'])
      expect(await swept(forge, { ...asked, alarms })).toMatchObject({ alarms: [], code: 0 })
  })

  it('by the same job where only the pull request says that it may fail', async () => {
    const forge = scene('gitea-1.22.6')
    const file = (mayFail: string): string =>
      [
        'name: CI\non: pull_request\njobs:',
        `  test:\n    name: test\n${mayFail}    runs-on: ubuntu-latest\n    steps: [{ run: make }]`,
        '  all-required:\n    if: always()\n    needs: [test]\n    runs-on: ubuntu-latest',
        '    steps: [{ run: echo ok }]',
      ].join('\n')
    forge.push({ branch: 'main', workflow: file('') })
    forge.push({ branch: 'sly', workflow: file('    continue-on-error: true\n') })
    const number = forge.openPull({ branch: 'sly', doubleRun: false })
    drive(forge, number, { test: 'failure', 'all-required': 'success' })
    expect(await swept(forge, { alarms: 'deep' })).toMatchObject({ alarms: [number], code: 1 })
  })
})

describe('what looking for false greens costs where nothing is wrong', () => {
  const quiet = (profile: ProfileName): Forge => {
    const forge = scene(profile)
    for (let at = 0; at < 5; at += 1) drive(forge, open(forge, `quiet ${at}`, {}))
    return forge
  }
  it.each([
    { profile: 'gitea-1.22.6', cheap: 0, deep: 0 },
    { profile: 'forgejo-11', cheap: 0, deep: 0 },
    { profile: 'forgejo-15', cheap: 0, deep: 0 },
    { profile: 'gitea-1.23.8', cheap: 0, deep: 0 },
    // Two lists of runs; deep: the runs of each head, and the jobs of both of its runs.
    { profile: 'gitea-1.26.4', cheap: 2, deep: 5 * 3 },
    { profile: 'gitea-1.27.0', cheap: 2, deep: 5 * 3 },
  ] as const)('$profile: $cheap requests, deep $deep', async ({ profile, cheap, deep }) => {
    const cost = async (alarms: string): Promise<number> =>
      (await swept(quiet(profile), { ...LISTED, alarms })).requests
    const off = await cost('off')
    expect([(await cost('cheap')) - off, (await cost('deep')) - off]).toEqual([cheap, deep])
  })
})

describe('on GitHub', () => {
  it('a gate that was skipped for a failed job is found by a deep look', async () => {
    const look = async (alarms: string): Promise<number> => {
      const world = new GithubWorld()
      const workflow = ci(world, {
        jobs: [{ name: 'lint' }, { name: 'test' }, { name: GATE, needs: ['lint', 'test'] }],
      })
      world.ended(workflow, { sha: world.pull().head }, { ...GREEN, [GATE]: 'success' })
      const skipped = { lint: 'failure', test: 'success', [GATE]: 'skipped' } as const
      world.ended(workflow, { sha: world.pull().head }, skipped)
      world.now += LATER
      const server = await openGithubServer(world)
      const { apiUrl, token } = server
      const inputs = { 'umbrella-context': GATE, alarms }
      const run = await runInProcess({ apiUrl, repo: 'acme/widgets', token, inputs })
      expect(server.faults).toEqual([])
      return Number(run.outputs['alarms'])
    }
    expect([await look('off'), await look('cheap'), await look('deep')]).toEqual([0, 0, 1])
  })
})

/** What a sweep of a recording alarms of, and what its scenarios say it must. */
async function recorded(folder: string, inputs: Asked) {
  const replay = await openRecording(join(recordings, folder))
  try {
    const run = await runInProcess({
      apiUrl: replay.apiUrl,
      repo: `${replay.owner}/${replay.repo}`,
      token: replay.token,
      inputs: {
        'min-age': '0s',
        'dry-run': 'true',
        'required-contexts': required.join('\n'),
        ...inputsOf(replay.scenarios),
        ...inputs,
      },
    })
    const { pulls } = run.report as SweepReport
    const told = pulls.filter(({ kind }) => kind === 'alarm').map(({ number }) => number)
    const expected = Object.values(replay.scenarios)
      .filter(one => one.expected?.kind === 'alarm')
      .map(({ number }) => number)
    expect([...told].sort()).toEqual([...expected].sort())
    expect(replay.unknown).toEqual([])
    if (told.length > 0) expect(run.code).toBe(1)
    return told
  } finally {
    await replay.close()
  }
}

describe('recordings of real servers, looked at deep', () => {
  it.each(folders)('%s: an alarm where one must be, and nowhere else', async folder => {
    const told = await recorded(folder, { alarms: 'deep' })
    if (/-(?:false-green|skip-over-red)$/.test(folder)) expect(told).not.toEqual([])
  })
})

describe('a skip over a failure alarms in every scope', () => {
  const skipped = folders.filter(folder => folder.endsWith('-skip-over-red'))
  const ways = ['umbrella', 'required'].flatMap(scope =>
    ['cheap', 'deep'].map(alarms => ({ scope, alarms })),
  )
  it.each(skipped.flatMap(folder => ways.map(way => ({ folder, ...way }))))(
    '$folder, scope: $scope, alarms: $alarms',
    async ({ folder, scope, alarms }) => {
      expect(await recorded(folder, { scope, alarms })).toHaveLength(1)
    },
  )
})
