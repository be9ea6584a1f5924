// Versions of Node.js to run the bundle on. They come from npm and are kept in build/nodes.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Newest first: three that the bundle runs on, and two that it refuses. */
export const VERSIONS = ['24.21.0', '22.23.3', '20.20.2', '18.20.8', '16.20.2'] as const

const root = fileURLToPath(new URL('../..', import.meta.url))
const windows = process.platform === 'win32'

/** The package of npm that holds a Node.js for this machine. */
export const NODE_PACKAGE = `node-${windows ? 'win' : process.platform}-${process.arch}`

/** The first number of a version. */
export const majorOf = (version: string): number => Number(version.split('.')[0])

/** A node of this version, or the running one of the same major; `null` if there is neither. */
export function nodeOf(version: string): string | null {
  const folder = join(root, 'build/nodes', version)
  const program = windows ? 'node.exe' : 'node'
  const command = join(folder, 'node_modules', NODE_PACKAGE, 'bin', program)
  if (!existsSync(command)) install(version, folder)
  if (existsSync(command)) return command
  return majorOf(version) === majorOf(process.versions.node) ? process.execPath : null
}

function install(version: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const quiet = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  ]
  const wanted = `${NODE_PACKAGE}@${version}`
  try {
    execFileSync('npm', ['install', '--prefix', folder, ...quiet, wanted], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
      shell: windows,
    })
  } catch {
    rmSync(folder, { recursive: true, force: true })
  }
}
