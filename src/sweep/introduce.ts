import type { Config } from '../config.js'
import { planOf } from '../core/plan/remedy.js'
import type { Server } from '../core/model/server.js'
import type { Runner } from '../runner.js'
import { planLine } from './report/plan.js'
import { plain } from './report/text.js'

/** What a server may offer beside statuses, in words. */
const OFFERS = [
  ['runs', 'runs'],
  ['tasks', 'tasks'],
  ['rerun', 're-runs of one job'],
] as const

/** The first lines of a log: what is swept, by which evidence, and what is done there. */
export function introduce(runner: Runner, config: Config, server: Server): void {
  const { kind, version, versionNote, grade, gradeLimit, capabilities } = server
  const has = OFFERS.flatMap(([name, words]) => (capabilities[name] ? [words] : []))
  const because = config.dryRunBy == null ? '' : `: ${plain(config.dryRunBy)}`
  const chosen = { choice: config.remedy, rerun: capabilities.rerun }
  runner.info(planLine(planOf(server, config.remedy), chosen))
  if (versionNote !== null) runner.warning(plain(versionNote))
  runner.info(
    `${plain(config.repo)} on ${kind} ${plain(version)}; evidence: ` +
      `${grade}${gradeLimit === null ? '' : ` (${plain(gradeLimit)})`}; the server offers ` +
      (has.length === 0 ? 'statuses only' : ['statuses', ...has].join(', ')) +
      (config.dryRun ? `; dry run: nothing will be written${because}` : ''),
  )
  const { policy, umbrellaFrom } = config
  if (umbrellaFrom.kind === 'chosen')
    runner.info(`umbrella: "${plain(policy.umbrella)}": ${plain(umbrellaFrom.why, 500)}`)
}
