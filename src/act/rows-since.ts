import type { SignedRow } from '../core/model/status.js'
import type { Forge } from '../forge/port.js'
import { ForgeError } from '../forge/port.js'

/** Where to look, from which row on, and for what. */
export interface Since {
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
  { sha, mark, counted }: Since,
): Promise<readonly SignedRow[] | string> {
  try {
    const { value, gaps } = await forge.rowsSince(sha, mark)
    const gap = gaps.find(({ context }) => context === null || counted.has(context))
    return gap === undefined ? value : `${gap.what}: ${gap.detail}`
  } catch (error) {
    if (error instanceof ForgeError) return error.message
    throw error
  }
}
