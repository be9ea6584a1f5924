import { describe, expect, it } from '@jest/globals'
import type { RefusedList } from '../../../src/forge/gitea/detect.js'
import { changedOffer, detect } from '../../../src/forge/gitea/detect.js'
import type { ForgeErrorCode } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import type { Reply, Script } from '../../support/scripted-gitea.js'
import { broken, scriptedGitea } from '../../support/scripted-gitea.js'

const TASKS = '/repos/o/r/actions/tasks?page=1&limit=1'
const RUNS = '/repos/o/r/actions/runs?page=1&limit=1'
const PLACE = { apiUrl: 'http://forge/api/v1', repo: 'o/r' }

const LISTED: Reply = { body: { total_count: 0 } }
/** The API's own 404 comes as JSON; that of a proxy does not. */
const NONE: Reply = { status: 404, body: { message: 'Not Found' } }
const PAGE: Reply = { status: 404, body: '<html>' }
const notYours = (): ForgeError => new ForgeError('forbidden', 'owner only')
const blocked = (): ForgeError => new ForgeError('not-json', 'a page of a proxy')

/** What is offered by a server of this version with these lists. */
async function offers(text: string, script: Script) {
  const { on, asked } = scriptedGitea({ '/version': { body: { version: text } }, ...script })
  const { server, refusals } = await detect(on.http, PLACE)
  const { grade, gradeLimit: limit, capabilities } = server
  const lists = [capabilities.tasks ? 'tasks' : null, capabilities.runs ? 'runs' : null]
  return { grade, limit, lists: lists.filter(one => one !== null), refusals, asked: asked.slice(1) }
}

interface Offered {
  readonly scene: string
  readonly version: string
  readonly tasks: Reply | readonly Reply[]
  readonly runs: Reply | readonly Reply[]
  readonly grade: 'jobs' | 'tasks' | 'statuses'
  readonly lists: readonly string[]
  readonly limit?: string
  readonly refusals?: readonly RefusedList[]
  readonly asked: readonly string[]
}

const BOTH = [TASKS, RUNS]

