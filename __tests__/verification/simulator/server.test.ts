import { describe, expect, it } from '@jest/globals'
import {
  createForge,
  PROFILES,
  type Fault,
  type Forge,
  type ProfileName,
} from '../../../verification/simulator/index.js'
import { CI, latest, opened, UMBRELLA } from './workflows.js'
import { openServer } from '../../support/open-server.js'

async function started(forge: Forge) {
  const server = await openServer(forge)
  const ask = async (
    path: string,
    {
      token = server.token,
      body,
      method,
    }: { token?: string; body?: unknown; method?: string } = {},
  ) => {
    const reply = await fetch(`${server.apiUrl}/repos/acme/app${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: { authorization: `token ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    return {
      status: reply.status,
      text,
      json:
        text.startsWith('{') || text.startsWith('[')
          ? (JSON.parse(text) as Record<string, unknown>)
          : {},
      headers: reply.headers,
    }
  }
  return { server, ask }
}

describe('what each version offers', () => {
  const offered: Record<ProfileName, string> = {
    'gitea-1.22.6': '',
    'gitea-1.23.8': 'tasks',
    'gitea-1.24.7': 'tasks',
    'gitea-1.25.5': 'tasks runs jobs',
    'gitea-1.26.0': 'tasks runs jobs',
    'gitea-1.26.4': 'tasks runs jobs',
    'gitea-1.27.0': 'tasks runs jobs',
    'gitea-28.1.0': 'tasks runs jobs',
    'forgejo-11': 'tasks',
    'forgejo-12': 'tasks runs',
    'forgejo-15': 'tasks runs',
    'forgejo-16': 'tasks runs jobs',
  }
  it.each(Object.keys(PROFILES) as ProfileName[])('%s', async name => {
    const forge = createForge(name)
    const { run } = opened(forge)
    const { ask } = await started(forge)
    const found: string[] = []
    for (const [what, path] of [
      ['tasks', '/actions/tasks'],
      ['runs', '/actions/runs'],
      ['jobs', `/actions/runs/${run.id}/jobs`],
    ] as const) {
      const { status, text } = await ask(path)
      if (status === 200) found.push(what)
      else expect([status, text]).toEqual([404, '404 page not found\n'])
    }
    expect(found.join(' ')).toBe(offered[name])
  })

  it('the merge answers 405 before and 200 after a compensating success up to 1.26', async () => {
    const forge = createForge('gitea-1.26.4')
    const { run, sha, number } = opened(forge)
    forge.protect('main', [UMBRELLA])
    forge.runAll(run, { 'all-required': 'failure' })
    const { ask } = await started(forge)
    expect((await ask(`/pulls/${number}/merge`, { body: { Do: 'merge' } })).status).toBe(405)
    expect(
      (await ask(`/statuses/${sha}`, { body: { context: UMBRELLA, state: 'success' } })).status,
    ).toBe(201)
    expect((await ask(`/pulls/${number}/merge`, { body: { Do: 'merge' } })).status).toBe(200)
    expect(forge.pull(number)).toMatchObject({ merged: true, open: false })
  })

  it(
    'a re-run by the API is refused while the run goes, and starts one job ' + 'when it is done',
    async () => {
      const forge = createForge('gitea-1.26.4')
      const { run } = opened(forge)
      const { ask } = await started(forge)
      const path = `/actions/runs/${run.id}/jobs/${forge.job(run, 'all-required').id}/rerun`
      expect(await ask(path, { method: 'POST' })).toMatchObject({
        status: 400,
        json: { message: 'this workflow run is not done' },
      })
      forge.runAll(run, { 'all-required': 'failure' })
      expect(await ask(path, { method: 'POST' })).toMatchObject({
        status: 201,
        json: { name: 'all-required', status: 'queued' },
      })
    },
  )

  it('Forgejo 16 lists jobs as a plain array', async () => {
    const forge = createForge('forgejo-16')
    const { run } = opened(forge)
    const { ask } = await started(forge)
    expect((await ask(`/actions/runs/${run.id}/jobs`)).json).toMatchObject([
      { name: 'Platform (Go)', status: 'waiting' },
      {},
      { needs: ['go', 'lint'] },
    ])
  })

  it('1.25 shows the webhook name of a push to a pull', async () => {
    const forge = createForge('gitea-1.25.5')
    opened(forge)
    forge.push({ branch: 'topic' })
    const { ask } = await started(forge)
    const { workflow_runs: runs } = (await ask('/actions/runs')).json as {
      workflow_runs: { event: string }[]
    }
    expect(runs.map(run => run.event)).toEqual(['pull_request_sync', 'pull_request'])
  })

  it('the list shows refs/pull/N/head from 1.24 on, which may lag behind the branch', async () => {
    const shown: boolean[] = []
    for (const name of ['gitea-1.23.8', 'gitea-1.24.7'] as const) {
      const forge = createForge(name)
      const { number } = opened(forge)
      forge.push({ branch: 'topic', lagging: true })
      const { ask } = await started(forge)
      const [listed] = (await ask('/pulls?state=open')).json as unknown as {
        head: { sha: string }
      }[]
      const alone = (await ask(`/pulls/${number}`)).json as { head: { sha: string } }
      expect(alone.head.sha).toBe(forge.head(number))
      shown.push(listed?.head.sha === forge.head(number))
    }
    expect(shown).toEqual([true, false])
  })
})

describe('tokens', () => {
  it.each<{
    rule: string
    profile: ProfileName
    rights: Parameters<Forge['addToken']>[1]
    private?: boolean
    answers: readonly number[]
  }>([
    {
      rule: 'a reader may not post',
      profile: 'gitea-1.26.4',
      rights: { kind: 'reader' },
      answers: [200, 403, 200, 403],
    },
    {
      rule: 'a reader of 1.25 may not list runs',
      profile: 'gitea-1.25.5',
      rights: { kind: 'reader' },
      answers: [200, 403, 403, 403],
    },
    {
      rule: 'scopes come first',
      profile: 'gitea-1.26.4',
      rights: { kind: 'owner', scopes: ['read:repository'] },
      answers: [200, 403, 200, 200],
    },
    {
      rule: 'a non-member sees no private repository',
      profile: 'gitea-1.26.4',
      rights: { kind: 'non-member' },
      private: true,
      answers: [404, 404, 404, 404],
    },
    {
      rule: 'a job token may write but not administer',
      profile: 'gitea-1.24.7',
      rights: { kind: 'job' },
      answers: [200, 201, 404, 403],
    },
    {
      rule: 'a job token on a fork pull reads',
      profile: 'gitea-1.26.4',
      rights: { kind: 'job', fork: true },
      answers: [200, 403, 200, 403],
    },
    {
      rule: 'statuses: write gives nothing on a private 1.26',
      profile: 'gitea-1.26.4',
      private: true,
      rights: { kind: 'job', permissions: { statuses: 'write', contents: 'read' } },
      answers: [404, 403, 403, 403],
    },
    {
      rule: '1.22 ignores permissions',
      profile: 'gitea-1.22.6',
      private: true,
      rights: { kind: 'job', permissions: { statuses: 'write' } },
      answers: [200, 201, 404, 403],
    },
  ])('$rule', async ({ profile, rights, private: hidden = false, answers }) => {
    const forge = createForge(profile, { private: hidden })
    const { sha } = opened(forge)
    forge.addToken('t', rights)
    const { ask } = await started(forge)
    const token = 't'
    const got = [
      await ask('/pulls', { token }),
      await ask(`/statuses/${sha}`, { token, body: { state: 'success', context: 'x' } }),
      await ask('/actions/runs', { token }),
      await ask('/branch_protections', { token }),
    ]
    expect(got.map(({ status }) => status)).toEqual(answers)
    if (rights.kind === 'job' && answers[1] === 201)
      expect(latest(forge, sha, 'x').creator).toBe(-2)
  })
})

describe('faults', () => {
  it.each<{ fault: Fault; status: number; written: boolean }>([
    { fault: { kind: 'html' }, status: 200, written: false },
    {
      fault: { kind: 'status', status: 503, headers: { 'retry-after': '1' } },
      status: 503,
      written: false,
    },
    { fault: { kind: 'redirect', location: '/elsewhere' }, status: 307, written: false },
    { fault: { kind: 'commit-then-500' }, status: 500, written: true },
    { fault: { kind: 'commit-then-drop' }, status: 0, written: true },
    { fault: { kind: 'drop' }, status: 0, written: false },
    { fault: { kind: 'truncate' }, status: 0, written: true },
    { fault: { kind: 'mutate', body: () => ({ changed: true }) }, status: 201, written: true },
  ])('$fault.kind', async ({ fault, status, written }) => {
    const forge = createForge('gitea-1.26.4')
    const { sha } = opened(forge)
    const before = forge.history(sha).length
    const { server, ask } = await started(forge)
    server.on(({ method }) => (method === 'POST' ? fault : undefined))
    const reply = await ask(`/statuses/${sha}`, { body: { state: 'success', context: 'x' } }).catch(
      () => ({ status: 0, json: {} }),
    )
    expect(reply.status).toBe(status)
    expect(forge.history(sha).length - before).toBe(written ? 1 : 0)
    if (fault.kind === 'mutate') expect(reply.json).toEqual({ changed: true })
  })

  it(
    'a hook may run script events before the request is handled, and Date is the ' +
      'virtual clock',
    async () => {
      const forge = createForge('gitea-1.26.4', { start: '2026-11-23T10:00:00Z' })
      const { sha, run } = opened(forge)
      const { server, ask } = await started(forge)
      server.on(() => {
        forge.runAll(run)
        forge.clock.advance('5m')
        return undefined
      })
      const reply = await ask(`/commits/${sha}/status`)
      expect(reply.json['state']).toBe('success')
      expect(reply.headers.get('date')).toBe('Mon, 23 Nov 2026 10:05:03 GMT')
      expect(server.requests).toMatchObject([
        { method: 'GET', status: 200, path: `/api/v1/repos/acme/app/commits/${sha}/status` },
      ])
    },
  )

  it('a list shifts when a pull is closed between two pages', async () => {
    const forge = createForge('gitea-1.26.4')
    for (let n = 0; n < 4; n++) {
      forge.push({ branch: `b${n}`, workflow: CI })
      forge.openPull({ branch: `b${n}` })
    }
    const { ask } = await started(forge)
    const first = (await ask('/pulls?state=open&sort=oldest&limit=2&page=1')).json as unknown as {
      number: number
    }[]
    forge.closePull(1)
    const second = (await ask('/pulls?state=open&sort=oldest&limit=2&page=2')).json as unknown as {
      number: number
    }[]
    expect([...first, ...second].map(pull => pull.number)).toEqual([1, 2, 4])
  })
})
