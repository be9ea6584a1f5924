import { matches } from '../core/model/context.js'
import type { Command, Chain, List, Part, Pipeline, Quotes, Redirects, Word } from './shell.js'
import { commandsIn, isPlain, readScript } from './shell.js'
import { polledBy } from './poll.js'
import { readsResultsOnly } from './jq.js'
import { testOf } from './test-command.js'
import type { Origin, Value } from './value.js'
import {
  MARK,
  NotJudging,
  decide,
  either,
  from,
  joined,
  literal,
  madeOf,
  textsOf,
} from './value.js'

/** How a command can end, and what that rests on. */
export interface Status {
  readonly ok: boolean
  readonly fail: boolean
  readonly by: Value
}

const OK: Status = { ok: true, fail: false, by: literal() }

/** Variables that a shell, a tool or the runner reads for itself, so that setting them is work. */
const SPECIAL =
  /^(?:(?:GITHUB|GITEA|FORGEJO|RUNNER|ACTIONS|BASH|LD|CURL|GH|GREP|JQ|LC|XDG|SSL|NODE)(?:_.*)?|ENV|PATH|IFS|HOME|SHELLOPTS|BASHOPTS|CDPATH|GLOBIGNORE|POSIXLY_CORRECT|TMPDIR|PS[0-4]|LANG|.*_PROXY|OPTIND|OPTARG|SECONDS|RANDOM|REPLY|HISTFILE|PROMPT_COMMAND|UID|EUID|PPID|PIPESTATUS)$/i

/** The same that may be set: they hold a token, or a host that an address is compared with. */
const SETTABLE = new Set(['GITHUB_TOKEN', 'GITEA_TOKEN', 'FORGEJO_TOKEN', 'GH_TOKEN'])

export const isSpecial = (name: string): boolean => SPECIAL.test(name) && !SETTABLE.has(name)

const OF_THE_RUN: Readonly<Record<string, string>> = {
  SHA: MARK.commit,
  REPOSITORY: MARK.repository,
  API_URL: MARK.api,
  SERVER_URL: MARK.server,
  RUN_ID: MARK.run,
}

/** What the environment holds that nobody set: facts of the run, or something unknown. */
function fromRunner(name: string): Value {
  const fact = OF_THE_RUN[/^(?:GITHUB|GITEA|FORGEJO)_([A-Z_]+)$/.exec(name)?.[1] ?? '']
  return fact === undefined ? from('other', `$${name}`) : from('own', `$${name}`, [fact])
}

interface State {
  vars: Map<string, Value>
  /** What has to hold for a command to run at all. */
  guard: Value
  errexit: boolean
  nounset: boolean
  alive: boolean
  input: Value | null
  last: Value
}

/** A shell, or a subshell: what leaves it, and what it prints. */
interface Frame {
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
}

/** More commands than this are not followed. */
const MAX_COMMANDS = 20_000

const copy = (state: State): State => ({ ...state, vars: new Map(state.vars) })

