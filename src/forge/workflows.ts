import { z } from 'zod'
import type { Result } from '../core/model/result.js'
import { failure } from '../core/model/result.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import { parseWorkflow } from '../workflow/parse.js'
import type { RawFile } from './opened.js'
import { ForgeError } from './port.js'
import { attempt } from './reading.js'
import { lazy, parseOne } from './schema.js'

const WireEntries = lazy(() =>
  z.array(z.object({ path: z.string(), type: z.string(), sha: z.string().nullish() })),
)
const WireFile = lazy(() => z.object({ content: z.string(), encoding: z.literal('base64') }))

/**
 * A folder of so many entries may have more: GitHub gives no more of one (docs/github-facts.md, 2).
 * A tree beyond these bounds is unreadable, and never cut short.
 */
const MAX_FILES = 1_000
const MAX_FOLDERS = 200

/** Reads one path of the contents API: the body, or `null` for a 404. */
export type ReadContents = (path: string) => Promise<unknown>

/** The workflow files of a branch, each read or not; or why not even their list is known. */
export type Workflows = Result<readonly (Workflow | UnreadableFile)[]>

/** Where a server looks for workflow files. */
export interface WorkflowPlaces {
  /** In the order in which the server looks: the first that exists counts, and no other. */
  readonly folders: readonly string[]
  /** Are folders below it looked through, as Gitea and Forgejo do (docs/forge-facts.md, 13)? */
  readonly recursive: boolean
}

/** What was read of files in a sweep: heads and bases have most in common. */
export interface ContentCache {
  /** The bytes of files, by the id of their content. */
  readonly blobs: Map<string, Promise<Uint8Array | null>>
  /** What workflow files say, by path and content: a file is the same at nearly every commit. */
  readonly workflows: Map<string, Promise<Workflow | UnreadableFile>>
}

export const openContents = (): ContentCache => ({ blobs: new Map(), workflows: new Map() })

/** A workflow file of a tree, and the id of its content where the server tells it. */
interface ListedFile {
  readonly path: string
  readonly blob: string | null
}

/** The workflow files below a folder; `null` where there is no such folder. */
async function filesBelow(
  folder: string,
  recursive: boolean,
  read: ReadContents,
): Promise<readonly ListedFile[] | null> {
  const found: ListedFile[] = []
  const folders = [folder]
  for (let at = 0; at < folders.length; at += 1) {
    const next = folders[at] ?? ''
    const body = await read(next)
    if (body === null && next === folder) return null
    if (body === null) throw new ForgeError('not-found', `${next} was listed, but is not there`)
    const entries = parseOne(WireEntries(), body, next)
    for (const { type, path, sha } of entries) {
      if (type === 'dir' && recursive) folders.push(path)
      if (type === 'file' && /\.ya?ml$/i.test(path)) found.push({ path, blob: sha ?? null })
    }
    const most = Math.max(entries.length, found.length)
    if (most >= MAX_FILES || folders.length > MAX_FOLDERS)
      throw new ForgeError(
        'unexpected-shape',
        `${MAX_FILES} workflow files or more, or more than ${MAX_FOLDERS} folders of them`,
      )
  }
  return found
}

/** The workflow files of a tree, in the first folder that exists; `[]` where none does. */
async function listed(
  { folders, recursive }: WorkflowPlaces,
  read: ReadContents,
): Promise<readonly ListedFile[]> {
  for (const folder of folders) {
    const files = await filesBelow(folder, recursive, read)
    if (files !== null) return files
  }
  return []
}

/** The bytes of a file; `null` when there is none at this path. Throws `ForgeError`. */
async function bytesAt(path: string, read: ReadContents): Promise<Uint8Array | null> {
  const body = await read(path)
  if (body === null) return null
  return Buffer.from(parseOne(WireFile(), body, path).content, 'base64')
}

/** The same by the id of its content, once. A read that failed is not kept. */
function bytesOf(
  { path, blob }: ListedFile,
  read: ReadContents,
  { blobs }: ContentCache,
): Promise<Uint8Array | null> {
  if (blob === null) return bytesAt(path, read)
  const known = blobs.get(blob)
  if (known !== undefined) return known
  const coming = bytesAt(path, read)
  coming.catch(() => blobs.delete(blob))
  blobs.set(blob, coming)
  return coming
}

/** The same files unread. Throws `ForgeError` where one of them cannot be had. */
export async function rawWorkflows(
  places: WorkflowPlaces,
  read: ReadContents,
): Promise<readonly RawFile[]> {
  return Promise.all(
    (await listed(places, read)).map(async ({ path }) => {
      const bytes = await bytesAt(path, read)
      if (bytes === null) throw new ForgeError('not-found', `${path} was listed, but is not there`)
      return { path, bytes }
    }),
  )
}

/**
 * The workflow files of a branch: the first folder that exists, as the server itself chooses. A
 * folder or file that the server does not give makes the whole answer unreadable: half a list
 * proves nothing.
 */
export async function readWorkflows(
  places: WorkflowPlaces,
  read: ReadContents,
  contents: ContentCache,
): Promise<Workflows> {
  const found = await attempt(async () => {
    const files = await listed(places, read)
    return Promise.all(files.map(file => readListed(file, read, contents)))
  })
  return found.ok ? found : failure(found.why.message)
}

/** What a file of this content says, once. */
function parsedOnce(
  path: string,
  bytes: Uint8Array,
  { workflows }: ContentCache,
): Promise<Workflow | UnreadableFile> {
  const key = `${path.length} ${path}${Buffer.from(bytes).toString('latin1')}`
  const coming = workflows.get(key) ?? parseWorkflow(path, bytes)
  workflows.set(key, coming)
  return coming
}

/** A file that was listed; one that is not there any more is unreadable, and not nothing. */
async function readListed(
  file: ListedFile,
  read: ReadContents,
  contents: ContentCache,
): Promise<Workflow | UnreadableFile> {
  const { path } = file
  const bytes = await bytesOf(file, read, contents)
  return bytes === null
    ? { kind: 'unreadable', path, why: 'it was listed, but is not there' }
    : parsedOnce(path, bytes, contents)
}

/** One workflow file; `null` when there is none at this path. Throws `ForgeError`. */
export async function readWorkflow(
  path: string,
  read: ReadContents,
  contents: ContentCache,
): Promise<Workflow | UnreadableFile | null> {
  const bytes = await bytesAt(path, read)
  return bytes === null ? null : parsedOnce(path, bytes, contents)
}
