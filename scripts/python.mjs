// The tools of requirements.txt in .venv; made only when it is missing or stale. Run alone it
// prints the folder of their commands.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = join(root, 'requirements.txt')
const venv = join(root, '.venv')
/** Copied there last, so that an interrupted installation counts as stale. */
const installed = join(venv, 'requirements.txt')

/** The folder of the tools' commands. */
export function tools() {
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8'))
    return bin
  const python = process.platform === 'win32' ? 'python' : 'python3'
  rmSync(venv, { recursive: true, force: true })
  run(python, ['-m', 'venv', venv])
  run(join(bin, 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    '-r',
    wanted,
  ])
  copyFileSync(wanted, installed)
  return bin
}

function run(command, parameters) {
  try {
    execFileSync(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
  } catch {
    console.error(
      `.venv could not be made: "${command} ${parameters.join(' ')}" failed; Python 3.10 or ` +
        'newer with venv and pip is needed',
    )
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(tools())
