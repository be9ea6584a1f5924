import type { Evidence } from '../model/evidence.js'
import type { Server } from '../model/server.js'
import type { RequiredContext } from '../rules/gate/finding.js'
import type { ContextQuestion } from '../rules/gate/context.js'
import { inputFor } from '../rules/gate/context.js'
import { jobToRerun, notRerunnable, redLegOf } from '../rules/rerunnable.js'
import type { Write } from './remedy.js'

/** In the leg's own run nothing else is red: run again alone, it does not read cancelled needs. */
function isOnlyRed(evidence: Evidence, question: ContextQuestion): boolean {
  const { read } = inputFor(question).view
  if (evidence.kind !== 'checks' || read.kind === 'rows') return true
  const leg = redLegOf(read)
  return read.head.legs.every(
    ({ suite, check, state }) =>
      suite.id !== leg?.suite.id ||
      check.id === leg.check.id ||
      state === 'success' ||
      state === 'skipped',
  )
}

/**
 * The one request by which a person could mend a context that is shown stale: its job run again,
 * where the server can; else the success that its newest run reported, where a posted one counts.
 * `null` where none is proven right. Nobody here sends it.
 */
export function remedyOfContext(
  { traits, capabilities }: Pick<Server, 'traits' | 'capabilities'>,
  question: ContextQuestion,
  judged: RequiredContext,
): Write | null {
  if (judged.state !== 'stale') return null
  const { evidence, context } = question
  const input = inputFor(question)
  if (evidence.kind === 'checks') {
    const job = redLegOf(input.view.read) === null ? null : jobToRerun(input)
    const isRight =
      job !== null &&
      typeof notRerunnable.judge(input) === 'function' &&
      isOnlyRed(evidence, question)
    return isRight ? { kind: 'rerun', run: job.run, job: job.job, wholeRun: false } : null
  }
  const run = evidence.runs.find(({ key }) => key === judged.run)?.id
  const job = judged.job?.id ?? null
  if (capabilities.rerun && evidence.kind === 'jobs')
    return run === undefined || job === null ? null : { kind: 'rerun', run, job, wholeRun: false }
  if (!traits.postedStatusWins || judged.run === null) return null
  return {
    kind: 'status',
    post: {
      sha: evidence.sha,
      context,
      state: 'success',
      description: `green in run ${judged.run}, the newest; posted by hand`,
      targetUrl: '',
    },
  }
}
