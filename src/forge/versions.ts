import { basename } from 'node:path'
import type { ServerTraits } from '../core/model/evidence.js'
import { ForgeError } from './port.js'
import type { Naming } from '../workflow/contexts.js'

/**
 * A version as numbers. `dev` marks a build between releases, of which nothing is taken for
 * granted.
 */
export interface Version {
  readonly kind: 'gitea' | 'forgejo'
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly dev: boolean
}

/**
 * Reads `1.22.6`, `1.26.0+dev-…`, `15.0.3+gitea-1.22.0`. The part after `+gitea-` is the same for
 * every Forgejo and says nothing (docs/forge-facts.md, 7).
 */
export function readVersion(text: string): Version {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(.*)$/.exec(text)
  if (match === null)
    throw new ForgeError(
      'unexpected-shape',
      'the server does not tell its version; what its rows prove depends on it',
    )
  const [, major, minor, patch = '0', rest = ''] = match
  const forgejo = rest.includes('+gitea-')
  return {
    kind: forgejo ? 'forgejo' : 'gitea',
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    dev: rest !== '' && !forgejo,
  }
}

/**
 * Is this Gitea at or above a release? A development build of that very release is not yet that
 * release.
 */
export function atLeast(version: Version, major: number, minor: number, patch = 0): boolean {
  const difference = version.major - major || version.minor - minor || version.patch - patch
  return difference > 0 || (difference === 0 && !version.dev)
}

/** The newest versions that anything is known of here (docs/forge-facts.md, 11). */
const NEWEST = { gitea: { major: 28, minor: 1 }, forgejo: { major: 16, minor: Infinity } } as const

/** Is this version newer than any that is known here? */
export function isUnknown({ kind, major, minor }: Version): boolean {
  const newest = NEWEST[kind]
  return major > newest.major || (major === newest.major && minor > newest.minor)
}

/** What is said of a version that is newer than any known one; else `null`. */
export function noteOf(version: Version): string | null {
  if (!isUnknown(version)) return null
  return (
    `${version.kind} ${version.text} is newer than any version known here: what its rows prove ` +
    'is read in the strictest way'
  )
}

/**
 * The traits of a version newer than any known one: of each the one under which least is proven.
 * That a posted status wins is kept for Forgejo: no Forgejo keys its rows otherwise, up to its
 * newest sources.
 */
const STRICTEST: ServerTraits = {
  skipsEqualState: false,
  skippedIsSuccess: true,
  targetSuffix: false,
  postedStatusWins: false,
  jobsMayHaveNoRow: true,
  checkRuns: false,
  rerunsJobs: true,
  linksRunsById: true,
}

/**
 * What the rows of this version prove. Where a development build is in doubt, the stricter reading
 * holds.
 */
export function traitsOf(version: Version): ServerTraits {
  const forgejo = version.kind === 'forgejo'
  if (isUnknown(version))
    return forgejo
      ? { ...STRICTEST, postedStatusWins: true, rerunsJobs: false, linksRunsById: false }
      : STRICTEST
  if (forgejo) {
    return {
      skipsEqualState: true,
      skippedIsSuccess: version.major < 16,
      targetSuffix: version.major >= 9,
      postedStatusWins: true,
      jobsMayHaveNoRow: false,
      checkRuns: false,
      rerunsJobs: false,
      linksRunsById: false,
    }
  }
  const line = { ...version, dev: false }
  return {
    skipsEqualState: !atLeast(line, 1, 26, 1) && !(version.dev && atLeast(line, 1, 26)),
    skippedIsSuccess: !atLeast(version, 1, 25),
    targetSuffix: atLeast(version, 1, 23),
    postedStatusWins: !atLeast(line, 1, 27),
    jobsMayHaveNoRow: atLeast(line, 1, 28),
    checkRuns: false,
    rerunsJobs: atLeast(version, 1, 26),
    linksRunsById: atLeast(line, 1, 26),
  }
}

/** How this version names the contexts of jobs (docs/forge-facts.md, 2.1). */
export function namingOf(version: Version): Naming {
  if (version.kind === 'forgejo')
    return {
      prefix: ({ name }) => prefixOf(name),
      matrixName: version.major >= 13 ? 'interpolate' : null,
      expressionStands: false,
      callerWrites: version.major < 15,
      eventSuffix: true,
      matrixOrder: 'name',
    }
  const line = { ...version, dev: false }
  const byFile = atLeast(line, 1, 27)
  return {
    prefix: ({ name, path }) => prefixOf(name === '' && byFile ? basename(path) : name),
    matrixName: atLeast(version, 1, 23) ? 'interpolate' : 'append',
    expressionStands: !atLeast(line, 1, 28),
    callerWrites: !byFile,
    eventSuffix: true,
    matrixOrder: 'name',
  }
}

/** A workflow without a name writes `/ job (event)`. */
const prefixOf = (workflow: string): string => `${workflow} / `.trimStart()

/**
 * GitHub, which has no versions: a context is the name of a job, with no workflow before it and no
 * event behind it. The jobs of a called workflow are `caller / job`, which only its own file tells
 * (docs/github-facts.md, 1).
 */
export const GITHUB_NAMING: Naming = {
  prefix: () => '',
  matrixName: 'interpolate',
  expressionStands: false,
  callerWrites: false,
  eventSuffix: false,
  matrixOrder: 'given',
}
