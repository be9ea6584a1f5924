// The committed bundle must be the one its sources build, byte for byte, with no file more or less.
// It is built into the folder that is named here, so that nothing that runs dist/ meanwhile misses
// it; without a folder, dist/ itself was built anew.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , built = 'dist'] = process.argv

const filesIn = folder => new Map(readdirSync(folder).map(name => [name, join(folder, name)]))

/** Files that differ between two folders, or stand in one of them alone. */
function differing(one, other) {
  const [here, there] = [filesIn(one), filesIn(other)]
  const isEqual = name =>
    here.has(name) &&
    there.has(name) &&
    readFileSync(here.get(name)).equals(readFileSync(there.get(name)))
  return [...new Set([...here.keys(), ...there.keys()])].filter(name => !isEqual(name)).sort()
}

const uncommitted = execFileSync(
  'git',
  ['status', '--porcelain', '--untracked-files=all', '--', 'dist'],
  { encoding: 'utf8' },
)
const differ = differing(built, 'dist')
if (differ.length > 0 || uncommitted !== '') {
  console.error('dist/ differs from what src/ builds; run "npm run build" and commit it:')
  console.error(differ.map(name => `differs: ${name}\n`).join('') + uncommitted)
  process.exit(1)
}
console.log('dist/ is what src/ builds')
