import type { HeadStatuses } from './head-statuses.js'
import { suffixOf } from '../model/context.js'
import type { RunKey } from '../model/ids.js'
import { mayWriteSuffix } from '../model/job.js'

/**
 * The runs that can write one context of one pull request, and which of them counts.
 */
export interface RunGroup {
  readonly context: string
  readonly runs: ReadonlySet<RunKey>
  /** The highest run. `null` when no run of Actions ever wrote the context. */
  readonly newest: RunKey | null
  /** Every context a run of the group wrote. */
  readonly contexts: ReadonlySet<string>
  /** Why the newest run cannot be established, or `null`. */
  readonly doubt: string | null
  /**
   * What stands before a job's name in the contexts of its workflow (`CI / `), learned from rows
   * that name a job of a known run. `null` when rows disagree or tell nothing: then no context of
   * the group can be derived from a job's name.
   */
  readonly jobPrefix: string | null
}

/** Rows, and the runs among them that can write the umbrella. */
export interface RowsRead {
  readonly kind: 'rows'
  readonly head: HeadStatuses
  readonly group: RunGroup
}

/** Runs are numbered as they are created: the highest is the newest. */
const highestOf = (runs: Iterable<RunKey>): RunKey | null =>
  [...runs].reduce<RunKey | null>((best, run) => (best === null || run > best ? run : best), null)

/** Is a run told to be of another pull request, or of an event that writes no such context? */
function isElsewhere(
  { origins }: HeadStatuses,
  run: RunKey,
  suffix: string,
  pull: number,
): boolean {
  const origin = origins.get(run)
  if (origin === undefined) return false
  return (origin.pull !== null && origin.pull !== pull) || !mayWriteSuffix(origin.suffix, suffix)
}

/**
 * The group of a context for one pull request. A run whose pull the server does not tell counts
 * for every pull.
 */
export function runGroupOf(head: HeadStatuses, context: string, pull: number): RunGroup {
  const { origins, writers, evidence } = head
  const suffix = suffixOf(context)
  const here = [...writers].filter(([run]) => !isElsewhere(head, run, suffix, pull))
  const wroteIt = here.filter(([, contexts]) => contexts.has(context))
  const wrote = wroteIt.map(([run]) => run)
  const files = new Set(wrote.flatMap(run => origins.get(run)?.file ?? []))
  const isOfOtherFile = (run: RunKey): boolean => {
    const file = origins.get(run)?.file
    return file !== undefined && files.size > 0 && !files.has(file)
  }
  const sharedContexts = new Set(wroteIt.flatMap(([, contexts]) => [...contexts]))
  const sharing = here.filter(([, contexts]) =>
    [...contexts].some(name => sharedContexts.has(name)),
  )
  const linked = sharing.map(([run]) => run).filter(run => !isOfOtherFile(run))
  const told = [...origins]
    .filter(([run, { file }]) => files.has(file) && !isElsewhere(head, run, suffix, pull))
    .map(([run]) => run)
  const runs = new Set([...wrote, ...linked, ...told])
  const newest = wrote.length === 0 ? null : highestOf(runs)
  const listsRuns = evidence.kind === 'jobs' || evidence.runs.length > 0
  const unlisted = listsRuns ? [...runs].find(run => !head.runs.has(run)) : undefined
  // A run of another file that writes what the umbrella's runs write: neither speaks for the other.
  const rival = sharing.find(([run]) => isOfOtherFile(run))
  const shared = [...(rival?.[1] ?? [])].find(name => sharedContexts.has(name))
  const writing = new Set([...files, ...(rival === undefined ? [] : [origins.get(rival[0])?.file])])
  const doubt =
    writing.size > 1
      ? `two workflow files write ${shared ?? context}: ${[...writing].sort().join(', ')}`
      : unlisted !== undefined
        ? `run ${unlisted} wrote on this commit but is not among its runs`
        : (mixedLinks(head, runs) ?? unknownEvent(head, newest))
  return {
    context,
    runs,
    newest,
    contexts: new Set([...runs].flatMap(run => [...(writers.get(run) ?? [])])),
    doubt,
    jobPrefix: jobPrefixOf(head, runs, suffix),
  }
}

function jobPrefixOf(
  { rowsOfJobs }: HeadStatuses,
  runs: ReadonlySet<RunKey>,
  suffix: string,
): string | null {
  const prefixes = new Set<string>()
  for (const { run, context, name } of rowsOfJobs) {
    const tail = `${name}${suffix}`
    if (runs.has(run) && context.endsWith(tail))
      prefixes.add(context.slice(0, context.length - tail.length))
  }
  const [only, ...more] = prefixes
  return only !== undefined && more.length === 0 ? only : null
}

/**
 * Why the order of these runs is not known, or `null`. A server that links runs by id keeps rows of
 * before its upgrade, which link a run's number and the positions of its jobs: those begin at 0,
 * and no id does (docs/forge-facts.md, 2.6).
 */
