import { z } from 'zod'
import type { WorkflowFile, WorkflowFolder } from '../../core/model/evidence.js'
import { ForgeError } from '../port.js'
import { parseOne, rowsUnder } from './wire.js'

const WireEntry = z.object({ path: z.string(), type: z.string() })
const WireFile = z.object({ content: z.string(), encoding: z.literal('base64') })
const MAX_FILES = 60

/** Reads one path of the contents API: the body, or `null` for a 404. */
export type ReadContents = (path: string) => Promise<unknown>

/**
 * The workflow files of a branch: the first folder that exists, as the server itself chooses. A
 * folder or file that cannot be read or parsed makes the whole answer unreadable: half a list
 * proves nothing.
 */
export async function readWorkflows(
  folders: readonly string[],
  read: ReadContents,
): Promise<WorkflowFolder> {
  try {
    for (const folder of folders) {
      const body = await read(folder)
      if (body === null) continue
      const entries = rowsUnder(body, null).map(raw => parseOne(WireEntry, raw, folder))
      const paths = entries
        .filter(({ type, path }) => type === 'file' && /\.ya?ml$/i.test(path))
        .map(({ path }) => path)
      if (paths.length > MAX_FILES)
        return { kind: 'unreadable', detail: `more than ${MAX_FILES} workflow files` }
      return { kind: 'read', files: await Promise.all(paths.map(path => readFile(path, read))) }
    }
    return { kind: 'read', files: [] }
  } catch (error) {
    if (error instanceof ForgeError) return { kind: 'unreadable', detail: error.message }
    throw error
  }
}

async function readFile(path: string, read: ReadContents): Promise<WorkflowFile> {
  const { content } = parseOne(WireFile, await read(path), path)
  // Loaded only here: almost no sweep needs it, and it would cost every sweep its start.
  const { parse } = await import(/* webpackMode: "eager" */ 'yaml')
  let document: unknown
  try {
    document = parse(Buffer.from(content, 'base64').toString('utf8'), { maxAliasCount: 100 })
  } catch {
    throw new ForgeError('unexpected-shape', `${path} is no YAML`)
  }
  const workflow = z
    .object({ name: z.union([z.string(), z.number()]).nullish(), on: z.unknown() })
    .safeParse(document)
  if (!workflow.success) throw new ForgeError('unexpected-shape', `${path} is no workflow`)
  return { path, name: String(workflow.data.name ?? ''), events: eventsOf(workflow.data.on) }
}

/** `on:` as text, list or map. */
function eventsOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on]
  if (Array.isArray(on)) return on.filter(event => typeof event === 'string')
  return typeof on === 'object' && on !== null ? Object.keys(on) : []
}
