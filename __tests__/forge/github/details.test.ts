import { describe, expect, it } from '@jest/globals'
import { gap } from '../../../src/core/model/evidence.js'
import { limited, readDetails } from '../../../src/forge/github/details.js'
import { ForgeError } from '../../../src/forge/port.js'
import { NOW } from '../../support/builders.js'
import type { Answers, Question } from '../../support/answering-github.js'
import { commitNode, graphqlOf, answeringGithub, suitesOf } from '../../support/answering-github.js'

type Fields = Readonly<Record<string, unknown>>

const shaOf = (at: number): string => `${String(1000 + at)}${'a'.repeat(36)}`
const SHAS = [shaOf(0), shaOf(1), shaOf(2)]
const REST = (at: number) => `GET /r/commits/${shaOf(at)}/check-suites`
const NOTHING = { total_count: 0, check_suites: [] }
const EMPTY = { suites: [], checks: [], gaps: [] }
/** A commit that GraphQL told of, and nobody posted a status on. */
const SEEN = { ...EMPTY, at: NOW, hasStatus: false }
/** One that REST told of, where a status may stand. */
const BY_REST = { ...EMPTY, at: NOW, hasStatus: true }
const lost = (detail: string, cause: 'unreadable' | 'forbidden' = 'unreadable') => ({
  ...EMPTY,
  gaps: [gap('check suites', cause, detail)],
  at: null,
  hasStatus: true,
})

/** The commits a query asks for, by the names of their fields. */
function askedIn(body: unknown): Readonly<Record<string, string>> {
  const { variables } = body as { variables: Readonly<Record<string, string>> }
  return Object.fromEntries(Object.entries(variables).filter(([name]) => /^c\d+$/.test(name)))
}

const whole = (sha: string): Fields => commitNode(suitesOf(), { oid: sha })

/** What every commit is answered, but for those of which this says something else. */
const told = (others: Fields = {}, ...errors: readonly Fields[]) =>
  function answer({ body }: Question): unknown {
    const commits = Object.entries(askedIn(body)).map(([alias, sha]) => [
      alias,
      sha in others ? others[sha] : whole(sha),
    ])
    return graphqlOf(Object.fromEntries(commits), ...errors)
  }

async function read(graphql: unknown, shas: readonly string[] = SHAS, more: Answers = {}) {
  const github = answeringGithub({ 'POST /graphql': graphql, ...more })
  const details = await readDetails(github.context, shas)
  expect([...details.keys()]).toEqual(shas)
  return {
    found: [...details.values()],
    asked: github.asked,
    chunks: github.sent.map(body => Object.values(askedIn(body))),
  }
}

describe('the details of commits', () => {
  it('are asked for by one query, each under a name of its own', async () => {
    const github = answeringGithub({ 'POST /graphql': told() })
    const details = await readDetails(github.context, SHAS)
    expect([...details]).toEqual(SHAS.map(sha => [sha, SEEN]))
    const [c0, c1, c2] = SHAS
    expect(github.sent).toMatchObject([
      { variables: { owner: 'acme', name: 'widgets', c0, c1, c2 } },
    ])
  })

  it('of more than twenty-five are asked for in several', async () => {
    const shas = Array.from({ length: 30 }, (_, at) => shaOf(at))
    const { chunks, found } = await read(told(), shas)
    expect(chunks).toEqual([shas.slice(0, 25), shas.slice(25)])
    expect(found).toEqual(shas.map(() => SEEN))
  })

  it('say whether anybody posted a status', async () => {
    const posted = { ...whole(shaOf(1)), status: { id: 'x' } }
    const { found } = await read(told({ [shaOf(1)]: posted }))
    expect(found.map(({ hasStatus }) => hasStatus)).toEqual([false, true, false])
  })

  it('are asked for again in halves where GitHub has no time, and at last by REST', async () => {
    const { found, chunks, asked } = await read(
      new ForgeError('timeout', 'no time'),
      SHAS,
      Object.fromEntries([0, 1, 2].map(at => [REST(at), NOTHING])),
    )
    const [a, b, c] = SHAS
    expect(chunks).toEqual([[a, b, c], [a, b], [a], [b], [c]])
    expect(asked.filter(one => one.startsWith('GET'))).toEqual(
      [0, 1, 2].map(at => `${REST(at)}?per_page=100`),
    )
    expect(found).toEqual([BY_REST, BY_REST, BY_REST])
  })

  it.each([
    { rule: 'was not given', commit: null },
    { rule: 'is another one', commit: whole(shaOf(9)) },
    { rule: 'has another shape', commit: { oid: shaOf(1), status: 7, checkSuites: null } },
  ])('of one that $rule are asked for again, alone and then by REST', async ({ commit }) => {
    const { found, chunks } = await read(told({ [shaOf(1)]: commit }), SHAS, { [REST(1)]: NOTHING })
    expect(chunks).toEqual([SHAS, [shaOf(1)]])
    expect(found).toEqual([SEEN, BY_REST, SEEN])
  })

  it('are a gap of every commit where GitHub refuses the query', async () => {
    const { found, chunks } = await read(new ForgeError('forbidden', 'no right'))
    expect(chunks).toEqual([SHAS])
    expect(found).toEqual(SHAS.map(() => lost('no right', 'forbidden')))
  })
})

describe('an error beside the details', () => {
  const WHAT = 'POST /graphql (details)'

  it.each([
    { rule: 'not for sure', error: { message: 'it broke' }, again: true, is: BY_REST },
    {
      rule: 'for sure',
      error: { message: 'it is gone', type: 'NOT_FOUND' },
      again: false,
      is: lost('it is gone'),
    },
  ])('is about one commit alone, $rule', async ({ error, again, is }) => {
    const about = { ...error, path: ['repository', 'c1', 'checkSuites'] }
    const once = ({ body, ...rest }: Question) =>
      Object.keys(askedIn(body)).length === 3
        ? told({}, about)({ body, ...rest })
        : told({ [shaOf(1)]: null })({ body, ...rest })
    const { found, chunks } = await read(once, SHAS, { [REST(1)]: NOTHING })
    expect(found).toEqual([SEEN, is, SEEN])
    expect(chunks).toEqual(again ? [SHAS, [shaOf(1)]] : [SHAS])
  })

  it.each([
    { rule: 'of a commit that was not asked for', path: ['repository', 'c7'] },
    { rule: 'of the repository', path: ['repository'] },
    { rule: 'of what every object has', path: ['repository', 'toString'] },
  ])('$rule may be about any: nothing of it is believed', async ({ path }) => {
    const { found, chunks } = await read(told({}, { message: 'it broke', path }), [shaOf(0)], {
      [REST(0)]: NOTHING,
    })
    expect(chunks).toEqual([[shaOf(0)]])
    expect(found).toEqual([BY_REST])
  })

  it('that is none of a list of commits is told by its request', async () => {
    const { found } = await read(graphqlOf(7))
    const why = `${WHAT}: row Invalid input: expected record, received number`
    expect(found).toEqual(SHAS.map(() => lost(why)))
  })

  it('is none where there are too few requests left: details that wait are a gap', () => {
    const detail = 'only 12 requests are left in this hour; the next sweep goes on'
    expect(limited(12)).toEqual(gap('check suites', 'rate-limited', detail))
  })
})
