/** Where a value comes from. Nothing at all: it stands in the file. */
export type ValueOrigin =
  /** The results of jobs it needs. */
  | 'results'
  /** All that is known of them, their outputs included. */
  | 'needs'
  /** What this server says of this commit: statuses, check runs, jobs. */
  | 'statuses'
  /** What the run is of and by: commit, repository, address, token. */
  | 'own'
  | 'other'

export type KnownValue = string | number | boolean | null | readonly string[]

/** What is known of a value without running anything. */
export interface Value {
  readonly from: ReadonlySet<ValueOrigin>
  /** All that it can be; `null` where that is not known. */
  readonly values: readonly KnownValue[] | null
  /** What it is, where a reason must name it. */
  readonly what: string
  /** What it is made of, where the text itself is not known. */
  readonly shape?: Shape
}

/**
 * A number as a shell writes it, or nothing; one word, which a shell neither splits nor takes for
 * files; several of these; JSON of results.
 */
export type Shape = 'number' | 'word' | 'words' | 'json'

/** More values than this are not told apart. */
const MAX_VALUES = 16

const EMPTY: ReadonlySet<ValueOrigin> = new Set()

/** A value that stands in the file. */
export const literal = (...values: readonly KnownValue[]): Value => ({
  from: EMPTY,
  values,
  what: 'a literal',
})

/** A value of which only the origin is known. */
export const from = (origin: ValueOrigin, what: string, values: Value['values'] = null): Value => ({
  from: new Set([origin]),
  values,
  what,
})

/** What must not decide: it is neither a literal, a result nor a status of this commit. */
const FORBIDDEN: readonly ValueOrigin[] = ['needs', 'own', 'other']

const isForbidden = ({ from }: Value): boolean => FORBIDDEN.some(origin => from.has(origin))

function shapeOfTexts(texts: readonly string[]): Shape | null {
  if (texts.every(text => /^(?:0|-?[1-9]\d{0,14})?$/.test(text))) return 'number'
  if (texts.every(text => /^[\w.,:/%@+=\uE001-\uE006-]*$/.test(text))) return 'word'
  return texts.some(text => /[*?[\]\\\uE000-\uF8FF]/.test(text)) ? null : 'words'
}

/** What a text is made of; `null`: of anything. */
export function shapeOf(value: Value): Shape | null {
  const texts = knownTexts(value)
  return texts === null ? (value.shape ?? null) : shapeOfTexts(texts)
}

export const shaped = (value: Value, shape: Shape | null): Value => {
  const bare = { from: value.from, values: value.values, what: value.what }
  return shape === null ? bare : { ...bare, shape }
}

const SHAPES: readonly Shape[] = ['number', 'word', 'words', 'json']

/** The shape of what is either of several texts. */
export const widestShape = (shapes: readonly (Shape | null)[]): Shape | null =>
  shapes.includes(null) || (shapes.includes('json') && !shapes.every(one => one === 'json'))
    ? null
    : (SHAPES[Math.max(0, ...shapes.map(one => SHAPES.indexOf(one ?? 'json')))] ?? null)

/** A value made of others. */
export function madeOf(parts: readonly Value[], values: Value['values']): Value {
  const distinct = values === null ? null : [...new Set(values)]
  const named = parts.find(isForbidden) ?? parts.find(part => part.from.size > 0)
  const isKept = distinct !== null && distinct.length <= MAX_VALUES
  const made: Value = {
    from: new Set(parts.flatMap(part => [...part.from])),
    values: isKept ? distinct : null,
    what: named?.what ?? 'a literal',
  }
  return distinct === null || isKept ? made : shaped(made, shapeOfTexts(distinct.map(asText)))
}

/** Either of two values. */
export const either = (one: Value, other: Value): Value =>
  one.values === null || other.values === null
    ? shaped(madeOf([one, other], null), widestShape([shapeOf(one), shapeOf(other)]))
    : madeOf([one, other], [...one.values, ...other.values])

/** A text, as an expression is written into a file. */
export const asText = (value: KnownValue): string =>
  value === null ? '' : typeof value === 'object' ? 'Array' : String(value)

/** The texts a value can be; `null` where they are not known. */
export const knownTexts = ({ values }: Value): readonly string[] | null =>
  values?.map(asText) ?? null

/** A text that is longer is not known letter by letter: a few lines can make one of any length. */
const MAX_LETTERS = 100_000

const longestOf = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map(({ length }) => length))

/** Two values, one behind the other. */
export function concatenated(one: Value, other: Value): Value {
  const [a, b] = [knownTexts(one), knownTexts(other)]
  if (a !== null && b !== null && longestOf(a) + longestOf(b) <= MAX_LETTERS)
    return madeOf(
      [one, other],
      a.flatMap(left => b.map(right => left + right)),
    )
  return shaped(madeOf([one, other], null), joinedShape(one, other))
}

function joinedShape(one: Value, other: Value): Shape | null {
  const only = (value: Value, pattern: RegExp): boolean =>
    knownTexts(value)?.every(text => pattern.test(text)) === true
  if (only(one, /^$/)) return shapeOf(other)
  if (only(other, /^$/)) return shapeOf(one)
  if (only(one, /^\s*$/) && shapeOf(other) === 'json') return 'json'
  if (only(other, /^\s*$/) && shapeOf(one) === 'json') return 'json'
  const both = widestShape([shapeOf(one), shapeOf(other), 'word'])
  return both === 'json' ? null : both
}

export const isTrue = (value: KnownValue): boolean =>
  value !== null && value !== '' && value !== 0 && value !== false

/** Can it be true, and can it be false? */
export const truthOf = ({ values }: Value): { readonly yes: boolean; readonly no: boolean } => ({
  yes: values === null || values.some(isTrue),
  no: values === null || !values.every(isTrue),
})

/** What stands for the facts of a run in an address. None of them occurs in a file. */
export const RUN_MARK = {
  api: '\uE001',
  server: '\uE002',
  repository: '\uE003',
  commit: '\uE004',
  run: '\uE005',
  token: '\uE006',
  /** All of `toJSON(needs)`, where it may hold outputs. */
  needs: '\uE007',
} as const

/** Why a job does more than to judge. */
export class NotJudging extends Error {}

export const notJudging = (why: string): never => {
  throw new NotJudging(why)
}

/** A value that something depends on: none but literals, results and statuses may be one. */
export function requireJudgeable(value: Value, where: string): void {
  if (isForbidden(value)) throw new NotJudging(`${where} reads ${value.what}`)
}
