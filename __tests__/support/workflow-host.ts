import { failure, success } from '../../src/core/model/result.js'
import type { Server } from '../../src/core/model/server.js'
import { ForgeError } from '../../src/forge/port.js'
import { namingOf, readVersion } from '../../src/forge/versions.js'
import type { WorkflowHost } from '../../src/forge/workflow-cache.js'
import type { Workflows } from '../../src/forge/workflows.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { server } from './servers.js'

/** The files of a commit by their paths, as texts; or why they cannot be read. */
export type Tree = Readonly<Record<string, string>> | { readonly why: string }

/** What a forge holds as far as workflow files go. */
export interface Held {
  /** By the commit. */
  readonly trees?: Readonly<Record<string, Tree>>
  /** The commits of branches. */
  readonly tips?: Readonly<Record<string, string>>
  readonly version?: string
  readonly kind?: Server['kind']
  readonly sweepFile?: string
}

/** Such a forge, and every question it was asked. */
export interface HeldHost {
  readonly api: WorkflowHost
  readonly asked: readonly string[]
}

const isUnread = (tree: Tree): tree is { readonly why: string } => typeof tree['why'] === 'string'

async function readTree(tree: Tree | undefined): Promise<Workflows> {
  if (tree === undefined) return success([])
  if (isUnread(tree)) return failure(tree.why)
  const read = Object.entries(tree).map(([path, text]) => parseWorkflow(path, Buffer.from(text)))
  return success(await Promise.all(read))
}

export function hostOf({ trees = {}, tips = {}, version = '1.26.4', ...held }: Held): HeldHost {
  const asked: string[] = []
  const spoken = server(version)
  const api: WorkflowHost = {
    server: held.kind === undefined ? spoken : { ...spoken, kind: held.kind },
    naming: namingOf(readVersion(version)),
    sweepFile: held.sweepFile ?? null,
    defaultBranch: () => {
      asked.push('default branch')
      return Promise.resolve('main')
    },
    commitOf: branch => {
      asked.push(`tip of ${branch}`)
      const tip = tips[branch]
      return tip === undefined
        ? Promise.reject(new ForgeError('not-found', `there is no branch ${branch}`))
        : Promise.resolve(tip)
    },
    workflows: commit => {
      asked.push(`files of ${commit}`)
      return readTree(trees[commit])
    },
    workflow: async (path, commit) => {
      asked.push(`${path} of ${commit}`)
      const found = await readTree(trees[commit])
      if (!found.ok) throw new ForgeError('server-error', found.why)
      return found.value.find(file => file.path === path) ?? null
    },
  }
  return { api, asked }
}
