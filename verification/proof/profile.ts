import type { Grade, ServerTraits } from '../../src/core/model/evidence.js'
import type { Dialect } from '../../src/forge/gitea/signing.js'
import { dialectOf } from '../../src/forge/gitea/dialect.js'
import { readVersion, traitsOf } from '../../src/forge/versions.js'

/** The servers the proof is made for. */
export const PROFILES = [
  'gitea-1.22',
  'gitea-1.23',
  'gitea-1.26.0',
  'gitea-1.26.4',
  'gitea-1.26.4, remedy: rerun',
  'gitea-1.26.4, remedy: auto',
  'gitea-1.27',
  'forgejo-15',
] as const
export type ProfileName = (typeof PROFILES)[number]

/**
 * How one server version writes and what it shows, as data (docs/forge-facts.md, 2.3, 3 M2, 4.1).
 */
export interface Profile {
  readonly name: ProfileName
  readonly version: string
  readonly grade: Grade
  /**
   * Which rows of Actions are not written because they equal the latest row of their context
   * (docs/forge-facts.md, 2.3).
   */
  readonly dedupe: 'state' | 'state+description' | 'all'
  /** Are runs listed, so that one that wrote nothing can be seen (docs/forge-facts.md, 4.6)? */
  readonly listsRuns: boolean
  /** Does the clean-up of a lost task make the emitter run (docs/forge-facts.md, 3 M11)? */
  readonly zombieEmits: boolean
  /**
   * May a job be re-run while other jobs of its run still go (docs/forge-facts.md, 3, `#34970`)?
   */
  readonly rerunWhileRunning: boolean
  /** The state a skipped job's row carries (docs/forge-facts.md, 2.2). */
  readonly skipped: 'success' | 'skipped'
  /**
   * What a re-run makes of the jobs of its run: the same rows start anew, or every job is cloned
   * and every context written again (docs/forge-facts.md, 4.3, 11). `none`: no API for it.
   */
  readonly reruns: 'none' | 'reset' | 'new'
  /** What this client is set to. */
  readonly remedy: 'status' | 'rerun' | 'auto'
  /** Does it run the umbrella job again instead of posting? */
  readonly byRerun: boolean
  readonly traits: ServerTraits
  readonly dialect: Dialect
}

const of = (
  profile: Omit<Profile, 'traits' | 'dialect' | 'reruns' | 'byRerun' | 'remedy'> &
    Partial<Pick<Profile, 'reruns' | 'remedy'>>,
): Profile => ({
  reruns: 'none',
  remedy: 'auto',
  ...profile,
  byRerun: profile.remedy === 'rerun',
  traits: traitsOf(readVersion(profile.version)),
  dialect: dialectOf(readVersion(profile.version)),
})

const GITEA_126 = {
  version: '1.26.4',
  grade: 'jobs',
  dedupe: 'all',
  listsRuns: true,
  zombieEmits: true,
  rerunWhileRunning: false,
  skipped: 'skipped',
  reruns: 'reset',
  remedy: 'status',
} as const

const TABLE: Readonly<Record<ProfileName, Profile>> = {
  'gitea-1.22': of({
    name: 'gitea-1.22',
    version: '1.22.6',
    grade: 'statuses',
    dedupe: 'state',
    listsRuns: false,
    zombieEmits: false,
    rerunWhileRunning: true,
    skipped: 'success',
  }),
  'gitea-1.23': of({
    name: 'gitea-1.23',
    version: '1.23.8',
    grade: 'tasks',
    dedupe: 'state',
    listsRuns: false,
    zombieEmits: false,
    rerunWhileRunning: true,
    skipped: 'success',
  }),
  'gitea-1.26.0': of({
    ...GITEA_126,
    name: 'gitea-1.26.0',
    version: '1.26.0',
    dedupe: 'state',
  }),
  'gitea-1.26.4': of({ ...GITEA_126, name: 'gitea-1.26.4' }),
  'gitea-1.26.4, remedy: rerun': of({
    ...GITEA_126,
    name: 'gitea-1.26.4, remedy: rerun',
    remedy: 'rerun',
  }),
  'gitea-1.26.4, remedy: auto': of({
    ...GITEA_126,
    name: 'gitea-1.26.4, remedy: auto',
    remedy: 'auto',
  }),
  'gitea-1.27': of({
    ...GITEA_126,
    name: 'gitea-1.27',
    version: '1.27.0',
    reruns: 'new',
    remedy: 'rerun',
  }),
  'forgejo-15': of({
    name: 'forgejo-15',
    version: '15.0.3+gitea-1.22.0',
    grade: 'tasks',
    dedupe: 'state+description',
    listsRuns: true,
    zombieEmits: false,
    rerunWhileRunning: true,
    skipped: 'success',
  }),
}

/** The profile of this name. */
export function profileOf(name: ProfileName): Profile {
  return TABLE[name]
}
