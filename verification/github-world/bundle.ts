import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { leaksOf, mayGo, textsBelow } from '../../scripts/canary.js'
import type { GithubServer } from './server.js'

/** The token of the workflow: nothing may print it, and nobody else gets it. */
export const TOKEN = 'ghs_worldsecret0123456789abcdefghijklmno'

const root = join(import.meta.dirname, '../..')
const BUNDLE = join(root, 'dist/index.js')
const CLOCK = join(import.meta.dirname, 'client-clock.mjs')

/** A pull request as the report tells it. */
interface ToldPull {
  readonly number: number
  readonly reason: string
  readonly detail: string
  readonly outcome: string
  readonly outcomeDetail: string
}

/** What the report holds of it. */
export interface Told {
  readonly pulls: readonly ToldPull[]
  readonly quiet: Readonly<Record<string, number>>
  readonly requests: number
}

/** What one run of the bundle left behind. */
export interface Ran {
  readonly code: number | null
  /** Everything a person may read of it: log, summary, outputs. */
  readonly text: string
  readonly report: Told | null
  /** The data of `explain --json`. */
  readonly data: unknown
}

type Variables = Readonly<Record<string, string>>

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>
}

/** What a runner hands over of the inputs: each of the action, its default where none is given. */
function inputVariables(given: Variables): Variables {
  const defaults = Object.entries(action.inputs).map(([name, { default: text = '' }]) => [
    name,
    text.includes('github.token') ? TOKEN : text,
  ])
  const all = { ...Object.fromEntries(defaults), ...given } as Variables
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
}

interface Started {
  readonly code: number | null
  readonly text: string
}

/** A process gets so long (milliseconds); a sleep takes none. */
const LONGEST = 60_000

function start(server: GithubServer, words: readonly string[], env: Variables): Promise<Started> {
  mayGo(TOKEN, [server.origin])
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', CLOCK, BUNDLE, ...words], {
      env: {
        PATH: process.env['PATH'],
        WORLD_NOW: String(server.world.clock.now()),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    const add = (piece: Buffer): void => {
      text += piece.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST)
    child.on('error', reject)
    child.on('close', code => {
      clearTimeout(late)
      const told = text.replace(/^::add-mask::.*$/gm, '')
      const files = textsBelow(env['RUNNER_TEMP'] ?? '')
      const leaks = leaksOf([TOKEN], { ...files, 'its output': told })
      if (leaks.length === 0) resolve({ code, text })
      else reject(new Error(`the token leaks: ${leaks.join('; ')}`))
    })
  })
}

/** Sweeps as the step of a workflow does. */
export async function sweepWith(
  server: GithubServer,
  inputs: Variables,
  repo: string,
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'github-world-'))
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')]
  writeFileSync(output, '')
  writeFileSync(summary, '')
  try {
    const { code, text } = await start(server, [], {
      ...inputVariables(inputs),
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: `${server.origin}/api/v3`,
      GITHUB_GRAPHQL_URL: `${server.origin}/api/graphql`,
      GITHUB_SERVER_URL: server.origin,
      GITHUB_REPOSITORY: repo,
      GITHUB_WORKFLOW: 'umbrella-reaper',
      GITHUB_WORKFLOW_REF: `${repo}/.github/workflows/umbrella-reaper.yml@refs/heads/main`,
      GITHUB_RUN_ID: '4711',
      GITHUB_RUN_NUMBER: '17',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: folder,
    })
    const outputs = readFileSync(output, 'utf8')
    const path = /^report<<(\S+)\n(.*)\n\1$/m.exec(outputs)?.[2] ?? ''
    const report = path === '' ? null : (JSON.parse(readFileSync(path, 'utf8')) as Told)
    const all = [text, readFileSync(summary, 'utf8'), outputs].join('\n')
    return { code, text: all, report, data: null }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Explains one pull request, as a person asks on the command line. */
export async function explainWith(
  server: GithubServer,
  words: readonly string[],
  inputs: Variables,
): Promise<Ran> {
  const options = Object.entries(inputs).flatMap(([name, value]) =>
    value.split('\n').flatMap(one => [`--${name}`, one]),
  )
  const { code, text } = await start(server, [...words, ...options], {
    UMBRELLA_REAPER_TOKEN: TOKEN,
    UMBRELLA_REAPER_URL: server.origin,
  })
  return { code, text, report: null, data: null }
}
