import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Run } from '../../../src/core/model/job.js'
import type { StatusRow, StatusState } from '../../../src/core/model/status.js'
import type { DescriptionDialect } from '../../../src/forge/gitea/signing.js'
import { authorOf, keyed, signedRows, suffixOfEvent } from '../../../src/forge/gitea/signing.js'
import {
  isFinal,
  isGreen,
  isRed,
  newestFirst,
  STATUS_STATES,
} from '../../../src/core/model/status.js'
import { NOW } from '../../support/builders.js'
import { holds } from '../../support/property.js'
import { asJobId, asJobKey, asRowId, asRunId, asRunKey } from '../../../src/core/model/ids.js'

const LINK = '/o/r/actions/runs/12/jobs/3'
const row = (
  state: StatusState,
  description: string,
  change: Partial<StatusRow> = {},
): StatusRow => ({
  id: asRowId(1),
  context: 'CI / a (pull_request)',
  state,
  description,
  targetUrl: LINK,
  creator: null,
  createdAt: NOW,
  ...change,
})

const WORDS: readonly {
  state: StatusState
  description: string
  word: string
  dialect?: DescriptionDialect
}[] = [
  { state: 'pending', description: 'Waiting to run', word: 'waiting' },
  { state: 'pending', description: 'Blocked by required conditions', word: 'blocked' },
  { state: 'pending', description: 'Has started running', word: 'running' },
  { state: 'success', description: 'Successful in 12s', word: 'success' },
  { state: 'failure', description: 'Failing after 1h0m3s', word: 'failure' },
  { state: 'failure', description: 'Has been cancelled', word: 'cancelled' },
  { state: 'success', description: 'Has been skipped', word: 'skipped' },
  { state: 'skipped', description: 'Has been skipped', word: 'skipped' },
  { state: 'pending', description: 'In progress', word: 'running', dialect: 'gitea-1.27' },
  { state: 'pending', description: 'Canceling', word: 'running', dialect: 'gitea-1.27' },
  { state: 'skipped', description: 'Skipped', word: 'skipped', dialect: 'gitea-1.27' },
  { state: 'failure', description: 'Canceled after 2s', word: 'cancelled', dialect: 'gitea-1.27' },
]

describe('whose row', () => {
  it.each(WORDS)(
    "Actions': $description ($state)",
    ({ state, description, word, dialect = 'classic' }) => {
      expect(authorOf(row(state, description), dialect)).toMatchObject({
        kind: 'actions',
        run: 12,
        job: 3,
        phase: word,
      })
    },
  )

  it.each(WORDS)(
    "nobody's in any other state: $description",
    ({ state, description, dialect = 'classic' }) => {
      for (const other of STATUS_STATES.filter(
        name =>
          name !== state &&
          !(description === 'Has been skipped' && ['success', 'skipped'].includes(name)),
      )) {
        expect(authorOf(row(other, description), dialect)).toEqual({ kind: 'foreign' })
      }
    },
  )

  it.each(WORDS.filter(({ dialect }) => dialect !== undefined))(
    "nobody's on an older server: $description",
    ({ state, description }) => {
      expect(authorOf(row(state, description), 'classic')).toEqual({ kind: 'foreign' })
    },
  )

  it.each([
    { rule: 'a creator', change: { creator: 'reaper' } },
    { rule: 'an empty creator', change: { creator: '' } },
    { rule: 'no target', change: { targetUrl: '' } },
    { rule: 'a target that goes on', change: { targetUrl: `${LINK}/x` } },
    { rule: 'a target with a query', change: { targetUrl: `${LINK}?a=1` } },
    { rule: 'a target of a run', change: { targetUrl: '/o/r/actions/runs/12' } },
    { rule: 'no description', change: { description: '' } },
    { rule: 'words before', change: { description: 'Surely Successful in 12s' } },
    { rule: 'words after', change: { description: 'Successful in 12s!' } },
    { rule: 'no time', change: { description: 'Successful in' } },
    {
      rule: "a name of the object's own",
      change: { description: 'constructor', state: 'pending' as const },
    },
    { rule: 'a line end', change: { description: 'Successful in 12s\n' } },
  ])('outside: $rule', ({ change }) => {
    expect(authorOf(row('success', 'Successful in 12s', change), 'classic')).toEqual({
      kind: 'foreign',
    })
  })

  it('ours by its mark, whatever else it says', () => {
    expect(authorOf(row('success', 'x [ur-green 6 2 ab12]', { creator: null }), 'classic')).toEqual(
      { kind: 'us', mark: { kind: 'green', red: 6, run: 2, nonce: 'ab12' } },
    )
  })

  it("never throws and is Actions' only with all three marks", () => {
    holds(
      [fc.constantFrom(...STATUS_STATES), fc.string(), fc.string(), fc.option(fc.string())],
      (state, description, targetUrl, creator) => {
        const { kind } = authorOf(row(state, description, { targetUrl, creator }), 'classic')
        return kind !== 'actions' || (creator === null && /runs\/\d+\/jobs\/\d+$/.test(targetUrl))
      },
    )
  })
})

