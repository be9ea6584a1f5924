import type {
  AndOr,
  Assignment,
  Case,
  Command,
  CommandNode,
  For,
  If,
  ParsedScript,
  PipelineNode,
  Redirection,
  Statement,
  While,
} from 'unbash'
import { outputOf } from '../../../../workflow/script/syntax.js'
import { unknown } from '../unknown.js'
import { counted } from './arithmetic.js'
import { SHELL_COMMANDS } from './commands.js'
import type { Shell } from './state.js'
import { Exit, LoopJump, inside, shellVariable, short, spend, knownText } from './state.js'
import { isTrueTest } from './tests.js'
import type { Words } from './words.js'
import { matchesWhole } from './pattern.js'
import { wordsIn } from './words.js'

const substitute = (script: ParsedScript, shell: Shell): string => {
  // bash goes on in a substitution, whatever fails there.
  const inner = { ...inside(shell, null), errexit: false }
  shell.last = own(() => runList(script.commands, inner, true))
  return inner.out
}

const wordsOf = (shell: Shell): Words => wordsIn(shell, substitute)

/** Runs in a shell of its own, whose exit is its status. */
export function own(go: () => number): number {
  try {
    return go()
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    return error.code
  }
}

/** `checked`: does a failure of the last command end the shell where `-e` is set? */
export function runList(statements: readonly Statement[], shell: Shell, checked: boolean): number {
  let status = 0
  for (const { command } of statements) {
    status =
      command.type === 'AndOr' ? andOr(command, shell, checked) : pipeline(command, shell, checked)
    shell.last = status
  }
  return status
}

function andOr({ commands, operators }: AndOr, shell: Shell, checked: boolean): number {
  let status = 0
  for (const [at, command] of commands.entries()) {
    const operator = operators[at - 1]
    if (operator === '&&' && status !== 0) continue
    if (operator === '||' && status === 0) continue
    status = pipeline(command, shell, checked && at === commands.length - 1)
    shell.last = status
  }
  return status
}

function pipeline(node: PipelineNode, shell: Shell, checked: boolean): number {
  const commands = node.type === 'Pipeline' ? node.commands : [node]
  const negated = node.type === 'Pipeline' && node.prefixes.length > 0
  const ends = checked && !negated
  const [only, ...more] = commands
  if (only === undefined) return 0
  const status = more.length === 0 ? command(only, shell, ends) : piped(commands, shell)
  if (negated) return status === 0 ? 1 : 0
  if (status !== 0 && ends && shell.errexit) throw new Exit(status)
  return status
}

function piped(commands: readonly CommandNode[], shell: Shell): number {
  let { input } = shell
  const codes = commands.map(one => {
    const inner = inside(shell, input)
    const code = own(() => command(one, inner, true))
    input = inner.out
    return code
  })
  shell.out += input ?? ''
  const failed = shell.pipefail ? codes.findLast(code => code !== 0) : undefined
  return failed ?? codes.at(-1) ?? 0
}

function command(node: CommandNode, shell: Shell, checked: boolean): number {
  spend(shell)
  switch (node.type) {
    case 'Redirected':
      return redirected(node.redirects, shell, () => command(node.command, shell, checked))
    case 'Command':
      return redirected(node.redirects, shell, () => simple(node, shell))
    case 'TestCommand':
      return isTrueTest(node.expression, wordsOf(shell)) ? 0 : 1
    case 'ArithmeticCommand':
      if (node.expression === undefined) return unknown('arithmetic that is not understood')
      return counted(node.expression, shell) === 0 ? 1 : 0
    case 'BraceGroup':
      return runList(node.body.commands, shell, checked)
    case 'If':
      return conditional(node, shell, checked)
    case 'For':
      return loop(node, shell, checked)
    case 'While':
      return repeated(node, shell, checked)
    case 'Case':
      return choice(node, shell, checked)
    case 'ArithmeticFor':
    case 'Coproc':
    case 'Function':
    case 'Select':
    case 'Subshell':
      return unknown(`its script is not understood: ${node.type}`)
  }
}

