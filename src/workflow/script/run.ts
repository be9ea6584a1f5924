import type { Chain, Command, List, Pipeline, Redirects } from './syntax.js'
import { commandsIn, isPlain } from './syntax.js'
import { COMMANDS, refuseCommand } from './builtins.js'
import { Flow } from './flow.js'
import { readScript } from './reader.js'
import type { Frame, ScriptFacts, State, Status } from './state.js'
import { OK, copy, mergeInto } from './state.js'
import { testOf } from './test-command.js'
import type { Value } from '../value.js'
import { NotJudging, decide, literal, madeOf } from '../value.js'

/** More commands than this are not followed. */
const MAX_COMMANDS = 20_000

class Run extends Flow {
  private commands = 0

  /** Runs a whole script; how it can end. */
  script(list: List): readonly Status[] {
    const { env, guard } = this.facts
    const state: State = {
      vars: new Map(env),
      guard,
      errexit: true,
      goesOn: false,
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

  protected list(list: List, state: State, frame: Frame, checked: boolean): Status {
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
      const inner = { ...copy(state), input, goesOn: true }
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

  /** What a command's failure does where nothing asks for it: it ends the shell. */
  private errexit(status: Status, state: State, frame: Frame): Status {
    if (!state.errexit || !status.fail) return status
    frame.exits.push({ ok: false, fail: true, by: madeOf([status.by, state.guard], null) })
    state.guard = madeOf([state.guard, status.by], null)
    if (state.goesOn) return status
    if (!status.ok) state.alive = false
    return { ...status, fail: false }
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
        return testOf(words, 'double', this.facts.everyWay)
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
