import type { UmbrellaWork } from '../core/model/surroundings.js'
import { isUmbrellaLike, workOf } from './classify.js'
import type { NeedsQuestion } from './needs.js'
import { writersOf } from './needs.js'
import type { UnreadableFile, Workflow } from './parse.js'

/**
 * What the umbrella's job does by the workflow files of one tree. Where no single job writes it, or
 * a file that may write it cannot be read, nobody knows what it does: that is other work.
 */
export function umbrellaWork(
  files: readonly (Workflow | UnreadableFile)[],
  question: NeedsQuestion,
): UmbrellaWork {
  const other = (why: string): UmbrellaWork => ({ kind: 'other-work', why })
  const broken = files.find(file => file.kind === 'unreadable')
  if (broken !== undefined) return other(`${broken.path} cannot be read: ${broken.why}`)
  const [only, ...more] = writersOf(files, question)
  if (only === undefined) return other(`no workflow file has a job that writes it`)
  const { workflow, job } = only
  if (more.length > 0) return other(`more than one job writes it`)
  const work = workOf(workflow, job)
  return work.kind === 'only-judges' ? work : other(`${job.id} in ${workflow.path}: ${work.why}`)
}

/**
 * Does a job write this context that answers for others? A job that works on what others built, or
 * that has a verdict of its own, needs them too: its failure must never be taken for a stale one.
 */
export function writtenByUmbrella(
  files: readonly (Workflow | UnreadableFile)[],
  question: NeedsQuestion,
): boolean {
  return writersOf(files, question).some(({ workflow, job }) => isUmbrellaLike(workflow, job))
}
