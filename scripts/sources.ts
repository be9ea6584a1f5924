// A digest of everything dist/ is built from. `--write` keeps it beside the bundle, so that a test
// can tell in a moment that the bundle is older than its sources.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What decides the bundle besides src. */
const BESIDE = ['package-lock.json', 'scripts/without-undici.ts', 'tsconfig.json']

const keptAt = (dist: string): string => join(dist, 'sources.sha256')

/** Names and contents, in the order of the names: the same on every file system. */
function digestOf(root: string): string {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map(name => `src/${name.replaceAll('\\', '/')}`)
    .filter(name => name.endsWith('.ts'))
  const hash = createHash('sha256')
  for (const name of [...sources, ...BESIDE].sort())
    hash
      .update(`${name}\n`)
      .update(readFileSync(join(root, name)))
      .update('\n')
  return `${hash.digest('hex')}\n`
}

/** Says which sources the bundle in this folder was built from. */
export function keepDigest(root: string, dist: string): void {
  writeFileSync(keptAt(dist), digestOf(root))
}

/** Is the bundle the one of these sources? A bundle that keeps no digest is not. */
export function isFresh(root: string): boolean {
  try {
    return readFileSync(keptAt(join(root, 'dist')), 'utf8') === digestOf(root)
  } catch {
    return false
  }
}

if (process.argv[2] === '--write') keepDigest(process.cwd(), 'dist')
