import { basesAsked, isCandidate } from '../../core/rules/candidate.js'
import type {
  Evidence,
  Gap,
  GapCause,
  Grade,
  Sighting,
  WorkflowFolder,
} from '../../core/model/evidence.js'
import { evidenceOf } from '../../core/model/evidence.js'
import { readStatuses } from '../../core/reading/head-statuses.js'
import type { Run, Task } from '../../core/model/job.js'
import type { Policy } from '../../core/model/policy.js'
import { suffixOf } from '../../core/model/context.js'
import type { SignedRow, StatusRow } from '../../core/model/status.js'
import { olderRedAgainstGreen, assess } from '../../core/reading/assessment.js'
import type { Instant } from '../../core/model/time.js'
import type { Forge, ForgeErrorCode, Head, Reading, Suspects } from '../port.js'
import { ForgeError } from '../port.js'
import type { GiteaApi } from './api.js'
import { signed } from './signing.js'

/** The reads of the port, one head at a time. */
interface Looks extends Pick<Forge, 'openPulls' | 'study' | 'secondLook'> {
  firstLook(head: Head): Promise<Evidence>
}

const CAUSE: Readonly<Partial<Record<ForgeErrorCode, GapCause>>> = {
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'out-of-time': 'out-of-time',
}

/** A read that failed, as a gap of the whole head. */
function gapOf(what: string, error: unknown): Gap {
  if (!(error instanceof ForgeError)) throw error
  return { what, cause: CAUSE[error.code] ?? 'unreadable', context: null, detail: error.message }
}

async function seen<T>(what: string, empty: T, read: Promise<Reading<T>>): Promise<Reading<T>> {
  try {
    const reading = await read
    if (reading.at !== null) return reading
    return {
      ...reading,
      gaps: [
        ...reading.gaps,
        { what, cause: 'no-clock', context: null, detail: 'the server sent no Date' },
      ],
    }
  } catch (error) {
    return { value: empty, gaps: [gapOf(what, error)], at: null }
  }
}

const EPOCH = 0 as Instant

/** The row that was written first, as far as rows go back: no task that matters here is older. */
function firstRow(head: Evidence): Instant {
  return (head.history ?? head.latest).reduce(
    (first, row) => (row.createdAt < first ? row.createdAt : first),
    head.observedAt,
  )
}

