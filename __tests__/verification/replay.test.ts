import { afterEach, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import {
  ask,
  closeAll,
  folders,
  headOf,
  post,
  recordings,
  serving,
  umbrella,
} from '../support/replay-asking.js'
import type { Combined, Row } from '../support/replay-asking.js'
import type { Exchange } from '../../verification/simulator/recording.js'
import { exchangesIn, readsIn } from '../../verification/simulator/recording.js'

afterEach(closeAll)

const large = 'gitea-1.22.6'

const linesOf = (folder: string): readonly Exchange[] => exchangesIn(join(recordings, folder))

/**
 * Every read of the owner before the first write, as it stands in the file; of the same read the
 * first.
 */
function recordedReads(folder: string): readonly Exchange[] {
  const lines = linesOf(folder)
  const reads = lines.slice(0, readsIn(lines)).filter(({ request }) => request.auth === 'token')
  const key = ({ request }: Exchange) => JSON.stringify([request.path, request.query])
  return reads.filter((line, at) => reads.findIndex(other => key(other) === key(line)) === at)
}

const hostless = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://host'),
  ) as unknown

describe('the double is honest', () => {
  test.each(folders)(
    '%s: every recorded read before the first write is answered as recorded',
    async folder => {
      const replay = await serving(folder)
      const reads = recordedReads(folder)
      expect(reads.length).toBeGreaterThanOrEqual(10)
      for (const { request, response } of reads) {
        const search = new URLSearchParams(request.query).toString()
        const { status, headers, body } = await ask(
          replay,
          search === '' ? request.path : `${request.path}?${search}`,
        )
        const named = (value: {
          status: number
          type: string | null
          count: string | null
          link: string | null
          body: unknown
        }) => ({ asked: `${request.path}?${search}`, ...(hostless(value) as typeof value) })
        expect(
          named({
            status,
            type: headers.get('content-type'),
            count: headers.get('x-total-count'),
            link: headers.get('link'),
            body,
          }),
        ).toEqual(
          named({
            status: response.status,
            type: response.headers['content-type'] ?? null,
            count: response.headers['x-total-count'] ?? null,
            link: response.headers['link'] ?? null,
            body: response.body,
          }),
        )
      }
      expect(replay.unknown).toEqual([])
      expect(replay.requests).toHaveLength(reads.length)
    },
  )

  test.each(folders)('%s: no answer names the recorded server', async folder => {
    const replay = await serving(folder)
    const { body } = await ask(replay, '/pulls?state=open')
    const hosts = new Set(JSON.stringify(body).match(/http:\/\/[\d.]+:\d+/g))
    expect([...hosts]).toEqual([replay.url])
  })

  test(
    'a repository no write touched answers after the writes what it ' + 'answered before',
    async () => {
      const replay = await serving(large)
      const { status, body } = await ask(replay, '/api/v1/repos/molecule/absent')
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { message: "The target couldn't be found." },
      })
    },
  )
})

