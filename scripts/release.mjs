// Prepares a release and checks a tag; needs nothing but Node.js, git and npm. Run it with
//   npm run release -- 1.1.0            writes the version and the changelog, commits nothing
//   node scripts/release.mjs --check v1.1.0      what the release workflow asks of a tag
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = name => join(root, name)
const read = name => readFileSync(at(name), 'utf8')
const git = (...parameters) =>
  execFileSync('git', parameters, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const npm = script =>
  spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  }).status === 0

const USAGE = 'usage: npm run release -- X.Y.Z, or node scripts/release.mjs --check vX.Y.Z'

/** The three numbers of X.Y.Z, or null. A pre-release has no place here: v1 would move to it. */
function numbersOf(version) {
  const parts = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version ?? '')
  return parts === null ? null : parts.slice(1).map(Number)
}

/** Above zero where the first is the higher version. */
function compare(one, other) {
  const differences = one.map((number, index) => number - other[index])
  return differences.find(difference => difference !== 0) ?? 0
}

/** The versions that package.json and, in two places, package-lock.json name. */
function versionsNamed() {
  const lock = JSON.parse(read('package-lock.json'))
  return {
    'package.json': JSON.parse(read('package.json')).version,
    'package-lock.json': lock.version,
    'package-lock.json, packages[""]': lock.packages[''].version,
    'src/version.ts': /'([^']*)'/.exec(read('src/version.ts'))?.[1],
  }
}

function faultsOfVersions(version) {
  return Object.entries(versionsNamed())
    .filter(([, named]) => named !== version)
    .map(([place, named]) => `${place} says ${named}, not ${version}`)
}

const UNRELEASED = /^## \[Unreleased\][ \t]*$/im

/** What stands under "Unreleased" up to the next version, or null without such a section. */
function unreleasedOf(changelog) {
  const [, ...bodies] = changelog.split(UNRELEASED)
  return bodies.length === 1 ? bodies[0].split(/^## /m)[0] : null
}

function faultsOfChangelog() {
  const body = unreleasedOf(read('CHANGELOG.md'))
  if (body === null) return ['CHANGELOG.md needs exactly one section "## [Unreleased]"']
  return /^- \S/m.test(body) ? [] : ['CHANGELOG.md names no change under "## [Unreleased]"']
}

/**
 * README, examples and comments name the action by its major tag. A minor or patch release leaves
 * them alone; a new major version must have changed them all.
 */
function faultsOfMajor(present, next) {
  if (present[0] === next[0]) return []
  const old = `(umbrella-reaper|PUBLISHED\\})(/[a-z0-9]+)?@v${present[0]}([^0-9.]|$)`
  const where = [':!dist', ':!CHANGELOG.md']
  const { stdout } = spawnSync('git', ['grep', '-lE', old, '--', ...where], {
    cwd: root,
    encoding: 'utf8',
  })
  return stdout
    .split('\n')
    .filter(name => name !== '')
    .map(name => `${name} still names @v${present[0]}`)
}

/** Is it the version that package.json names already, and that was never released? */
const isFirst = (version, named) =>
  version === named && !read('CHANGELOG.md').includes(`\n## [${version}]`)

/** Everything that speaks against preparing this version. */
function faultsOfRelease(version) {
  const next = numbersOf(version)
  if (next === null) return [`"${version ?? ''}" is no version of the form X.Y.Z; ${USAGE}`]
  const { version: named } = JSON.parse(read('package.json'))
  const present = numbersOf(named)
  if (present === null) return [`package.json says "${named}", which is no version X.Y.Z`]
  const changed = git('status', '--porcelain').trimEnd()
  return [
    ...(compare(next, present) > 0 || isFirst(version, named)
      ? []
      : [`${version} is not higher than ${named}`]),
    ...faultsOfVersions(named),
    ...(git('tag', '--list', `v${version}`) === '' ? [] : [`the tag v${version} exists already`]),
    ...(changed === '' ? [] : [`the working tree is not clean:\n${changed}`]),
    ...faultsOfChangelog(),
    ...faultsOfMajor(present, next),
  ]
}

/**
 * src/version.ts, and package.json and package-lock.json as npm writes them: two spaces, a newline
 * at the end.
 */
function writeVersions(version) {
  const manifest = JSON.parse(read('package.json'))
  const lock = JSON.parse(read('package-lock.json'))
  const write = (name, value) => writeFileSync(at(name), `${JSON.stringify(value, null, 2)}\n`)
  write('package.json', { ...manifest, version })
  const packages = { ...lock.packages, '': { ...lock.packages[''], version } }
  write('package-lock.json', { ...lock, version, packages })
  const source = read('src/version.ts')
  writeFileSync(at('src/version.ts'), source.replace(/'[^']*'/, `'${version}'`))
}

/** The section becomes the version's, and an empty one is left for what comes next. */
function writeChangelog(version) {
  const date = new Date().toISOString().slice(0, 10)
  const heading = `## [Unreleased]\n\n## [${version}] - ${date}`
  writeFileSync(at('CHANGELOG.md'), read('CHANGELOG.md').replace(UNRELEASED, heading))
}

/** The bundle is compared before anything is written, so that a stale one leaves no trace. */
function prepare(version) {
  const faults = faultsOfRelease(version)
  if (faults.length > 0) return faults
  if (!npm('check:dist')) return ['dist/ is not what src/ builds, see above']
  writeVersions(version)
  writeChangelog(version)
  if (!npm('build')) return [`the build failed; "git checkout ." takes ${version} back`]
  console.log(
    [
      `${version} is prepared, and nothing is committed. Look at it with "git diff", then:`,
      '',
      '  git add CHANGELOG.md package.json package-lock.json src/version.ts dist',
      `  git commit --message 'Release ${version}'`,
      `  git tag --annotate v${version} --message 'umbrella-reaper ${version}'`,
      `  git tag --force v${version.split('.')[0]} v${version}^{commit}`,
      `  git push --atomic origin HEAD v${version}`,
      '',
      'release.yml moves the major tag on the server once it has verified the new one.',
      'Where no runner does that:',
      `git push --force origin v${version.split('.')[0]}`,
    ].join('\n'),
  )
  return []
}

/** What a tag must fulfil before the major tag moves to it. */
function check(tag) {
  const version = tag?.replace(/^v/, '')
  const numbers = numbersOf(version)
  if (numbers === null || tag === version) return [`"${tag ?? ''}" is no tag vX.Y.Z; ${USAGE}`]
  const higher = git('tag', '--list', `v${numbers[0]}.*`)
    .split('\n')
    .map(name => numbersOf(name.slice(1)))
    .filter(other => other !== null && compare(other, numbers) > 0)
  const dated = new RegExp(
    `^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`,
    'm',
  )
  const faults = [
    ...faultsOfVersions(version),
    ...(dated.test(read('CHANGELOG.md')) ? [] : [`CHANGELOG.md has no dated section ${version}`]),
    ...higher.map(other => `v${other.join('.')} is higher: v${numbers[0]} would move back`),
  ]
  if (faults.length === 0) console.log(`${tag} is what package.json and CHANGELOG.md say`)
  return faults
}

const [first, second] = process.argv.slice(2)
const faults = first === '--check' ? check(second) : prepare(first)
for (const fault of faults) console.error(fault)
process.exitCode = faults.length === 0 ? 0 : 1
