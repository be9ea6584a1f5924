import { describe, expect, it } from '@jest/globals'
import { asJobId, asRunKey } from '../../../src/core/model/ids.js'
import type { RefusedAnswer } from '../../../src/forge/answer.js'
import type { RawAnswer } from '../../../src/forge/exchange.js'
import { GITEA_ANSWERS, giteaOver } from '../../../src/forge/gitea/open.js'
import { failureOf } from '../../support/answer-table.js'
import { policy } from '../../support/builders.js'
import { lateClock } from '../../support/clock.js'

describe('what a refusal means', () => {
  it.each<{ status: number; body: RefusedAnswer['body']; code: string; retry: boolean }>([
    { status: 403, body: 'json', code: 'forbidden', retry: false },
    { status: 403, body: 'other', code: 'not-json', retry: false },
    { status: 403, body: 'broken-json', code: 'not-json', retry: false },
    { status: 500, body: 'broken-json', code: 'not-json', retry: false },
    { status: 500, body: 'other', code: 'server-error', retry: true },
    { status: 499, body: 'json', code: 'rejected', retry: false },
    { status: 401, body: 'other', code: 'unauthorized', retry: false },
    { status: 429, body: 'other', code: 'rate-limited', retry: true },
    { status: 429, body: 'broken-json', code: 'not-json', retry: false },
  ])('$status with $body is $code', ({ status, body, code, retry }) => {
    const refusal = { status, body, headers: {}, message: '', wait: null, what: 'GET /x' }
    expect(GITEA_ANSWERS.meaningOf(refusal)).toEqual({ code, retry })
  })
})

/** A server of this version that answers every list, and how often the way to it was closed. */
function serving(version: string | null) {
  let closed = 0
  const sent: string[] = []
  const kind = giteaOver(() => ({
    send: (method, path): Promise<RawAnswer> => {
      sent.push(`${method} ${path}`)
      const isThere = version !== null || !path.endsWith('/version')
      const body = path.endsWith('/version') ? { version } : { workflow_runs: [], total_count: 0 }
      return Promise.resolve({
        status: isThere ? 200 : 404,
        headers: { 'content-type': 'application/json' },
        bytes: Buffer.from(JSON.stringify(body)),
      })
    },
    close: () => {
      closed += 1
    },
  }))
  const opening = kind.open({
    place: { apiUrl: 'https://git.example.test/api/v1', repo: 'o/r' },
    token: 'secret-token',
    userAgent: 'test',
    budget: 1000,
    concurrency: 1,
    now: () => 0,
    ...lateClock,
    random: () => 0,
    sleep: () => Promise.resolve(),
    sweepFile: null,
  })
  return { name: kind.name, opening, sent, closed: () => closed }
}

describe('a server', () => {
  const RUN = 'https://git.example.test/o/r/actions/runs/12'
  it.each([
    { version: '1.25.5', page: RUN },
    { version: '1.26.4', page: `${RUN}/jobs/30` },
  ])('of version $version names the page of a job: $page', async ({ version, page }) => {
    const opened = await serving(version).opening
    if (opened === null) throw new Error('no server')
    const [run, job] = [asRunKey(12), asJobId(30)]
    expect([
      opened.commitsFor(policy()).addressOf(run, job),
      opened.forgeFor(policy(), true).addressOf(run, job),
    ]).toEqual([page, page])
  })

  it('is opened by two questions, and closed once', async () => {
    const { name, opening, sent, closed } = serving('1.26.4')
    const opened = await opening
    expect([name, opened?.defaultUmbrella, opened?.server.grade, opened?.requests()]).toEqual([
      'Gitea and Forgejo',
      'CI / all-required (pull_request)',
      'jobs',
      2,
    ])
    expect(sent).toEqual([
      'GET /api/v1/version',
      'GET /api/v1/repos/o/r/actions/runs?page=1&limit=1',
    ])
    expect(closed()).toBe(0)
    opened?.close()
    expect(closed()).toBe(1)
  })

  it('that is none is closed at once', async () => {
    const { opening, closed } = serving(null)
    expect(await failureOf(opening)).toMatch(/^wrong-address: /)
    expect(closed()).toBe(1)
  })
})