describe('what it does not know, it says', () => {
  test('an unknown request is answered 599 and listed', async () => {
    const replay = await serving(large)
    const { status, body } = await ask(replay, '/milestones?state=all')
    expect(status).toBe(599)
    expect((body as { message: string }).message).toContain('does not tell')
    expect(replay.unknown).toEqual(['GET /api/v1/repos/molecule/core/milestones?state=all'])
  })

  test.each([
    ['an unknown query name', '/pulls?state=open&labels=1'],
    ['an unknown order', '/pulls?sort=mostcomment'],
    ['a repeated query name', '/pulls?state=open&state=all'],
    ['a SHA without recording', `/commits/${'1'.repeat(40)}/status`],
    ['a pull without recording', '/pulls/99'],
    ['a folder without recording', '/contents/docs?ref=main'],
    ['the workflow folder of an unnamed ref', '/contents/.gitea/workflows?ref=other'],
    ['a branch without recording', '/branches/other'],
  ])('%s is unknown', async (_what, path) => {
    const replay = await serving(large)
    expect((await ask(replay, path)).status).toBe(599)
    expect(replay.unknown).toHaveLength(1)
  })

  test('a word the status filter of runs does not list is unknown', async () => {
    const replay = await serving('gitea-1.26.4')
    expect((await ask(replay, '/actions/runs?status=bogus')).status).toBe(599)
    expect(replay.unknown).toHaveLength(1)
  })

  test('a write nobody announced is answered 500, listed, and not laid over the rows', async () => {
    const replay = await serving(large)
    const sha = headOf(replay, 'stale')
    const before = await ask(replay, `/commits/${sha}/statuses`)
    expect(
      (await post(replay, `/statuses/${sha}`, { state: 'success', context: umbrella })).status,
    ).toBe(500)
    expect(replay.unexpected).toEqual([
      `POST /api/v1/repos/molecule/core/statuses/${sha} ` +
        `{"state":"success","context":"${umbrella}"}`,
    ])
    expect(replay.writes).toEqual([])
    expect((await ask(replay, `/commits/${sha}/statuses`)).body).toEqual(before.body)
  })

  test.each([
    ['another context', { state: 'success', context: 'CI / x (pull_request)' }],
    ['another state', { state: 'pending', context: umbrella }],
  ])(
    'an announcement holds for its context and state only: %s is unexpected',
    async (_what, body) => {
      const replay = await serving(large)
      replay.expectWrite(headOf(replay, 'stale'), umbrella)
      expect((await post(replay, `/statuses/${headOf(replay, 'stale')}`, body)).status).toBe(500)
      expect(replay.unexpected).toHaveLength(1)
    },
  )

  test('an announcement holds for one write, the second one is unexpected', async () => {
    const replay = await serving(large)
    const sha = headOf(replay, 'stale')
    replay.expectWrite(sha, umbrella)
    const body = { state: 'success', context: umbrella }
    const send = async () => (await post(replay, `/statuses/${sha}`, body)).status
    expect([await send(), await send()]).toEqual([201, 500])
    expect([replay.writes.length, replay.unexpected.length]).toEqual([1, 1])
  })

  test('any other write is unexpected', async () => {
    const replay = await serving('gitea-1.26.4')
    expect((await post(replay, '/actions/runs/6/jobs/31/rerun', {})).status).toBe(500)
    expect(
      (await ask(replay, '/pulls/2', { method: 'PATCH', body: '{"state":"closed"}' })).status,
    ).toBe(500)
    expect(replay.unexpected).toHaveLength(2)
  })

  test('a write on a SHA the recording does not know cannot be announced', async () => {
    const replay = await serving(large)
    expect(() => replay.expectWrite('0'.repeat(40), umbrella)).toThrow('does not know it')
  })

  test.each([
    [large, 'user does not exist [uid: 0, name: ]'],
    ['gitea-1.22.6-natural', 'user does not exist [uid: 0, name: ]'],
    ['gitea-1.26.4', 'invalid username, password or token'],
    ['gitea-1.26.4-natural', 'invalid username, password or token'],
  ])(
    '%s: a wrong token and no token are refused with 401, reads and writes',
    async (folder, wrong) => {
      const replay = await serving(folder)
      const sha = headOf(replay)
      replay.expectWrite(sha, umbrella)
      const body = JSON.stringify({ state: 'success', context: umbrella })
      for (const [headers, message] of [
        [{ authorization: 'token other' }, wrong],
        [{}, 'token is required'],
      ] as const) {
        const answers = [
          await ask(replay, '/pulls', { headers }),
          await ask(replay, `/statuses/${sha}`, { method: 'POST', headers, body }),
        ]
        for (const answer of answers)
          expect(answer).toMatchObject({ status: 401, body: { message } })
      }
      expect(replay.writes).toEqual([])
      expect(replay.requests.map(request => request.status)).toEqual([401, 401, 401, 401])
    },
  )

  test('a bearer token is the same token', async () => {
    const replay = await serving(large)
    expect(
      (await ask(replay, '/pulls', { headers: { authorization: `Bearer ${replay.token}` } }))
        .status,
    ).toBe(200)
  })
})

