import type { HereDoc, ParameterExpansionPart, Word, WordPart } from 'unbash'
import type { Shape, Value } from '../value.js'
import {
  NotJudging,
  either,
  from,
  concatenated,
  literal,
  madeOf,
  knownTexts,
  shapeOf,
  shaped,
  widestShape,
} from '../value.js'
import { arithmetic } from './arithmetic.js'
import type { ScriptState, Status } from './state.js'
import { OK, fromRunner, inSubshell, scriptVariable } from './state.js'
import { EXPRESSION_MARK, JSON_EXPRESSION, arithmeticText } from './syntax.js'

const none = literal('')

/** A text, with the values of the expressions in it. */
const textValue = (text: string, { walk }: ScriptState): Value =>
  text
    .split(new RegExp(`(${EXPRESSION_MARK.source})`))
    .map(piece => walk.facts.marks.get(piece) ?? literal(piece))
    .reduce(concatenated, none)

/** The value of a variable, with what is done to it. */
function parameter(part: ParameterExpansionPart, shell: ScriptState): Value {
  const { parameter: name, prefix, operation, index } = part
  const own = variableValue(name, shell, operation?.type !== 'Default')
  // All of a list: its texts are not told one by one.
  const value =
    index === undefined ? own : shaped(madeOf([own], null), widestShape([shapeOf(own), 'words']))
  if (operation === undefined)
    return prefix === undefined ? value : shaped(madeOf([value], null), 'number')
  switch (operation.type) {
    case 'Default':
      return either(value, perhaps(operation.operand, shell))
    case 'Replace':
      return changedValue(value, [operation.pattern, operation.replacement], shell)
    case 'Remove':
    case 'CaseModification':
      return shaped(
        changedValue(value, operation.operand === undefined ? [] : [operation.operand], shell),
        keptShape(value),
      )
    case 'Names':
    case 'Slice':
    case 'Transform':
    case 'Unknown':
      throw new NotJudging(`a change of $${name} that is not understood`)
  }
}

/** A part of it, or the same in other letters. */
function keptShape(value: Value): Shape | null {
  const shape = shapeOf(value)
  return shape === 'json' ? null : shape
}

/** A word that perhaps nothing asks for: then no substitution in it says how a command ends. */
function perhaps(word: Word, shell: ScriptState): Value {
  const { walk } = shell
  const before = walk.substituted
  walk.substituted = null
  const value = expand(word, shell, 'text')
  const after = (walk.substituted as Status | null) ?? null
  const one = before ?? OK
  walk.substituted =
    after === null
      ? before
      : {
          ok: one.ok || after.ok,
          fail: one.fail || after.fail,
          by: madeOf([one.by, after.by], null),
        }
  return value
}

const changedValue = (value: Value, by: readonly Word[], shell: ScriptState): Value =>
  madeOf([value, ...by.map(word => expand(word, shell, 'pattern'))], null)

function variableValue(name: string, shell: ScriptState, isAsked = true): Value {
  const isSet = shell.vars.has(name) || name === '?' || fromRunner(name).from.has('own')
  if (shell.nounset && !isSet && isAsked)
    throw new NotJudging(`$${name} may be unset, which ends the script`)
  return scriptVariable(name, shell)
}

/**
 * Letters outside of quotes may stand for files or a home, except in a pattern; what is put into a
 * word of a command, too, but not into a text that is no such word.
 */
type Place = 'word' | 'text' | 'pattern' | 'quoted'

function partValue(part: WordPart, shell: ScriptState, place: Place): Value {
  const value = ownValue(part, shell, place)
  if (place !== 'word' || !EXPANSION.test(part.type)) return value
  const shape = shapeOf(value)
  return shape === null || shape === 'json'
    ? madeOf([from('other', 'the names of files'), value], null)
    : value
}

const EXPANSION = /^(?:Simple|Parameter|Arithmetic|Command)Expansion$/