const OFFERED: readonly Offered[] = [
  {
    scene: 'Gitea that has neither list yet',
    version: '1.22.6',
    tasks: NONE,
    runs: NONE,
    grade: 'statuses',
    lists: [],
    asked: BOTH,
  },
  {
    scene: 'Gitea that has neither list, behind a proxy of many words: asked for once',
    version: '1.22.6',
    tasks: PAGE,
    runs: blocked(),
    grade: 'statuses',
    lists: [],
    limit: 'a page of a proxy',
    asked: BOTH,
  },
  {
    scene: 'Gitea whose list of tasks is not given, though it has it',
    version: '1.23.8',
    tasks: NONE,
    runs: NONE,
    grade: 'statuses',
    lists: [],
    limit: 'GET /actions/tasks: 404, though this version has it',
    refusals: [{ list: 'tasks', status: 404 }],
    asked: BOTH,
  },
  {
    scene: 'Gitea whose runs are for the owner alone: tasks are asked for in their place',
    version: '1.25.5',
    tasks: LISTED,
    runs: notYours(),
    grade: 'tasks',
    lists: ['tasks'],
    limit: 'owner only',
    refusals: [{ list: 'runs', status: 403 }],
    asked: [RUNS, TASKS],
  },
  {
    scene: 'Gitea that gives neither list',
    version: '1.25.5',
    tasks: NONE,
    runs: notYours(),
    grade: 'statuses',
    lists: [],
    limit: 'owner only',
    refusals: [
      { list: 'tasks', status: 404 },
      { list: 'runs', status: 403 },
    ],
    asked: [RUNS, TASKS],
  },
  {
    scene: 'a refusal of a proxy that is gone when it is asked again',
    version: '1.25.5',
    tasks: NONE,
    runs: [blocked(), LISTED],
    grade: 'jobs',
    lists: ['tasks', 'runs'],
    asked: [RUNS, RUNS],
  },
  {
    scene: 'a page of a proxy in the place of a list that is there when it is asked again',
    version: '1.23.8',
    tasks: [PAGE, LISTED],
    runs: NONE,
    grade: 'tasks',
    lists: ['tasks'],
    asked: [TASKS, RUNS, TASKS],
  },
  {
    scene: 'a refusal of a proxy, after which that of the server comes',
    version: '1.25.5',
    tasks: LISTED,
    runs: [blocked(), NONE],
    grade: 'tasks',
    lists: ['tasks'],
    limit: 'GET /actions/runs: 404, though this version has it',
    refusals: [{ list: 'runs', status: 404 }],
    asked: [RUNS, RUNS, TASKS],
  },
  {
    scene: 'a list that is given, in whatever words, is asked for once',
    version: '1.25.5',
    tasks: NONE,
    runs: { body: 'runs' },
    grade: 'jobs',
    lists: ['tasks', 'runs'],
    asked: [RUNS],
  },
  {
    scene: 'Forgejo that has no tasks yet',
    version: '7.0.9+gitea-1.22.0',
    tasks: NONE,
    runs: NONE,
    grade: 'statuses',
    lists: [],
    asked: BOTH,
  },
  {
    scene: 'Forgejo whose first list of tasks is not given',
    version: '8.0.0+gitea-1.22.0',
    tasks: NONE,
    runs: NONE,
    grade: 'statuses',
    lists: [],
    limit: 'GET /actions/tasks: 404, though this version has it',
    refusals: [{ list: 'tasks', status: 404 }],
    asked: BOTH,
  },
  {
    scene: 'Forgejo that has tasks and no runs yet',
    version: '11.0.1+gitea-1.22.0',
    tasks: LISTED,
    runs: NONE,
    grade: 'tasks',
    lists: ['tasks'],
    asked: BOTH,
  },
  {
    scene: 'Forgejo whose first list of runs is not given',
    version: '12.0.0+gitea-1.22.0',
    tasks: LISTED,
    runs: NONE,
    grade: 'tasks',
    lists: ['tasks'],
    limit: 'GET /actions/runs: 404, though this version has it',
    refusals: [{ list: 'runs', status: 404 }],
    asked: BOTH,
  },
]

describe('what a server offers', () => {
  it.each(OFFERED)('$scene ($version)', async row => {
    const { version, tasks, runs, grade, lists, asked } = row
    const { limit = null, refusals = [] } = row
    expect(await offers(version, { [TASKS]: tasks, [RUNS]: runs })).toEqual({
      grade,
      limit,
      lists,
      refusals,
      asked,
    })
  })

  it.each([
    {
      scene: 'a proxy that stays',
      script: { [RUNS]: blocked() },
      code: 'not-json',
      message: 'GET /actions/runs: 403 without JSON, though this version has it',
    },
    {
      scene: 'a website in its place',
      script: { [RUNS]: PAGE },
      code: 'not-json',
      message: 'GET /actions/runs: 404 without JSON, though this version has it',
    },
    {
      scene: 'a server that fails',
      script: { [RUNS]: broken() },
      code: 'server-error',
      message: 'the server is broken',
    },
    {
      scene: 'a token that is none',
      script: { [RUNS]: new ForgeError('unauthorized', 'who are you?') },
      code: 'unauthorized',
      message: 'who are you?',
    },
  ] satisfies readonly { scene: string; script: Script; code: ForgeErrorCode; message: string }[])(
    'is not known by $scene',
    async ({ script, code, message }) => {
      await expect(offers('1.25.5', script)).rejects.toMatchObject({ code, message })
    },
  )

  it.each([
    { version: '1.22.6', logGroups: false, summary: false },
    { version: '1.23.8', logGroups: true, summary: false },
    { version: '1.26.4', logGroups: true, summary: false },
    { version: '1.27.0', logGroups: true, summary: true },
    { version: '8.0.3+gitea-1.22.0', logGroups: false, summary: false },
    { version: '9.0.0+gitea-1.22.0', logGroups: true, summary: false },
    { version: '16.0.0+gitea-1.22.0', logGroups: true, summary: false },
  ])('$version: log in groups $logGroups, summary $summary', async row => {
    const { version, logGroups, summary } = row
    const { on } = scriptedGitea({
      '/version': { body: { version } },
      [TASKS]: LISTED,
      [RUNS]: LISTED,
    })
    const { server } = await detect(on.http, PLACE)
    expect(server.capabilities).toMatchObject({ logGroups, summary })
  })
})

