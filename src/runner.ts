import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { openLog } from './runner/log.js'
import { openSignals } from './runner/signals.js'
import { inertLine } from './shown/line.js'

/** A finding that is shown beside the workflow's run. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly text: string
  /** Where it stands in the checkout, if it does. */
  readonly file?: string
  readonly line?: number
}

/** A file below a folder, by its path from there. */
export interface FoundFile {
  readonly path: string
  /** `null` where it cannot be read. */
  readonly bytes: Uint8Array | null
}

/** Where a sweep runs: inputs, clock, log, outputs. The only door to the process it runs in. */
export interface Runner {
  /**
   * An input as given, trimmed; `undefined` when it is not given at all. Hyphens may be
   * underscores, for shells that drop hyphenated names.
   */
  input(name: string): string | undefined
  /** Names of all inputs that were given, as written in the environment. */
  inputNames(): readonly string[]
  env(name: string): string
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: () => number
  /** Milliseconds since 1970, as this machine has it. */
  readonly wallClock: () => number
  readonly random: () => number
  /** A sleep during which the sweep is told to stop ends at once. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /**
   * The signal by which this process was told to stop, or `null`. It decides the exit code, and a
   * second one ends the process at once.
   */
  readonly stopping: () => string | null
  info(line: string): void
  warning(line: string): void
  /** A finding beside the run, where there is a run; the log says it elsewhere. */
  annotate(annotation: Annotation): void
  /** Lines under a heading; folded where the server can fold. */
  group(title: string, lines: readonly string[], foldable: boolean): void
  mask(secret: string): void
  /** Throws where it cannot be written, as the next two do; nothing where there is no place. */
  output(name: string, value: string): void
  /** `false` when this runner has no place for a summary. */
  summary(markdown: string): Promise<boolean>
  /**
   * Writes the report, beside the job or where it is asked for, and answers its path; `''` outside
   * a workflow when nobody asked.
   */
  report(json: string, path: string | null): string
  /** What follows the program's name on its command line. */
  argv(): readonly string[]
  /** A file as text; `null` when it cannot be read. */
  readText(path: string): string | null
  /**
   * The YAML files of a folder; `null` when there is no such folder. One that is there and cannot
   * be read is an entry of its own, without bytes.
   */
  files(root: string, folder: string): readonly FoundFile[] | null
  /** A line of the answer itself, which is not a log. */
  print(line: string): void
  /** A text as it is, for another program to read: in a workflow its lines are made inert. */
  printRaw(text: string): void
  /** Writes a file of a checkout that was read from there; throws where it cannot. */
  rewrite(root: string, path: string, text: string): void
  /** Ends red without a word: all was said. */
  red(): void
  /** Ends the sweep red with one message. */
  fail(message: string): void
}

/** Is this a step of a workflow? Else nobody reads workflow commands. */
const inWorkflow = (): boolean => process.env['GITHUB_ACTIONS'] === 'true'

/**
 * Are warnings drawn beside the run? The runners of Gitea and Forgejo pass such lines on as they
 * stand (docs/forge-facts.md, 8).
 */
const showsAnnotations = (): boolean => inWorkflow() && process.env['GITEA_ACTIONS'] !== 'true'

function inputVariable(name: string): string | undefined {
  const upper = `INPUT_${name.toUpperCase()}`
  return process.env[upper] ?? process.env[upper.replaceAll('-', '_')]
}

/** The way of every line that is no command of ours: whatever it holds, no runner obeys it. */
function say(line: string): void {
  core.info(inertLine(line))
}

function group(title: string, lines: readonly string[], foldable: boolean): void {
  const fold = inWorkflow() && foldable
  if (fold) core.startGroup(inertLine(title))
  else say(`--- ${title}`)
  for (const line of lines) say(line)
  if (fold) core.endGroup()
}

async function summary(markdown: string): Promise<boolean> {
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return false
  await core.summary.addRaw(markdown, true).write()
  return true
}

function report(json: string, path: string | null): string {
  if (path !== null) {
    writeFileSync(path, json)
    return path
  }
  if (!inWorkflow()) return ''
  const folder = join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'umbrella-reaper-')
  const file = join(mkdtempSync(folder), 'report.json')
  writeFileSync(file, json)
  return file
}

function annotate({ level, title, text, file, line }: Annotation): void {
  if (!showsAnnotations()) return
  const place =
    file === undefined || line === undefined ? {} : { file: inertLine(file), startLine: line }
  const shown = { title: inertLine(title), ...place }
  if (level === 'error') core.error(inertLine(text), shown)
  else core.warning(inertLine(text), shown)
}

function fileBytes(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

function files(root: string, folder: string): readonly FoundFile[] | null {
  try {
    // A folder of such a name is no workflow to any server.
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter(entry => /\.ya?ml$/i.test(entry.name) && !entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .map(name => ({ path: `${folder}/${name}`, bytes: fileBytes(join(root, folder, name)) }))
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return ['ENOENT', 'ENOTDIR'].includes(code) ? null : [{ path: folder, bytes: null }]
  }
}

const inputNames = (): readonly string[] =>
  Object.keys(process.env)
    .filter(name => name.startsWith('INPUT_'))
    .map(name => name.slice('INPUT_'.length))

/** A line that a reader must not miss; beside a run only where that is shown. */
function warn(line: string): void {
  if (showsAnnotations()) core.warning(inertLine(line))
  else say(`warning: ${line}`)
}

/**
 * The real runner, through @actions/core; outside a workflow (cron) it prints plain lines and never
 * a workflow command.
 */
export function actionsRunner(): Runner {
  const { tell, alarm } = openLog()
  const signals = openSignals()
  return {
    input: name => inputVariable(name)?.trim(),
    inputNames,
    env: name => process.env[name] ?? '',
    now: () => performance.now(),
    wallClock: () => Date.now(),
    random: () => Math.random(),
    sleep: signals.sleep,
    stopping: signals.name,
    info: line => tell(() => say(line)),
    warning: line => tell(() => warn(line)),
    annotate: annotation => tell(() => annotate(annotation)),
    group: (...told) => tell(() => group(...told)),
    // Outside a workflow nobody reads the mask command, and it would print the token.
    mask: secret => {
      if (inWorkflow()) tell(() => core.setSecret(secret))
    },
    output: (name, value) => {
      if ((process.env['GITHUB_OUTPUT'] ?? '') !== '') core.setOutput(name, value)
    },
    summary,
    report,
    argv: () => process.argv.slice(2),
    readText: path => fileBytes(path)?.toString('utf8') ?? null,
    files,
    print: line => tell(() => say(line)),
    printRaw: text =>
      tell(() => {
        if (inWorkflow()) for (const line of text.split('\n')) say(line)
        else process.stdout.write(text)
      }),
    rewrite: (root, path, text) => {
      writeFileSync(join(root, path), text)
    },
    red: () => {
      process.exitCode = 1
    },
    fail: message => {
      process.exitCode = 1
      alarm(inertLine(message), () => {
        if (inWorkflow()) core.error(inertLine(message))
        else say(`error: ${message}`)
      })
    },
  }
}
