import type { JqKind } from './jq-kinds.js'
import {
  FORMATS,
  NotRead,
  OPERATORS,
  PLAIN_FUNCTIONS,
  PLAIN_OF_ONE,
  entryKind,
  field,
  listKind,
  plainKind,
  notRead,
  jqTokens,
  union,
} from './jq-kinds.js'

/**
 * Reads programs of jq, as far as umbrellas use it. What a program is given is either nothing but
 * results, or `needs` with outputs in it; then no more than results may be read of it.
 */

class JqKindParser {
  private readonly tokens: readonly string[]
  private readonly variables: ReadonlyMap<string, JqKind>
  private at = 0
  private depth = 0

  constructor(text: string, variables: ReadonlyMap<string, JqKind>) {
    this.tokens = jqTokens(text)
    this.variables = variables
  }

  whole(input: JqKind): JqKind {
    const kind = this.pipe(input)
    return this.at < this.tokens.length ? notRead() : kind
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
    if (!this.take(token)) notRead()
  }

  private pipe(input: JqKind): JqKind {
    this.depth += 1
    if (this.depth > 30) notRead()
    let kind = this.comma(input)
    while (this.take('|')) kind = this.comma(kind)
    this.depth -= 1
    return kind
  }

  private comma(input: JqKind): JqKind {
    let kind = this.operation(input)
    while (this.take(',')) kind = union(kind, this.operation(input))
    return kind
  }

  /** Of operations it is all one which binds more: they ask for plain sides, and yield no more. */
  private operation(input: JqKind): JqKind {
    let kind = this.postfix(input)
    while (this.take(...OPERATORS)) kind = plainKind(kind, this.postfix(input))
    return kind
  }

  private postfix(input: JqKind): JqKind {
    let kind = this.primary(input)
    for (;;) {
      const token = this.peek()
      if (/^\.\w/.test(token)) kind = this.field(kind, token.slice(1))
      else if (token === '.' && /^["[]/.test(this.tokens[this.at + 1] ?? '')) this.at += 1
      else if (token.startsWith('"')) kind = this.field(kind, token.slice(1, -1))
      else if (this.take('[')) kind = this.index(kind)
      else if (!this.take('?')) return kind
    }
  }

  private field(kind: JqKind, name: string): JqKind {
    this.at += 1
    return field(kind, name)
  }

  private index(kind: JqKind): JqKind {
    if (this.take(']')) return entryKind(kind)
    const token = this.peek()
    const isName = token.startsWith('"')
    if (!isName && (!/^\d+$/.test(token) || kind === 'needs')) notRead()
    this.at += 1
    this.expect(']')
    return isName ? field(kind, token.slice(1, -1)) : entryKind(kind)
  }

  private primary(input: JqKind): JqKind {
    const token = this.peek()
    if (/^\.\w/.test(token)) return this.field(input, token.slice(1))
    this.at += 1
    if (token === '.') return input
    if (token.startsWith('"')) return this.text(token, input)
    if (/^\d/.test(token)) return 'plain'
    if (token === '(') return this.closed(input, ')')
    if (token === '[') return this.take(']') ? 'plain' : listKind(this.closed(input, ']'))
    if (token.startsWith('$')) return this.variables.get(token.slice(1)) ?? notRead()
    return FORMATS.includes(token) ? plainKind(input) : this.call(token, input)
  }

  private closed(input: JqKind, end: string): JqKind {
    const kind = this.pipe(input)
    this.expect(end)
    return kind
  }

  /** A text, and what is put into it. */
  private text(token: string, input: JqKind): JqKind {
    const bodies = [...token.matchAll(/\\\(([^()"]*)\)/g)]
    if (bodies.length < token.split('\\(').length - 1) notRead()
    return plainKind(
      ...bodies.map(([, body = '']) => new JqKindParser(body, this.variables).whole(input)),
    )
  }

  private conditional(input: JqKind): JqKind {
    plainKind(this.pipe(input))
    this.expect('then')
    const yes = this.pipe(input)
    if (this.take('elif')) return union(yes, this.conditional(input))
    const no = this.take('else') ? this.pipe(input) : input
    this.expect('end')
    return union(yes, no)
  }

  private argument(input: JqKind): JqKind {
    this.expect('(')
    return this.closed(input, ')')
  }

  private call(name: string, input: JqKind): JqKind {
    switch (name) {
      case 'true':
      case 'false':
      case 'null':
      case 'empty':
        return 'plain'
      case 'if':
        return this.conditional(input)
      case 'map':
        return listKind(this.argument(entryKind(input)))
      case 'select':
        plainKind(this.argument(input))
        return input
      case 'to_entries':
        return input === 'needs' ? 'entry[]' : plainKind(input)
      case 'with_entries': {
        const kind = this.argument(input === 'needs' ? 'entry' : plainKind(input))
        return kind === 'entry' ? 'needs' : plainKind(kind)
      }
      case 'keys':
        return input === 'need' ? notRead() : 'plain'
      case 'length':
        return input === 'needs' || input.endsWith('[]') ? 'plain' : plainKind(input)
      case 'all':
      case 'any':
        return this.quantified(input)
    }
    const known = this.peek() === '(' ? PLAIN_OF_ONE : PLAIN_FUNCTIONS
    if (!known.has(name)) return notRead()
    return known === PLAIN_FUNCTIONS ? plainKind(input) : plainKind(input, this.argument(input))
  }

  /** `all`, `all(condition)` and `all(generator; condition)`. */
  private quantified(input: JqKind): JqKind {
    if (this.peek() !== '(') return plainKind(entryKind(input))
    const start = this.at
    // Which of the two it is shows only behind the first argument.
    if (this.generates()) {
      this.at = start + 1
      return plainKind(this.closed(this.closed(input, ';'), ')'))
    }
    this.at = start
    return plainKind(this.argument(entryKind(input)))
  }

  /** Is there a `;` in these brackets, outside all others? */
  private generates(): boolean {
    let depth = 0
    for (const token of this.tokens.slice(this.at)) {
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
    return new JqKindParser(program, variables).whole(input) === 'plain'
  } catch (error) {
    if (error instanceof NotRead) return false
    throw error
  }
}
