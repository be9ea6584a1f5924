import { describe, expect, it } from '@jest/globals'
import { detect } from '../../../src/forge/gitea/detect.js'
import { dialectOf } from '../../../src/forge/gitea/dialect.js'
import { noteOf, readVersion, traitsOf } from '../../../src/forge/versions.js'
import { ForgeError } from '../../../src/forge/port.js'
import type { Answer } from '../../../src/forge/answer.js'
import type { Http } from '../../../src/forge/http.js'

const PLACE = { apiUrl: 'http://forge/api/v1', repo: 'o/r' }

describe('a version', () => {
  it.each([
    { text: '1.22.6', read: { kind: 'gitea', major: 1, minor: 22, patch: 6, dev: false } },
    { text: 'v1.24', read: { kind: 'gitea', minor: 24, patch: 0, dev: false } },
    { text: '1.26.0+dev-12', read: { kind: 'gitea', minor: 26, patch: 0, dev: true } },
    { text: '1.27.0-rc1', read: { kind: 'gitea', minor: 27, dev: true } },
    {
      text: '15.0.3+gitea-1.22.0',
      read: { kind: 'forgejo', major: 15, minor: 0, patch: 3, dev: false },
    },
    { text: '16.0.0-dev-3-abc+gitea-1.22.0', read: { kind: 'forgejo', major: 16 } },
  ])('$text', ({ text, read }) => {
    expect(readVersion(text)).toMatchObject({ ...read, text })
  })

  it.each(['', 'nonsense', '1', 'x1.22', '99999.1', '-1.2'].map(text => ({ text })))(
    '"$text" is none',
    ({ text }) => {
      expect(() => readVersion(text)).toThrow(ForgeError)
    },
  )
})

describe('what its rows prove', () => {
  const T = true
  const F = false
  it.each([
    {
      version: '1.22.6',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: F,
      wins: T,
    },
    {
      version: '1.23.0',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: T,
      wins: T,
    },
    {
      version: '1.25.5',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: T,
      wins: T,
    },
    { version: '1.26.0', words: 'classic', skips: T, job: 'id', phantom: T, suffix: T, wins: T },
    { version: '1.26.1', words: 'classic', skips: F, job: 'id', phantom: T, suffix: T, wins: T },
    { version: '1.26.4', words: 'classic', skips: F, job: 'id', phantom: T, suffix: T, wins: T },
    { version: '1.27.0', words: 'gitea-1.27', skips: F, job: 'id', phantom: F, suffix: T, wins: F },
    { version: '2.0.0', words: 'gitea-1.27', skips: F, job: 'id', phantom: F, suffix: T, wins: F },
    {
      version: '8.0.3+gitea-1.22.0',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: F,
      wins: T,
    },
    {
      version: '9.0.0+gitea-1.22.0',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: T,
      wins: T,
    },
    {
      version: '15.0.3+gitea-1.22.0',
      words: 'classic',
      skips: T,
      job: 'position',
      phantom: F,
      suffix: T,
      wins: T,
    },
  ])('$version', ({ version, words, skips, job, phantom, suffix, wins }) => {
    const reads = !/^(1\.2[567]|2\.|28\.)/.test(version)
    expect(traitsOf(readVersion(version))).toEqual({
      skipsEqualState: skips,
      skippedIsSuccess: reads,
      targetSuffix: suffix,
      postedStatusWins: wins,
      jobsMayHaveNoRow: /^(2|28)\./.test(version),
      checkRuns: false,
      rerunsJobs: /^(1\.26|1\.27|2\.|28\.)/.test(version),
      linksRunsById: /^(1\.26|1\.27|2\.|28\.)/.test(version),
    })
    expect(dialectOf(readVersion(version))).toEqual({
      descriptions: words,
      jobInTargetUrl: job,
      postsPhantomRows: phantom,
      listsTips: /^1\.2[0-3]|^1?\d\..*\+gitea/.test(version) && !version.startsWith('17'),
      dearPullList: /^1\.22|\+gitea/.test(version),
    })
  })

  it.each([
    { version: '28.1.0', wins: false, note: false },
    { version: '28.2.0', wins: false, note: true },
    { version: '29.0.0', wins: false, note: true },
    { version: '16.4.1+gitea-1.22.0', wins: true, note: false },
    { version: '17.0.0+gitea-1.22.0', wins: true, note: true },
  ])('a version newer than any known one is read the strictest way: $version', seen => {
    const read = readVersion(seen.version)
    const said = noteOf(read)
    expect(said === null ? null : said.includes(seen.version)).toBe(seen.note ? true : null)
    expect(traitsOf(read).postedStatusWins).toBe(seen.wins)
    if (!seen.note) return
    expect(traitsOf(read)).toEqual({
      skipsEqualState: false,
      skippedIsSuccess: true,
      targetSuffix: false,
      postedStatusWins: seen.wins,
      jobsMayHaveNoRow: true,
      checkRuns: false,
      rerunsJobs: !seen.wins,
      linksRunsById: !seen.wins,
    })
  })

  it.each([
    {
      version: '1.26.0+dev-12',
      strict: { skipsEqualState: false, postsPhantomRows: true, postedStatusWins: true },
    },
    {
      version: '1.27.0+dev-3',
      strict: { skipsEqualState: false, postedStatusWins: false, postsPhantomRows: true },
    },
    { version: '1.23.0+dev-1', strict: { targetSuffix: false } },
  ])('a build between releases is read the stricter way: $version', ({ version, strict }) => {
    const read = readVersion(version)
    expect({ ...traitsOf(read), ...dialectOf(read) }).toMatchObject(strict)
  })
})