describe('accepted writes', () => {
  test.each(folders)(
    '%s: a post is the next row, by the owner, now, and the newest of the history',
    async folder => {
      const replay = await serving(folder)
      const sha = headOf(replay)
      const at = `/commits/${sha}/statuses?sort=leastindex&limit=1`
      const [before] = (await ask(replay, at)).body as Row[]
      replay.expectWrite(sha, umbrella)
      replay.advance(90_000)
      const body = {
        state: 'success',
        context: ` ${umbrella} `,
        description: 'd',
        target_url: 'http://x/',
      }
      const answer = await post(replay, `/statuses/${sha}`, body)
      const row = answer.body as Row
      const now = Date.parse(answer.headers.get('date') ?? '')
      expect(answer.status).toBe(201)
      expect(row).toMatchObject({
        id: (before?.id ?? 0) + 1,
        status: 'success',
        context: umbrella,
        description: 'd',
        target_url: 'http://x/',
        creator: { email: expect.stringMatching(/noreply/) },
      })
      expect(Date.parse(row.created_at)).toBe(now)
      expect(row.created_at > (before?.created_at ?? '')).toBe(true)
      expect((await ask(replay, at)).body).toEqual([row])
      expect(replay.writes).toEqual([
        {
          sha,
          state: 'success',
          context: umbrella,
          description: 'd',
          target_url: 'http://x/',
          id: row.id,
        },
      ])
      expect([replay.unexpected, replay.unknown]).toEqual([[], []])
    },
  )

  test.each(folders)(
    '%s: the post is the latest row of its context, or on 1.27 stands beside the row of Actions',
    async folder => {
      const replay = await serving(folder)
      const sha = headOf(replay)
      const latest = async () =>
        (((await ask(replay, `/commits/${sha}/status`)).body as Combined).statuses ?? []).filter(
          row => row.context === umbrella,
        )
      const actions = (await latest()).filter(row => row.creator === null)
      replay.expectWrite(sha, umbrella)
      const row = (await post(replay, `/statuses/${sha}`, { state: 'success', context: umbrella }))
        .body as Row
      const apart = /^1\.2[78]\./.test(replay.version)
      expect(await latest()).toEqual(apart ? [...actions, row] : [row])
    },
  )

  const posted = ({ request }: Exchange) =>
    request.method === 'POST' && request.path.includes('/statuses/')
  test.each(folders.filter(folder => linesOf(folder).some(posted)))(
    '%s: what the first recorded post answered, the double answers, apart from the time',
    async folder => {
      const line = linesOf(folder).find(posted)
      if (line === undefined) throw new Error('no post')
      const replay = await serving(folder)
      replay.expectWrite(
        line.request.path.split('/').at(-1) ?? '',
        (line.request.body as unknown as Row).context,
      )
      const { status, body } = await post(replay, line.request.path, line.request.body)
      const timeless = (value: unknown) => ({
        ...(hostless(value) as Row),
        created_at: '',
        updated_at: '',
      })
      expect([status, timeless(body)]).toEqual([line.response.status, timeless(line.response.body)])
      expect((body as Row).created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    },
  )
})

describe('the clock', () => {
  test.each(folders)(
    '%s: stands a minute or more after every row, and moves only when told',
    async folder => {
      const replay = await serving(folder)
      const date = async () =>
        Date.parse((await ask(replay, '/api/v1/version')).headers.get('date') ?? '')
      const start = await date()
      for (const { head } of Object.values(replay.scenarios)) {
        for (const row of (await ask(replay, `/commits/${head}/statuses?sort=leastindex&limit=1`))
          .body as Row[]) {
          expect(start - Date.parse(row.created_at)).toBeGreaterThanOrEqual(60_000)
        }
      }
      replay.advance(5_000)
      expect(await date()).toBe(start + 5_000)
    },
  )
})
