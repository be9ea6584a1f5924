import type { Kind } from './jq-kinds.js'
import { NotRead, PLAIN, PLAIN_OF_ONE, each, isPlain, plain, tokensOf, union } from './jq-kinds.js'

/**
 * Reads programs of jq, as far as umbrellas use it. What a program is given is either nothing but
 * results, or `needs` with outputs in it; then no more than results may be read of it.
 */

class Reader {
  private readonly tokens: readonly string[]
  private readonly variables: ReadonlyMap<string, Kind>
  private at = 0
  private depth = 0

  constructor(text: string, variables: ReadonlyMap<string, Kind>) {
    this.tokens = tokensOf(text)
    this.variables = variables
  }

  whole(input: Kind): Kind {
    const kind = this.pipe(input)
    if (this.at < this.tokens.length) throw new NotRead()
    return kind
  }

  private peek(): string {
    return this.tokens[this.at] ?? ''
  }

  private take(...tokens: readonly string[]): boolean {
    if (!tokens.includes(this.peek())) return false
    this.at += 1
    return true
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new NotRead()
  }

  private pipe(input: Kind): Kind {
    this.depth += 1
    if (this.depth > 30) throw new NotRead()
    let kind = this.comma(input)
    while (this.take('|')) kind = this.comma(kind)
    this.depth -= 1
    return kind
  }

  private comma(input: Kind): Kind {
    let kind = this.either(input)
    while (this.take(',')) kind = union(kind, this.either(input))
    return kind
  }

  /** `//`, `or` and `and`: the last two ask for the truth of their sides. */
  private either(input: Kind): Kind {
    let kind = this.compared(input)
    while (this.take('//', 'or', 'and')) kind = plain(kind, this.compared(input))
    return kind
  }

  private compared(input: Kind): Kind {
    let kind = this.postfix(input)
    while (this.take('==', '!=', '<', '<=', '>', '>=', '+', '-'))
      kind = plain(kind, this.postfix(input))
    return kind
  }

  private postfix(input: Kind): Kind {
    let kind = this.primary(input)
    for (;;) {
      const token = this.peek()
      if (/^\.\w/.test(token)) kind = this.field(kind, token.slice(1))
      else if (token === '.' && /^["[]/.test(this.tokens[this.at + 1] ?? '')) this.at += 1
      else if (token.startsWith('"')) kind = this.field(kind, token.slice(1, -1))
      else if (token === '[') kind = this.index(kind)
      else if (!this.take('?')) return kind
    }
  }

  private field(kind: Kind, name: string): Kind {
    this.at += 1
    if (name.includes('\\')) throw new NotRead()
    if (kind === 'needs') return 'need'
    if (kind === 'need' && name === 'result') return 'plain'
    if (kind === 'entry' && name === 'key') return 'plain'
    if (kind === 'entry' && name === 'value') return 'need'
    return plain(kind)
  }

  private index(kind: Kind): Kind {
    this.expect('[')
    if (this.take(']')) return each(kind)
    const token = this.peek()
    if (token.startsWith('"')) {
      const read = this.field(kind, token.slice(1, -1))
      this.expect(']')
      return read
    }
    if (!/^\d+$/.test(token) || kind === 'needs') throw new NotRead()
    this.at += 1
    this.expect(']')
    return each(kind)
  }

  private primary(input: Kind): Kind {
    const token = this.peek()
    if (/^\.\w/.test(token)) return this.field(input, token.slice(1))
    this.at += 1
    if (token === '.') return input
    if (token.startsWith('"')) return this.text(token, input)
    if (/^\d/.test(token)) return 'plain'
    if (token === '(') {
      const kind = this.pipe(input)
      this.expect(')')
      return kind
    }
    if (token === '[') {
      if (this.take(']')) return 'plain'
      const list = this.pipe(input)
      this.expect(']')
      return { list }
    }
    if (token.startsWith('$')) return this.variables.get(token.slice(1)) ?? this.unknown()
    if (['@tsv', '@csv', '@text', '@json', '@sh'].includes(token)) return plain(input)
    return this.call(token, input)
  }

  private unknown(): never {
    throw new NotRead()
  }

  /** A text, and what is put into it. */
  private text(token: string, input: Kind): Kind {
    const inner = [...token.matchAll(/\\\(/g)]
    if (inner.length === 0) return 'plain'
    const bodies = [...token.matchAll(/\\\(([^()"]*)\)/g)]
    if (bodies.length !== inner.length) throw new NotRead()
    return plain(...bodies.map(([, body = '']) => new Reader(body, this.variables).whole(input)))
  }

  private conditional(input: Kind): Kind {
    plain(this.pipe(input))
    this.expect('then')
    const yes = this.pipe(input)
    if (this.take('elif')) return union(yes, this.conditional(input))
    const no = this.take('else') ? this.pipe(input) : input
    this.expect('end')
    return union(yes, no)
  }

  private one(input: Kind): Kind {
    this.expect('(')
    const kind = this.pipe(input)
    if (this.peek() !== ';') this.expect(')')
    return kind
  }

  private call(name: string, input: Kind): Kind {
    switch (name) {
      case 'true':
      case 'false':
      case 'null':
        return 'plain'
      case 'if':
        return this.conditional(input)
      case 'map':
        return { list: this.one(each(input)) }
      case 'select':
        plain(this.one(input))
        return input
      case 'to_entries':
        return input === 'needs' ? { list: 'entry' } : plain(input)
      case 'with_entries': {
        const kind = this.one(input === 'needs' ? 'entry' : plain(input))
        return kind === 'entry' ? 'needs' : plain(kind)
      }
      case 'keys':
        return input === 'need' ? this.unknown() : 'plain'
      case 'length':
        return input === 'needs' || typeof input === 'object' ? 'plain' : plain(input)
      case 'empty':
        return 'plain'
      case 'all':
      case 'any':
        return this.quantified(input)
    }
    if (this.peek() !== '(') return PLAIN.has(name) ? plain(input) : this.unknown()
    if (!PLAIN_OF_ONE.has(name)) return this.unknown()
    const kind = plain(input, this.one(input))
    return this.peek() === ';' ? this.unknown() : kind
  }

  private quantified(input: Kind): Kind {
    if (this.peek() !== '(') return plain(each(input))
    const start = this.at
    if (this.generates()) {
      this.at = start
      const elements = this.one(input)
      this.expect(';')
      const kind = plain(this.pipe(elements))
      this.expect(')')
      return kind
    }
    this.at = start
    return plain(this.one(each(input)))
  }

  /** Is there a `;` in these brackets, outside all others? */
  private generates(): boolean {
    let depth = 0
    for (let at = this.at; at < this.tokens.length; at += 1) {
      const token = this.tokens[at]
      if (token === '(') depth += 1
      if (token === ')') depth -= 1
      if (depth === 0) return false
      if (token === ';' && depth === 1) return true
    }
    return false
  }
}

/**
 * Does this program read results alone? `input` and `variables` say what holds outputs. What it
 * yields must be plain too: an entry as a whole is not to be judged by.
 */
export function readsResultsOnly(
  program: string,
  input: 'needs' | 'plain',
  variables: ReadonlyMap<string, 'needs' | 'plain'>,
): boolean {
  try {
    return isPlain(new Reader(program, variables).whole(input))
  } catch (error) {
    if (error instanceof NotRead) return false
    throw error
  }
}
