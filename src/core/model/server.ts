import type { Grade, ServerTraits } from './evidence.js'

/** What this server and this token offer, probed once per sweep. */
export interface Server {
  /** What it calls itself. No feature follows from the name, only from capabilities and traits. */
  readonly kind: string
  /** As the server says it. */
  readonly version: string
  /** What has to be said of it: that it is newer than any known here; else `null`. */
  readonly versionNote: string | null
  /** The best evidence this server gives this token. */
  readonly grade: Grade
  /** Why the grade is not better, or `null`. */
  readonly gradeLimit: string | null
  readonly traits: ServerTraits
  readonly capabilities: Capabilities
}

interface Capabilities {
  readonly tasks: boolean
  readonly runs: boolean
  /** `POST …/jobs/{job}/rerun` exists: Gitea ≥1.26 (docs/forge-facts.md, 4.5). */
  readonly rerun: boolean
  /**
   * Does the server draw `::group::` in a job's log? Gitea ≥1.23, Forgejo ≥9
   * (docs/forge-facts.md, 8).
   */
  readonly logGroups: boolean
  /** Does the server show a job summary? Gitea ≥1.27 (docs/forge-facts.md, 8). */
  readonly summary: boolean
}