function mergeInto(state: State, other: State): void {
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
const unset = (name: string): Value =>
  isSpecial(name) ? fromRunner(name) : from('other', `$${name}`)

const signature = ({ vars, alive }: State): string =>
  JSON.stringify([alive, [...vars].map(([name, { from, values }]) => [name, [...from], values])])

class Run {
  private commands = 0
  polls = false

  private readonly facts: ScriptFacts

  constructor(facts: ScriptFacts) {
    this.facts = facts
  }

  /** Runs a whole script; how it can end. */
  script(list: List): readonly Status[] {
    const { env, guard } = this.facts
    const state: State = {
      vars: new Map(env),
      guard,
      errexit: true,
      nounset: false,
      alive: true,
      input: null,
      last: literal(0),
    }
    const frame: Frame = { exits: [], breaks: null, out: null }
    const status = this.list(list, state, frame, true)
    if (state.alive) this.leave(frame, state, status)
    return frame.exits
  }

  private leave(frame: Frame, state: State, status: Status): void {
    frame.exits.push({ ...status, by: madeOf([status.by, state.guard], null) })
  }

  private list(list: List, state: State, frame: Frame, checked: boolean): Status {
    let status = OK
    for (const chain of list) {
      if (!state.alive) break
      status = this.chain(chain, state, frame, checked)
    }
    return status
  }

  private chain(chain: Chain, state: State, frame: Frame, checked: boolean): Status {
    let status = OK
    for (const [at, { join, pipeline }] of chain.entries()) {
      const isLast = at === chain.length - 1
      if (join === null) {
        status = this.pipeline(pipeline, state, frame, checked && isLast)
        continue
      }
      const [runs, skips] = join === '&&' ? [status.ok, status.fail] : [status.fail, status.ok]
      if (!runs || !state.alive) continue
      const before = status
      const branch = copy(state)
      if (skips) branch.guard = madeOf([branch.guard, before.by], null)
      const exits = frame.exits.length
      const second = this.pipeline(pipeline, branch, frame, checked && isLast)
      if (skips) {
        mergeInto(branch, state)
        if (frame.exits.length === exits && second.ok !== second.fail) branch.guard = state.guard
      }
      Object.assign(state, branch)
      status = {
        ok: join === '&&' ? second.ok : second.ok || before.ok,
        fail: join === '&&' ? second.fail || before.fail : second.fail,
        by: madeOf([before.by, second.by], null),
      }
      state.last = { ...status.by, values: null }
    }
    return status
  }

  private pipeline(pipeline: Pipeline, state: State, frame: Frame, checked: boolean): Status {
    const { negated, commands } = pipeline
    const [only, ...more] = commands
    if (only === undefined) return OK
    const status =
      more.length === 0
        ? this.command(only, state, frame, checked && !negated)
        : this.piped(commands, state, frame)
    state.last = { ...status.by, values: null }
    if (negated) return { ok: status.fail, fail: status.ok, by: status.by }
    return more.length > 0 && checked ? this.errexit(status, state, frame) : status
  }

  /** Each command of a pipeline runs in a shell of its own. */
  private piped(commands: readonly Command[], state: State, frame: Frame): Status {
    let input = state.input
    let status = OK
    let out: Value | null = null
    for (const command of commands) {
      const inner = { ...copy(state), input }
      const shell: Frame = { exits: [], breaks: null, out: null }
      const ended = this.inShell(this.command(command, inner, shell, state.errexit), inner, shell)
      status = {
        ok: ended.ok,
        fail: status.fail || ended.fail,
        by: madeOf([status.by, ended.by], null),
      }
      out = shell.out
      input = shell.out ?? literal('')
    }
    if (out !== null) this.print(frame, out)
    return status
  }

  private inShell(status: Status, state: State, shell: Frame): Status {
    const all = [...shell.exits, ...(state.alive ? [status] : [])]
    return {
      ok: all.some(({ ok }) => ok),
      fail: all.some(({ fail }) => fail),
      by: madeOf(
        all.map(({ by }) => by),
        null,
      ),
    }
  }

  /** What a command's failure does where nothing asks for it: it ends the shell. */
  private errexit(status: Status, state: State, frame: Frame): Status {
    if (!state.errexit || !status.fail) return status
    frame.exits.push({ ok: false, fail: true, by: madeOf([status.by, state.guard], null) })
    state.guard = madeOf([state.guard, status.by], null)
    if (!status.ok) state.alive = false
    return { ...status, fail: false }
  }

  private print(frame: Frame, value: Value): void {
    frame.out = frame.out === null ? value : joinedOut(frame.out, value)
  }

  private command(command: Command, state: State, frame: Frame, checked: boolean): Status {
    this.commands += 1
    if (this.commands > MAX_COMMANDS) throw new NotJudging('its script takes too long to follow')
    const { redirects } = command
    const before = state.input
    if (redirects.input !== null) state.input = this.expand(redirects.input, state, frame)
    this.checkFiles(redirects, state)
    const log: Frame = { exits: frame.exits, breaks: frame.breaks, out: null }
    const shown = redirects.discards ? log : frame
    const status = this.kinds(command, state, shown, checked)
    state.input = before
    const single = ['simple', 'test', 'arithmetic'].includes(command.kind)
    return single && checked ? this.errexit(status, state, frame) : status
  }

  /** Of all files only the summary of the run may be written: nothing reads it. */
  private checkFiles({ files }: Redirects, state: State): void {
    for (const word of files) {
      const names = word.flatMap(part =>
        part.kind === 'variable' && part.change === ''
          ? [part.name]
          : part.kind === 'text' && part.text === ''
            ? []
            : [null],
      )
      const [name, ...more] = names
      if (
        more.length > 0 ||
        name !== 'GITHUB_STEP_SUMMARY' ||
        state.vars.has('GITHUB_STEP_SUMMARY')
      )
        throw new NotJudging('it writes a file')
    }
  }

  private kinds(command: Command, state: State, frame: Frame, checked: boolean): Status {
    switch (command.kind) {
      case 'simple':
        return this.simple(command, state, frame)
      case 'test': {
        const words = command.words.map(word =>
          typeof word === 'string'
            ? word
            : { value: this.expand(word, state, frame), plain: isPlain(word), word },
        )
        return testOf(words, 'double')
      }
      case 'arithmetic': {
        const by = this.arithmetic(command.text, state)
        decide(by, 'an arithmetic condition')
        return { ok: true, fail: true, by }
      }
      case 'group':
        return this.list(command.body, state, frame, checked)
      case 'if':
        return this.conditional(command, state, frame, checked)
      case 'for':
        return this.loop(command, state, frame, checked)
      case 'while':
        return this.repeated(command, state, frame, checked)
      case 'case':
        return this.choice(command, state, frame, checked)
    }
  }

  /** One of several ways, each with what leads to it. */
  private ways(
    state: State,
    frame: Frame,
    ways: readonly { readonly by: Value; readonly go: (state: State) => Status }[],
  ): Status {
    const exits = frame.exits.length
    const before = state.guard
    const ended = ways.map(({ by, go }) => {
      const branch = copy(state)
      if (ways.length > 1) branch.guard = madeOf([before, by], null)
      const status = go(branch)
      return { branch, status }
    })
    state.alive = false
    for (const { branch } of ended) mergeInto(state, branch)
    const left = frame.exits.length > exits || ended.some(({ branch }) => !branch.alive)
    state.guard = left ? madeOf([before, ...ended.map(({ branch }) => branch.guard)], null) : before
    const alive = ended.filter(({ branch }) => branch.alive).map(({ status }) => status)
    return {
      ok: alive.some(({ ok }) => ok),
      fail: alive.some(({ fail }) => fail),
      by: madeOf([...ways.map(({ by }) => by), ...alive.map(({ by }) => by)], null),
    }
  }

  private conditional(
    { branches, otherwise }: Extract<Command, { kind: 'if' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const [first, ...more] = branches
    if (first === undefined)
      return otherwise === null ? OK : this.list(otherwise, state, frame, checked)
    const [condition, body] = first
    const asked = this.list(condition, state, frame, false)
    if (!state.alive) return asked
    const { ok, fail, by } = asked
    const rest = { kind: 'if' as const, branches: more, otherwise, redirects: NONE }
    return this.ways(state, frame, [
      ...(ok ? [{ by, go: (branch: State) => this.list(body, branch, frame, checked) }] : []),
      ...(fail
        ? [{ by, go: (branch: State) => this.conditional(rest, branch, frame, checked) }]
        : []),
    ])
  }

  private choice(
    { word, branches }: Extract<Command, { kind: 'case' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const value = this.expand(word, state, frame)
    decide(value, '"case"')
    let texts = textsOf(value)
    let by = value
    const ways: { by: Value; go: (state: State) => Status }[] = []
    for (const { patterns, body } of branches) {
      const read = patterns.map(one => this.expand(one, state, frame))
      for (const one of read) decide(one, '"case"')
      by = madeOf([by, ...read], null)
      const globs = patterns.map(isPlain)
      const known = globs.every(glob => glob !== null && !glob.includes('['))
      const hit = (text: string): boolean => globs.some(glob => matches(glob ?? '', text))
      if (texts !== null && known && !texts.some(hit)) continue
      ways.push({ by, go: branch => this.list(body, branch, frame, checked) })
      if (globs.includes('*')) texts = []
      else if (texts !== null && known) texts = texts.filter(text => !hit(text))
      if (texts?.length === 0) break
    }
    if (texts === null || texts.length > 0) ways.push({ by, go: () => OK })
    return this.ways(state, frame, ways)
  }

  /** A body that runs any number of times. */
  private cycle(
    state: State,
    frame: Frame,
    by: Value,
    turn: (state: State, inner: Frame) => void,
  ): void {
    const before = state.guard
    const exits = frame.exits.length
    const breaks: State[] = []
    for (let round = 0; round < 12; round += 1) {
      const seen = signature(state)
      const body = copy(state)
      body.guard = madeOf([before, by, state.guard], null)
      const inner: Frame = { exits: frame.exits, breaks, out: frame.out }
      turn(body, inner)
      frame.out = inner.out
      if (frame.exits.length > exits || breaks.length > 0)
        state.guard = madeOf([state.guard, body.guard, ...breaks.map(({ guard }) => guard)], null)
      mergeInto(state, body)
      for (const one of breaks) mergeInto(state, one)
      if (signature(state) === seen) return
      if (round > 3)
        for (const [name, value] of state.vars)
          if (round > 3 && this.facts.env.get(name) !== value)
            state.vars.set(name, { ...value, values: null })
    }
    throw new NotJudging('a loop that cannot be followed')
  }

  private loop(
    { name, words, body }: Extract<Command, { kind: 'for' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const items = words.map(word => this.items(word, state, frame))
    const by = madeOf(
      items,
      items.some(({ values }) => values === null)
        ? null
        : items.flatMap(({ values }) => values ?? []),
    )
    decide(by, '"for"')
    let status = OK
    this.cycle(state, frame, by, (turn, inner) => {
      this.assign(name, { ...by, json: false }, turn)
      status = this.list(body, turn, inner, checked)
    })
    return { ok: true, fail: status.fail, by: madeOf([by, status.by], null) }
  }

  /** What a word becomes in a list: words of its own, unless it stands in quotes. */
  private items(word: Word, state: State, frame: Frame): Value {
    const plain = isPlain(word)
    if (plain !== null && /^\{\d+\.\.\d+\}$/.test(plain)) return { ...literal(), values: null }
    checkGlob(word)
    const value = this.expand(word, state, frame)
    const isSplit = word.some(part => part.kind !== 'text' && !isQuoted(part))
    const texts = textsOf(value)
    return texts === null || !isSplit
      ? value
      : madeOf(
          [value],
          texts.flatMap(text => text.split(/\s+/).filter(one => one !== '')),
        )
  }

  private repeated(
    { until, condition, body }: Extract<Command, { kind: 'while' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    // What leaves the loop is a break, or the condition: only then does anything after it run.
    const left: State[] = []
    let by = literal()
    this.cycle(state, frame, literal(), (turn, inner) => {
      const asked = this.list(condition, turn, inner, false)
      by = asked.by
      const [goes, ends] = until ? [asked.fail, asked.ok] : [asked.ok, asked.fail]
      if (ends && turn.alive) left.push(copy(turn))
      turn.guard = madeOf([turn.guard, by], null)
      if (goes) this.list(body, turn, inner, checked)
      else turn.alive = false
      left.push(...(inner.breaks ?? []))
    })
    const guard = madeOf([state.guard, by], null)
    state.alive = false
    for (const one of left) mergeInto(state, one)
    state.guard = guard
    return { ok: true, fail: false, by }
  }

  private assign(name: string, value: Value, state: State): void {
    if (isSpecial(name)) throw new NotJudging(`it sets ${name}`)
    state.vars.set(name, {
      ...madeOf([value, { ...state.guard, values: [] }], value.values),
      json: value.json,
    })
  }

  private lookup(name: string, state: State): Value {
    if (name === '?') return state.last
    return state.vars.get(name) ?? fromRunner(name)
  }

  private arithmetic(text: string, state: State): Value {
    const names = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)
    const by = madeOf(
      names.map(name => this.lookup(name, state)),
      null,
    )
    decide(by, 'arithmetic')
    if (/\+\+|--|(?:^|[^=!<>])=(?!=)|<<=|>>=/.test(text))
      for (const name of names) this.assign(name, by, state)
    return { ...by, values: null }
  }

  private variable(part: Extract<Part, { kind: 'variable' }>, state: State, frame: Frame): Value {
    const { name, change, words } = part
    const isSet = state.vars.has(name) || name === '?' || fromRunner(name).from.has('own')
    const value = this.lookup(name, state)
    if (state.nounset && !isSet && !change.endsWith('-'))
      throw new NotJudging(`$${name} may be unset, which ends the script`)
    const given = words.map(word => this.expand(word, state, frame))
    if (change === '' || change === '[@]' || change === '[*]') return value
    if (!/^:?-$/.test(change)) return { ...madeOf([value, ...given], null), json: value.json }
    return given.reduce(either, value)
  }

  private expression(mark: string, quotes: Quotes): Value {
    const found = this.facts.marks.get(mark)
    if (found === undefined) throw new NotJudging('its script holds a character of no meaning')
    const { value, safe } = found
    // What an output of a need holds can break a script in quotes, whatever it says: that is a
    // fault of the script, and no verdict on the output. Everywhere else it could be a command.
    if (value.from.has('other')) throw new NotJudging(`its script holds ${value.what}`)
    if (value.json && quotes !== 'one' && quotes !== 'document')
      throw new NotJudging(`${value.what} stands outside of single quotes`)
    if (!value.json && !safe) throw new NotJudging('an expression could be more than a word')
    return value
  }

  /** The text of a word, with all that is put into it. */
  private expand(word: Word, state: State, frame: Frame): Value {
    return word.map(part => this.part(part, state, frame)).reduce(joined, literal(''))
  }

  private part(part: Part, state: State, frame: Frame): Value {
    switch (part.kind) {
      case 'text':
        return literal(part.text)
      case 'variable':
        return this.variable(part, state, frame)
      case 'arithmetic':
        return this.arithmetic(part.text, state)
      case 'expression':
        return this.expression(part.mark, part.quotes)
      case 'substitution': {
        const inner = copy(state)
        const shell: Frame = { exits: [], breaks: null, out: null }
        const ended = this.inShell(this.list(part.body, inner, shell, state.errexit), inner, shell)
        this.substituted = ended
        const out = shell.out ?? literal('')
        return { ...madeOf([out, { ...ended.by, values: [] }], out.values), json: out.json }
      }
    }
  }

  /** How the last substitution ended: an assignment ends as it did. */
  private substituted: Status | null = null

  private simple(
    command: Extract<Command, { kind: 'simple' }>,
    state: State,
    frame: Frame,
  ): Status {
    const { assignments, words } = command
    const [first, ...rest] = words
    this.substituted = null
    if (first !== undefined && assignments.length > 0) {
      const isRead = isPlain(first) === 'read' && assignments.every(({ name }) => name === 'IFS')
      if (!isRead) throw new NotJudging('it sets a variable for one command')
    }
    if (first === undefined) {
      for (const { name, adds, list, words: values } of assignments) {
        const old = adds ? [this.lookup(name, state)] : []
        const given = values.map(word =>
          list ? this.items(word, state, frame) : this.expand(word, state, frame),
        )
        const value =
          adds || list
            ? madeOf([...old, ...given], list && !adds ? listOf(given) : null)
            : (given[0] ?? literal(''))
        this.assign(name, value, state)
      }
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
      return this.substituted ?? OK
    }
    const name = isPlain(first)
    if (name === null) return refuseCommand(name)
    return this.builtin(name, rest, state, frame)
  }

  private builtin(name: string, words: readonly Word[], state: State, frame: Frame): Status {
    const args = (): readonly Value[] => words.map(word => this.expand(word, state, frame))
    switch (name) {
      case ':':
      case 'true':
        args()
        return OK
      case 'false':
        return { ok: false, fail: true, by: literal() }
      case 'echo':
        this.print(
          frame,
          args().reduce((a, b) => joined(joined(a, literal(' ')), b), literal('')),
        )
        return OK
      case 'printf':
        return this.printf(words, state, frame)
      case 'exit':
        return this.exit(words, state, frame)
      case 'test':
      case '[':
        return this.bracket(name, words, state, frame)
      case 'set':
        return this.options(words, state)
      case 'break':
      case 'continue':
        if (words.length > 0 || frame.breaks === null)
          throw new NotJudging(`"${name}" out of a loop`)
        frame.breaks.push(copy(state))
        state.alive = false
        return OK
      case 'export':
        return this.exported(words, state, frame)
      case 'read':
        return this.read(words, state)
      case 'sleep':
        if (!words.every(word => /^\d+(?:\.\d+)?[smh]?$/.test(isPlain(word) ?? '')))
          throw new NotJudging('"sleep" for a time that is not told')
        return OK
      case 'cat':
        if (words.length > 0 || state.input === null) throw new NotJudging('"cat" of a file')
        this.print(frame, state.input)
        return OK
      case 'grep':
        return this.grep(words, state, frame)
      case 'jq':
        return this.jq(words, state, frame)
      case 'curl':
      case 'gh': {
        const given = words.map(word => ({
          plain: isPlain(word),
          value: this.expand(word, state, frame),
        }))
        const polled = polledBy(name, given, this.facts.gh)
        if (polled !== null) throw new NotJudging(polled)
        this.polls = true
        const by = from('statuses', 'statuses of this commit')
        this.print(frame, { ...by, json: true })
        return { ok: true, fail: true, by }
      }
      default:
        return refuseCommand(name)
    }
  }

  private exit(words: readonly Word[], state: State, frame: Frame): Status {
    const [word, ...more] = words
    if (more.length > 0) throw new NotJudging('"exit" with two numbers')
    const value = word === undefined ? state.last : this.expand(word, state, frame)
    decide(value, '"exit"')
    const codes = textsOf(value)
    if (codes?.some(code => !/^\d{1,3}$/.test(code))) throw new NotJudging('"exit" with no number')
    this.leave(frame, state, {
      ok: codes === null || codes.includes('0'),
      fail: codes === null || codes.some(code => !/^0+$/.test(code)),
      by: value,
    })
    state.alive = false
    return { ok: false, fail: false, by: value }
  }

  private printf(words: readonly Word[], state: State, frame: Frame): Status {
    const [format, ...rest] = words
    const plain = format === undefined ? null : isPlain(format)
    if (plain === null || /%(?![%sbq])|^-/.test(plain))
      throw new NotJudging('"printf" of no plain text')
    const given = rest.map(word => this.expand(word, state, frame))
    this.print(frame, madeOf(given, null))
    return OK
  }

  private bracket(name: string, words: readonly Word[], state: State, frame: Frame): Status {
    const inner = name === '[' ? words.slice(0, -1) : words
    if (name === '[' && isPlain(words.at(-1)) !== ']') throw new NotJudging('"]" is missing')
    for (const word of inner) checkGlob(word)
    return testOf(
      inner.map(word => ({ value: this.expand(word, state, frame), plain: isPlain(word), word })),
      'single',
    )
  }

  private options(words: readonly Word[], state: State): Status {
    for (let at = 0; at < words.length; at += 1) {
      const option = isPlain(words[at]) ?? ''
      const sign = option[0]
      const letters = option.slice(1)
      if ((sign !== '-' && sign !== '+') || !/^[euxEo]+$/.test(letters))
        throw new NotJudging('"set" with an option that is not known')
      const on = sign === '-'
      const names = Array.from(letters, letter => {
        if (letter !== 'o') return letter
        at += 1
        return isPlain(words[at]) ?? ''
      })
      for (const name of names) {
        if (name === 'e' || name === 'errexit') state.errexit = on
        else if (name === 'u' || name === 'nounset') state.nounset = on
        else if (!['x', 'xtrace', 'pipefail', 'E', 'errtrace'].includes(name))
          throw new NotJudging('"set" with an option that is not known')
      }
    }
    return OK
  }

  /** `export NAME` and `export NAME=text`. */
  private exported(words: readonly Word[], state: State, frame: Frame): Status {
    for (const word of words) {
      const [name, value] = splitAssignment(word)
      if (!/^[A-Za-z_]\w*$/.test(name) || isSpecial(name))
        throw new NotJudging(`it exports ${name.slice(0, 60)}`)
      if (value !== null) this.assign(name, this.expand(value, state, frame), state)
    }
    return OK
  }

  private read(words: readonly Word[], state: State): Status {
    if (state.input === null) throw new NotJudging('"read" of an input that is not told')
    const by = { ...madeOf([state.input], null), json: false }
    decide(by, '"read"')
    for (const word of words) {
      const name = isPlain(word) ?? ''
      if (name === '-r' || name === '-ra') continue
      if (!/^[A-Za-z_]\w*$/.test(name))
        throw new NotJudging('"read" with an option that is not known')
      this.assign(name, by, state)
    }
    return { ok: true, fail: true, by }
  }

  private grep(words: readonly Word[], state: State, frame: Frame): Status {
    if (state.input === null) throw new NotJudging('"grep" in a file')
    let pattern: Value | null = null
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? []
      const plain = isPlain(word)
      if (plain !== null && /^-[qvicEFwxoh]+$/.test(plain)) continue
      if (plain === '--') continue
      const isOption = plain === '-e'
      if (isOption) at += 1
      else if (plain?.startsWith('-') === true)
        throw new NotJudging('"grep" with an option that is not known')
      if (pattern !== null && !isOption) throw new NotJudging('"grep" in a file')
      checkGlob(words[at] ?? [])
      pattern = this.expand(words[at] ?? [], state, frame)
    }
    if (pattern === null) throw new NotJudging('"grep" for nothing')
    const by = madeOf([state.input, pattern], null)
    decide(by, '"grep"')
    this.print(frame, { ...by, json: false })
    return { ok: true, fail: true, by }
  }

  private jq(words: readonly Word[], state: State, frame: Frame): Status {
    const variables = new Map<string, 'needs' | 'plain'>()
    const read: Value[] = []
    let program: string | null = null
    let isInput = true
    const kindOf = (value: Value): 'needs' | 'plain' =>
      value.from.has('needs') ? 'needs' : 'plain'
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? []
      const plain = isPlain(word)
      checkGlob(word)
      if (plain === '--arg' || plain === '--argjson') {
        const value = this.expand(words[at + 2] ?? [], state, frame)
        variables.set(
          isPlain(words[at + 1]) ?? '',
          plain === '--arg' && kindOf(value) === 'needs' ? 'needs' : kindOf(value),
        )
        read.push(value)
        at += 2
      } else if (
        plain !== null &&
        /^(?:-[ercnsjaM]+|--exit-status|--raw-output|--compact-output|--slurp|--null-input)$/.test(
          plain,
        )
      ) {
        if (/^-[a-zA-Z]*n|^--null-input$/.test(plain)) isInput = false
        if (/^-[a-zA-Z]*s|^--slurp$/.test(plain) && state.input?.from.has('needs') === true)
          throw new NotJudging('"jq" of several inputs')
      } else if (plain === null || plain.startsWith('-') || program !== null) {
        throw new NotJudging('"jq" with a file, an option or a program that is not told')
      } else program = plain
    }
    if (isInput && state.input === null) throw new NotJudging('"jq" of a file')
    if (isInput && state.input !== null) read.push(state.input)
    const input = isInput && state.input !== null ? kindOf(state.input) : 'plain'
    if (program === null || !readsResultsOnly(program, input, variables))
      throw new NotJudging('"jq" reads more than results, or more than can be told')
    const by = madeOf(read.map(resultsOf), null)
    decide(by, '"jq"')
    this.print(frame, { ...by, json: true })
    return { ok: true, fail: true, by }
  }
}

const NONE: Redirects = { input: null, discards: false, files: [] }

/** `needs` of which nothing but results was read. */
const resultsOf = (value: Value): Value => ({
  ...value,
  from: new Set<Origin>([...value.from].map(origin => (origin === 'needs' ? 'results' : origin))),
})

const listOf = (given: readonly Value[]): Value['values'] =>
  given.some(({ values }) => values === null) ? null : given.flatMap(({ values }) => values ?? [])

const joinedOut = (one: Value, other: Value): Value => ({ ...madeOf([one, other], null) })

function isQuoted(part: Part): boolean {
  return part.kind === 'expression' ? part.quotes !== 'none' : part.quoted
}

/** Text in which a shell looks for files, or for braces to unfold. */
function checkGlob(word: Word): void {
  const open = word.some(part => part.kind === 'text' && !part.quoted && /[*?[~{]/.test(part.text))
  const plain = isPlain(word)
  if (open && plain !== '[' && plain !== '*') throw new NotJudging('it looks for files')
  if (open && plain === '*') throw new NotJudging('it looks for files')
}

/** `NAME=` and the word behind it; `null` where a word has none. */
function splitAssignment(word: Word): readonly [string, Word | null] {
  let name = ''
  for (const [at, part] of word.entries()) {
    if (part.kind !== 'text') return ['', null]
    if (part.text === '=' && !part.quoted) return [name, word.slice(at + 1)]
    name += part.text
  }
  return [name, null]
}

/** Whatever else a script runs is work, also where nothing seems to lead to it. */
const COMMANDS = new Set(
  (
    ': true false echo printf exit test [ set break continue export read sleep cat grep jq ' +
    'curl gh'
  ).split(' '),
)

function refuseCommand(name: string | null): never {
  const what = name === null ? 'a command whose name is not told' : `it runs ${name.slice(0, 60)}`
  throw new NotJudging(what)
}

/** How a script can end, and whether it asks the server; throws `NotJudging` where it works. */
export function runScript(
  text: string,
  facts: ScriptFacts,
): { readonly exits: readonly Status[]; readonly polls: boolean } {
  const list = readScript(text)
  if (typeof list === 'string') throw new NotJudging(`its script is not understood: ${list}`)
  for (const name of commandsIn(list)) if (name === null || !COMMANDS.has(name)) refuseCommand(name)
  const run = new Run(facts)
  return { exits: run.script(list), polls: run.polls }
}
