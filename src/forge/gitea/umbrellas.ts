import { z } from 'zod'
import { isPattern } from '../../core/model/context.js'
import { writtenByUmbrella } from '../../workflow/needs.js'
import type { UmbrellaSearch } from '../port.js'
import { ForgeError } from '../port.js'
import type { GiteaApi } from './api.js'
import type { Connection } from './connection.js'
import type { Folders } from './needs.js'
import { folderAt } from './needs.js'
import { requiredToMerge } from './protection.js'
import { parseOne } from './wire.js'

const WireRepository = z.object({ default_branch: z.string().min(1) })

/** What is asked of the server to find an umbrella. */
export interface UmbrellaReads {
  readonly api: GiteaApi
  readonly connection: Connection
  readonly folders: Folders
}

async function defaultBranch({ connection: { transport, root } }: UmbrellaReads): Promise<string> {
  const { body } = await transport.get(root)
  return parseOne(WireRepository, body, `GET ${root}`).default_branch
}

/** The contexts that a merge into this branch requires by name; a pattern names no one context. */
async function requiredOn(reads: UmbrellaReads, branch: string): Promise<readonly string[]> {
  const contexts = await requiredToMerge(reads.connection, branch)
  return contexts.filter(context => !isPattern(context))
}

/**
 * Which contexts can be the umbrella: those that the default branch's protection requires and that
 * a job of a workflow there writes that has `needs` and always runs. Nothing of this can be changed
 * by a pull request.
 */
export async function searchUmbrellas(reads: UmbrellaReads): Promise<UmbrellaSearch> {
  const { api, folders } = reads
  try {
    const branch = await defaultBranch(reads)
    const required = await requiredOn(reads, branch)
    if (required.length === 0) return { kind: 'searched', branch, contexts: [] }
    const folder = await folderAt({ api, folders }, branch)
    if (folder.kind === 'unreadable') return { kind: 'unreadable', why: folder.detail }
    const naming = { naming: api.naming, targetSuffix: api.server.traits.targetSuffix }
    const contexts = required.filter(umbrella =>
      writtenByUmbrella(folder.files, { umbrella, ...naming }),
    )
    return { kind: 'searched', branch, contexts }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { kind: 'unreadable', why: error.message }
  }
}
