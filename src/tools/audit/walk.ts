import type { Config } from '../../config.js'
import { matchesAny } from '../../core/model/context.js'
import type { Evidence } from '../../core/model/evidence.js'
import { formatInstant } from '../../core/model/time.js'
import type { PastKind } from '../../core/rules/past.js'
import { PAST_KINDS } from '../../core/rules/past.js'
import type { CommitReads, MergedPull } from '../../forge/commits.js'
import { attempt } from '../../forge/reading.js'
import { plural } from '../../sweep/report/text.js'
import type { AuditedMerge } from './judge.js'
import { auditMerge, auditedMergeReport } from './judge.js'
import type { AuditQuestion, AuditReport, AuditedMergeReport, Stopped } from './report.js'
import { AUDIT_SCHEMA } from './report.js'

/** What an audit is made with. Nothing of it can write. */
interface AuditTools {
  readonly reads: CommitReads
  /** Requests sent so far. */
  readonly requests: () => number
  readonly note: (line: string) => void
  /** Why it was told to stop, or `null`. */
  readonly stopped: () => string | null
}

/** So many commits are read together: one question to GitHub asks for up to 25. */
const BATCH = 10

/** How often the progress is told. */
const TOLD_EVERY = 50

/** The merges in the order in which they were made, which nothing that comes later changes. */
const mergesInOrder = (pulls: readonly MergedPull[]): readonly MergedPull[] =>
  [...pulls].sort((a, b) => a.mergedAt - b.mergedAt || a.number - b.number)

/** Where to go on; `null`: the one to go on behind is not among them. */
function restAfter(pulls: readonly MergedPull[], after: number | null): number | null {
  if (after === null) return 0
  const at = pulls.findIndex(({ number }) => number === after)
  return at === -1 ? null : at + 1
}

/** Did a limit of requests keep this commit from being read? The rest is for the next hour. */
const isLimited = ({ gaps }: Evidence): boolean =>
  gaps.some(({ cause }) => cause === 'rate-limited')

interface Walked {
  readonly done: readonly AuditedMerge[]
  readonly stopped: Stopped | null
}

/** Looks at one merge after the other until the end, a limit, or a signal. */
async function walk(
  config: Pick<Config, 'policy'>,
  { reads, requests, note, stopped }: AuditTools,
  pulls: readonly MergedPull[],
  question: AuditQuestion,
): Promise<Walked> {
  const done: AuditedMerge[] = []
  const stop = (why: string): Walked => ({
    done,
    stopped: { after: done.at(-1)?.pull.number ?? question.after, why },
  })
  for (let at = 0; at < pulls.length; at += BATCH) {
    const why = stopped()
    if (why !== null) return stop(why)
    if (requests() >= question.maxRequests)
      return stop(`--max-requests (${question.maxRequests}) is reached`)
    const batch = pulls.slice(at, at + BATCH)
    const seen = await reads.study(batch.map(pull => ({ sha: pull.head, pulls: [pull] })))
    for (const [index, pull] of batch.entries()) {
      const evidence = seen[index]
      if (evidence === undefined || isLimited(evidence))
        return stop('the server limits requests: go on in an hour')
      done.push(auditMerge(config.policy, evidence, pull))
    }
    if (done.length % TOLD_EVERY === 0)
      note(`audited ${done.length} of ${plural(pulls.length, 'merged pull request')}`)
  }
  return { done, stopped: null }
}

type List = 'findings' | 'unknown' | 'doubtful'

/** In which list a merge is told; `null`: there is nothing to say of it. */
function auditListOf({ past, ours }: AuditedMerge): List | null {
  if (past.kind === 'green') return ours === null || ours.says === 'holds' ? null : 'doubtful'
  return past.kind === 'unknown' ? 'unknown' : 'findings'
}

function kindCounts(done: readonly AuditedMerge[]): Readonly<Record<PastKind, number>> {
  const count = (kind: PastKind): number => done.filter(({ past }) => past.kind === kind).length
  return Object.fromEntries(PAST_KINDS.map(kind => [kind, count(kind)])) as Record<PastKind, number>
}

/** Who merged it, asked for where the list does not say; `null` where nobody does. */
async function mergedBy(reads: CommitReads, { number, mergedBy: known }: MergedPull) {
  if (known !== null) return known
  const found = await attempt(() => reads.mergedBy(number))
  return found.ok ? found.value : null
}

/** The merges as they are told, in three lists. */
async function auditLists(
  reads: CommitReads,
  done: readonly AuditedMerge[],
): Promise<Readonly<Record<List, readonly AuditedMergeReport[]>>> {
  const lists: Record<List, AuditedMergeReport[]> = { findings: [], unknown: [], doubtful: [] }
  for (const merge of done) {
    const list = auditListOf(merge)
    if (list === null) continue
    lists[list].push(
      auditedMergeReport(merge, { reads, mergedBy: await mergedBy(reads, merge.pull) }),
    )
  }
  return lists
}

const notMerged = ({ after, since }: AuditQuestion): string =>
  `--after: #${String(after)} was not merged since ${formatInstant(since)}: ` +
  'give the same --since'

/** Audits the merges since a time; a text says why it could not begin. Throws `ForgeError`. */
export async function audit(
  config: Pick<Config, 'policy' | 'repo' | 'baseBranches'>,
  tools: AuditTools,
  question: AuditQuestion,
): Promise<AuditReport | string> {
  const { reads, requests, note } = tools
  const { since, after } = question
  const { baseBranches, policy, repo } = config
  const merged = mergesInOrder(await reads.mergedSince(since)).filter(
    ({ base }) => baseBranches.length === 0 || matchesAny(baseBranches, base),
  )
  const from = restAfter(merged, after)
  if (from === null) return notMerged(question)
  note(`${plural(merged.length, 'pull request')} merged since ${formatInstant(since)}`)
  const { done, stopped } = await walk(config, tools, merged.slice(from), question)
  return {
    schema: AUDIT_SCHEMA,
    repo,
    umbrella: policy.umbrella,
    since: formatInstant(since),
    merged: merged.length,
    audited: done.length,
    before: from,
    counts: kindCounts(done),
    ...(await auditLists(reads, done)),
    stopped,
    requests: requests(),
  }
}
