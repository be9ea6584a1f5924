import { describe, expect, it } from '@jest/globals'
import { headsOf } from '../../src/sweep/judged.js'
import { look } from '../../src/sweep/look.js'
import type { Config } from '../../src/config.js'
import type { Evidence } from '../../src/core/model/evidence.js'
import type { Forge, Head } from '../../src/forge/port.js'
import { head, policy, pull } from '../support/builders.js'

const config = (change: Partial<Config> = {}): Config =>
  ({
    policy: policy(),
    baseBranches: [],
    pullRequest: null,
    concurrency: 4,
    alarms: 'cheap',
    ...change,
  }) as unknown as Config

const sha = (letter: string): string => letter.repeat(40)
const at = (number: number, letter: string, base = 'main') =>
  pull(number, { head: sha(letter), base })

describe('the heads of open pull requests', () => {
  const numbersOf = (heads: readonly Head[]): readonly (readonly number[])[] =>
    heads.map(({ pulls }) => pulls.map(({ number }) => number))

  it('are each named once, with all of theirs, where the first of them stands', () => {
    const heads = headsOf(config(), [at(1, 'a'), at(2, 'b'), at(3, 'a'), at(4, 'c'), at(5, 'a')])
    expect(numbersOf(heads)).toEqual([[1, 3, 5], [2], [4]])
    expect(heads.length).toBe(3)
    expect(heads.map(one => one.sha)).toEqual([sha('a'), sha('b'), sha('c')])
  })

  it('are those of the base branches that were asked for, with others that share them', () => {
    const heads = headsOf(config({ baseBranches: ['rel/*'] }), [
      ...[at(1, 'a'), at(2, 'b', 'rel/1'), at(3, 'c'), at(4, 'c', 'rel/2')],
    ])
    expect([numbersOf(heads), heads.length]).toEqual([[[2], [3, 4]], 2])
  })

  it('are none without pull requests', () => {
    expect(headsOf(config(), [])).toEqual([])
  })
})

const GREEN = ['R1 Test success', 'R1 umbrella success']
const PENDING = ['R1 Test success', 'R1 umbrella running']
const MISSING = ['R1 Test success']
const RED = ['R1 Test success', 'R1 umbrella failure']

/** What a preview shows of a head of one pull request. */
const previewOf = (number: number, letter: string, rows: readonly string[]): Evidence => ({
  ...head({ rows, pulls: [at(number, letter)] }),
  sha: sha(letter),
  history: null,
})

const NONE = { 'umbrella-missing': 0, 'umbrella-green': 0, 'umbrella-pending': 0 }

interface Question {
  /** Heads on which a failed run stands. */
  readonly failed?: readonly string[]
  readonly asked?: Partial<Config>
  readonly explains?: boolean
  /** On which commit the pull requests of a head are found that is not left alone. */
  readonly moved?: Readonly<Record<string, readonly string[]>>
}

/** What a sweep judges and studies of these previews, what it reads of them, and what it counts. */
async function looked(seen: readonly Evidence[], question: Question = {}) {
  const { failed = [], asked = {}, explains = false, moved = {} } = question
  const read: string[] = []
  const studied: string[] = []
  const notes: string[] = []
  const forge = {
    preview: ({ sha: of }: Head) => {
      read.push(of.charAt(0))
      return Promise.resolve({ evidence: seen.find(one => one.sha === of), rows: null })
    },
    atCurrentHead: ({ evidence }: { readonly evidence: Evidence }) => {
      const rows = moved[evidence.sha.charAt(0)]
      return Promise.resolve({
        evidence: rows === undefined ? evidence : previewOf(evidence.pulls[0].number, 'f', rows),
        rows: null,
      })
    },
    failedHeads: () => {
      // What fails while heads are looked at counts, too.
      expect(read).toHaveLength(seen.length)
      return Promise.resolve({ shas: new Set(failed.map(sha)), why: null })
    },
    study: (heads: readonly Evidence[]) => {
      studied.push(...heads.map(one => one.sha.charAt(0)))
      return Promise.resolve(heads)
    },
    requiredToMerge: () => Promise.resolve([]),
    withGateRows: (one: Evidence) => Promise.resolve(one),
    withSurroundings: (one: Evidence) => Promise.resolve(one),
  } as unknown as Forge
  const tools = {
    forge,
    note: (line: string) => notes.push(line),
    ...(explains ? { explain: () => undefined } : {}),
  }
  const heads = headsOf(
    config(asked),
    seen.flatMap(({ pulls }) => pulls),
  )
  const { judged, leftAlone } = await look(config(asked), tools, heads)
  return { judged: judged.map(one => one.evidence.sha.charAt(0)), leftAlone, studied, read, notes }
}

