/** A map of YAML. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text or number as text; `null` for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

/** A text, or a list of texts; `null` for anything else. */
export function textsOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return []
  const list = Array.isArray(value) ? value : [value]
  const texts = list.map(textOf)
  return texts.some(text => text === null) ? null : texts.map(text => text ?? '')
}

/** A scalar as text; `null` for anything else. */
export const wordOf = (value: unknown): string | null =>
  typeof value === 'boolean' ? String(value) : textOf(value)
