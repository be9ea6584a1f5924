// The real runner of src, with every place it writes to read back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Runner } from '../../src/runner.js'
import { actionsRunner } from '../../src/runner.js'

/** Where a process runs: on GitHub, on Gitea, or by hand. */
export type Surroundings = 'github' | 'gitea' | 'shell'

/** Everything that was written. */
interface Written {
  readonly log: string
  readonly outputs: string
  readonly summary: string
  readonly report: string
  readonly red: boolean
}

/** A folder for what is written, gone at the end of this process. */
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
const [outputs, summary, report] = ['output', 'summary', 'report'].map(name => join(folder, name))

/** Where a report goes here. */
export const REPORT = report ?? ''

const VARIABLES: Readonly<Record<Surroundings, Readonly<Record<string, string>>>> = {
  github: { GITHUB_ACTIONS: 'true', GITEA_ACTIONS: '' },
  gitea: { GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true' },
  shell: { GITHUB_ACTIONS: '', GITEA_ACTIONS: '' },
}

const FILES = [outputs, summary, report].flatMap(path => path ?? [])

let real: Runner | null = null

/** Does something with the runner of a real process, and reads what it wrote. */
export async function written(
  surroundings: Surroundings,
  work: (runner: Runner) => Promise<void> | void,
): Promise<Written> {
  const runner = (real ??= actionsRunner())
  for (const path of FILES) writeFileSync(path, '')
  Object.assign(process.env, VARIABLES[surroundings], {
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
  })
  const write = process.stdout.write.bind(process.stdout)
  let log = ''
  process.stdout.write = (piece: string | Uint8Array): boolean => {
    log += String(piece)
    return true
  }
  try {
    await work(runner)
  } finally {
    process.stdout.write = write
  }
  const red = process.exitCode !== undefined && process.exitCode !== 0
  process.exitCode = 0
  const [first = '', second = '', third = ''] = FILES.map(path => readFileSync(path, 'utf8'))
  return { log, outputs: first, summary: second, report: third, red }
}
