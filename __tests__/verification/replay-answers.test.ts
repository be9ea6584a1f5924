import { afterEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ask, closeAll, folders, headOf, serving } from '../support/replay-asking.js'
import type { Combined, Row, Seen } from '../support/replay-asking.js'
import { absentFolders, workflowFolder } from '../support/replay-facts.js'
import type { Replay } from '../support/replay.js'

afterEach(closeAll)

const large = 'gitea-1.22.6'

interface Run {
  id: number
  head_sha: string
  event: string
  status: string
  conclusion?: string
}
interface Workflow {
  name: string
  on: unknown
  jobs: Record<string, { name: string }>
}
interface Listed {
  total_count: number
  workflow_runs: Run[]
}

describe('pages', () => {
  test('the default page is 30 and a limit above 50 is clamped without a word', async () => {
    const replay = await serving(large)
    const sha = headOf(replay, 'many')
    const rows = async (search: string) =>
      ((await ask(replay, `/commits/${sha}/statuses${search}`)).body as Row[]).length
    expect([
      await rows(''),
      await rows('?limit=100'),
      await rows('?limit=7'),
      await rows('?limit=50&page=6'),
      await rows('?page=99'),
    ]).toEqual([30, 50, 7, 5, 0])
  })

  test(
    'the combined status counts its own page, the header counts all contexts, and the state ' +
      'is of the page',
    async () => {
      const replay = await serving(large)
      const sha = headOf(replay, 'many')
      const first = await ask(replay, `/commits/${sha}/status?limit=50&page=1`)
      const second = await ask(replay, `/commits/${sha}/status?limit=50&page=2`)
      const counts = ({ headers, body }: Seen) => [
        headers.get('x-total-count'),
        (body as Combined).total_count,
        (body as Combined).state,
      ]
      expect([counts(first), counts(second)]).toEqual([
        ['62', 50, 'failure'],
        ['62', 12, 'success'],
      ])
    },
  )

  test.each([
    ['gitea-1.22.6', null, { state: '', sha: '', repository: null }],
    ['gitea-1.23.8', null, { state: '', sha: '', repository: null }],
    ['gitea-1.26.4', '6', { state: 'pending' }],
  ])('%s: a combined page beyond the end has statuses null', async (folder, count, shape) => {
    const replay = await serving(folder)
    const { status, headers, body } = await ask(
      replay,
      `/commits/${headOf(replay, 'stale')}/status?page=2`,
    )
    expect({ status, count: headers.get('x-total-count'), body }).toMatchObject({
      status: 200,
      count,
      body: { ...shape, statuses: null, total_count: 0 },
    })
  })

  test(
    'leastindex is newest first, highestindex oldest first, and pages of either meet ' +
      'without a gap',
    async () => {
      const replay = await serving(large)
      const at = `/commits/${headOf(replay, 'many')}/statuses`
      const ids = async (sort: string) => {
        const pages = await Promise.all(
          [1, 2, 3, 4, 5, 6].map(page => ask(replay, `${at}?sort=${sort}&limit=50&page=${page}`)),
        )
        return pages.flatMap(page => (page.body as Row[]).map(row => row.id))
      }
      const up = Array.from({ length: 255 }, (_, index) => index + 1)
      expect(await ids('highestindex')).toEqual(up)
      expect(await ids('leastindex')).toEqual(up.reverse())
      expect((await ids('')).sort((a, b) => b - a)).toEqual(up)
    },
  )

  test('GET /statuses/{sha} is the same history', async () => {
    const replay = await serving(large)
    const sha = headOf(replay, 'stale')
    const { body } = await ask(replay, `/commits/${sha}/statuses?sort=leastindex`)
    expect((await ask(replay, `/statuses/${sha}?sort=leastindex`)).body).toEqual(body)
  })
})

