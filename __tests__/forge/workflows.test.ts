import { describe, expect, it } from '@jest/globals'
import { ForgeError } from '../../src/forge/port.js'
import type { ReadContents } from '../../src/forge/workflows.js'
import {
  openContents,
  rawWorkflows,
  readWorkflow,
  readWorkflows,
} from '../../src/forge/workflows.js'
import { failureOf } from '../support/answer-table.js'

const TEXT = 'name: CI\non: push\njobs: { a: {} }\n'
const file = (text = TEXT) => ({
  content: Buffer.from(text).toString('base64'),
  encoding: 'base64',
})
const entry = (path: string, type = 'file', sha: string | null = null) => ({ path, type, sha })

/** Answers paths from a table, the rest with a 404, and counts what was read. */
function contents(table: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const read: ReadContents = path => {
    asked.push(path)
    const body = table[path] ?? null
    return body instanceof Error ? Promise.reject(body) : Promise.resolve(body)
  }
  return { read, asked }
}

const PLACES = { folders: ['a', 'b'], recursive: true }
const many = (count: number, nameOf: (at: number) => object): readonly object[] =>
  Array.from({ length: count }, (_, at) => nameOf(at))
const LIMIT = '1000 workflow files or more, or more than 200 folders of them'
/** So many folders below `a`, all of them empty. */
const foldersBelow = (count: number) => ({
  a: many(count, at => entry(`a/${at}`, 'dir')),
  ...Object.fromEntries(many(count, () => ({})).map((_, at) => [`a/${at}`, []])),
})

describe('the workflow files of a commit', () => {
  it.each<{ rule: string; table: object; places?: Partial<typeof PLACES>; found: object }>([
    { rule: 'are none where no folder is there', table: {}, found: { ok: true, value: [] } },
    {
      rule: 'are those of the first folder that is there',
      table: { b: [entry('b/x.yml')], 'b/x.yml': file() },
      found: { paths: ['b/x.yml'] },
    },
    {
      rule: 'are none where the first folder has none, whatever the second holds',
      table: { a: [], b: [entry('b/x.yml')], 'b/x.yml': file() },
      found: { paths: [] },
    },
    {
      rule: 'are files that end in yml or yaml, and nothing else',
      table: {
        a: [
          entry('a/x.yml'),
          entry('a/y.YAML'),
          entry('a/z.yml.bak'),
          entry('a/readme'),
          entry('a/link.yml', 'symlink'),
        ],
        'a/x.yml': file(),
        'a/y.YAML': file(),
      },
      found: { paths: ['a/x.yml', 'a/y.YAML'] },
    },
    {
      rule: 'are those below it, too',
      table: {
        a: [entry('a/deep', 'dir')],
        'a/deep': [entry('a/deep/x.yml')],
        'a/deep/x.yml': file(),
      },
      found: { paths: ['a/deep/x.yml'] },
    },
    {
      rule: 'are not those below it where the server does not look there',
      table: { a: [entry('a/deep', 'dir')] },
      places: { recursive: false },
      found: { paths: [] },
    },
    {
      rule: 'are not known where a folder is gone that was listed',
      table: { a: [entry('a/deep', 'dir')], b: [] },
      found: { ok: false, why: 'a/deep was listed, but is not there' },
    },
    {
      rule: 'are one that cannot be read where it is gone that was listed',
      table: { a: [entry('a/x.yml')] },
      found: {
        ok: true,
        value: [{ kind: 'unreadable', path: 'a/x.yml', why: 'it was listed, but is not there' }],
      },
    },
    {
      rule: 'are not known where a list is none',
      table: { a: { message: 'no' } },
      found: { ok: false, why: 'a: row Invalid input: expected array, received object' },
    },
    {
      rule: 'are not known by text in another encoding',
      table: { a: [entry('a/x.yml')], 'a/x.yml': { ...file(), encoding: 'utf-8' } },
      found: { ok: false, why: 'a/x.yml: encoding Invalid input: expected "base64"' },
    },
    {
      rule: 'are not known beside a thousand entries, whatever those are',
      table: { a: many(1000, at => entry(`a/${at}`)) },
      found: { ok: false, why: LIMIT },
    },
    {
      rule: 'are known beside fewer',
      table: { a: many(999, at => entry(`a/${at}`)) },
      found: { paths: [] },
    },
    {
      rule: 'are not known where the folders are a thousand in all',
      table: {
        a: [entry('a/deep', 'dir'), ...many(600, at => entry(`a/${at}.yml`))],
        'a/deep': many(400, at => entry(`a/deep/${at}.yml`)),
      },
      found: { ok: false, why: LIMIT },
    },
    { rule: 'are known in two hundred folders', table: foldersBelow(199), found: { paths: [] } },
    {
      rule: 'are not known in more than two hundred folders',
      table: foldersBelow(200),
      found: { ok: false, why: LIMIT },
    },
  ])('$rule', async ({ table, places, found }) => {
    const { read } = contents(table as Readonly<Record<string, unknown>>)
    const files = await readWorkflows({ ...PLACES, ...places }, read, openContents())
    const paths = files.ok ? files.value.map(({ path }) => path) : []
    expect('paths' in found ? { paths, ok: files.ok } : files).toEqual(
      'paths' in found ? { ...found, ok: true } : found,
    )
  })

  it('are each read once by the id of their content, and again where that failed', async () => {
    const table: Record<string, unknown> = {
      a: [entry('a/x.yml', 'file', 'blob 1'), entry('a/y.yml', 'file', 'blob 1'), entry('a/z.yml')],
      'a/x.yml': new ForgeError('server-error', 'not now'),
      'a/z.yml': file(),
    }
    const { read, asked } = contents(table)
    const cache = openContents()
    expect(await readWorkflows(PLACES, read, cache)).toEqual({ ok: false, why: 'not now' })
    table['a/x.yml'] = file()
    const again = await readWorkflows(PLACES, read, cache)
    expect(again.ok && again.value.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a/x.yml workflow',
      'a/y.yml workflow',
      'a/z.yml workflow',
    ])
    expect(asked.filter(path => path !== 'a')).toEqual(['a/x.yml', 'a/z.yml', 'a/x.yml', 'a/z.yml'])
  })
})

