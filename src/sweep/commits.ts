import type { Config } from '../config.js'
import type { ListedPull } from '../core/model/evidence.js'
import { judgeCommit } from '../core/rules/gate/commit.js'
import type { CommitReads } from '../forge/commits.js'
import { NO_PULL } from '../forge/commits.js'
import { attempt } from '../forge/reading.js'
import type { CommitReport } from './report/commits.js'

/** A commit that is asked about, by its id or by the name of what stands on it. */
interface Named {
  /** A branch or a tag; `''` for a commit. */
  readonly name: string
  readonly sha: string
}

/** What stands for a pull request where none is asked about. */
const nobody = ({ name, sha }: Named): ListedPull => ({
  number: NO_PULL,
  title: name,
  head: sha,
  base: null,
  baseSha: null,
  draft: false,
})

async function judged(config: Config, reads: CommitReads, named: Named): Promise<CommitReport> {
  const { name, sha } = named
  const [evidence] = await reads.study([{ sha, pulls: [nobody(named)] }])
  if (evidence === undefined) throw new Error('a commit that is studied is answered')
  const contexts = judgeCommit(config.policy, evidence).map(one => ({
    ...one,
    url: one.run === null ? '' : reads.addressOf(one.run),
  }))
  const gap = evidence.gaps[0]
  const unread = gap === undefined ? null : `${gap.what}: ${gap.detail}`
  return { name, sha, url: reads.addressOfCommit(sha), contexts, unread }
}

/**
 * The commit of `sha`, and those on which `branches` stand, with what their pushes say: to be told,
 * and no more. One that cannot be read is told so and keeps nothing else from being told.
 */
export async function judgeCommits(
  config: Config,
  reads: CommitReads,
): Promise<readonly CommitReport[]> {
  const { sha, branches } = config
  const reports: CommitReport[] =
    sha === null ? [] : [await judged(config, reads, { name: '', sha })]
  for (const name of branches) {
    const found = await attempt(async () =>
      judged(config, reads, { name, sha: await reads.commitOf(name) }),
    )
    reports.push(
      found.ok ? found.value : { name, sha: '', url: '', contexts: [], unread: found.why.message },
    )
  }
  return reports
}