describe('states', () => {
  it('every state is red, green, or neither', () => {
    expect(STATUS_STATES.map(state => [state, isRed(state), isGreen(state)])).toEqual([
      ['pending', false, false],
      ['success', false, true],
      ['error', true, false],
      ['failure', true, false],
      ['warning', true, false],
      ['skipped', false, true],
      ['unknown', false, false],
    ])
  })

  it('a word is final when the job has ended', () => {
    expect(
      (
        ['waiting', 'blocked', 'running', 'success', 'failure', 'cancelled', 'skipped'] as const
      ).map(isFinal),
    ).toEqual([false, false, false, true, true, true, true])
  })

  it('newest is the highest id, whatever the order and the time', () => {
    holds([fc.shuffledSubarray([1, 2, 3, 5, 8, 13], { minLength: 6 })], ids => {
      expect(newestFirst(ids.map(id => ({ id }))).map(({ id }) => id)).toEqual([13, 8, 5, 3, 2, 1])
    })
  })
})

describe('the suffix of a context', () => {
  it.each([
    { event: 'pull_request', suffix: ' (pull_request)' },
    { event: 'pull_request_sync', suffix: ' (pull_request)' },
    { event: 'pull_request_label', suffix: ' (pull_request)' },
    { event: 'pull_request_review_request', suffix: ' (pull_request)' },
    { event: 'pull_request_review_approved', suffix: ' (pull_request_review_approved)' },
    { event: 'pull_request_target', suffix: ' (pull_request_target)' },
    { event: 'pull_request_target_sync', suffix: ' (pull_request_target)' },
    { event: 'push', suffix: ' (push)' },
    { event: 'release', suffix: ' (release)' },
    { event: 'schedule', suffix: null },
    { event: 'workflow_dispatch', suffix: null },
    { event: '', suffix: { unknownEvent: '' } },
  ])('of event $event is $suffix', ({ event, suffix }) => {
    expect(suffixOfEvent(event, true)).toEqual(suffix)
  })

  it('without a suffix of its own pull_request_target writes (pull_request)', () => {
    expect(suffixOfEvent('pull_request_target', false)).toBe(' (pull_request)')
  })
})

describe('rows with their authors', () => {
  const run = (jobs: readonly number[]): Run => ({
    key: asRunKey(12),
    id: asRunId(12),
    file: 'ci.yml',
    suffix: ' (pull_request)',
    pull: 7,
    completed: true,
    jobs: jobs.map(key => ({
      id: asJobId(key),
      key: asJobKey(key),
      name: 'a',
      state: 'success',
      attempt: 1,
    })),
  })
  const id = {
    descriptions: 'classic',
    jobInTargetUrl: 'id',
    postsPhantomRows: true,
    listsTips: false,
    dearPullList: false,
  } as const

  it.each([
    { rule: 'a job of the run is its word', runs: [run([3])], dialect: id, kind: 'actions' },
    { rule: 'another job is nobody', runs: [run([4])], dialect: id, kind: 'foreign' },
    { rule: 'a run without jobs is nobody', runs: [run([])], dialect: id, kind: 'foreign' },
    { rule: 'a run that is not listed counts', runs: [], dialect: id, kind: 'actions' },
    {
      rule: 'a server without phantoms is believed',
      runs: [run([4])],
      dialect: { ...id, postsPhantomRows: false },
      kind: 'actions',
    },
  ])('$rule', ({ runs, dialect, kind }) => {
    const [one] = signedRows([row('success', 'Successful in 2s')], runs, dialect)
    expect([one?.author.kind, one?.phantom]).toEqual([kind, kind === 'foreign'])
  })

  it('jobs are named by id, or by their place in the order of ids', () => {
    const jobs = [9, 4, 6].map(
      job => ({ id: asJobId(job), name: 'a', state: 'open', attempt: 1 }) as const,
    )
    const keys = (all: ReturnType<typeof keyed>): unknown => all.map(job => [job.id, job.key])
    expect(keys(keyed(jobs, id))).toEqual([
      [4, 4],
      [6, 6],
      [9, 9],
    ])
    expect(keys(keyed(jobs, { ...id, jobInTargetUrl: 'position' }))).toEqual([
      [4, 0],
      [6, 1],
      [9, 2],
    ])
    expect(keyed([], id)).toEqual([])
  })
})
