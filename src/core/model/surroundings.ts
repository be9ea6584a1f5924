/** What stands around a head and is still to be read before it can be written. */
export interface SurroundingsAsked {
  /** Whether two workflow files write one of the contexts that count. */
  readonly writers: boolean
  /** Contexts of which that is asked beside those that count for the umbrella. */
  readonly contexts?: readonly string[]
  /** Which other pull requests stand, or stood, on this commit. */
  readonly others: boolean
  /** What the umbrella's job does. */
  readonly work: boolean
}

/** What is still to be read of a studied head, beside its own rows. */
export interface ReadsAsked extends SurroundingsAsked {
  /** Base commits whose latest rows may explain a refusal. */
  readonly bases: readonly string[]
}

/** A context that two workflow files of one tree may write, or one file by two events. */
export interface DoubleWriter {
  readonly context: string
  /** Which tree: the pull request's own, or that of a base branch. */
  readonly where: string
  readonly paths: readonly string[]
}

/**
 * Whether two workflow files may write one context, at the head and on every base it stands into.
 * It is read only where runs cannot be told apart by file; what cannot be read is a gap.
 */
export type Writers =
  | { readonly kind: 'not-read' }
  | { readonly kind: 'read'; readonly doubles: readonly DoubleWriter[] }

/**
 * Other pull requests, open or closed, whose ref names this commit now. They are read only where
 * runs cannot be told apart by pull request; what cannot be read is a gap.
 */
export type OtherPulls =
  { readonly kind: 'not-read' } | { readonly kind: 'read'; readonly numbers: readonly number[] }

/** What the umbrella's job does beside judging, by the workflow files at base and head. */
export type UmbrellaWork =
  { readonly kind: 'only-judges' } | { readonly kind: 'other-work'; readonly why: string }
