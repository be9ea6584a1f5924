import type { z } from 'zod'
import type { Evidence, HeadSnapshot, Pull } from '../../core/model/evidence.js'
import { evidenceOf } from '../../core/model/evidence.js'
import type { Policy } from '../../core/model/policy.js'
import type { ClosedPull } from '../closed-pulls.js'
import { mergedIn } from '../closed-pulls.js'
import type { CommitReads } from '../commits.js'
import { NO_PULL } from '../commits.js'
import { withOwnWriters } from '../commit-writers.js'
import { withNeeds } from '../needs.js'
import type { Page } from '../pager.js'
import { PAGE_LIMIT } from '../pager.js'
import { asOfBase } from '../past-files.js'
import type { Head } from '../port.js'
import { EPOCH, readingOrGap } from '../reading.js'
import { parseOne, parseNumbered } from '../schema.js'
import type { WorkflowCache } from '../workflow-cache.js'
import type { GiteaApi } from './api.js'
import type { Connection } from './connection.js'
import type { Pages } from './pages.js'
import { headsByRef } from './pull-list.js'
import { rowsIn } from './rows.js'
import { signedRows } from './signing.js'
import type { MergedSchema } from './wire-merged.js'
import { mergedSchema, tagSchema } from './wire-merged.js'

/** The calls that only read. */
type Reads = Pick<
  GiteaApi,
  | 'server'
  | 'dialect'
  | 'naming'
  | 'sweepFile'
  | 'defaultBranch'
  | 'commitOf'
  | 'workflows'
  | 'workflow'
  | 'history'
  | 'runs'
  | 'pullsByRef'
>

/** What commits are read with. */
interface CommitTools {
  readonly on: Connection
  readonly api: Reads
  readonly policy: Policy
  readonly cache: WorkflowCache
  readonly pages: Pages
}

type Row = z.infer<MergedSchema>

const pullOf = ({ number, title, head, base, merge_base }: Row): Pull => ({
  number,
  title,
  head: head.sha,
  base: base.ref,
  baseSha: merge_base || base.sha,
  draft: false,
})

const toClosed = (row: Row): ClosedPull => ({
  number: row.number,
  updatedAt: row.updated_at,
  merged:
    row.merged_at === null
      ? null
      : { ...pullOf(row), mergedAt: row.merged_at, mergedBy: row.merged_by?.login ?? null },
})

/** A page of closed pull requests, the newest change first (docs/forge-facts.md, 7). */
async function closedPage({ http, root }: Connection, page: number): Promise<Page<ClosedPull>> {
  const query = { state: 'closed', sort: 'recentupdate', page, limit: PAGE_LIMIT }
  const { body, total, at } = await http.get(`${root}/pulls`, query)
  const what = `GET ${root}/pulls, page ${page}`
  const rows = rowsIn(body, null).map(raw => toClosed(parseOne(mergedSchema(), raw, what)))
  // A server may clamp a page lower than asked: only its count tells the last.
  const more = rows.length > 0 && (total === null || page * rows.length < total)
  return { rows, unreadable: 0, total, more, at }
}

/**
 * A list tells the tip that a branch has now, where it tells a branch (docs/forge-facts.md, 7): the
 * head that was merged is what the ref of the pull request names.
 */
async function mergedSince(
  { on }: CommitTools,
  since: Parameters<CommitReads['mergedSince']>[0],
): ReturnType<CommitReads['mergedSince']> {
  const merged = await mergedIn(page => closedPage(on, page), since)
  if (merged.length === 0) return []
  const numbers = merged.map(({ number }) => number)
  const heads = await headsByRef(on, numbers)
  return merged.map(pull => ({ ...pull, head: heads.get(pull.number) ?? pull.head }))
}

async function onePull({ http, root }: Connection, number: number): Promise<Row> {
  const path = `${root}/pulls/${number}`
  return parseNumbered(mergedSchema(), (await http.get(path)).body, `GET ${path}`, number)
}

async function pullsAt({ on, api }: CommitTools, sha: string): Promise<readonly Pull[]> {
  const numbers = (await api.pullsByRef()).get(sha) ?? []
  const rows = await Promise.all(numbers.map(number => onePull(on, number)))
  return rows.map(row => ({ ...pullOf(row), head: sha }))
}

const TAG = /^refs\/tags\//

async function commitOf({ on, api }: CommitTools, name: string): Promise<string> {
  if (!TAG.test(name)) return api.commitOf(name)
  const path = `${on.root}/tags/${encodeURIComponent(name.replace(TAG, ''))}`
  return parseOne(tagSchema(), (await on.http.get(path)).body, `GET ${path}`).commit.sha
}

/** Every row of a commit and, where they are listed, its runs. Task rows could only veto. */
async function studied(context: CommitTools, { sha, pulls }: Head): Promise<Evidence> {
  const { api, policy, cache } = context
  const { server, dialect } = api
  const [history, runs] = await Promise.all([
    readingOrGap('history', [], api.history(sha, 0)),
    server.capabilities.runs ? readingOrGap('runs', [], api.runs(sha)) : null,
  ])
  const known = runs?.value ?? []
  const snapshot: HeadSnapshot = {
    sha,
    observedAt: history.at ?? EPOCH,
    pulls,
    latest: [],
    history: signedRows(history.value, known, dialect),
    writers: { kind: 'not-read' },
    others: { kind: 'not-read' },
    bases: {},
    needs: new Map(),
    work: new Map(),
    gaps: [...history.gaps, ...(runs?.gaps ?? [])],
    traits: server.traits,
  }
  const kind = server.grade === 'jobs' ? 'jobs' : 'statuses'
  const head = evidenceOf(kind, snapshot, { runs: known, tasks: [] })
  const reads = { api, policy, cache }
  const [pull] = pulls
  return pull.number === NO_PULL
    ? withOwnWriters(reads, head)
    : withNeeds(asOfBase(reads, pull), head)
}

/** Commits of Gitea and Forgejo, whoever stands on them. */
export function giteaCommits(context: CommitTools): CommitReads {
  const { on, api, pages } = context
  return {
    server: api.server,
    mergedSince: since => mergedSince(context, since),
    mergedBy: async number => (await onePull(on, number)).merged_by?.login ?? null,
    pullsAt: sha => pullsAt(context, sha),
    commitOf: name => commitOf(context, name),
    study: heads => Promise.all(heads.map(head => studied(context, head))),
    ...pages,
  }
}
