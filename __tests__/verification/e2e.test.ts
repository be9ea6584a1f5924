import { describe, expect, it } from '@jest/globals'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { BASES, REQUIRED, UMBRELLA, workflowOf } from '../../verification/e2e/ci.js'
import { openClient } from '../../verification/e2e/client.js'
import { endless, jobsIn, longestSleep } from '../../verification/e2e/jobs.js'
import { openProxy } from '../../verification/e2e/proxy.js'
import { openRealHost } from '../../verification/e2e/real.js'
import { ALL_SCENARIOS as SCENARIOS } from '../../verification/e2e/all-scenarios.js'
import { simulatedHost } from '../../verification/e2e/simulated.js'
import { runBundle } from '../support/bundle.js'
import { runInProcess } from '../support/in-process.js'
import { comparing } from '../support/other-ways.js'
import { openStandIn, type StandIn } from '../../verification/e2e/stand-in.js'
import { runSuite, tableOf, type Cell } from '../../verification/e2e/suite.js'
import type { Host } from '../../verification/e2e/world.js'
import type { ProfileName } from '../../verification/simulator/index.js'
import type { RealServer } from '../../verification/e2e/real-server.js'
import { untilTheEnd } from '../support/open-server.js'

const only = (...names: readonly string[]) => SCENARIOS.filter(({ name }) => names.includes(name))
const brief = ({ scenario, result, detail }: Omit<Cell, 'host' | 'ms'>) =>
  `${scenario}: ${result}${detail === '' ? '' : ` (${detail})`}`
const allPassed = (): readonly string[] => SCENARIOS.map(({ name }) => `${name}: passed`)

interface Stage {
  server: StandIn
  host: Host
}

async function standIn(
  profile: ProfileName,
  slots: number,
  options: Partial<RealServer> = {},
): Promise<Stage> {
  const server = untilTheEnd(await openStandIn(profile, slots))
  return {
    server,
    host: await openRealHost({
      url: server.url,
      token: server.token,
      pollMs: 5,
      silenceMs: 20,
      secondMs: 0,
      run: runBundle,
      ...options,
    }),
  }
}

describe('the suite on simulated servers', () => {
  // `npm run e2e` plays every scenario by the bundle; here, a few in every way of reading.
  it('the same verdicts by either list and either first look', async () => {
    const some = only('stale', 'red', 'shared head', 'natural race', 'closed pull')
    const host = simulatedHost('forgejo-15', comparing(runInProcess))
    const cells = await runSuite([host], some, 3)
    expect(some).toHaveLength(5)
    expect(cells.map(brief)).toEqual(some.map(({ name }) => `${name}: passed`))
  }, 90_000)

  it('fails when the server does not do what its facts say', async () => {
    const truth = simulatedHost('gitea-1.23.8', runInProcess)
    const facts = { postedStatusWins: false, grade: 'jobs', rerun: true } as const
    const lie: Host = {
      ...truth,
      open: async (scenario, slots) => ({ ...(await truth.open(scenario, slots)), facts }),
    }
    const cells = await runSuite([lie], only('green', 'stale'), 2)
    expect(cells.map(brief)).toEqual([
      'green: failed (grade: tasks, expected jobs)',
      'stale: failed (outcome of #1: compensated, expected rerun)',
    ])
    expect(tableOf(cells).split('\n').slice(0, 3)).toEqual([
      '              green  stale',
      'gitea-1.23.8  ✗      ✗',
      '✗ gitea-1.23.8, green: grade: tasks, expected jobs',
    ])
  }, 180_000)

  it('prints the reason when the runner cannot show a race', async () => {
    const host = simulatedHost('gitea-1.26.4', runInProcess)
    const cells = await runSuite(
      [{ ...host, open: scenario => host.open(scenario, 1) }],
      only('natural race'),
      1,
    )
    expect(tableOf(cells)).toContain(
      '– gitea-1.26.4, natural race: the older run did not end last: the runner needs a slot ' +
        'for each run',
    )
  }, 180_000)
})

describe('the workflows', () => {
  it('a runner can tell what ends, and how long a job is silent', () => {
    expect(jobsIn(workflowOf()).map(({ context }) => context)).toEqual([...REQUIRED, UMBRELLA])
    expect([...endless(workflowOf({ waits: 'py' }))]).toEqual([
      'CI / Python Lint & Test (pull_request)',
    ])
    expect([longestSleep(workflowOf()), longestSleep(workflowOf({ umbrella: 'late' }))]).toEqual([
      0, 45,
    ])
    const labels = workflowOf({ waits: 'go' }, 'mine').match(/(?<=runs-on: )\S+/g)
    expect(labels).toEqual(['mine', 'nobody', 'mine', 'mine', 'mine', 'mine'])
  })
})

