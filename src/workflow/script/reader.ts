import type { Chain, Command, List, Pipeline, Word } from './syntax.js'
import { isPlain } from './syntax.js'
import { SimpleReader } from './redirects.js'
import { NotRead } from './words.js'

/** A script is not read beyond this (characters). */
const MAX_LENGTH = 20_000

const RESERVED = new Set(
  (
    'if then elif else fi for in do done while until case esac { } ! function select time ' +
    'coproc'
  ).split(' '),
)

/** What ends a list. */
const CLOSING = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'])

class Reader extends SimpleReader {
  protected quoted(text: string): Word {
    return new Reader(text).quotedBody()
  }

  whole(): List {
    const list = this.list(() => this.at >= this.text.length)
    if (this.pending.length > 0) throw new NotRead('a here-document without an end')
    return list
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

  protected list(ends: () => boolean): List {
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
