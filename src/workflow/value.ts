/** Where a value comes from. Nothing at all: it stands in the file. */
export type Origin =
  /** The results of jobs it needs. */
  | 'results'
  /** All that is known of them, their outputs included. */
  | 'needs'
  /** What this server says of this commit: statuses, check runs, jobs. */
  | 'statuses'
  /** What the run is of and by: commit, repository, address, token. */
  | 'own'
  | 'other'

export type Known = string | number | boolean | null | readonly string[]

/** What is known of a value without running anything. */
export interface Value {
  readonly from: ReadonlySet<Origin>
  /** All that it can be; `null` where that is not known. */
  readonly values: readonly Known[] | null
  /** What it is, where a reason must name it. */
  readonly what: string
}

/** More values than this are not told apart. */
const MAX_VALUES = 16

const EMPTY: ReadonlySet<Origin> = new Set()

/** A value that stands in the file. */
export const literal = (...values: readonly Known[]): Value => ({
  from: EMPTY,
  values,
  what: 'a literal',
})

/** A value of which only the origin is known. */
export const from = (origin: Origin, what: string, values: Value['values'] = null): Value => ({
  from: new Set([origin]),
  values,
  what,
})

/** What must not decide: it is neither a literal, a result nor a status of this commit. */
const FORBIDDEN: readonly Origin[] = ['needs', 'own', 'other']

const isForbidden = ({ from }: Value): boolean => FORBIDDEN.some(origin => from.has(origin))

/** A value made of others. */
export function madeOf(parts: readonly Value[], values: Value['values']): Value {
  const distinct = values === null ? null : [...new Set(values)]
  const named = parts.find(isForbidden) ?? parts.find(part => part.from.size > 0)
  return {
    from: new Set(parts.flatMap(part => [...part.from])),
    values: distinct === null || distinct.length > MAX_VALUES ? null : distinct,
    what: named?.what ?? 'a literal',
  }
}

/** Either of two values. */
export const either = (one: Value, other: Value): Value =>
  madeOf(
    [one, other],
    one.values === null || other.values === null ? null : [...one.values, ...other.values],
  )

/** A text, as an expression is written into a file. */
export const asText = (value: Known): string =>
  value === null ? '' : typeof value === 'object' ? 'Array' : String(value)

/** The texts a value can be; `null` where they are not known. */
export const knownTexts = ({ values }: Value): readonly string[] | null =>
  values?.map(asText) ?? null

/** Two values, one behind the other. */
export function joined(one: Value, other: Value): Value {
  const [a, b] = [knownTexts(one), knownTexts(other)]
  const texts = a === null || b === null ? null : a.flatMap(left => b.map(right => left + right))
  return madeOf([one, other], texts)
}

export const isTrue = (value: Known): boolean =>
  value !== null && value !== '' && value !== 0 && value !== false

/** Can it be true, and can it be false? */
export const truthOf = ({ values }: Value): { readonly yes: boolean; readonly no: boolean } => ({
  yes: values === null || values.some(isTrue),
  no: values === null || !values.every(isTrue),
})

/** What stands for the facts of a run in an address. None of them occurs in a file. */
export const MARK = {
  api: '\uE001',
  server: '\uE002',
  repository: '\uE003',
  commit: '\uE004',
  run: '\uE005',
  token: '\uE006',
} as const

/** Why a job does more than to judge. */
export class NotJudging extends Error {}

/** A value that something depends on: none but literals, results and statuses may be one. */
export function decide(value: Value, where: string): void {
  if (isForbidden(value)) throw new NotJudging(`${where} reads ${value.what}`)
}
