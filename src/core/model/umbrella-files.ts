/**
 * A job whose legs only a run tells: one of them at least must be there, such as `CI / test
 * (pull_request)`, `CI / test (a) (pull_request)` or `CI / test / inner (pull_request)`.
 */
export interface Legs {
  readonly prefix: string
  readonly suffix: string
}

/**
 * Contexts of needs with `continue-on-error` in every file: the umbrella is green over their red by
 * intention (docs/forge-facts.md, 2.2), which proves nothing and alarms nobody.
 */
type MayFail = readonly string[]

/** What an umbrella stands for by the workflow files, for one pull request. */
export type UmbrellaNeeds =
  | { readonly kind: 'not-read' }
  /** The jobs it needs, on the base branch and in the pull's own file, by their contexts. */
  | {
      readonly kind: 'contexts'
      readonly contexts: readonly [string, ...(readonly string[])]
      readonly from: string
      readonly mayFail?: MayFail
    }
  /**
   * Its needs cannot be told from the files: every other job of the newest run counts, and what can
   * be told is required all the same.
   */
  | {
      readonly kind: 'every-other-job'
      readonly contexts: readonly string[]
      readonly legs: readonly Legs[]
      /** Jobs of the base that cannot be told, and that the pull's own umbrella does not need. */
      readonly dropped: readonly string[]
      readonly from: string
      readonly why: string
      readonly mayFail?: MayFail
    }
  /** `calls`: the workflow elsewhere that may write the umbrella, and cannot be read here. */
  | { readonly kind: 'no-such-job'; readonly branch: string; readonly calls: string | null }

/** Which workflow file would write the umbrella, by the base branch of a pull request. */
export type UmbrellaWriter =
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'nobody'; readonly branch: string }
  /** `filters`: what keeps it from starting for this pull request, or may, in words, or `''`. */
  | { readonly kind: 'file'; readonly path: string; readonly filters: string }
