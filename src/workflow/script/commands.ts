import type { Assignment, Command, CommandArgument } from 'unbash'
import type { Value } from '../value.js'
import {
  requireJudgeable,
  from,
  concatenated,
  literal,
  madeOf,
  notJudging,
  knownTexts,
  shapeOf,
  shaped,
} from '../value.js'
import type { ScriptCommand } from './command.js'
import { expandedWords, tells } from './command.js'
import { jq } from './jq-command.js'
import { CURL, GH, faultOf } from './poll.js'
import type { ScriptState, Status } from './state.js'
import { OK, assign, copy, isSpecial, exitScript, scriptVariable } from './state.js'
import { VARIABLE_NAME, plainText } from './syntax.js'
import { bracketOf } from './test-command.js'
import { argument, expand, isOneWord, isSplit, listValue } from './words.js'

const nothing: ScriptCommand = (words, shell) => {
  expandedWords(words, shell)
  return OK
}

/** Known where each word is one word of the shell, and the first is no option. */
const echo: ScriptCommand = (words, shell) => {
  const texts = expandedWords(words, shell)
  const isTold = words.every((word, at) => !isSplit(word) || isOneWord(texts[at]))
  const joined = texts
    .flatMap((text, at) => (at === 0 ? [text] : [literal(' '), text]))
    .reduce(concatenated, literal(''))
  const isOption = knownTexts(joined)?.some(text => text.startsWith('-')) === true
  const shape = isOption ? null : shapeOf(joined)
  shell.out.push(isTold && !isOption ? joined : shaped(madeOf([joined], null), shape))
  return OK
}

const printf: ScriptCommand = ([format, ...rest], shell) => {
  const plain = plainText(format)
  if (plain === null || /%(?![%sbq])|^-/.test(plain)) notJudging('"printf" of no plain text')
  const values = expandedWords(rest, shell)
  const [only, ...more] = values
  const isPlain = /^%s(?:\\n)?$/.test(plain ?? '') && only !== undefined && more.length === 0
  shell.out.push(isPlain ? only : madeOf(values, null))
  return OK
}

const exit: ScriptCommand = ([word, ...more], shell) => {
  if (more.length > 0) notJudging('"exit" with two numbers')
  const value = word === undefined ? shell.last : expand(word, shell)
  requireJudgeable(value, '"exit"')
  const codes = knownTexts(value)
  if (codes?.some(code => !/^\d{1,3}$/.test(code)) === true) notJudging('"exit" with no number')
  // A shell ends with the last eight bits of the number.
  const isGreen = (code: string): boolean => Number(code) % 256 === 0
  const isLast = word === undefined || /^("?)\$(?:\?|\{\?\})\1$/.test(word.text)
  const { ok, fail } = isLast && !shell.walk.facts.everyWay ? shell.ended : { ok: true, fail: true }
  exitScript(shell, {
    ok: codes === null ? ok : codes.some(isGreen),
    fail: codes === null ? fail : !codes.every(isGreen),
    by: value,
  })
  shell.alive = false
  return { ok: false, fail: false, by: value }
}

const bracket: ScriptCommand = (words, shell, name) => {
  if (name === 'test') return bracketOf(words, shell)
  if (plainText(words.at(-1)) !== ']') notJudging('"]" is missing')
  return bracketOf(words.slice(0, -1), shell)
}

/** `set -e`, `set -euo pipefail`: of the options, those that change how a script ends. */
const set: ScriptCommand = (words, shell) => {
  const names = words.map(plainText)
  if (names.length === 0) notJudging('"set" prints all variables')
  while (names.length > 0) {
    const [, sign, letters = ''] = /^([-+])([euxEo]+)$/.exec(names.shift() ?? '') ?? []
    if (sign === undefined) notJudging('"set" with an option that is not known')
    for (const letter of letters) {
      const option = letter === 'o' ? names.shift() : letter
      if (option === 'e' || option === 'errexit') shell.errexit = sign === '-'
      else if (option === 'u' || option === 'nounset') shell.nounset = sign === '-'
      else if (!['x', 'xtrace', 'pipefail', 'E', 'errtrace'].includes(option ?? ''))
        notJudging('"set" with an option that is not known')
    }
  }
  return OK
}

/** `break` and `continue`: after either anything of the loop may run, or what follows it. */
const leaveLoop: ScriptCommand = (words, shell, name) => {
  if (words.length > 0 || shell.breaks === null) return notJudging(`"${name}" out of a loop`)
  shell.breaks.push(copy(shell))
  shell.alive = false
  return OK
}

/** `read` of an input that is told: it fails at its end. */
const read: ScriptCommand = (words, shell) => {
  if (shell.input === null) return notJudging('"read" of an input that is not told')
  const by = madeOf([shell.input], null)
  requireJudgeable(by, '"read"')
  const given = shapeOf(shell.input)
  const shape = given === 'json' ? null : given
  for (const word of words) {
    const name = plainText(word) ?? ''
    if (name === '-r' || name === '-ra') continue
    if (!VARIABLE_NAME.test(name)) notJudging('"read" with an option that is not known')
    assign(name, shaped(by, shape), shell)
  }
  return { ok: true, fail: true, by }
}

const sleep: ScriptCommand = words =>
  words.length > 0 && words.every(word => /^\d+(?:\.\d+)?[smh]?$/.test(plainText(word) ?? ''))
    ? OK
    : notJudging('"sleep" for a time that is not told')

const cat: ScriptCommand = (words, shell) => {
  if (words.length > 0 || shell.input === null) return notJudging('"cat" of a file')
  shell.out.push(shell.input)
  return OK
}

const grep: ScriptCommand = (words, shell) => {
  if (shell.input === null) return notJudging('"grep" in a file')
  const rest = [...words]
  let pattern: Value | null = null
  let counts = false
  let isByOption = false
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const plain = plainText(word)
    if (/^-[qvicEFwxoh]+$/.test(plain ?? '')) {
      counts ||= plain?.includes('c') === true
      continue
    }
    const isOption = plain === '-e'
    if (!isOption && plain?.startsWith('-') === true)
      notJudging('"grep" with an option that is not known')
    // Behind a pattern by option, whatever else is no option is a file.
    if (pattern !== null && (!isOption || !isByOption)) notJudging('"grep" in a file')
    isByOption = isOption
    const given = isOption ? rest.shift() : word
    if (given === undefined) return notJudging('"grep" for nothing')
    const value = argument(given, shell)
    const texts = knownTexts(value)
    const isTold = texts?.every(text => !text.startsWith('-')) ?? value.shape === 'word'
    if (!isOption && !isTold) notJudging('"grep" for what may be an option')
    pattern = pattern === null ? value : madeOf([pattern, value], null)
  }
  if (pattern === null) return notJudging('"grep" for nothing')
  const by = madeOf([shell.input, pattern], null)
  requireJudgeable(by, '"grep"')
  return tells(by, shell, counts ? 'number' : null)
}

