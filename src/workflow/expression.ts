/** An expression of a workflow file, as it is written. Names are compared without case. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `needs.test.result`: names in lower case, `*` for every entry. */
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }

export type Operator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>='

/** From the one that binds least. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
]

/** A longer one is nothing that anybody wrote by hand. */
const MAX_TOKENS = 1000

/** Brackets and negations, one in the other. */
const MAX_DEPTH = 50

const TOKEN = new RegExp(
  `\\s*(?:${[
    /'(?:[^']|'')*'/,
    /-?(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.])/,
    /[a-z_][\w-]*/,
    /\|\||&&|[=!<>]=|[<>!()[\],.*]/,
  ]
    .map(({ source }) => source)
    .join('|')})`,
  'iy',
)

function tokensOf(text: string): readonly string[] | null {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length;) {
    const found = TOKEN.exec(text)
    if (found === null) return text.slice(at).trim() === '' ? tokens : null
    tokens.push(found[0].trim())
    at = TOKEN.lastIndex
    if (tokens.length > MAX_TOKENS) return null
  }
  return tokens
}

class Unreadable extends Error {}

class ExpressionParser {
  private at = 0
  private depth = 0

  private readonly tokens: readonly string[]

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  whole(): Expression {
    const read = this.level(0)
    if (this.at < this.tokens.length) throw new Unreadable()
    return read
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
    if (!this.take(token)) throw new Unreadable()
  }

  private level(at: number): Expression {
    const operators = LEVELS[at]
    if (operators === undefined) return this.negated()
    let left = this.level(at + 1)
    for (;;) {
      const operator = operators.find(one => this.take(one))
      if (operator === undefined) return left
      left = { kind: 'binary', operator, left, right: this.level(at + 1) }
    }
  }

  private negated(): Expression {
    this.depth += 1
    if (this.depth > MAX_DEPTH) throw new Unreadable()
    const read: Expression = this.take('!') ? { kind: 'not', of: this.negated() } : this.primary()
    this.depth -= 1
    return read
  }

  private primary(): Expression {
    if (this.take('(')) {
      const inner = this.level(0)
      this.expect(')')
      return inner
    }
    const token = this.peek()
    this.at += 1
    if (token.startsWith("'"))
      return { kind: 'literal', value: token.slice(1, -1).replaceAll("''", "'") }
    if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) }
    if (!/^[a-z_]/i.test(token)) throw new Unreadable()
    const name = token.toLowerCase()
    if (this.take('(')) return { kind: 'call', name, args: this.args() }
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' }
    if (name === 'null') return { kind: 'literal', value: null }
    return { kind: 'path', names: [name, ...this.rest()] }
  }

  private args(): readonly Expression[] {
    const args: Expression[] = []
    if (this.take(')')) return args
    do args.push(this.level(0))
    while (this.take(','))
    this.expect(')')
    return args
  }

  /** `.name`, `.*` and `['name']`: an index that is no text is not read. */
  private rest(): readonly string[] {
    const names: string[] = []
    for (;;) {
      if (this.take('.')) {
        const name = this.peek()
        if (name !== '*' && !/^[a-z_]/i.test(name)) throw new Unreadable()
        names.push(name.toLowerCase())
        this.at += 1
      } else if (this.take('[')) {
        const index = this.peek()
        if (!index.startsWith("'") || index === "'*'") throw new Unreadable()
        names.push(index.slice(1, -1).replaceAll("''", "'").toLowerCase())
        this.at += 1
        this.expect(']')
      } else return names
    }
  }
}

/** Reads an expression, without `${{` and `}}`; `null` where it cannot be read. */
function parseExpression(text: string): Expression | null {
  const tokens = tokensOf(text)
  if (tokens === null) return null
  try {
    return new ExpressionParser(tokens).whole()
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

/** Where an expression ends, past its `}}`; those in its texts do not count. -1: nowhere. */
function endOfExpression(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', at)) return at + 2
  }
  return -1
}

/**
 * Text with expressions in it: text at even places, expressions without their brackets at odd ones;
 * `null` where one of them does not end.
 */
export function splitTemplate(text: string): readonly string[] | null {
  const parts: string[] = []
  for (let at = 0; ;) {
    const start = text.indexOf('${{', at)
    if (start === -1) return [...parts, text.slice(at)]
    const end = endOfExpression(text, start + 3)
    if (end === -1) return null
    parts.push(text.slice(at, start), text.slice(start + 3, end - 2))
    at = end
  }
}

/** Text with expressions in it, in its parts; `null` where one of them cannot be read. */
export function parseTemplate(text: string): readonly (string | Expression)[] | null {
  const parts: (string | Expression)[] = []
  for (const [at, part] of (splitTemplate(text) ?? [null]).entries()) {
    const read = part === null ? null : at % 2 === 0 ? part : parseExpression(part)
    if (read === null) return null
    if (read !== '') parts.push(read)
  }
  return parts
}

/** An expression and all those in it. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'path':
      return [expression]
    case 'not':
      return [expression, ...partsOf(expression.of)]
    case 'call':
      return [expression, ...expression.args.flatMap(partsOf)]
    case 'binary':
      return [expression, ...partsOf(expression.left), ...partsOf(expression.right)]
  }
}

/** A condition: an expression with or without its `${{ }}`. */
export function parseCondition(text: string): Expression | null {
  if (!text.includes('${{')) return parseExpression(text)
  const parts = parseTemplate(text.trim())
  const [only, ...more] = parts ?? []
  // Text around an expression makes a text of all of it, which is always true.
  return only === undefined || typeof only === 'string' || more.length > 0 ? null : only
}
