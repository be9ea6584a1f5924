import type { SignedRow } from '../model/status.js'
import { isRed } from '../model/status.js'
import { rowBeneathOurs } from '../reading/umbrella.js'
import { pass, refuse, rule } from './rule.js'
import { saidOf } from './umbrella-row.js'

/**
 * A red that Actions did not write is a veto. A phantom row of Actions is a mistake of the server
 * and none, and never counts as evidence either. A row of ours stands in for the newest row of
 * others: a veto stays one when we took a success back from over it. Only Actions, or whoever
 * writes last, lifts it.
 */
export const foreignRed = rule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions write the red?',
  judge: it => {
    const { row, head, policy } = it
    const ours = row?.author.kind === 'us' ? `; our row ${row.id} stands in for it` : ''
    const stood = ours === '' ? row : rowBeneathOurs(head.of(policy.umbrella))
    if (stood?.author.kind !== 'outside' || (stood.phantom && stood.state === 'pending'))
      return pass(() =>
        ours === ''
          ? saidOf(it)
          : `${saidOf(it)}, over ` +
            (stood == null ? 'no row of others' : `row ${stood.id} (${stood.state}) of Actions`),
      )
    return refuse(it, 'foreign-red', `${vetoOf(stood)}${ours}`)
  },
})

const vetoOf = ({ id, state, creator }: SignedRow): string =>
  `row ${id} says ${state}, written by ` +
  `${creator ?? 'a workflow token or an unknown writer'}, not ` +
  'by Actions: a veto is not a race'

/**
 * The same on a required context, whatever its job says: the newest row decides, and where several
 * latest rows stand, each of them does. What another system is known to write is its own word.
 */
export const foreignRequired = rule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions turn a required context red?',
  judge: it => {
    for (const { context, level } of it.must) {
      if (level === 'external') continue
      const standing = [...it.head.of(context).slice(0, 1), ...it.head.latest(context)]
      const veto = standing.find(
        ({ author, state, phantom }) => author.kind === 'outside' && isRed(state) && !phantom,
      )
      if (veto === undefined) continue
      const holder = { context, run: null, job: null }
      return refuse(it, 'foreign-red', `${context}: ${vetoOf(veto)}`, holder)
    }
    return pass(() => 'no stranger turned a required context red')
  },
})
