import type { Plan, RemedyChoice } from '../../core/plan/remedy.js'
import type { SweepReport } from './report.js'
import { plain } from './text.js'

const PLANS: Readonly<Record<Plan['kind'], string>> = {
  status: 'post a success',
  rerun: 're-run the umbrella job',
  report: 'report only',
}

/** Said where the umbrella job is asked first: its own newest run may have been right. */
const RERUN_FIRST = ", or re-run the umbrella job where the newest run's umbrella is red"

/** What a plan depends on beside the server's rules. */
interface Chosen {
  readonly choice: RemedyChoice
  /** Can the server run one job again? */
  readonly rerun: boolean
}

/** The same of a sweep that has ended. */
export const chosenBy = ({ policy, server }: SweepReport): Chosen => ({
  choice: policy.remedy,
  rerun: server.capabilities.rerun,
})

/** What a sweep does about a stale umbrella on this server, and why, in one line. */
export function planLine({ kind, why, missing }: Plan, { choice, rerun }: Chosen): string {
  const both = kind === 'status' && choice === 'auto' && rerun ? RERUN_FIRST : ''
  const because = why === '' ? '' : ` (${plain(why, 300)})`
  const without = missing === null ? '' : `; ${plain(missing, 500)}`
  return `remedy: ${PLANS[kind]}${both}${because}${without}`
}
