import type { Naming } from '../../workflow/contexts.js'
import {
  atLeast,
  isUnknown,
  namingOf,
  readVersion,
  traitsOf,
  GITHUB_NAMING,
} from '../../forge/versions.js'
import type { Version } from '../../forge/versions.js'

type Rights = Readonly<Record<string, 'read' | 'write'>>

/** How a server treats workflows, as far as umbrellas go wrong by it. In doubt the worse. */
export interface DoctorServer {
  /** As people say it: `gitea 1.22.6`. */
  readonly name: string
  /** Where workflows lie: the first that exists, as the server looks. */
  readonly folders: readonly string[]
  readonly naming: Naming
  /** Does `pull_request_target` write the contexts of `pull_request`? (docs/forge-facts.md, 2.1) */
  readonly targetSharesContext: boolean
  /** Do two files of one name write one status? (docs/forge-facts.md, 2) */
  readonly filesShareContext: boolean
  /** Is a job with any condition but `always()` skipped when a need failed? (3, M10) */
  readonly onlyLiteralAlways: boolean
  /** Is the result of a job that the server skipped empty? (3, M5) */
  readonly skippedIsEmpty: boolean
  /** Is `needs.*` nothing to the runner? `old-runners`: to those before 2025-08-10. (0 and 13) */
  readonly wildcardIsEmpty: boolean | 'old-runners'
  /** Does a job without a status in its `if` ask all jobs before it, or its own needs alone? */
  readonly asksAncestors: boolean
  /** Is a pipe of a script red where any of its commands is, without a word in the file? */
  readonly pipefail: boolean
  /** What another job sees of one with `continue-on-error` that failed; `null`: not known. */
  readonly allowedFailure: 'success' | 'failure' | null
  /** What a cancelled run makes of an umbrella that has not ended; `asked`: its condition says. */
  readonly cancelledRun: 'red' | 'asked'
  /** What happens to a required context of a workflow that a filter leaves out. (13) */
  readonly filtered: 'pending' | 'skipped'
  /** Is `concurrency:` read? (13) */
  readonly concurrency: 'ignored' | 'of-workflows' | 'read'
  /** Are there merge queues, which wait for runs of `merge_group`? (docs/github-facts.md, 1) */
  readonly mergeQueue: boolean
  /** Does a required pattern count its first match only? (3) */
  readonly patternCountsFirst: boolean
  /** Is the umbrella's job run again, with what depends on it? (11) */
  readonly rerunsUmbrella: boolean
  /** What a `permissions:` block does, and what the sweep must be given in one. */
  readonly permissions:
    | { readonly kind: 'ignored' }
    /** Gitea before 1.26, and what it will take from there on. */
    | { readonly kind: 'ignored-for-now'; readonly needed: Rights }
    | { readonly kind: 'ignored-with-warning' }
    | { readonly kind: 'counts'; readonly needed: Rights }
  /** That this version is newer than any that is known here, or `null`. */
  readonly note: string | null
}

const FROM_1_26: Rights = { actions: 'write', 'pull-requests': 'read', contents: 'write' }

const GITHUB_SERVER: DoctorServer = {
  name: 'github',
  folders: ['.github/workflows'],
  naming: GITHUB_NAMING,
  targetSharesContext: true,
  filesShareContext: true,
  onlyLiteralAlways: false,
  skippedIsEmpty: false,
  wildcardIsEmpty: false,
  asksAncestors: true,
  pipefail: false,
  allowedFailure: 'success',
  cancelledRun: 'asked',
  filtered: 'pending',
  concurrency: 'read',
  mergeQueue: true,
  patternCountsFirst: false,
  rerunsUmbrella: true,
  permissions: {
    kind: 'counts',
    needed: {
      actions: 'write',
      checks: 'read',
      contents: 'read',
      'pull-requests': 'read',
      statuses: 'write',
    },
  },
  note: null,
}

/** What the runners of Gitea and Forgejo, both made of act, have in common. */
const OF_ACT = {
  asksAncestors: false,
  pipefail: true,
  cancelledRun: 'red',
  mergeQueue: false,
} as const

