import type { Plan } from '../../core/plan/remedy.js'
import { plain } from './text.js'

const PLANS: Readonly<Record<Plan['kind'], string>> = {
  status: 'post a success',
  rerun: 're-run the umbrella job',
  report: 'report only',
}

/** What a sweep does about a stale umbrella on this server, and why, in one line. */
export function planLine({ kind, why, missing }: Plan): string {
  const because = why === '' ? '' : ` (${plain(why, 300)})`
  return `remedy: ${PLANS[kind]}${because}${missing === null ? '' : `; ${plain(missing, 500)}`}`
}
