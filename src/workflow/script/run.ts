import type { AndOr, CommandNode, Pipeline, PipelineNode, Redirection, Statement } from 'unbash'
import type { Value } from '../value.js'
import { NotJudging, knownTexts, literal, madeOf } from '../value.js'
import { arithmetic } from './arithmetic.js'
import { isScriptCommand, simple } from './commands.js'
import { choice, conditional, loop, repeated, ways } from './flow.js'
import { checkReaders } from './pipes.js'
import type { ScriptFacts, ScriptState, Status, Walk } from './state.js'
import { OK, inSubshell, exitScript } from './state.js'
import { outputOf, readScript } from './syntax.js'
import { testOf } from './test-command.js'
import { document, expand } from './words.js'

/** More commands than this are not followed. */
const MAX_COMMANDS = 20_000

/**
 * Every way through a script is followed, by what is known of its values. `checked`: does a failure
 * of the command end the shell where `-e` is set?
 */
class ScriptWalk implements Walk {
  polls = false
  substituted: Status | null = null
  readonly facts: ScriptFacts
  private commands = 0

  constructor(facts: ScriptFacts) {
    this.facts = facts
  }

  /** Runs a whole script; how it can end. */
  script(statements: readonly Statement[]): readonly Status[] {
    const { env, guard } = this.facts
    const shell: ScriptState = {
      walk: this,
      vars: new Map(env),
      guard,
      errexit: true,
      nounset: false,
      goesOn: false,
      alive: true,
      input: null,
      last: literal(0),
      ended: OK,
      exits: [],
      breaks: null,
      out: [],
    }
    const status = this.list(statements, shell, true)
    if (shell.alive) exitScript(shell, status)
    return shell.exits
  }

  list(statements: readonly Statement[], shell: ScriptState, checked: boolean): Status {
    let status = OK
    for (const { command } of statements) {
      if (!shell.alive) break
      status =
        command.type === 'AndOr'
          ? this.andOr(command, shell, checked)
          : this.pipeline(command, shell, checked)
    }
    return status
  }

  private andOr({ commands, operators }: AndOr, shell: ScriptState, checked: boolean): Status {
    let status = OK
    for (const [at, command] of commands.entries()) {
      const operator = operators[at - 1]
      const isLast = at === commands.length - 1
      const go = (branch: ScriptState): Status => this.pipeline(command, branch, checked && isLast)
      if (operator === undefined) {
        status = go(shell)
        continue
      }
      const { ok, fail, by } = status
      const [runs, skips] = operator === '&&' ? [ok, fail] : [fail, ok]
      if (!runs || !shell.alive) continue
      const skipped = { ok: operator === '||', fail: operator === '&&', by }
      const { guard } = shell
      status = ways(shell, [{ by, go }, ...(skips ? [{ by, go: () => skipped }] : [])])
      if (skips) shell.guard = guard
      shell.last = { ...status.by, values: null }
      shell.ended = status
    }
    return status
  }

  private pipeline(node: PipelineNode, shell: ScriptState, checked: boolean): Status {
    const { prefixes, commands }: Pick<Pipeline, 'prefixes' | 'commands'> =
      node.type === 'Pipeline' ? node : { prefixes: [], commands: [node] }
    const negated = prefixes.length > 0
    const [only, ...more] = commands
    if (only === undefined) return OK
    const ends = checked && !negated
    const status =
      more.length === 0
        ? this.command(only, shell, ends)
        : this.errexit(this.piped(commands, shell), shell, ends)
    shell.last = { ...status.by, values: null }
    const ended = negated ? { ok: status.fail, fail: status.ok, by: status.by } : status
    shell.ended = ended
    return ended
  }

