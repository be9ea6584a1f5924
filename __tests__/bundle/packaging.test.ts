// What users and forges get: the entry for node24, our own workflows, the release script, the
// package, the forms of issues.
import { afterEach, describe, expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface Manifest {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly engines: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
const manifest = JSON.parse(read('package.json')) as Manifest

const folders: string[] = []
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'umbrella-reaper-packaging-'))
  folders.push(folder)
  return folder
}
const clean = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
}
afterEach(clean)

const PERSON = { name: 'packager', email: 'packager@example.test' }
/** Nothing of this machine's settings of git. */
const environment = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: PERSON.name,
  GIT_AUTHOR_EMAIL: PERSON.email,
  GIT_COMMITTER_NAME: PERSON.name,
  GIT_COMMITTER_EMAIL: PERSON.email,
}
const git = (cwd: string, ...parameters: readonly string[]): string =>
  execFileSync('git', parameters, { cwd, encoding: 'utf8', env: environment, stdio: 'pipe' })
/** A script as a runner starts it: bash that ends at the first failure. */
const bash = (cwd: string, script: string, variables: Readonly<Record<string, string>> = {}) =>
  spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...environment, ...variables },
  })

describe('node24/action.yml', () => {
  type Action = Readonly<Record<string, unknown>> & {
    readonly runs: { readonly using: string; readonly main: string }
  }
  const { runs: rootRuns, ...rootRest } = parse(read('action.yml')) as Action
  const { runs, ...rest } = parse(read('node24/action.yml')) as Action

  test('is the root entry in every input, output, default and description, in their order', () => {
    expect(JSON.stringify(rest)).toBe(JSON.stringify(rootRest))
    expect(Object.keys(rest)).toEqual(expect.arrayContaining(['inputs', 'outputs']))
  })

  test('runs the bundle of the root under node24, and the root stays on node20', () => {
    expect(rootRuns).toEqual({ using: 'node20', main: 'dist/index.js' })
    expect(runs).toEqual({ using: 'node24', main: '../dist/index.js' })
    expect(join('node24', runs.main)).toBe(join(rootRuns.main))
  })

  test('README says where it belongs', () => {
    expect(read('README.md')).toContain('`https://git.example.org/owner/umbrella-reaper/node24@v1`')
  })
})

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}
interface Job {
  readonly needs?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } }
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': unknown }
  readonly jobs: Readonly<Record<string, Job>>
}

const FORGES = ['.github', '.gitea'] as const
const WORKFLOWS = ['ci.yml', 'release.yml'] as const
const pathOf = (forge: string, name: string): string => `${forge}/workflows/${name}`
const open = (forge: string, name: string): Workflow => parse(read(pathOf(forge, name))) as Workflow
const PIN = /uses: (actions\/[a-z-]+)@([0-9a-f]{40}) # v(\d+)\.\d+\.\d+$/gm
const pinsOf = (forge: string) =>
  WORKFLOWS.flatMap(name => [...read(pathOf(forge, name)).matchAll(PIN)]).map(
    ([, action = '', commit = '', major = '']) => ({ action, commit, major: Number(major) }),
  )
const runsOf = ({ steps }: Job): readonly string[] => steps.flatMap(({ run }) => run ?? [])