/** A server of which only three answers are known. */
function fake(
  version: unknown,
  tasks: Answer['status'] | 'forbidden',
  runs: Answer['status'] | 'forbidden',
): { readonly http: Http; readonly asked: readonly string[] } {
  const asked: string[] = []
  const answer = (status: number, body: unknown = {}): Answer => ({
    status,
    headers: {},
    body,
    total: null,
    at: null,
  })
  const find = (path: string): Promise<Answer> => {
    asked.push(path)
    if (path === '/version')
      return Promise.resolve(version === 404 ? answer(404) : answer(200, version))
    const says = path.endsWith('/tasks') ? tasks : runs
    return says === 'forbidden'
      ? Promise.reject(new ForgeError('forbidden', 'user should be the owner of the repo'))
      : Promise.resolve(answer(says))
  }
  return {
    asked,
    http: {
      find,
      get: find,
      ask: () => Promise.reject(new Error('no question')),
      post: () => Promise.reject(new Error('no post')),
      hide: said => said,
      requests: () => asked.length,
      close: () => undefined,
    },
  }
}

describe('what a server offers', () => {
  it.each([
    { version: '1.22.6', tasks: 404, runs: 404, grade: 'statuses', rerun: false, limit: null },
    { version: '1.23.8', tasks: 200, runs: 404, grade: 'tasks', rerun: false, limit: null },
    {
      version: '1.25.5',
      tasks: 200,
      runs: 'forbidden',
      grade: 'tasks',
      rerun: false,
      limit: expect.stringContaining('owner'),
    },
    { version: '1.25.5', tasks: 200, runs: 200, grade: 'jobs', rerun: false, limit: null },
    { version: '1.26.4', tasks: 200, runs: 200, grade: 'jobs', rerun: true, limit: null },
    {
      version: '1.26.4',
      tasks: 'forbidden',
      runs: 'forbidden',
      grade: 'statuses',
      rerun: true,
      limit: expect.any(String),
    },
    {
      version: '11.0.1+gitea-1.22.0',
      tasks: 200,
      runs: 404,
      grade: 'tasks',
      rerun: false,
      limit: null,
    },
    {
      version: '15.0.3+gitea-1.22.0',
      tasks: 200,
      runs: 200,
      grade: 'tasks',
      rerun: false,
      limit: null,
    },
    {
      version: '16.0.0+gitea-1.22.0',
      tasks: 200,
      runs: 200,
      grade: 'jobs',
      rerun: false,
      limit: null,
    },
  ] as const)(
    '$version, tasks $tasks, runs $runs: $grade',
    async ({ version, tasks, runs, grade, rerun, limit }) => {
      const { http, asked } = fake({ version }, tasks, runs)
      expect((await detect(http, PLACE)).server).toMatchObject({
        version,
        grade,
        gradeLimit: limit,
        capabilities: { rerun },
      })
      // Where runs are listed with their jobs, nobody asks for task rows.
      const rest = grade === 'jobs' ? [] : ['/repos/o/r/actions/tasks']
      expect([...asked].sort()).toEqual(['/repos/o/r/actions/runs', ...rest, '/version'])
    },
  )

  it.each([
    { version: 404 },
    { version: {} },
    { version: { version: 'nonsense' } },
    { version: { version: 'x'.repeat(101) } },
    { version: { version: null } },
  ])('a server that does not tell its version is none: $version', async ({ version }) => {
    await expect(detect(fake(version, 200, 200).http, PLACE)).rejects.toThrow(ForgeError)
  })
})