  /** Each command of a pipeline runs in a shell of its own, and reads what the last one printed. */
  private piped(commands: readonly CommandNode[], shell: ScriptState): Status {
    checkReaders(commands)
    let { input } = shell
    let status = OK
    let last: Value | null = null
    for (const command of commands) {
      const { ok, fail, by, out } = inSubshell({ ...shell, input }, inner =>
        this.command(command, inner, shell.errexit),
      )
      status = { ok, fail: status.fail || fail, by: madeOf([status.by, by], null) }
      last = out
      input = out ?? literal('')
    }
    if (last !== null) shell.out.push(last)
    return status
  }

  /** What a command's failure does where nothing asks for it: it ends the shell. */
  private errexit(status: Status, shell: ScriptState, checked: boolean): Status {
    if (!checked || !shell.errexit || !status.fail) return status
    exitScript(shell, { ok: false, fail: true, by: status.by })
    shell.guard = madeOf([shell.guard, status.by], null)
    if (shell.goesOn) return status
    if (!status.ok) shell.alive = false
    return { ...status, fail: false }
  }

  private command(command: CommandNode, shell: ScriptState, checked: boolean): Status {
    this.commands += 1
    if (this.commands > MAX_COMMANDS) throw new NotJudging('its script takes too long to follow')
    switch (command.type) {
      case 'Redirected':
        return this.redirected(command.redirects, shell, () =>
          this.command(command.command, shell, checked),
        )
      case 'Command': {
        const go = (): Status => simple(command, shell)
        return this.errexit(this.redirected(command.redirects, shell, go), shell, checked)
      }
      case 'TestCommand':
        return this.errexit(testOf(command.expression, shell), shell, checked)
      case 'ArithmeticCommand': {
        const by = arithmetic(command.body, shell)
        const { yes, no } = this.facts.everyWay ? { yes: true, no: true } : truthOfNumber(by)
        return this.errexit({ ok: yes, fail: no, by: { ...by, values: null } }, shell, checked)
      }
      case 'BraceGroup':
        return this.list(command.body.commands, shell, checked)
      case 'If':
        return conditional([command, ...command.elif], command.else, shell, checked)
      case 'For':
        return loop(command, shell, checked)
      case 'While':
        return repeated(command, shell, checked)
      case 'Case':
        return choice(command, shell, checked)
      case 'ArithmeticFor':
      case 'Coproc':
      case 'Function':
      case 'Select':
      case 'Subshell':
        throw new NotJudging(`its script is not understood: ${command.type}`)
    }
  }

  /** Runs a command with its input and output led elsewhere. */
  private redirected(
    redirects: readonly Redirection[],
    shell: ScriptState,
    go: () => Status,
  ): Status {
    const { input, out } = shell
    const inputs = redirects.filter(({ type }) => type !== 'Redirect')
    if (inputs.length > 1) throw new NotJudging('its script is not understood: two inputs')
    let away = false
    for (const one of redirects) {
      if (one.type === 'HereDoc') shell.input = document(one, shell)
      else if (one.type === 'HereString' && one.target)
        shell.input = expand(one.target, shell, 'text')
      else if (one.type === 'Redirect') {
        const to = outputOf(one)
        if (to === 'errors' && !away) throw new NotJudging('it reads the error output')
        if (to !== 'log') continue
        shell.out = []
        away = true
      }
    }
    const status = go()
    Object.assign(shell, { input, out })
    return status
  }
}

/** A number of a shell is a text here. */
const truthOfNumber = (by: Value): { readonly yes: boolean; readonly no: boolean } => ({
  yes: knownTexts(by)?.some(text => text !== '0') ?? true,
  no: knownTexts(by)?.includes('0') ?? true,
})

/** How a script can end, and whether it asks the server; throws `NotJudging` where it works. */
export function runScript(
  text: string,
  facts: ScriptFacts,
  isPosix = false,
): { readonly exits: readonly Status[]; readonly polls: boolean } {
  const { commands } = readScript(text, isScriptCommand, isPosix)
  const run = new ScriptWalk(facts)
  return { exits: run.script(commands), polls: run.polls }
}
