import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence, Evidence } from '../../../src/core/model/evidence.js'
import { asRunId } from '../../../src/core/model/ids.js'
import { rerunsNow } from '../../../src/forge/github/progress.js'
import type { SentRerun } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import { NOW, SHA } from '../../support/builders.js'
import { checksHead } from '../../support/check-builders.js'
import type { Question } from '../../support/answering-github.js'
import { graphqlOf, answeringGithub } from '../../support/answering-github.js'

/** The umbrella was red in two runs, and one of them had another job. */
const BEFORE = checksHead({
  legs: ['R5 Lint success', 'R5 all-required failure', 'R6 all-required failure'],
})
const startOf = (at: number): string => new Date(BEFORE.checks[at]?.startedAt ?? 0).toISOString()
const [LINT, OLD, OTHER_RUN] = [startOf(0), startOf(1), startOf(2)]
const NEW = new Date(NOW).toISOString()

const job = (status: string, startedAt: string | null) => ({ status, startedAt })
const done = (startedAt: string | null) => job('COMPLETED', startedAt)

/** The umbrella's jobs of one run, as a commit shows them. */
const suite = (run: number, ...nodes: readonly unknown[]) => ({
  workflowRun: { databaseId: run },
  checkRuns: { nodes },
})
const commit = (...nodes: readonly unknown[]) => ({ checkSuites: { nodes } })

const rerun = (evidence: Evidence = BEFORE): SentRerun => ({ evidence, run: asRunId(5) })

describe('how far a re-run has come', () => {
  it.each([
    { rule: 'its job runs', nodes: [suite(5, job('IN_PROGRESS', NEW))], is: 'going' },
    { rule: 'its job waits', nodes: [suite(5, job('QUEUED', null))], is: 'going' },
    {
      rule: 'its job runs beside the old one',
      nodes: [suite(5, done(OLD), job('IN_PROGRESS', NEW))],
      is: 'going',
    },
    { rule: 'its job has ended', nodes: [suite(5, done(NEW))], is: 'ended' },
    {
      rule: 'its job has ended beside the old one',
      nodes: [suite(5, done(OLD), done(NEW))],
      is: 'ended',
    },
    { rule: 'the old job is still the newest', nodes: [suite(5, done(OLD))], is: undefined },
    { rule: 'it started with another job', nodes: [suite(5, done(LINT))], is: 'ended' },
    { rule: 'it started with another run', nodes: [suite(5, done(OTHER_RUN))], is: 'ended' },
    {
      rule: 'another run goes on, and another one has ended',
      nodes: [suite(6, job('QUEUED', null)), suite(7, done(NEW))],
      is: undefined,
    },
    {
      rule: 'another run goes on beside what ended',
      nodes: [suite(6, job('QUEUED', null)), suite(5, done(NEW))],
      is: 'ended',
    },
    {
      rule: 'what is withheld tells nothing',
      nodes: [null, suite(5, null), { workflowRun: null, checkRuns: { nodes: [done(NEW)] } }],
      is: undefined,
    },
    {
      rule: 'check runs that are withheld tell nothing',
      nodes: [{ workflowRun: { databaseId: 5 }, checkRuns: null }],
      is: undefined,
    },
  ])('$rule: $is', async ({ nodes, is }) => {
    const { context } = answeringGithub({ 'POST /graphql': graphqlOf({ c0: commit(...nodes) }) })
    const told = await rerunsNow(context, [rerun()])
    expect([...told]).toEqual(is === undefined ? [] : [[SHA, is]])
  })

  it.each([
    { rule: 'a commit that is not given', fields: { c0: null } },
    { rule: 'a commit of another shape', fields: { c0: { checkSuites: null } } },
    { rule: 'no list of commits', fields: 7 },
  ])('is not told by $rule', async ({ fields }) => {
    const { context } = answeringGithub({ 'POST /graphql': graphqlOf(fields) })
    expect(await rerunsNow(context, [rerun()])).toEqual(new Map())
  })

  it('is not told of evidence of another forge', async () => {
    const field = commit(suite(5, job('QUEUED', null)))
    const { context } = answeringGithub({ 'POST /graphql': graphqlOf({ c0: field }) })
    const other = { ...BEFORE, kind: 'jobs' } as unknown as Evidence
    expect(await rerunsNow(context, [rerun(other)])).toEqual(new Map())
  })
})

describe('many re-runs', () => {
  const heads = (count: number): readonly CheckEvidence[] =>
    Array.from({ length: count }, (_, at) => ({ ...BEFORE, sha: String(1000 + at).repeat(10) }))
  const going = commit(suite(5, job('QUEUED', null)))
  const countOf = (body: unknown): number =>
    Object.keys((body as { variables: object }).variables).filter(name => /^c\d+$/.test(name))
      .length

  it.each([
    { count: 0, chunks: [] },
    { count: 1, chunks: [1] },
    { count: 100, chunks: [100] },
    { count: 150, chunks: [100, 50] },
  ])('$count are asked for in chunks: $chunks', async ({ count, chunks }) => {
    const { context, sent } = answeringGithub({
      'POST /graphql': ({ body }: Question) =>
        graphqlOf(
          Object.fromEntries(Array.from({ length: countOf(body) }, (_, at) => [`c${at}`, going])),
        ),
    })
    const told = await rerunsNow(context, heads(count).map(rerun))
    expect(sent.map(countOf)).toEqual(chunks)
    expect([...told]).toEqual(heads(count).map(({ sha }) => [sha, 'going']))
  })

  it('are asked for by their commits, and each by its own answer', async () => {
    const [first, second] = heads(2)
    const fields = { c0: commit(suite(5, done(OLD))), c1: going }
    const { context, sent } = answeringGithub({ 'POST /graphql': graphqlOf(fields) })
    const told = await rerunsNow(context, heads(2).map(rerun))
    expect([...told]).toEqual([[second?.sha, 'going']])
    expect(sent).toMatchObject([
      {
        variables: {
          owner: 'acme',
          name: 'widgets',
          umbrella: 'all-required',
          c0: first?.sha,
          c1: second?.sha,
        },
      },
    ])
  })

  it('of which one chunk is lost are told by the other', async () => {
    const { context } = answeringGithub({
      'POST /graphql': ({ body }: Question) =>
        countOf(body) === 100 ? new ForgeError('timeout', 'no time') : graphqlOf({ c0: going }),
    })
    const told = await rerunsNow(context, heads(101).map(rerun))
    expect([...told.keys()]).toEqual([heads(101)[100]?.sha])
  })
})
