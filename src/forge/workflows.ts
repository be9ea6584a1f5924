import { z } from 'zod'
import type { WorkflowFolder } from '../core/model/evidence.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import { parseWorkflow } from '../workflow/parse.js'
import { ForgeError } from './port.js'
import { lazy, parseOne } from './shape.js'

const WireEntries = lazy(() => z.array(z.object({ path: z.string(), type: z.string() })))
const WireFile = lazy(() => z.object({ content: z.string(), encoding: z.literal('base64') }))
const MAX_FILES = 60

/** Reads one path of the contents API: the body, or `null` for a 404. */
export type ReadContents = (path: string) => Promise<unknown>

/** The workflow files of a branch, each read or not; or why not even their list is known. */
export type Workflows =
  | { readonly kind: 'read'; readonly files: readonly (Workflow | UnreadableFile)[] }
  | { readonly kind: 'unreadable'; readonly detail: string }

/** A file of a branch, byte for byte. */
export interface RawFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The paths of workflow files, in the first folder that exists; `[]` where none does. */
async function listed(folders: readonly string[], read: ReadContents): Promise<readonly string[]> {
  for (const folder of folders) {
    const body = await read(folder)
    if (body === null) continue
    return parseOne(WireEntries(), body, folder)
      .filter(({ type, path }) => type === 'file' && /\.ya?ml$/i.test(path))
      .map(({ path }) => path)
  }
  return []
}

/** The same files unread. Throws `ForgeError` where one of them cannot be had. */
export async function rawWorkflows(
  folders: readonly string[],
  read: ReadContents,
): Promise<readonly RawFile[]> {
  const paths = await listed(folders, read)
  if (paths.length > MAX_FILES)
    throw new ForgeError('unexpected-shape', `more than ${MAX_FILES} workflow files`)
  return Promise.all(
    paths.map(async path => {
      const { content } = parseOne(WireFile(), await read(path), path)
      return { path, bytes: Buffer.from(content, 'base64') }
    }),
  )
}

/**
 * The workflow files of a branch: the first folder that exists, as the server itself chooses. A
 * folder or file that the server does not give makes the whole answer unreadable: half a list
 * proves nothing.
 */
export async function readWorkflows(
  folders: readonly string[],
  read: ReadContents,
): Promise<Workflows> {
  try {
    const paths = await listed(folders, read)
    if (paths.length > MAX_FILES)
      return { kind: 'unreadable', detail: `more than ${MAX_FILES} workflow files` }
    return { kind: 'read', files: await Promise.all(paths.map(path => readListed(path, read))) }
  } catch (error) {
    if (error instanceof ForgeError) return { kind: 'unreadable', detail: error.message }
    throw error
  }
}

/** A file that was listed; one that is not there any more is unreadable, and not nothing. */
async function readListed(path: string, read: ReadContents): Promise<Workflow | UnreadableFile> {
  const file = await readWorkflow(path, read)
  return file ?? { kind: 'unreadable', path, why: 'it was listed, but is not there' }
}

/** One workflow file; `null` when there is none at this path. Throws `ForgeError`. */
export async function readWorkflow(
  path: string,
  read: ReadContents,
): Promise<Workflow | UnreadableFile | null> {
  const body = await read(path)
  if (body === null) return null
  const { content } = parseOne(WireFile(), body, path)
  return parseWorkflow(path, Buffer.from(content, 'base64'))
}

/** The names and events of a folder; unreadable as soon as one file of it is. */
export function folderOf(found: Workflows): WorkflowFolder {
  if (found.kind === 'unreadable') return found
  const broken = found.files.find(file => file.kind === 'unreadable')
  if (broken !== undefined) return { kind: 'unreadable', detail: `${broken.path}: ${broken.why}` }
  return { kind: 'read', files: found.files.filter(file => file.kind === 'workflow') }
}
