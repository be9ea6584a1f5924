// One run of nektos/act: on this host, offline, bounded, and what it told.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'

export interface Play {
  /** The act command. */
  readonly act: string
  readonly folder: string
  /** Caches and workspaces of act. */
  readonly home: string
  readonly file: string
  /** Folders of programs, before those of this process. */
  readonly path: readonly string[]
  readonly event: string
  /** Inputs of the event. */
  readonly inputs: Readonly<Record<string, string>>
  readonly labels: readonly string[]
  readonly secrets: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  /** `owner/name@ref` of the published action; it is read from `folder`. */
  readonly published: string
  /** After so many milliseconds act is killed. */
  readonly limit: number
}

/** What a run of act told. */
export interface Told {
  /** Exit code; `null` when it was killed. */
  readonly code: number | null
  /** What steps printed, line by line. */
  readonly lines: readonly string[]
  /** Error commands of steps. */
  readonly errors: readonly string[]
  readonly summaries: readonly string[]
  /** What a person needs to see why it failed. */
  readonly log: string
  readonly seconds: number
}

interface ActLine {
  readonly msg?: string
  readonly raw_output?: boolean
  readonly command?: string
  readonly arg?: string
  readonly content?: string
}

/** Commands whose lines are long and are told elsewhere. */
const LONG: ReadonlySet<string> = new Set(['set-output', 'summary'])

const running = new Set<() => void>()

/** Ends every act still running, with the jobs it started. */
export function killAll(): void {
  for (const kill of running) kill()
}

function argumentsOf(play: Play): readonly string[] {
  return [
    play.event,
    '--json',
    '--directory',
    play.folder,
    '--workflows',
    play.file,
    '--actor',
    'alice',
    '--no-cache-server',
    '--action-offline-mode',
    '--action-cache-path',
    join(play.home, 'cache'),
    '--local-repository',
    `${play.published}=${play.folder}`,
    ...play.labels.flatMap(label => ['--platform', `${label}=-self-hosted`]),
    ...pairs('--input', play.inputs),
    ...pairs('--secret', play.secrets),
    ...pairs('--var', play.variables),
    ...pairs('--env', play.env),
  ]
}

/** Runs one workflow. */
export async function runAct(play: Play): Promise<Told> {
  const { home } = play
  const started = performance.now()
  const child = spawn(play.act, argumentsOf(play), {
    // A group of its own, so that a kill reaches the jobs too; nothing of this process's
    // environment but the way to the programs.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [...play.path, dirname(process.execPath), process.env['PATH'] ?? ''].join(':'),
      HOME: home,
      XDG_CACHE_HOME: home,
      XDG_CONFIG_HOME: home,
    },
  })
  const kill = (): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      /* it has ended */
    }
  }
  running.add(kill)
  const timer = setTimeout(kill, play.limit)
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const [out, err, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended])
    const told = out.split('\n').map(lineOf)
    return {
      lines: told
        .filter(line => line.raw_output === true)
        .map(line => (line.msg ?? '').replace(/\n$/, '')),
      errors: told.filter(line => line.command === 'error').map(line => line.arg ?? ''),
      summaries: told.filter(line => line.command === 'summary').map(line => line.content ?? ''),
      log: [
        ...told
          .filter(line => !LONG.has(line.command ?? ''))
          .map(line => (line.msg ?? '').trimEnd()),
        err,
      ].join('\n'),
      code,
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    clearTimeout(timer)
    kill()
    running.delete(kill)
  }
}

function pairs(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}

function lineOf(text: string): ActLine {
  try {
    return JSON.parse(text) as ActLine
  } catch {
    return {}
  }
}