describe('the workflows of this repository', () => {
  const all = FORGES.flatMap(forge => WORKFLOWS.map(name => ({ forge, name })))

  test.each(FORGES)('%s/workflows holds both, and no third that only one forge runs', forge => {
    expect(readdirSync(join(root, forge, 'workflows')).sort()).toEqual([...WORKFLOWS])
  })

  test.each(WORKFLOWS)('%s is the same for every forge but for the pins', name => {
    const bare = (forge: string): string =>
      read(pathOf(forge, name))
        .replaceAll(PIN, 'uses: $1')
        .replaceAll(/^#.*\n/gm, '')
    expect(bare('.gitea')).toBe(bare('.github'))
    expect(bare('.gitea')).not.toContain('@')
  })

  test.each(FORGES)('%s pins one commit for each action', forge => {
    const pins = pinsOf(forge)
    expect(new Set(pins.map(({ action }) => action)).size).toBe(4)
    expect(new Set(pins.map(pin => JSON.stringify(pin))).size).toBe(4)
  })

  test('.gitea pins the last majors on node20, and Renovate holds them there', () => {
    interface Rule {
      readonly matchFileNames?: readonly string[]
      readonly matchPackageNames?: readonly string[]
      readonly allowedVersions?: string
    }
    const { packageRules } = JSON.parse(read('renovate.json')) as { packageRules: readonly Rule[] }
    const pins = pinsOf('.gitea')
    expect(pins.length).toBeGreaterThan(4)
    for (const { action, major } of pins) {
      const rule = packageRules.find(
        ({ matchFileNames, matchPackageNames }) =>
          matchFileNames?.includes('.gitea/**') === true &&
          matchPackageNames?.includes(action) === true,
      )
      expect(`${action} ${rule?.allowedVersions ?? ''}`).toBe(`${action} <${major + 1}`)
    }
  })

  describe.each(all)('$forge/workflows/$name', ({ forge, name }) => {
    const workflow = open(forge, name)
    const jobs = Object.entries(workflow.jobs)

    test('reads only, but for the job that moves the tag', () => {
      const writing = jobs.filter(([, job]) =>
        Object.values(job.permissions ?? workflow.permissions).includes('write'),
      )
      expect(writing.map(([job]) => job)).toEqual(name === 'ci.yml' ? [] : ['move-major-tag'])
      for (const [, { permissions }] of writing) expect(permissions).toEqual({ contents: 'write' })
      expect(workflow.permissions).toEqual(name === 'ci.yml' ? { contents: 'read' } : {})
    })

    test('is in a concurrency group, and every job has a limit of time', () => {
      expect(workflow.concurrency.group).not.toBe('')
      expect(jobs.length).toBeGreaterThan(1)
      for (const [, job] of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0)
    })

    test('no step keeps the token but the one that pushes, which runs no code of ours', () => {
      const keeping = jobs.filter(([, { steps }]) =>
        steps.some(
          ({ uses, with: given }) =>
            uses?.startsWith('actions/checkout@') === true &&
            given?.['persist-credentials'] !== false,
        ),
      )
      expect(keeping.map(([job]) => job)).toEqual(name === 'ci.yml' ? [] : ['move-major-tag'])
      for (const [, job] of keeping) expect(runsOf(job).join('')).not.toMatch(/\b(npm|node|npx)\b/)
    })

    test('no expression stands inside a script, and only github and matrix are asked', () => {
      for (const [, job] of jobs) for (const run of runsOf(job)) expect(run).not.toContain('${{')
      for (const [, asked = ''] of read(pathOf(forge, name)).matchAll(/\$\{\{ *([^}]*)\}\}/g))
        expect(asked).toMatch(/^(github|matrix)\./)
    })
  })

  test('none runs by a clock, and none can open an issue or a pull request', () => {
    for (const { forge, name } of all) {
      const { on, permissions, jobs } = open(forge, name)
      expect(Object.keys(on)).not.toContain('schedule')
      const granted = [permissions, ...Object.values(jobs).map(job => job.permissions ?? {})]
      const rights = granted.flatMap(one => Object.keys(one))
      expect(rights.filter(right => right !== 'contents')).toEqual([])
      expect(read(pathOf(forge, name))).not.toMatch(/\b(?:gh|tea|hub) (?:issue|pr|api)\b|curl/)
    }
  })

  test('of the examples, one by a clock can write statuses and comments, and opens nothing', () => {
    const names = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    const files = names.filter(one => one.endsWith('.yml')).map(one => join('examples', one))
    const timed = files.filter(one => /^\s*schedule:/m.test(read(one)))
    expect(timed.length).toBeGreaterThan(3)
    for (const file of timed) {
      // `contents: write` is what a status takes on Gitea (docs/permissions.md).
      const rights = [...read(file).matchAll(/^ +([a-z-]+): write\b/gm)].map(([, one]) => one)
      expect(
        rights.filter(one => !/^(?:actions|contents|issues|statuses)$/.test(one ?? '')),
      ).toEqual([])
      expect(read(file)).not.toMatch(/\b(?:gh|tea|hub) (?:issue|pr|api)\b|create-(?:issue|pull)/)
    }
  })

  test('CI verifies on the oldest supported version and tests on the newer ones', () => {
    const { verify, test: newer, ...others } = open('.github', 'ci.yml').jobs
    const versionOf = (job?: Job): unknown =>
      job?.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with?.['node-version']
    expect(others).toEqual({})
    expect(`>=${String(versionOf(verify))}`).toBe(manifest.engines['node'])
    expect(verify && runsOf(verify)).toEqual(['npm ci', 'npm run verify'])
    expect(newer?.strategy?.matrix.node).toEqual([22, 24])
    expect(newer && runsOf(newer)).toEqual(['npm ci', 'npm test'])
    // The README's own commands, as .ci/run has them.
    expect(read('.ci/run')).toContain('npm ci\nnpm run verify\n')
  })

  test('a release moves the tag last, after everything else has passed', () => {
    const { on, concurrency, jobs } = open('.github', 'release.yml')
    expect(on).toEqual({ push: { tags: ['v*.*.*'] } })
    expect(concurrency['cancel-in-progress']).toBe(false)
    expect(Object.entries(jobs).map(([job, { needs }]) => [job, needs])).toEqual([
      ['verify', undefined],
      ['bundle', 'verify'],
      ['move-major-tag', 'bundle'],
    ])
    expect(jobs['verify'] && runsOf(jobs['verify'])).toEqual([
      'node scripts/release.mjs --check "$TAG"',
      'npm ci',
      'npm audit',
      'npm run verify',
      'node scripts/supply.mjs build/release "$TAG"\ncat build/release/sbom.cdx.json\n',
    ])
    expect(read('scripts/verify.mjs')).toMatch(/^ {2}'check:dist',$/m)
  })

  test('the step that runs the bundle passes with ours, and fails with one that is broken', () => {
    const { bundle } = open('.github', 'release.yml').jobs
    const [script = ''] = bundle ? runsOf(bundle) : []
    const folder = temporary()
    cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true })
    expect(bash(folder, script)).toMatchObject({ status: 0, stderr: '' })
    for (const text of ['throw new Error("no")', '', 'process.exitCode = 1']) {
      writeFileSync(join(folder, 'dist/index.js'), text)
      expect(bash(folder, script).status).not.toBe(0)
    }
  })

  test('the step that moves the tag creates it, moves it on, and touches no other', () => {
    const { 'move-major-tag': move } = open('.github', 'release.yml').jobs
    const [script = ''] = move ? runsOf(move) : []
    const [folder, bare] = [temporary(), temporary()]
    git(bare, 'init', '--bare', '--initial-branch=main')
    git(folder, 'init', '--initial-branch=main')
    git(folder, 'remote', 'add', 'origin', bare)
    git(folder, 'commit', '--allow-empty', '--message=zero')
    git(folder, 'push', 'origin', 'HEAD:refs/tags/v0', 'HEAD:refs/heads/main')
    const before = git(bare, 'rev-parse', 'v0', 'main')
    for (const tag of ['v1.0.0', 'v1.0.1']) {
      git(folder, 'commit', '--allow-empty', `--message=${tag}`)
      git(folder, 'tag', '--annotate', tag, `--message=${tag}`)
      git(folder, 'checkout', '--quiet', tag)
      expect(bash(folder, script, { TAG: tag }).status).toBe(0)
      expect(git(bare, 'rev-parse', 'v1')).toBe(git(folder, 'rev-parse', `${tag}^{commit}`))
    }
    expect(git(bare, 'rev-parse', 'v0', 'main')).toBe(before)
    expect(git(bare, 'tag').trim().split('\n')).toEqual(['v0', 'v1'])
  })
})

