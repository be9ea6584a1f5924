import { fork, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  readdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutation, Suite } from './mutation.js'
import { applied } from './mutation.js'

const COPIED = [
  'src',
  'verification',
  '__tests__',
  'scripts',
  'action.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'jest.config.mjs',
]

/** A test that failed, by its full name. */
export interface Failure {
  readonly test: string
  /** It ran out of time: on a busy machine that says nothing. */
  readonly late: boolean
}

/** A copy of the project that may be broken and mended. */
export interface Copy {
  /** Breaks the copy, does the work, mends it. */
  broken<T>(mutation: Mutation, work: () => Promise<T>): Promise<T>
  /** Builds the bundle; of a broken copy it must be another one than that of the whole. */
  build(): Promise<void>
  /** Runs one test file: which tests failed. */
  test(suite: Suite): Promise<readonly Failure[]>
  remove(): void
}

interface JestFile {
  readonly status: string
  readonly message: string
  readonly assertionResults: readonly {
    readonly status: string
    readonly fullName: string
    readonly failureMessages: readonly string[]
  }[]
}

const firstLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .find(line => line.includes(':'))
    ?.trim() ?? 'jest does not say why'
const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** Runs a Node.js program in a directory; answers its exit code and what it said. */
function node(
  cwd: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    child.on('error', reject)
    child.on('close', code => {
      resolve({ code, said })
    })
  })
}

/** Runs one test file in a copy; answers the tests that failed. */
async function failuresOf(
  place: string,
  modules: string,
  suite: string,
): Promise<readonly Failure[]> {
  const report = join(place, 'report.json')
  rmSync(report, { force: true })
  const { said } = await node(place, [
    '--experimental-vm-modules',
    '--no-warnings',
    join(modules, 'jest', 'bin', 'jest.js'),
    '--runTestsByPath',
    `__tests__/${suite}.test.ts`,
    '--runInBand',
    '--json',
    `--outputFile=${report}`,
    `--cacheDirectory=${join(place, '.jest')}`,
  ])
  if (!existsSync(report)) throw new Error(`${suite} cannot be run: ${lastLine(said)}`)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly testResults: readonly JestFile[]
  }
  if (testResults.length === 0) throw new Error(`there is no test file ${suite}`)
  return testResults.flatMap(({ status, message, assertionResults }) => {
    if (status === 'failed' && assertionResults.length === 0)
      throw new Error(`${suite} cannot be run: ${firstLine(message)}`)
    return assertionResults
      .filter(result => result.status === 'failed')
      .map(({ fullName, failureMessages }): Failure => ({
        test: `${suite}: ${fullName}`,
        late: failureMessages.some(text => /Exceeded timeout of|did not end within/.test(text)),
      }))
  })
}

/** Copies the project at `root` into a directory of its own; the packages stay where they are. */
export function copyOf(root: string): Copy {
  const place = mkdtempSync(join(tmpdir(), 'sabotage-'))
  const modules = join(root, 'node_modules')
  for (const name of COPIED) cpSync(join(root, name), join(place, name), { recursive: true })
  symlinkSync(modules, join(place, 'node_modules'))
  const builder = fork(fileURLToPath(new URL('./builder.ts', import.meta.url)), {
    cwd: place,
    execArgv: ['--import', 'tsx'],
  })
  const ended = new Promise<string>(resolve => {
    builder.once('exit', () => {
      resolve('the builder ended')
    })
  })
  let first = ''

  return {
    async broken(mutation, work) {
      const path = join(place, mutation.file)
      const whole = readFileSync(path, 'utf8')
      writeFileSync(path, applied(mutation, whole))
      try {
        return await work()
      } finally {
        writeFileSync(path, whole)
      }
    },

    async build() {
      const built = new Promise<string | null>(resolve => {
        builder.once('message', message => {
          resolve((message as { readonly fault: string | null }).fault)
        })
      })
      builder.send('build')
      const fault = await Promise.race([built, ended])
      if (fault !== null) throw new Error(`does not build: ${firstLine(fault)}`)
      const bundle = bundleIn(join(place, 'dist'))
      if (first === '') first = bundle
      else if (first === bundle)
        throw new Error('does not reach the bundle: it is built as if nothing had changed')
    },

    test: suite => failuresOf(place, modules, suite),

    remove: () => {
      builder.kill()
      rmSync(place, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** The whole bundle: what only GitHub needs stands in files of its own. */
const bundleIn = (folder: string): string =>
  readdirSync(folder)
    .filter(name => name.endsWith('.js'))
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
