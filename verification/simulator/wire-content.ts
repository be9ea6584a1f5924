import { createHash } from 'node:crypto'
import { instantText } from './clock.js'
import type { ForgeState, Json } from './state.js'

/**
 * The commit that `ref` of `contents` names; which of a tag and a branch of one name it means is
 * the version's choice.
 */
export function commitOf(forge: ForgeState, ref: string): string {
  const [first, second] =
    forge.profile.sameName === 'tag'
      ? [forge.tags[ref], forge.branches[ref]]
      : [forge.branches[ref], forge.tags[ref]]
  return forge.commits[ref] === undefined ? (first ?? second ?? ref) : ref
}

/** The words by which links name a ref. */
function kindOf(forge: ForgeState, ref: string): ShownFile['kind'] {
  if (forge.commits[ref] !== undefined) return 'commit'
  return commitOf(forge, ref) === forge.branches[ref] ? 'branch' : 'tag'
}

function lastChange(forge: ForgeState, sha: string, path: string): string {
  const text = forge.commits[sha]?.files[path]
  for (let at = sha; ;) {
    const parent = forge.commits[at]?.parent ?? null
    if (parent === null || forge.commits[parent]?.files[path] !== text) return at
    at = parent
  }
}

/** The id git gives a file of this text. */
const blobId = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')

/** A file, and where it stands. */
interface ShownFile {
  readonly base: string
  /** `owner/name` */
  readonly repository: string
  readonly ref: string
  readonly kind: 'branch' | 'commit' | 'tag'
  readonly path: string
  readonly text: string
  /** The commit that changed it last. */
  readonly last: string
  readonly dates: Readonly<Record<string, string>>
  /** In a folder listing the text itself is left out. */
  readonly inFolder: boolean
}

/** A file as `contents` shows it. */
export function fileJson(file: ShownFile): Json {
  const { base, repository, ref, kind, path, text, last, dates, inFolder } = file
  const bytes = Buffer.from(text)
  const blob = blobId(text)
  const self = `${base}/api/v1/repos/${repository}/contents/${path}?ref=${ref}`
  const git = `${base}/api/v1/repos/${repository}/git/blobs/${blob}`
  const html = `${base}/${repository}/src/${kind}/${ref}/${path}`
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: blob,
    last_commit_sha: last,
    ...dates,
    type: 'file',
    size: bytes.length,
    encoding: inFolder ? null : 'base64',
    content: inFolder ? null : bytes.toString('base64'),
    target: null,
    url: self,
    html_url: html,
    git_url: git,
    download_url: `${base}/${repository}/raw/${kind}/${ref}/${path}`,
    submodule_git_url: null,
    _links: { self, git, html },
  }
}

function datesOf(forge: ForgeState, sha: string): Readonly<Record<string, string>> {
  const at = instantText(forge.commits[sha]?.at ?? 0)
  return forge.profile.wire.contentDates ? { last_committer_date: at, last_author_date: at } : {}
}

/** A file of a commit as `contents` shows it. */
export function contentJson(
  forge: ForgeState,
  ref: string,
  sha: string,
  path: string,
  base: string,
  inFolder: boolean,
): Json {
  const last = lastChange(forge, sha, path)
  return fileJson({
    base,
    repository: `${forge.repository.owner}/${forge.repository.name}`,
    ref,
    kind: kindOf(forge, ref),
    path,
    text: forge.commits[sha]?.files[path] ?? '',
    last,
    dates: datesOf(forge, last),
    inFolder,
  })
}

/** A folder inside a folder, as `contents` lists it: what is in it must be asked for by itself. */
export function folderJson(
  forge: ForgeState,
  ref: string,
  sha: string,
  path: string,
  base: string,
): Json {
  const { owner, name } = forge.repository
  const inside = Object.entries(forge.commits[sha]?.files ?? {}).filter(([file]) =>
    file.startsWith(`${path}/`),
  )
  const tree = createHash('sha1').update(JSON.stringify(inside)).digest('hex')
  const self = `${base}/api/v1/repos/${owner}/${name}/contents/${path}?ref=${ref}`
  const git = `${base}/api/v1/repos/${owner}/${name}/git/trees/${tree}`
  const html = `${base}/${owner}/${name}/src/${kindOf(forge, ref)}/${ref}/${path}`
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: tree,
    last_commit_sha: sha,
    ...datesOf(forge, sha),
    type: 'dir',
    size: 0,
    encoding: null,
    content: null,
    target: null,
    url: self,
    html_url: html,
    git_url: git,
    download_url: null,
    submodule_git_url: null,
    _links: { self, git, html },
  }
}
