import { describe, expect, it } from '@jest/globals'
import type { Evidence, Pull } from '../../../src/core/model/evidence.js'
import type { Instant } from '../../../src/core/model/time.js'
import { formatInstant, minutes } from '../../../src/core/model/time.js'
import type { CommitReads } from '../../../src/forge/commits.js'
import { NO_PULL } from '../../../src/forge/commits.js'
import { giteaCommits } from '../../../src/forge/gitea/commits.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { BASE_SHA, gap, NOW, policy, pull, SHA, STALE } from '../../support/builders.js'
import { fails } from '../../support/acting.js'
import type { FakeForge, FakeStart } from '../../support/fake-forge.js'
import { openFake } from '../../support/fake-forge.js'
import type { Reply, Script } from '../../support/scripted-gitea.js'
import { scriptedGitea } from '../../support/scripted-gitea.js'

const CLOSED = '/repos/o/r/pulls'
const REFS = '/repos/o/r/git/refs/pull'
const closed = (page: number): string =>
  `${CLOSED}?state=closed&sort=recentupdate&page=${page}&limit=50`

const TIP = 'c'.repeat(40)
const MERGE_BASE = 'd'.repeat(40)

/** So many minutes before now. */
const ago = (count: number): Instant => (NOW - minutes(count)) as Instant

/** A pull request that was merged that long ago, as a list tells it. */
const merged = (number: number, when: number, change: object = {}) => ({
  number,
  title: 'A change',
  updated_at: formatInstant(ago(when)),
  merged_at: formatInstant(ago(when)),
  merged_by: { login: 'ann' },
  merge_base: MERGE_BASE,
  head: { sha: TIP },
  base: { ref: 'main', sha: BASE_SHA },
  ...change,
})
/** The same as it is read: `headSha` is what its ref names. */
const read = (number: number, when: number, change: object = {}) => ({
  ...pull(number, { baseSha: MERGE_BASE }),
  mergedAt: ago(when),
  mergedBy: 'ann',
  ...change,
})
const refs = (...numbers: readonly number[]): Reply => ({
  body: numbers.map(number => ({
    ref: `refs/pull/${number}/head`,
    object: { type: 'commit', sha: SHA },
  })),
})

/** What is read of commits on such a server, what it was asked, and the rest of its calls. */
function open(script: Script, start: FakeStart = {}) {
  const { on, asked } = scriptedGitea(script)
  const fake = openFake(start)
  const reads: CommitReads = giteaCommits({
    on,
    api: fake.api,
    policy: policy(),
    cache: openCache(),
    pages: {
      addressOf: run => `run ${run}`,
      addressOfPull: number => `pull ${number}`,
      addressOfCommit: sha => `commit ${sha}`,
    },
  })
  return { reads, asked, fake }
}

interface Since {
  readonly scene: string
  readonly pages: readonly Reply[]
  readonly found: readonly object[]
  /** The pages that are asked for. */
  readonly reads: readonly number[]
}

const SINCE: readonly Since[] = [
  { scene: 'nobody', pages: [{ body: [], total: 0 }], found: [], reads: [1] },
  {
    scene: 'all that the server counts, on one page',
    pages: [{ body: [merged(8, 1), merged(7, 2)], total: 2 }],
    found: [read(8, 1), read(7, 2)],
    reads: [1],
  },
  {
    // What changed while the pages were read stands at the top: that one is read once more.
    scene: 'what comes on a second page',
    pages: [
      { body: [merged(8, 1)], total: 2 },
      { body: [merged(7, 2)], total: 2 },
    ],
    found: [read(8, 1), read(7, 2)],
    reads: [1, 2, 1],
  },
  {
    scene: 'what nobody counts, up to a page without any',
    pages: [{ body: [merged(8, 1)] }, { body: [merged(7, 2)] }, { body: [] }],
    found: [read(8, 1), read(7, 2)],
    reads: [1, 2, 3, 1],
  },
  {
    scene: 'what comes before a page without any, whatever the server counts',
    pages: [
      { body: [merged(8, 1)], total: 9 },
      { body: [], total: 9 },
    ],
    found: [read(8, 1)],
    reads: [1, 2, 1],
  },
  {
    scene: 'nothing older, and no page beyond',
    pages: [{ body: [merged(8, 1), merged(7, 61)], total: 9 }],
    found: [read(8, 1)],
    reads: [1],
  },
  {
    scene: 'nothing that was closed without a merge',
    pages: [{ body: [merged(8, 1, { merged_at: null }), merged(7, 2)], total: 2 }],
    found: [read(7, 2)],
    reads: [1],
  },
  {
    scene: 'what somebody merged who is gone',
    pages: [{ body: [merged(7, 2, { merged_by: null })], total: 1 }],
    found: [read(7, 2, { mergedBy: null })],
    reads: [1],
  },
  {
    scene: 'what does not tell where it branched off: its base stands for that',
    pages: [{ body: [merged(7, 2, { merge_base: '' })], total: 1 }],
    found: [read(7, 2, { baseSha: BASE_SHA })],
    reads: [1],
  },
]