function forgejo(version: Version): Omit<DoctorServer, 'name' | 'naming' | 'note'> {
  const { major, minor, patch } = version
  const fixedEleven = major === 11 && (minor > 0 || patch >= 10)
  return {
    folders: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
    targetSharesContext: !traitsOf(version).targetSuffix,
    filesShareContext: true,
    onlyLiteralAlways: major < 8,
    skippedIsEmpty: major < 10,
    wildcardIsEmpty: 'old-runners',
    ...OF_ACT,
    allowedFailure: null,
    filtered: 'pending',
    concurrency: major < 14 ? 'ignored' : 'of-workflows',
    patternCountsFirst: major < 14 && !fixedEleven,
    rerunsUmbrella: false,
    permissions: { kind: major >= 16 ? 'ignored-with-warning' : 'ignored' },
  }
}

function gitea(version: Version): Omit<DoctorServer, 'name' | 'naming' | 'note'> {
  const before = (major: number, minor: number, patch = 0): boolean =>
    !atLeast(version, major, minor, patch)
  return {
    folders: ['.gitea/workflows', '.github/workflows'],
    targetSharesContext: !traitsOf(version).targetSuffix,
    filesShareContext: before(1, 27),
    onlyLiteralAlways: before(1, 23),
    skippedIsEmpty: before(1, 23),
    wildcardIsEmpty: true,
    ...OF_ACT,
    // Up to 1.26 the job's own end is all there is.
    allowedFailure: before(1, 27) ? 'failure' : null,
    filtered: before(1, 27) ? 'pending' : 'skipped',
    concurrency: before(1, 26) ? 'ignored' : 'read',
    patternCountsFirst: before(1, 24, 3),
    rerunsUmbrella: !before(1, 27),
    permissions: before(1, 26)
      ? { kind: 'ignored-for-now', needed: FROM_1_26 }
      : {
          kind: 'counts',
          needed: before(1, 27) ? FROM_1_26 : { ...FROM_1_26, contents: 'read' },
        },
  }
}

/** A server by its own version text, as its API tells it; `github` is one of them. */
export function doctorServerOf(text: string): DoctorServer {
  if (text === 'github') return GITHUB_SERVER
  const version = readVersion(text)
  return {
    ...(version.kind === 'forgejo' ? forgejo(version) : gitea(version)),
    name: `${version.kind} ${version.text.replace(/\+gitea-.*$/, '')}`,
    naming: namingOf(version),
    note: isUnknown(version)
      ? 'newer than any version known here: read in the strictest way'
      : null,
  }
}

const GITEA_NEWEST = ['gitea-1.27', 1, 27] as const
const FORGEJO_NEWEST = ['forgejo-16', 16, 0] as const

/** The newest of every kind: what a checkout is examined for where nobody names a server. */
export const newestServers = (): readonly DoctorServer[] =>
  ['github', 'gitea-28.1', 'forgejo-16'].flatMap(name => readServer(name) ?? [])

/** The newest release of this kind that is known here; `null` where this one is not older. */
export function newestRelease({ name }: DoctorServer): DoctorServer | null {
  const [kind, text = ''] = name.split(' ')
  if (kind === 'github') return null
  const [newest, major, minor] = kind === 'forgejo' ? FORGEJO_NEWEST : GITEA_NEWEST
  return atLeast(readVersion(text), major, minor, 0) ? null : readServer(newest)
}

/**
 * What `--server` gives: `gitea-1.22`, `forgejo-15`, `github`; `null` for anything else. A version
 * without its last part is its first release.
 */
export function readServer(text: string): DoctorServer | null {
  if (text === 'github') return GITHUB_SERVER
  const match = /^(gitea|forgejo)-(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(text)
  if (match === null) return null
  const [, kind, major = '0', minor = '0', patch = '0'] = match
  const version = `${major}.${minor}.${patch}`
  return doctorServerOf(kind === 'forgejo' ? `${version}+gitea-1.22.0` : version)
}
