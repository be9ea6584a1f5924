import { sameStatus } from '../../reading/checks/result.js'
import { statusRows } from '../../reading/checks/statuses.js'
import { pass, refuse } from '../rule.js'
import type { Basis } from '../verdict.js'
import { mayPost } from '../verdict.js'
import type { CheckInput } from './input.js'
import { checkRule } from './input.js'
import { targetOf } from './target.js'

/**
 * Did the newest run post a green status of the umbrella itself? With several pull requests on the
 * commit nothing tells whose run it is, and the red is of one of them.
 */
function isGreenByNewest({ seen, evidence, policy }: CheckInput): boolean {
  const [newest] = seen.group
  if (newest === undefined || newest.state === 'open' || evidence.pulls.length > 1) return false
  const own = statusRows(evidence).find(
    ({ author, context }) =>
      author.kind === 'actions' &&
      Number(author.run) === Number(newest.run.id) &&
      sameStatus(context, policy.umbrella),
  )
  return own?.state === 'success'
}

/**
 * Why this umbrella's red is not believed. A red job over a green one of a newer run is shown
 * stale; so is a posted red over the green that the newest run posted. A posted status can only be
 * vouched for by a list: no job of its name says what it does.
 */
export function basisOf(it: CheckInput): Basis {
  const { standing, policy } = it
  const shown =
    standing?.kind === 'check' ? targetOf(it)?.cause === 'superseded-leg' : isGreenByNewest(it)
  if (shown) return { kind: 'shown-stale' }
  const vouched = standing?.kind === 'status' && policy.userVouches
  return { kind: 'over-green-needs', vouch: vouched ? { by: 'list', otherWork: null } : null }
}

/** A red status over green needs may be right; a red job says so by itself when it runs again. */
export const ownVerdict = checkRule({
  codes: ['own-verdict'],
  title: 'Is the red shown stale, or does somebody vouch for the umbrella?',
  judge: it => {
    if (it.standing?.kind !== 'status') return pass(() => 'its job can be run again')
    const basis = basisOf(it)
    if (mayPost(basis))
      return pass(() =>
        basis.kind === 'shown-stale'
          ? 'shown stale: the newest run posted a green one'
          : 'red over green needs; required-contexts vouches for it',
      )
    const holder = { context: it.policy.umbrella, run: it.base.run, job: null }
    const detail =
      `all that ${it.policy.umbrella} needs is green, but the newest run did not post it green, ` +
      'and it may have a reason of its own: a posted status does not tell what it stands for'
    return refuse(it, 'own-verdict', detail, holder)
  },
})