/** The looks of a sweep over Gitea's calls. What was read once of a base or a folder is kept. */
export function openLooks(api: GiteaApi, policy: Policy): Looks {
  const { grade, traits, capabilities } = api.server
  let defaultBranch: string | null = null
  let folder: Promise<WorkflowFolder> | null = null

  async function rowsAndRuns(
    sha: string,
    above: number,
  ): Promise<{ history: Reading<readonly StatusRow[]>; runs: Reading<readonly Run[]> | null }> {
    const [history, runs] = await Promise.all([
      seen('history', [], api.history(sha, above)),
      capabilities.runs ? seen('runs', [], api.runs(sha)) : null,
    ])
    return { history, runs }
  }

  /**
   * Reads the workflow folder only where a verdict depends on it, and once per sweep (design §4,
   * "Which run").
   */
  async function withWorkflows(head: Evidence): Promise<Evidence> {
    if (traits.targetSuffix) return head
    const read = readStatuses(head)
    if (
      head.pulls.every(({ number }) => olderRedAgainstGreen(assess(policy, read, number)) === null)
    )
      return head
    folder ??=
      defaultBranch === null
        ? Promise.resolve({ kind: 'unreadable', detail: 'the default branch is not known' })
        : api.workflows(defaultBranch)
    return { ...head, workflows: await folder }
  }

  const bases = new Map<string, Promise<readonly SignedRow[] | null>>()

  /**
   * The latest rows of a base commit, once per sweep. What cannot be read only leaves a refusal
   * less explained.
   */
  function baseRows(sha: string): Promise<readonly SignedRow[] | null> {
    const known =
      bases.get(sha) ??
      seen('base', [], api.latestRows(sha)).then(({ value, gaps }) =>
        gaps.length === 0 ? signed(value, [], api.dialect) : null,
      )
    bases.set(sha, known)
    return known
  }

  /**
   * Where one failed job alone holds a pull back, its base branch may tell why (design §5, row 8).
   */
  async function withBases(head: Evidence): Promise<Evidence> {
    const wanted = [...new Set(basesAsked(policy, head))]
    const read = await Promise.all(
      wanted.map(async (sha): Promise<[string, readonly SignedRow[]][]> => {
        const rows = await baseRows(sha)
        return rows === null ? [] : [[sha, rows]]
      }),
    )
    return { ...head, bases: Object.fromEntries(read.flat()) }
  }

  async function withTasks(heads: readonly Evidence[]): Promise<readonly Evidence[]> {
    const [first] = heads
    if (grade !== 'tasks' || first === undefined) return heads
    const since = Math.min(first.observedAt, ...heads.map(firstRow)) as Instant
    const tasks: Reading<readonly Task[]> = await seen('tasks', [], api.tasks(since))
    // Too many to read: judged as if the server had no task rows, and the grade says so (design §4,
    // "Tasks"). A read that failed is a gap.
    const gaps = tasks.gaps.filter(({ cause }) => cause !== 'too-long')
    const fallen: Grade = tasks.gaps.length > gaps.length ? 'statuses' : 'tasks'
    const mine = (sha: string): readonly Task[] =>
      fallen === 'tasks' ? tasks.value.filter(task => task.sha === sha) : []
    return heads.map(head => {
      const all = [...head.gaps, ...gaps]
      return fallen === 'tasks'
        ? { ...head, kind: fallen, tasks: mine(head.sha), gaps: all }
        : { ...head, kind: fallen, gaps: all }
    })
  }

  return {
    async openPulls() {
      const open = await api.openPulls()
      defaultBranch ??= open.defaultBranch
      return open
    },

    async firstLook({ sha, pulls }) {
      const latest = await seen('latest rows', [], api.latestRows(sha))
      const sighting: Sighting = {
        sha,
        pulls,
        traits,
        latest: signed(latest.value, [], api.dialect),
        history: null,
        workflows: { kind: 'not-read' },
        bases: {},
        gaps: latest.gaps,
        observedAt: latest.at ?? EPOCH,
      }
      return evidenceOf(grade, sighting, { runs: [], tasks: [] })
    },

    async study(heads) {
      const read = await Promise.all(
        heads.map(async (head): Promise<Evidence> => {
          const { history, runs } = await rowsAndRuns(head.sha, 0)
          const known = runs?.value ?? []
          const sighting: Sighting = {
            ...head,
            latest: signed(head.latest, known, api.dialect),
            history: signed(history.value, known, api.dialect),
            gaps: [...head.gaps, ...history.gaps, ...(runs?.gaps ?? [])],
          }
          return evidenceOf(grade, sighting, { runs: known, tasks: [] })
        }),
      )
      return Promise.all(
        (await withTasks(read)).map(async head => withBases(await withWorkflows(head))),
      )
    },

    async secondLook(before) {
      const known = before.history ?? []
      const newest = [...known, ...before.latest].reduce(
        (highest, { id }) => Math.max(highest, id),
        0,
      )
      // One after the other. The history comes after the latest rows, so that it holds every row up
      // to the highest one seen: what comes later is found by the look back. Jobs come after the
      // rows, so that a re-run whose rows are not yet there is seen as open jobs.
      const latest = await seen('latest rows', [], api.latestRows(before.sha))
      const history = await seen(
        'history',
        [],
        api.history(before.sha, before.history === null ? 0 : newest),
      )
      const runs = capabilities.runs ? await seen('runs', [], api.runs(before.sha)) : null
      // Rows are only ever added: what was read before stands (forge-facts §1.2). A malformed row
      // of the first look does too.
      const listed = runs?.value ?? []
      const lasting = before.gaps.filter(({ cause }) => cause === 'malformed')
      const sighting: Sighting = {
        ...before,
        latest: signed(latest.value, listed, api.dialect),
        history: signed([...known, ...history.value], listed, api.dialect),
        gaps: [...lasting, ...latest.gaps, ...history.gaps, ...(runs?.gaps ?? [])],
        observedAt: latest.at ?? EPOCH,
      }
      const fresh = evidenceOf(grade, sighting, { runs: listed, tasks: [] })
      const [again] = await withTasks([fresh])
      return withWorkflows(again ?? fresh)
    },
  }
}

const NONE: Suspects = { heads: [], why: null }

/**
 * Green heads on which a failed or cancelled run stands: where an older run may have written its
 * green over the newest run's red. Two requests for the whole sweep; only where runs can be listed
 * (design §4, "False greens").
 */
export async function suspects(
  api: GiteaApi,
  policy: Policy,
  heads: readonly Evidence[],
): Promise<Suspects> {
  if (api.server.grade !== 'jobs') return NONE
  const event = /^ \((.+)\)$/.exec(suffixOf(policy.umbrella))?.[1]
  if (event === undefined) return NONE
  try {
    const failed = new Set((await api.failedHeads(event)).value)
    const found = heads.filter(head => failed.has(head.sha) && !isCandidate(policy, head))
    return { heads: found, why: null }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return { heads: [], why: error.message }
  }
}
