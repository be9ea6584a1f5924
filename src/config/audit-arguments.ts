import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { Duration, Instant } from '../core/model/time.js'
import { parseDuration, parseInstant } from '../core/model/time.js'

/** Options that only an audit knows. */
export const AUDIT_OPTIONS = ['since', 'after', 'max-requests'] as const

/** Since when: from a time on, or for so long until now, which the runner's clock tells. */
type Since =
  | { readonly kind: 'from'; readonly at: Instant }
  | { readonly kind: 'for'; readonly length: Duration }

/** How an audit is asked for. */
export interface AuditArguments {
  readonly since: Since
  readonly after: number | null
  readonly maxRequests: number
  readonly format: 'text' | 'json' | 'csv'
}

const SINCE = '30d'
const MOST_REQUESTS = 5000

function readSince(text: string): Since | null {
  const length = parseDuration(text)
  if (length !== null) return { kind: 'for', length }
  const at = parseInstant(text)
  return at === null ? null : { kind: 'from', at }
}

/** The moment since which merges are asked for. */
export const sinceAt = (since: Since, now: number): Instant =>
  since.kind === 'from' ? since.at : ((now - since.length) as Instant)

/** What an audit is asked for, or what of it cannot be understood. */
export function auditArguments(
  of: (name: string) => string | null,
  { json, csv }: { readonly json: boolean; readonly csv: boolean },
): Result<AuditArguments> {
  const given = of('since') ?? SINCE
  const since = readSince(given)
  if (since === null)
    return failure(
      `since: given "${given}"; allowed: 30d, 12h, or a time such as 2026-11-01T00:00:00Z`,
    )
  const [after, most] = [of('after'), of('max-requests')]
  const wrong = [after, most].find(text => text !== null && !/^[1-9]\d{0,14}$/.test(text))
  if (wrong !== undefined) return failure(`"${String(wrong)}" is no whole number above 0`)
  if (json && csv) return failure('audit takes one of --json and --csv')
  return success({
    since,
    after: after === null ? null : Number(after),
    maxRequests: most === null ? MOST_REQUESTS : Number(most),
    format: json ? 'json' : csv ? 'csv' : 'text',
  })
}

/** The commit that is to be verified, or what else was given. */
export const commitArgument = ([sha, ...more]: readonly string[]): Result<string> =>
  sha !== undefined && more.length === 0 && /^[0-9a-f]{40,64}$/.test(sha)
    ? success(sha)
    : failure('verify takes one commit, by its whole id of 40 letters and digits')
