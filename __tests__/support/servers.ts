import type { ServerTraits } from '../../src/core/model/evidence.js'
import type { Server } from '../../src/core/model/server.js'

/**
 * Servers in the words of core: what the rows of each prove, and how its rows name a job. They go
 * by the versions that behave so; `__tests__/forge/gitea/builders.test.ts` holds each of them to
 * what the adapter makes of that version.
 */
export interface Spoken {
  readonly traits: ServerTraits
  /** What a row calls its job: the place in its run, or the id. */
  readonly jobKey: 'position' | 'id'
  /** May a row name a job that its run does not have? */
  readonly phantoms: boolean
  /** Does a cancelled job tell how long it took? */
  readonly timesCancelled: boolean
}

const GITEA_1_22: ServerTraits = {
  skipsEqualState: true,
  skippedIsSuccess: true,
  targetSuffix: false,
  postedStatusWins: true,
  jobsMayHaveNoRow: false,
  checkRuns: false,
  rerunsJobs: false,
  linksRunsById: false,
}
const GITEA_1_23: ServerTraits = { ...GITEA_1_22, targetSuffix: true }
const GITEA_1_25: ServerTraits = { ...GITEA_1_23, skippedIsSuccess: false }
const GITEA_1_26_0: ServerTraits = { ...GITEA_1_25, rerunsJobs: true, linksRunsById: true }
const GITEA_1_26: ServerTraits = { ...GITEA_1_26_0, skipsEqualState: false }
const GITEA_1_27: ServerTraits = { ...GITEA_1_26, postedStatusWins: false }
const GITEA_28: ServerTraits = { ...GITEA_1_27, jobsMayHaveNoRow: true }
/** Of a version newer than any known one, least is taken for proven. */
const UNKNOWN: ServerTraits = { ...GITEA_28, skippedIsSuccess: true, targetSuffix: false }
const FORGEJO_9 = GITEA_1_23
const FORGEJO_16: ServerTraits = { ...FORGEJO_9, skippedIsSuccess: false }

const spoken = (traits: ServerTraits, change: Partial<Spoken> = {}): Spoken => ({
  traits,
  jobKey: 'position',
  phantoms: false,
  timesCancelled: false,
  ...change,
})
const PHANTOMS = { jobKey: 'id', phantoms: true } as const
const TIMED = { jobKey: 'id', timesCancelled: true } as const

const SERVERS: Readonly<Partial<Record<string, Spoken>>> = {
  '1.22.6': spoken(GITEA_1_22),
  '1.23.8': spoken(GITEA_1_23),
  '1.24.0': spoken(GITEA_1_23),
  '1.24.7': spoken(GITEA_1_23),
  '1.25.5': spoken(GITEA_1_25),
  '1.26.0': spoken(GITEA_1_26_0, PHANTOMS),
  '1.26.1': spoken(GITEA_1_26, PHANTOMS),
  '1.26.4': spoken(GITEA_1_26, PHANTOMS),
  '1.27.0': spoken(GITEA_1_27, TIMED),
  '28.0.0': spoken(GITEA_28, TIMED),
  '28.1.0': spoken(GITEA_28, TIMED),
  '29.0.0': spoken(UNKNOWN, TIMED),
  '11.0.1+gitea-1.22.0': spoken(FORGEJO_9),
  '11.0.15+gitea-1.22.0': spoken(FORGEJO_9),
  '12.0.0+gitea-1.22.0': spoken(FORGEJO_9),
  '15.0.0+gitea-1.22.0': spoken(FORGEJO_9),
  '15.0.3+gitea-1.22.0': spoken(FORGEJO_9),
  '16.0.0+gitea-1.22.0': spoken(FORGEJO_16),
}
export const VERSIONS = Object.keys(SERVERS)

export function spokenBy(version: string): Spoken {
  const found = SERVERS[version]
  if (found === undefined) throw new Error(`support/servers.ts has no server ${version}`)
  return found
}

export const traits = (version: string): ServerTraits => spokenBy(version).traits

/** A server that a sweep has looked at; what a test does not say is what it least can offer. */
export function server(version = '1.22.6', change: Partial<Server> = {}): Server {
  return {
    kind: version.includes('+gitea-') ? 'forgejo' : 'gitea',
    version,
    versionNote: null,
    grade: 'statuses',
    gradeLimit: null,
    traits: traits(version),
    capabilities: { tasks: false, runs: false, rerun: false, logGroups: false, summary: false },
    ...change,
  }
}
