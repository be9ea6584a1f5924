import { afterEach, describe, expect, it } from '@jest/globals'
import { GATE } from '../../verification/e2e/github/setups.js'
import type { GithubServer } from '../../verification/simulator/github/server.js'
import { serveGithub } from '../../verification/simulator/github/server.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import type { Forge, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, serve } from '../../verification/simulator/index.js'
import { drive, open, REQUIRED } from '../../verification/simulator/stories.js'
import { markerOf } from '../../src/tools/tracking/marker.js'
import { runBundle } from '../support/bundle.js'
import { runInProcess } from '../support/in-process.js'
import { widgetsOn } from '../support/open-server.js'

const ISSUE = 1780
const DAY = 24 * 3600

let gitea: SimulatedServer | null = null
let github: GithubServer | null = null
afterEach(async () => {
  await gitea?.close()
  await github?.close()
  gitea = null
  github = null
})

/** An issue that was opened now, as its repository's owner would. */
function openIssue(forge: Forge, change: { readonly open?: boolean; readonly locked?: boolean }) {
  const now = forge.state.clock.now
  forge.state.issues.push({
    id: 9000,
    number: ISSUE,
    title: 'the umbrella lies',
    body: '',
    open: true,
    poster: 1,
    created: now,
    updated: now,
    ...change,
  })
}

/** One more stale pull request. */
function stale(forge: Forge, name: string): void {
  drive(forge, open(forge, name, {}, { doubleRun: false }), { 'all-required': 'failure' })
  forge.clock.advance('12m')
}

async function forgeWith(change: Parameters<typeof openIssue>[1] | null = {}): Promise<Forge> {
  const forge = createForge('gitea-1.23.8', { owner: 'acme', repo: 'widgets' })
  if (change !== null) openIssue(forge, change)
  gitea = await serve(forge)
  return forge
}

const optionsOf = (
  { apiUrl, token }: { readonly apiUrl: string; readonly token: string },
  inputs: Readonly<Record<string, string>>,
) => ({
  apiUrl,
  repo: 'acme/widgets',
  token,
  inputs: { 'tracking-issue': String(ISSUE), 'required-contexts': REQUIRED.join('\n'), ...inputs },
})

async function sweep(inputs: Readonly<Record<string, string>> = {}, token?: string) {
  if (gitea === null) throw new Error('no server')
  const at = { apiUrl: gitea.apiUrl, token: token ?? gitea.token }
  return runInProcess(optionsOf(at, inputs))
}

const comments = (forge: Forge): readonly string[] =>
  forge.state.comments.filter(({ issue }) => issue === ISSUE).map(({ body }) => body)

