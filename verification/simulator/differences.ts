import type { Json } from './state.js'

/** One place where two answers differ; `undefined` is absence. */
export interface Difference {
  /**
   * What is compared, by endpoint and field, without numbers: the name under which it is reported.
   */
  readonly name: string
  readonly path: string
  readonly want: Json | undefined
  readonly got: Json | undefined
}

/**
 * Every place where two JSON values differ. Lists of unequal length are one difference, their
 * members are not compared.
 */
export function compareJson(
  want: Json | undefined,
  got: Json | undefined,
  path = '',
): Omit<Difference, 'name'>[] {
  if (want === got) return []
  if (Array.isArray(want) && Array.isArray(got)) {
    if (want.length !== got.length)
      return [{ path: `${path}.length`, want: want.length, got: got.length }]
    return want.flatMap((member: Json, index) =>
      compareJson(member, (got as readonly Json[])[index], `${path}[${index}]`),
    )
  }
  if (isMap(want) && isMap(got)) {
    const keys = new Set([...Object.keys(want), ...Object.keys(got)])
    return [...keys].flatMap(key =>
      compareJson(want[key], got[key], path === '' ? key : `${path}.${key}`),
    )
  }
  return [{ path, want, got }]
}

/** `statuses[3].creator.email` as `statuses[].creator.email`. */
export function withoutNumbers(path: string): string {
  return path.replace(/\[\d+\]/g, '[]')
}

function isMap(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
