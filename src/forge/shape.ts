import { z } from 'zod'
import { ForgeError } from './port.js'

/**
 * A schema that is made when it is first asked for: that takes longer than reading with it, and
 * most sweeps do without most of them.
 */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** What was made is what it is: nothing about it is checked again. */
const ANY = z.any()

/**
 * A schema of values that are made into others; whoever makes one may add issues. In place of zod's
 * `transform`, which hangs a new function on every value: V8 takes such a function for lasting and
 * keeps it, with the row it was made for, until a full collection. Thousands of rows are made.
 */
export function transformed<In, Out>(
  schema: z.ZodType<In>,
  make: (value: In, issues: z.core.$ZodRawIssue[]) => Out,
): z.ZodType<Out> {
  return z.codec(schema, ANY, {
    decode: (value, { issues }) => make(value, issues),
    encode: () => {
      throw new Error('rows are read, never written')
    },
  })
}

/** Parses one object or throws `unexpected-shape`, naming the fields but never their values. */
export function parseOne<T>(schema: z.ZodType<T>, raw: unknown, what: string): T {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new ForgeError('unexpected-shape', `${what}: ${whyOf(parsed.error)}`)
  return parsed.data
}

/** Which fields are wrong, and how. */
export function whyOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'row'} ${message}`)
    .join('; ')
}