describe('the tracking issue on Gitea', () => {
  it('three repairs in 14 days are three comments, and the third raises the cause', async () => {
    const forge = await forgeWith()
    for (const name of ['one', 'two', 'three']) {
      stale(forge, name)
      const run = await sweep()
      expect(run.outputs['compensated']).toBe('1')
      expect(run.outputs['days-since-last']).toBe('0')
      forge.clock.advance('3d')
    }
    const told = comments(forge)
    expect(told).toHaveLength(3)
    expect(told[0]).toContain('The 1st time in 14 days')
    expect(told.map(body => body.includes('raise the cause'))).toEqual([false, false, true])
    expect(told[2]).toMatch(/\| \[#\d+\]\(http:.*pulls\/\d+\) \| \[run \d+\]\(http/)

    const again = await sweep()
    expect(comments(forge)).toHaveLength(3)
    expect(again.outputs).toMatchObject({ recurrences: '3', 'days-since-last': '3' })
    expect(again.summary).toContain('3 times in 14 days: raise the cause')
  })

  it('two pull requests of one sweep are one comment', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    stale(forge, 'two')
    expect((await sweep()).outputs).toMatchObject({ compensated: '2', recurrences: '1' })
    expect(comments(forge)).toHaveLength(1)
    expect(comments(forge)[0]).toContain('Repaired 2 pull requests')
  })

  it('14 quiet days propose to close, once', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    await sweep()
    forge.clock.advance('13d')
    await sweep()
    expect(comments(forge)).toHaveLength(1)
    forge.clock.advance('1d')
    for (const wait of ['1d', '20d', '40d']) {
      await sweep()
      forge.clock.advance(wait)
    }
    expect(comments(forge)).toHaveLength(2)
    expect(comments(forge)[1]).toContain('No umbrella had to be repaired for 14 days')
  })

  it('an issue without a repair counts from its own day', async () => {
    const forge = await forgeWith()
    await sweep()
    expect(comments(forge)).toEqual([])
    forge.clock.advance('15d')
    expect((await sweep()).outputs).toMatchObject({ recurrences: '0', 'days-since-last': '' })
    expect(comments(forge)).toHaveLength(1)
  })

  it('a dry run prints the comment and posts none', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    const run = await sweep({ 'dry-run': 'true' })
    expect(comments(forge)).toEqual([])
    expect(run.stdout).not.toContain('this comment would be posted')
    forge.clock.advance('15d')
    expect((await sweep({ 'dry-run': 'true' })).stdout).toContain('this comment would be posted')
  })

  it('nothing is asked of the issue without the input', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    const run = await sweep({ 'tracking-issue': '' })
    expect(gitea?.requests.filter(({ path }) => path.includes('/issues/'))).toEqual([])
    expect(run.outputs).toMatchObject({ recurrences: '', 'days-since-last': '' })
  })

  it("a stranger's marker counts for nothing, however many there are", async () => {
    const forge = await forgeWith()
    const mark = { key: 'x', cause: 'lost-runner', job: 'y' }
    const body = markerOf({ kind: 'repairs', repairs: [mark] })
    const now = forge.state.clock.now
    for (let id = 0; id < 3000; id += 1)
      forge.state.comments.push({
        id: 10_000 + id,
        issue: ISSUE,
        body,
        poster: 77,
        created: now,
        updated: now,
      })
    stale(forge, 'one')
    expect((await sweep()).outputs).toMatchObject({ compensated: '1', recurrences: '1' })
    expect(comments(forge)).toHaveLength(3001)
  })

  it.each([
    { rule: 'closed', change: { open: false }, says: `issue #${ISSUE} is closed` },
    { rule: 'locked', change: { locked: true }, says: `issue #${ISSUE} is locked` },
    { rule: 'absent', change: null, says: 'it does not exist here' },
  ])('an issue that is $rule is a warning, and the sweep stands', async ({ change, says }) => {
    const forge = await forgeWith(change)
    stale(forge, 'one')
    const run = await sweep()
    expect([run.code, run.outputs['compensated']]).toEqual([0, '1'])
    expect(run.stdout).toContain('::warning::tracking-issue: ')
    expect(run.stdout).toContain(says)
    expect(comments(forge)).toEqual([])
  })

  it('a pull request is no issue', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    const number = forge.state.pulls[0]?.number ?? 0
    const run = await sweep({ 'tracking-issue': String(number) })
    expect(run.code).toBe(0)
    expect(run.stdout).toContain(`#${number} is a pull request, not an issue`)
  })

  it('a token that may not see issues warns, and the sweep stands', async () => {
    const forge = await forgeWith()
    forge.addToken('narrow', { kind: 'writer', scopes: ['write:repository'] })
    stale(forge, 'one')
    const run = await sweep({}, 'narrow')
    expect([run.code, run.outputs['compensated']]).toEqual([0, '1'])
    expect(run.stdout).toContain('this token may not read or comment it')
  })

  describe('a token that may not ask who it is', () => {
    const scopes = ['write:repository', 'write:issue']

    it('proposes to close once, and takes its own comment for no silence', async () => {
      const forge = await forgeWith()
      forge.addToken('narrow', { kind: 'writer', scopes })
      forge.clock.advance('20d')
      for (const wait of ['1d', '20d', '40d']) {
        expect((await sweep({}, 'narrow')).code).toBe(0)
        forge.clock.advance(wait)
      }
      expect(comments(forge)).toHaveLength(1)
    })

    it('tells each repair, counts none it cannot prove its own, and says so', async () => {
      const forge = await forgeWith()
      forge.addToken('narrow', { kind: 'writer', scopes })
      stale(forge, 'one')
      expect((await sweep({}, 'narrow')).outputs['recurrences']).toBe('1')
      stale(forge, 'two')
      const run = await sweep({}, 'narrow')
      expect(run.outputs).toMatchObject({ compensated: '1', recurrences: '' })
      expect(run.stdout).toContain('::warning::tracking-issue: earlier comments with the marker')
      expect(run.stdout).toContain('tracking-issue: commented')
      expect(comments(forge)).toHaveLength(2)
      expect(comments(forge)[1]).not.toContain('time in 14 days')
    })
  })

  it('whatever the issue is, bad input is told before anything is asked', async () => {
    await forgeWith()
    const run = await sweep({ 'tracking-issue': '#7' })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('the number of an issue of the same repository, or nothing')
    expect(gitea?.requests).toEqual([])
  })

  it('the bundle comments too', async () => {
    const forge = await forgeWith()
    stale(forge, 'one')
    if (gitea === null) throw new Error('no server')
    const run = await runBundle(optionsOf(gitea, {}))
    expect(run.outputs).toMatchObject({ compensated: '1', recurrences: '1' })
    expect(comments(forge)).toHaveLength(1)
    expect(comments(forge)[0]).not.toContain(gitea.token)
  })
})

