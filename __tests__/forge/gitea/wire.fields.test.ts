import { describe, expect, it } from '@jest/globals'
import { parseRows } from '../../../src/forge/gitea/rows.js'
import { BASE_SHA, SHA } from '../../support/builders.js'

type Wire = typeof import('../../../src/forge/gitea/wire.js')

let times = 0

/** A schema is made when it is first asked for, and kept: here each is asked for the first time. */
async function fresh(): Promise<Wire> {
  times += 1
  const wire: unknown = await import(`../../../src/forge/gitea/wire.js?${times}`)
  return wire as Wire
}

const TIME = '2026-05-14T10:00:00Z'
const AT = Date.parse(TIME)
const FULL = {
  status: {
    id: 7,
    context: 'CI / a',
    status: 'failure',
    description: 'Failing after 2s',
    target_url: '/x',
    creator: { login: 'alice' },
    created_at: TIME,
  },
  pull: {
    number: 7,
    title: 'A change',
    state: 'open',
    draft: true,
    head: { sha: SHA, ref: 'x', repo_id: 3 },
    base: { ref: 'main', sha: BASE_SHA },
  },
  pullIssue: { number: 7, title: 'A change', state: 'open', pull_request: { draft: true } },
  ref: { ref: 'refs/pull/7/head', object: { type: 'commit', sha: SHA } },
  run: {
    id: 11,
    run_number: 4,
    path: 'ci.yml@refs/pull/12/head',
    event: 'pull_request',
    head_sha: SHA,
    status: 'completed',
  },
  forgejoRun: {
    id: 11,
    index_in_repo: 4,
    workflow_id: 'ci.yml',
    prettyref: '#12',
    commit_sha: SHA,
    trigger_event: 'pull_request',
    status: 'success',
  },
  job: {
    id: 3,
    name: 'a',
    status: 'completed',
    conclusion: 'failure',
    run_attempt: 2,
    completed_at: TIME,
  },
  forgejoJob: { id: 3, name: 'a', status: 'success', attempt: 2 },
  task: {
    id: 9,
    name: 'a',
    head_branch: '#12',
    head_sha: SHA,
    run_number: 4,
    event: 'pull_request',
    status: 'success',
    workflow_id: 'ci.yml',
    created_at: TIME,
  },
} as const
type Kind = keyof typeof FULL

const RUN = {
  id: 11,
  number: 4,
  file: 'ci.yml',
  event: 'pull_request',
  pull: 12,
  sha: SHA,
  completed: true,
}
const READ: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> = {
  status: {
    id: 7,
    context: 'CI / a',
    state: 'failure',
    description: 'Failing after 2s',
    targetUrl: '/x',
    creator: 'alice',
    createdAt: AT,
  },
  pull: FULL.pull,
  pullIssue: FULL.pullIssue,
  ref: FULL.ref,
  run: RUN,
  forgejoRun: RUN,
  job: { id: 3, name: 'a', attempt: 2, state: 'failure', endedAt: AT },
  forgejoJob: { id: 3, name: 'a', attempt: 2, state: 'success' },
  task: {
    id: 9,
    run: 4,
    name: 'a',
    file: 'ci.yml',
    event: 'pull_request',
    pull: 12,
    sha: SHA,
    state: 'success',
    createdAt: AT,
  },
}
const KINDS = Object.keys(FULL) as Kind[]

async function readAs(kind: Kind, raw: object) {
  const { rowSchemas } = await fresh()
  return parseRows<unknown>(rowSchemas[kind](), [raw])
}