function conditional(node: If, shell: Shell, checked: boolean): number {
  for (const { clause, then } of [node, ...node.elif])
    if (runList(clause.commands, shell, false) === 0) return runList(then.commands, shell, checked)
  return node.else === undefined ? 0 : runList(node.else.commands, shell, checked)
}

/** One round of a loop; is it the last one? */
function round(go: () => void): boolean {
  try {
    go()
    return false
  } catch (error) {
    if (!(error instanceof LoopJump)) throw error
    return error.ends
  }
}

function loop({ name, wordlist = [], body }: For, shell: Shell, checked: boolean): number {
  let status = 0
  for (const word of wordlist.flatMap(one => wordsOf(shell).fields(one))) {
    shell.vars.set(name.text, word)
    const ends = round(() => {
      status = 0
      status = runList(body.commands, shell, checked)
    })
    if (ends) break
  }
  return status
}

function repeated({ kind, clause, body }: While, shell: Shell, checked: boolean): number {
  let status = 0
  for (;;) {
    spend(shell)
    const goes = (runList(clause.commands, shell, false) === 0) === (kind === 'while')
    if (!goes) return status
    const ends = round(() => {
      status = runList(body.commands, shell, checked)
    })
    if (ends) return 0
  }
}

function choice({ word, items }: Case, shell: Shell, checked: boolean): number {
  const words = wordsOf(shell)
  const text = knownText(words.text(word))
  for (const { pattern, body } of items)
    if (pattern.some(one => matchesWhole(knownText(words.pattern(one)), text)))
      return runList(body.commands, shell, checked)
  return 0
}

/** Entries of a list beyond this are not followed. */
const MOST_ENTRIES = 10_000

function assigned({ name, append, value }: Assignment, shell: Shell): void {
  const words = wordsOf(shell)
  if (value.type === 'ArrayValue') {
    const given = value.elements.flatMap(one => words.fields(one))
    const old = append === true ? [shellVariable(name, shell) ?? []].flat() : []
    const list = [...old, ...given]
    shell.vars.set(name, list.length > MOST_ENTRIES ? unknown('too long a list') : list)
    return
  }
  const text = words.text(value)
  const old = append === true ? (shellVariable(name, shell) ?? '') : ''
  shell.vars.set(
    name,
    typeof old === 'string' ? short(old + text) : unknown('a text added to a list'),
  )
}

function simple({ name, prefix, args }: Command, shell: Shell): number {
  const words = wordsOf(shell)
  const given = prefix.filter(one => one.type === 'Assignment')
  if (name === undefined) {
    shell.last = 0
    for (const one of given) assigned(one, shell)
    return shell.last
  }
  const [first = '', ...more] = words.fields(name)
  if (first === 'export') {
    for (const one of args) if (one.type === 'Assignment') assigned(one, shell)
    return 0
  }
  const run = SHELL_COMMANDS.get(first)
  if (run === undefined) return unknown(`it runs ${first.slice(0, 60)}`)
  const ifs = shell.vars.get('IFS')
  for (const one of given) assigned(one, shell)
  const status = run(
    [...more, ...args.flatMap(one => (one.type === 'Word' ? words.fields(one) : [one.text]))],
    shell,
    first,
  )
  if (given.length > 0) {
    if (ifs === undefined) shell.vars.delete('IFS')
    else shell.vars.set('IFS', ifs)
  }
  return status
}

/** Runs with input and output led elsewhere: what goes to the log or the summary nobody reads. */
function redirected(redirects: readonly Redirection[], shell: Shell, go: () => number): number {
  const { input, out } = shell
  const words = wordsOf(shell)
  let away = false
  for (const one of redirects) {
    if (one.type === 'HereDoc')
      shell.input = one.body.parts === undefined ? one.body.text : words.document(one.body)
    else if (one.type === 'HereString' && one.target) shell.input = `${words.text(one.target)}\n`
    else if (one.type === 'Redirect') away ||= outputOf(one) === 'log'
  }
  const isFed = redirects.some(({ type }) => type !== 'Redirect')
  try {
    return go()
  } finally {
    if (isFed) shell.input = input
    if (away) shell.out = out
  }
}
