// What act works on: a git repository in a temporary folder, holding the action as a user checks it
// out. The working tree is only read.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

export type Entry = 'javascript' | 'composite' | 'node24'

/** One workflow file as act shall run it. */
export interface Script {
  /** The file it was taken from. */
  readonly name: string
  readonly event: string
  /** Inputs of a run started by hand. */
  readonly inputs: Readonly<Record<string, string>>
  readonly entry: Entry
  readonly text: string
}

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

/** Stands for the published action in README and examples. */
export const PUBLISHED = 'owner/umbrella-reaper'

/**
 * The placeholder for somebody's own server. act and actionlint take no address with a host, which
 * the runners of Gitea and Forgejo do (docs/forge-facts.md, 8).
 */
const HOST = 'https://git.example.org/'

/** The part of a workflow file that matters here. */
interface Workflow {
  readonly on: string | readonly string[] | Events
  readonly jobs: Readonly<
    Record<string, { readonly 'runs-on'?: unknown; readonly steps?: readonly Step[] }>
  >
}

type Events = Readonly<
  Record<string, { readonly inputs?: Readonly<Record<string, unknown>> } | null>
>

interface Step {
  readonly with?: Readonly<Record<string, string | number | boolean>>
}

/** Every workflow of a folder, once for each entry. */
export function workflowsIn(folder: string): readonly Script[] {
  const names = readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
  return names.flatMap(name => everyEntry(name, readFileSync(join(folder, name), 'utf8')))
}

/** The first YAML block of a page. */
export function firstBlock(page: string): readonly Script[] {
  const [, text] = /^```ya?ml\n(.*?)^```$/ms.exec(readFileSync(page, 'utf8')) ?? []
  if (text === undefined) throw new Error(`${basename(page)} has no YAML block`)
  return everyEntry(basename(page), text)
}

/**
 * Where the other entries live. act 0.2.89 runs every nodeXX with the node of the PATH, node24 too
 * (docs/forge-facts.md, 8); for runners that refuse it, node20 is the root.
 */
const FOLDERS = ['composite', 'node24'] as const

function everyEntry(name: string, written: string): readonly Script[] {
  const text = written.replaceAll(`${HOST}${PUBLISHED}`, PUBLISHED)
  const script = { name, event: eventOf(text), inputs: {} }
  const readingOf = (entry: (typeof FOLDERS)[number]): Script => {
    const local = text.replaceAll(/uses: \.\/$/gm, `uses: ./${entry}`)
    const read = local.replaceAll(`uses: ${PUBLISHED}@`, `uses: ${PUBLISHED}/${entry}@`)
    return { ...script, entry, text: read }
  }
  // A file that speaks of one entry only, or of none, has no other reading.
  const only = FOLDERS.find(entry => text.includes(`${PUBLISHED}/${entry}@`))
  const readings = FOLDERS.map(readingOf).filter(reading => reading.text !== text)
  return [{ ...script, entry: only ?? 'javascript', text }, ...readings]
}

/** The same once more, started by hand with the order to write, where the workflow takes one. */
export function byHand(script: Script): readonly Script[] {
  const inputs = eventsOf(script.text)['workflow_dispatch']?.inputs ?? {}
  return 'dry-run' in inputs
    ? [{ ...script, event: 'workflow_dispatch', inputs: { 'dry-run': 'false' } }]
    : []
}

/** The same for one pull request, where the workflow takes its number. */
export function forOnePull(script: Script, pull: number): readonly Script[] {
  const inputs = eventsOf(script.text)['workflow_dispatch']?.inputs ?? {}
  return 'pull-request' in inputs
    ? [{ ...script, event: 'workflow_dispatch', inputs: { 'pull-request': String(pull) } }]
    : []
}

/** An event the workflow listens to, the one it was made for first. */
function eventOf(text: string): string {
  const events = Object.keys(eventsOf(text))
  return ['schedule', 'push'].find(event => events.includes(event)) ?? events[0] ?? 'push'
}

function eventsOf(text: string): Events {
  const { on } = parse(text) as Workflow
  if (typeof on === 'string') return { [on]: null }
  return isList(on) ? Object.fromEntries(on.map(event => [event, null])) : on
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}

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
  return { folder, home, strict, lingering, nodeOptions: writeLingerers(lingering), file }
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
export interface Demands {
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
