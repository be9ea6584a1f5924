import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { leaksOf, mayGo, textsBelow } from '../../scripts/canary.js'
import { isFresh } from '../../scripts/sources.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What gives the bundle's process the clock of the server it speaks to. */
export const SERVERS_CLOCK = [
  '--import',
  new URL('../../verification/simulator/preload-clock.mjs', import.meta.url).href,
] as const

export interface BundleOptions {
  apiUrl: string
  /** the repository the workflow belongs to, as owner/name */
  repo: string
  /** what `${{ github.token }}` stands for */
  token: string
  /** inputs as a workflow's `with:` would give them */
  inputs?: Record<string, string>
  /** variables added to, or put in place of, those the runner sets; `undefined` takes one away */
  env?: Record<string, string | undefined>
  /** what follows the program's name */
  argv?: readonly string[]
  /** the Node.js program; default is the one that runs the tests */
  node?: string
  /** the runner's clock at the start, in milliseconds since 1970; default: the server's clock */
  clock?: number
  /** sleeps as long as it says, to be signalled meanwhile; else by its clock alone */
  sleeps?: boolean
  /** what the Node.js program is told before the bundle's name */
  nodeOptions?: readonly string[]
  /** another bundle than dist/index.js, such as one of an earlier release */
  script?: string
  timeoutMs?: number
  /** a file that is the log, instead of a pipe that is read */
  log?: string
  /** is told of the process, to signal it or to stop reading */
  started?: (child: ChildProcess) => void
}

export interface BundleRun {
  code: number | null
  stdout: string
  stderr: string
  outputs: Record<string, string>
  summary: string
  /** the file the `report` output names, or null when there is none */
  report: unknown
  ms: number
}

let declared: Readonly<Record<string, { default?: unknown }>> | null = null

/** The inputs of action.yml, read once in each test file. */
function declaredInputs(): Readonly<Record<string, { default?: unknown }>> {
  declared ??= (
    parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
      inputs: Record<string, { default?: unknown }>
    }
  ).inputs
  return declared
}

let fresh: boolean | null = null

/** Is the bundle the one of these sources? Looked at once in each test file. */
function isBundleFresh(): boolean {
  fresh ??= isFresh(root)
  return fresh
}

/**
 * The inputs a runner hands over: every input of action.yml with its default, overlaid by what was
 * given (docs/forge-facts.md, 8).
 */
export function inputVariables(
  options: Pick<BundleOptions, 'apiUrl' | 'repo' | 'token' | 'inputs'>,
): Record<string, string> {
  const known: Record<string, string> = {
    'github.token': options.token,
    'github.repository': options.repo,
    'github.api_url': options.apiUrl,
  }
  const expand = (text: string) =>
    text.replaceAll(/\$\{\{\s*([^}]*?)\s*\}\}/g, (whole, name: string) => {
      const value = known[name]
      if (value === undefined) throw new Error(`action.yml: no value for ${whole}`)
      return value
    })
  const text = (value: unknown) =>
    typeof value === 'string' ? expand(value) : value === undefined ? '' : JSON.stringify(value)
  const defaults = Object.fromEntries(
    Object.entries(declaredInputs()).map(([name, input]) => [name, text(input.default)]),
  )
  const variable = (name: string) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
  return Object.fromEntries(
    Object.entries({ ...defaults, ...options.inputs }).map(([name, value]) => [
      variable(name),
      value,
    ]),
  )
}

/**
 * Reads a GITHUB_OUTPUT file: `name=value` lines and `name<<mark` blocks; a block that never ends
 * is an error.
 */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const [, name, mark] = /^([^=]+?)<<(.+)$/.exec(line) ?? []
    if (name !== undefined && mark !== undefined) {
      const end = lines.indexOf(mark, at + 1)
      if (end < 0) throw new Error(`GITHUB_OUTPUT: ${name} never ends`)
      outputs[name] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    } else if (line !== '') {
      throw new Error(`GITHUB_OUTPUT: not an output: ${line}`)
    }
  }
  return outputs
}

/** What a runner tells every step, beside its files. */
export function runnerVariables(options: BundleOptions): Record<string, string> {
  return {
    ...inputVariables(options),
    GITHUB_ACTIONS: 'true',
    GITEA_ACTIONS: 'true',
    GITHUB_API_URL: options.apiUrl,
    GITHUB_SERVER_URL: options.apiUrl.replace(/\/api\/v1$/, ''),
    GITHUB_REPOSITORY: options.repo,
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '17',
  }
}

