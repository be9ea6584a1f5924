import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL } from './sample.js'

/** A script, and how a runner starts bash for it. */
export interface BashRun {
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  readonly pipefail: boolean
}

/** A process for each line of its input: options, the script and variables, each in quotes. */
const ONE_EACH = `while IFS= read -r line; do
  eval "set -- $line"
  script=$2 options=$1
  shift 2
  env -i PATH="$PATH" "$@" bash --noprofile --norc $options -c "$script" \\
    </dev/null >/dev/null 2>&1
  echo $?
done`

const quoted = (text: string): string =>
  `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`

const lineOf = ({ script, env, pipefail }: BashRun): string =>
  [
    pipefail ? '-eo pipefail' : '-e',
    script,
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  ]
    .map(quoted)
    .join(' ')

/** How bash ends each of these scripts: its exit code. */
export function askBash(runs: readonly BashRun[]): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'umbrella-reaper-bash-'))
  try {
    const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-c', ONE_EACH], {
      input: `${runs.map(lineOf).join('\n')}\n`,
      encoding: 'utf8',
      cwd: folder,
    })
    return stdout.trim().split('\n').map(Number)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each of these where the whole suite runs or what is kept is written; otherwise every so many. */
export const someOf = <T>(all: readonly T[], every: number): readonly T[] => {
  return ALL || process.env['KEPT'] === 'write' ? all : all.filter((_, at) => at % every === 0)
}
