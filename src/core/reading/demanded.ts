import type { UmbrellaNeeds } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { levelOf } from '../model/policy.js'

/** Where the list of what must be green comes from, in words. */
function sourceOf(needs: UmbrellaNeeds): string {
  switch (needs.kind) {
    case 'contexts':
      return `the needs of the umbrella (${needs.from})`
    case 'every-other-job':
      return `every other job of the run, for ${needs.why} (${needs.from})`
    case 'no-such-job':
    case 'not-read':
      return 'nowhere'
  }
}

/** What must be green for one pull, and where that comes from. */
export interface Demand {
  readonly policy: Policy
  /** Contexts that the umbrella needs, by their very names. */
  readonly needed: readonly string[]
  /** Does every other job of the newest run count besides? */
  readonly implied: boolean
  readonly source: string
}

/**
 * What must be green where no list says: what the umbrella needs, but for what the user named as
 * optional or external.
 */
export function demanded(policy: Policy, needs: UmbrellaNeeds | undefined): Demand {
  if (policy.required.length > 0 || needs === undefined)
    return { policy, needed: [], implied: false, source: 'required-contexts' }
  const contexts =
    needs.kind === 'contexts' || needs.kind === 'every-other-job' ? needs.contexts : []
  const needed = contexts.filter(context => levelOf(policy, context) === 'unlisted')
  return {
    policy: { ...policy, required: needed },
    needed,
    implied: needs.kind === 'every-other-job',
    source: sourceOf(needs),
  }
}
