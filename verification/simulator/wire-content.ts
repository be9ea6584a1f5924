import { createHash } from 'node:crypto'
import { instantText } from './clock.js'
import type { ForgeState, Json } from './state.js'

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
  const kind = forge.commits[ref] === undefined ? 'branch' : 'commit'
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
