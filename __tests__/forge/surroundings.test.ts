import { describe, expect, it } from '@jest/globals'
import type { Evidence, Gap } from '../../src/core/model/evidence.js'
import { failure, success } from '../../src/core/model/result.js'
import type { SurroundingsAsked } from '../../src/core/model/surroundings.js'
import { surroundingsAgain, withSurroundings } from '../../src/forge/surroundings.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { head, policy, pull, SHA, STALE } from '../support/builders.js'
import type { Held, Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const JUDGES = "steps: [{ run: 'test ${{ needs.Lint.result }} = success' }]"
const ON = 'name: CI\non: pull_request\njobs:\n  Lint: {}\n'
const GATE = `${ON}  all-required: { needs: Lint, if: always(), runs-on: x, ${JUDGES} }\n`
const WORKS = `${ON}  all-required: { needs: Lint, runs-on: x, container: y }\n`
const LINT = 'name: CI\non: pull_request\njobs: { Lint: {} }\n'
const JUDGED = { 'ci.yml': GATE }
const WORKED = { 'ci.yml': WORKS }

/** Into two branches of their own, and one whose base no list has told. */
const PULLS = [pull(7), pull(8, { base: 'release' })] as const
const TIPS = { main: 'm1', release: 'r1' }

const NOTHING: SurroundingsAsked = { writers: false, others: false, work: false }
const UNREAD: Gap = { what: 'the refs', cause: 'forbidden', context: null, detail: 'not yours' }

interface Scene {
  readonly rule: string
  readonly asked: Partial<SurroundingsAsked>
  readonly trees?: Readonly<Record<string, Tree>>
  readonly refs?: readonly number[] | Gap | null
  readonly pulls?: Evidence['pulls']
  readonly seen: Readonly<Record<string, unknown>>
}

const JUDGING = { kind: 'only-judges', by: 'needs' }
const working = (where: string) => ({
  kind: 'other-work',
  why: `all-required in ci.yml: it has container (${where})`,
})
const unreadable = (what: string, detail: string) => ({
  what,
  cause: 'unreadable',
  context: null,
  detail,
})
const read = (...doubles: readonly object[]) => ({ kind: 'read', doubles })
const NOT_READ = { kind: 'not-read' }
const double = (job: string, where: string) => ({
  context: `CI / ${job} (pull_request)`,
  where,
  paths: ['a.yml', 'ci.yml'],
})

function readsOf(held: Held, refs: Scene['refs'] = [7, 8]) {
  const { api, asked } = hostOf({ tips: TIPS, ...held })
  const named = Array.isArray(refs) ? new Map([[SHA, refs as readonly number[]]]) : new Map()
  const found = refs === null || Array.isArray(refs) ? success(named) : failure(refs as Gap)
  const seen: string[] = []
  return {
    asked,
    seen,
    reads: {
      api,
      policy: policy(),
      cache: openCache(),
      refs: () => {
        seen.push('refs')
        return Promise.resolve(found)
      },
    },
  }
}

const bare = (pulls: Evidence['pulls'] = PULLS): Evidence => ({
  ...head({
    rows: STALE,
    pulls: [...PULLS],
    writers: NOT_READ as never,
    others: NOT_READ as never,
  }),
  pulls,
})

/** What stands around a head, and nothing else of it. */
const aroundOf = ({ writers, others, work, gaps }: Evidence) => ({
  writers,
  others,
  work: Object.fromEntries(work),
  gaps,
})

describe('what stands around a head', () => {
  it.each<Scene>([
    { rule: 'is not read where nothing is asked', asked: {}, seen: {} },
    {
      rule: 'is the work of the umbrella for each pull request, by its own base alone',
      asked: { work: true },
      trees: { [SHA]: JUDGED, m1: WORKED, r1: JUDGED },
      seen: { work: { 7: working('on main'), 8: JUDGING } },
    },
    {
      rule: 'is work of the pull request itself, whatever its base says',
      asked: { work: true },
      trees: { [SHA]: WORKED, m1: JUDGED, r1: JUDGED },
      seen: {
        work: { 7: working('in the pull request'), 8: working('in the pull request') },
      },
    },
    {
      rule: 'is other work where a tree cannot be read',
      asked: { work: true },
      trees: { [SHA]: JUDGED, m1: { why: 'it is too large' }, r1: JUDGED },
      seen: { work: { 7: { kind: 'other-work', why: 'it is too large' }, 8: JUDGING } },
    },
    {
      rule: 'is other work where a base branch is not known',
      asked: { work: true },
      trees: { [SHA]: JUDGED, m1: JUDGED },
      pulls: [pull(7), { ...pull(8), base: null }],
      seen: {
        work: { 7: JUDGING, 8: { kind: 'other-work', why: 'its base branch is not known' } },
      },
    },
    {
      rule: 'is no second writer where each context has one',
      asked: { writers: true },
      trees: { [SHA]: JUDGED, m1: JUDGED, r1: JUDGED },
      seen: { writers: read() },
    },
    {
      rule: 'is a context that two files of one tree write, named with that tree',
      asked: { writers: true },
      trees: {
        [SHA]: { 'a.yml': LINT, 'ci.yml': GATE },
        m1: JUDGED,
        r1: { 'a.yml': LINT, 'ci.yml': GATE },
      },
      seen: {
        writers: read(double('Lint', 'in the pull request'), double('Lint', 'on release')),
      },
    },
    {
      rule: 'is a context that only the asker counts',
      asked: { writers: true, contexts: ['CI / Docs (pull_request)'] },
      trees: {
        [SHA]: {
          'a.yml': 'name: CI\non: pull_request\njobs: { Docs: {}, More: {} }\n',
          'ci.yml': 'name: CI\non: pull_request\njobs: { Docs: {}, More: {} }\n',
        },
        m1: JUDGED,
        r1: JUDGED,
      },
      seen: { writers: read(double('Docs', 'in the pull request')) },
    },
    {
      rule: 'is a gap for each tree that cannot be read',
      asked: { writers: true },
      trees: { [SHA]: JUDGED, m1: { why: 'it is too large' }, r1: { 'ci.yml': 'jobs: []' } },
      seen: {
        writers: read(),
        gaps: [
          unreadable('the workflow files on main', 'it is too large'),
          unreadable('the workflow files on release', 'ci.yml: its jobs are no map'),
        ],
      },
    },
    {
      rule: 'is a gap where a base branch is not known',
      asked: { writers: true },
      trees: { [SHA]: JUDGED },
      pulls: [{ ...pull(8), base: null }],
      seen: {
        writers: read(),
        gaps: [unreadable('the workflow files on its base branch', 'its base branch is not known')],
      },
    },
    {
      rule: 'is a gap where this commit shows no file, though a run wrote on it',
      asked: { writers: true },
      trees: { m1: JUDGED, r1: JUDGED },
      seen: {
        writers: read(),
        gaps: [
          unreadable(
            'the workflow files',
            'none was found at this commit, though a run wrote on it',
          ),
        ],
      },
    },
    {
      rule: 'is every other pull request whose ref names this commit',
      asked: { others: true },
      refs: [7, 8, 9, 12],
      seen: { others: { kind: 'read', numbers: [9, 12] } },
    },
    {
      rule: 'is not known by refs that leave out one that is known to stand here',
      asked: { others: true },
      refs: [7, 9],
      seen: {
        gaps: [unreadable('the refs of pull requests', 'they do not name #8 at this commit')],
      },
    },
    {
      rule: 'is not known by refs that do not name the commit at all',
      asked: { others: true },
      refs: null,
      seen: {
        gaps: [unreadable('the refs of pull requests', 'they do not name #7 at this commit')],
      },
    },
    {
      rule: 'is a gap where the refs cannot be read',
      asked: { others: true },
      refs: UNREAD,
      seen: { gaps: [UNREAD] },
    },
  ])('$rule', async ({ asked, trees = {}, refs, pulls, seen }) => {
    const { reads } = readsOf({ trees }, refs)
    const found = await withSurroundings(reads, bare(pulls), { ...NOTHING, ...asked })
    expect(aroundOf(found)).toEqual({
      writers: NOT_READ,
      others: NOT_READ,
      work: {},
      gaps: [],
      ...seen,
    })
  })

  it('reads nothing that is not asked', async () => {
    const { reads, asked, seen } = readsOf({ trees: {} })
    await withSurroundings(reads, bare(), NOTHING)
    expect([asked, seen]).toEqual([[], []])
  })
})

describe('what stands around a head, read anew', () => {
  const TREES = { [SHA]: JUDGED, m1: JUDGED, r1: WORKED }
  const before = {
    ...bare(),
    gaps: [UNREAD],
  }
  const files = [`files of ${SHA}`, 'tip of main', 'files of m1']

  it.each([
    { rule: 'is nothing where nothing was read', change: {}, asked: [], refs: 0, seen: {} },
    {
      rule: 'is who writes twice, where that was read',
      change: { writers: read() },
      asked: files,
      refs: 0,
      seen: { writers: read() },
    },
    {
      rule: 'is what the umbrella does, where that was read of any pull request',
      change: { work: new Map([[7, JUDGING]]) },
      asked: files,
      refs: 0,
      seen: { work: { 7: JUDGING } },
    },
    {
      rule: 'is who else stands there, where that was read',
      change: { others: { kind: 'read', numbers: [9] } },
      asked: [],
      refs: 1,
      seen: { others: { kind: 'read', numbers: [] } },
    },
  ])('$rule', async ({ change, asked, refs, seen }) => {
    const made = readsOf({ trees: TREES }, [7])
    const old = { ...before, ...change } as Evidence
    const again = await surroundingsAgain(made.reads, old, [pull(7)])
    const none = { writers: NOT_READ, others: NOT_READ, work: {}, gaps: [] }
    expect(aroundOf(again)).toEqual({ ...none, ...seen })
    expect([again.pulls, made.asked, made.seen.length]).toEqual([[pull(7)], asked, refs])
  })

  it('asks once more where the bases stand', async () => {
    const { reads, asked } = readsOf({ trees: TREES })
    const old = { ...before, writers: read() } as Evidence
    await withSurroundings(reads, old, { ...NOTHING, writers: true })
    await surroundingsAgain(reads, old, PULLS)
    expect(asked.filter(question => question.startsWith('tip of'))).toEqual([
      'tip of main',
      'tip of release',
      'tip of main',
      'tip of release',
    ])
  })
})