describe('the suite on a real server, as a stand-in shows it', () => {
  it.each<ProfileName>(['gitea-1.27.0'])(
    '%s: every scenario, and nothing is left behind',
    async profile => {
      const { server, host } = await standIn(profile, 3, { run: runInProcess })
      const cells = await runSuite([host], SCENARIOS, 1)
      expect(cells.map(brief)).toEqual(allPassed())
      await host.close()
      expect(server.left()).toEqual([])
    },
    180_000,
  )

  it('asks these requests, in this order, with these bodies', async () => {
    const { server, host } = await standIn('gitea-1.22.6', 1)
    const cells = await runSuite([host], only('stale'), 1)
    await host.close()
    expect(cells.map(brief)).toEqual(['stale: passed'])
    const org = (server.asked[0]?.body as { username: string }).username
    expect(org).toMatch(/^umbrella-reaper-e2e-[0-9a-f]{8}$/)
    const made = (name: string) => [
      [`POST /orgs/${org}/repos`, { name, auto_init: true, default_branch: 'main', private: true }],
      [`PATCH /repos/${org}/${name}`, { has_actions: true }],
      [
        `POST /repos/${org}/${name}/branches`,
        { new_branch_name: 'release', old_branch_name: 'main' },
      ],
      ...BASES.map(base => [
        `POST /repos/${org}/${name}/branch_protections`,
        {
          branch_name: base,
          rule_name: base,
          enable_push: true,
          enable_status_check: true,
          status_check_contexts: [UMBRELLA],
        },
      ]),
    ]
    const pushed = (name: string, branch: string, content: unknown) => [
      [
        `POST /repos/${org}/${name}/contents/.gitea/workflows/ci.yml`,
        {
          branch: 'main',
          new_branch: branch,
          message: `workflow of ${branch}`,
          content,
        },
      ],
      [
        `POST /repos/${org}/${name}/pulls`,
        { head: branch, base: 'main', title: `${branch} into main` },
      ],
    ]
    const status = (name: string) =>
      expect.stringMatching(
        new RegExp(`^POST /repos/${org}/${name}/statuses/[0-9a-f]{40}$`),
      ) as unknown
    expect(server.asked.map(({ method, path, body }) => [`${method} ${path}`, body])).toEqual([
      ['POST /orgs', { username: org, visibility: 'private' }],
      ...made('probe'),
      ...pushed('probe', 'probe', expect.any(String)),
      [
        status('probe'),
        {
          context: 'Probe / fail (pull_request)',
          state: 'success',
          description: 'does a posted status win?',
        },
      ],
      [`POST /repos/${org}/probe/actions/runs/999999999/jobs/1/rerun`, undefined],
      [`DELETE /repos/${org}/probe`, undefined],
      ...made('stale'),
      ...pushed('stale', 'topic', Buffer.from(workflowOf({ umbrella: 'once' })).toString('base64')),
      [`POST /repos/${org}/stale/pulls/1/merge`, { Do: 'merge' }],
      [status('stale'), expect.objectContaining({ context: UMBRELLA, state: 'success' })],
      [`POST /repos/${org}/stale/pulls/1/merge`, { Do: 'merge' }],
      [`DELETE /repos/${org}/stale`, undefined],
      [`DELETE /orgs/${org}`, undefined],
    ])
  }, 180_000)

  it('measures what the server does instead of reading its version', async () => {
    const facts = []
    for (const profile of [
      'gitea-1.22.6',
      'gitea-1.24.7',
      'gitea-1.27.0',
      'forgejo-15',
      'forgejo-16',
    ] as const) {
      const { host } = await standIn(profile, 1)
      const world = await host.open('any', 1)
      const { postedStatusWins, grade, rerun } = world.facts
      facts.push([profile, postedStatusWins, grade, rerun])
      await host.close()
    }
    expect(facts).toEqual([
      ['gitea-1.22.6', true, 'statuses', false],
      ['gitea-1.24.7', true, 'tasks', false],
      ['gitea-1.27.0', false, 'jobs', true],
      ['forgejo-15', true, 'tasks', false],
      ['forgejo-16', true, 'jobs', false],
    ])
  }, 180_000)

  it(
    'a server without a runner: every scenario says what is missing, and ' +
      'everything is deleted',
    async () => {
      const { server, host } = await standIn('gitea-1.26.4', 0, { timeoutMs: 100 })
      const cells = await runSuite([host], only('green', 'red'), 1)
      await host.close()
      const asks = 'is a runner with the label ubuntu-latest registered and idle?'
      const why = `failed (waited 0 s: Probe / fail (pull_request) did not end; ${asks})`
      expect(cells.map(brief)).toEqual([`green: ${why}`, `red: ${why}`])
      expect(server.left()).toEqual([])
    },
    180_000,
  )

  it('an interrupted suite makes nothing after its organisation is gone', async () => {
    const { server, host } = await standIn('gitea-1.26.4', 1)
    await host.open('one', 1)
    await host.close()
    await expect(host.open('two', 1)).rejects.toThrow('the organisation is being deleted')
    expect(server.left()).toEqual([])
  }, 180_000)
})

