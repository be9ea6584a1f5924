import type { Suite } from '../../model/check.js'
import type { ContextResult } from '../../reading/assessment.js'
import { named, pass, refuse, wait } from '../rule.js'
import type { Holder } from '../verdict.js'
import { checkRule } from './input.js'

const holderOf = ({ context, result }: ContextResult): Holder => ({
  context,
  run: 'run' in result ? result.run : null,
  job: 'job' in result ? result.job : null,
})

/** A preview tells only whether a head needs a study. */
export const notStudied = checkRule({
  codes: ['evidence-incomplete'],
  title: 'Was every check run of the commit read?',
  judge: it =>
    it.evidence.studied && it.evidence.history !== null
      ? pass(() => 'every suite was read')
      : refuse(it, 'evidence-incomplete', 'the check runs of this commit were not read'),
})

/**
 * A run that waits for a person's approval has no jobs yet. To run it again would approve it
 * (docs/github-facts.md, 2), and what it would say is not known.
 */
export const awaitingApproval = checkRule({
  codes: ['awaiting-approval'],
  title: 'Does a run wait for an approval?',
  judge: it => {
    const suite = it.evidence.suites.find(waits)
    const leg = it.seen.umbrella.legs.find(({ state }) => state === 'action-required')
    const run = suite?.run?.id ?? leg?.suite.run.id
    if (run === undefined) return pass(() => 'no run waits for an approval')
    const holder = { context: it.policy.umbrella, run: it.base.run, job: null }
    const detail = `run ${run} waits for an approval: running it again would get around it`
    return refuse(it, 'awaiting-approval', detail, holder)
  },
})

const waits = ({ run, state }: Suite): boolean => run !== null && state === 'action-required'

/** Something that counts has not finished. */
export const notFinished = checkRule({
  codes: ['required-open', 'run-open'],
  title: 'Has everything that counts ended?',
  judge: it => {
    const going = it.seen.results.find(({ result }) => result.kind === 'open')
    if (going !== undefined) {
      const { context, result, level } = going
      const why = 'why' in result ? `: ${result.why}` : ''
      const reason = level === 'optional' || level === 'unlisted' ? 'run-open' : 'required-open'
      return wait(it, reason, `${context} has not finished${why}`, holderOf(going))
    }
    const { openRunReason } = it.seen
    if (openRunReason === null) return pass(() => 'nothing is going in the runs that count')
    const holder = { context: it.policy.umbrella, run: it.base.run, job: null }
    return wait(it, 'run-open', openRunReason, holder)
  },
})

/** What the newest run says cannot be established. */
export const supersededEvidence = checkRule({
  codes: ['superseded-evidence'],
  title: 'Is it established what the newest run says?',
  judge: it => {
    const { umbrella, results, group } = it.seen
    const unclear = umbrella.legs.find(({ state }) => state === 'unknown')
    if (unclear !== undefined) {
      const why = unclear.why === '' ? 'it ended in a way nobody knows' : unclear.why
      return refuse(it, 'superseded-evidence', `${it.policy.umbrella}: ${why}`)
    }
    if (group.length === 0)
      return refuse(
        it,
        'superseded-evidence',
        `no run of Actions wrote ${it.policy.umbrella} for pull request #${it.pull.number}`,
      )
    for (const one of results) {
      const { context, result, level } = one
      if (level === 'optional' || result.kind !== 'unknown') continue
      return refuse(it, 'superseded-evidence', `${context}: ${result.why}`, holderOf(one))
    }
    return pass(() => `the newest run is ${named(it.base.run)}`)
  },
})
