import type { Value } from '../value.js'
import { NotJudging, knownTexts, madeOf, requireJudgeable, shapeOf, shaped } from '../value.js'
import type { ScriptState } from './state.js'
import { assign, scriptVariable } from './state.js'

/**
 * Arithmetic of a shell, as far as umbrellas use it. An error in it ends the script red: what may
 * be one, such as `08`, `1 +` or `$X * 2` with nothing in X, is not understood.
 */

type Numbers = Map<string, number>
type Term = (numbers: Numbers) => number

const TOKEN = /\s*(\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}|\w+|\+\+|--|[-+*=!<>]=|&&|\|\||[-+*<>!()=])/y

const LEVELS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
  {
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b },
]

const CHANGES: Readonly<Record<string, (a: number, b: number) => number>> = {
  '=': (_, b) => b,
  '+=': (a, b) => a + b,
  '-=': (a, b) => a - b,
  '*=': (a, b) => a * b,
}

const misread = (): never => {
  throw new NotJudging('arithmetic that is not understood')
}

function tokensOf(text: string): readonly string[] {
  // A negative value that is put in behind a sign would make `--` or `+-` of it.
  if (/[-+]\$/.test(text)) misread()
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const whole = text.trimEnd()
  for (let at = 0; at < whole.length; at = TOKEN.lastIndex)
    tokens.push(TOKEN.exec(whole)?.[1] ?? misread())
  return tokens
}

class ArithmeticParser {
  /** Variables that it reads, and those whose text is put in. */
  readonly names = new Set<string>()
  readonly texts = new Set<string>()
  readonly assigned = new Set<string>()
  private at = 0
  private depth = 0
  private readonly tokens: readonly string[]

  constructor(text: string) {
    this.tokens = tokensOf(text)
  }

  whole(): Term {
    const term = this.change()
    return this.at < this.tokens.length ? misread() : term
  }

  private take(...wanted: readonly string[]): string | null {
    const token = this.tokens[this.at]
    if (token === undefined || !wanted.includes(token)) return null
    this.at += 1
    return token
  }

  private change(): Term {
    this.depth += 1
    if (this.depth > 20) misread()
    const [name = '', operator = ''] = this.tokens.slice(this.at, this.at + 2)
    const by = CHANGES[operator]
    const term = isName(name) && by !== undefined ? this.set(name, by) : this.level(0)
    this.depth -= 1
    return term
  }

  private set(name: string, by: (a: number, b: number) => number): Term {
    this.at += 2
    this.variable(name)
    this.assigned.add(name)
    const given = this.change()
    return numbers => {
      const value = by(numbers.get(name) ?? 0, given(numbers))
      numbers.set(name, value)
      return value
    }
  }

  private level(at: number): Term {
    const operators = LEVELS[at]
    if (operators === undefined) return this.unary()
    let left = this.level(at + 1)
    for (;;) {
      const by = operators[this.take(...Object.keys(operators)) ?? '']
      if (by === undefined) return left
      const [one, other] = [left, this.level(at + 1)]
      left = numbers => by(one(numbers), other(numbers))
    }
  }

  private unary(): Term {
    const sign = this.take('!', '-', '+')
    if (sign === null) return this.primary()
    this.depth += 1
    if (this.depth > 20) misread()
    const of = this.unary()
    this.depth -= 1
    if (sign === '!') return numbers => Number(of(numbers) === 0)
    return sign === '-' ? numbers => -of(numbers) : of
  }

  private primary(): Term {
    if (this.take('(') !== null) {
      const inner = this.change()
      return this.take(')') === null ? misread() : inner
    }
    const first = this.take('++', '--')
    const token = this.tokens[this.at] ?? misread()
    this.at += 1
    const last = isName(token) && first === null ? this.take('++', '--') : null
    if (first !== null || last !== null) return this.step(token, first ?? last ?? '', last !== null)
    if (/^(?:0|[1-9]\d{0,8})$/.test(token)) return () => Number(token)
    return this.variable(token)
  }

  private step(name: string, sign: string, isAfter: boolean): Term {
    if (!isName(name)) misread()
    this.variable(name)
    this.assigned.add(name)
    const by = sign === '++' ? 1 : -1
    return numbers => {
      const before = numbers.get(name) ?? 0
      numbers.set(name, before + by)
      return isAfter ? before : before + by
    }
  }

  private variable(token: string): Term {
    const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(token)?.[1] ?? misread()
    this.names.add(name)
    if (token.startsWith('$')) this.texts.add(name)
    return numbers => numbers.get(name) ?? 0
  }
}

const isName = (token: string): boolean => /^[A-Za-z_]\w*$/.test(token)

/** All that the variables can be, together; `null` where that is not known. */
function casesOf(values: ReadonlyMap<string, Value>): readonly Numbers[] | null {
  let cases: readonly Numbers[] = [new Map()]
  for (const [name, value] of values) {
    const texts = knownTexts(value)
    if (texts === null || texts.length * cases.length > 16) return null
    cases = cases.flatMap(one => texts.map(text => new Map([...one, [name, Number(text)]])))
  }
  return cases
}

/** A shell reads the text of a variable as arithmetic again, with names and assignments in it. */
function requireNumbers(
  values: ReadonlyMap<string, Value>,
  texts: ReadonlySet<string>,
  shell: ScriptState,
): void {
  for (const [name, value] of values)
    if (shapeOf(value) !== 'number')
      throw new NotJudging(`arithmetic of $${name}, which is no number`)
  for (const name of texts)
    if (knownTexts(scriptVariable(name, shell))?.includes('') === true)
      throw new NotJudging(`arithmetic of $${name}, which may be nothing`)
}

/** What arithmetic says of the variables in it, which it may set. */
export function arithmetic(text: string, shell: ScriptState): Value {
  const parser = new ArithmeticParser(text)
  const term = parser.whole()
  const values = new Map([...parser.names].map(name => [name, scriptVariable(name, shell)]))
  const by = shaped(madeOf([...values.values()], null), 'number')
  requireJudgeable(by, 'arithmetic')
  requireNumbers(values, parser.texts, shell)
  const cases = casesOf(values)
  // An assignment behind `&&` or `||` may not run.
  const isTold = parser.assigned.size === 0 || (cases?.length === 1 && !/&&|\|\|/.test(text))
  const known = isTold ? (cases?.map(term) ?? null) : null
  if (known?.some(one => Math.abs(one) > 1e15) === true) misread()
  for (const name of parser.assigned) {
    const set = isTold ? cases?.[0]?.get(name) : undefined
    assign(name, set === undefined ? by : madeOf([by], [String(set)]), shell)
  }
  return known === null
    ? by
    : madeOf(
        [by],
        known.map(one => String(one + 0)),
      )
}
