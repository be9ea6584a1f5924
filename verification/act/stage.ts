// What act works on: a git repository in a temporary folder, holding the action as a user checks it
// out. The working tree is only read.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVERS_CLOCK } from '../../__tests__/support/bundle.js'
import { parse } from 'yaml'
import type { Script, Workflow } from './script.js'

export interface Stage {
  readonly folder: string
  /** Where act keeps what it must keep: outside the folder, which it copies for every job. */
  readonly home: string
  /** A folder with a `node` that never sees a variable with a hyphen in its name. */
  readonly strict: string
  /** A folder with a `bash` that lingers. */
  readonly lingering: string
  /** Options for node, so that it lingers. */
  readonly nodeOptions: string
  /** Path of a script's file inside the folder. */
  readonly file: (script: Script) => string
  readonly remove: () => void
}

const SHIPPED = ['action.yml', 'composite', 'node24', 'dist']

/** Sets the stage: the action, the workflows, one commit. */
export function setStage(root: string, scripts: readonly Script[]): Stage {
  if (!existsSync(join(root, 'dist/index.js')))
    throw new Error('dist/index.js is missing; run "npm run build"')
  const top = mkdtempSync(join(tmpdir(), 'umbrella-reaper-act-'))
  const remove = (): void => {
    rmSync(top, { recursive: true, force: true })
  }
  try {
    return { ...fill(root, top, scripts), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function fill(root: string, top: string, scripts: readonly Script[]): Omit<Stage, 'remove'> {
  const [folder, home] = [join(top, 'repository'), join(top, 'home')]
  const [strict, lingering] = [join(top, 'strict'), join(top, 'lingering')]
  for (const path of [home, strict, lingering]) mkdirSync(path)
  const file = ({ name, entry }: Script): string =>
    `.github/workflows/${name.replace(/\.\w+$/, '').replaceAll('/', '-')}.${entry}.yml`
  for (const name of SHIPPED) cpSync(join(root, name), join(folder, name), { recursive: true })
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })
  for (const script of scripts) writeFileSync(join(folder, file(script)), script.text)
  const git = (...parameters: string[]): void => {
    execFileSync(
      'git',
      [
        '-c',
        'user.name=stage',
        '-c',
        'user.email=stage@example.test',
        '-c',
        'commit.gpgsign=false',
        ...parameters,
      ],
      {
        cwd: folder,
        stdio: 'ignore',
        env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
      },
    )
  }
  git('init', '--initial-branch=main')
  git('add', '--all', '--force')
  git('commit', '--message=stage')
  writeStrictNode(root, strict)
  const nodeOptions = [writeLingerers(lingering), ...SERVERS_CLOCK].join(' ')
  return { folder, home, strict, lingering, nodeOptions, file }
}

/**
 * act gives each step a terminal, and what its reader has not read when the step's process ends,
 * the system throws away: on a busy machine the last lines were missing in one of 60 runs. So the
 * processes of steps stay for a moment after their work.
 */
function writeLingerers(folder: string): string {
  const bash = execFileSync('/bin/sh', ['-c', 'command -v bash'], { encoding: 'utf8' }).trim()
  writeFileSync(
    join(folder, 'bash'),
    `#!/bin/sh\n'${bash}' "$@"\ncode=$?\nsleep 0.05\nexit $code\n`,
    { mode: 0o755 },
  )
  const preload = join(folder, 'linger.cjs')
  writeFileSync(
    preload,
    'const cell = new Int32Array(new SharedArrayBuffer(4))\n' +
      "process.on('exit', () => { Atomics.wait(cell, 0, 0, 50) })\n",
  )
  return `--require=${preload}`
}

/**
 * act hands a composite action's inputs to its steps by itself, as INPUT_ and the name with its
 * hyphens; other runners do not. This node loses them, so that only what composite/action.yml hands
 * over arrives.
 */
function writeStrictNode(root: string, strict: string): void {
  const { inputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, unknown>>
  }
  const lost = Object.keys(inputs)
    .filter(name => name.includes('-'))
    .map(name => `-u INPUT_${name.toUpperCase()}`)
  writeFileSync(
    join(strict, 'node'),
    `#!/bin/sh\nexec env ${lost.join(' ')} '${process.execPath}' "$@"\n`,
    { mode: 0o755 },
  )
}

/** What act must be told about a workflow: the labels it runs on, the secrets it names. */
interface Demands {
  readonly labels: readonly string[]
  readonly secrets: readonly string[]
}

export function demandsOf(text: string): Demands {
  const { jobs } = parse(text) as Workflow
  return {
    labels: unique(
      Object.values(jobs)
        .flatMap(job => job['runs-on'] ?? [])
        .map(String),
    ),
    secrets: unique([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name ?? '')),
  }
}

/**
 * Jobs of the repository a published workflow was written for: those its required contexts name.
 */
export function jobsNamed(text: string): readonly string[] {
  const { jobs } = parse(text) as Workflow
  const lists = Object.values(jobs)
    .flatMap(job => job.steps ?? [])
    .map(step => String(step.with?.['required-contexts'] ?? ''))
  return unique(
    [...lists.join('\n').matchAll(/^CI \/ (.+) \(pull_request\)$/gm)].map(([, name]) => name ?? ''),
  )
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