describe('what is left alone by its preview', () => {
  it('green and pending umbrellas are counted', async () => {
    const seen = [previewOf(1, 'a', GREEN), previewOf(2, 'b', PENDING), previewOf(3, 'c', GREEN)]
    expect(await looked(seen)).toMatchObject({
      judged: [],
      studied: [],
      leftAlone: { 'umbrella-missing': 0, 'umbrella-green': 2, 'umbrella-pending': 1 },
    })
  })

  it('red ones are studied', async () => {
    expect(await looked([previewOf(1, 'a', GREEN), previewOf(2, 'b', RED)])).toMatchObject({
      judged: ['b'],
      studied: ['b'],
      leftAlone: { 'umbrella-green': 1 },
    })
  })

  it.each([
    { rule: 'green', rows: GREEN, reason: 'umbrella-green' },
    { rule: 'pending', rows: PENDING, reason: 'umbrella-pending' },
  ])('a $rule one beside a failed run is studied, not counted', async ({ rows, reason }) => {
    const seen = [previewOf(1, 'a', rows), previewOf(2, 'b', rows), previewOf(3, 'c', RED)]
    expect(await looked(seen, { failed: ['b', 'c'] })).toMatchObject({
      judged: ['b', 'c'],
      studied: ['b', 'c'],
      // Nothing is looked at twice.
      read: ['a', 'b', 'c'],
      leftAlone: { ...NONE, [reason]: 1 },
    })
  })

  it('only the pull requests that were asked for are counted', async () => {
    const pulls = [at(1, 'a'), at(2, 'a', 'rel/1'), at(3, 'a', 'rel/2')] as const
    const three = { ...previewOf(1, 'a', GREEN), pulls }
    const asked = { baseBranches: ['rel/*'] }
    expect(await looked([three, previewOf(4, 'b', GREEN)])).toMatchObject({
      leftAlone: { ...NONE, 'umbrella-green': 4 },
    })
    expect(await looked([three], { asked })).toMatchObject({
      leftAlone: { ...NONE, 'umbrella-green': 2 },
    })
  })

  it.each([
    { rule: 'red', rows: RED, judged: ['f'], studied: ['f'], leftAlone: NONE },
    { rule: 'green', rows: GREEN, judged: [], studied: [], leftAlone: { 'umbrella-green': 1 } },
  ])('one that had gone on counts by where it stands: $rule there', async row => {
    const { rows, judged, studied, leftAlone } = row
    const there = await looked([previewOf(1, 'a', RED)], { moved: { a: rows } })
    expect(there).toMatchObject({ judged, studied, leftAlone })
  })

  it('not one without the umbrella: what it carries may tell a wrong name', async () => {
    expect(await looked([previewOf(1, 'a', MISSING)])).toMatchObject({
      judged: ['a'],
      studied: [],
      leftAlone: { 'umbrella-missing': 0 },
    })
  })

  it('not a green one that could not be read: it is told', async () => {
    const gaps = [{ what: 'history', cause: 'unreadable', context: null, detail: 'no' }] as const
    expect(await looked([{ ...previewOf(1, 'a', GREEN), gaps }])).toMatchObject({
      judged: ['a'],
      studied: [],
      leftAlone: { 'umbrella-green': 0 },
    })
  })

  it('not the one that was asked for', async () => {
    const asked = { pullRequest: 1 }
    expect(await looked([previewOf(1, 'a', GREEN)], { asked })).toMatchObject({
      judged: ['a'],
      studied: [],
      leftAlone: { 'umbrella-green': 0 },
    })
  })

  it('none where somebody wants an explanation: it is studied', async () => {
    expect(await looked([previewOf(1, 'a', GREEN)], { explains: true })).toMatchObject({
      judged: ['a'],
      studied: ['a'],
    })
  })

  it('how far it has come is told of the counted ones, too', async () => {
    const seen = Array.from({ length: 50 }, (_, at) => ({
      ...previewOf(at + 1, 'a', GREEN),
      sha: String(at).padStart(40, '0'),
      pulls: [pull(at + 1, { head: String(at).padStart(40, '0') })] as const,
    }))
    expect((await looked(seen)).notes).toEqual([
      'looked at 25 of 50 commits',
      'looked at 50 of 50 commits',
    ])
  })
})

describe('previews', () => {
  it.each([1, 3])('are %d at a time', async concurrency => {
    let going = 0
    let most = 0
    const seen = ['a', 'b', 'c', 'd', 'e'].map((letter, index) =>
      previewOf(index + 1, letter, GREEN),
    )
    const forge = {
      preview: async ({ sha: of }: Head) => {
        going += 1
        most = Math.max(most, going)
        await new Promise(resolve => setImmediate(resolve))
        going -= 1
        return { evidence: seen.find(one => one.sha === of), rows: null }
      },
      failedHeads: () => Promise.resolve({ shas: new Set(), why: null }),
      study: () => Promise.resolve([]),
    } as unknown as Forge
    const asked = config({ concurrency })
    const listed = seen.flatMap(({ pulls }) => pulls)
    await look(asked, { forge, note: () => undefined }, headsOf(asked, listed))
    expect(most).toBe(concurrency)
  })
})
