import type { Config } from '../../config.js'
import type { Evidence, Pull } from '../../core/model/evidence.js'
import { nonEmpty } from '../../core/model/evidence.js'
import type { CommitReads } from '../../forge/commits.js'
import { derivedAgain, successesOfOurs } from './ours.js'
import type { OursReport } from './report.js'

/** The shape of what `verify --json` prints. It changes only with this string. */
const VERIFY_SCHEMA = 'umbrella-reaper/verify/1'

/** What one pull request on the commit makes of one success of ours. */
interface VerifiedRow extends OursReport {
  readonly pull: number
}

/** Every success of ours on a commit, and what its proof says now. */
export interface VerifyReport {
  readonly schema: typeof VERIFY_SCHEMA
  readonly repo: string
  readonly sha: string
  readonly url: string
  readonly umbrella: string
  readonly rows: readonly VerifiedRow[]
}

/** The pull requests of the commit, each with what its own base said the umbrella needs. */
async function readFor(
  reads: CommitReads,
  sha: string,
  pulls: readonly Pull[],
): Promise<readonly (readonly [Pull, Evidence])[]> {
  const heads = pulls.map(pull => ({ sha, pulls: [pull] as const }))
  const seen = await reads.study(heads)
  return pulls.flatMap((pull, at) => {
    const evidence = seen[at]
    return evidence === undefined ? [] : [[pull, evidence] as const]
  })
}

/**
 * Derives every proof behind a success of ours on a commit again, for each pull request that stands
 * or stood on it; a text says why that cannot be asked. Throws `ForgeError`.
 */
export async function verify(
  { policy, repo }: Pick<Config, 'policy' | 'repo'>,
  reads: CommitReads,
  sha: string,
): Promise<VerifyReport | string> {
  const pulls = nonEmpty(await reads.pullsAt(sha))
  if (pulls === null) return `no pull request has ${sha} as its head, now or when it was merged`
  const rows = (await readFor(reads, sha, pulls)).flatMap(([pull, evidence]) =>
    successesOfOurs(policy, evidence).map(row => ({
      pull: pull.number,
      ...derivedAgain(policy, evidence, { row, pull }),
    })),
  )
  return {
    schema: VERIFY_SCHEMA,
    repo,
    sha,
    url: reads.addressOfCommit(sha),
    umbrella: policy.umbrella,
    rows,
  }
}
