import type { Evidence, NonEmpty, Pull, ListedPull } from '../core/model/evidence.js'
import { nonEmpty } from '../core/model/evidence.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { Untouched } from '../core/plan/outcome.js'
import type { Forge, ForgeError, PullNow } from '../forge/port.js'
import { attempt } from '../forge/reading.js'

/** Nothing was sent, for this changed between the two looks. */
export const changed = (detail: string): Untouched => ({ code: 'changed-meanwhile', detail })

const notListedAgain = ({ message }: ForgeError): string =>
  `the open pull requests could not be listed again: ${message}`

const retargeted = ({ number, base }: Pull): string => `pull request #${number} now targets ${base}`

/**
 * Step 1 of a repair: the pulls that stand on a head now, exactly those that were judged; else why
 * nothing may be written. The list comes before the rows: a pull that comes later still is seen by
 * its run, and a long list must not stand between the last look at the rows and the write.
 */
export async function pullsStillOnHead(
  forge: Forge,
  judged: Evidence,
): Promise<Result<NonEmpty<Pull>, Untouched>> {
  // First, so that the list shows what came to the head, or left its base, while they were read.
  const left = forge.listsTips ? null : await readAgain(forge, judged.pulls)
  if (left !== null) return failure(left)
  const now = await attempt(() => forge.openPulls())
  if (!now.ok) return failure(changed(notListedAgain(now.why)))
  const { pulls } = now.value
  const gone = forge.listsTips ? goneFrom(pulls, judged.pulls) : null
  return gone === null ? standingOn(pulls, judged) : failure(gone)
}

/** Is a pull no longer open, or does it stand elsewhere? */
function leftBehind({ number, head }: ListedPull, { open, head: tip }: PullNow): Untouched | null {
  if (!open) return { code: 'closed', detail: `pull request #${number} is no longer open` }
  return tip === head
    ? null
    : { code: 'head-moved', detail: `pull request #${number} now stands at ${tip.slice(0, 10)}` }
}

/** By a list that names tips of branches, as the gate reads them. */
function goneFrom(listed: readonly Pull[], judged: readonly ListedPull[]): Untouched | null {
  const tips = new Map(listed.map(({ number, head }) => [number, head]))
  for (const pull of judged) {
    const head = tips.get(pull.number)
    const left = leftBehind(pull, { open: head !== undefined, head: head ?? '' })
    if (left !== null) return left
  }
  return null
}

/** By each pull itself: its head is the branch tip, where that of a list can lag behind. */
async function readAgain(forge: Forge, judged: readonly ListedPull[]): Promise<Untouched | null> {
  for (const pull of judged) {
    const now = await attempt(() => forge.pull(pull.number))
    if (!now.ok)
      return changed(`pull request #${pull.number} could not be read again: ${now.why.message}`)
    const left = leftBehind(pull, now.value)
    if (left !== null) return left
  }
  return null
}

/**
 * The listed pulls on this head. Only if exactly those that were judged stand there may it be
 * written: one that was opened, reopened or re-based since would get a green it has no proof for.
 */
function standingOn(
  pulls: readonly Pull[],
  { sha, pulls: judged }: Evidence,
): Result<NonEmpty<Pull>, Untouched> {
  const here = nonEmpty(pulls.filter(({ head }) => head === sha))
  const bases = new Map(judged.map(({ number, base }) => [number, base]))
  const exact =
    here !== null && here.length === bases.size && here.every(({ number }) => bases.has(number))
  if (!exact) return failure(changed('other pull requests stand on this head now'))
  // What must be green depends on the base branch.
  const moved = here.find(({ number, base }) => bases.get(number) !== base)
  return moved === undefined ? success(here) : failure(changed(retargeted(moved)))
}

/** The judged pulls that still stand on a head, or why one stands there that was not judged so. */
type StandingNow = { readonly here: readonly Pull[] } | { readonly unjudged: string }

/**
 * The pulls on a head once more, after a write, by the cheapest list; why they are not known, in
 * words. One that has left takes nothing from what was proven for the others.
 */
export async function standingNow(forge: Forge, judged: Evidence): Promise<Result<StandingNow>> {
  const bases = new Map(judged.pulls.map(({ number, base }) => [number, base]))
  const listed = await attempt(() => listedOn(forge, judged))
  if (!listed.ok) return failure(notListedAgain(listed.why))
  if (!listed.value.ok) return listed.value
  const here = listed.value.value
  const other = here.find(({ number, base }) => bases.get(number) !== base)
  if (other === undefined) return success({ here })
  return success({
    unjudged: bases.has(other.number)
      ? retargeted(other)
      : `pull request #${other.number} stands on this head now, and was not judged`,
  })
}

/**
 * The open pulls on a commit by the cheapest list. One that hides a judged pull may hide others as
 * well: then the list of all open pulls decides, and where that hides it too, why nobody knows.
 */
async function listedOn(forge: Forge, judged: Evidence): Promise<Result<readonly Pull[]>> {
  const cheap = await forge.pullsOn(judged.sha)
  const hidden = await hiddenFrom(forge, cheap, judged)
  if (hidden.length === 0) return success(cheap)
  const whole = (await forge.openPulls()).pulls.filter(({ head }) => head === judged.sha)
  const lost = hidden.find(number => !whole.some(pull => pull.number === number))
  return lost === undefined
    ? success(whole)
    : failure(`the list of open pull requests does not show #${lost}, which stands on this commit`)
}

/** Which judged pulls a list does not show though they stand there still, asked of each itself. */
async function hiddenFrom(
  forge: Forge,
  shown: readonly Pull[],
  { sha, pulls }: Evidence,
): Promise<readonly number[]> {
  const known = new Set(shown.map(({ number }) => number))
  const hidden: number[] = []
  for (const { number } of pulls.filter(pull => !known.has(pull.number))) {
    const { open, head } = await forge.pull(number)
    if (open && head === sha) hidden.push(number)
  }
  return hidden
}
