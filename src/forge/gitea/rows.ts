import type { z } from 'zod'
import { ForgeError } from '../port.js'
import { whyOf } from '../schema.js'

/**
 * A row that was there and could not be read, with the context it says it belongs to; `null` when
 * not even that can be told.
 */
export interface Malformed {
  readonly context: string | null
  readonly why: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/**
 * The array an answer was asked for: under a key, or as its whole body. Under a key, `null` is an
 * empty page: Gitea ≤1.26 says `statuses: null` (docs/forge-facts.md, 1.3). Anything else that is
 * no array throws.
 */
export function rowsIn(body: unknown, key: string | null): readonly unknown[] {
  const list: unknown = key === null ? body : isObject(body) ? body[key] : undefined
  if (list === null && key !== null) return []
  if (Array.isArray(list)) return list as readonly unknown[]
  const where = key === null ? '' : ` under ${key}`
  throw new ForgeError('unexpected-shape', `the answer holds no list${where}`)
}

/**
 * A count the body itself carries. Never that of a combined status, which counts its page only
 * (docs/forge-facts.md, 1.3).
 */
export function totalUnder(body: unknown): number | null {
  const count = isObject(body) ? body['total_count'] : null
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null
}

/** Reads each row by itself: a row that cannot be read is returned as such, never dropped. */
export function parseRows<T>(
  schema: z.ZodType<T>,
  rows: readonly unknown[],
): { readonly rows: readonly T[]; readonly malformed: readonly Malformed[] } {
  const good: T[] = []
  const malformed: Malformed[] = []
  for (const raw of rows) {
    const parsed = schema.safeParse(raw)
    if (parsed.success) good.push(parsed.data)
    else
      malformed.push({
        context: isObject(raw) && typeof raw['context'] === 'string' ? raw['context'] : null,
        why: whyOf(parsed.error),
      })
  }
  return { rows: good, malformed }
}
