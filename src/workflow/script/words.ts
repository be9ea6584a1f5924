import type { List, Part, Word } from './syntax.js'

/** Why a script could not be read. */
export class NotRead extends Error {}

/** Constructs in one another. */
const MAX_DEPTH = 30

const isMark = (letter: string): boolean => letter >= '\uE100' && letter <= '\uF8FF'

/** Are its brackets in pairs? */
function balanced(text: string): boolean {
  let depth = 0
  for (const letter of text) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}

/** A text in single quotes, which may hold expressions: they are put in before a shell reads it. */
export function partsOfSingle(text: string): Word {
  // Arithmetic would run a command that a variable holds as text.
  if (/\$\(|`/.test(text)) throw new NotRead('a command in a text')
  const parts: Part[] = [{ kind: 'text', text: '', quoted: true }]
  for (const letter of text)
    parts.push(
      isMark(letter)
        ? { kind: 'expression', mark: letter, quotes: 'one' }
        : { kind: 'text', text: letter, quoted: true },
    )
  return parts
}

/** Reads the words of a script, and what is put into them. */
export abstract class WordReader {
  protected readonly text: string
  protected at = 0
  protected depth = 0

  constructor(text: string) {
    this.text = text
  }

  /** Commands up to an end, for a substitution. */
  protected abstract list(ends: () => boolean): List

  protected nest<T>(read: () => T): T {
    this.depth += 1
    if (this.depth > MAX_DEPTH) throw new NotRead('it is nested too deeply')
    const result = read()
    this.depth -= 1
    return result
  }

  protected looksAt(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  protected take(text: string): boolean {
    if (!this.looksAt(text)) return false
    this.at += text.length
    return true
  }

  protected expect(text: string): void {
    if (!this.take(text)) throw new NotRead(`"${text}" is missing`)
  }

  protected name(): string {
    const name = /^[A-Za-z_]\w*/.exec(this.text.slice(this.at, this.at + 200))?.[0]
    if (name === undefined) throw new NotRead('a name is missing')
    this.at += name.length
    return name
  }

  protected endsWord(): boolean {
    return this.at >= this.text.length || /[\s;&|<>()]/.test(this.text[this.at] ?? '')
  }

  protected word(): Word {
    const parts = this.parts(() => this.endsWord())
    if (parts.length === 0) throw new NotRead(`"${this.text[this.at] ?? 'the end'}"`)
    return parts
  }

  protected parts(ends: () => boolean): Word {
    const parts: Part[] = []
    while (!ends()) {
      const letter = this.text[this.at] ?? ''
      if (letter === "'") {
        const end = this.text.indexOf("'", this.at + 1)
        if (end === -1) throw new NotRead('a quote without an end')
        parts.push(...partsOfSingle(this.text.slice(this.at + 1, end)))
        this.at = end + 1
      } else if (letter === '"') {
        this.at += 1
        parts.push({ kind: 'text', text: '', quoted: true })
        parts.push(...this.untilQuote(() => this.looksAt('"'), false))
        this.at += 1
      } else if (letter === '\\') {
        const next = this.text[this.at + 1] ?? ''
        this.checkEscape(next, this.text[this.at + 2])
        parts.push({ kind: 'text', text: next === '\n' ? '' : next, quoted: true })
        this.at += 2
      } else parts.push(this.piece('none'))
    }
    return parts
  }

  /** What stands in double quotes, up to their end, which is not read. */
  protected untilQuote(ends: () => boolean, document: boolean): Word {
    const parts: Part[] = []
    while (!ends()) {
      if (this.at >= this.text.length) throw new NotRead('a quote without an end')
      if (this.take('\\')) {
        const next = this.text[this.at] ?? ''
        this.checkEscape(next, this.text[this.at + 1])
        const escapes = document ? /[$`\\\n]/ : /[$`"\\\n]/
        this.at += 1
        const text = next === '\n' ? '' : escapes.test(next) ? next : `\\${next}`
        parts.push({ kind: 'text', text, quoted: true })
      } else parts.push(this.piece(document ? 'document' : 'two'))
    }
    return parts
  }

  private checkEscape(letter: string, next: string | undefined): void {
    if (letter === '`' || (letter === '$' && next === '(')) throw new NotRead('a command in a text')
  }

  /** One variable, substitution, expression or letter. */
  protected piece(quotes: 'none' | 'two' | 'document'): Part {
    const quoted = quotes !== 'none'
    const letter = this.text[this.at] ?? ''
    if (isMark(letter)) {
      this.at += 1
      return { kind: 'expression', mark: letter, quotes }
    }
    if (letter === '`') throw new NotRead('a substitution in backquotes')
    if (letter === '$') return this.dollar(quoted)
    this.at += 1
    return { kind: 'text', text: letter, quoted }
  }

  protected dollar(quoted: boolean): Part {
    this.at += 1
    if (this.take('((')) return { kind: 'arithmetic', text: this.arithmetic(), quoted }
    if (this.take('(')) {
      const body = this.nest(() =>
        this.list(() => {
          if (this.at >= this.text.length) throw new NotRead('")" is missing')
          return this.looksAt(')')
        }),
      )
      this.expect(')')
      return { kind: 'substitution', body, quoted }
    }
    if (this.take('{')) return this.braces(quoted)
    const special = /^(?:[A-Za-z_]\w*|[?#@*!$0-9-])/.exec(
      this.text.slice(this.at, this.at + 200),
    )?.[0]
    if (special === undefined) {
      if (this.looksAt('\\\n')) throw new NotRead('a line that ends after $')
      if (!quoted && /^["']/.test(this.text.slice(this.at))) throw new NotRead('a quote after $')
      return { kind: 'text', text: '$', quoted }
    }
    this.at += special.length
    return { kind: 'variable', name: special, change: '', words: [], quoted }
  }

  protected braces(quoted: boolean): Part {
    const length = this.looksAt('#') ? '#' : ''
    this.at += length.length
    const name = this.name()
    const list = /^\[[@*]\]/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? ''
    this.at += list.length
    const change =
      /^(?::?-|,,?|\^\^?|##?|%%?|\/\/?)/.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? ''
    this.at += change.length
    const words =
      change === ''
        ? []
        : [
            this.nest(() =>
              this.parts(() => {
                if (this.at >= this.text.length) throw new NotRead('"}" is missing')
                return this.looksAt('}')
              }),
            ),
          ]
    this.expect('}')
    return { kind: 'variable', name, change: `${length}${list}${change}`, words, quoted }
  }

  protected arithmetic(): string {
    const end = this.text.indexOf('))', this.at)
    if (end === -1) throw new NotRead('"))" is missing')
    const text = this.text.slice(this.at, end)
    // Neither division, which can fail, nor elements of a list, which can run a command.
    const plain = text.replaceAll(/\$\{#\w+\[[@*]\]\}/g, '0')
    if (!/^[\w\s+\-*<>=!&|?:,${}()]*$/.test(plain) || plain.includes('$(') || !balanced(plain))
      throw new NotRead('arithmetic that is not understood')
    this.at = end + 2
    return text
  }
}
