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
function kindOf(forge: ForgeState, ref: string): string {
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

/** A file of a commit as `contents` shows it; in a folder listing the text itself is left out. */
export function contentJson(
  forge: ForgeState,
  ref: string,
  sha: string,
  path: string,
  base: string,
  inFolder: boolean,
): Json {
  const { owner, name } = forge.repository
  const text = forge.commits[sha]?.files[path] ?? ''
  const bytes = Buffer.from(text)
  const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const last = lastChange(forge, sha, path)
  const self = `${base}/api/v1/repos/${owner}/${name}/contents/${path}?ref=${ref}`
  const git = `${base}/api/v1/repos/${owner}/${name}/git/blobs/${blob}`
  const kind = kindOf(forge, ref)
  const html = `${base}/${owner}/${name}/src/${kind}/${ref}/${path}`
  const at = instantText(forge.commits[last]?.at ?? 0)
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: blob,
    last_commit_sha: last,
    ...(forge.profile.wire.contentDates ? { last_committer_date: at, last_author_date: at } : {}),
    type: 'file',
    size: bytes.length,
    encoding: inFolder ? null : 'base64',
    content: inFolder ? null : bytes.toString('base64'),
    target: null,
    url: self,
    html_url: html,
    git_url: git,
    download_url: `${base}/${owner}/${name}/raw/${kind}/${ref}/${path}`,
    submodule_git_url: null,
    _links: { self, git, html },
  }
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
  const at = instantText(forge.commits[sha]?.at ?? 0)
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: tree,
    last_commit_sha: sha,
    ...(forge.profile.wire.contentDates ? { last_committer_date: at, last_author_date: at } : {}),
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
