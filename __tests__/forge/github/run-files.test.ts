import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import { withMayFail, withSkippedFor, withWaiting } from '../../../src/forge/github/run-files.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import { checksHead } from '../../support/check-builders.js'
import type { Answers } from '../../support/answering-github.js'
import { branchOn, fileAsked, fileOf, answeringGithub } from '../../support/answering-github.js'

const LATER = 'c'.repeat(40)
const TIPS = { 'GET /r/branches/main': branchOn(BASE_SHA), 'GET /r/branches/next': branchOn(LATER) }

/** A workflow whose job `Lint` may fail as this says. */
const mayFail = (said: string) =>
  fileOf('on: pull_request', 'jobs:', '  Lint:', `    continue-on-error: ${said}`)

const FILES = {
  yes: () => mayFail('true'),
  no: () => mayFail('false'),
  unknown: () => mayFail('${{ matrix.may }}'),
  broken: () => fileOf('jobs: ['),
  lost: () => new ForgeError('server-error', 'no time'),
  none: () => null,
} as const

type File = keyof typeof FILES

const withFiles = (head: File, base: File, next: File = 'none'): Answers => ({
  ...TIPS,
  [fileAsked(SHA)]: FILES[head],
  [fileAsked(BASE_SHA)]: FILES[base],
  [fileAsked(LATER)]: FILES[next],
})

/** What is said of every check run of a head, by its name. */
const told = ({ checks }: CheckEvidence, field: 'mayFail' | 'skippedFor') =>
  checks.map(check => [check.name, check[field]])

describe('may a failed job fail', () => {
  it.each([
    { rule: 'both sides let it', base: 'yes', head: 'yes', is: 'yes' },
    { rule: 'the base does not, and the head is not asked', base: 'no', head: 'yes', is: 'no' },
    { rule: 'the head alone does not: which its run went by?', base: 'yes', head: 'no', is: '?' },
    { rule: 'only a run tells of the head', base: 'yes', head: 'unknown', is: '?' },
    { rule: 'only a run tells of the base', base: 'unknown', head: 'yes', is: '?' },
    { rule: 'only a run tells of either', base: 'unknown', head: 'unknown', is: '?' },
    { rule: 'the file of the base is broken', base: 'broken', head: 'yes', is: '?' },
    { rule: 'the file of the head is broken', base: 'yes', head: 'broken', is: '?' },
    { rule: 'the file of the head is lost', base: 'yes', head: 'lost', is: '?' },
    { rule: 'the base has no such file', base: 'none', head: 'yes', is: 'no' },
    { rule: 'the head has no such file', base: 'yes', head: 'none', is: '?' },
  ] as const)('$rule: $is', async ({ base, head, is }) => {
    const { kept, asked } = answeringGithub(withFiles(head, base))
    const seen = await withMayFail(kept.reads, checksHead({ legs: ['R1 Lint failure'] }))
    expect(told(seen, 'mayFail')).toEqual([['Lint', is === '?' ? 'unknown' : is]])
    expect(asked).toEqual([
      'GET /r/branches/main',
      fileAsked(BASE_SHA),
      ...(is === 'no' ? [] : [fileAsked(SHA)]),
    ])
  })

  it.each([
    { rule: 'every base lets it', next: 'yes', is: 'yes' },
    { rule: 'one base does not', next: 'no', is: 'no' },
    { rule: 'one base is not told', next: 'unknown', is: 'unknown' },
  ] as const)('for pull requests to two branches, $rule: $is', async ({ next, is }) => {
    const { kept } = answeringGithub(withFiles('yes', 'yes', next))
    const pulls = [pull(7), pull(8, { base: 'next' })] as const
    const seen = await withMayFail(kept.reads, checksHead({ legs: ['R1 Lint failure'], pulls }))
    expect(told(seen, 'mayFail')).toEqual([['Lint', is]])
  })

  it('is not known where the base branch, or where it stands, is not', async () => {
    const { kept } = answeringGithub({ [fileAsked(SHA)]: FILES.yes })
    const legs = ['R1 Lint failure']
    const unnamed = { ...pull(), base: null } as unknown as ReturnType<typeof pull>
    for (const pulls of [[unnamed], [pull()]] as const) {
      const seen = await withMayFail(kept.reads, checksHead({ legs, pulls }))
      expect(told(seen, 'mayFail')).toEqual([['Lint', 'unknown']])
    }
  })

  it('is asked of failed jobs of a run alone, and of no umbrella', async () => {
    const { kept } = answeringGithub(withFiles('yes', 'yes'))
    const legs = [
      'R1 Lint failure',
      'R1 Lint2 success',
      'R1 all-required failure',
      'token:R1 Lint3 failure',
      'codecov Lint failure',
      'R2 Lint failure',
    ]
    const head = checksHead({ legs, runs: { 2: { event: 'workflow_dispatch' } } })
    expect(told(await withMayFail(kept.reads, head), 'mayFail')).toEqual([
      ['Lint', 'yes'],
      ['Lint2', undefined],
      ['all-required', undefined],
      ['Lint3', undefined],
      ['Lint', undefined],
      ['Lint', undefined],
    ])
  })

  it.each([
    ['R1 Lint success'],
    ['R1 all-required failure'],
    ['token:R1 Lint failure'],
    ['codecov Lint failure'],
  ])('is asked of nothing where there is only %s', async leg => {
    const { kept, asked } = answeringGithub({})
    const head = checksHead({ legs: [leg] })
    expect(await withMayFail(kept.reads, head)).toBe(head)
    expect(asked).toEqual([])
  })

  it('is asked of the file that the run itself names', async () => {
    const path = '.github/workflows/deep/own.yml'
    const { kept, asked } = answeringGithub({ ...TIPS, [fileAsked(BASE_SHA)]: FILES.yes })
    const head = checksHead({ legs: ['R1 Lint failure'], runs: { 1: { path } } })
    expect(told(await withMayFail(kept.reads, head), 'mayFail')).toEqual([['Lint', 'no']])
    expect(asked).toContain(fileAsked(BASE_SHA, 'deep/own.yml'))
  })
})

