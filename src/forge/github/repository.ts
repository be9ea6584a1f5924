import type { Policy } from '../../core/model/policy.js'
import type { Server } from '../../core/model/server.js'
import type { UnreadableFile, Workflow } from '../../workflow/parse.js'
import type { WorkflowHost } from '../workflow-cache.js'
import type { ContentCache, ReadContents, WorkflowPlaces, Workflows } from '../workflows.js'
import type { RawFile } from '../opened.js'
import { rawWorkflows, readWorkflow, readWorkflows } from '../workflows.js'
import { parseOne } from '../schema.js'
import { GITHUB_NAMING } from '../versions.js'
import type { Client } from './client.js'
import type { RunRow } from './wire.js'
import { WireRepository, WireTip } from './wire.js'

/** A repository of a GitHub server, and how it is spoken to. */
export interface Repository {
  readonly client: Client
  readonly server: Server
  readonly owner: string
  readonly name: string
  /** The path of the repository in the REST API. */
  readonly root: string
  /** Files that were read. */
  readonly contents: ContentCache
  /** The workflow file that this sweep is a step of. */
  readonly sweepFile: string | null
  /** What runs were made from, as far as any was read: no re-run changes it. */
  readonly origins: Map<number, RunOrigin>
}

/** What a run was made from. */
export type RunOrigin = Pick<
  RunRow,
  'event' | 'path' | 'head_sha' | 'workflow_id' | 'head_branch' | 'head_repository'
>

/** A repository with the policy by which it is swept. */
export interface GitHubContext extends Repository {
  readonly policy: Policy
}

const PLACES: WorkflowPlaces = { folders: ['.github/workflows'], recursive: false }

/** Reads paths of the repository at a branch or commit. */
const contentsOf =
  ({ client, root }: Repository, ref: string): ReadContents =>
  async path => {
    const at = `${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`
    const { status, body } = await client.find(at, { ref })
    return status === 404 ? null : body
  }

/** The commit a branch stands on now. Throws `ForgeError`. */
async function commitOf({ client, root }: Repository, branch: string): Promise<string> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { body } = await client.get(path)
  return parseOne(WireTip, body, `GET ${path}`).commit.sha
}

/** The branch on which schedules run. Throws `ForgeError`. */
export async function defaultBranch({ client, root }: Repository): Promise<string> {
  const { body } = await client.get(root)
  return parseOne(WireRepository, body, `GET ${root}`).default_branch
}

/** The workflow files of a repository. */
export function workflowSource(repository: Repository): WorkflowHost {
  return {
    server: repository.server,
    naming: GITHUB_NAMING,
    sweepFile: repository.sweepFile,
    defaultBranch: () => defaultBranch(repository),
    commitOf: branch => commitOf(repository, branch),
    workflows: (commit): Promise<Workflows> =>
      readWorkflows(PLACES, contentsOf(repository, commit), repository.contents),
    workflow: (path, commit): Promise<Workflow | UnreadableFile | null> =>
      readWorkflow(path, contentsOf(repository, commit), repository.contents),
  }
}

/** The same files unread. */
export const rawFiles = (repository: Repository, ref: string): Promise<readonly RawFile[]> =>
  rawWorkflows(PLACES, contentsOf(repository, ref))