describe('the same files unread', () => {
  it('are their bytes', async () => {
    const { read } = contents({ a: [entry('a/x.yml')], 'a/x.yml': file('jobs: {}') })
    expect(await rawWorkflows(PLACES, read)).toEqual([
      { path: 'a/x.yml', bytes: Buffer.from('jobs: {}') },
    ])
  })

  it('are an error where one of them is gone', async () => {
    const { read } = contents({ a: [entry('a/x.yml')] })
    expect(await failureOf(rawWorkflows(PLACES, read))).toBe(
      'not-found: a/x.yml was listed, but is not there',
    )
  })
})

let times = 0

describe('one workflow file', () => {
  it('is parsed once while its path and its text are the same', async () => {
    const cache = openContents()
    const named = (name: string): unknown => file(`name: ${name}\non: push\njobs: {}`)
    const table: Record<string, unknown> = { 'a/x.yml': named('CI'), 'a/y.yml': named('CI') }
    const { read } = contents(table)
    const first = await readWorkflow('a/x.yml', read, cache)
    table['a'] = [entry('a/x.yml', 'file', 'blob 1'), entry('a/y.yml', 'file', 'blob 1')]
    const tree = await readWorkflows(PLACES, read, cache)
    const [same, other] = tree.ok ? tree.value : []
    expect(same).toBe(first)
    expect(other).toMatchObject({ kind: 'workflow', name: 'CI', path: 'a/y.yml' })
    table['a/x.yml'] = named('Other')
    expect(await readWorkflow('a/x.yml', read, cache)).toMatchObject({ name: 'Other' })
  })

  it('is read, or none', async () => {
    const { read } = contents({ 'a/x.yml': file() })
    expect(await readWorkflow('a/x.yml', read, openContents())).toMatchObject({
      kind: 'workflow',
      name: 'CI',
    })
    expect(await readWorkflow('a/y.yml', read, openContents())).toBeNull()
  })

  it('is read by a schema that takes base64 alone', async () => {
    // A schema is made once and kept: in a module of its own it is made here.
    times += 1
    const made: unknown = await import(`../../src/forge/workflows.js?${times}`)
    const { readWorkflow: first } = made as { readonly readWorkflow: typeof readWorkflow }
    const { read } = contents({ 'a/x.yml': file() })
    expect(await first('a/x.yml', read, openContents())).toMatchObject({
      kind: 'workflow',
      name: 'CI',
    })
  })
})
