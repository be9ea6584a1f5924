import type { Value } from '../value.js'
import { MARK, NotJudging, either, from, literal } from '../value.js'

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
    'ENV|PATH|IFS|HOME|SHELLOPTS|BASHOPTS|CDPATH|GLOBIGNORE|POSIXLY_CORRECT|TMPDIR|PS[0-4]|LANG',
    '.*_PROXY|OPTIND|OPTARG|SECONDS|RANDOM|REPLY|HISTFILE|PROMPT_COMMAND|UID|EUID|PPID|PIPESTATUS',
  ].join('|')})$`,
  'i',
)

/** The same that may be set: they hold a token, or a host that an address is compared with. */
export const SETTABLE = new Set(['GITHUB_TOKEN', 'GITEA_TOKEN', 'FORGEJO_TOKEN', 'GH_TOKEN'])

export const isSpecial = (name: string): boolean => SPECIAL.test(name) && !SETTABLE.has(name)

export const OF_THE_RUN: Readonly<Record<string, string>> = {
  SHA: MARK.commit,
  REPOSITORY: MARK.repository,
  API_URL: MARK.api,
  SERVER_URL: MARK.server,
  RUN_ID: MARK.run,
}

/** What the environment holds that nobody set: facts of the run, or something unknown. */
export function fromRunner(name: string): Value {
  const fact = OF_THE_RUN[/^(?:GITHUB|GITEA|FORGEJO)_([A-Z_]+)$/.exec(name)?.[1] ?? '']
  return fact === undefined ? from('other', `$${name}`) : from('own', `$${name}`, [fact])
}

export interface State {
  vars: Map<string, Value>
  /** What has to hold for a command to run at all. */
  guard: Value
  errexit: boolean
  /**
   * Does a failure perhaps not end this shell? One in `$(...)` or behind a bar goes on where its
   * command is asked for its end, and bash goes on in every `$(...)`.
   */
  goesOn: boolean
  nounset: boolean
  alive: boolean
  input: Value | null
  last: Value
}

/** A shell, or a subshell: what leaves it, and what it prints. */
export interface Frame {
  readonly exits: Status[]
  readonly breaks: State[] | null
  out: Value | null
}

/** What a script is read with. */
export interface ScriptFacts {
  readonly env: ReadonlyMap<string, Value>
  /** The expression behind each mark, and whether its text can only be a word. */
  readonly marks: ReadonlyMap<string, { readonly value: Value; readonly safe: boolean }>
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

export const copy = (state: State): State => ({ ...state, vars: new Map(state.vars) })

export function mergeInto(state: State, other: State): void {
  if (!other.alive) return
  if (!state.alive) {
    Object.assign(state, copy(other))
    return
  }
  if (state.errexit !== other.errexit || state.nounset !== other.nounset)
    throw new NotJudging('it changes the options of the shell under a condition')
  for (const name of new Set([...state.vars.keys(), ...other.vars.keys()])) {
    const [one, two] = [state.vars.get(name), other.vars.get(name)]
    if (one !== two) state.vars.set(name, either(one ?? unset(name), two ?? unset(name)))
  }
  state.last = either(state.last, other.last)
}

/** A variable that one way through a script sets and another does not. */
export const unset = (name: string): Value =>
  isSpecial(name) ? fromRunner(name) : from('other', `$${name}`)

export const signature = ({ vars, alive }: State): string =>
  JSON.stringify([alive, [...vars].map(([name, { from, values }]) => [name, [...from], values])])
