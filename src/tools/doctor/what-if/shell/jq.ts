import { unknown } from '../unknown.js'
import { jqTokens as tokens, NotRead } from '../../../../workflow/script/jq-kinds.js'
import type { JqFilter } from './jq-filters.js'
import { applied, binary, misread, quietly } from './jq-filters.js'
import { JQ_FUNCTIONS } from './jq-functions.js'
import { fail, fieldOf, isTruthy, small, entriesOf } from './jq-value.js'

const LEVELS: readonly (readonly string[])[] = [
  ['//'],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
]

/** Programs, and what one of them takes, beyond this are not followed. */
const MOST_TOKENS = 2_000
const MOST_STEPS = 10_000

class JqParser {
  private readonly tokens: readonly string[]
  private at = 0
  private depth = 0
  /** What this run of the program took so far: two commas in each of many pipes take very much. */
  private steps = 0

  constructor(text: string) {
    this.tokens = tokens(text)
  }

  whole(): JqFilter {
    if (this.tokens.length > MOST_TOKENS) return misread()
    const filter = this.pipe()
    if (this.at < this.tokens.length) return misread()
    return (input, variables) => {
      this.steps = 0
      return filter(input, variables)
    }
  }

  private peek(): string {
    return this.tokens[this.at] ?? ''
  }

  private take(token: string): boolean {
    if (this.peek() !== token) return false
    this.at += 1
    return true
  }

  private expect(token: string): void {
    if (!this.take(token)) misread()
  }

  private pipe(): JqFilter {
    this.depth += 1
    if (this.depth > 30) misread()
    const left = this.comma()
    this.depth -= 1
    if (!this.take('|')) return left
    const right = this.pipe()
    return (input, variables) => left(input, variables).flatMap(one => right(one, variables))
  }

  private comma(): JqFilter {
    const all = [this.level(0)]
    while (this.take(',')) all.push(this.level(0))
    const [only] = all
    if (only !== undefined && all.length === 1) return only
    return (input, variables) => all.flatMap(one => one(input, variables))
  }

  private level(at: number): JqFilter {
    const operators = LEVELS[at]
    if (operators === undefined) return this.postfix()
    let left = this.level(at + 1)
    for (;;) {
      const operator = operators.find(one => this.take(one))
      if (operator === undefined) return left
      left = binary(operator, left, this.level(at + 1))
    }
  }

  private postfix(): JqFilter {
    let filter = this.primary()
    for (;;) {
      const token = this.peek()
      if (/^\.\w/.test(token)) filter = this.field(filter, token.slice(1))
      else if (token === '.' && /^["[]/.test(this.tokens[this.at + 1] ?? '')) this.at += 1
      else if (token.startsWith('"')) filter = this.field(filter, token.slice(1, -1))
      else if (this.take('[')) filter = this.index(filter)
      else if (this.take('?')) filter = quietly(filter)
      else return filter
    }
  }

  private field(of: JqFilter, name: string): JqFilter {
    this.at += 1
    return (input, variables) => of(input, variables).map(one => fieldOf(one, name))
  }

  private index(of: JqFilter): JqFilter {
    if (this.take(']')) return (input, variables) => of(input, variables).flatMap(entriesOf)
    const inner = this.pipe()
    this.expect(']')
    return (input, variables) =>
      of(input, variables).flatMap(one => inner(input, variables).map(name => fieldOf(one, name)))
  }

  private primary(): JqFilter {
    const filter = this.unit()
    return (input, variables) => {
      this.steps += 1
      if (this.steps > MOST_STEPS) unknown('"jq" that takes too long to follow')
      return filter(input, variables).map(small)
    }
  }

  private unit(): JqFilter {
    const token = this.peek()
    if (/^\.\w/.test(token)) return this.field(input => [input], token.slice(1))
    this.at += 1
    if (token === '.') return input => [input]
    if (token.startsWith('"')) return this.text(token)
    if (/^\d/.test(token)) return () => [Number(token)]
    if (token === '(') return this.closed(')')
    if (token === '[') {
      if (this.take(']')) return () => [[]]
      const inner = this.closed(']')
      return (input, variables) => [[...inner(input, variables)]]
    }
    if (token === '{') return this.object()
    if (token.startsWith('$')) return (_, variables) => [variables.get(token.slice(1)) ?? misread()]
    return this.call(token)
  }

  private closed(end: string): JqFilter {
    const inner = this.pipe()
    this.expect(end)
    return inner
  }

  /** `{key, key: value}` with plain keys. */
  private object(): JqFilter {
    const entries: [string, JqFilter][] = []
    while (!this.take('}')) {
      const name = this.peek().replace(/^"|"$/g, '')
      if (!/^[\w -]+$/.test(name)) misread()
      this.at += 1
      entries.push([name, this.take(':') ? this.level(0) : input => [fieldOf(input, name)]])
      if (this.peek() !== '}') this.expect(',')
    }
    return (input, variables) => [
      Object.fromEntries(entries.map(([name, of]) => [name, of(input, variables)[0] ?? null])),
    ]
  }

  private text(token: string): JqFilter {
    const parts = token.slice(1, -1).split(/\\\(([^()"]*)\)/)
    const filters = parts.map((part, at): JqFilter => {
      if (at % 2 === 1) return new JqParser(part).whole()
      const plain = part.replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"')
      return plain.includes('\\(') ? misread() : () => [plain]
    })
    return (input, variables) => [
      filters
        .flatMap(one => one(input, variables))
        .map(one => (typeof one === 'string' ? one : JSON.stringify(one)))
        .join(''),
    ]
  }

  private conditional(): JqFilter {
    const condition = this.pipe()
    this.expect('then')
    const yes = this.pipe()
    const no = this.take('elif') ? this.conditional() : this.otherwise()
    return (input, variables) =>
      condition(input, variables).flatMap(one => (isTruthy(one) ? yes : no)(input, variables))
  }

  private otherwise(): JqFilter {
    const no: JqFilter = this.take('else') ? this.pipe() : input => [input]
    this.expect('end')
    return no
  }

  private call(name: string): JqFilter {
    if (name === 'if') return this.conditional()
    if (name === 'empty') return () => []
    if (name === 'true' || name === 'false') return () => [name === 'true']
    if (name === 'null') return () => [null]
    if (name === 'error' || name === 'halt_error') {
      if (this.take('(')) this.closed(')')
      return () => fail(name)
    }
    if (name === 'values') return input => (input === null ? [] : [input])
    if (!this.take('(')) {
      if (name === 'first' || name === 'last')
        return input => [fieldOf(input, name === 'first' ? 0 : -1)]
      const plain = JQ_FUNCTIONS[name]
      return plain === undefined ? misread() : input => [plain(input)]
    }
    return this.withArguments(name)
  }

  private withArguments(name: string): JqFilter {
    const first = this.pipe()
    if (this.take(';')) {
      const condition = this.closed(')')
      const all = name === 'all' ? true : name === 'any' ? false : misread()
      return (input, variables) => {
        const said = first(input, variables).flatMap(one => condition(one, variables))
        return [all ? said.every(isTruthy) : said.some(isTruthy)]
      }
    }
    this.expect(')')
    return applied(name, first)
  }
}

const parsedPrograms = new Map<string, JqFilter>()

/** A program, read once. */
export function programOf(text: string): JqFilter {
  const kept = parsedPrograms.get(text)
  if (kept !== undefined) return kept
  try {
    const filter = new JqParser(text).whole()
    parsedPrograms.set(text, filter)
    return filter
  } catch (error) {
    if (error instanceof NotRead) return misread()
    throw error
  }
}
