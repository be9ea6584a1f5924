import type { Call } from './call.js'
import type { Json } from './state.js'

/** A field of the request's JSON body. */
export function fieldOf({ body }: Call, key: string): Json | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Readonly<Record<string, Json>>)[key]
    : undefined
}

/** A text field of the body; anything else counts as empty, as Go's JSON decoder leaves it. */
export function textOf(call: Call, key: string): string {
  const value = fieldOf(call, key)
  return typeof value === 'string' ? value : ''
}
