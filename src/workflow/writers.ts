import type { Naming } from './contexts.js'
import type { UnreadableFile, Workflow } from './parse.js'

/** What is asked of one tree of workflow files. */
export interface WritersQuestion {
  readonly naming: Naming
  readonly targetSuffix: boolean
  readonly contexts: ReadonlySet<string>
}

export function doubleWriters(
  _files: readonly (Workflow | UnreadableFile)[],
  _question: WritersQuestion,
): readonly { readonly context: string; readonly paths: readonly string[] }[] {
  return []
}
