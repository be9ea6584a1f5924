import type { Told } from './sweep.js'
import type { Violation } from './violation.js'

/**
 * Ten minutes of reading, and behind it what belongs to the last write: a request under way, the
 * look for a lost answer, the wait for re-runs, and their last looks.
 */
const LONGEST = 600_000 + 180_000

/** How a token may be spelt where it must not stand at all. */
function spellings(token: string): readonly string[] {
  return [token, encodeURIComponent(token), Buffer.from(token).toString('base64').slice(0, -4)]
}

/** What a sweep must never do, whatever it meets. */
export function behaviourOf(
  { lines, report, failure, took, strayed = 0 }: Told,
  token: string,
): readonly (readonly [Violation['law'], string])[] {
  const said = [...lines, failure ?? '', JSON.stringify(report)].join('\n')
  const bug = /bug of umbrella-reaper.*/.exec(said)
  return [
    ...(bug === null ? [] : [['crash', bug[0].slice(0, 1000)] as const]),
    ...(took > LONGEST ? [['hang', `it took ${Math.round(took / 1000)} s`] as const] : []),
    ...(spellings(token).some(one => said.includes(one))
      ? [['leak', 'the token stands in what was said'] as const]
      : []),
    ...(strayed > 0 ? [['leak', `${strayed} requests to another host`] as const] : []),
  ]
}
