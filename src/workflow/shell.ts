/** What stands around an expression: nothing, a quote, or a here-document. */
export type Quotes = 'none' | 'one' | 'two' | 'document'

/** A piece of a word of a script. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** `$name`, or `${name…}`: with what is done to it, and the words that takes. */
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly change: string
      readonly words: readonly Word[]
      readonly quoted: boolean
    }
  | { readonly kind: 'substitution'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly text: string; readonly quoted: boolean }
  /** An expression of the workflow file, by the mark that stands in its place. */
  | { readonly kind: 'expression'; readonly mark: string; readonly quotes: Quotes }

export type Word = readonly Part[]

/** `name=word`, `name+=word`, and the same with a list in brackets. */
export interface Assignment {
  readonly name: string
  readonly adds: boolean
  readonly list: boolean
  readonly words: readonly Word[]
}

/** Where a command reads from and writes to. Files are not read by this reader. */
export interface Redirects {
  /** A here-string or here-document. */
  readonly input: Word | null
  /** Does what it prints go to nobody, to the log alone, or to the summary of the run? */
  readonly discards: boolean
  /** Words that name a file it appends to: only the summary may be one. */
  readonly files: readonly Word[]
}

export type Command = { readonly redirects: Redirects } & (
  | {
      readonly kind: 'simple'
      readonly assignments: readonly Assignment[]
      readonly words: readonly Word[]
    }
  | { readonly kind: 'test'; readonly words: readonly (Word | string)[] }
  | { readonly kind: 'arithmetic'; readonly text: string }
  | { readonly kind: 'group'; readonly body: List }
  | {
      readonly kind: 'if'
      readonly branches: readonly (readonly [List, List])[]
      readonly otherwise: List | null
    }
  | {
      readonly kind: 'for'
      readonly name: string
      readonly words: readonly Word[]
      readonly body: List
    }
  | {
      readonly kind: 'while'
      readonly until: boolean
      readonly condition: List
      readonly body: List
    }
  | {
      readonly kind: 'case'
      readonly word: Word
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: List }[]
    }
)

export interface Pipeline {
  readonly negated: boolean
  readonly commands: readonly Command[]
}

/** Pipelines, and how each is joined to the one before it. */
export type Chain = readonly { readonly join: '&&' | '||' | null; readonly pipeline: Pipeline }[]

export type List = readonly Chain[]

/** A script is not read beyond this (characters). */
const MAX_LENGTH = 20_000

/** Constructs in one another. */
const MAX_DEPTH = 30

/** Why a script could not be read. */
class NotRead extends Error {}

const RESERVED = new Set(
  'if then elif else fi for in do done while until case esac { } ! function select time coproc'.split(
    ' ',
  ),
)

/** What ends a list. */
const CLOSING = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'])

const isMark = (letter: string): boolean => letter >= '\uE100' && letter <= '\uF8FF'

const NO_REDIRECTS: Redirects = { input: null, discards: false, files: [] }

/** Words that go nowhere but into the log. */
const LOG = new Set(['/dev/null', '/dev/stderr', '/dev/stdout', '&1', '&2'])

interface Document {
  readonly tag: string
  readonly quoted: boolean
  readonly tabs: boolean
  readonly put: (word: Word) => void
}

class Reader {
  private readonly text: string
  private at = 0
  private depth = 0
  /** Here-documents whose text begins after this line. */
  private pending: Document[] = []

  constructor(text: string) {
    this.text = text
  }

  whole(): List {
    const list = this.list(() => this.at >= this.text.length)
    if (this.pending.length > 0) throw new NotRead('a here-document without an end')
    return list
  }

  private nest<T>(read: () => T): T {
    this.depth += 1
    if (this.depth > MAX_DEPTH) throw new NotRead('it is nested too deeply')
    const result = read()
    this.depth -= 1
    return result
  }

