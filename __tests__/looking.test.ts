import { describe, expect, it } from '@jest/globals'
import { headsOf } from '../src/commands/judged.js'
import { countLeft, HeadsLeft, leftAlone, noneQuiet } from '../src/commands/left-alone.js'
import type { SweepTools } from '../src/commands/sweep.js'
import { look } from '../src/commands/sweep.js'
import type { Config } from '../src/config.js'
import type { Evidence } from '../src/core/model/evidence.js'
import type { FirstLook, Forge, Head } from '../src/forge/port.js'
import { head, policy, pull } from './support/builders.js'
import { sleepingClock } from './support/clock.js'

const config = (change: Partial<Config> = {}): Config =>
  ({ policy: policy(), baseBranches: [], pullRequest: null, ...change }) as unknown as Config

const sha = (letter: string): string => letter.repeat(40)
const at = (number: number, letter: string, base = 'main') =>
  pull(number, { head: sha(letter), base })

describe('the heads of open pull requests', () => {
  const numbersOf = (heads: Iterable<Head>): readonly (readonly number[])[] =>
    Array.from(heads, ({ pulls }) => pulls.map(({ number }) => number))

  it('are each named once, with all of theirs, where the first of them stands', () => {
    const heads = headsOf(config(), [at(1, 'a'), at(2, 'b'), at(3, 'a'), at(4, 'c'), at(5, 'a')])
    expect(numbersOf(heads)).toEqual([[1, 3, 5], [2], [4]])
    expect(heads.size).toBe(3)
    expect(Array.from(heads, one => one.sha)).toEqual([sha('a'), sha('b'), sha('c')])
  })

  it('are those of the base branches that were asked for, with others that share them', () => {
    const heads = headsOf(config({ baseBranches: ['rel/*'] }), [
      ...[at(1, 'a'), at(2, 'b', 'rel/1'), at(3, 'c'), at(4, 'c', 'rel/2')],
    ])
    expect([numbersOf(heads), heads.size]).toEqual([[[2], [3, 4]], 2])
  })

  it('are none without pull requests', () => {
    const heads = headsOf(config(), [])
    expect([numbersOf(heads), heads.size]).toEqual([[], 0])
  })
})

const GREEN = ['R1 Test success', 'R1 umbrella success']
const PENDING = ['R1 Test success', 'R1 umbrella running']
const MISSING = ['R1 Test success']
const RED = ['R1 Test success', 'R1 umbrella failure']

/** A first look at a head of one pull request. */
const lookAt = (number: number, letter: string, rows: readonly string[]): Evidence => ({
  ...head({ rows, pulls: [at(number, letter)] }),
  ...{ sha: sha(letter), history: null },
})

interface Question {
  readonly suspects?: readonly string[]
  readonly asked?: Partial<Config>
  readonly explains?: boolean
  /** Heads of which the first look says so. */
  readonly doubtful?: readonly string[]
  /** On which commit the looks find the pull requests of a listed one. */
  readonly moved?: Readonly<Record<string, string>>
}

/**
 * What a sweep keeps of these first looks, what it studies and looks at again, and what it counts.
 * Each is of the head that is listed for its first pull request.
 */