describe('merged in the last hour', () => {
  it.each(SINCE)('is $scene', async ({ pages, found, reads: numbers }) => {
    const script = Object.fromEntries(pages.map((page, index) => [closed(index + 1), page]))
    const { reads, asked } = open({ ...script, [REFS]: refs(7, 8) })
    expect(await reads.mergedSince(ago(60))).toEqual(found)
    const after = found.length === 0 ? [] : [REFS]
    expect(asked).toEqual([...numbers.map(closed), ...after])
  })

  it('is told with the tip of the branch where no ref names what was merged', async () => {
    const script = { [closed(1)]: { body: [merged(8, 1), merged(7, 2)], total: 2 } }
    const { reads } = open({ ...script, [REFS]: refs(7) })
    const heads = (await reads.mergedSince(ago(60))).map(({ number, head }) => [number, head])
    expect(heads).toEqual([
      [8, TIP],
      [7, SHA],
    ])
  })

  it.each([
    {
      scene: 'a row without a number',
      body: [merged(8, 1), merged(7, 2, { number: undefined })],
      message: `GET ${CLOSED}, page 1: number Invalid input: expected number, received undefined`,
    },
    { scene: 'an answer that is no list', body: {}, message: 'the answer holds no list' },
  ])('is not known by $scene', async ({ body, message }) => {
    const { reads } = open({ [closed(1)]: { body, total: 2 } })
    await expect(reads.mergedSince(ago(60))).rejects.toMatchObject({
      code: 'unexpected-shape',
      message,
    })
  })
})

describe('one pull request', () => {
  const ONE = `${CLOSED}/7`

  it.each([
    { merged_by: { login: 'ann' }, by: 'ann' },
    { merged_by: null, by: null },
    { merged_by: undefined, by: null },
  ])('was merged by $by', async ({ merged_by, by }) => {
    const { reads, asked } = open({ [ONE]: { body: merged(7, 2, { merged_by }) } })
    expect([await reads.mergedBy(7), asked]).toEqual([by, [ONE]])
  })

  it('that is not understood was merged by nobody known', async () => {
    const { reads } = open({ [ONE]: { body: {} } })
    await expect(reads.mergedBy(7)).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: expect.stringMatching(/^GET \/repos\/o\/r\/pulls\/7: number Invalid input/),
    })
  })
})

it('what a server tells of another pull request is no answer', async () => {
  const { reads } = open({ [`${CLOSED}/7`]: { body: merged(8, 2) } })
  await expect(reads.mergedBy(7)).rejects.toMatchObject({
    code: 'unexpected-shape',
    message: 'GET /repos/o/r/pulls/7: the answer is about number 8 instead of 7',
  })
})

describe('the pull requests on a commit', () => {
  it('are those whose refs name it, with it as their head', async () => {
    const script = {
      [`${CLOSED}/7`]: { body: merged(7, 2) },
      [`${CLOSED}/9`]: { body: merged(9, 2, { merge_base: undefined }) },
    }
    const { reads, asked } = open(script, { refs: [7, 9] })
    expect(await reads.pullsAt(SHA)).toEqual([
      pull(7, { baseSha: MERGE_BASE }),
      pull(9, { baseSha: BASE_SHA }),
    ])
    expect(asked).toEqual([`${CLOSED}/7`, `${CLOSED}/9`])
  })

  it('are none where no ref names it', async () => {
    const { reads, asked } = open({}, { refs: [7] })
    expect([await reads.pullsAt(TIP), asked]).toEqual([[], []])
  })
})

