import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The release before this one, unpacked. */
export interface Previous {
  /** What was asked for, and the commit it is. */
  readonly ref: string
  readonly sha: string
  readonly script: string
  /** The inputs it knows: a bundle warns of others. */
  readonly inputs: readonly string[]
  remove(): void
}

const git = (...words: readonly string[]): Buffer =>
  execFileSync('git', [...words], { cwd: root, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 2] })

const lines = (text: Buffer): readonly string[] =>
  text
    .toString()
    .split('\n')
    .filter(line => line !== '')

/** Tags of releases; `v1` and the like move along with them. */
const RELEASE = /^v\d+\.\d+\.\d+$/

/**
 * Which release that is where nobody names one: the newest tag before this commit, else the commit
 * before the first look became one page of the history, which is the last one that read the costly
 * status of every head. `null` where this clone does not reach back so far.
 */
export function previousRef(): string | null {
  const here = lines(git('tag', '--points-at', 'HEAD'))
  const tag = lines(git('tag', '--sort=-version:refname')).find(
    name => RELEASE.test(name) && !here.includes(name),
  )
  if (tag !== undefined) return tag
  const history = git('log', '--format=%H %P', '--reverse', '--', 'src/forge/gitea/first-look.ts')
  const [, parent] = lines(history)[0]?.split(' ') ?? []
  return parent === undefined || parent === '' ? null : parent
}

/** The commit that is meant; `null` where this clone has none such. */
function commitOf(ref: string): string | null {
  try {
    return git('rev-parse', '--quiet', '--verify', '--end-of-options', `${ref}^{commit}`)
      .toString()
      .trim()
  } catch {
    return null
  }
}

/**
 * Takes the bundle of a commit out of the repository, with every file it loads; `null` where there
 * is no such commit or it holds no bundle.
 */
export function unpack(ref: string): Previous | null {
  const sha = commitOf(ref)
  const files = sha === null ? [] : lines(git('ls-tree', '-r', '--name-only', sha, 'dist/'))
  if (sha === null || !files.includes('dist/index.js')) return null
  const place = mkdtempSync(join(tmpdir(), 'previous-release-'))
  mkdirSync(join(place, 'dist'))
  for (const file of files)
    writeFileSync(join(place, 'dist', basename(file)), git('show', `${sha}:${file}`))
  const action = parse(git('show', `${sha}:action.yml`).toString()) as { inputs: object }
  return {
    ref,
    sha,
    script: join(place, 'dist', 'index.js'),
    inputs: Object.keys(action.inputs),
    remove: () => {
      rmSync(place, { recursive: true, force: true })
    },
  }
}
