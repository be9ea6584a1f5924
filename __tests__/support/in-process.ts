import type { ForgeKind } from '../../src/forge/registry.js'
import { main } from '../../src/main.js'
import type { Runner } from '../../src/runner.js'
import { serversClock } from '../../verification/simulator/servers-clock.mjs'
import type { BundleOptions, BundleRun } from './bundle.js'
import { runBundle, runnerVariables, tokensOf } from './bundle.js'

/**
 * A retry waits this long at most: what a server asks for is the business of the bundle's tests.
 */
const LONGEST_SLEEP = 2

const wallClock = serversClock()

/** What a runner keeps of one sweep. */
class Kept {
  readonly lines: string[] = []
  readonly outputs: Record<string, string> = {}
  summary = ''
  report = ''
  code = 0
  /** Milliseconds that were slept by the clock and not in truth. */
  skipped = 0
}

function inputOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const upper = `INPUT_${name.toUpperCase()}`
  return (env[upper] ?? env[upper.replaceAll('-', '_')])?.trim()
}

/** A runner in memory: what it is told is kept, and nothing else happens. */
function memoryRunner(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  kept: Kept,
): Runner {
  return {
    input: name => inputOf(env, name),
    inputNames: () =>
      Object.keys(env)
        .filter(name => name.startsWith('INPUT_'))
        .map(name => name.slice('INPUT_'.length)),
    env: name => env[name] ?? '',
    // What a sleep is cut short by has gone by all the same.
    now: () => performance.now() + kept.skipped,
    wallClock,
    random: () => Math.random(),
    sleep: milliseconds => {
      const short = Math.min(milliseconds, LONGEST_SLEEP)
      kept.skipped += milliseconds - short
      return new Promise(resolve => {
        setTimeout(resolve, short)
      })
    },
    stopping: () => null,
    info: line => {
      kept.lines.push(line)
    },
    warning: line => {
      kept.lines.push(`::warning::${line}`)
    },
    annotate: ({ level, title, text }) => {
      kept.lines.push(`::${level} title=${title}::${text}`)
    },
    group: (title, lines) => {
      kept.lines.push(`::group::${title}`, ...lines, '::endgroup::')
    },
    files: () => null,
    mask: () => undefined,
    output: (name, value) => {
      kept.outputs[name] = value
    },
    summary: markdown => {
      kept.summary = markdown
      return Promise.resolve(true)
    },
    report: json => {
      kept.report = json
      return 'report.json'
    },
    argv: () => argv,
    readText: () => null,
    print: line => {
      kept.lines.push(line)
    },
    printRaw: text => {
      kept.lines.push(text)
    },
    rewrite: () => undefined,
    red: () => {
      kept.code = 1
    },
    fail: message => {
      kept.code = 1
      kept.lines.push(`::error::${message}`)
    },
  }
}

/**
 * The same sweep as the bundle's, of src and in this process: the tests of what a sweep does need
 * no process of their own, and a fault of src shows before it is built.
 */
export async function runInProcess(
  options: BundleOptions,
  kinds?: readonly ForgeKind[],
): Promise<BundleRun> {
  const kept = new Kept()
  const started = performance.now()
  // Else a run of the bundle later in this file would find its token at this server.
  tokensOf(options)
  await main(
    memoryRunner({ ...runnerVariables(options), ...options.env }, options.argv ?? [], kept),
    kinds,
  )
  return {
    code: kept.code,
    stdout: kept.lines.map(line => `${line}\n`).join(''),
    stderr: '',
    outputs: kept.outputs,
    summary: kept.summary,
    report: kept.report === '' ? null : (JSON.parse(kept.report) as unknown),
    ms: performance.now() - started,
  }
}

/**
 * A scene is played twice: by the sources in this process, which takes a moment, and where
 * `npm run test:all` says so by the bundle as a process of its own.
 */
export const play: (options: BundleOptions) => Promise<BundleRun> =
  process.env['PLAY'] === 'bundle' ? runBundle : runInProcess