function ownValue(part: WordPart, shell: ScriptState, place: Place): Value {
  switch (part.type) {
    case 'Literal':
      if (place === 'quoted') return textValue(part.value, shell)
      if (part.text.includes('~')) return from('other', 'the name of a home')
      return place !== 'pattern' && /[[{]/.test(part.text)
        ? from('other', 'the names of files')
        : textValue(part.value, shell)
    case 'SingleQuoted':
      return textValue(part.value, shell)
    case 'DoubleQuoted':
      return part.parts.map(one => partValue(one, shell, 'quoted')).reduce(concatenated, none)
    case 'SimpleExpansion':
      return variableValue(part.text.slice(1), shell)
    case 'ParameterExpansion':
      return parameter(part, shell)
    case 'ArithmeticExpansion':
      return arithmetic(arithmeticText(part), shell)
    case 'CommandExpansion': {
      const commands = part.script?.commands ?? []
      const ended = inSubshell(shell, inner => shell.walk.list(commands, inner, shell.errexit))
      shell.walk.substituted = ended
      const text = ended.out ?? none
      return shaped(madeOf([text, ended.by], withoutLastLines(text)), shapeOf(text))
    }
    case 'Glob':
    case 'BraceExpansion':
      return place === 'pattern' ? textValue(part.text, shell) : from('other', 'the names of files')
    case 'AnsiCQuoted':
    case 'LocaleString':
    case 'ExtendedGlob':
    case 'ProcessSubstitution':
      throw new NotJudging(`its script is not understood: ${part.type}`)
  }
}

/** A shell drops the ends of lines that a substitution ends with. */
const withoutLastLines = (text: Value): Value['values'] =>
  knownTexts(text)?.map(one => one.replace(/\n+$/, '')) ?? null

/** The parts of a word, also of one that is a text without quotes. */
const wordParts = ({ parts, value, text, pos, end }: Word): readonly WordPart[] =>
  parts ?? [{ type: 'Literal', value, text, pos, end }]

/** The text of a word, with all that is put into it. */
export function expand(word: Word, shell: ScriptState, place: Place = 'word'): Value {
  const parts = wordParts(word)
  if (place === 'text' || place === 'pattern')
    for (const part of parts) if (part.type === 'Literal') checkLiteral(part.value, shell)
  return parts.map(part => partValue(part, shell, place)).reduce(concatenated, none)
}

/**
 * An expression is put in before a shell looks for words. Outside of quotes it must stay a part of
 * its word where a shell takes one alone: behind the blank in `X=a b` stands a command.
 */
function checkLiteral(text: string, shell: ScriptState): void {
  if (!EXPRESSION_MARK.test(text)) return
  const value = textValue(text, shell)
  const isPlain = knownTexts(value)?.every(one => /^\w/.test(one) && one !== 'esac') ?? true
  if (!isPlain || !isOneWord(value))
    throw new NotJudging('an expression that may be no word is not in quotes')
}

/**
 * The text of a here-document. `<<-` takes the tabs away that its own lines begin with; without
 * quotes around its delimiter a backslash means what it means in double quotes.
 */
export function document({ body, operator, delimiter }: HereDoc, shell: ScriptState): Value {
  const { parts, text } = body
  for (const line of text.split('\n')) checkLine(line, delimiter?.value ?? '')
  const value =
    parts?.map(part => partValue(part, shell, 'quoted')).reduce(concatenated, none) ??
    textValue(text, shell)
  const isEscaped = delimiter?.quoted !== true && text.includes('\\')
  if (operator === '<<' && !isEscaped) return value
  const texts = parts === undefined && !isEscaped ? knownTexts(value) : null
  const kept = texts?.map(one => one.replaceAll(/^\t+/gm, '')) ?? null
  return shaped(madeOf([value], kept), shapeOf(value))
}

/** Expressions are put in before a shell looks for the end of the document. */
function checkLine(line: string, delimiter: string): void {
  const isWord = EXPRESSION_MARK.test(line) && !JSON_EXPRESSION.test(line)
  const [first = '', ...more] = line.replace(/^\t+/, '').split(EXPRESSION_MARK)
  if (isWord && delimiter.startsWith(first) && delimiter.endsWith(more.at(-1) ?? ''))
    throw new NotJudging('a line of a document may be its end')
}

/** Does a shell make words of what is put into this? */
export const isSplit = (word: Word): boolean =>
  wordParts(word).some(({ type, text }) =>
    type === 'Literal' ? EXPRESSION_MARK.test(text) : EXPANSION.test(type),
  )

/** Does it hold a list, which becomes words of its own in quotes, too? */
export const isList = (word: Word): boolean => /\[[@*]\]/.test(word.text)

/** Does a shell make one word of this where it stands outside of quotes? */
export function isOneWord(value: Value | undefined): boolean {
  const shape = value === undefined ? null : shapeOf(value)
  const isEmpty = value !== undefined && knownTexts(value)?.includes('') === true
  return (shape === 'word' || shape === 'number') && !isEmpty
}

/** A word that a command reads by its place: it must become one word. */
export function argument(word: Word, shell: ScriptState): Value {
  const value = expand(word, shell)
  if (isList(word) || (isSplit(word) && !isOneWord(value)))
    throw new NotJudging('a text that is not in quotes')
  return value
}

/** What a word becomes in a list: words of its own, unless it stands in quotes. */
function items(word: Word, shell: ScriptState): Value {
  if (/^\{\d+\.\.\d+\}$/.test(word.text)) return shaped({ ...literal(), values: null }, 'number')
  for (const { type, text } of wordParts(word))
    if (type === 'Glob' || type === 'BraceExpansion' || (type === 'Literal' && /[~{]/.test(text)))
      throw new NotJudging('it looks for files')
  const whole = /^"\$\{(\w+)\[@\]\}"$/.exec(word.text)?.[1]
  const value = whole === undefined ? expand(word, shell) : variableValue(whole, shell)
  const texts = knownTexts(value)
  if (!isSplit(word)) return value
  if (texts === null) return shapeOf(value) === 'words' ? shaped(value, 'word') : value
  // A text without words adds none: read by its name, such a list is empty.
  const words = texts.flatMap(text => text.trim().split(/\s+/))
  return madeOf([value], words)
}

/** A list of words, as one value. */
export function listValue(words: readonly Word[], shell: ScriptState): Value {
  const given = words.map(word => items(word, shell))
  const known = words.length === 0 ? [''] : given.flatMap(({ values }) => values ?? [])
  if (!given.some(({ values }) => values === null)) return madeOf(given, known)
  return shaped(madeOf(given, null), widestShape(given.map(shapeOf)))
}