function mixedLinks(head: HeadStatuses, runs: ReadonlySet<RunKey>): string | null {
  if (!head.evidence.traits.linksRunsById) return null
  const byNumber = new Set(
    head.rows.flatMap(({ author }) =>
      author.kind === 'actions' && author.job === 0 && runs.has(author.run) ? [author.run] : [],
    ),
  )
  const [one] = byNumber
  if (one === undefined || byNumber.size === runs.size) return null
  return `run ${one} is linked by its number and others by their id, so their order is not known`
}

/** Why the newest run proves nothing, or `null`: nobody knows what its event writes. */
function unknownEvent({ origins }: HeadStatuses, newest: RunKey | null): string | null {
  const event = newest === null ? undefined : origins.get(newest)?.suffix
  if (typeof event !== 'object' || event === null) return null
  const { unknownEvent: name } = event
  return `run ${newest ?? '?'} is of the event ${name}, which this version does not know`
}

/** A run on a head that ran for a pull request of which the list of open ones says nothing. */
interface ForeignRun {
  readonly run: RunKey
  readonly pull: number
}

/**
 * The highest run on this head that the server tells is of a pull request outside the ones judged.
 * The pull may have been opened after the list was read, so one success would open a gate nobody
 * judged. A run whose pull is not told counts for every pull instead.
 */
export function foreignRun(head: HeadStatuses): ForeignRun | null {
  const judged = new Set(head.evidence.pulls.map(({ number }) => number))
  const foreign = [...head.origins].flatMap(([run, { pull }]): ForeignRun[] =>
    pull === null || judged.has(pull) ? [] : [{ run, pull }],
  )
  return foreign.sort((a, b) => b.run - a.run)[0] ?? null
}

/**
 * Can runs of this head be told apart by pull request? Where they cannot, and several pulls share
 * the head, an older red of another pull's run may hide behind this one's green.
 */
export function tellsPulls(head: HeadStatuses, group: RunGroup): boolean {
  const origins = head.origins
  return [...group.runs].every(run => (origins.get(run)?.pull ?? null) !== null)
}

/**
 * Can the runs that wrote one of these contexts be told apart by workflow file? Where they cannot,
 * the green of one file may stand for the red of another.
 */
export function tellsFiles(head: HeadStatuses, contexts: ReadonlySet<string>): boolean {
  return [...head.writers].every(
    ([run, wrote]) => head.origins.has(run) || ![...wrote].some(context => contexts.has(context)),
  )
}

/** What a context begins with: all or a part of its workflow's name. */
const beginningOf = (context: string): string | undefined => context.split(' / ')[0]

/**
 * A run of another file that may still write one of these contexts, or lost what it wrote: no row
 * of it shows that its workflow has another name. `null` where there is none.
 */
export function unshownRun(
  head: HeadStatuses,
  { context, runs }: RunGroup,
  counted: ReadonlySet<string>,
  pull: number,
): { readonly run: RunKey; readonly file: string } | null {
  const beginnings = new Set([...counted].map(beginningOf))
  const suffix = suffixOf(context)
  for (const [run, { file }] of head.origins) {
    if (runs.has(run) || isElsewhere(head, run, suffix, pull)) continue
    const wrote = [...(head.writers.get(run) ?? [])]
    if (wrote.length === 0 || wrote.some(name => beginnings.has(beginningOf(name))))
      return { run, file }
  }
  return null
}

/** Prefixes by run and suffix: every context of a run asks for the same one. */
const taskPrefixes = new WeakMap<HeadStatuses, Map<string, string | null>>()

/**
 * The same for task rows, which name no job position: the one prefix under which every task of the
 * run that has a row finds its context. `null` when none or several fit.
 */
export function taskPrefix(head: HeadStatuses, group: RunGroup, run: RunKey): string | null {
  const suffix = suffixOf(group.context)
  const known = taskPrefixes.get(head) ?? new Map<string, string | null>()
  taskPrefixes.set(head, known)
  const key = `${run} ${suffix}`
  const prefix = known.get(key)
  if (prefix !== undefined) return prefix
  const found = findTaskPrefix(head, run, suffix)
  known.set(key, found)
  return found
}

function findTaskPrefix(head: HeadStatuses, run: RunKey, suffix: string): string | null {
  const contexts = [...(head.writers.get(run) ?? [])]
  const names = new Set((head.tasks.get(run) ?? []).map(({ name }) => name))
  const candidates = new Set(
    contexts.flatMap(context =>
      [...names].flatMap(name => {
        const tail = `${name}${suffix}`
        const prefix = context.slice(0, Math.max(0, context.length - tail.length))
        return context.endsWith(tail) && prefix.endsWith('/ ') ? [prefix] : []
      }),
    ),
  )
  const [only, ...more] = [...candidates].filter(prefix =>
    contexts.every(context => context.startsWith(prefix)),
  )
  return only !== undefined && more.length === 0 ? only : null
}