describe('the tracking issue on GitHub', () => {
  /** One more pull request whose gate lost its runner over green jobs. */
  function lost(world: GithubWorld): void {
    const { head } = world.pull()
    const [known] = world.workflows
    const workflow =
      known ??
      world.workflow({
        path: '.github/workflows/ci.yml',
        jobs: [{ name: 'lint' }, { name: GATE, needs: ['lint'], gate: 'needs' }],
      })
    const suite = world.ended(workflow, { sha: head }, { lint: 'success' })
    world.end(suite, GATE, 'failure', true)
    world.now += 1200
  }

  async function sweepGithub(world: GithubWorld) {
    github ??= await serveGithub(world)
    return runInProcess({
      ...widgetsOn(github),
      inputs: { 'umbrella-context': GATE, 'tracking-issue': String(ISSUE) },
    })
  }

  it('counts and comments as on Gitea, by the bot of the workflow', async () => {
    const world = new GithubWorld()
    world.issue()
    for (const days of [3, 3, 1]) {
      lost(world)
      expect((await sweepGithub(world)).outputs['rerun']).toBe('1')
      world.now += days * DAY
    }
    expect(world.comments.map(({ body }) => body.includes('raise the cause'))).toEqual([
      ...[false, false, true],
    ])
    expect((await sweepGithub(world)).outputs).toMatchObject({ recurrences: '3' })
    world.now += 14 * DAY
    await sweepGithub(world)
    await sweepGithub(world)
    expect(world.comments).toHaveLength(4)
    expect(github?.faults).toEqual([])
  })

  it('finds the last of ours behind a thousand strangers', async () => {
    const world = new GithubWorld()
    world.issue()
    lost(world)
    await sweepGithub(world)
    for (let at = 0; at < 700; at += 1) world.comment(ISSUE, 'me too', 'mallory')
    world.now += 15 * DAY
    expect((await sweepGithub(world)).outputs).toMatchObject({ 'days-since-last': '15' })
    expect(world.comments.at(-1)?.body).toContain('No umbrella had to be repaired for 15 days')
  })

  it('a token that may not comment warns, and the sweep stands', async () => {
    const world = new GithubWorld()
    world.issue()
    world.rights = { ...world.rights, issues: false }
    lost(world)
    const run = await sweepGithub(world)
    expect([run.code, run.outputs['rerun'], world.comments.length]).toEqual([0, '1', 0])
    expect(run.stdout).toContain('this token may not read or comment it')
  })
})
