import { suffixOf } from '../core/model/context.js'
import type { DoubleWriter } from '../core/model/surroundings.js'
import type { Names } from './contexts.js'
import { jobNames } from './contexts.js'
import type { EventQuestion } from './listening.js'
import { listening } from './listening.js'
import type { UnreadableFile, Workflow } from './parse.js'

/** One path alone where its file writes the context by two events. */
type WrittenTwice = Omit<DoubleWriter, 'where'>

/** What is asked of the files of one tree. */
interface WritersQuestion extends EventQuestion {
  readonly contexts: readonly string[]
}

/** A file with the names of its jobs, as contexts begin with them. */
interface Writer {
  readonly workflow: Workflow
  readonly prefix: string
  readonly names: readonly Names[]
}

/** May this file write the context? Of some jobs only a run tells what they are called. */
function mayWrite({ prefix, names }: Writer, context: string, suffix: string): boolean {
  if (!context.startsWith(prefix)) return false
  return names.some(
    one =>
      one.kind === 'unresolvable' ||
      one.names.some(name => `${prefix}${name}${suffix}` === context),
  )
}

/**
 * Without a suffix of its own `pull_request_target` writes the contexts of `pull_request`. Then a
 * file that listens to it stands against itself: of two runs of two events none is the newer one.
 */
const isTwice = (
  { workflow: { events } }: Writer,
  suffix: string,
  { targetSuffix, naming }: WritersQuestion,
): boolean =>
  naming.eventSuffix &&
  !targetSuffix &&
  suffix === ' (pull_request)' &&
  events.includes('pull_request_target')

const writersWith = (
  files: readonly (Workflow | UnreadableFile)[],
  suffix: string,
  question: WritersQuestion,
): readonly Writer[] =>
  listening(files, suffix, question).map(workflow => ({
    workflow,
    prefix: question.naming.prefix(workflow),
    names: workflow.jobs.map(job => jobNames(job, question.naming)),
  }))

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
  const suffixes = new Map(contexts.map(context => [context, suffixOf(context)]))
  const bySuffix = new Map(
    [...new Set(suffixes.values())].map(suffix => [suffix, writersWith(files, suffix, question)]),
  )
  return [...suffixes].flatMap(([context, suffix]): WrittenTwice[] => {
    const end = naming.eventSuffix ? suffix : ''
    const writers = (bySuffix.get(suffix) ?? []).filter(writer => mayWrite(writer, context, end))
    const paths = [...new Set(writers.map(({ workflow }) => workflow.path))].sort()
    const twice = writers.some(writer => isTwice(writer, suffix, question))
    return paths.length > 1 || twice ? [{ context, paths }] : []
  })
}