  private looksAt(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  private take(text: string): boolean {
    if (!this.looksAt(text)) return false
    this.at += text.length
    return true
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new NotRead(`"${text}" is missing`)
  }

  /** Blanks, line continuations and comments. */
  private blanks(): void {
    for (;;) {
      const letter = this.text[this.at]
      if (letter === ' ' || letter === '\t') this.at += 1
      else if (this.looksAt('\\\n')) this.at += 2
      else if (letter === '#')
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at += 1
      else return
    }
  }

  /** Line ends too, and the here-documents that begin there. */
  private lines(): void {
    this.blanks()
    while (this.take('\n')) {
      this.documents()
      this.blanks()
    }
  }

  private documents(): void {
    for (const { tag, quoted, tabs, put } of this.pending.splice(0)) {
      const lines: string[] = []
      for (;;) {
        if (this.at >= this.text.length) throw new NotRead('a here-document without an end')
        const next = this.text.indexOf('\n', this.at)
        const end = next === -1 ? this.text.length : next
        const raw = this.text.slice(this.at, end)
        const line = tabs ? raw.replace(/^\t+/, '') : raw
        this.at = Math.min(end + 1, this.text.length)
        if (line === tag) break
        lines.push(`${line}\n`)
      }
      const text = lines.join('')
      put(quoted ? partsOfSingle(text) : new Reader(text).quotedBody())
    }
    // The line end before the next command was read with the text.
  }

  /** A here-document's text as if in double quotes. */
  private quotedBody(): Word {
    return this.untilQuote(() => this.at >= this.text.length, true)
  }

  /** The reserved word or operator here, without reading it. */
  private keyword(): string {
    return (
      /^[a-z]+(?![^\s;&|<>()])|^[{}!](?![^\s;&|<>()])/.exec(
        this.text.slice(this.at, this.at + 10),
      )?.[0] ?? ''
    )
  }

  private takeKeyword(word: string): boolean {
    if (this.keyword() !== word) return false
    this.at += word.length
    return true
  }

  private needKeyword(word: string): void {
    this.lines()
    if (!this.takeKeyword(word)) throw new NotRead(`"${word}" is missing`)
  }

  private list(ends: () => boolean): List {
    const chains: Chain[] = []
    for (;;) {
      this.lines()
      if (ends()) return chains
      chains.push(this.chain())
      this.blanks()
      if (this.looksAt(';;')) continue
      if (this.take(';')) continue
      if (this.looksAt('&')) throw new NotRead('a command in the background')
      if (this.at < this.text.length && this.text[this.at] !== '\n' && !ends())
        throw new NotRead(`"${this.text[this.at] ?? ''}" where a command ends`)
    }
  }

  /** A list up to one of these words, which is not read. */
  private block(...words: readonly string[]): List {
    const list = this.nest(() =>
      this.list(() => {
        const word = this.keyword()
        if (words.includes(word)) return true
        if (CLOSING.has(word) || this.at >= this.text.length || this.looksAt(')'))
          throw new NotRead(`"${words.join('" or "')}" is missing`)
        return false
      }),
    )
    if (list.length === 0) throw new NotRead('an empty list of commands')
    return list
  }

  private chain(): Chain {
    const chain: { join: '&&' | '||' | null; pipeline: Pipeline }[] = []
    let join: '&&' | '||' | null = null
    for (;;) {
      chain.push({ join, pipeline: this.pipeline() })
      this.blanks()
      if (this.take('&&')) join = '&&'
      else if (this.take('||')) join = '||'
      else return chain
      this.lines()
    }
  }

  private pipeline(): Pipeline {
    let negated = false
    this.blanks()
    while (this.takeKeyword('!')) {
      negated = !negated
      this.blanks()
    }
    const commands: Command[] = []
    for (;;) {
      commands.push(this.nest(() => this.command()))
      this.blanks()
      if (this.looksAt('||') || !this.take('|')) return { negated, commands }
      if (this.looksAt('&')) throw new NotRead('"|&"')
      this.lines()
    }
  }

  private command(): Command {
    const start = this.at
    const word = this.keyword()
    const compound = this.compound(word)
    if (compound !== null) return { ...compound, redirects: this.redirects() }
    this.at = start
    if (RESERVED.has(word)) throw new NotRead(`"${word}"`)
    return this.simple()
  }

  private compound(word: string) {
    if (this.take('((')) return { kind: 'arithmetic' as const, text: this.arithmetic() }
    if (this.looksAt('(')) throw new NotRead('a subshell')
    if (/^\[\[(?=\s)/.test(this.text.slice(this.at, this.at + 3))) {
      this.at += 2
      return { kind: 'test' as const, words: this.testWords() }
    }
    switch (word) {
      case '{': {
        this.at += 1
        const body = this.block('}')
        this.needKeyword('}')
        return { kind: 'group' as const, body }
      }
      case 'if':
        this.at += 2
        return this.conditional()
      case 'for':
        this.at += 3
        return this.loop()
      case 'while':
      case 'until': {
        this.at += 5
        const condition = this.block('do')
        return { kind: 'while' as const, until: word === 'until', condition, body: this.body() }
      }
      case 'case':
        this.at += 4
        return this.choice()
      default:
        return null
    }
  }

  private body(): List {
    this.needKeyword('do')
    const body = this.block('done')
    this.needKeyword('done')
    return body
  }

  private conditional() {
    const branches: (readonly [List, List])[] = []
    for (;;) {
      const condition = this.block('then')
      this.needKeyword('then')
      branches.push([condition, this.block('elif', 'else', 'fi')])
      if (this.takeKeyword('elif')) continue
      const otherwise = this.takeKeyword('else') ? this.block('fi') : null
      this.needKeyword('fi')
      return { kind: 'if' as const, branches, otherwise }
    }
  }

  private loop() {
    this.blanks()
    const name = this.name()
    this.lines()
    if (!this.takeKeyword('in')) throw new NotRead('"for" without a list')
    const words: Word[] = []
    this.blanks()
    while (!/^(?:;|\n|$)/.test(this.text.slice(this.at, this.at + 1))) {
      words.push(this.word())
      this.blanks()
    }
    this.take(';')
    return { kind: 'for' as const, name, words, body: this.body() }
  }

  private choice() {
    this.blanks()
    const word = this.word()
    this.needKeyword('in')
    const branches: { patterns: Word[]; body: List }[] = []
    this.lines()
    while (!this.takeKeyword('esac')) {
      this.take('(')
      const patterns: Word[] = []
      do {
        this.blanks()
        patterns.push(this.word())
        this.blanks()
      } while (this.take('|'))
      this.expect(')')
      const body = this.nest(() =>
        this.list(
          () => this.looksAt(';;') || this.keyword() === 'esac' || this.at >= this.text.length,
        ),
      )
      branches.push({ patterns, body })
      if (this.looksAt(';;&')) throw new NotRead('";;&"')
      if (!this.take(';;') && this.keyword() !== 'esac') throw new NotRead('";;" is missing')
      this.lines()
    }
    return { kind: 'case' as const, word, branches }
  }

  private name(): string {
    const name = /^[A-Za-z_]\w*/.exec(this.text.slice(this.at, this.at + 200))?.[0]
    if (name === undefined) throw new NotRead('a name is missing')
    this.at += name.length
    return name
  }

  private testWords(): readonly (Word | string)[] {
    const words: (Word | string)[] = []
    for (;;) {
      this.lines()
      if (/^\]\](?=[\s;&|)]|$)/.test(this.text.slice(this.at, this.at + 3))) {
        this.at += 2
        return words
      }
      if (this.at >= this.text.length) throw new NotRead('"]]" is missing')
      const operator = ['&&', '||', '(', ')', '<', '>'].find(one => this.take(one))
      if (operator !== undefined) words.push(operator)
      else if (words.at(-1) !== undefined && isPlain(words.at(-1)) === '=~')
        words.push(this.pattern())
      else words.push(this.word())
    }
  }

