import { describe, expect, it } from '@jest/globals'
import { gap } from '../../../src/core/model/evidence.js'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { ReadsAsked } from '../../../src/core/model/surroundings.js'
import { asJobId, asRunId, asRunKey } from '../../../src/core/model/ids.js'
import { openGithubForge } from '../../../src/forge/github/forge.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, NOW, pull, SHA } from '../../support/builders.js'
import { checksHead } from '../../support/check-builders.js'
import type { Answers } from '../../support/answering-github.js'
import {
  AT,
  branchOn,
  commitNode,
  fileOf,
  graphqlOf,
  answeringGithub,
  suitesOf,
  TIME,
} from '../../support/answering-github.js'

const PLACE = { apiUrl: 'https://api.github.com', repo: 'acme/widgets' }

function forgeOn(answers: Answers = {}, place = PLACE) {
  const github = answeringGithub(answers)
  const { reads } = github.kept
  const forge = openGithubForge(github.context, place, { ...reads, isNamed: true })
  return { ...github, cache: reads.cache, forge }
}

describe('one pull request', () => {
  const answer = (state: string) => ({ number: 7, state, head: { sha: SHA }, title: 'more' })

  it.each([
    { state: 'open', open: true },
    { state: 'closed', open: false },
    { state: 'novel', open: false },
  ])('that is $state is open: $open', async ({ state, open }) => {
    const { forge, asked } = forgeOn({ 'GET /r/pulls/7': answer(state) })
    expect(await forge.pull(7)).toEqual({ open, head: SHA })
    expect(asked).toEqual(['GET /r/pulls/7'])
  })

  it('without its head is no answer', async () => {
    const { forge } = forgeOn({ 'GET /r/pulls/7': { number: 7, state: 'open' } })
    await expect(forge.pull(7)).rejects.toThrow(
      'GET /r/pulls/7: head Invalid input: expected object, received undefined',
    )
  })
})

const row = (id: number, change: object = {}) => ({
  id,
  state: 'success',
  context: 'all-required',
  description: 'fine',
  target_url: '',
  created_at: TIME,
  creator: { login: 'ann', type: 'User' },
  ...change,
})

describe('a status', () => {
  const POST = {
    sha: SHA,
    context: 'all-required',
    state: 'success',
    description: 'fine',
    targetUrl: '',
  } as const
  const sentTo = `POST /r/statuses/${SHA}`

  it.each([
    { targetUrl: '', more: {} },
    { targetUrl: 'https://x/1', more: { target_url: 'https://x/1' } },
  ])('is posted with its link ($targetUrl), and nothing more', async ({ targetUrl, more }) => {
    const { forge, asked, sent } = forgeOn({ [sentTo]: row(3) })
    const written = await forge.write({ kind: 'status', post: { ...POST, targetUrl } })
    const fields = { state: 'success', context: 'all-required', description: 'fine', ...more }
    expect([asked, sent]).toEqual([[sentTo], [fields]])
    expect(written).toMatchObject({ id: 3, state: 'success', createdAt: AT, creator: 'ann' })
  })

  it('that is not answered as one is an error of that request', async () => {
    const { forge } = forgeOn({ [sentTo]: {} })
    await expect(forge.write({ kind: 'status', post: POST })).rejects.toThrow(`${sentTo}: id `)
  })

  it('counts as a merge reads it: the newest of a context, whatever its case', async () => {
    const rows = [
      row(5, { context: 'All-Required' }),
      row(8),
      row(6, { context: 'ALL-REQUIRED' }),
      row(2, { context: 'Straße' }),
      row(1, { context: 'STRASSE' }),
      row(4, { context: 'lint' }),
    ]
    const { forge, asked } = forgeOn({ [`GET /r/commits/${SHA}/statuses`]: rows })
    const { value, gaps, at } = await forge.gateRows(SHA)
    expect(value.map(({ id }) => id)).toEqual([8, 2, 1, 4])
    expect([gaps, at]).toEqual([[], NOW])
    expect(asked).toEqual([`GET /r/commits/${SHA}/statuses?per_page=100&page=1`])
  })

  it('above a mark is newer than it', async () => {
    const { forge } = forgeOn({ [`GET /r/commits/${SHA}/statuses`]: [row(8), row(7), row(6)] })
    expect((await forge.rowsSince(SHA, 6)).value.map(({ id }) => id)).toEqual([8, 7])
  })
})

const NODE = (number: number, head: string) => ({
  number,
  title: 't',
  isDraft: false,
  headRefOid: head,
  baseRefName: 'main',
  baseRefOid: BASE_SHA,
  commits: { nodes: [{ commit: { oid: head, status: null, checkSuites: suitesOf() } }] },
})
const LIST = graphqlOf({
  pullRequests: {
    nodes: [NODE(7, SHA), NODE(8, BASE_SHA), NODE(9, SHA)],
    pageInfo: { hasNextPage: false, endCursor: null },
  },
})

