import type { z } from 'zod'
import { ForgeError } from './port.js'

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