describe('the package', () => {
  test('holds the bundle, its licences and what explains them, and nothing else', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [packed] = JSON.parse(listed) as [{ files: { path: string }[] }]
    // What not every sweep needs stands in files of its own, whose names the bundler chooses.
    const parts = /^dist\/\d+\.index\.js$/
    const paths = packed.files.map(({ path }) => path)
    expect(paths.filter(path => parts.test(path))).toHaveLength(8)
    expect(paths.filter(path => !parts.test(path)).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/index.js',
      'dist/licenses.txt',
      'dist/package.json',
      'dist/sources.sha256',
      'examples/cron.sh',
      'package.json',
    ])
  })

  test('its command starts: source and bundle begin with the line that names node', () => {
    const shebang = '#!/usr/bin/env node'
    expect(read('src/index.ts').split('\n')[0]).toBe(shebang)
    expect(manifest.bin).toEqual({ 'umbrella-reaper': 'dist/index.js' })
    expect(read('dist/index.js').split('\n')[0]).toBe(shebang)
    const folder = temporary()
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
    execFileSync('npm', pack, { cwd: root, stdio: 'ignore' })
    execFileSync('tar', ['-xzf', `umbrella-reaper-${manifest.version}.tgz`], { cwd: folder })
    const command = join(folder, 'package', manifest.bin['umbrella-reaper'] ?? '')
    accessSync(command, constants.X_OK)
    const { status, stdout, stderr } = spawnSync(command, {
      encoding: 'utf8',
      env: { PATH: `${dirname(process.execPath)}:${environment.PATH}` },
    })
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(stdout).toContain('token: nothing was given')
  })

  test('every dependency has an exact version, and the lock file names the same', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      version: string
      packages: Record<string, Manifest>
    }
    const { dependencies, devDependencies } = manifest
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    const { version, bin } = manifest
    expect(lock.version).toBe(version)
    expect(lock.packages['']).toMatchObject({ version, bin, dependencies, devDependencies })
  })
})

