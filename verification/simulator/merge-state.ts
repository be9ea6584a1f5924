/** What a rule may ask of a merge beside statuses; what is not said is switched off. */
export interface MergeWishes {
  readonly approvals?: number
  readonly rejected?: boolean
  readonly requests?: boolean
  readonly outdated?: boolean
  readonly ignoresStale?: boolean
  readonly signed?: boolean
  /** Protected paths, with semicolons between them. */
  readonly files?: string
}

/** A review as it stands. */
export interface Review {
  readonly by: string
  readonly state: 'APPROVED' | 'REQUEST_CHANGES' | 'REQUEST_REVIEW' | 'COMMENT'
  readonly official: boolean
  readonly stale: boolean
  readonly dismissed: boolean
}

/** What holds a pull request back beside statuses; what is not said does not. */
export interface MergeHolds {
  /** Does it conflict with its base branch? */
  readonly conflicts?: boolean
  readonly reviews?: readonly Review[]
  /** Paths that it changes. */
  readonly changed?: readonly string[]
  /** Pull requests that must be merged or closed first. */
  readonly waitsFor?: readonly number[]
}
