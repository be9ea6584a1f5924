import { z } from 'zod'
import { ForgeError } from './port.js'

/**
 * A schema that is made when it is first asked for: making all of them takes a tenth of the time of
 * a start, and most sweeps do without most of them.
 */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** A number of an API as an id of ours. */
export const idSchema = <Id extends number = number>(): z.ZodType<Id> =>
  z.number().int().positive() as unknown as z.ZodType<Id>

/** Parses one object or throws `unexpected-shape`, naming the fields but never their values. */
export function parseOne<T>(schema: z.ZodType<T>, raw: unknown, what: string): T {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new ForgeError('unexpected-shape', `${what}: ${whyOf(parsed.error)}`)
  return parsed.data
}

/** The same of one pull request or issue: what tells of another one is no answer. */
export function parseNumbered<T extends { readonly number: number }>(
  schema: z.ZodType<T>,
  raw: unknown,
  what: string,
  number: number,
): T {
  const row = parseOne(schema, raw, what)
  requireSame(what, 'number', row.number, number)
  return row
}

/** What tells of another run, say, than was asked for is no answer. Throws `ForgeError`. */
export function requireSame(
  what: string,
  noun: string,
  told: number | null | undefined,
  asked: number,
): void {
  if (told === asked) return
  const which = told == null ? `no ${noun}` : `${noun} ${told}`
  throw new ForgeError(
    'unexpected-shape',
    `${what}: the answer is about ${which} instead of ${asked}`,
  )
}

/** Which fields are wrong, and how. */
export function whyOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'row'} ${message}`)
    .join('; ')
}