  /** The right side of `=~`, where brackets and bars have no meaning of their own. */
  private pattern(): Word {
    return this.parts(() => /\s/.test(this.text[this.at] ?? ' '))
  }

  private arithmetic(): string {
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

  private simple(): Command {
    const assignments: Assignment[] = []
    const words: Word[] = []
    let redirects = NO_REDIRECTS
    for (;;) {
      this.blanks()
      const redirect = this.redirect()
      if (redirect !== null) {
        redirects = merged(redirects, redirect)
        continue
      }
      if (this.at >= this.text.length || /[\n;&|)]/.test(this.text[this.at] ?? '')) break
      if (this.looksAt('(')) throw new NotRead('a function or a subshell')
      const assignment = words.length === 0 ? this.assignment() : null
      if (assignment === null) words.push(this.word())
      else assignments.push(assignment)
    }
    if (words.length === 0 && assignments.length === 0) throw new NotRead('no command')
    const command: Command = { kind: 'simple', assignments, words, redirects }
    return command
  }

  private assignment(): Assignment | null {
    const found = /^([A-Za-z_]\w*)(\+?)=/.exec(this.text.slice(this.at, this.at + 200))
    if (found === null) return null
    const [whole, name = '', plus] = found
    this.at += whole.length
    const adds = plus === '+'
    if (!this.take('('))
      return { name, adds, list: false, words: this.endsWord() ? [] : [this.word()] }
    const words: Word[] = []
    this.lines()
    while (!this.take(')')) {
      if (this.at >= this.text.length || this.looksAt('[')) throw new NotRead('a list of words')
      words.push(this.word())
      this.lines()
    }
    return { name, adds, list: true, words }
  }