describe('the commit', () => {
  const TAG = '/repos/o/r/tags/v1%2Frc'

  it('of a branch is asked for as such', async () => {
    const { reads, asked } = open({}, { tip: branch => `the tip of ${branch}` })
    expect([await reads.commitOf('tags/v1'), asked]).toEqual(['the tip of tags/v1', []])
  })

  it('of a tag is what the tag names', async () => {
    const { reads, asked } = open({ [TAG]: { body: { commit: { sha: SHA } } } })
    expect([await reads.commitOf('refs/tags/v1/rc'), asked]).toEqual([SHA, [TAG]])
  })

  it('of a tag that is not understood is not known', async () => {
    const { reads } = open({ [TAG]: { body: {} } })
    await expect(reads.commitOf('refs/tags/v1/rc')).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: `GET ${TAG}: commit Invalid input: expected object, received undefined`,
    })
  })
})

/** A head on such a server, after it was changed. */
async function studied(
  start: FakeStart,
  prepare: (fake: FakeForge) => void = () => undefined,
  on: Pull = pull(7),
): Promise<Evidence> {
  const { reads, fake } = open({}, start)
  prepare(fake)
  const [head] = await reads.study([{ sha: SHA, pulls: [on] }])
  if (head === undefined) throw new Error('one head was asked for')
  return head
}

const JOBS = { grade: 'jobs', version: '1.26.4' } as const
const BRANCH = pull(NO_PULL)

describe('a commit that is studied', () => {
  it.each([
    { scene: 'rows alone', start: {}, kind: 'statuses', runs: 0 },
    {
      scene: 'rows alone where tasks are listed, which could only veto',
      start: { grade: 'tasks', version: '1.23.8' },
      kind: 'statuses',
      runs: 0,
    },
    { scene: 'rows and runs', start: JOBS, kind: 'jobs', runs: 1 },
  ] satisfies readonly { scene: string; start: FakeStart; kind: string; runs: number }[])(
    'is read by $scene',
    async ({ start, kind, runs }) => {
      const head = await studied(start)
      expect([head.kind, head.runs.length]).toEqual([kind, runs])
      expect([head.history?.length, head.latest, head.gaps]).toEqual([STALE.length, [], []])
      expect([head.sha, head.observedAt, head.pulls]).toEqual([SHA, NOW, [pull(7)]])
    },
  )

  it('for a pull request is not asked for what else may write on it', async () => {
    const { writers, others } = await studied({})
    expect([writers, others]).toEqual([{ kind: 'not-read' }, { kind: 'not-read' }])
  })

  it('for a branch is asked for its writers, and no pull request has a part in it', async () => {
    const { writers, others } = await studied({}, undefined, BRANCH)
    expect([writers, others]).toEqual([
      { kind: 'read', doubles: [] },
      { kind: 'read', numbers: [] },
    ])
  })

  it.each([
    { scene: 'its history', call: 'history', start: {}, what: 'history' },
    { scene: 'its runs', call: 'runs', start: JOBS, what: 'runs' },
  ] as const)('without $scene has a gap', async ({ call, start, what }) => {
    const head = await studied(start, fake => {
      fake.before(call, 1, fails('forbidden'))
    })
    expect(head.gaps).toEqual([
      { what, cause: 'forbidden', context: null, detail: 'the server said forbidden' },
    ])
  })

  it('keeps the gaps of its history before those of its runs', async () => {
    const { gaps } = await studied(JOBS, fake => {
      fake.gap('runs', gap(null, 'too-long'))
      fake.gap('history', gap('a', 'malformed'))
    })
    expect(gaps.map(({ cause }) => cause)).toEqual(['malformed', 'too-long'])
  })
})
