import { matches, suffixOf } from '../core/model/context.js'
import type { UmbrellaWriter } from '../core/model/umbrella-files.js'
import type { EventFilter } from './keys.js'
import type { FoundJob, NeedsQuestion } from './needs.js'
import { writersOf } from './needs.js'
import type { UnreadableFile, Workflow } from './parse.js'

/** What every push to a pull request is to the server. */
const PUSHED = ['opened', 'synchronize', 'synchronized', 'reopened']

/** Does a filter keep a workflow from starting for a pull request into this branch, or may it? */
function keepsAway({ key, values }: EventFilter, base: string): boolean {
  const isBase = values.some(value => matches(value, base))
  switch (key) {
    case 'branches':
      return !isBase
    case 'branches-ignore':
      return isBase
    case 'types':
      return !values.some(value => PUSHED.includes(value))
    default:
      return true
  }
}

const sayFilter = ({ key, values }: EventFilter): string => `${key}: ${values.join(', ')}`

/** Which file would write the umbrella for a pull request into this branch. */
export function umbrellaWriter(
  files: readonly (Workflow | UnreadableFile)[],
  question: NeedsQuestion,
  base: string,
): UmbrellaWriter {
  const event = / \((.+)\)$/.exec(suffixOf(question.umbrella))?.[1] ?? 'pull_request'
  const filtersOf = ({ workflow }: FoundJob): readonly EventFilter[] =>
    workflow.filters.filter(one => one.event === event && keepsAway(one, base))
  // Of several files the one that nothing keeps away would have written it.
  const writers = writersOf(files, question)
  const found = writers.find(one => filtersOf(one).length === 0) ?? writers[0]
  const broken = files.find(file => file.kind === 'unreadable')
  if (found === undefined)
    return broken === undefined
      ? { kind: 'nobody', branch: base }
      : { kind: 'unreadable', why: `${broken.path}: ${broken.why}` }
  const words = filtersOf(found).map(sayFilter)
  return { kind: 'file', path: found.workflow.path, filters: words.join('; ') }
}
