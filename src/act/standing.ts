import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { nonEmpty } from '../core/model/evidence.js'
import type { Untouched } from '../core/acting/outcome.js'
import type { Forge } from '../forge/port.js'
import { ForgeError } from '../forge/port.js'

/**
 * Step 1 of a repair: the pulls that stand on a head now, exactly those that were judged; else why
 * nothing may be written.
 */
export async function whoStands(
  forge: Forge,
  judged: Evidence,
): Promise<NonEmpty<Pull> | Untouched> {
  const moved = await lookAtPulls(forge, judged.pulls)
  if (moved !== null) return moved
  const pulls = await standingOn(forge, judged)
  return typeof pulls === 'string' ? { code: 'changed-meanwhile', detail: pulls } : pulls
}

/**
 * Is every pull of this head still open, with this head? The branch tip is read, as the gate reads
 * it (docs/forge-facts.md, 7).
 */
async function lookAtPulls(forge: Forge, pulls: readonly Pull[]): Promise<Untouched | null> {
  for (const { number, head } of pulls) {
    try {
      const now = await forge.pull(number)
      if (!now.open) return { code: 'closed', detail: `pull request #${number} is no longer open` }
      if (now.head !== head)
        return {
          code: 'head-moved',
          detail: `pull request #${number} now stands at ${now.head.slice(0, 10)}`,
        }
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error
      return {
        code: 'changed-meanwhile',
        detail: `pull request #${number} could not be read again: ${error.message}`,
      }
    }
  }
  return null
}

/**
 * The open pulls listed anew. Only if exactly those that were judged stand on this head may it be
 * written: one that was opened, reopened or re-based since would get a green it has no proof for.
 * Else why not, in words. The list comes before the rows: a pull that comes later still is seen by
 * its run, and a long list must not stand between the last look at the rows and the write.
 */
async function standingOn(
  forge: Forge,
  { sha, pulls: judged }: Evidence,
): Promise<NonEmpty<Pull> | string> {
  try {
    const { pulls } = await forge.openPulls()
    const here = nonEmpty(pulls.filter(({ head }) => head === sha))
    const known = new Map(judged.map(({ number, base }) => [number, base]))
    const exact =
      here !== null && here.length === known.size && here.every(({ number }) => known.has(number))
    if (!exact) return 'other pull requests stand on this head now'
    // What must be green depends on the base branch.
    const moved = here.find(({ number, base }) => known.get(number) !== base)
    return moved === undefined ? here : `pull request #${moved.number} now targets ${moved.base}`
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return `the open pull requests could not be listed again: ${error.message}`
  }
}
