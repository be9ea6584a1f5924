import { unknown } from '../unknown.js'
import { isTrueBracket } from './tests.js'
import { jqCommand } from './jq-command.js'
import type { Shell } from './state.js'
import { regexFor } from './pattern.js'
import { Exit, LoopJump, knownText } from './state.js'

/** Runs a command with its words; its exit status. */
type ShellCommand = (words: readonly string[], shell: Shell, name: string) => number

const VARIABLE_NAME = /^[A-Za-z_]\w*$/

const echo: ShellCommand = (words, shell) => {
  const flags = words.findIndex(word => !/^-[neE]+$/.test(word))
  const rest = flags === -1 ? [] : words.slice(flags)
  const isOpen = words.slice(0, flags === -1 ? undefined : flags).some(one => one.includes('n'))
  shell.out += rest.join(' ') + (isOpen ? '' : '\n')
  return 0
}

const printf: ShellCommand = ([format = '', ...rest], shell) => {
  let at = 0
  const written = (): string =>
    format
      .replace(/%([sbdq%])/g, (_, kind: string) => (kind === '%' ? '%' : (rest[at++] ?? '')))
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t')
  if (/%(?![sbdq%])/.test(format)) return unknown('"printf" that is not understood')
  do shell.out += written()
  while (at > 0 && at < rest.length)
  return 0
}

const exit: ShellCommand = ([word], shell) => {
  const code = word === undefined ? shell.last : Number(knownText(word))
  if (!Number.isInteger(code)) return unknown('"exit" with no number')
  throw new Exit(code & 255)
}

const set: ShellCommand = (words, shell) => {
  const names = [...words]
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const [, sign, letters = ''] = /^([-+])([euxEo]+)$/.exec(name) ?? []
    if (sign === undefined) return unknown('"set" with an option that is not known')
    for (const letter of letters) {
      const option = letter === 'o' ? names.shift() : letter
      if (option === 'e' || option === 'errexit') shell.errexit = sign === '-'
      if (option === 'u' || option === 'nounset') shell.nounset = sign === '-'
      if (option === 'pipefail') shell.pipefail = sign === '-'
    }
  }
  return 0
}

/** `read`: one line of its input, in words. */
const read: ShellCommand = (words, shell) => {
  if (shell.input === null) return unknown('"read" of an input that is not told')
  const names = words.filter(word => !word.startsWith('-'))
  const isList = words.some(word => /^-\w*a/.test(word))
  if (shell.input === '') return 1
  const [line = '', ...more] = shell.input.split('\n')
  const isWhole = more.length > 0
  shell.input = more.join('\n')
  const ifs = shell.vars.get('IFS')
  const separator = typeof ifs === 'string' && ifs !== '' ? ifs : ' \t'
  const at = new RegExp(`[${separator.replace(/[\\\]^-]/g, '\\$&')}]+`)
  const pieces = ifs === '' ? [line] : line.trim().split(at)
  const [first] = names
  if (first === undefined || !names.every(name => VARIABLE_NAME.test(name)))
    return unknown('"read" of this')
  if (isList) shell.vars.set(first, pieces)
  else
    for (const [index, name] of names.entries())
      shell.vars.set(
        name,
        index < names.length - 1 ? (pieces[index] ?? '') : pieces.slice(index).join(' '),
      )
  return isWhole ? 0 : 1
}

const cat: ShellCommand = (words, shell) => {
  if (words.length > 0 || shell.input === null) return unknown('"cat" of a file')
  shell.out += shell.input
  return 0
}

interface Grep {
  readonly patterns: readonly string[]
  readonly flags: string
}

function grepOf(words: readonly string[]): Grep {
  const rest = [...words]
  const patterns: string[] = []
  let flags = ''
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const isPattern = word === '-e'
    if (/^-[qvicEFwxoh]+$/.test(word)) flags += word
    else if (isPattern || (!word.startsWith('-') && patterns.length === 0))
      patterns.push(isPattern ? (rest.shift() ?? '') : word)
    else return unknown('"grep" with an option or a file')
  }
  return { patterns, flags }
}

/** A pattern of grep as one of JavaScript. */
function regexOf(pattern: string, flags: string): string {
  if (flags.includes('F')) return pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (/\[\[:|\\[<>wbW]/.test(pattern)) return unknown('a pattern that is not understood')
  // Without -E what means something is escaped, and what is not is plain.
  return flags.includes('E')
    ? pattern
    : pattern.replace(/\\([|+?(){}])|[|+?(){}]/g, (found, escaped?: string) =>
        escaped === undefined ? `\\${found}` : escaped,
      )
}

const grep: ShellCommand = (words, shell) => {
  if (shell.input === null) return unknown('"grep" in a file')
  const { patterns, flags } = grepOf(words)
  const source = patterns
    .flatMap(pattern => knownText(pattern).split('\n'))
    .map(pattern => {
      const one = regexOf(pattern, flags)
      return flags.includes('x') ? `^(?:${one})$` : flags.includes('w') ? `\\b(?:${one})\\b` : one
    })
    .join('|')
  const lines = knownText(shell.input).replace(/\n$/, '').split('\n')
  const longest = Math.max(...lines.map(({ length }) => length))
  const regex = regexFor(source, longest, flags.includes('i') ? 'i' : '')
  const all = shell.input === '' ? [] : lines
  const found = all.filter(line => regex.test(line) !== flags.includes('v'))
  if (flags.includes('c')) shell.out += `${found.length}\n`
  else if (flags.includes('o'))
    shell.out += found.map(line => `${regex.exec(line)?.[0] ?? ''}\n`).join('')
  else if (!flags.includes('q')) shell.out += found.map(line => `${line}\n`).join('')
  return found.length > 0 ? 0 : 1
}

const bracket: ShellCommand = (words, _, name) => {
  if (name === '[' && words.at(-1) !== ']') return unknown('"]" is missing')
  return isTrueBracket(name === '[' ? words.slice(0, -1) : words) ? 0 : 1
}

const jumpLoop: ShellCommand = (words, _, name) => {
  if (words.length > 0) return unknown(`"${name}" out of several loops`)
  throw new LoopJump(name === 'break')
}

const asksServer: ShellCommand = (_, __, name) => unknown(`${name} asks a server`)

/** The commands that are followed: those that the classifier knows to be harmless. */
export const SHELL_COMMANDS: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  [':', () => 0],
  ['true', () => 0],
  ['false', () => 1],
  ['sleep', () => 0],
  ['echo', echo],
  ['printf', printf],
  ['exit', exit],
  ['test', bracket],
  ['[', bracket],
  ['set', set],
  ['break', jumpLoop],
  ['continue', jumpLoop],
  ['read', read],
  ['cat', cat],
  ['grep', grep],
  ['jq', jqCommand],
  ['curl', asksServer],
  ['gh', asksServer],
])
