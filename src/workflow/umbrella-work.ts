import type { UmbrellaWork } from '../core/model/evidence.js'
import type { NeedsQuestion } from './needs.js'
import type { UnreadableFile, Workflow } from './parse.js'

export function umbrellaWork(
  _files: readonly (Workflow | UnreadableFile)[],
  _question: NeedsQuestion,
): UmbrellaWork {
  return { kind: 'other-work', why: 'not classified' }
}