const jobs = (...names: readonly string[]) => fileOf('jobs:', ...names.map(name => `  ${name}: {}`))

describe('what a run that waits for an approval may still write', () => {
  const waits = (...runs: readonly number[]) =>
    checksHead({ runs: Object.fromEntries(runs.map(run => [run, { waitsWith: null }])) })
  const waitsWith = ({ suites }: CheckEvidence) => suites.map(suite => suite.waitsWith)

  it.each([
    {
      rule: 'the jobs of the head and of the base',
      head: () => jobs('Lint', 'Deploy'),
      base: () => jobs('Lint', 'Old'),
      names: ['Lint', 'Deploy', 'Lint', 'Old'],
    },
    {
      rule: 'of the head alone, where the base has no such file',
      head: () => jobs('Deploy'),
      base: () => null,
      names: ['Deploy'],
    },
    {
      rule: 'of the base alone, where the head has no such file',
      head: () => null,
      base: () => jobs('Old'),
      names: ['Old'],
    },
    { rule: 'not known: no side has it', head: () => null, base: () => null, names: null },
    {
      rule: 'not known: one side is broken',
      head: () => jobs('Deploy'),
      base: FILES.broken,
      names: null,
    },
    {
      rule: 'not known: one side is lost',
      head: FILES.lost,
      base: () => jobs('Deploy'),
      names: null,
    },
    {
      rule: 'not known: only a run tells a name',
      head: () => fileOf('jobs:', '  a:', '    strategy: {matrix: "${{ fromJSON(x) }}"}'),
      base: () => null,
      names: null,
    },
  ])('$rule', async ({ head, base, names }) => {
    const answers = { ...TIPS, [fileAsked(SHA)]: head, [fileAsked(BASE_SHA)]: base }
    const { kept, asked } = answeringGithub(answers)
    expect(waitsWith(await withWaiting(kept.reads, waits(1)))).toEqual([names])
    expect(asked).toEqual(['GET /r/branches/main', fileAsked(SHA), fileAsked(BASE_SHA)])
  })

  it('is told of it alone: a run beside it waits for nobody', async () => {
    const { kept } = answeringGithub({ ...TIPS, [fileAsked(SHA)]: jobs('Deploy') })
    const head = checksHead({ runs: { 1: { waitsWith: null }, 2: {}, 3: { waitsWith: ['x'] } } })
    expect(waitsWith(await withWaiting(kept.reads, head))).toEqual([['Deploy'], undefined, ['x']])
  })

  it('is not known where the base branch is not', async () => {
    const { kept, asked } = answeringGithub({ [fileAsked(SHA)]: jobs('Deploy') })
    expect(waitsWith(await withWaiting(kept.reads, waits(1)))).toEqual([null])
    expect(asked).toEqual(['GET /r/branches/main'])
  })

  it.each([
    { rule: 'no run waits', head: () => checksHead({ legs: ['R1 Lint open'] }) },
    {
      rule: 'the run that waits was dispatched',
      head: () => checksHead({ runs: { 1: { waitsWith: null, event: 'workflow_dispatch' } } }),
    },
  ])('is asked of nothing where $rule', async ({ head }) => {
    const { kept, asked } = answeringGithub({})
    const seen = head()
    expect(await withWaiting(kept.reads, seen)).toBe(seen)
    expect(asked).toEqual([])
  })
})