  private endsWord(): boolean {
    return this.at >= this.text.length || /[\s;&|<>()]/.test(this.text[this.at] ?? '')
  }

  private redirects(): Redirects {
    let redirects = NO_REDIRECTS
    for (;;) {
      this.blanks()
      const one = this.redirect()
      if (one === null) return redirects
      redirects = merged(redirects, one)
    }
  }

  private redirect(): Redirects | null {
    const found = /^(?:(?:[012]?>>?|&>>?)|<<<|<<-?|[0-9]*[<>]&?\|?)/.exec(
      this.text.slice(this.at, this.at + 4),
    )?.[0]
    if (found === undefined || found === '') return null
    this.at += found.length
    if (found === '<<<') {
      this.blanks()
      return { ...NO_REDIRECTS, input: this.word() }
    }
    if (found === '<<' || found === '<<-') return this.document(found === '<<-')
    if (!/>/.test(found) || !/^(?:[12]?|&)>>?$/.test(found)) throw new NotRead(`"${found}"`)
    if (this.looksAt('(')) throw new NotRead('a process substitution')
    return this.target(/^2/.test(found), found.endsWith('>>'))
  }

  private target(isError: boolean, appends: boolean): Redirects {
    const duplicate = /^&[12](?!\d)/.exec(this.text.slice(this.at, this.at + 3))?.[0]
    if (duplicate !== undefined) {
      this.at += 2
      return { ...NO_REDIRECTS, discards: !isError && duplicate === '&2' }
    }
    if (this.looksAt('&')) throw new NotRead('a redirection')
    this.blanks()
    const word = this.word()
    const plain = isPlain(word)
    if (plain !== null && LOG.has(plain)) return { ...NO_REDIRECTS, discards: !isError }
    if (!appends || isError) throw new NotRead('a redirection to a file')
    return { ...NO_REDIRECTS, discards: true, files: [word] }
  }

