import { describe, expect, it } from '@jest/globals'
import { openGithub } from '../../../src/forge/github/adapter.js'
import type { Exchanges } from '../../../src/forge/exchange.js'
import type { OpenOptions } from '../../../src/forge/registry.js'
import { SERVER } from '../../../verification/proof/checks/evidence.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import { checkPolicy } from '../../support/check-builders.js'
import { lateClock } from '../../support/clock.js'
import { branchOn, commitNode, graphqlOf, suitesOf } from '../../support/answering-github.js'

const OPTIONS: OpenOptions = {
  place: { apiUrl: 'https://api.github.com', repo: 'acme/widgets' },
  token: 'secret',
  sweepFile: null,
  userAgent: 'test',
  budget: 60_000,
  concurrency: 4,
  now: () => 0,
  random: () => 0,
  sleep: () => Promise.resolve(),
  ...lateClock,
}

const ROOT = '/repos/acme/widgets'
const REPOSITORY = { default_branch: 'main' }

type Answers = Readonly<Record<string, unknown>>

/** A GitHub that answers from a table by path, and `null` by 404. */
function exchangesOf(answers: Answers, headers: Readonly<Record<string, string | string[]>> = {}) {
  const asked: string[] = []
  let closed = 0
  const exchanges: Exchanges = {
    send: (method, path) => {
      asked.push(`${method} ${path}`)
      const body = answers[path.split('?')[0] ?? path] ?? null
      return Promise.resolve({
        status: body === null ? 404 : 200,
        headers: {
          'content-type': 'application/json',
          date: new Date(0).toUTCString(),
          ...headers,
        },
        bytes: Buffer.from(JSON.stringify(body)),
      })
    },
    close: () => {
      closed += 1
    },
  }
  return { exchangesTo: () => exchanges, asked, closed: () => closed }
}

async function opened(answers: Answers = {}, headers: Parameters<typeof exchangesOf>[1] = {}) {
  const to = exchangesOf({ [ROOT]: REPOSITORY, ...answers }, headers)
  return { ...to, github: await openGithub(OPTIONS, to.exchangesTo) }
}

describe('a GitHub server', () => {
  const VERSION = 'x-github-enterprise-version'

  it.each([
    { rule: 'no header', headers: {}, version: '(github.com)' },
    { rule: 'one', headers: { [VERSION]: '3.14.2' }, version: 'Enterprise Server 3.14.2' },
    { rule: 'two of them', headers: { [VERSION]: ['3.14.2', '3.9'] }, version: '(github.com)' },
  ])('is told by its answer, with $rule: $version', async ({ headers, version }) => {
    const { github, asked } = await opened({}, headers)
    // What the proof takes for GitHub is what a sweep takes for it.
    expect(github.server).toEqual({ ...SERVER, version })
    expect(github.defaultUmbrella).toBe('all-required')
    expect(asked).toEqual([`GET ${ROOT}`])
    expect(github.requests()).toBe(1)
  })

  it('is left when the sweep is over, and not before', async () => {
    const { github, closed } = await opened()
    expect(closed()).toBe(0)
    github.close()
    expect(closed()).toBe(1)
  })

  it('is left at once where its repository cannot be seen', async () => {
    const { exchangesTo, closed } = exchangesOf({})
    await expect(openGithub(OPTIONS, exchangesTo)).rejects.toMatchObject({
      code: 'not-found',
      message: `GET ${ROOT}: 404`,
    })
    expect(closed()).toBe(1)
  })
})

describe('what an opened GitHub gives', () => {
  const RULES = {
    [`${ROOT}/branches/main`]: branchOn(BASE_SHA),
    [`${ROOT}/rules/branches/main`]: [
      { type: 'merge_queue' },
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: 'all-required' }] },
      },
    ],
    [`${ROOT}/contents/.github/workflows`]: [],
  }
  const COMMIT = { '/graphql': graphqlOf({ c0: commitNode(suitesOf()) }) }
  const head = { sha: SHA, pulls: [pull()] } as const

  it('is its workflows and what a merge requires', async () => {
    const { github } = await opened(RULES)
    expect(await github.inspect()).toEqual({
      branch: 'main',
      files: [],
      required: ['all-required'],
      queue: true,
    })
    expect(await github.umbrellas()).toEqual({
      kind: 'searched',
      branch: 'main',
      contexts: [],
      required: ['all-required'],
    })
  })

  it('is a sweep of this repository, and commits of it', async () => {
    const { github } = await opened(COMMIT)
    const forge = github.forgeFor(checkPolicy(), true)
    expect(forge.server).toBe(github.server)
    expect(forge.addressOfPull(7)).toBe('https://github.com/acme/widgets/pull/7')
    const commits = github.commitsFor(checkPolicy())
    expect(commits.addressOfCommit(SHA)).toBe(`https://github.com/acme/widgets/commit/${SHA}`)
    const [seen] = await commits.study([head])
    expect(seen).toMatchObject({ sha: SHA, gaps: [], studied: true })
  })
})
