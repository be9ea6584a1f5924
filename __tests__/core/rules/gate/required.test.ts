import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../../src/core/model/evidence.js'
import type { RequiredContext, Unread } from '../../../../src/core/rules/gate/finding.js'
import { found, notKnown } from '../../../../src/core/rules/gate/finding.js'
import { aroundAsked, judgeRequired, unreadIn } from '../../../../src/core/rules/gate/required.js'
import { contextOf, head, policy, pull, run } from '../../../support/builders.js'
import { checksHead } from '../../../support/check-builders.js'

const judged = (required: readonly string[], evidence: Evidence): readonly RequiredContext[] =>
  judgeRequired({ policy: policy(), evidence, pull: pull(), required, writers: new Map() })

const namesOf = (required: readonly string[], evidence: Evidence): readonly string[] =>
  judged(required, evidence).map(({ context }) => context)

const [LINT, TEST] = [contextOf('Lint'), contextOf('Test')]

describe('which contexts a required entry names', () => {
  it('without job rows a pattern names what was written alone', () => {
    expect(namesOf(['*'], head({ rows: ['R2 Lint success'] }))).toEqual([LINT])
  })

  it('a job whose context is not told by its name is none of them', () => {
    const evidence = head({
      grade: 'jobs',
      version: '1.27.0',
      rows: ['R2.999 Lint success'],
      runs: [run(2, ['Lint success', 'Test success'])],
    })
    expect(namesOf(['*'], evidence)).toEqual([LINT])
  })

  it('a job without a row is one of them, with a row beside it that no run wrote', () => {
    const evidence = head({
      grade: 'jobs',
      rows: ['@ann deploy/x success', 'R2 Lint success'],
      runs: [run(2, ['Lint success', 'Test success'])],
    })
    expect(namesOf(['*'], evidence)).toEqual([LINT, TEST, 'deploy/x'])
  })

  it('a name that nothing carries is judged by itself and is no pattern', () => {
    expect(judged(['deploy/x'], head({ rows: ['R2 Lint success'] }))).toMatchObject([
      { context: 'deploy/x', state: 'unknown', class: 'not-known' },
    ])
  })

  it('a name on GitHub that holds a star and that nothing carries is judged by itself', () => {
    expect(judged(['T*'], checksHead({ legs: ['R1 Test success'] }))).toMatchObject([
      { context: 'T*', state: 'unknown', class: 'not-known' },
    ])
  })

  it('on GitHub a job, an app and a status are named in any case', () => {
    const evidence = checksHead({
      legs: ['R1 Test success', 'codecov Cover success'],
      statuses: ['@ann Deploy success'],
    })
    expect(namesOf(['deploy', 'cover', 'test'], evidence)).toEqual(['Cover', 'Deploy', 'Test'])
  })

  it('an entry that is given twice is judged once', () => {
    expect(namesOf([TEST, TEST], head({ rows: ['R2 Test success'] }))).toEqual([TEST])
  })

  it('what is judged and what matches nothing come in the order of their names', () => {
    const evidence = head({ grade: 'jobs', rows: ['R2 Test success', 'R2 Lint success'] })
    const listed = judged(['deploy/*', TEST, 'A/*', LINT], evidence)
    expect(listed.map(({ context }) => context)).toEqual(['A/*', LINT, TEST, 'deploy/*'])
  })

  it('a pattern that matches nothing says so, and names nothing that it rests on', () => {
    expect(judged(['deploy/*'], head({ rows: ['R2 Lint success'] }))).toEqual([
      {
        context: 'deploy/*',
        row: null,
        run: null,
        job: null,
        state: 'never-reported',
        class: 'no-match',
        detail: 'no context of this commit matches this pattern',
        unread: null,
      },
    ])
  })
})

/** A context of which this was not read. */
const without = (unread: Unread | null): RequiredContext => ({
  context: unread ?? 'green',
  row: null,
  run: null,
  job: null,
  ...(unread === null ? found('green', 'green', 'by run 1') : notKnown('not read', unread)),
})

describe('what must still be read', () => {
  it.each([
    { rule: 'nothing where all is known', unread: [null], writers: false, others: false },
    {
      rule: 'the files, and with them who else stood there',
      unread: [null, 'writers'],
      writers: true,
      others: true,
    },
    { rule: 'who else stood there alone', unread: ['others', null], writers: false, others: true },
    { rule: 'neither for a list of jobs', unread: ['jobs'], writers: false, others: false },
  ] as const)('around a head: $rule', ({ unread, writers, others }) => {
    expect(aroundAsked(unread.map(without))).toEqual({ writers, others, work: false })
  })

  it('is told of those contexts alone that miss just that', () => {
    const all = [without(null), without('files'), without('jobs')]
    expect(unreadIn(all, 'files').map(({ context }) => context)).toEqual(['files'])
  })
})
