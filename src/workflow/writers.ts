import { suffixOf } from '../core/model/context.js'
import type { DoubleWriter } from '../core/model/surroundings.js'
import type { Naming } from './contexts.js'
import { jobNames } from './contexts.js'
import type { NeedsQuestion } from './needs.js'
import { listens } from './needs.js'
import type { UnreadableFile, Workflow } from './parse.js'

/** One path alone where its file writes the context by two events. */
type WrittenTwice = Omit<DoubleWriter, 'where'>

/** What is asked of the files of one tree. */
export interface WritersQuestion extends Omit<NeedsQuestion, 'umbrella'> {
  readonly contexts: readonly string[]
}

/** Does this file write the context? `maybe`: only a run tells what one of its jobs is called. */
function writes(workflow: Workflow, context: string, naming: Naming): 'yes' | 'maybe' | 'no' {
  const prefix = naming.prefix(workflow)
  const suffix = naming.eventSuffix ? suffixOf(context) : ''
  if (!context.startsWith(prefix)) return 'no'
  const names = workflow.jobs.map(job => jobNames(job, naming))
  const isOne = names.some(
    one => one.kind === 'names' && one.names.some(name => `${prefix}${name}${suffix}` === context),
  )
  if (isOne) return 'yes'
  return names.some(({ kind }) => kind === 'unresolvable') ? 'maybe' : 'no'
}

/**
 * Without a suffix of its own `pull_request_target` writes the contexts of `pull_request`. Then a
 * file that listens to it stands against itself: of two runs of two events none is the newer one.
 */
function isTwice({ events }: Workflow, context: string, { targetSuffix, naming }: WritersQuestion) {
  const isOfPulls = suffixOf(context) === ' (pull_request)'
  return naming.eventSuffix && !targetSuffix && isOfPulls && events.includes('pull_request_target')
}

/**
 * Which of these contexts may two files of one tree write? Where runs cannot be told apart by their
 * file, a newer run of one is no answer to an older run of the other. A file that cannot be read
 * may be one of them; whoever asks makes that a gap.
 */
export function doubleWriters(
  files: readonly (Workflow | UnreadableFile)[],
  question: WritersQuestion,
): readonly WrittenTwice[] {
  const { contexts, naming } = question
  const workflows = files.filter(file => file.kind === 'workflow')
  return contexts.flatMap((context): WrittenTwice[] => {
    const writers = workflows
      .filter(workflow => listens(workflow, { ...question, umbrella: context }))
      .filter(workflow => writes(workflow, context, naming) !== 'no')
    const paths = [...new Set(writers.map(({ path }) => path))].sort()
    const twice = writers.some(workflow => isTwice(workflow, context, question))
    return paths.length > 1 || twice ? [{ context, paths }] : []
  })
}
