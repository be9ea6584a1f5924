import type { Gap } from '../core/model/evidence.js'
import { isBlind } from '../core/model/evidence.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { SignedRow } from '../core/model/status.js'
import type { Forge, ForgeError } from '../forge/port.js'
import { attempt } from '../forge/reading.js'

/** Does this token lack the right for what was asked? */
export const isNoRight = ({ code }: ForgeError): boolean =>
  code === 'forbidden' || code === 'unauthorized'

/** What could not be seen of the contexts that count, in words; `null` when all was seen. */
export function unseenOf(
  { gaps }: { readonly gaps: readonly Gap[] },
  counted: ReadonlySet<string>,
): string | null {
  const gap = gaps.find(one => isBlind(one) && (one.context === null || counted.has(one.context)))
  return gap === undefined ? null : `${gap.what}: ${gap.detail}`
}

/** Where to look, from which row on, and for what. */
interface LookBackStart {
  readonly sha: string
  readonly mark: number
  readonly counted: ReadonlySet<string>
}

/**
 * The rows above a mark, or why they are not known. A row nobody can read in a context that does
 * not count changes nothing.
 */
export async function rowsSince(
  forge: Forge,
  { sha, mark, counted }: LookBackStart,
): Promise<Result<readonly SignedRow[]>> {
  const read = await attempt(() => forge.rowsSince(sha, mark))
  if (!read.ok) return failure(read.why.message)
  const unseen = unseenOf(read.value, counted)
  return unseen === null ? success(read.value.value) : failure(unseen)
}
