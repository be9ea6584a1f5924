import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { Run, Task } from '../../core/model/job.js'
import type { RerunWrite, StatusPost } from '../../core/plan/remedy.js'
import type { OpenRun } from '../../core/plan/rerun.js'
import type { Server } from '../../core/model/server.js'
import type { StatusRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import type { Naming } from '../../workflow/contexts.js'
import type { UnreadableFile, Workflow } from '../../workflow/parse.js'
import { failedHeads, foldersOf, readRuns } from './actions.js'
import type { FirstPage } from './listing.js'
import { readFirstPage, readList } from './listing.js'
import type { WholePull } from './pull-list.js'
import { listPulls, openPulls, pullsByRef, wholePull } from './pull-list.js'
import type { OpenPulls, PullNow, Reading, ListedPulls } from '../port.js'
import { commitOf, defaultBranch, requiredToMerge } from './protection.js'
import { openRuns, postRerun } from './reruns.js'
import type { Connection } from './connection.js'
import { changedOffer } from './detect.js'
import type { Dialect } from './signing.js'
import { suffixOfEvent } from './signing.js'
import { parseOne } from '../schema.js'
import { rowSchemas } from './wire.js'
import type { ReadContents, WorkflowPlaces, Workflows } from '../workflows.js'
import type { RawFile } from '../opened.js'
import { openContents, rawWorkflows, readWorkflow, readWorkflows } from '../workflows.js'

/**
 * The calls of Gitea's and Forgejo's API, one method a question. Every one throws `ForgeError` when
 * the answer cannot be had. Rows come as they are; who wrote them is established above.
 */
export interface GiteaApi {
  readonly server: Server
  readonly dialect: Dialect
  readonly naming: Naming
  /** Where workflows may lie, in the order in which the server looks. */
  readonly folders: readonly string[]
  readonly sweepFile: string | null
  /** The name of the default branch. */
  defaultBranch(): Promise<string>
  /** The open pull requests by their own list, which tells everything of them. */
  openPulls(): Promise<OpenPulls>
  /** The same by the cheapest list, which may leave base branches out and heads behind. */
  listPulls(): Promise<ListedPulls>
  pull(number: number): Promise<PullNow>
  /** The same with all that a list may have left out. */
  wholePull(number: number): Promise<WholePull>
  /** The numbers of all pull requests, open or closed, by the commits their refs name now. */
  pullsByRef(): Promise<ReadonlyMap<string, readonly number[]>>
  /**
   * The newest row of every context of a SHA, complete or with a gap (docs/forge-facts.md, 1.3).
   */
  latestRows(sha: string): Promise<Reading<readonly StatusRow[]>>
  /**
   * The rows above id `above`, newest first by id; 0 reads the whole history (docs/forge-facts.md,
   * 1.4).
   */
  history(sha: string, above: number, known?: HistoryPage): Promise<Reading<readonly StatusRow[]>>
  /**
   * The newest rows of a SHA, as many as one page holds, newest first. Complete only where the
   * server counts no more.
   */
  historyPage(sha: string): Promise<HistoryPage>
  /** Every run on a SHA with its jobs. Only where runs are listed. */
  runs(sha: string): Promise<Reading<readonly Run[]>>
  /** Task rows newest first, until older than `since`. Only on grade `tasks`. */
  tasks(since: Instant): Promise<Reading<readonly Task[]>>
  /** Why the grade can no longer be what it was when the sweep began, or `null`. */
  changedOffer(): Promise<string | null>
  /** The commit a branch stands on now. */
  commitOf(branch: string): Promise<string>
  /** SHAs of the newest failed and cancelled runs of an event: where a false green may stand. */
  failedHeads(event: string): Promise<Reading<readonly string[]>>
  /** The workflow files of a commit. */
  workflows(ref: string): Promise<Workflows>
  /** The same files unread. */
  rawWorkflows(ref: string): Promise<readonly RawFile[]>
  /** One of them; `null` when that branch or commit has none at this path. */
  workflow(path: string, ref: string): Promise<Workflow | UnreadableFile | null>
  /** The contexts and patterns that a merge into this branch requires. */
  requiredToMerge(branch: string): Promise<readonly string[]>
  /** The runs of one workflow file that have not ended. Only where runs are listed with jobs. */
  openRuns(file: string): Promise<readonly OpenRun[]>
  /** Posts one commit status, once. */
  post(status: StatusPost): Promise<StatusRow>
  /** Runs one job again, once. Only where the server can. */
  rerun(write: RerunWrite): Promise<void>
}

/** The newest rows of a commit, and whether those are all of them. */
export type HistoryPage = FirstPage<StatusRow>

/** The API root of a repository, `owner/name`, already checked. */
export function rootOf(repo: string): string {
  return `/repos/${repo.split('/').map(encodeURIComponent).join('/')}`
}

/**
 * The list of tasks is of the whole repository and cannot be filtered on Gitea ≤1.25
 * (docs/forge-facts.md, 4.2): twenty thousand of them, and beyond that the evidence has a gap.
 */
const MOST_TASK_PAGES = 400

/** Tasks are never deleted while they matter, and listed by id, highest first. */
async function readTasks(on: Connection, since: Instant): Promise<Reading<readonly Task[]>> {
  const found = await readList(on, {
    what: 'tasks',
    path: '/actions/tasks',
    key: 'workflow_runs',
    schema: rowSchemas.task(),
    enough: rows => rows.some(({ createdAt }) => createdAt < since),
    newestFirst: true,
    most: MOST_TASK_PAGES,
  })
  const { targetSuffix } = on.server.traits
  const value = found.value.map(({ event, ...task }) => ({
    ...task,
    suffix: suffixOfEvent(event, targetSuffix),
  }))
  return { ...found, value }
}

/**
 * The history of a SHA: `leastindex` is newest first by row id, whatever its name says
 * (docs/forge-facts.md, 1.4). By `/statuses/{sha}`, which costs a third of the read below
 * `/commits/{sha}`: that one asks git what the ref is, even for a full commit id
 * (docs/forge-facts.md, 12).
 */
const historyOf = (sha: string) =>
  ({
    what: 'history',
    path: `/statuses/${sha}`,
    key: null,
    schema: rowSchemas.status(),
    query: { sort: 'leastindex' },
  }) as const

const rowGap = (id: number): Gap =>
  gap('history', 'incomplete', `it does not go back to row ${id}, which was seen before`)

async function readHistory(
  on: Connection,
  sha: string,
  above: number,
  known: HistoryPage | undefined,
): Promise<Reading<readonly StatusRow[]>> {
  const found = await readList(on, {
    ...historyOf(sha),
    newestFirst: true,
    enough: rows => rows.some(({ id }) => id <= above),
    ...(known?.page == null ? {} : { known: known.page }),
  })
  const value = found.value.filter(({ id }) => id > above)
  // Rows are never deleted: a list without the one that was seen before may lack others as well.
  const lacks = above > 0 && found.gaps.length === 0 && value.length === found.value.length
  return { ...found, value, gaps: lacks ? [rowGap(above)] : found.gaps }
}

async function postStatus({ http, root }: Connection, status: StatusPost): Promise<StatusRow> {
  const { sha, context, state, description, targetUrl } = status
  const body = { context, state, description, target_url: targetUrl }
  const answer = await http.post(`${root}/statuses/${sha}`, body)
  return parseOne(rowSchemas.status(), answer.body, `POST ${root}/statuses`)
}

/** Reads paths of the repository at a branch or commit. */
function contentsOf({ http, root }: Connection, ref: string): ReadContents {
  return async path => {
    const at = `${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`
    const answer = await http.find(at, { ref })
    return answer.status === 404 ? null : answer.body
  }
}

/** Gitea ≥1.22 and Forgejo over `/api/v1`; every quirk is named where it is handled. */
export function openApi(on: Connection): GiteaApi {
  const places: WorkflowPlaces = { folders: foldersOf(on), recursive: true }
  const contents = openContents()
  return {
    server: on.server,
    dialect: on.dialect,
    naming: on.naming,
    folders: places.folders,
    sweepFile: on.sweepFile,
    defaultBranch: () => defaultBranch(on),
    openPulls: () => openPulls(on),
    listPulls: () => listPulls(on),
    pull: number => wholePull(on, number),
    pullsByRef: () => pullsByRef(on),
    wholePull: number => wholePull(on, number),
    runs: sha => readRuns(on, sha),
    tasks: since => readTasks(on, since),
    failedHeads: event => failedHeads(on, event),
    changedOffer: () => changedOffer(on.http, on.repo, on.refusals),
    commitOf: branch => commitOf(on, branch),
    workflows: ref => readWorkflows(places, contentsOf(on, ref), contents),
    rawWorkflows: ref => rawWorkflows(places, contentsOf(on, ref)),
    workflow: (path, ref) => readWorkflow(path, contentsOf(on, ref), contents),
    requiredToMerge: branch => requiredToMerge(on, branch),
    openRuns: file => openRuns(on, file),
    post: status => postStatus(on, status),
    rerun: write => postRerun(on, write),
    latestRows: sha =>
      readList(on, {
        what: 'latest rows',
        path: `/commits/${sha}/status`,
        key: 'statuses',
        schema: rowSchemas.status(),
      }),
    history: (sha, above, known) => readHistory(on, sha, above, known),
    historyPage: sha => readFirstPage(on, historyOf(sha)),
  }
}
