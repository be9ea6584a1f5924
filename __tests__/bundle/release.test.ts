// scripts/release.mjs in a repository of its own, whose bundle is one line.
import { afterEach, describe, expect, it, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const environment = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'releaser',
  GIT_AUTHOR_EMAIL: 'releaser@example.test',
  GIT_COMMITTER_NAME: 'releaser',
  GIT_COMMITTER_EMAIL: 'releaser@example.test',
}

/** Apart from its tag, so that the script does not take this file for one that uses the action. */
const ACTION = 'owner/umbrella-reaper'

/** A build that copies the source; the comparison is the one of this repository, by git. */
const BUILD = "node -e \"fs.cpSync('src.js','dist/index.js')\""
const MANIFEST = {
  name: 'umbrella-reaper',
  version: '1.0.9',
  scripts: {
    build: BUILD,
    'check:dist': 'npm run -s build && node scripts/check-dist.mjs',
    release: 'node scripts/release.mjs',
  },
}
const LOCK = {
  name: 'umbrella-reaper',
  version: '1.0.9',
  lockfileVersion: 3,
  packages: { '': { name: 'umbrella-reaper', version: '1.0.9' } },
}
const CHANGELOG = `# Changelog

## [Unreleased]

### Fixed

- **This.** It was broken.

## [1.0.9] - 2026-01-01

- Older.
`

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'umbrella-reaper-release-'))

  constructor() {
    for (const name of ['dist', 'src']) mkdirSync(join(this.folder, name))
    for (const name of ['release.mjs', 'check-dist.mjs'])
      cpSync(join(root, 'scripts', name), join(this.folder, 'scripts', name))
    this.write('package.json', `${JSON.stringify(MANIFEST, null, 2)}\n`)
    this.write('package-lock.json', `${JSON.stringify(LOCK, null, 2)}\n`)
    this.write('CHANGELOG.md', CHANGELOG)
    this.write('src/version.ts', `export const VERSION = '${MANIFEST.version}'\n`)
    this.write('README.md', `uses: ${ACTION}@v1\n`)
    for (const name of ['src.js', 'dist/index.js']) this.write(name, 'one line\n')
    this.git('init', '--initial-branch=main')
    this.commit()
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  git(...parameters: readonly string[]): string {
    return execFileSync('git', parameters, {
      cwd: this.folder,
      encoding: 'utf8',
      env: environment,
      stdio: 'pipe',
    })
  }

  commit(): void {
    this.git('add', '--all')
    this.git('commit', '--message=change')
  }

  run(command: string, ...parameters: readonly string[]): Run {
    return spawnSync(command, parameters, {
      cwd: this.folder,
      encoding: 'utf8',
      env: environment,
    })
  }

  release(...parameters: readonly string[]): Run {
    return this.run(process.execPath, 'scripts/release.mjs', ...parameters)
  }

  changed(): readonly string[] {
    return this.git('status', '--porcelain')
      .split('\n')
      .filter(line => line !== '')
  }
}

const repositories: Repository[] = []
function repository(): Repository {
  const made = new Repository()
  repositories.push(made)
  return made
}
afterEach(() => {
  for (const { folder } of repositories.splice(0)) rmSync(folder, { recursive: true })
})

