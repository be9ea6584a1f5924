import type { Expression, Operator } from './expression.js'
import { parseTemplate } from './expression.js'
import type { KnownValue, Value } from './value.js'
import {
  RUN_MARK,
  from,
  isTrue,
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

const asNumber = (value: KnownValue): number =>
  value === null || value === '' ? 0 : Array.isArray(value) ? NaN : Number(value)

/** As the servers compare: texts without case, and what differs in kind as numbers. */
function isEqual(one: KnownValue, other: KnownValue): boolean {
  if (typeof one === 'string' && typeof other === 'string')
    return one.toLowerCase() === other.toLowerCase()
  return typeof one === typeof other ? one === other : asNumber(one) === asNumber(other)
}

const COMPARE: Readonly<
  Record<Exclude<Operator, '&&' | '||'>, (a: KnownValue, b: KnownValue) => boolean>
> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': (a, b) => asNumber(a) < asNumber(b),
  '<=': (a, b) => asNumber(a) <= asNumber(b),
  '>': (a, b) => asNumber(a) > asNumber(b),
  '>=': (a, b) => asNumber(a) >= asNumber(b),
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

const lower = (value: KnownValue): string => asText(value).toLowerCase()

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
  if (name === 'join')
    return shaped(madeOf(given, null), widestShape([...given.map(shapeOf), 'words']))
  if (name === 'format' || name === 'fromjson' || name === 'tojson') return madeOf(given, null)
  return from('other', `${name}()`)
}

/** What an expression says, as far as that can be told without running anything. */
export function valueOf(expression: Expression, facts: Facts): Value {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value)
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