describe('pull requests of GitHub', () => {
  it('are listed whole, and by no tips', async () => {
    const { forge } = forgeOn({ 'POST /graphql': LIST })
    expect(forge.listsTips).toBe(false)
    for (const list of [await forge.listPulls(), await forge.openPulls()])
      expect(list.pulls.map(({ number }) => number)).toEqual([7, 8, 9])
  })

  it('on a commit are those that stand on it', async () => {
    const { forge } = forgeOn({ 'POST /graphql': LIST })
    expect((await forge.pullsOn(SHA)).map(({ number }) => number)).toEqual([7, 9])
    expect(await forge.pullsOn('f'.repeat(40))).toEqual([])
  })

  it('have a preview by their list, and none before it', async () => {
    const { forge } = forgeOn({ 'POST /graphql': LIST })
    const head = { sha: SHA, pulls: [pull()] } as const
    const before = await forge.preview(head)
    expect(before.evidence.gaps).toEqual([gap('the head', 'incomplete', 'no page told of it')])
    await forge.listPulls()
    const after = await forge.preview(head)
    expect(after.evidence.gaps).toEqual([])
    expect(await forge.atCurrentHead(after)).toBe(after)
  })

  it('are read whole where the umbrella is red alone', async () => {
    expect(await forgeOn().forge.failedHeads()).toEqual({
      shas: new Set(),
      why: 'on GitHub only heads with a red umbrella are read whole',
    })
  })
})

describe('a look at a head', () => {
  const answers = (tip: string): Answers => ({
    'POST /graphql': graphqlOf({ c0: commitNode(suitesOf()) }),
    'GET /r/rules/branches/main': [],
    'GET /r/branches/main': branchOn(tip),
  })

  it('is a study, and a second one asks anew where branches stand', async () => {
    const { forge, cache } = forgeOn(answers(BASE_SHA))
    const [seen] = await forge.study([checksHead({ studied: false })])
    expect(seen).toMatchObject({ kind: 'checks', studied: true, gaps: [] })
    cache.tips.set('main', Promise.resolve('of before'))
    const again = await forge.secondLook(checksHead({ studied: false }))
    expect(again).toEqual(seen)
    expect(cache.tips.size).toBe(0)
  })

  it('has all that is asked around it', async () => {
    const { forge } = forgeOn()
    const head = checksHead()
    expect(await forge.withGateRows(head)).toBe(head)
    expect(await forge.withSurroundings(head, {} as ReadsAsked)).toBe(head)
  })

  it('is of check runs: evidence of another forge is a defect', async () => {
    const { forge } = forgeOn()
    const other = { ...checksHead(), kind: 'jobs' } as unknown as Evidence
    await expect(forge.secondLook(other)).rejects.toThrow('GitHub gives check runs')
    expect(() => forge.study([other])).toThrow('GitHub gives check runs')
  })

  it('has the needs of its umbrella read anew, for these pull requests', async () => {
    const { forge, cache, asked } = forgeOn(answers(BASE_SHA))
    cache.tips.set('main', Promise.resolve('of before'))
    const before = checksHead({ gaps: [gap('old', 'unreadable', 'of before')] })
    const pulls = [pull(8)] as const
    expect(await forge.surroundings(before, pulls)).toEqual({ ...before, pulls, gaps: [] })
    expect([cache.tips.size, asked]).toEqual([0, []])
  })
})

describe('what else a sweep asks of GitHub', () => {
  const TREE = `GET /r/contents/.github/workflows?ref=${BASE_SHA}`
  const file = (name: string) => ({ path: `.github/workflows/${name}`, type: 'file', sha: name })

  it.each([
    { job: 'all-required', has: true },
    { job: 'Lint', has: false },
  ])('whether a branch has the umbrella: with the job $job, $has', async ({ job, has }) => {
    const { forge } = forgeOn({
      'GET /r/branches/main': branchOn(BASE_SHA),
      [TREE]: [file('ci.yml')],
      'GET /r/contents/.github/workflows/ci.yml': fileOf(
        'on: pull_request',
        'jobs:',
        `  ${job}: {}`,
      ),
    })
    expect(await forge.hasUmbrella('main')).toBe(has)
  })

  it('what a merge requires', async () => {
    const { forge } = forgeOn({
      'GET /r/rules/branches/main': new ForgeError('forbidden', 'no right'),
    })
    await expect(forge.requiredToMerge('main')).rejects.toThrow('no right')
  })

  it('what a re-run would touch, and the re-run itself', async () => {
    const { forge, asked, sent } = forgeOn({ 'POST /r/actions/jobs/9/rerun': {} })
    expect(await forge.rerunReach(checksHead(), asRunKey(5))).toEqual({
      kind: 'unreadable',
      why: 'there is no run 5',
    })
    const write = { kind: 'rerun', run: asRunId(5), job: asJobId(9), wholeRun: false } as const
    await forge.rerun(write)
    expect(asked.at(-1)).toBe('POST /r/actions/jobs/9/rerun')
    expect(sent).toEqual([null])
    expect(forge.print(write)).toBe('gh run rerun --job 9 --repo acme/widgets')
    expect(await forge.rerunsNow?.([])).toEqual(new Map())
  })
})

describe('addresses of pages', () => {
  it.each([
    { apiUrl: 'https://api.github.com', page: 'https://github.com' },
    { apiUrl: 'https://ghes.example.org/api/v3', page: 'https://ghes.example.org' },
  ])('of $apiUrl are on $page', ({ apiUrl, page }) => {
    const { forge } = forgeOn({}, { ...PLACE, apiUrl })
    const repository = `${page}/acme/widgets`
    expect(forge.addressOf(asRunKey(5))).toBe(`${repository}/actions/runs/5`)
    expect(forge.addressOf(asRunKey(5), asJobId(9))).toBe(`${repository}/actions/runs/5/job/9`)
    expect(forge.addressOfPull(7)).toBe(`${repository}/pull/7`)
  })

  it('of the run a sweep is a step of are where that runs, if it runs anywhere', () => {
    const { forge } = forgeOn()
    const run = { repository: 'https://x/o/r', id: '12', number: '3' }
    expect(forge.linkTo(run)).toBe('https://x/o/r/actions/runs/12')
    expect(forge.linkTo({ ...run, repository: '' })).toBe('')
  })
})
