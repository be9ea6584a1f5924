import { parseOne } from '../../../src/forge/schema.js'
import { describe, expect, it } from '@jest/globals'
import { ForgeError } from '../../../src/forge/port.js'
import { parseRows, rowsIn, totalUnder } from '../../../src/forge/gitea/rows.js'
import { rowSchemas, toPull } from '../../../src/forge/gitea/wire.js'
import { BASE_SHA, SHA } from '../../support/builders.js'

const STATUS = {
  id: 7,
  status: 'failure',
  target_url: '/o/r/actions/runs/12/jobs/3',
  description: 'Failing after 2s',
  url: 'x',
  context: 'CI / a (pull_request)',
  creator: null,
  created_at: '2026-05-14T10:00:00+02:00',
  updated_at: '2026-05-14T10:00:00+02:00',
}
const without = (object: object, key: string): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))

describe('a status row', () => {
  it('is read with the fields that count', () => {
    expect(parseOne(rowSchemas.status(), STATUS, 'row')).toEqual({
      id: 7,
      context: 'CI / a (pull_request)',
      state: 'failure',
      description: 'Failing after 2s',
      targetUrl: '/o/r/actions/runs/12/jobs/3',
      creator: null,
      createdAt: Date.UTC(2026, 4, 14, 8),
    })
  })

  it('may carry fields nobody knows yet', () => {
    expect(
      parseOne(rowSchemas.status(), { ...STATUS, severity: 'high', nested: { a: [1] } }, 'row'),
    ).toMatchObject({ id: 7 })
  })

  it.each([
    { rule: 'no id', raw: without(STATUS, 'id') },
    { rule: 'id 0', raw: { ...STATUS, id: 0 } },
    { rule: 'a negative id', raw: { ...STATUS, id: -1 } },
    { rule: 'half an id', raw: { ...STATUS, id: 1.5 } },
    { rule: 'an id in text', raw: { ...STATUS, id: '7' } },
    { rule: 'no context', raw: without(STATUS, 'context') },
    { rule: 'a context that is null', raw: { ...STATUS, context: null } },
    { rule: 'no time', raw: without(STATUS, 'created_at') },
    { rule: 'a time that is none', raw: { ...STATUS, created_at: 'soon' } },
    { rule: 'nothing', raw: null },
    { rule: 'an empty object', raw: {} },
    { rule: 'text', raw: 'row' },
    { rule: 'a list', raw: [] },
  ])('is an error with $rule, and never dropped', ({ raw }) => {
    const { rows, malformed } = parseRows(rowSchemas.status(), [STATUS, raw])
    expect([rows.length, malformed.length]).toEqual([1, 1])
    expect(() => parseOne(rowSchemas.status(), raw, 'row')).toThrow(ForgeError)
  })

  it.each([
    { state: 'success', read: 'success' },
    { state: 'skipped', read: 'skipped' },
    { state: 'bogus', read: 'unknown' },
    { state: '', read: 'unknown' },
    { state: null, read: 'unknown' },
    { state: 'SUCCESS', read: 'unknown' },
    { state: 7, read: 'unknown' },
    { state: undefined, read: 'unknown' },
  ])('of state $state is $read', ({ state, read }) => {
    expect(parseOne(rowSchemas.status(), { ...STATUS, status: state }, 'row').state).toBe(read)
  })

  it.each([
    { rule: 'null is Actions or a job token', creator: null, read: null },
    { rule: 'an object is its login', creator: { login: 'alice', id: 4 }, read: 'alice' },
    {
      rule: 'an object without login is somebody',
      creator: { id: 4 },
      read: expect.stringMatching(/./),
    },
    { rule: 'text is somebody', creator: 'alice', read: expect.stringMatching(/./) },
    { rule: 'absent is not null', creator: undefined, read: expect.stringMatching(/./) },
  ])('creator: $rule', ({ creator, read }) => {
    const { rows } = parseRows(rowSchemas.status(), [
      creator === undefined ? without(STATUS, 'creator') : { ...STATUS, creator },
    ])
    expect(rows.map(row => row.creator)).toEqual([read])
  })

  it('without description and target is a row all the same', () => {
    expect(
      parseOne(rowSchemas.status(), { ...STATUS, description: null, target_url: null }, 'row'),
    ).toMatchObject({ description: '', targetUrl: '' })
    expect(
      parseOne(rowSchemas.status(), without(without(STATUS, 'description'), 'target_url'), 'row'),
    ).toMatchObject({ description: '', targetUrl: '' })
  })

  it('that cannot be read says which context it belongs to, and never what stood in it', () => {
    const { malformed } = parseRows(rowSchemas.status(), [
      { ...STATUS, id: 'secret-value' },
      { id: 'x' },
    ])
    expect(malformed.map(({ context }) => context)).toEqual(['CI / a (pull_request)', null])
    expect(malformed[0]?.why).not.toContain('secret-value')
  })
})