describe('the failed job that a job was skipped for', () => {
  const FILE = fileOf(
    'jobs:',
    '  Lint: {}',
    '  Build: {}',
    '  Test: {needs: [Lint]}',
    '  Docs: {needs: Test}',
  )
  const names = async (head: CheckEvidence, file: unknown = FILE) => {
    const { kept, asked } = answeringGithub({ [fileAsked(SHA)]: file })
    const seen = await withSkippedFor(kept.reads, head)
    return { seen, asked, told: told(seen, 'skippedFor') }
  }

  it('is one that it needs, directly or not; who failed himself was not skipped', async () => {
    const legs = ['R1 Lint failure', 'R1 Build failure', 'R1 Test failure', 'R1 Docs skipped']
    const { told, asked } = await names(checksHead({ legs }))
    expect(told).toEqual([
      ['Lint', undefined],
      ['Build', undefined],
      ['Test', undefined],
      ['Docs', 'Lint'],
    ])
    expect(asked).toEqual([fileAsked(SHA)])
  })

  it.each([
    {
      rule: 'it failed in another run',
      legs: ['R1 Test skipped', 'R2 Lint failure', 'R2 Build failure'],
      asks: false,
    },
    {
      rule: 'what it needs is green, and something else failed',
      legs: ['R1 Lint success', 'R1 Build failure', 'R1 Test skipped'],
      asks: true,
    },
    { rule: 'nothing failed', legs: ['R1 Lint success', 'R1 Test skipped'], asks: false },
    { rule: 'nothing was skipped', legs: ['R1 Lint failure', 'R1 Test failure'], asks: false },
    {
      rule: 'another app skipped it',
      legs: ['R1 Lint failure', 'codecov Test skipped'],
      asks: false,
    },
  ])('is none where $rule', async ({ legs, asks }) => {
    const head = checksHead({ legs })
    const { seen, asked } = await names(head)
    expect(seen).toBe(head)
    expect(asked).toEqual(asks ? [fileAsked(SHA)] : [])
  })

  it.each([
    { may: 'yes', is: undefined },
    { may: 'unknown', is: 'Lint' },
  ] as const)('that may fail ($may) is none or it', async ({ may, is }) => {
    const legs = ['R1 Lint failure', 'R1 Test skipped']
    const { told } = await names(checksHead({ legs, mayFail: may }))
    expect(told[1]).toEqual(['Test', is])
  })

  it.each([
    { rule: 'lost', file: FILES.lost },
    { rule: 'broken', file: FILES.broken },
    { rule: 'not there', file: FILES.none },
  ])('is not known where the file is $rule', async ({ file }) => {
    const head = checksHead({ legs: ['R1 Lint failure', 'R1 Test skipped'] })
    expect((await names(head, file)).seen).toBe(head)
  })
})