describe('the base of a pull', () => {
  test.each(folders)(
    '%s: the commit a base stands on has no statuses, in the shape this server gives to none',
    async folder => {
      const replay = await serving(folder)
      const [pull] = (await ask(replay, '/pulls?state=open')).body as { base: { sha: string } }[]
      const sha = pull?.base.sha ?? ''
      const { headers, body } = await ask(replay, `/commits/${sha}/status?limit=50`)
      const modern = /1\.2[5-8]/.test(folder)
      expect(body).toMatchObject({
        state: /1\.2[678]/.test(folder) ? 'pending' : '',
        sha: modern ? sha : '',
        total_count: 0,
        statuses: null,
      })
      expect(headers.get('x-total-count')).toBe(modern ? '0' : null)
      expect((await ask(replay, `/commits/${sha}/statuses`)).body).toEqual([])
    },
  )
})

describe('pulls', () => {
  const numbers = async (replay: Replay, search: string) =>
    ((await ask(replay, `/pulls?limit=50${search}`)).body as { number: number }[]).map(
      pull => pull.number,
    )

  test('state absent means all, and oldest is ascending', async () => {
    const replay = await serving(large)
    const open14 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15]
    expect(await numbers(replay, '&state=open&sort=oldest')).toEqual(open14)
    expect(await numbers(replay, '&sort=oldest')).toEqual([...open14, 12].sort((a, b) => a - b))
    expect(await numbers(replay, '&state=closed')).toEqual([12])
  })

  test('base_branch filters on 1.24 and newer only', async () => {
    expect(await numbers(await serving('gitea-1.26.4'), '&state=open&base_branch=release')).toEqual(
      [15],
    )
    expect(
      await numbers(await serving('gitea-1.23.8'), '&state=open&base_branch=release'),
    ).toHaveLength(14)
  })

  test.each([large, 'gitea-1.23.8', 'gitea-1.26.4'])(
    '%s: a second pull of a head follows from its list row',
    async folder => {
      const replay = await serving(folder)
      const one = (await ask(replay, '/pulls/14')).body as Record<string, unknown>
      const two = (await ask(replay, '/pulls/15')).body as Record<string, unknown>
      expect(Object.keys(two)).toEqual(Object.keys(one))
      expect(two).toMatchObject({
        number: 15,
        state: 'open',
        base: { ref: 'release' },
        head: { sha: headOf(replay, 'shared-head') },
      })
      expect(two['assignees']).toEqual(one['assignees'])
      expect((await ask(replay, '/branches/release')).body).toMatchObject({
        name: 'release',
        protected: false,
      })
    },
  )
})

describe('actions', () => {
  test.each(folders.filter(name => name.includes('1.22')))(
    '%s: a family it lacks is a plain-text 404 as a whole',
    async folder => {
      const replay = await serving(folder)
      for (const path of [
        'runs',
        'runs?head_sha=x&anything=1',
        'runs/1',
        'runs/1/jobs',
        'tasks?limit=1',
        'jobs',
      ]) {
        const { status, headers, body } = await ask(replay, `/actions/${path}`)
        expect({ path, status, type: headers.get('content-type'), body }).toEqual({
          path,
          status: 404,
          type: 'text/plain; charset=utf-8',
          body: '404 page not found\n',
        })
      }
      expect(replay.unknown).toEqual([])
    },
  )

  test('1.23.8 has tasks, newest first and without counting headers, but no runs', async () => {
    const replay = await serving('gitea-1.23.8')
    const { headers, body } = await ask(replay, '/actions/tasks?limit=50&page=3')
    expect([headers.get('x-total-count'), headers.get('link')]).toEqual([null, null])
    expect({
      rows: (body as Listed).workflow_runs.length,
      total: (body as Listed).total_count,
    }).toEqual({ rows: 39, total: 139 })
    const ids = ((await ask(replay, '/actions/tasks')).body as Listed).workflow_runs.map(
      task => task.id,
    )
    expect(ids).toEqual([...ids].sort((a, b) => b - a))
    expect((await ask(replay, '/actions/runs')).status).toBe(404)
  })

  test.each([
    ['failure', 9],
    ['cancelled', 1],
    ['success', 4],
    ['skipped', 0],
    ['completed', 14],
    ['queued', 1],
    ['in_progress', 0],
  ])('runs?status=%s finds %i runs, newest first, and says so twice', async (word, total) => {
    const replay = await serving('gitea-1.26.4')
    const { headers, body } = await ask(replay, `/actions/runs?status=${word}&limit=50`)
    const runs = (body as Listed).workflow_runs
    expect([runs.length, (body as Listed).total_count, headers.get('x-total-count')]).toEqual([
      total,
      total,
      String(total),
    ])
    expect(runs.every(run => run.status === word || run.conclusion === word)).toBe(true)
    expect(runs.map(run => run.id)).toEqual(runs.map(run => run.id).sort((a, b) => b - a))
  })

  test('runs filter by head and event, and page', async () => {
    const replay = await serving('gitea-1.26.4')
    const ids = async (search: string) =>
      ((await ask(replay, `/actions/runs?${search}`)).body as Listed).workflow_runs.map(
        run => run.id,
      )
    expect(await ids(`head_sha=${headOf(replay, 'shared-head')}`)).toEqual([19, 18])
    expect(await ids('event=push')).toEqual([])
    expect(await ids('event=pull_request&limit=2&page=2')).toEqual([17, 16])
  })

  test('a run and a job are found by id, and the jobs of a run page', async () => {
    const replay = await serving('gitea-1.26.4')
    expect((await ask(replay, '/actions/runs/12')).body).toMatchObject({
      id: 12,
      head_sha: headOf(replay, 'many'),
    })
    const page = await ask(replay, '/actions/runs/12/jobs?limit=100&page=2')
    const jobs = page.body as { jobs: { id: number }[]; total_count: number }
    expect([jobs.jobs.length, jobs.total_count, page.headers.get('x-total-count')]).toEqual([
      12,
      62,
      '62',
    ])
    expect((await ask(replay, `/actions/jobs/${jobs.jobs[0]?.id ?? 0}`)).body).toEqual(jobs.jobs[0])
    expect((await ask(replay, '/actions/runs/99/jobs')).status).toBe(599)
  })
})

