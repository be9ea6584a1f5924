import { statusName } from '../model/status.js'
import { rowBeneathOurs } from '../view/umbrella.js'
import { saidByForeign } from '../view/rows-view.js'
import { refuse, rule } from './rule.js'
import { umbrellaWords } from './umbrella.js'

/** Why nothing is written over it. */
const LEFT_ALONE = 'set by a person or another system, so left alone'

/** What its writer said with it: often the whole reason, such as whom to ask. */
const saidWithIt = ({ description }: { readonly description: string }): string =>
  description.trim() === '' ? '' : `; it says "${description.trim()}"`

/**
 * A red row that Actions did not write forbids a repair. A pending phantom (a row that the server
 * wrote by mistake for a job that its run does not have) does not. Where the newest row is ours,
 * the row beneath it is asked: a success that we posted over such a red and took back does not lift
 * it. Only a newer row of Actions, or of another writer, does.
 */
export const foreignRed = rule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions write the red?',
  judge: input => {
    const { view } = input
    const check = view.foreign.find(({ state }) => state !== 'green')
    if (check !== undefined) return refuse(input, 'foreign-red', `${check.says}: ${LEFT_ALONE}`)
    const row = view.row
    const isOurs = row?.author.kind === 'us'
    const stood = isOurs ? rowBeneathOurs(view.past) : row
    if (stood?.author.kind !== 'foreign' || (stood.phantom && stood.state === 'pending'))
      return () =>
        isOurs
          ? `${umbrellaWords(view)}, over ` +
            (stood == null ? 'no row of others' : `row ${stood.id} (${stood.state}) of Actions`)
          : umbrellaWords(view)
    if (view.read.kind === 'checks') {
      const detail =
        `${statusName(stood)} says ${stood.state}, written by ` +
        `${stood.creator ?? 'an unknown writer'}, not by a run of this pull request: ` +
        `${LEFT_ALONE}${saidWithIt(stood)}`
      return refuse(input, 'foreign-red', detail)
    }
    const standsIn = isOurs ? `; our row ${row.id} stands in for it` : ''
    const detail = `${saidByForeign(stood)}: ${LEFT_ALONE}${standsIn}${saidWithIt(stood)}`
    return refuse(input, 'foreign-red', detail)
  },
})

/** The same on a required context, whatever its job says. */
export const foreignRequired = rule({
  codes: ['foreign-red'],
  title: 'Did somebody else than Actions turn a required context red?',
  judge: input => {
    for (const { context, level, foreign } of input.required) {
      // What another system is known to write is its result.
      if (level === 'external') continue
      const veto = foreign.find(({ state }) => state === 'red')
      if (veto === undefined) continue
      const detail = `${context}: ${veto.says}: ${LEFT_ALONE}`
      return refuse(input, 'foreign-red', detail, { context, run: null, job: null })
    }
    return () => 'no stranger turned a required context red'
  },
})
