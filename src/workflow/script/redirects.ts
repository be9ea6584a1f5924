import type { Assignment, Command, Part, Redirects, Word } from './syntax.js'
import { isPlain } from './syntax.js'
import { NotRead, WordReader, partsOfSingle } from './words.js'

/** Nothing goes anywhere else. */
export const NO_REDIRECTS: Redirects = { input: null, discards: false, files: [] }

/** Words that go nowhere but into the log. */
const LOG = new Set(['/dev/null', '/dev/stderr', '/dev/stdout', '&1', '&2'])

interface Document {
  readonly tag: string
  readonly quoted: boolean
  readonly tabs: boolean
  readonly put: (word: Word) => void
}

/** Two of one command. */
function merged(one: Redirects, other: Redirects): Redirects {
  if (one.input !== null && other.input !== null) throw new NotRead('two inputs')
  return {
    input: one.input ?? other.input,
    discards: one.discards || other.discards,
    files: [...one.files, ...other.files],
  }
}

/** Reads simple commands, with their redirections and here-documents. */
export abstract class SimpleReader extends WordReader {
  /** Here-documents whose text begins after this line. */
  protected pending: Document[] = []

  /** Blanks, line continuations and comments. */
  protected blanks(): void {
    for (;;) {
      const letter = this.text[this.at]
      if (letter === ' ' || letter === '\t') this.at += 1
      else if (this.looksAt('\\\n')) this.at += 2
      else if (letter === '#') this.comment()
      else return
    }
  }

  /** One that holds an expression ends where a line of its text ends: what follows is run. */
  private comment(): void {
    const end = this.text.indexOf('\n', this.at)
    const text = this.text.slice(this.at, end === -1 ? undefined : end)
    if (/[\uE100-\uF8FF]/.test(text)) throw new NotRead('an expression in a comment')
    this.at += text.length
  }

  /** Line ends too, and the here-documents that begin there. */
  protected lines(): void {
    this.blanks()
    while (this.take('\n')) {
      this.documents()
      this.blanks()
    }
  }

  protected documents(): void {
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
      put(quoted ? partsOfSingle(text) : this.quoted(text))
    }
    // The line end before the next command was read with the text.
  }

  /** A here-document's text as if in double quotes. */
  protected quotedBody(): Word {
    return this.untilQuote(() => this.at >= this.text.length, true)
  }

  protected redirects(): Redirects {
    let redirects = NO_REDIRECTS
    for (;;) {
      this.blanks()
      const one = this.redirect()
      if (one === null) return redirects
      redirects = merged(redirects, one)
    }
  }

  protected redirect(): Redirects | null {
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

  protected target(isError: boolean, appends: boolean): Redirects {
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

  protected document(tabs: boolean): Redirects {
    this.blanks()
    const found = /^(?:'(\w+)'|"(\w+)"|(\w+))/.exec(this.text.slice(this.at, this.at + 100))
    if (found === null) throw new NotRead('a here-document')
    this.at += found[0].length
    if (!this.endsWord()) throw new NotRead('a here-document')
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

  /** A text of its own, as if in double quotes. */
  protected abstract quoted(text: string): Word

  protected simple(): Command {
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

  protected assignment(): Assignment | null {
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
}
