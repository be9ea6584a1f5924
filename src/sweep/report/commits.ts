import type { ContextState, RequiredContext } from '../../core/rules/gate/finding.js'
import { linkAfter, markdown, plain, plural } from './text.js'

/** One context of a commit, with the page of its newest run, or `''`. */
interface CommitContext extends RequiredContext {
  readonly url: string
}

/** A commit of a branch or a tag, and what its pushes say. */
export interface CommitReport {
  /** The branch or tag that was asked for; `''` for a commit by its id. */
  readonly name: string
  readonly sha: string
  readonly url: string
  readonly contexts: readonly CommitContext[]
  /** What could not be read, or `null`. */
  readonly unread: string | null
}

/** The worst first: what makes a commit what it is said to be. */
const WORST: readonly ContextState[] = [
  'false-green',
  'red',
  'pending',
  'stale',
  'unknown',
  'never-reported',
  'green',
]

const HEADLINES: Readonly<Record<ContextState, string>> = {
  'false-green': 'is green over a failed newest run',
  red: 'is red, rightly',
  pending: 'has not finished',
  stale: 'is red, although its newest run is green',
  unknown: 'cannot be told',
  'never-reported': 'was not reported',
  green: 'is green',
}

const nameOf = ({ name, sha }: CommitReport): string => (name === '' ? sha.slice(0, 10) : name)

/** What a commit is, in one sentence. */
function commitHeadline(commit: CommitReport): string {
  const { contexts, unread } = commit
  const state = WORST.find(one => contexts.some(context => context.state === one))
  const said = state === undefined ? 'has no run of a push' : HEADLINES[state]
  const count = contexts.filter(one => one.state === state).length
  const of = state === undefined || state === 'green' ? '' : `: ${plural(count, 'context')}`
  return `${nameOf(commit)} ${said}${of}${unread === null ? '' : `; not all was read: ${unread}`}`
}

const contextsNotGreen = ({ contexts }: CommitReport): readonly CommitContext[] =>
  contexts.filter(({ state }) => state !== 'green')

/** The commits in the log. */
export const commitLines = (commits: readonly CommitReport[]): readonly string[] =>
  commits.flatMap(commit => [
    `${plain(commitHeadline(commit), 600)}${linkAfter(commit.url)}`,
    ...contextsNotGreen(commit).map(
      ({ context, detail, url }) => `  ${plain(context)}: ${plain(detail)}${linkAfter(url)}`,
    ),
  ])

/** The same in the job summary. */
export function commitSummary(commits: readonly CommitReport[]): readonly string[] {
  if (commits.length === 0) return []
  const items = commits.flatMap(commit => [
    `- ${markdown(commitHeadline(commit), 600)}`,
    ...contextsNotGreen(commit).map(
      ({ context, detail }) => `  - ${markdown(context)}: ${markdown(detail)}`,
    ),
  ])
  return ['### Branches and tags', '', ...items, '']
}
