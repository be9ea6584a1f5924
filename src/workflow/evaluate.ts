import type { Expression, Operator } from './expression.js'
import { parseTemplate } from './expression.js'
import type { KnownValue, Value } from './value.js'
import {
  RUN_MARK,
  from,
  isTrue,
  notJudging,
  concatenated,
  literal,
  madeOf,
  asText,
  shapeOf,
  shaped,
  truthOf,
  widestShape,
} from './value.js'

const RUN_FACTS: Readonly<Record<string, string>> = {
  sha: RUN_MARK.commit,
  'event.pull_request.head.sha': RUN_MARK.commit,
  repository: RUN_MARK.repository,
  api_url: RUN_MARK.api,
  server_url: RUN_MARK.server,
  run_id: RUN_MARK.run,
  token: RUN_MARK.token,
}

/** Facts of a run that hold nothing but letters, digits and hyphens. */
const INERT = new Set(
  'run_number run_attempt event_name job event.number event.pull_request.number'.split(' '),
)

/** What expressions are read with. */
export interface Facts {
  /** The jobs that this one needs. */
  readonly needs: readonly string[]
  /** May `needs` hold outputs? */
  readonly outputs: boolean
  readonly env: ReadonlyMap<string, Value>
  /** What every need ended with; `null`: anything. */
  readonly result: 'success' | null
  /** Is it the condition of the job itself, which asks about its needs, or of a step? */
  readonly ofJob: boolean
}

const results = ({ result }: Facts, known: KnownValue): Value =>
  shaped(
    from('results', 'results of needs', result === null ? null : [known]),
    Array.isArray(known) ? 'words' : 'word',
  )

function needsPath(names: readonly string[], facts: Facts): Value {
  const [id, field, ...more] = names
  if (id === undefined || field !== 'result' || more.length > 0)
    return from('other', `needs${names.map(name => `.${name}`).join('')}`)
  if (id === '*')
    return results(
      facts,
      facts.needs.map(() => 'success'),
    )
  const known = facts.needs.some(need => need.toLowerCase() === id)
  return known ? results(facts, 'success') : literal('')
}

function pathValue(names: readonly string[], facts: Facts): Value {
  const [root = '', ...below] = names
  const path = below.join('.')
  const what = names.join('.')
  switch (root) {
    case 'needs':
      return needsPath(below, facts)
    case 'env':
      return facts.env.get(path.toUpperCase()) ?? from('other', what)
    case 'secrets':
      return from('own', what, [RUN_MARK.token])
    case 'github':
    case 'gitea':
    case 'forgejo': {
      const mark = RUN_FACTS[path]
      if (mark !== undefined) return from('own', what, [mark])
      return from(INERT.has(path) ? 'own' : 'other', what)
    }
    default:
      return from('other', what)
  }
}

function asNumber(value: KnownValue): number {
  if (value === null || value === '') return 0
  if (typeof value === 'object') return NaN
  // `0b1`, `0xFFFFFFFF`, `1,000` and blanks are numbers here, but not there.
  if (typeof value === 'string' && !/^-?\d{1,15}$|^(?!-?inf|nan)[a-z]/i.test(value))
    return notJudging('a text that may be a number')
  return Number(value)
}

/** Only of these letters every server knows the small one. */
function lowerCase(text: string): string {
  const isKnown = (letter: string): boolean => letter < '\x80' || /[\uE001-\uE007]/.test(letter)
  if (!Array.from(text).every(isKnown)) notJudging('a comparison of letters beyond ASCII')
  return text.toLowerCase()
}

/** As the servers compare: texts without case, and what differs in kind as numbers. */
function isEqual(one: KnownValue, other: KnownValue): boolean {
  if (typeof one === 'string' && typeof other === 'string')
    return lowerCase(one) === lowerCase(other)
  return typeof one === typeof other ? one === other : asNumber(one) === asNumber(other)
}

/** Texts have an order too, which is not the same everywhere. */
const ordered =
  (answer: (a: number, b: number) => boolean) =>
  (one: KnownValue, other: KnownValue): boolean =>
    typeof one === 'string' && typeof other === 'string'
      ? notJudging('an order of texts')
      : answer(asNumber(one), asNumber(other))

const COMPARE: Readonly<
  Record<Exclude<Operator, '&&' | '||'>, (a: KnownValue, b: KnownValue) => boolean>
> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
}

/** Every pair of two values, answered; both answers where one of them is not known. */
function pairs(one: Value, other: Value, answer: (a: KnownValue, b: KnownValue) => boolean): Value {
  const [a, b] = [one.values, other.values]
  const known = a === null || b === null ? [true, false] : a.flatMap(x => b.map(y => answer(x, y)))
  return madeOf([one, other], known)
}

