import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Play, Playing } from '../random/in-memory.js'
import type { Place, Round } from '../random/script.js'
import type { Told } from '../random/sweep.js'
import type { Client } from './wire.js'
import { Wire } from './wire.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const BUNDLE = join(root, 'dist', 'index.js')
const CLOCK = new URL('../simulator/preload-clock.mjs', import.meta.url).href

/** Milliseconds of this machine after which a process counts as stuck. */
const LONGEST = 240_000

/** What a step of a workflow is told where a sweep runs, and where it writes. */
interface Step {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

/** A disk without space, as far as one file goes. */
const FULL = '/dev/full'

function stepFor(round: Round, { stage }: Playing, url: string, sweep: number): Step {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  const { full, runnerAhead } = round.conditions
  const file = (name: string, place: Place): string => {
    if (full.includes(place)) return FULL
    writeFileSync(join(folder, name), '')
    return join(folder, name)
  }
  mkdirSync(join(folder, 'temp'))
  const inputs = { ...stage.inputs, token: stage.token, 'dry-run': String(round.dryRun) }
  const variables = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...(Object.fromEntries(variables) as Record<string, string>),
    GITHUB_ACTIONS: 'true',
    GITEA_ACTIONS: 'true',
    GITHUB_API_URL: `${url}${new URL(stage.apiUrl).pathname}`,
    GITHUB_SERVER_URL: url,
    GITHUB_REPOSITORY: stage.repo,
    GITHUB_RUN_ID: `${4711 + sweep}`,
    GITHUB_RUN_NUMBER: `${17 + sweep}`,
    GITHUB_OUTPUT: file('output', 'outputs'),
    GITHUB_STEP_SUMMARY: file('summary', 'summary'),
    RUNNER_TEMP: full.includes('report') ? FULL : join(folder, 'temp'),
    RUNNER_SLEEPS: 'skipped',
    RUNNER_CLOCK: String(stage.server.now() + (runnerAhead ?? 0)),
  }
  return { folder, env }
}

/** How a process ended. */
interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

function run({ folder, env }: Step, started: (client: Client) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', CLOCK, BUNDLE], { cwd: folder, env })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
      })
    const stuck = setTimeout(() => child.kill('SIGQUIT'), LONGEST)
    started({ kill: signal => child.kill(signal), stopReading: () => child.stdout.destroy() })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(stuck)
      resolve({ code, signal, ...said })
    })
  })
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function reportIn(folder: string): SweepReport | null {
  const [place] = readdirSync(join(folder, 'temp'))
  const text = place === undefined ? '' : textOf(join(folder, 'temp', place, 'report.json'))
  return text === '' ? null : (JSON.parse(text) as SweepReport)
}

/** How a process of ours may end: well, with a fault that is told, or as it was told to stop. */
const EXITS: readonly (number | null)[] = [0, 1, 143]

/** What a process told, and where. */
function toldBy({ folder }: Step, ended: Ended, elsewhere: number): Told {
  const { code, signal, stdout, stderr } = ended
  // The one line that may hold the token: by it the runner hides the token in all that follow.
  const log = stdout.replace(/^::add-mask::.*$/gm, '')
  const lines = [log, stderr, textOf(join(folder, 'output')), textOf(join(folder, 'summary'))]
  const isStack = /^\s+at .+:\d+:\d+\)?$/m.test(stderr)
  const bug = EXITS.includes(code) && !isStack ? '' : `bug of umbrella-reaper: ${code} ${stderr}`
  return {
    lines: [...lines, ...(signal === 'SIGQUIT' ? [] : [bug])],
    report: reportIn(folder),
    failure: code === 0 ? null : `exit code ${code}`,
    took: signal === 'SIGQUIT' ? Infinity : 0,
    ...(elsewhere > 0 ? { strayed: elsewhere } : {}),
  }
}

/** One sweep of a round by the bundle, as a process over real sockets. */
export const overHttp: Play = async (round, on) => {
  const sweep = on.begin()
  const wire = new Wire(on, sweep)
  const step = stepFor(round, on, await wire.open(), sweep)
  try {
    const ended = await run(step, client => {
      wire.client = client
    })
    await wire.close()
    on.ended(sweep, ended.signal === 'SIGKILL' ? null : toldBy(step, ended, wire.elsewhere))
  } finally {
    rmSync(step.folder, { recursive: true, force: true })
  }
  return wire.handled
}