describe('a job row', () => {
  it.each([
    { status: 'completed', conclusion: 'success', state: 'success' },
    { status: 'completed', conclusion: 'failure', state: 'failure' },
    { status: 'completed', conclusion: 'cancelled', state: 'cancelled' },
    { status: 'completed', conclusion: 'skipped', state: 'skipped' },
    { status: 'completed', conclusion: undefined, state: 'unknown' },
    { status: 'completed', conclusion: 'neutral', state: 'unknown' },
    { status: 'completed', conclusion: 'constructor', state: 'unknown' },
    { status: 'queued', conclusion: 'success', state: 'open' },
    { status: 'waiting', conclusion: null, state: 'open' },
    { status: 'in_progress', conclusion: undefined, state: 'open' },
    { status: 'new-word', conclusion: 'success', state: 'open' },
  ])('$status and $conclusion is $state', ({ status, conclusion, state }) => {
    expect(
      parseOne(rowSchemas.job(), { id: 3, name: 'a', status, conclusion, run_attempt: 2 }, 'job'),
    ).toEqual({ id: 3, name: 'a', attempt: 2, state })
  })

  it.each(['id', 'name', 'status'].map(key => ({ key })))('is an error without $key', ({ key }) => {
    expect(
      parseRows(rowSchemas.job(), [without({ id: 3, name: 'a', status: 'completed' }, key)])
        .malformed.length,
    ).toBe(1)
  })
})

describe('a task row', () => {
  const TASK = {
    id: 9,
    name: 'a',
    head_branch: '#12',
    head_sha: SHA,
    run_number: 4,
    event: 'pull_request',
    status: 'success',
    workflow_id: 'ci.yml',
    created_at: '2026-05-14T10:00:00Z',
  }
  it.each([
    { status: 'success', state: 'success' },
    { status: 'failure', state: 'failure' },
    { status: 'cancelled', state: 'cancelled' },
    { status: 'skipped', state: 'skipped' },
    { status: 'waiting', state: 'open' },
    { status: 'running', state: 'open' },
    { status: 'blocked', state: 'open' },
    { status: 'cancelling', state: 'open' },
    { status: 'unknown', state: 'unknown' },
    { status: 'toString', state: 'unknown' },
    { status: '', state: 'unknown' },
  ])('$status is $state', ({ status, state }) => {
    expect(parseOne(rowSchemas.task(), { ...TASK, status }, 'task')).toMatchObject({
      id: 9,
      run: 4,
      file: 'ci.yml',
      pull: 12,
      sha: SHA,
      state,
    })
  })

  it.each([
    { branch: '#12', pull: 12 },
    { branch: 'main', pull: null },
    { branch: '#12x', pull: null },
    { branch: 'x#12', pull: null },
    { branch: '#', pull: null },
  ])('of branch $branch is of pull $pull', ({ branch, pull }) => {
    expect(parseOne(rowSchemas.task(), { ...TASK, head_branch: branch }, 'task').pull).toBe(pull)
  })

  it.each(Object.keys(TASK).map(key => ({ key })))('is an error without $key', ({ key }) => {
    expect(parseRows(rowSchemas.task(), [without(TASK, key)]).malformed.length).toBe(1)
  })
})

