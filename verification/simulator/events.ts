import { createHash } from 'node:crypto'
import { timeOf } from './clock.js'
import { createRun } from './engine.js'
import { contextOf } from './job-status.js'
import { globOf } from './glob.js'
import type { Commit, ForgeState, Pull, Run } from './state.js'
import { ACTIONS_USER } from './state.js'
import { latestRows, writeRow } from './statuses.js'
import type { Workflow } from './workflow.js'
import { isLeftOut, listens, parseWorkflow } from './workflow.js'
import { WORDS } from './words.js'

const FOLDERS = ['.forgejo/workflows/', '.gitea/workflows/', '.github/workflows/']

/** What happens to a pull; `synchronize` is a push to its head. */
export type PullAction = 'opened' | 'reopened' | 'synchronize' | 'edited' | 'labeled' | 'closed'

/** What a push brings. A branch that does not exist starts at the default branch. */
export interface Push {
  readonly branch: string
  readonly workflow?: string
  readonly files?: Readonly<Record<string, string>>
  /** Paths that this commit takes away; a file that is renamed is in both. */
  readonly removes?: readonly string[]
  readonly message?: string
  /** Leave refs/pull/N/head of open pulls where it was (docs/forge-facts.md, 7). */
  readonly lagging?: boolean
}

/** Where this forge keeps its workflow files. */
export function workflowFolder(forge: ForgeState): string {
  return forge.profile.family === 'forgejo' ? '.forgejo/workflows' : '.gitea/workflows'
}

/** The SHA of the commit with this number: of what it holds, so that two runs of a script agree. */
export const commitId = (
  number: number,
  parent: string | null,
  branch: string,
  files: Readonly<Record<string, string>>,
): string =>
  createHash('sha1')
    .update(JSON.stringify([number, parent, branch, Object.entries(files)]))
    .digest('hex')

/**
 * Commit to a branch: push runs, and synchronize on every open pull of the branch. Answers the new
 * SHA.
 */
export function push(forge: ForgeState, change: Push): string {
  const parent =
    forge.branches[change.branch] ?? forge.branches[forge.repository.defaultBranch] ?? null
  const before = Object.entries((parent === null ? undefined : forge.commits[parent]?.files) ?? {})
  const kept = before.filter(([path]) => change.removes?.includes(path) !== true)
  const files = { ...Object.fromEntries(kept), ...change.files }
  if (change.workflow !== undefined) files[`${workflowFolder(forge)}/ci.yml`] = change.workflow
  const at = timeOf(forge.clock)
  const sha = commitId(forge.next.commit++, parent, change.branch, files)
  forge.commits[sha] = { sha, message: `${change.message ?? change.branch}\n`, parent, files, at }
  forge.branches[change.branch] = sha
  forge.repository.updated = at
  startRuns(forge, {
    event: 'push',
    action: '',
    hookEvent: 'push',
    base: change.branch,
    ref: `refs/heads/${change.branch}`,
    sha,
    pull: null,
  })
  for (const pull of forge.pulls) {
    if (!pull.open || pull.branch !== change.branch) continue
    if (change.lagging !== true) pull.refSha = sha
    pull.updated = at
    pullEvent(forge, pull, 'synchronize')
  }
  return sha
}

/** A branch comes to stand on a commit that is known: its push starts runs on that commit too. */
export function pushKnown(forge: ForgeState, branch: string, sha: string): readonly Run[] {
  forge.branches[branch] = sha
  const ref = `refs/heads/${branch}`
  const facts = { event: 'push', action: '', hookEvent: 'push', base: branch }
  return startRuns(forge, { ...facts, ref, sha, pull: null })
}

/**
 * Start the runs an event on a pull triggers, on the pull's head and, for pull_request_target, from
 * the base's files.
 */
export function pullEvent(forge: ForgeState, pull: Pull, action: PullAction): Run[] {
  const sha = forge.branches[pull.branch] ?? pull.refSha
  const hookEvent =
    action === 'synchronize'
      ? 'pull_request_sync'
      : action === 'labeled'
        ? 'pull_request_label'
        : 'pull_request'
  const facts = {
    action,
    hookEvent,
    base: pull.base,
    ref: `refs/pull/${pull.number}/head`,
    sha,
    pull,
  }
  return [
    ...startRuns(forge, { ...facts, event: 'pull_request' }),
    ...startRuns(forge, { ...facts, event: 'pull_request_target' }),
  ]
}

/**
 * Workflow files of a commit, by their path below the folder; only the first folder that exists is
 * read, with all that is below it (docs/forge-facts.md, 13).
 */
function workflowFiles(commit: Commit | undefined): [string, string][] {
  const files = Object.entries(commit?.files ?? {})
  const folder = FOLDERS.find(prefix => files.some(([path]) => path.startsWith(prefix)))
  return folder === undefined
    ? []
    : files
        .filter(([path]) => path.startsWith(folder) && /\.ya?ml$/.test(path))
        .map(([path, text]) => [path.slice(folder.length), text])
}

interface Trigger {
  readonly event: string
  readonly action: string
  readonly hookEvent: string
  readonly base: string
  readonly ref: string
  readonly sha: string
  readonly pull: Pull | null
}

function startRuns(forge: ForgeState, trigger: Trigger): Run[] {
  const baseTip = forge.branches[trigger.base] ?? ''
  const source = forge.commits[trigger.event === 'pull_request_target' ? baseTip : trigger.sha]
  const runs: Run[] = []
  for (const [file, text] of workflowFiles(source)) {
    const workflow = parseWorkflow(text, forge.profile.matrixName)
    if (isLeftOut(workflow, trigger.event, trigger.action, trigger.base))
      skipRequired(forge, { ...workflow, file }, trigger)
    if (!listens(workflow, trigger.event, trigger.action, trigger.base)) continue
    runs.push(
      createRun(forge, workflow, {
        title: (forge.commits[trigger.sha]?.message ?? '').split('\n')[0] ?? '',
        file,
        event: trigger.event,
        hookEvent: trigger.hookEvent,
        ref: trigger.ref,
        sha: trigger.pull?.refSha ?? trigger.sha,
        statusSha: trigger.sha,
        pull: trigger.pull?.number ?? null,
        fork: trigger.pull?.fork ?? false,
        actor: trigger.pull?.poster ?? 1,
        needApproval: (trigger.pull?.fork ?? false) && trigger.event === 'pull_request',
      }),
    )
  }
  return runs
}

/**
 * What a filtered-out workflow writes from 1.27 on: `skipped`, without a link, for each of its
 * contexts that some rule of the repository requires, over whatever stands there (#38237, #38371).
 */
function skipRequired(
  forge: ForgeState,
  workflow: Workflow & { readonly file: string },
  { event, sha }: Trigger,
): void {
  if (!forge.profile.filteredRows) return
  const rules = forge.protections.flatMap(({ contexts }) => contexts).map(globOf)
  for (const job of workflow.jobs) {
    const context = contextOf(forge, { workflow: workflow.name, file: workflow.file, event }, job)
    if (!rules.some(rule => rule?.test(context))) continue
    const known = latestRows(forge, sha).find(row => row.context === context)
    writeRow(forge, sha, {
      context,
      ...(known === undefined ? {} : { hash: known.hash }),
      state: 'skipped',
      description: WORDS[forge.profile.words].skipped,
      creator: ACTIONS_USER,
    })
  }
}
