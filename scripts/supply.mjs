// What goes with a release: a list of all that is in the bundle (CycloneDX) and a statement of what
// was built from which commit (in-toto, SLSA provenance 1). Nothing of it is signed: dist/ is in
// the tag, and whoever doubts it builds it again, byte for byte. Run it with
//   node scripts/supply.mjs FOLDER vX.Y.Z
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = name => readFileSync(join(root, name))
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex')
const output = (command, ...parameters) =>
  execFileSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })

/** What the lock file names that is no tool of development, as `name@version`. */
function locked() {
  const { packages } = JSON.parse(read('package-lock.json'))
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`)
    .sort()
}

/** The list, as npm makes it; an error where it is not what the lock file says. */
function sbom() {
  const text = output('npm', 'sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only')
  const made = JSON.parse(text)
  // npm calls the package by the name of its folder.
  made.metadata.component.name = 'umbrella-reaper'
  const listed = made.components.map(({ purl }) =>
    decodeURIComponent(purl.replace(/^pkg:npm\//, '').split('?')[0]),
  )
  const [found, wanted] = [[...new Set(listed)].sort(), [...new Set(locked())]]
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`the list of parts is ${found.join(', ')}; locked are ${wanted.join(', ')}`)
  return made
}

/** Which files of dist/ came from which commit, by which run. */
function provenance(tag) {
  const commit = output('git', 'rev-parse', 'HEAD').trim()
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repo, GITHUB_RUN_ID: run } = process.env
  const repository =
    server && repo ? `${server}/${repo}` : JSON.parse(read('package.json')).repository.url
  const files = readdirSync(join(root, 'dist')).sort()
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(name => ({
      name: `dist/${name}`,
      digest: { sha256: sha256(read(join('dist', name))) },
    })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${repository}/blob/${tag}/CONTRIBUTING.md#a-release`,
        externalParameters: { repository, tag, command: 'npm ci && npm run build' },
        internalParameters: { node: process.version, npm: output('npm', '--version').trim() },
        resolvedDependencies: [
          { uri: `git+${repository}@refs/tags/${tag}`, digest: { gitCommit: commit } },
          { uri: 'package-lock.json', digest: { sha256: sha256(read('package-lock.json')) } },
        ],
      },
      runDetails: {
        builder: { id: run ? `${repository}/actions/workflows/release.yml` : 'by hand' },
        metadata: { invocationId: run ? `${repository}/actions/runs/${run}` : 'by hand' },
      },
    },
  }
}

const [folder, tag] = process.argv.slice(2)
if (folder === undefined || !/^v\d+\.\d+\.\d+$/.test(tag ?? ''))
  throw new Error('usage: node scripts/supply.mjs FOLDER vX.Y.Z')
mkdirSync(folder, { recursive: true })
const write = (name, value) => {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  console.log(`${name}: ${sha256(readFileSync(join(folder, name)))}`)
}
write('sbom.cdx.json', sbom())
const statement = provenance(tag)
write('provenance.intoto.json', statement)
console.log(JSON.stringify(statement))