describe('a pull and a run', () => {
  const PULL = {
    number: 7,
    title: 'A change',
    state: 'open',
    draft: true,
    head: { sha: SHA, ref: 'x' },
    base: { ref: 'main', sha: BASE_SHA, repo: { default_branch: 'main' } },
  }
  it('a pull is read', () => {
    expect(toPull(parseOne(rowSchemas.pull(), PULL, 'pull'))).toEqual({
      number: 7,
      title: 'A change',
      head: SHA,
      base: 'main',
      baseSha: BASE_SHA,
      draft: true,
    })
  })

  it('a pull of a deleted repository and without draft is a pull', () => {
    expect(
      toPull(
        parseOne(
          rowSchemas.pull(),
          { ...without(PULL, 'draft'), base: { ...PULL.base, repo: null } },
          'pull',
        ),
      ),
    ).toMatchObject({ draft: false })
  })

  it.each([
    { sha: '' },
    { sha: 'main' },
    { sha: SHA.toUpperCase() },
    { sha: SHA.slice(1) },
    { sha: null },
  ])('a head of $sha is none', ({ sha }) => {
    expect(() => parseOne(rowSchemas.pull(), { ...PULL, head: { sha } }, 'pull')).toThrow(
      ForgeError,
    )
  })

  it.each([
    { path: 'ci.yml@refs/pull/12/head', file: 'ci.yml', pull: 12 },
    { path: 'ci.yml@refs/heads/main', file: 'ci.yml', pull: null },
    { path: 'ci.yml', file: 'ci.yml', pull: null },
    { path: 'ci.yml@refs/pull/12/head/x', file: 'ci.yml', pull: null },
  ])('path $path', ({ path, file, pull }) => {
    const row = { id: 1, run_number: 1, path, event: 'push', head_sha: SHA, status: 'waiting' }
    expect(parseOne(rowSchemas.run(), row, 'run')).toMatchObject({ file, pull })
  })
})

describe('a list', () => {
  it.each([
    {
      rule: 'statuses: null is an empty page',
      body: { statuses: null },
      key: 'statuses',
      count: 0,
    },
    { rule: 'rows under a key', body: { jobs: [1, 2] }, key: 'jobs', count: 2 },
    { rule: 'a body of rows', body: [1, 2, 3], key: null, count: 3 },
  ])('$rule', ({ body, key, count }) => {
    expect(rowsIn(body, key).length).toBe(count)
  })

  it.each([
    { body: null, key: 'jobs' },
    { body: {}, key: 'jobs' },
    { body: { statuses: {} }, key: 'statuses' },
    { body: [], key: 'statuses' },
    { body: { message: 'no' }, key: 'statuses' },
    { body: '404 page not found', key: 'jobs' },
    { body: null, key: null },
    { body: '', key: null },
    { body: { a: [1] }, key: null },
  ])('$body under $key is no list', ({ body, key }) => {
    expect(() => rowsIn(body, key)).toThrow(ForgeError)
  })

  it('a count is a whole number or nothing', () => {
    expect(
      [{ total_count: 3 }, { total_count: -1 }, { total_count: '3' }, {}, null, []].map(totalUnder),
    ).toEqual([3, null, null, null, null, null])
  })
})

describe('how often a job ran', () => {
  const job = { id: 5, name: 'all-required', status: 'completed', conclusion: 'failure' }
  it.each([
    { rule: 'as the server counts', given: { run_attempt: 2 }, is: 2 },
    { rule: 'never taken by a runner', given: { run_attempt: 0 }, is: 0 },
    { rule: 'not told', given: {}, is: null },
    { rule: 'no number', given: { run_attempt: 'two' }, is: null },
    { rule: 'a negative number', given: { run_attempt: -1 }, is: null },
  ])('$rule: $is', ({ given, is }) => {
    expect(rowSchemas.job().parse({ ...job, ...given }).attempt).toBe(is)
  })
})
