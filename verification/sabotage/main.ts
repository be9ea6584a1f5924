// Puts one wrong meaning after the other in the place of the right one, at the seams: the rules,
// what they are asked about, the forge. The test that each names must fail, and pass without it.
// `npm run sabotage -- second-look-old` tries only this one; `-- --list` tells what each breaks.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wrong } from './wrong.js'
import { WRONGS } from './wrongs.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'sabotage-'))

interface JestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Runs test files with one mistake in place, or none; answers how each of their tests ended. */
async function run(
  suites: readonly string[],
  mistake: string,
): Promise<ReadonlyMap<string, string>> {
  const report = join(reports, `${mistake || 'right'}.json`)
  const args = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  const options = ['--config', 'verification/sabotage/jest.config.mjs', '--json', '--silent']
  const files = suites.map(suite => `__tests__/${suite}.test.ts`)
  const workers = mistake === '' ? `--maxWorkers=${availableParallelism()}` : '--runInBand'
  const child = spawn(
    process.execPath,
    [...args, ...options, workers, `--outputFile=${report}`, '--runTestsByPath', ...files],
    { cwd: root, stdio: 'ignore', env: { ...process.env, SABOTAGE: mistake } },
  )
  await new Promise(resolve => child.on('close', resolve))
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport
  const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0)
  if (broken !== undefined) throw new Error(`${broken.name} cannot be run: ${broken.message}`)
  return new Map(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => [fullName, status]),
    ),
  )
}

/** How the tests ended whose names end so; of every server that plays it one. */
const endsOf = (ended: ReadonlyMap<string, string>, test: string): readonly string[] =>
  [...ended].flatMap(([name, status]) => (name.endsWith(test) ? [status] : []))

/** Why a mistake was not noticed by the test that must notice it, or `null`. */
async function fault({ name, suite, test }: Wrong): Promise<string | null> {
  const ended = await run([suite], name)
  if (endsOf(ended, test).includes('failed')) return null
  const noticed = [...ended].filter(([, status]) => status === 'failed').map(([other]) => other)
  return noticed.length === 0 ? 'no test noticed it' : `noticed by: ${noticed.join(' | ')}`
}

function chosen(names: readonly string[]): readonly Wrong[] {
  const unknown = names.filter(name => !WRONGS.some(wrong => wrong.name === name))
  if (unknown.length > 0)
    throw new Error(`no sabotage ${unknown.join(', ')}; npm run sabotage -- --list tells them`)
  return names.length === 0 ? WRONGS : WRONGS.filter(({ name }) => names.includes(name))
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--list')) {
    for (const { name, breaks, suite } of WRONGS) console.log(`${name}: ${breaks} (${suite})`)
    return 0
  }
  const wrongs = chosen(args)
  const right = await run([...new Set(wrongs.map(({ suite }) => suite))], '')
  const waiting = [...wrongs]
  let missed = 0
  const lane = async (): Promise<void> => {
    for (let wrong = waiting.shift(); wrong !== undefined; wrong = waiting.shift()) {
      const { name, test, breaks } = wrong
      const ends = endsOf(right, test)
      const isSound = ends.length > 0 && ends.every(end => end === 'passed')
      const why = isSound ? await fault(wrong) : 'its test does not pass without it'
      if (why !== null) missed += 1
      console.log(why === null ? `noticed ${name}` : `MISSED ${name}: ${breaks}\n  ${why}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  console.log(`\n${wrongs.length - missed} of ${wrongs.length} noticed by the test they name`)
  return missed === 0 ? 0 : 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} finally {
  rmSync(reports, { recursive: true, force: true })
}
