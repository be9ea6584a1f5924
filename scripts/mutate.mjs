// Mutation testing of the core and the acting protocol, on demand: in a copy, because an installation beside ours would move packages about
// and change the bytes of the bundle. The report is copied back to reports/mutation.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

const STRYKER = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1']
const LEFT_OUT = ['.git', '.venv', 'build', 'coverage', 'reports', '.stryker-tmp']

const copy = mkdtempSync(join(tmpdir(), 'umbrella-reaper-mutate-'))
try {
  cpSync('.', copy, { recursive: true, filter: path => !LEFT_OUT.includes(path.split(sep)[0] ?? '') })
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...STRYKER], { cwd: copy, stdio: 'inherit' })
  execFileSync('npx', ['stryker', 'run', ...process.argv.slice(2)], { cwd: copy, stdio: 'inherit' })
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
