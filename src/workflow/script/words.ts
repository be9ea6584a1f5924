import type { HereDocBody, ParameterExpansionPart, Word, WordPart } from 'unbash'
import type { Value } from '../value.js'
import { NotJudging, decide, either, from, joined, literal, madeOf, knownTexts } from '../value.js'
import type { Shell } from './state.js'
import { assign, fromRunner, inSubshell, lookup } from './state.js'
import { EXPRESSION, arithmeticText } from './syntax.js'

const none = literal('')

/** A text, with the values of the expressions in it. */
const textValue = (text: string, { walk }: Shell): Value =>
  text
    .split(new RegExp(`(${EXPRESSION.source})`))
    .map(piece => walk.facts.marks.get(piece) ?? literal(piece))
    .reduce(joined, none)

/** The value of a variable, with what is done to it. */
function parameter(part: ParameterExpansionPart, shell: Shell): Value {
  const { parameter: name, prefix, operation } = part
  const value = variable(name, shell, operation?.type !== 'Default')
  if (operation === undefined) return prefix === undefined ? value : madeOf([value], null)
  switch (operation.type) {
    case 'Default':
      return either(value, expand(operation.operand, shell))
    case 'Replace':
      return changed(value, [operation.pattern, operation.replacement], shell)
    case 'Remove':
    case 'CaseModification':
      return changed(value, operation.operand === undefined ? [] : [operation.operand], shell)
    case 'Names':
    case 'Slice':
    case 'Transform':
    case 'Unknown':
      throw new NotJudging(`a change of $${name} that is not understood`)
  }
}

const changed = (value: Value, by: readonly Word[], shell: Shell): Value =>
  madeOf([value, ...by.map(word => expand(word, shell, 'pattern'))], null)

function variable(name: string, shell: Shell, isAsked = true): Value {
  const isSet = shell.vars.has(name) || name === '?' || fromRunner(name).from.has('own')
  if (shell.nounset && !isSet && isAsked)
    throw new NotJudging(`$${name} may be unset, which ends the script`)
  return lookup(name, shell)
}

/** What arithmetic says of the variables in it, which it may set. */
export function arithmetic(text: string, shell: Shell): Value {
  const names = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)
  const values = names.map(name => lookup(name, shell))
  const by = madeOf(values, null)
  decide(by, 'arithmetic')
  // A shell reads the text of a variable as arithmetic again, with names and assignments in it.
  for (const [at, value] of values.entries())
    if (knownTexts(value)?.some(one => !/^-?\d*$/.test(one)) === true)
      throw new NotJudging(`arithmetic of $${names[at] ?? ''}, which is no number`)
  if (/\+\+|--|(?:^|[^=!<>])=(?!=)|<<=|>>=/.test(text))
    for (const name of names) assign(name, by, shell)
  return by
}

/** Letters outside of quotes may stand for files or a home, except in a pattern. */
type Place = 'word' | 'pattern' | 'quoted'

function partValue(part: WordPart, shell: Shell, place: Place): Value {
  switch (part.type) {
    case 'Literal':
      if (place === 'quoted') return textValue(part.value, shell)
      if (part.text.includes('~')) return from('other', 'the name of a home')
      return place === 'word' && /[[{]/.test(part.text)
        ? from('other', 'the names of files')
        : textValue(part.value, shell)
    case 'SingleQuoted':
      return textValue(part.value, shell)
    case 'DoubleQuoted':
      return part.parts.map(one => partValue(one, shell, 'quoted')).reduce(joined, none)
    case 'SimpleExpansion':
      return variable(part.text.slice(1), shell)
    case 'ParameterExpansion':
      return parameter(part, shell)
    case 'ArithmeticExpansion':
      return arithmetic(arithmeticText(part), shell)
    case 'CommandExpansion': {
      const commands = part.script?.commands ?? []
      const ended = inSubshell(shell, inner => shell.walk.list(commands, inner, shell.errexit))
      shell.walk.substituted = ended
      const text = ended.out ?? none
      return madeOf([text, ended.by], text.values)
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

/** The parts of a word, also of one that is a text without quotes. */
const wordParts = ({ parts, value, text, pos, end }: Word): readonly WordPart[] =>
  parts ?? [{ type: 'Literal', value, text, pos, end }]

/** The text of a word, with all that is put into it. */
export const expand = (word: Word, shell: Shell, place: Place = 'word'): Value =>
  wordParts(word)
    .map(part => partValue(part, shell, place))
    .reduce(joined, none)

/** The text of a here-document. */
export const document = ({ parts, text }: HereDocBody, shell: Shell): Value =>
  parts?.map(part => partValue(part, shell, 'quoted')).reduce(joined, none) ??
  textValue(text, shell)

/** Does a shell make words of what is put into this? */
export const isSplit = (word: Word): boolean =>
  wordParts(word).some(({ type, text }) =>
    type === 'Literal'
      ? EXPRESSION.test(text)
      : /^(?:Simple|Parameter|Arithmetic|Command)Expansion$/.test(type),
  )

/** What a word becomes in a list: words of its own, unless it stands in quotes. */
export function items(word: Word, shell: Shell): Value {
  if (/^\{\d+\.\.\d+\}$/.test(word.text)) return { ...literal(), values: null }
  for (const { type, text } of wordParts(word))
    if (type === 'Glob' || type === 'BraceExpansion' || (type === 'Literal' && /[~{]/.test(text)))
      throw new NotJudging('it looks for files')
  const value = expand(word, shell)
  const texts = knownTexts(value)
  if (texts === null || !isSplit(word)) return value
  const words = texts.flatMap(text => text.split(/\s+/).filter(one => one !== ''))
  return madeOf([value], words)
}

/** A list of words, as one value. */
export function listOf(words: readonly Word[], shell: Shell): Value {
  const given = words.map(word => items(word, shell))
  const known = given.flatMap(({ values }) => values ?? [])
  return madeOf(given, given.some(({ values }) => values === null) ? null : known)
}
