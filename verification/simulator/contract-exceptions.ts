import type { Difference } from './differences.js'
import { KEPT_FIELDS } from './recorder-fields.js'
import type { Exchange } from './recording.js'
import type { Json } from './state.js'

/**
 * What an exception may know of the whole recording; `sparse` ones hold allow-listed fields only.
 */
interface RecordingFacts {
  readonly recorded: string
  readonly simulated: string
  readonly sparse: boolean
  readonly forgejo: boolean
}

/** A difference that is allowed, and why. Nothing else is. */
interface Exception {
  readonly name: string
  readonly because: string
  readonly covers: (difference: Difference, exchange: Exchange, about: RecordingFacts) => boolean
}

/** Fields that Forgejo alone has or writes in its own way, and that no sweep reads. */
const FORGEJO_FIELDS: ReadonlySet<string> = new Set([
  'apply_to_admins',
  'default_update_style',
  'event_payload',
  'flow',
  'globally_editable_wiki',
  'has_wiki_contents',
  'last_commit_when',
  'projects_mode',
  'pronouns',
  'requested_reviewers',
  'requested_reviewers_teams',
  'ssh_url',
  'topics',
  'wiki_branch',
  'wiki_clone_url',
  'wiki_ssh_url',
])

const NOT_SERVED: readonly RegExp[] = [
  /\/branches(?:\/absent)?$/,
  /\/git\/refs\/heads$/,
  /\/git\/trees\/[0-9a-f]{40}$/,
  /\/forgejo\/v1\/version$/,
]

/** Every difference between a recorded and a simulated answer that the contract accepts. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    name: 'host',
    because: 'the simulator listens under another address',
    covers: ({ want, got }, _, { recorded, simulated }) =>
      typeof want === 'string' && want.replaceAll(recorded, simulated) === got,
  },
  {
    name: 'instant',
    because:
      'rows written during the recording carry the second of the write, the Date header that of ' +
      'the answer; they may be one apart',
    covers: ({ want, got, path }, { request }) =>
      request.method !== 'GET' || /_at$/.test(path)
        ? isInstant(want) && isInstant(got) && Math.abs(Date.parse(want) - Date.parse(got)) <= 2000
        : false,
  },
  {
    name: 'row-number',
    because:
      'numbers of new issues and comments are shared with rows of other tables that no read shows',
    covers: ({ path, want, got }, { request }) =>
      request.path.includes('/issues') &&
      (/^(\[\d+\]\.)?id$/.test(path) ||
        (path.endsWith('html_url') &&
          isText(want) &&
          isText(got) &&
          placeOf(want) === placeOf(got))),
  },
  {
    name: 'portrait',
    because:
      'the second user appears only in writes; its portrait is a hash of an address ' +
      'nobody recorded',
    covers: ({ path }, { request }) =>
      request.method === 'POST' && /\.(?:avatar_url|created)$/.test(path),
  },
  {
    name: 'not-yet-mergeable',
    because:
      'the server finds out in the background whether a pull can be merged; until then it says ' +
      'no or "Please try again later", which no read shows beforehand',
    covers: ({ path, want }, { request }) =>
      (request.method === 'GET' && path.endsWith('mergeable') && want === false) ||
      (request.path.endsWith('/merge') && want === 'Please try again later'),
  },
  {
    name: 'unlisted-issue',
    because: 'an issue that no read shows is counted by its repository',
    covers: ({ path }) => path.endsWith('open_issues_count'),
  },
  {
    name: 'no-body',
    because: 'a merge answers 200 without a body, which recorders write in two ways',
    covers: ({ want, got }, { request }) =>
      request.path.endsWith('/merge') && want === null && got === '',
  },
  {
    name: 'after-the-merge',
    because: 'who merged, the commit it made and when the repository changed: no sweep reads them',
    covers: ({ path }, { request: { method }, response: { body } }) =>
      method === 'GET' &&
      isMerged(body) &&
      /^(?:mergeable|merge_commit_sha|merged_by|base\.sha|\w+\.repo\.updated_at)$/.test(path),
  },
  {
    name: 'hidden-address',
    because: 'an address that nobody reads is hidden in more than one way',
    covers: ({ path }) => path.endsWith('repository.owner.email'),
  },
  {
    name: 'forgejo-fields',
    because: 'fields of Forgejo that no sweep reads: of a repository, its users and its files',
    covers: ({ path }, _, { forgejo }) =>
      forgejo &&
      FORGEJO_FIELDS.has(
        path
          .split('.')
          .at(-1)
          ?.replace(/\[\d+\]$/, '') ?? '',
      ),
  },
  {
    name: 'not-served',
    because:
      'reads that no sweep sends: other lists of pulls, branches and files, and a second version',
    covers: (_, { request: { method, path } }) =>
      method === 'GET' && NOT_SERVED.some(read => read.test(path)),
  },
  {
    name: 'left-out',
    because: 'the recorder keeps an allow-list of fields',
    covers: ({ path, want }, _, { sparse }) =>
      sparse &&
      want === undefined &&
      !KEPT_FIELDS.has(
        path
          .split('.')
          .at(-1)
          ?.replace(/\[\d+\]$/, '') ?? '',
      ),
  },
]

/**
 * Differences allowed between a recorded history and the one the engine lives, counted by the
 * replay itself.
 */
export const HISTORY_EXCEPTIONS: readonly Omit<Exception, 'covers'>[] = [
  {
    name: 'two-writers',
    because:
      'the server looks for an equal row and writes without a lock, so two writers at once leave ' +
      'a row neither would write alone',
  },
]

/**
 * A rule the product's safety rests on, and the difference by which a simulator that breaks it is
 * caught.
 */
interface Rule {
  readonly name: string
  readonly says: string
  readonly broken: (differences: readonly Difference[]) => boolean
}

const has = (name: string) => (differences: readonly Difference[]) =>
  differences.some(difference => difference.name === name)
const rowsMissing = has('GET commits/*/status: statuses.length')

/** Rules by name; one exchange's or one history's unexplained differences decide. */
export const RULES: readonly Rule[] = [
  {
    name: 'latest-is-the-highest-id',
    says: 'the latest row of a context is the one with the highest id, whatever its time',
    broken: has('GET commits/*/status: statuses[].id'),
  },
  {
    name: 'total-count-is-the-page',
    says: 'total_count of a combined status counts the rows of this page',
    broken: differences =>
      has('GET commits/*/status: total_count')(differences) && !rowsMissing(differences),
  },
  {
    name: 'skipped-has-its-state',
    says: 'a skipped job reads success up to 1.24 and skipped from 1.25 on',
    broken: has('history: state of "Has been skipped"'),
  },
  {
    name: 'posted-row-stands-beside',
    says:
      'from 1.27 on a posted row and an Actions row of one context are both latest, and the ' +
      'red one counts',
    broken: rowsMissing,
  },
]

const isMerged = (body: Json): boolean =>
  typeof body === 'object' && body !== null && 'merged' in body && body['merged'] === true

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** `…/issues/16#issuecomment-17` as `16#issuecomment`. */
function placeOf(link: string): string {
  return link.split('/').at(-1)?.split('-')[0] ?? ''
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)
}
