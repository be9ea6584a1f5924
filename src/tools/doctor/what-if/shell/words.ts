import type { HereDocBody, ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash'
import { unknown } from '../unknown.js'
import { counted } from './arithmetic.js'
import { removedFrom, replacedIn } from './pattern.js'
import type { Shell } from './state.js'
import { shellVariable, short } from './state.js'

/** Runs a script in a shell of its own, and answers what it printed. */
type Substitute = (script: ParsedScript, shell: Shell) => string

/** Text with what a pattern means in it made plain. */
const escapedPattern = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&')

class WordExpander {
  private readonly shell: Shell
  private readonly substitute: Substitute

  constructor(shell: Shell, substitute: Substitute) {
    this.shell = shell
    this.substitute = substitute
  }

  /** One text, as in quotes, in an assignment, or behind `case`. */
  text({ parts, value }: Word): string {
    return short(parts?.map(part => this.part(part)).join('') ?? value)
  }

  /** The text of a here-document. */
  document({ parts, text }: HereDocBody): string {
    return parts?.map(part => this.part(part)).join('') ?? text
  }

  /** The same, where what stands in quotes is no pattern. */
  pattern({ parts, value }: Word): string {
    const isQuoted = ({ type }: WordPart): boolean => /Quoted$/.test(type)
    return (
      parts
        ?.map(part => (isQuoted(part) ? escapedPattern(this.part(part)) : this.part(part)))
        .join('') ?? value
    )
  }

  /** The words that a word of a command becomes. */
  fields(word: Word): readonly string[] {
    const { parts, value } = word
    if (parts === undefined) return [value]
    const range = /^\{(\d+)\.\.(\d+)\}$/.exec(word.text)
    if (range !== null) return rangeOf(Number(range[1]), Number(range[2]))
    const fields: string[] = []
    let open: string | null = null
    const add = (text: string): void => {
      open = short((open ?? '') + text)
    }
    const close = (): void => {
      if (open !== null) fields.push(open)
      open = null
    }
    for (const part of parts) {
      const list = this.list(part)
      if (list !== null) {
        for (const [at, text] of list.entries()) {
          if (at > 0) close()
          add(text)
        }
      } else if (part.type === 'Glob') unknown('the names of files')
      else if (!/Expansion$/.test(part.type)) add(this.part(part))
      else {
        const text = this.part(part)
        if (/[*?[]/.test(text)) unknown('a text that may name files')
        if (/^\s/.test(text)) close()
        for (const [at, piece] of text
          .split(/\s+/)
          .filter(one => one !== '')
          .entries()) {
          if (at > 0) close()
          add(piece)
        }
        if (/\s$/.test(text)) close()
      }
    }
    close()
    return fields
  }

  /** `"${list[@]}"`: the entries of a list, each a word of its own. */
  private list(part: WordPart): readonly string[] | null {
    const inner =
      part.type === 'DoubleQuoted' && part.parts.length === 1 ? part.parts[0] : undefined
    if (inner?.type !== 'ParameterExpansion' || inner.index?.text !== '@') return null
    if (inner.operation !== undefined || inner.prefix !== undefined) return null
    const value = shellVariable(inner.parameter, this.shell)
    return value === null ? [] : [value].flat()
  }

  private part(part: WordPart): string {
    switch (part.type) {
      case 'Literal':
        return /^~/.test(part.text) ? unknown('the name of a home') : part.value
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value
      case 'DoubleQuoted':
        return part.parts.map(one => this.part(one)).join('')
      case 'SimpleExpansion':
        return this.variable(part.text.slice(1))
      case 'ParameterExpansion':
        return this.parameter(part)
      case 'CommandExpansion':
        return part.script === undefined
          ? unknown('a command that cannot be read')
          : this.substitute(part.script, this.shell).replace(/\n+$/, '')
      case 'ArithmeticExpansion':
        return part.expression === undefined
          ? unknown('arithmetic that is not understood')
          : String(counted(part.expression, this.shell))
      case 'Glob':
        return part.text
      case 'BraceExpansion':
      case 'ExtendedGlob':
      case 'LocaleString':
      case 'ProcessSubstitution':
        return unknown(`its script is not understood: ${part.type}`)
    }
  }

  private variable(name: string): string {
    const value = shellVariable(name, this.shell)
    if (value === null && this.shell.nounset) return unknown(`$${name} is not set`)
    return typeof value === 'string' ? value : (value?.[0] ?? '')
  }

  private parameter(part: ParameterExpansionPart): string {
    const { parameter: name, prefix, index, operation } = part
    const isDefault = operation?.type === 'Default'
    const known =
      isDefault || index !== undefined ? shellVariable(name, this.shell) : this.variable(name)
    if (prefix === '#') {
      if (index !== undefined) return String([known ?? []].flat().length)
      return String((typeof known === 'string' ? known : (known?.[0] ?? '')).length)
    }
    const value = index === undefined ? [known ?? []].flat()[0] : [known ?? []].flat().join(' ')
    switch (operation?.type) {
      case undefined:
        return value ?? ''
      case 'Default': {
        const isSet = known !== null && (operation.operator === '-' || value !== '')
        return isSet ? (value ?? '') : this.text(operation.operand)
      }
      case 'Replace': {
        const pattern = this.pattern(operation.pattern)
        if (!['/', '//'].includes(operation.operator)) return unknown('a change of a variable')
        const put = this.text(operation.replacement)
        return replacedIn(value ?? '', pattern, put, operation.operator === '//')
      }
      case 'Remove':
        return removedFrom(value ?? '', operation.operator, this.pattern(operation.operand))
      case 'CaseModification':
        if (operation.operator === ',,') return (value ?? '').toLowerCase()
        if (operation.operator === '^^') return (value ?? '').toUpperCase()
        return unknown('a change of a variable')
      case 'Names':
      case 'Slice':
      case 'Transform':
      case 'Unknown':
        return unknown('a change of a variable')
    }
  }
}

const rangeOf = (from: number, to: number): readonly string[] =>
  to - from > 1000 || to < from
    ? unknown('a range that is not followed')
    : Array.from({ length: to - from + 1 }, (_, at) => String(from + at))

/** Reads the words of a script in a shell. */
export const wordsIn = (shell: Shell, substitute: Substitute): WordExpander =>
  new WordExpander(shell, substitute)

export type Words = WordExpander