describe('a row', () => {
  it.each(KINDS)('of kind %s is read with every field', async kind => {
    expect(await readAs(kind, FULL[kind])).toEqual({ rows: [READ[kind]], malformed: [] })
  })

  it.each<{ rule: string; kind: Kind; given: object; read: object }>([
    {
      rule: 'a creator that cannot be read is somebody, and not Actions',
      kind: 'status',
      given: { creator: 5 },
      read: { creator: '(unreadable)' },
    },
    {
      rule: 'a description and a target may be absent',
      kind: 'status',
      given: { description: undefined, target_url: null },
      read: { description: '', targetUrl: '' },
    },
    {
      rule: 'a state of an unknown word is unknown',
      kind: 'status',
      given: { status: 'fine' },
      read: { state: 'unknown' },
    },
    {
      rule: 'title, draft and branch of a pull request may be absent',
      kind: 'pull',
      given: {
        title: null,
        draft: undefined,
        head: { sha: SHA },
        base: { ref: 'main', sha: '' },
      },
      read: {
        title: '',
        draft: false,
        head: { sha: SHA, ref: '', repo_id: -1 },
        base: { ref: 'main', sha: null },
      },
    },
    {
      rule: 'title and draft of an issue may be absent',
      kind: 'pullIssue',
      given: { title: null, pull_request: {} },
      read: { title: '', pull_request: { draft: false } },
    },
    {
      rule: 'a run that goes on is not completed',
      kind: 'run',
      given: { status: 'in_progress', path: 'ci.yml' },
      read: { completed: false, pull: null },
    },
    {
      rule: 'a run of a branch is of no pull request',
      kind: 'forgejoRun',
      given: { prettyref: 'main', status: 'running' },
      read: { pull: null, completed: false },
    },
    ...['#12x', 'x#12', '#', '# 12', 'heads/#12'].map(prettyref => ({
      rule: `a run of ${prettyref} is of no pull request`,
      kind: 'forgejoRun' as const,
      given: { prettyref },
      read: { pull: null },
    })),
    {
      rule: 'an attempt that is not told is not known',
      kind: 'forgejoJob',
      given: { attempt: undefined, status: 'waiting' },
      read: { attempt: null, state: 'open' },
    },
    ...['running', 'blocked'].map(status => ({
      rule: `a job that is ${status} is open`,
      kind: 'forgejoJob' as const,
      given: { status },
      read: { state: 'open' },
    })),
    {
      rule: 'a job of an unknown word is unknown',
      kind: 'forgejoJob',
      given: { status: 'constructor' },
      read: { state: 'unknown' },
    },
    {
      rule: 'a job that completed without a word is unknown',
      kind: 'job',
      given: { conclusion: null },
      read: { state: 'unknown' },
    },
  ])('$rule', async ({ kind, given, read }) => {
    const found = await readAs(kind, { ...FULL[kind], ...given })
    expect(found).toEqual({ rows: [{ ...READ[kind], ...read }], malformed: [] })
  })

  it.each([
    { rule: 'not told', completed_at: null },
    { rule: 'absent', completed_at: undefined },
    { rule: 'the first of 1970', completed_at: '1970-01-01T00:00:00Z' },
    { rule: 'no time', completed_at: 'soon' },
  ])('of a job whose end is $rule has no end', async ({ completed_at }) => {
    const { rows } = await readAs('job', { ...FULL.job, completed_at })
    expect(rows).toStrictEqual([{ id: 3, name: 'a', attempt: 2, state: 'failure' }])
  })

  const NUMBER = 'Invalid input: expected number, received undefined'
  const TEXT = 'Invalid input: expected string, received undefined'
  it.each<{ kind: Kind; why: string }>([
    { kind: 'status', why: `id ${NUMBER}; context ${TEXT}; created_at ${TEXT}` },
    { kind: 'pull', why: `number ${NUMBER}; state ${TEXT}; head ${object()}` },
    { kind: 'pullIssue', why: `number ${NUMBER}; state ${TEXT}; pull_request ${object()}` },
    { kind: 'ref', why: `ref ${TEXT}; object ${object()}` },
    { kind: 'run', why: `id ${NUMBER}; run_number ${NUMBER}; path ${TEXT}` },
    { kind: 'forgejoRun', why: `id ${NUMBER}; index_in_repo ${NUMBER}; workflow_id ${TEXT}` },
    { kind: 'job', why: `id ${NUMBER}; name ${TEXT}; status ${TEXT}` },
    { kind: 'forgejoJob', why: `id ${NUMBER}; name ${TEXT}; status ${TEXT}` },
    { kind: 'task', why: `id ${NUMBER}; name ${TEXT}; head_branch ${TEXT}` },
  ])('of kind $kind without any field says what is missing', async ({ kind, why }) => {
    expect(await readAs(kind, {})).toEqual({ rows: [], malformed: [{ context: null, why }] })
  })

  function object(): string {
    return 'Invalid input: expected object, received undefined'
  }

  it.each<{ rule: string; kind: Kind; given: object; why: RegExp }>([
    {
      rule: 'a time that is none',
      kind: 'status',
      given: { created_at: 'soon' },
      why: /^created_at is no time$/,
    },
    {
      rule: 'a head that is no commit',
      kind: 'pull',
      given: { head: { sha: 'main' } },
      why: /^head\.sha Invalid string: must match pattern/,
    },
    {
      rule: 'a ref without a commit',
      kind: 'ref',
      given: { object: { type: 'commit' } },
      why: /^object\.sha Invalid input: expected string, received undefined$/,
    },
    {
      rule: 'a ref whose object has no kind',
      kind: 'ref',
      given: { object: { sha: SHA } },
      why: /^object\.type Invalid input: expected string, received undefined$/,
    },
  ])('cannot be read with $rule', async ({ kind, given, why }) => {
    const { malformed } = await readAs(kind, { ...FULL[kind], ...given })
    expect(malformed.map(one => one.why)).toEqual([expect.stringMatching(why)])
  })
})