describe('the workflow folder', () => {
  test('every recording that did not keep its folder has an entry with a reason', () => {
    // The others recorded the folder itself.
    expect(folders).toEqual(expect.arrayContaining(Object.keys(workflowFolder)))
    for (const fact of Object.values(workflowFolder))
      expect(fact.because.length).toBeGreaterThan(20)
  })

  test.each(folders)(
    '%s: the folder lists one file without content, the file holds the jobs the rows prove',
    async folder => {
      const replay = await serving(folder)
      const list = (await ask(replay, '/contents/.gitea/workflows?ref=main')).body as {
        path: string
        content: unknown
        sha: string
      }[]
      expect(list.map(({ path, content }) => [path, content])).toEqual([
        ['.gitea/workflows/ci.yml', null],
      ])
      const file = (await ask(replay, '/contents/.gitea/workflows/ci.yml?ref=main')).body as Record<
        'content' | 'encoding' | 'sha',
        string
      >
      expect([file.encoding, file.sha]).toEqual(['base64', list[0]?.sha])
      const workflow = parse(Buffer.from(file.content, 'base64').toString('utf8')) as Workflow
      expect([workflow.name, workflow.on]).toEqual(['CI', ['pull_request']])
      const rows =
        ((await ask(replay, `/commits/${headOf(replay)}/status`)).body as Combined).statuses ?? []
      const proven = new Set(rows.map(row => row.context))
      expect(
        new Set(Object.values(workflow.jobs).map(job => `CI / ${job.name} (pull_request)`)),
      ).toEqual(proven)
    },
  )

  test('the file of the default branch has the id git gave the recorded one', async () => {
    const replay = await serving(large)
    const file = async (ref: string) =>
      ((await ask(replay, `/contents/.gitea/workflows/ci.yml?ref=${ref}`)).body as { sha: string })
        .sha
    expect(await file('main')).toBe(await file(headOf(replay, 'green')))
  })

  test.each(folders)('%s: the other workflow folders are a JSON 404', async folder => {
    const replay = await serving(folder)
    const message = /1\.2[5-9]/.test(folder) ? 'not found' : "The target couldn't be found."
    for (const path of absentFolders) {
      const errors = [expect.stringContaining(path)]
      expect(await ask(replay, `/contents/${path}?ref=main`)).toMatchObject({
        status: 404,
        body: { message, errors },
      })
    }
  })
})
