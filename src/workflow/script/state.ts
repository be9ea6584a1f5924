import type { Statement } from 'unbash'
import type { Value } from '../value.js'
import { RUN_MARK, NotJudging, either, from, literal, madeOf, shapeOf, shaped } from '../value.js'

/** How a command can end, and what that rests on. */
export interface Status {
  readonly ok: boolean
  readonly fail: boolean
  readonly by: Value
}

export const OK: Status = { ok: true, fail: false, by: literal() }

/** Variables that a shell, a tool or the runner reads for itself, so that setting them is work. */
const SPECIAL = new RegExp(
  `^(?:${[
    '(?:GITHUB|GITEA|FORGEJO|RUNNER|ACTIONS|BASH|LD|CURL|GH|GREP|JQ|LC|XDG|SSL|NODE)(?:_.*)?',
    'BASH\\w+|EPOCH\\w+|SRANDOM|LINENO|GROUPS|DIRSTACK|FUNC\\w+|HIST\\w+|SHLVL|PWD|OLDPWD|_|TMOUT',
    'HOST(?:NAME|TYPE)|MACHTYPE|OSTYPE|MAPFILE|COPROC|COLUMNS|LINES|EXECIGNORE|COMP_\\w+',
    'PYTHON[A-Z]+',
    'ENV|PATH|IFS|HOME|SHELLOPTS|BASHOPTS|CDPATH|GLOBIGNORE|POSIXLY_CORRECT|TMPDIR|PS[0-4]|LANG',
    '.*_PROXY|OPTIND|OPTARG|SECONDS|RANDOM|REPLY|HISTFILE|PROMPT_COMMAND|UID|EUID|PPID|PIPESTATUS',
  ].join('|')})$`,
  'i',
)

/** The same that may be set: they hold a token, or a host that an address is compared with. */
const SETTABLE = new Set(['GITHUB_TOKEN', 'GITEA_TOKEN', 'FORGEJO_TOKEN', 'GH_TOKEN'])

export const isSpecial = (name: string): boolean => SPECIAL.test(name) && !SETTABLE.has(name)

const RUN_VARIABLES: Readonly<Record<string, string>> = {
  SHA: RUN_MARK.commit,
  REPOSITORY: RUN_MARK.repository,
  API_URL: RUN_MARK.api,
  SERVER_URL: RUN_MARK.server,
  RUN_ID: RUN_MARK.run,
}

/** What the environment holds that nobody set: facts of the run, or something unknown. */
export function fromRunner(name: string): Value {
  const fact = RUN_VARIABLES[/^(?:GITHUB|GITEA|FORGEJO)_([A-Z_]+)$/.exec(name)?.[1] ?? '']
  return fact === undefined ? from('other', `$${name}`) : from('own', `$${name}`, [fact])
}

/** What a script is read with. */
export interface ScriptFacts {
  readonly env: ReadonlyMap<string, Value>
  /** The value of each expression, by the letter that stands in its place. */
  readonly marks: ReadonlyMap<string, Value>
  /** Does `gh` speak to the server that runs this? */
  readonly gh: boolean
  /** What has to hold for the step to run. */
  readonly guard: Value
  /**
   * Is every way followed that a test or a choice could open, whatever is known of its values? What
   * a shell makes of a text is only nearly known: no command may hide behind such a mistake.
   */
  readonly everyWay: boolean
}

/** What all shells of one script share. */
export interface Walk {
  readonly facts: ScriptFacts
  polls: boolean
  /** How the last `$(...)` ended: an assignment ends as it did. */
  substituted: Status | null
  /** Runs commands. `checked`: does a failure of one end the shell where `-e` is set? */
  readonly list: (statements: readonly Statement[], shell: ScriptState, checked: boolean) => Status
}

/** How a shell within another ended, and what it printed; `null`: nothing. */
interface Subshell extends Status {
  readonly out: Value | null
}

/** A shell on one of the ways through it. */
export interface ScriptState {
  readonly walk: Walk
  vars: Map<string, Value>
  /** What has to hold for a command to run at all. */
  guard: Value
  errexit: boolean
  nounset: boolean
  /**
   * Does a failure perhaps not end this shell? One in `$(...)` or behind a bar goes on where its
   * command is asked for its end, and bash goes on in every `$(...)`.
   */
  goesOn: boolean
  alive: boolean
  input: Value | null
  /** `$?` */
  last: Value
  /** How the last command can have ended, which `exit` ends with where it is given no number. */
  ended: Pick<Status, 'ok' | 'fail'>
  /** How it is left, on all ways. */
  exits: Status[]
  /** Where a loop around this is left; `null` outside of loops. */
  breaks: ScriptState[] | null
  /** What it prints, on all ways. */
  out: Value[]
}

export const copy = (shell: ScriptState): ScriptState => ({ ...shell, vars: new Map(shell.vars) })

/** All that was printed; the text is known where it is one piece. */
const printed = ([first, ...more]: readonly Value[]): Value | null =>
  first === undefined || more.length === 0 ? (first ?? null) : madeOf([first, ...more], null)

/** Runs in a shell of its own. */
export function inSubshell(shell: ScriptState, go: (inner: ScriptState) => Status): Subshell {
  const inner: ScriptState = { ...copy(shell), goesOn: true, exits: [], breaks: null, out: [] }
  const status = go(inner)
  const all = [...inner.exits, ...(inner.alive ? [status] : [])]
  const by = all.map(one => one.by)
  return {
    ok: all.some(({ ok }) => ok),
    fail: all.some(({ fail }) => fail),
    by: madeOf(by, null),
    out: printed(inner.out),
  }
}

/** Sets a variable, whose value rests besides on what led there. */
export const assign = (name: string, value: Value, { vars, guard }: ScriptState): void => {
  if (isSpecial(name)) throw new NotJudging(`it sets ${name}`)
  vars.set(name, shaped(madeOf([value, guard], value.values), shapeOf(value)))
}

export const scriptVariable = (name: string, { vars, last }: ScriptState): Value =>
  name === '?' ? shaped(last, 'number') : (vars.get(name) ?? fromRunner(name))

/** Leaves the shell, with a status that rests besides on what led there. */
export const exitScript = ({ exits, guard }: ScriptState, status: Status): void => {
  exits.push({ ...status, by: madeOf([status.by, guard], null) })
}

/** Goes on with either of two ways. */
export function mergeInto(shell: ScriptState, other: ScriptState): void {
  if (!other.alive) return
  if (!shell.alive) {
    // What it reads and prints, and the loop around it, are its own.
    const { input, out, breaks } = shell
    Object.assign(shell, copy(other), { input, out, breaks })
    return
  }
  if (shell.errexit !== other.errexit || shell.nounset !== other.nounset)
    throw new NotJudging('it changes the options of the shell under a condition')
  for (const name of new Set([...shell.vars.keys(), ...other.vars.keys()])) {
    const [one, two] = [shell.vars.get(name), other.vars.get(name)]
    if (one !== two) shell.vars.set(name, either(one ?? fromRunner(name), two ?? fromRunner(name)))
  }
  shell.last = either(shell.last, other.last)
  const [one, two] = [shell.ended, other.ended]
  shell.ended = { ok: one.ok || two.ok, fail: one.fail || two.fail }
}

/** What a loop may change from one round to the next. */
export const signature = ({ vars, alive }: ScriptState): string =>
  JSON.stringify([
    alive,
    [...vars].map(([name, one]) => [name, [...one.from], one.values, shapeOf(one)]),
  ])
