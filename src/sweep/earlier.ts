import type { Config } from '../config.js'
import { isGreen } from '../core/model/status.js'
import { standingRow } from '../core/view/read.js'
import type { EarlierSuccess } from './report/report.js'
import type { EndedHead } from './sweep-report.js'
import { isAskedFor } from './judged.js'

/**
 * Successes of earlier sweeps that this one looked at again and left where they are. A sweep that
 * was killed behind its write has told nobody of it: the next one does.
 */
export function earlierSuccesses(
  config: Config,
  heads: readonly EndedHead[],
): readonly EarlierSuccess[] {
  return heads.flatMap(({ evidence, done }) => {
    const row = standingRow(evidence, config.policy.umbrella)
    if (row?.author.kind !== 'us' || done?.remedy === 'withdraw') return []
    if (row.author.mark.kind !== 'green' || !isGreen(row.state)) return []
    return evidence.pulls
      .filter(pull => isAskedFor(config, pull))
      .map(({ number, head }) => ({ number, head, row: row.id }))
  })
}