describe('an address without an API', () => {
  const SITE = { apiUrl: 'http://forge', repo: 'o/r' }
  const MEANT = 'did you mean http://forge/api/v1?'
  const NO_API = 'GET /version: no API answers; api-url must end in /api/v1 on Gitea and Forgejo'
  const HERE = '/version'
  const THERE = '/api/v1/version'
  const KNOWN: Reply = { body: { version: '1.22.6' } }

  it.each([
    { scene: 'one below it is meant', here: PAGE, there: KNOWN, message: MEANT },
    {
      scene: 'one below it that refuses the token is meant',
      here: blocked(),
      there: new ForgeError('unauthorized', 'no'),
      message: MEANT,
    },
    { scene: 'a fault below it is none', here: PAGE, there: broken(), message: NO_API },
    { scene: 'a website below it is none', here: PAGE, there: blocked(), message: NO_API },
    { scene: 'nothing below it is none', here: PAGE, there: PAGE, message: NO_API },
    {
      scene: 'a version that comes with a refusal is none',
      here: { status: 404, body: { version: '1.22.6' } },
      there: PAGE,
      message: NO_API,
    },
    {
      scene: 'a version that is no text is none',
      here: { body: { version: 1 } },
      there: PAGE,
      message: NO_API,
    },
  ])('$scene', async ({ here, there, message }) => {
    const { on, asked } = scriptedGitea({ [HERE]: here, [THERE]: there })
    await expect(detect(on.http, SITE)).rejects.toMatchObject({ code: 'wrong-address', message })
    expect(asked).toEqual([HERE, THERE])
  })

  it('is not told from one that fails', async () => {
    const { on } = scriptedGitea({ [HERE]: broken() })
    await expect(detect(on.http, SITE)).rejects.toMatchObject({ code: 'server-error' })
  })
})

describe('before a write', () => {
  const tasks = { list: 'tasks', status: 404 } as const
  const runs = { list: 'runs', status: 403 } as const

  it.each([
    { scene: 'nothing was refused', refusals: [], script: {}, why: null, asked: [] },
    {
      scene: 'every refusal holds',
      refusals: [tasks, runs],
      script: { [TASKS]: NONE, [RUNS]: notYours() },
      why: null,
      asked: BOTH,
    },
    {
      scene: 'a list is given now',
      refusals: [tasks, runs],
      script: { [TASKS]: LISTED },
      why: 'GET /actions/tasks said 404 when the sweep began, and 200 now',
      asked: [TASKS],
    },
    {
      scene: 'the second refusal is another now',
      refusals: [tasks, runs],
      script: { [TASKS]: NONE, [RUNS]: NONE },
      why: 'GET /actions/runs said 403 when the sweep began, and 404 now',
      asked: BOTH,
    },
    {
      scene: 'the same refusal comes from a proxy now',
      refusals: [runs],
      script: { [RUNS]: blocked() },
      why: 'GET /actions/runs said 403 when the sweep began, and 403 now',
      asked: [RUNS],
    },
  ] satisfies readonly {
    scene: string
    refusals: readonly RefusedList[]
    script: Script
    why: string | null
    asked: readonly string[]
  }[])('$scene', async ({ refusals, script, why, asked: requests }) => {
    const { on, asked } = scriptedGitea(script)
    expect([await changedOffer(on.http, 'o/r', refusals), asked]).toEqual([why, requests])
  })

  it('a refusal that cannot be asked for anew is a failure', async () => {
    const { on } = scriptedGitea({ [RUNS]: broken() })
    await expect(changedOffer(on.http, 'o/r', [runs])).rejects.toMatchObject({
      code: 'server-error',
    })
  })
})
