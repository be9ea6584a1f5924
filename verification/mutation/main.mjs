// Mutation testing of core, apply, workflow and forge, on demand: in a copy, because an
// installation beside ours would move packages about and change the bytes of the bundle. The report
// is copied back to reports/mutation.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

const STRYKER = ['core', 'mocha-runner'].map(name => `@stryker-mutator/${name}@9.6.1`)
const PACKAGES = [...STRYKER, 'mocha@11.8.0']
const LEFT_OUT = ['.git', '.venv', 'build', 'coverage', 'reports', '.stryker-tmp']

const copy = mkdtempSync(join(tmpdir(), 'umbrella-reaper-mutate-'))
try {
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
  // A mutant of a parser or a formatter is found in few cases; ten thousand for each of thousands
  // of mutants would take hours.
  const env = { ...process.env, PROPERTY_CASES: '100' }
  execFileSync(
    'npx',
    ['stryker', 'run', 'verification/mutation/stryker.config.json', ...process.argv.slice(2)],
    {
      cwd: copy,
      stdio: 'inherit',
      env,
    },
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  try {
    cpSync(join(copy, 'reports'), 'reports', { recursive: true })
  } catch {
    // Stryker ended before it wrote one.
  }
  rmSync(copy, { recursive: true, force: true })
}
