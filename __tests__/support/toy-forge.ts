import type { StatusPost } from '../../src/core/plan/remedy.js'
import type {
  Evidence,
  NonEmpty,
  Pull,
  HeadSnapshot,
  ListedPull,
} from '../../src/core/model/evidence.js'
import { evidenceOf } from '../../src/core/model/evidence.js'
import { asJobKey, asRowId, asRunKey } from '../../src/core/model/ids.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { Server } from '../../src/core/model/server.js'
import type { Author, JobPhase, SignedRow, StatusState } from '../../src/core/model/status.js'
import type { Instant } from '../../src/core/model/time.js'
import { minutes } from '../../src/core/model/time.js'
import type { Forge, Reading } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import type { ForgeKind } from '../../src/forge/registry.js'
import type { Tracker } from '../../src/forge/tracker.js'

/** A line of the toy's ledger: `job Lint of run 3 turned green`. Nothing else speaks like it. */
export interface ToyLine {
  readonly context: string
  readonly run: number
  readonly job: number
  readonly word: JobPhase
}

/** What a toy server is, and what happened on it. */
export interface ToyServer {
  readonly lines: readonly ToyLine[]
  /** May the token write? */
  readonly mayWrite?: boolean
  /** Is the ledger unreadable when a head is studied? */
  readonly torn?: boolean
}

/** A toy server that was swept: the writes it took, in their order. */
interface Toy {
  readonly kind: ForgeKind
  readonly writes: readonly StatusPost[]
}

const NOW = Date.parse('2026-05-14T12:00:00Z') as Instant
const SHA = 'd'.repeat(40)
const PULL: Pull = {
  number: 5,
  title: 'A toy change',
  head: SHA,
  base: 'main',
  baseSha: null,
  draft: false,
}

const SERVER: Server = {
  kind: 'toy',
  version: '0.1',
  versionNote: null,
  grade: 'statuses',
  gradeLimit: null,
  traits: {
    skipsEqualState: false,
    skippedIsSuccess: false,
    targetSuffix: true,
    postedStatusWins: true,
    jobsMayHaveNoRow: false,
    checkRuns: false,
    rerunsJobs: false,
    linksRunsById: false,
  },
  capabilities: { tasks: false, runs: false, rerun: false, logGroups: false, summary: false },
}

const STATE: Readonly<Record<JobPhase, StatusState>> = {
  waiting: 'pending',
  blocked: 'pending',
  running: 'pending',
  success: 'success',
  failure: 'failure',
  cancelled: 'failure',
  skipped: 'skipped',
}

const authorOf = ({ run, job, word }: ToyLine): Author => ({
  kind: 'actions',
  run: asRunKey(run),
  job: asJobKey(job),
  phase: word,
  took: null,
})

function rowOf(line: ToyLine, index: number): SignedRow {
  return {
    id: asRowId(index + 1),
    context: line.context,
    state: STATE[line.word],
    description: `toy:${line.word}`,
    targetUrl: `toy://run/${line.run}#${line.job}`,
    creator: null,
    createdAt: (NOW - minutes(60) + index * 1000) as Instant,
    author: authorOf(line),
    phantom: false,
  }
}

function rowOfPost(post: StatusPost, id: number): SignedRow {
  const mark = readMarker(post.description)
  return {
    id: asRowId(id),
    context: post.context,
    state: post.state,
    description: post.description,
    targetUrl: post.targetUrl,
    creator: 'toy-bot',
    createdAt: NOW,
    author: mark === null ? { kind: 'foreign' } : { kind: 'us', mark },
    phantom: false,
  }
}

function newestOfEach(rows: readonly SignedRow[]): readonly SignedRow[] {
  return [...new Map(rows.map(row => [row.context, row])).values()]
}

const reading = <T>(value: T): Reading<T> => ({ value, gaps: [], at: NOW })

/** One pull request on one commit, whose rows are kept in memory. */
function openToy({ lines, mayWrite = true, torn = false }: ToyServer, writes: StatusPost[]): Forge {
  const rows: SignedRow[] = lines.map(rowOf)
  const look = (pulls: NonEmpty<ListedPull>, history: boolean): Evidence => {
    const snapshot: HeadSnapshot = {
      sha: SHA,
      observedAt: NOW,
      pulls,
      latest: newestOfEach(rows),
      history: history && !torn ? [...rows] : null,
      writers: { kind: 'read', doubles: [] },
      others: { kind: 'read', numbers: [] },
      work: new Map(),
      bases: {},
      needs: new Map(),
      gaps:
        history && torn
          ? [{ what: 'ledger', cause: 'unreadable', context: null, detail: 'the page is torn' }]
          : [],
      traits: SERVER.traits,
    }
    return evidenceOf('statuses', snapshot, { runs: [], tasks: [] })
  }
  return {
    server: SERVER,
    listsTips: false,
    listPulls: () => Promise.resolve({ pulls: [PULL] }),
    openPulls: () => Promise.resolve({ pulls: [PULL] }),
    pull: () => Promise.resolve({ open: true, head: SHA }),
    preview: ({ pulls }) => Promise.resolve({ evidence: look(pulls, false), rows: null }),
    atCurrentHead: preview => Promise.resolve(preview),
    failedHeads: () => Promise.resolve({ shas: new Set(), why: null }),
    study: heads => Promise.resolve(heads.map(({ pulls }) => look(pulls, true))),
    withGateRows: head => Promise.resolve(head),
    withSurroundings: head => Promise.resolve(head),
    secondLook: ({ pulls }) => Promise.resolve(look(pulls, true)),
    pullsOn: () => Promise.resolve([PULL]),
    surroundings: (head, pulls) => Promise.resolve({ ...head, pulls, gaps: [] }),
    hasUmbrella: () => Promise.resolve(true),
    rowsSince: (_sha, mark) => Promise.resolve(reading(rows.filter(({ id }) => id > mark))),
    gateRows: () => Promise.resolve(reading(newestOfEach(rows))),
    write: ({ post }) => {
      if (!mayWrite) return Promise.reject(new ForgeError('forbidden', 'the toy says no'))
      writes.push(post)
      const row = rowOfPost(post, rows.length + 1)
      rows.push(row)
      return Promise.resolve(row)
    },
    requiredToMerge: () => Promise.resolve([]),
    rerunReach: () => Promise.resolve({ kind: 'unreadable', why: 'a toy has no files' } as const),
    rerun: () => Promise.reject(new ForgeError('forbidden', 'a toy runs nothing again')),
    print: write => `toyctl ${write.kind}`,
    linkTo: () => '',
    addressOfPull: number => `toy://pull/${number}`,
    addressOf: run => `toy://run/${run}`,
  }
}

const none = (): Promise<never> =>
  Promise.reject(new ForgeError('not-found', 'a toy has no issues'))
const NO_TRACKER: Tracker = { issue: none, comments: none, self: none, comment: none }

/** A kind of forge of its own, as one line of the registry would hold it. */
export function toyOf(server: ToyServer): Toy {
  const writes: StatusPost[] = []
  const kind: ForgeKind = {
    name: 'Toy',
    open: () =>
      Promise.resolve({
        server: SERVER,
        defaultUmbrella: 'all-required',
        umbrellas: () =>
          Promise.resolve({
            kind: 'searched',
            branch: 'main',
            contexts: [],
            required: [],
          } as const),
        forgeFor: () => openToy(server, writes),
        tracker: NO_TRACKER,
        commitsFor: () => {
          throw new ForgeError('not-found', 'a toy has no past')
        },
        inspect: () => none(),
        requests: () => 0,
        close: () => undefined,
      }),
  }
  return { kind, writes }
}