/** `curl` and `gh api`: they ask the server for the statuses of this commit, and nothing else. */
const ask: ScriptCommand = (words, shell, name) => {
  const { walk } = shell
  const isGh = name === 'gh'
  if (isGh && !walk.facts.gh) notJudging('gh asks another server than this one')
  if (isGh && plainText(words[0]) !== 'api')
    notJudging(`it runs gh ${plainText(words[0]) ?? ''}`.trim())
  const given = isGh ? words.slice(1) : words
  const args = given.map(word => ({ plain: plainText(word), value: argument(word, shell) }))
  const fault = faultOf(args, isGh ? GH : CURL)
  if (fault !== null) notJudging(`it runs ${name} ${fault}`)
  walk.polls = true
  return tells(from('statuses', 'statuses of this commit'), shell)
}

/** Whatever else a script runs is work, also where nothing seems to lead to it. */
const SCRIPT_COMMANDS: ReadonlyMap<string, ScriptCommand> = new Map<string, ScriptCommand>([
  [':', nothing],
  ['true', nothing],
  [
    'false',
    (words, shell) => {
      expandedWords(words, shell)
      return { ok: false, fail: true, by: literal() }
    },
  ],
  ['echo', echo],
  ['printf', printf],
  ['exit', exit],
  ['test', bracket],
  ['[', bracket],
  ['set', set],
  ['break', leaveLoop],
  ['continue', leaveLoop],
  ['read', read],
  ['sleep', sleep],
  ['cat', cat],
  ['grep', grep],
  ['jq', jq],
  ['curl', ask],
  ['gh', ask],
])

export const isScriptCommand = (name: string): boolean =>
  SCRIPT_COMMANDS.has(name) || name === 'export'

/** Sets a variable, or adds to it; a list is one value, whatever of it is read later. */
function assigned({ name, append, value }: Assignment, shell: ScriptState): void {
  const isList = value.type === 'ArrayValue'
  const given = isList ? listValue(value.elements, shell) : expand(value, shell, 'text')
  const whole = append === true ? madeOf([scriptVariable(name, shell), given], null) : given
  assign(name, whole, shell)
}

/** `export NAME` and `export NAME=text`. */
function exported(args: readonly CommandArgument[], shell: ScriptState): Status {
  if (args.length === 0) notJudging('"export" prints all variables')
  for (const one of args) {
    const name = one.type === 'Word' ? one.text : one.name
    if (!VARIABLE_NAME.test(name) || isSpecial(name)) notJudging(`it exports ${name.slice(0, 60)}`)
    if (one.type === 'Assignment') assigned(one, shell)
  }
  return OK
}

/** A command by its name, or assignments alone: these end as the last `$(...)` in them. */
export function simple({ name, prefix, args }: Command, shell: ScriptState): Status {
  const { walk } = shell
  if (name === undefined) {
    walk.substituted = null
    for (const one of prefix) if (one.type === 'Assignment') assigned(one, shell)
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
    return walk.substituted ?? OK
  }
  const plain = plainText(name) ?? ''
  if (plain === 'export') return exported(args, shell)
  const words = args.filter(one => one.type === 'Word')
  const run = SCRIPT_COMMANDS.get(plain)
  return run === undefined ? notJudging(`it runs ${plain.slice(0, 60)}`) : run(words, shell, plain)
}