function binary(operator: Operator, left: Value, right: Value): Value {
  if (operator !== '&&' && operator !== '||') return pairs(left, right, COMPARE[operator])
  if (left.values === null || right.values === null) {
    // Of a left side that is not known, only what ends the operation could be told.
    return madeOf([left, right], null)
  }
  const decides = (value: KnownValue): boolean => isTrue(value) === (operator === '||')
  const kept = left.values.filter(decides)
  const values = kept.length < left.values.length ? [...kept, ...right.values] : kept
  return madeOf([left, right], values)
}

function lower(value: KnownValue): string {
  if (typeof value === 'object' && value !== null) return notJudging('a list as a text')
  return lowerCase(asText(value))
}

const ASK: Readonly<Record<string, (a: KnownValue, b: KnownValue) => boolean>> = {
  contains: (a, b) =>
    typeof a === 'object' && a !== null
      ? a.some(one => isEqual(one, b))
      : lower(a).includes(lower(b)),
  startswith: (a, b) => lower(a).startsWith(lower(b)),
  endswith: (a, b) => lower(a).endsWith(lower(b)),
}

/** The functions that ask how things went: of a job its needs, of a step the steps before it. */
function statusOf(name: string, facts: Facts): Value | null {
  if (name === 'always') return literal(true)
  if (!['success', 'failure', 'cancelled'].includes(name)) return null
  const values = facts.result === null ? [true, false] : [name === 'success']
  return facts.ofJob ? from('results', `${name}()`, values) : literal(...values)
}

function callValue(name: string, args: readonly Expression[], facts: Facts): Value {
  const [first, second] = args
  if (
    name === 'tojson' &&
    args.length === 1 &&
    first?.kind === 'path' &&
    first.names[0] === 'needs'
  ) {
    const whole = first.names.length <= 2 && !first.names.includes('*')
    if (!whole) return madeOf([pathValue(first.names, facts)], null)
    // Of one job alone outputs would be read as if they were jobs.
    return facts.outputs
      ? from('needs', 'toJSON(needs)', first.names.length === 1 ? [RUN_MARK.needs] : null)
      : shaped(from('results', 'toJSON(needs)'), 'json')
  }
  if (args.length === 0) return statusOf(name, facts) ?? from('other', `${name}()`)
  const given = args.map(one => valueOf(one, facts))
  const ask = ASK[name]
  if (ask !== undefined && args.length === 2 && first !== undefined && second !== undefined)
    return pairs(valueOf(first, facts), valueOf(second, facts), ask)
  if (name === 'join') return joined(given)
  if (name === 'format' || name === 'fromjson' || name === 'tojson') return madeOf(given, null)
  return from('other', `${name}()`)
}

/** The entries of a list, with a text between them. */
function joined(given: readonly Value[]): Value {
  const [lists, between] = [given[0]?.values, given[1]?.values]
  const [list, ...more] = lists ?? []
  const [text] = between ?? []
  const isTold = Array.isArray(list) && more.length === 0 && between?.length === 1
  if (isTold && typeof text === 'string') return madeOf(given, [list.join(text)])
  return shaped(madeOf(given, null), widestShape([...given.map(shapeOf), 'words']))
}

/** A number of many digits is not written alike everywhere, and `-0` and `-0x1` are not read so. */
function checked(value: KnownValue): KnownValue {
  const isPlain = /^-?\d{1,9}(?:\.\d{1,4})?$/.test(String(value)) && !Object.is(value, -0)
  return typeof value !== 'number' || isPlain ? value : notJudging('a number of many digits')
}

/** What an expression says, as far as that can be told without running anything. */
export function valueOf(expression: Expression, facts: Facts): Value {
  switch (expression.kind) {
    case 'literal':
      return literal(checked(expression.value))
    case 'path':
      return pathValue(expression.names, facts)
    case 'call':
      return callValue(expression.name, expression.args, facts)
    case 'not': {
      const of = valueOf(expression.of, facts)
      const { yes, no } = truthOf(of)
      return madeOf([of], [...(no ? [true] : []), ...(yes ? [false] : [])])
    }
    case 'binary':
      return binary(
        expression.operator,
        valueOf(expression.left, facts),
        valueOf(expression.right, facts),
      )
  }
}

/** What a text with expressions becomes. */
export function templateValue(text: string, facts: Facts): Value {
  const parts = parseTemplate(text)
  if (parts === null) return from('other', 'an expression that cannot be read')
  return parts
    .map(part => (typeof part === 'string' ? literal(part) : valueOf(part, facts)))
    .reduce(concatenated, literal(''))
}
