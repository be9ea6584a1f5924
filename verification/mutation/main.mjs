// Mutation testing of core, apply, workflow and forge, on demand: `npm run mutate`, or
// `npm run mutate -- core apply` for some of them. Each is held against the tests of its own area.
// It works in a copy, because an installation beside ours would move packages about and change the
// bytes of the bundle; the reports are copied back to reports/mutation.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

const PACKAGES = [
  '@stryker-mutator/core@9.6.1',
  '@stryker-mutator/mocha-runner@9.6.1',
  'mocha@11.8.0',
]
const LEFT_OUT = ['.git', '.venv', 'build', 'coverage', 'reports', '.stryker-tmp']
const CONFIG = join('verification', 'mutation', 'stryker.config.json')

/** Of all mutants that compile and are reached after loading so many must be found, in percent. */
const LEAST = 93

/**
 * What is mutated, and the tests that must notice: those of the area itself, the fast ones first,
 * and of whole sweeps the ones that hold it. Properties would take hours.
 */
const AREAS = {
  core: ['core/**/!(properties)', 'apply/!(properties|faults)', 'sweep/report/*'],
  apply: ['apply/!(properties)', 'sweep/@(rerun|github|github.look-back|races|recordings.rerun)'],
  workflow: ['workflow/**/*', 'attack/classify', 'core/**/!(properties)'],
  forge: [
    'forge/*',
    'forge/gitea/!(pull-list|pull-list.all)',
    'forge/github/!(adapter|broken-off)',
    'sweep/@(recordings|recordings.rerun|commits|looking|misnamed|github|gate.github)',
    'forge/@(gitea|github)/@(pull-list|adapter|broken-off)',
  ],
}

/** A copy of the project with Stryker in it, and Mocha in place of Jest. */
function prepare(copy) {
  cpSync('.', copy, {
    recursive: true,
    filter: path => !LEFT_OUT.includes(path.split(sep)[0] ?? ''),
  })
  execFileSync(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES],
    { cwd: copy, stdio: 'inherit' },
  )
  const globals = join(copy, 'node_modules', '@jest', 'globals')
  cpSync(join('verification', 'mutation', 'jest-globals.mjs'), join(globals, 'on-mocha.mjs'))
  writeFileSync(
    join(globals, 'package.json'),
    JSON.stringify({ name: '@jest/globals', version: '0.0.0', exports: './on-mocha.mjs' }),
  )
}

/**
 * Has each mutant make its own schemas. One process tries many mutants, and a schema that was made
 * before a mutant was in place would hide it. Throws where the place is not found.
 */
function forgetSchemas(copy) {
  const file = join(copy, 'src', 'forge', 'schema.ts')
  const kept = '  return () => (made ??= make())\n'
  const source = readFileSync(file, 'utf8')
  if (!source.includes(kept)) throw new Error(`${file} keeps no schema by ${kept.trim()}`)
  const byMutant = `  let madeFor: string | undefined
  return () => {
    const stryker = (globalThis as { __stryker__?: { activeMutant?: string } }).__stryker__
    if (stryker?.activeMutant !== madeFor) made = undefined
    madeFor = stryker?.activeMutant
    return (made ??= make())
  }
`
  writeFileSync(file, source.replace(kept, byMutant))
}

/** How many mutants of an area ended in which way. */
function mutate(copy, area) {
  const config = JSON.parse(readFileSync(CONFIG, 'utf8'))
  const spec = AREAS[area].map(name => `__tests__/${name}.test.ts`)
  const report = join('reports', 'mutation', `${area}.json`)
  writeFileSync(
    join(copy, 'stryker.json'),
    JSON.stringify({
      ...config,
      mutate: [`src/${area}/**/*.ts`],
      mochaOptions: { spec },
      jsonReporter: { fileName: report },
    }),
  )
  const env = { ...process.env, PROPERTY_CASES: '20' }
  execFileSync('npx', ['stryker', 'run', 'stryker.json'], { cwd: copy, stdio: 'inherit', env })
  cpSync(join(copy, report), report)
  const counts = {}
  for (const { mutants } of Object.values(JSON.parse(readFileSync(report, 'utf8')).files))
    for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** A line of the table, and the share that was found. */
function told(area, { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0, Ignored = 0 }) {
  const found = Killed + Timeout
  const score = (100 * found) / (found + Survived + NoCoverage)
  const cells = [area, found, Survived, NoCoverage, Ignored, `${score.toFixed(1)} %`]
  console.log(`| ${cells.join(' | ')} |`)
  return score
}

const wanted = process.argv.slice(2)
const areas = wanted.length > 0 ? wanted : Object.keys(AREAS)
const copy = mkdtempSync(join(tmpdir(), 'umbrella-reaper-mutate-'))
try {
  prepare(copy)
  forgetSchemas(copy)
  const counts = areas.map(area => mutate(copy, area))
  console.log('| area | found | survived | no test | by loading alone | score |')
  for (const [at, area] of areas.entries()) told(area, counts[at])
  const all = {}
  for (const one of counts)
    for (const [status, count] of Object.entries(one)) all[status] = (all[status] ?? 0) + count
  if (told('all', all) < LEAST) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}