async function looked(seen: readonly Evidence[], question: Question = {}) {
  const { suspects = [], asked = {}, explains = false, doubtful = [], moved = {} } = question
  const told: Record<'studied' | 'again' | 'notes', string[]> = {
    studied: [],
    again: [],
    notes: [],
  }
  const [shas, doubts] = [suspects, doubtful].map(all => new Set(all.map(sha)))
  let isFirst = true
  const forge = {
    firstLook: (heads: Iterable<Head>, keep: (one: FirstLook) => boolean) => {
      const kept = [...heads].flatMap(one => {
        const evidence = seen.find(({ pulls }) => pulls[0].number === one.pulls[0].number)
        if (evidence === undefined) return []
        if (!isFirst) told.again.push(`${one.sha.charAt(0)} #${one.pulls[0].number}`)
        const isDoubtful = doubts?.has(evidence.sha) === true
        return keep({ head: one, evidence, doubtful: isDoubtful }) ? [evidence] : []
      })
      isFirst = false
      return Promise.resolve(kept)
    },
    suspects: () => {
      // What fails while heads are looked at counts, too.
      expect(isFirst).toBe(false)
      return Promise.resolve({ has: (one: string) => shas?.has(one), why: null })
    },
    study: (heads: readonly Evidence[]) => {
      told.studied.push(...heads.map(one => one.sha.charAt(0)))
      return Promise.resolve(heads)
    },
  } as unknown as Forge
  const tools: SweepTools = {
    ...{ forge, nonce: () => '', requests: () => 0, note: line => told.notes.push(line) },
    clock: sleepingClock(),
    ...(explains ? { explain: () => undefined } : {}),
  }
  const listed = seen.flatMap(({ pulls }) =>
    pulls.map(one => {
      const [from] = Object.entries(moved).find(([, to]) => sha(to) === one.head) ?? []
      return from === undefined ? one : { ...one, head: sha(from) }
    }),
  )
  const { kept, quiet } = await look(config(asked), tools, headsOf(config(asked), listed))
  return { kept: kept.map(one => one.sha.charAt(0)), quiet, ...told }
}

describe('what is kept of a first look', () => {
  it('nothing of green and pending umbrellas: they are counted', async () => {
    const seen = [lookAt(1, 'a', GREEN), lookAt(2, 'b', PENDING), lookAt(3, 'c', GREEN)]
    expect(await looked(seen)).toMatchObject({
      ...{ kept: [], studied: [] },
      quiet: { 'umbrella-missing': 0, 'umbrella-green': 2, 'umbrella-pending': 1 },
    })
  })

  it('red ones are studied', async () => {
    const seen = [lookAt(1, 'a', GREEN), lookAt(2, 'b', RED)]
    expect(await looked(seen)).toMatchObject({
      ...{ kept: ['b'], studied: ['b'] },
      quiet: { 'umbrella-green': 1 },
    })
  })

  it('a green one of which the look itself raises a doubt is studied at once', async () => {
    const seen = [lookAt(1, 'a', GREEN), lookAt(2, 'b', GREEN)]
    expect(await looked(seen, { doubtful: ['b'], suspects: ['b'] })).toMatchObject({
      ...{ kept: ['b'], studied: ['b'], again: [] },
      quiet: { 'umbrella-green': 1 },
    })
  })

  it.each([
    { rule: 'green', rows: GREEN, reason: 'umbrella-green' },
    { rule: 'pending', rows: PENDING, reason: 'umbrella-pending' },
  ])('a $rule one beside a failed run is looked at again, studied, not counted', async row => {
    const seen = [lookAt(1, 'a', row.rows), lookAt(2, 'b', row.rows), lookAt(3, 'c', RED)]
    expect(await looked(seen, { suspects: ['b', 'c'] })).toMatchObject({
      ...{ kept: ['c', 'b'], studied: ['c', 'b'], again: ['b #2'] },
      quiet: { ...noneQuiet(), [row.reason]: 1 },
    })
  })

  it('of several on one commit all are taken back, and those that were asked for', async () => {
    const two = { ...lookAt(1, 'a', GREEN), pulls: [at(1, 'a'), at(2, 'a', 'rel/1')] as const }
    const seen = [two, lookAt(3, 'b', GREEN)]
    expect(await looked(seen, { suspects: ['a'] })).toMatchObject({
      ...{ kept: ['a'], again: ['a #1'], quiet: { ...noneQuiet(), 'umbrella-green': 1 } },
    })
    const asked = { baseBranches: ['rel/*'] }
    expect(await looked(seen, { suspects: ['a'], asked })).toMatchObject({
      ...{ kept: ['a'], again: ['a #1'], quiet: noneQuiet() },
    })
  })

  it('one that had gone on is taken back where it stands now', async () => {
    const seen = [lookAt(1, 'b', GREEN), lookAt(2, 'c', GREEN)]
    const moved = { a: 'b' }
    expect(await looked(seen, { moved, suspects: ['b'] })).toMatchObject({
      ...{ kept: ['b'], studied: ['b'], again: ['b #1'] },
      quiet: { ...noneQuiet(), 'umbrella-green': 1 },
    })
    expect(await looked(seen, { moved, suspects: ['a'] })).toMatchObject({
      ...{ kept: [], again: [], quiet: { ...noneQuiet(), 'umbrella-green': 2 } },
    })
  })

  it('one without the umbrella is kept: what it carries may tell a wrong name', async () => {
    expect(await looked([lookAt(1, 'a', MISSING)])).toMatchObject({
      ...{ kept: ['a'], studied: [] },
      quiet: { 'umbrella-missing': 0 },
    })
  })

  it('a green one that could not be read is told, not counted', async () => {
    const gaps = [{ what: 'history', cause: 'unreadable', context: null, detail: 'no' }] as const
    expect(await looked([{ ...lookAt(1, 'a', GREEN), gaps }])).toMatchObject({
      ...{ kept: ['a'], quiet: { 'umbrella-green': 0 } },
    })
  })

  it('all of the one that was asked for', async () => {
    const asked = { pullRequest: 1 }
    expect(await looked([lookAt(1, 'a', GREEN)], { asked })).toMatchObject({
      ...{ kept: ['a'], studied: [], quiet: { 'umbrella-green': 0 } },
    })
  })

  it('all of it where somebody wants an explanation, and it is studied', async () => {
    expect(await looked([lookAt(1, 'a', GREEN)], { explains: true })).toMatchObject({
      ...{ kept: ['a'], studied: ['a'] },
    })
  })

  it('how far it has come is told of the counted ones, too', async () => {
    const seen = Array.from({ length: 50 }, (_, at) =>
      lookAt(at + 1, (at + 10).toString(16).padStart(2, '0'), GREEN),
    )
    expect((await looked(seen)).notes).toEqual([
      'looked at 25 of 50 heads',
      'looked at 50 of 50 heads',
    ])
  })
})

