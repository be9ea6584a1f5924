import { createHash } from 'node:crypto'
import type { Answer, Asked } from './answers.js'
import { NOT_FOUND, ok } from './answers.js'
import { rootOf } from './json.js'
import { shaOf } from './repository.js'
import type { World } from './world.js'

/** The id that git gives a file. */
const blobSha = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex')

const base64 = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,60}/g) ?? []
  )
    .map(line => `${line}\n`)
    .join('')

const entry = (world: World, path: string, text: string | null): object => ({
  type: text === null ? 'dir' : 'file',
  size: text === null ? 0 : Buffer.byteLength(text),
  name: path.split('/').at(-1),
  path,
  sha: text === null ? shaOf(path) : blobSha(text),
  url: `${rootOf(world)}/contents/${path}`,
})

/** A file, or what is in a folder; the answer of GitHub for no such path is 404. */
export function contents(world: World, { query, parts: [path = ''] }: Asked): Answer {
  const { repository } = world
  const ref = query.get('ref') ?? repository.defaultBranch
  const sha = repository.resolve(ref)
  const files = sha === null ? undefined : repository.commits.get(sha)
  if (files === undefined) return NOT_FOUND
  const text = files.get(path)
  if (text !== undefined) {
    // Above a megabyte the content is left out.
    const large = Buffer.byteLength(text) > 1_048_576
    const encoded = { encoding: large ? 'none' : 'base64', content: large ? '' : base64(text) }
    return ok({ ...entry(world, path, text), ...encoded })
  }
  const inside = [...files].filter(([name]) => name.startsWith(`${path}/`))
  if (inside.length === 0) return NOT_FOUND
  const folders = new Set<string>()
  const rows = inside.flatMap(([name, one]) => {
    const rest = name.slice(path.length + 1).split('/')
    if (rest.length === 1) return [entry(world, name, one)]
    const folder = `${path}/${rest[0] ?? ''}`
    if (folders.has(folder)) return []
    folders.add(folder)
    return [entry(world, folder, null)]
  })
  return ok(rows)
}

/** The whole tree of a commit; asked with `recursive` or not, for here it is small. */
export function tree(world: World, { parts: [ref = ''] }: Asked): Answer {
  const sha = world.repository.resolve(ref)
  const files = sha === null ? undefined : world.repository.commits.get(sha)
  if (files === undefined) return NOT_FOUND
  const rows = [...files].map(([path, text]) => ({
    path,
    mode: '100644',
    type: 'blob',
    sha: blobSha(text),
    size: Buffer.byteLength(text),
  }))
  return ok({ sha, tree: rows, truncated: false })
}

export function blob(world: World, { parts: [sha = ''] }: Asked): Answer {
  for (const files of world.repository.commits.values())
    for (const text of files.values())
      if (blobSha(text) === sha)
        return ok({ sha, size: text.length, encoding: 'base64', content: base64(text) })
  return NOT_FOUND
}