describe('the client', () => {
  it('never puts the token into an error', async () => {
    const { server } = await standIn('gitea-1.22.6', 1)
    const wrong = 'secret-secret-secret'
    const refused = openClient(`${server.url}/api/v1`, wrong)
    await expect(refused.want('GET', '/repos/a/b', [200])).rejects.toThrow(
      'GET /repos/a/b: 401 token is required',
    )
    const message = async (client: ReturnType<typeof openClient>, path: string) =>
      client.want('GET', path, [200]).then(
        () => '',
        (error: unknown) => inspect(error, { depth: 9 }),
      )
    expect(await message(refused, `/repos/${wrong}/b`)).toContain(
      'GET /repos/***/b: 401 token is required',
    )
    expect(await message(refused, `/repos/${wrong}/b`)).not.toContain(wrong)
    expect(await message(openClient(server.url, `${wrong}\nx`), '/')).not.toContain(wrong)
    expect(await message(openClient('http://127.0.0.1:1', wrong, 1000), '/')).toContain(
      'GET /: fetch failed',
    )
  })

  it('gives up on a server that does not answer in time', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await expect(
      openClient(`http://127.0.0.1:${port}`, 'x', 50).ask('GET', '/version'),
    ).rejects.toThrow(/GET \/version: .*timeout/)
    silent.closeAllConnections()
    silent.close()
  })
})

describe('the proxy', () => {
  async function upstream(): Promise<{
    apiUrl: string
    seen: string[]
    close: () => Promise<void>
  }> {
    const seen: string[] = []
    const server = createServer((message, response) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('end', () => {
        seen.push(
          `${message.method ?? ''} ${message.url ?? ''} ${message.headers.authorization ?? ''} ` +
            Buffer.concat(chunks).toString(),
        )
        response.writeHead(201, {
          'x-total-count': '7',
          'content-type': 'application/json',
          date: 'Thu, 14 May 2026 10:00:00 GMT',
        })
        response.end('{"é":1}')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const close = (): Promise<void> =>
      new Promise(resolve =>
        server.close(() => {
          resolve()
        }),
      )
    return {
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
      seen,
      close,
    }
  }

  it(
    'passes a request and its answer on unchanged, and lets the event happen once, before the ' +
      'first request of its moment',
    async () => {
      const real = await upstream()
      const order: string[] = []
      const happen = async (): Promise<void> => {
        await new Promise(resolve => setTimeout(resolve, 30))
        order.push(`event after ${real.seen.length} requests`)
      }
      const proxy = await openProxy(real.apiUrl, { at: 'before the write', happen })
      const ask = (path: string, method = 'GET') =>
        fetch(`${proxy.apiUrl}${path}`, {
          method,
          headers: { authorization: 'token x' },
          ...(method === 'POST' ? { body: '{"a":1}' } : {}),
        })
      expect((await ask('/pulls?page=1')).status).toBe(201)
      const [written, held] = await Promise.all([
        ask('/repos/o/r/statuses/abc', 'POST'),
        ask('/repos/o/r/pulls/1'),
      ])
      await ask('/repos/o/r/statuses/abc', 'POST')
      expect([
        await written.text(),
        written.headers.get('x-total-count'),
        written.headers.get('date'),
      ]).toEqual(['{"é":1}', '7', 'Thu, 14 May 2026 10:00:00 GMT'])
      await held.text()
      expect(order).toHaveLength(1)
      expect(real.seen.slice(0, 1)).toEqual(['GET /api/v1/pulls?page=1 token x '])
      expect(real.seen).toContain('POST /api/v1/repos/o/r/statuses/abc token x {"a":1}')
      await proxy.close()
      await real.close()
    },
  )

  it('an event that fails ends the request, and is not taken for an answer', async () => {
    const real = await upstream()
    const proxy = await openProxy(real.apiUrl, {
      at: 'before the write',
      happen: () => Promise.reject(new Error('no')),
    })
    await expect(fetch(`${proxy.apiUrl}/statuses/a`, { method: 'POST' })).rejects.toThrow(
      'fetch failed',
    )
    expect(real.seen).toEqual([])
    await proxy.close()
    await real.close()
  })
})