describe('what goes with a release', () => {
  const folder = temporary()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/supply.mjs', folder, 'v9.8.7'],
    { cwd: root, encoding: 'utf8', env: { ...environment, GITHUB_TOKEN: 'canary0123456789' } },
  )
  const made = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const [sbom, statement] =
    status === 0 ? [made('sbom.cdx.json'), made('provenance.intoto.json')] : [null, null]

  test('the list of parts holds what the bundle is made of, and no tool of development', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const { bomFormat, components } = sbom as {
      bomFormat: string
      components: readonly { name: string; group?: string; version: string }[]
    }
    expect(bomFormat).toBe('CycloneDX')
    const named = components.map(one => `${one.name}@${one.version}`)
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(named).toContain(`${name}@${version}`)
    for (const name of Object.keys(manifest.devDependencies))
      expect(named.filter(one => one.startsWith(`${name}@`))).toEqual([])
    // Every one of them has its licence beside the bundle, if any of it is in there.
    const licences = read('dist/licenses.txt')
    for (const name of Object.keys(manifest.dependencies)) expect(licences).toContain(`${name}\n`)
  })

  test('the statement names every file of dist with its digest, the tag and the commit', () => {
    const { _type, subject, predicateType, predicate } = statement as {
      _type: string
      subject: readonly { name: string; digest: { sha256: string } }[]
      predicateType: string
      predicate: unknown
    }
    expect([_type, predicateType]).toEqual([
      'https://in-toto.io/Statement/v1',
      'https://slsa.dev/provenance/v1',
    ])
    expect(subject).toEqual(
      readdirSync(join(root, 'dist'))
        .sort()
        .map(name => {
          const bytes = readFileSync(join(root, 'dist', name))
          const sha256 = createHash('sha256').update(bytes).digest('hex')
          return { name: `dist/${name}`, digest: { sha256 } }
        }),
    )
    expect(JSON.stringify(predicate)).toContain('v9.8.7')
    expect(JSON.stringify(predicate)).toContain(git(root, 'rev-parse', 'HEAD').trim())
    expect(`${stdout}${JSON.stringify([sbom, statement])}`).not.toContain('canary0123456789')
  })
})

describe('the forms of issues', () => {
  interface Field {
    readonly type: string
    readonly id?: string
    readonly attributes: { readonly label?: string; readonly render?: string }
    readonly validations?: { readonly required?: boolean }
  }
  const fieldsOf = (name: string): readonly Field[] =>
    (parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as { body: readonly Field[] }).body

  test('there is one folder of them: every forge reads it, two would show them twice', () => {
    expect(readdirSync(join(root, '.github/ISSUE_TEMPLATE')).sort()).toEqual([
      'bug.yml',
      'config.yml',
      'false-green.yml',
    ])
    expect(readdirSync(join(root, '.gitea'))).toEqual(['workflows'])
  })

  test.each([
    { name: 'bug.yml', required: ['expected', 'version', 'server', 'entry', 'log'] },
    {
      name: 'false-green.yml',
      required: ['version', 'server', 'what', 'head', 'red', 'report', 'log', 'rows'],
    },
  ])('$name asks for what a diagnosis needs, the report as JSON', ({ name, required }) => {
    const fields = fieldsOf(name).filter(({ type }) => type !== 'markdown')
    const needed = fields.filter(({ validations }) => validations?.required === true)
    expect(needed.map(({ id }) => id)).toEqual(required)
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
    expect(fields.find(({ id }) => id === 'report')?.attributes.render).toBe('json')
  })

  test('SECURITY.md and the forms name no address: every server has its own', () => {
    const texts = [
      'SECURITY.md',
      ...readdirSync(join(root, '.github/ISSUE_TEMPLATE')).map(
        name => `.github/ISSUE_TEMPLATE/${name}`,
      ),
    ].map(read)
    for (const text of texts) expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w+|https?:\/\//)
    expect(read('SECURITY.md')).toContain('v1')
  })
})