describe('a release that is refused changes nothing', () => {
  type Change = (made: Repository) => void
  const edited =
    (name: string, from: string, to: string): Change =>
    made => {
      made.write(name, made.read(name).replace(from, to))
      made.commit()
    }
  const nothing: Change = () => undefined

  it.each<{ fault: string; version: string; change: Change; says: readonly string[] }>([
    { fault: 'no version', version: '', change: nothing, says: ['"" is no version', 'usage:'] },
    { fault: 'two numbers', version: '1.1', change: nothing, says: ['"1.1" is no version'] },
    { fault: 'a tag', version: 'v1.1.0', change: nothing, says: ['"v1.1.0" is no version'] },
    { fault: 'a leading zero', version: '1.01.0', change: nothing, says: ['"1.01.0" is no'] },
    { fault: 'a pre-release', version: '1.1.0-rc.1', change: nothing, says: ['is no version'] },
    {
      fault: 'an option',
      version: '--version',
      change: nothing,
      says: ['"--version" is no version'],
    },
    {
      fault: 'the present version',
      version: '1.0.9',
      change: nothing,
      says: ['1.0.9 is not higher than 1.0.9'],
    },
    {
      fault: 'a lower version, higher as text',
      version: '1.0.10',
      change: made => {
        made.write('package.json', made.read('package.json').replace('1.0.9', '1.0.11'))
        made.write('package-lock.json', made.read('package-lock.json').replaceAll('.9', '.11'))
        made.write('src/version.ts', made.read('src/version.ts').replaceAll('.9', '.11'))
        made.commit()
      },
      says: ['1.0.10 is not higher than 1.0.11'],
    },
    {
      fault: 'a lock file of another version',
      version: '1.1.0',
      change: edited('package-lock.json', '1.0.9', '1.0.8'),
      says: ['package-lock.json says 1.0.8, not 1.0.9'],
    },
    {
      fault: 'a tag that exists',
      version: '1.1.0',
      change: made => made.git('tag', 'v1.1.0'),
      says: ['the tag v1.1.0 exists already'],
    },
    {
      fault: 'no section "Unreleased"',
      version: '1.1.0',
      change: edited('CHANGELOG.md', '## [Unreleased]', '## [1.0.10] - 2026-01-02'),
      says: ['exactly one section "## [Unreleased]"'],
    },
    {
      fault: 'two sections "Unreleased"',
      version: '1.1.0',
      change: edited('CHANGELOG.md', '## [1.0.9] - 2026-01-01', '## [Unreleased]'),
      says: ['exactly one section "## [Unreleased]"'],
    },
    {
      fault: 'an empty section "Unreleased"',
      version: '1.1.0',
      change: edited('CHANGELOG.md', '- **This.** It was broken.\n', ''),
      says: ['CHANGELOG.md names no change'],
    },
    {
      fault: 'no changelog of ours',
      version: '1.1.0',
      change: edited('CHANGELOG.md', CHANGELOG, ''),
      says: ['exactly one section'],
    },
    {
      fault: 'a stale bundle',
      version: '1.1.0',
      change: edited('src.js', 'one line', 'another line'),
      says: ['dist/ is not what src/ builds'],
    },
    {
      fault: 'a new major version with the old tag in README',
      version: '2.0.0',
      change: nothing,
      says: ['README.md still names @v1'],
    },
    {
      fault: 'several at once',
      version: '0.9.0',
      change: edited('CHANGELOG.md', '- **This.** It was broken.\n', ''),
      says: ['not higher', 'names no change'],
    },
  ])('$fault', ({ version, change, says }) => {
    const made = repository()
    change(made)
    const { status, stderr } = made.release(...(version === '' ? [] : [version]))
    expect(status).toBe(1)
    for (const words of says) expect(stderr).toContain(words)
    // The comparison builds the bundle; that alone may show.
    expect(made.changed().filter(line => !line.endsWith(' dist/index.js'))).toEqual([])
  })

  it.each<{ fault: string; dirty: Change }>([
    { fault: 'a changed file', dirty: made => made.write('README.md', 'changed\n') },
    { fault: 'a new file', dirty: made => made.write('new.txt', 'new\n') },
    { fault: 'a missing file', dirty: made => unlinkSync(join(made.folder, 'README.md')) },
    {
      fault: 'a staged file',
      dirty: made => {
        made.write('README.md', 'changed\n')
        made.git('add', '--all')
      },
    },
  ])('a dirty tree: $fault', ({ dirty }) => {
    const made = repository()
    dirty(made)
    const before = made.changed()
    const { status, stderr } = made.release('1.1.0')
    expect(status).toBe(1)
    expect(stderr).toContain('the working tree is not clean')
    expect(before).toHaveLength(1)
    expect(made.changed()).toEqual(before)
  })
})