describe('a head that is left alone', () => {
  it('counts only the pull requests that were asked for', () => {
    const evidence = { ...lookAt(1, 'a', GREEN), pulls: [at(1, 'a'), at(2, 'a', 'rel/1')] as const }
    const asked = config({ baseBranches: ['rel/*'] })
    const quiet = noneQuiet()
    countLeft(asked, evidence, leftAlone(asked, evidence) ?? new Map(), quiet)
    expect(quiet).toEqual({ ...noneQuiet(), 'umbrella-green': 1 })
  })

  it.each([
    { rule: 'its history was read', evidence: head({ rows: GREEN }) },
    { rule: 'it is red', evidence: lookAt(1, 'a', RED) },
  ])('is none once $rule', ({ evidence }) => {
    expect(leftAlone(config(), evidence)).toBeNull()
  })
})

describe('heads that were counted', () => {
  it('are taken back by the commit they were seen on: one that went there, and one listed', () => {
    const listed = headsOf(config(), [at(1, 'a'), at(2, 'b'), at(3, 'c')])
    const left = new HeadsLeft(config())
    const seen = [lookAt(1, 'b', PENDING), lookAt(2, 'b', GREEN), lookAt(3, 'c', GREEN)]
    for (const [place, head] of [...listed].entries()) {
      const evidence = seen[place] ?? lookAt(0, 'f', GREEN)
      left.count({ head, evidence, doubtful: false }, leftAlone(config(), evidence) ?? new Map())
    }
    expect(left.quiet).toEqual({ ...noneQuiet(), 'umbrella-green': 2, 'umbrella-pending': 1 })
    const back = left.takeBack(listed, one => one === sha('b') || one === sha('a'))
    expect(back.map(one => [one.sha, one.pulls.map(({ number }) => number)])).toEqual([
      [sha('b'), [1]],
      [sha('b'), [2]],
    ])
    expect(left.quiet).toEqual({ ...noneQuiet(), 'umbrella-green': 1 })
  })

  it('are not taken back where they were kept', () => {
    const listed = headsOf(config(), [at(1, 'a')])
    const left = new HeadsLeft(config())
    for (const head of listed) left.keep({ head, evidence: lookAt(1, 'a', RED), doubtful: false })
    expect(left.takeBack(listed, () => true)).toEqual([])
  })
})
