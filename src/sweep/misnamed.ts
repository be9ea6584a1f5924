import type { Config } from '../config.js'
import { distance } from '../core/model/context.js'
import type { Evidence } from '../core/model/evidence.js'
import { hasBase } from '../core/model/evidence.js'
import { sameStatus } from '../core/view/checks/statuses.js'
import { headStatusesOf } from '../core/view/head-statuses.js'
import type { Forge } from '../forge/port.js'
import { ForgeError } from '../forge/port.js'
import type { Looked } from './look.js'

/** So many contexts are named to somebody who may have misspelt the umbrella. */
const NAMED_CONTEXTS = 2

/** More base branches than this are not looked through for a job nobody may have. */
const BRANCHES = 5

/**
 * A preview of check runs shows nothing but the umbrella: where no head shows any of it, one of
 * them is read whole, to know what else there is.
 */
async function seenWhole(forge: Forge, heads: readonly Evidence[]): Promise<readonly Evidence[]> {
  const [first] = heads
  const bare = heads.every(head => head.kind === 'checks' && contextsSeen(head).length === 0)
  return bare && first !== undefined ? forge.study([first]) : heads
}

interface SeenContext {
  readonly context: string
  readonly open: boolean
  /** Is it this umbrella? GitHub compares the contexts of statuses without case. */
  readonly is: (umbrella: string) => boolean
}

/** Every context of a head, and whether it is open. */
function contextsSeen(evidence: Evidence): readonly SeenContext[] {
  const anyCase = evidence.kind === 'checks'
  const rows = headStatusesOf(evidence).rows.map(({ context, state }) => ({
    context,
    open: state === 'pending',
    is: (name: string) => (anyCase ? sameStatus(name, context) : name === context),
  }))
  if (evidence.kind !== 'checks') return rows
  const checks = evidence.checks.map(({ name, state }) => ({
    context: name,
    open: state === 'open',
    is: (umbrella: string) => umbrella === name,
  }))
  return [...checks, ...rows]
}

/**
 * The base branches of these heads; a cheap list did not tell them, so that the whole one is asked.
 * `null` where it cannot be had.
 */
async function basesOf(
  forge: Forge,
  heads: readonly Evidence[],
): Promise<readonly string[] | null> {
  const listed = heads.flatMap(({ pulls }) => pulls)
  if (listed.every(hasBase)) return [...new Set(listed.map(({ base }) => base))]
  const asked = new Set(listed.map(({ number }) => number))
  try {
    const { pulls } = await forge.openPulls()
    const here = pulls.filter(({ number }) => asked.has(number))
    return [...new Set(here.map(({ base }) => base))]
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return null
  }
}

/**
 * Why the umbrella cannot be the one that was meant, or `null`: no head carries it although they
 * carry other contexts that have ended, and no workflow file of their base branches writes it.
 * Without this a misspelt name looks like perfect health.
 */
export async function misnamed(
  { policy: { umbrella }, umbrellaFrom }: Config,
  forge: Forge,
  { judged, leftAlone }: Pick<Looked, 'judged' | 'leftAlone'>,
): Promise<string | null> {
  // In most sweeps some head carries it.
  if (leftAlone['umbrella-green'] + leftAlone['umbrella-pending'] > 0) return null
  const heads = judged.map(({ evidence }) => evidence)
  const ended = new Set<string>()
  // What could not be read may carry it.
  if (heads.some(({ gaps }) => gaps.length > 0)) return null
  for (const head of await seenWhole(forge, heads))
    for (const { context, open, is } of contextsSeen(head)) {
      if (is(umbrella)) return null
      if (!open) ended.add(context)
    }
  if (ended.size === 0) return null
  const bases = await basesOf(forge, heads)
  // Where every one of them was closed meanwhile, no branch is left to look into.
  if (bases === null || bases.length === 0) return null
  for (const base of bases.slice(0, BRANCHES))
    if ((await forge.hasUmbrella(base)) !== false) return null
  const nearest = [...ended].sort(
    (a, b) => distance(umbrella, a) - distance(umbrella, b) || (a < b ? -1 : 1),
  )
  const named = nearest.slice(0, NAMED_CONTEXTS).map(context => `"${context}"`)
  return (
    `umbrella-context: ${umbrellaFrom.kind === 'input' ? 'given' : 'not given, chosen'} ` +
    `"${umbrella}"; no open pull request carries it, and no workflow ` +
    `file on ${bases.slice(0, BRANCHES).join(', ')} writes it; did you mean ${named.join(' or ')}?`
  )
}