describe('a release that is prepared', () => {
  test('sets the version everywhere, dates the section, and commits and tags nothing', () => {
    const made = repository()
    const head = made.git('rev-parse', 'HEAD')
    const earliest = new Date().toISOString().slice(0, 10)
    const { status, stdout, stderr } = made.run('npm', 'run', '-s', 'release', '--', '1.1.0')
    const dates = [earliest, new Date().toISOString().slice(0, 10)]
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(made.read('package.json'))).toEqual({ ...MANIFEST, version: '1.1.0' })
    expect(made.read('src/version.ts')).toBe("export const VERSION = '1.1.0'\n")
    expect(JSON.parse(made.read('package-lock.json'))).toEqual({
      ...LOCK,
      version: '1.1.0',
      packages: { '': { name: 'umbrella-reaper', version: '1.1.0' } },
    })
    expect(
      dates.map(date => CHANGELOG.replace('[Unreleased]', `[Unreleased]\n\n## [1.1.0] - ${date}`)),
    ).toContain(made.read('CHANGELOG.md'))
    expect(made.git('diff', '--stat')).toContain('4 files changed')
    expect(made.git('rev-parse', 'HEAD')).toBe(head)
    expect(made.git('tag')).toBe('')
    expect(stdout).toContain("git commit --message 'Release 1.1.0'")
  })

  test('the commands it prints make a tag that the check accepts, and the next release', () => {
    const made = repository()
    made.git('init', '--bare', '.git/origin')
    made.git('remote', 'add', 'origin', '.git/origin')
    const { stdout } = made.release('1.1.0')
    const commands = stdout.split('\n').filter(line => line.startsWith('  git '))
    expect(commands).toHaveLength(5)
    for (const command of commands) expect(made.run('sh', '-ec', command).status).toBe(0)
    expect(made.changed()).toEqual([])
    expect(made.release('--check', 'v1.1.0')).toMatchObject({ status: 0, stderr: '' })
    expect(made.git('--git-dir=.git/origin', 'tag').trim()).toBe('v1.1.0')
    expect(made.git('rev-parse', 'v1')).toBe(made.git('rev-parse', 'v1.1.0^{commit}'))
    expect(made.release('1.2.0').stderr).toBe(
      'CHANGELOG.md names no change under "## [Unreleased]"\n',
    )
  })

  test('the first one may have the version that package.json names', () => {
    const made = repository()
    made.write('CHANGELOG.md', CHANGELOG.split('## [1.0.9]')[0] ?? '')
    made.commit()
    expect(made.release('1.0.9')).toMatchObject({ status: 0, stderr: '' })
    expect(made.read('CHANGELOG.md')).toMatch(/^## \[1\.0\.9\] - \d{4}/m)
  })

  test('a new major version passes once no file names the old major tag', () => {
    const made = repository()
    made.write('README.md', `uses: ${ACTION}/composite@v1\n`)
    made.commit()
    expect(made.release('2.0.0').stderr).toBe('README.md still names @v1\n')
    made.write('README.md', `uses: ${ACTION}/composite@v2, actions/checkout@v1\n`)
    made.commit()
    expect(made.release('2.0.0')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('a tag is refused', () => {
  const released = (): Repository => {
    const made = repository()
    made.git('tag', 'v1.0.9')
    return made
  }

  it('never as it should be', () => {
    expect(released().release('--check', 'v1.0.9')).toMatchObject({ status: 0, stderr: '' })
  })

  it.each<{ fault: string; tag: string; says: string }>([
    { fault: 'no tag', tag: '', says: '"" is no tag' },
    { fault: 'without v', tag: '1.0.9', says: '"1.0.9" is no tag' },
    { fault: 'a pre-release', tag: 'v1.0.9-rc.1', says: '"v1.0.9-rc.1" is no tag' },
    { fault: 'another version', tag: 'v1.0.8', says: 'package.json says 1.0.9, not 1.0.8' },
    { fault: 'dots are no wildcards', tag: 'v100.9.0', says: 'package.json says 1.0.9' },
  ])('$fault', ({ tag, says }) => {
    const { status, stderr } = released().release('--check', tag)
    expect(status).toBe(1)
    expect(stderr).toContain(says)
  })

  it('a version that the changelog does not date', () => {
    const made = released()
    made.write('CHANGELOG.md', CHANGELOG.replace('2026-01-01', 'unreleased'))
    const { status, stderr } = made.release('--check', 'v1.0.9')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'CHANGELOG.md has no dated section 1.0.9\n',
    })
  })

  it('one below another of its major version: the major tag never moves back', () => {
    const made = released()
    for (const tag of ['v1.0.10', 'v1.0.11-rc.1', 'v2.0.0', 'v1', 'v1.x']) made.git('tag', tag)
    const { status, stderr } = made.release('--check', 'v1.0.9')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'v1.0.10 is higher: v1 would move back\n',
    })
  })
})
