import type { Unjudged } from './report/report.js'
import type { EndedHead } from './sweep-report.js'
import { isAskedFor } from './judged.js'

/**
 * The pull requests that were not judged because the sweep ended before its end: its time was used
 * up, or it was told to stop. A report of a part must not look like one of everything.
 */
export function unjudgedOf(heads: readonly EndedHead[]): Unjudged | null {
  const given = heads.flatMap(({ config, evidence, judgements }) => {
    const gap = evidence.gaps.find(({ cause }) => cause === 'out-of-time')
    if (gap === undefined) return []
    return evidence.pulls
      .filter(pull => isAskedFor(config, pull))
      .filter(({ number }) => judgements.get(number)?.verdict.reason === 'evidence-incomplete')
      .map(() => gap.detail)
  })
  const [why] = given
  return why === undefined ? null : { pulls: given.length, why }
}