/** Every token that a run is given, and where it may be sent. */
export function tokensOf({ token, apiUrl, inputs = {}, env = {}, argv = [] }: BundleOptions) {
  const given = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const named = (end: string) =>
    given.filter(([name = '']) => name.endsWith(end)).map(([, value = '']) => value)
  const option = /^--api-url=(.*)$/.exec(argv.find(word => word.startsWith('--api-url=')) ?? '')
  const addresses = [
    ...[apiUrl, inputs['api-url'] ?? '', option?.[1] ?? ''],
    argv[argv.indexOf('--api-url') + 1] ?? '',
    ...named('_URL'),
  ]
  const tokens = [token, inputs['token'] ?? '', ...named('TOKEN')].filter(one => one !== '')
  for (const one of tokens) mayGo(one, addresses)
  return tokens
}

/** Throws where a token is in anything that a run left behind; a mask is told it to hide it. */
function refuseLeaks(
  tokens: readonly string[],
  { stdout, stderr }: Pick<BundleRun, 'stdout' | 'stderr'>,
  places: readonly string[],
): void {
  const files = Object.assign({}, ...places.map(textsBelow)) as Record<string, string>
  const shown = stdout.replace(/^::add-mask::.*$/gm, '')
  const leaks = leaksOf(tokens, { ...files, 'standard output': shown, 'standard error': stderr })
  if (leaks.length > 0) throw new Error(`the token leaks: ${leaks.join('; ')}`)
}

/**
 * Starts dist/index.js as a runner would: an empty directory, the runner's variables, nothing of
 * this process (docs/forge-facts.md, 8).
 */
export async function runBundle(options: BundleOptions): Promise<BundleRun> {
  if (options.script === undefined && !isBundleFresh())
    throw new Error('dist is older than src: npm run build')
  const place = mkdtempSync(join(tmpdir(), 'bundle-run-'))
  const tokens = tokensOf(options)
  try {
    const folder = (name: string) => {
      mkdirSync(join(place, name))
      return join(place, name)
    }
    const file = (name: string) => {
      writeFileSync(join(place, name), '')
      return join(place, name)
    }
    const cwd = folder('workspace')
    const output = file('output')
    const summary = file('summary')
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder('home'),
      ...runnerVariables(options),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_STATE: file('state'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
      RUNNER_TEMP: folder('temp'),
      ...(options.sleeps === true ? {} : { RUNNER_SLEEPS: 'skipped' }),
      ...(options.clock === undefined ? {} : { RUNNER_CLOCK: String(options.clock) }),
      ...options.env,
    }
    const started = performance.now()
    const ended = await processOf(
      [
        options.node ?? process.execPath,
        ...SERVERS_CLOCK,
        ...(options.nodeOptions ?? []),
        options.script ?? join(root, 'dist', 'index.js'),
        ...(options.argv ?? []),
      ],
      { ...options, cwd, env },
    )
    const ms = performance.now() - started
    const asked = (options.argv ?? [])[(options.argv ?? []).indexOf('--report') + 1] ?? ''
    refuseLeaks(tokens, ended, [place, options.log ?? '', asked])
    const outputs = parseOutputs(readFileSync(output, 'utf8'))
    const report = outputs['report'] ?? ''
    return {
      ...ended,
      outputs,
      ms,
      summary: readFileSync(summary, 'utf8'),
      report:
        report !== '' && existsSync(report)
          ? (JSON.parse(readFileSync(report, 'utf8')) as unknown)
          : null,
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function processOf(
  [node = '', ...argv]: readonly string[],
  {
    cwd,
    env,
    log,
    started,
    timeoutMs = 60_000,
  }: Pick<BundleOptions, 'log' | 'started' | 'timeoutMs'> & {
    cwd: string
    env: Record<string, string>
  },
) {
  return new Promise<Pick<BundleRun, 'code' | 'stdout' | 'stderr'>>((resolve, reject) => {
    const file = log === undefined ? null : openSync(log, 'w')
    const child = spawn(node, argv, { cwd, env, stdio: ['ignore', file ?? 'pipe', 'pipe'] })
    if (file !== null) closeSync(file)
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
      })
    started?.(child)
    const clock = setTimeout(() => {
      child.kill('SIGKILL')
      reject(
        new Error(`the bundle did not end within ${timeoutMs} ms\n${said.stdout}\n${said.stderr}`),
      )
    }, timeoutMs)
    child.on('error', error => {
      clearTimeout(clock)
      reject(error)
    })
    child.on('close', code => {
      clearTimeout(clock)
      resolve({ code, ...said })
    })
  })
}