  private document(tabs: boolean): Redirects {
    this.blanks()
    const found = /^(?:'(\w+)'|"(\w+)"|(\w+))/.exec(this.text.slice(this.at, this.at + 100))
    if (found === null) throw new NotRead('a here-document')
    this.at += found[0].length
    const input: Part[] = []
    const tag = found[1] ?? found[2] ?? found[3] ?? ''
    this.pending.push({
      tag,
      quoted: found[3] === undefined,
      tabs,
      put: word => input.push(...word),
    })
    return { ...NO_REDIRECTS, input }
  }

  private word(): Word {
    const parts = this.parts(() => this.endsWord())
    if (parts.length === 0) throw new NotRead(`"${this.text[this.at] ?? 'the end'}"`)
    return parts
  }

  private parts(ends: () => boolean): Word {
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
        parts.push({ kind: 'text', text: next === '\n' ? '' : next, quoted: true })
        this.at += 2
      } else parts.push(this.piece('none'))
    }
    return parts
  }

  /** What stands in double quotes, up to their end, which is not read. */
  private untilQuote(ends: () => boolean, document: boolean): Word {
    const parts: Part[] = []
    while (!ends()) {
      if (this.at >= this.text.length) throw new NotRead('a quote without an end')
      if (this.take('\\')) {
        const next = this.text[this.at] ?? ''
        const escapes = document ? /[$`\\\n]/ : /[$`"\\\n]/
        this.at += 1
        const text = next === '\n' ? '' : escapes.test(next) ? next : `\\${next}`
        parts.push({ kind: 'text', text, quoted: true })
      } else parts.push(this.piece(document ? 'document' : 'two'))
    }
    return parts
  }

  /** One variable, substitution, expression or letter. */
  private piece(quotes: 'none' | 'two' | 'document'): Part {
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

  private dollar(quoted: boolean): Part {
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
      if (!quoted && /^["']/.test(this.text.slice(this.at))) throw new NotRead('a quote after $')
      return { kind: 'text', text: '$', quoted }
    }
    this.at += special.length
    return { kind: 'variable', name: special, change: '', words: [], quoted }
  }

  private braces(quoted: boolean): Part {
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
}

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

function merged(one: Redirects, other: Redirects): Redirects {
  if (one.input !== null && other.input !== null) throw new NotRead('two inputs')
  return {
    input: one.input ?? other.input,
    discards: one.discards || other.discards,
    files: [...one.files, ...other.files],
  }
}

/** A text in single quotes, which may hold expressions: they are put in before a shell reads it. */
function partsOfSingle(text: string): Word {
  const parts: Part[] = [{ kind: 'text', text: '', quoted: true }]
  for (const letter of text)
    parts.push(
      isMark(letter)
        ? { kind: 'expression', mark: letter, quotes: 'one' }
        : { kind: 'text', text: letter, quoted: true },
    )
  return parts
}

/** The text of a word without anything to be put in; `null` for any other. */
export function isPlain(word: Word | string | undefined): string | null {
  if (word === undefined) return null
  if (typeof word === 'string') return word
  const texts = word.map(part => (part.kind === 'text' ? part.text : null))
  return texts.includes(null) ? null : texts.join('')
}

/** Every command of a script by name, also where nothing leads to it; `null` where it has none. */
export function commandsIn(node: unknown): readonly (string | null)[] {
  if (typeof node !== 'object' || node === null) return []
  const below = Object.values(node).flatMap(commandsIn)
  if (!('kind' in node && node.kind === 'simple' && 'words' in node)) return below
  const [first] = node.words as readonly Word[]
  return first === undefined ? below : [isPlain(first), ...below]
}

/** Reads a script of bash or sh, as far as umbrellas use it; else why it cannot be read. */
export function readScript(text: string): List | string {
  if (text.length > MAX_LENGTH) return 'it is too long'
  try {
    return new Reader(text).whole()
  } catch (error) {
    if (error instanceof NotRead) return error.message
    throw error
  }
}
