import { describe, expect, it } from '@jest/globals'
import { ForgeError } from '../../src/forge/port.js'
import { fileAt, filesOn, once, openCache, treeAt, treeOf } from '../../src/forge/workflow-cache.js'
import { failureOf } from '../support/answer-table.js'
import type { Held, Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const CALLS = "name: CI\non: pull_request\njobs: { tests: { uses: './inner.yml' } }\n"
const INNER = "on: workflow_call\njobs: { unit: {}, more: { uses: './deep.yml' } }\n"
const DEEP = 'on: workflow_call\njobs: { last: {} }\n'
const PLAIN = 'name: Plain\non: push\njobs: { a: {} }\n'
const TREE: Tree = { 'ci.yml': CALLS, 'inner.yml': INNER, 'deep.yml': DEEP, 'plain.yml': PLAIN }

/** A server that shows called jobs, and one that shows their callers. */
const SHOWS_CALLED = '1.27.0'
const SHOWS_CALLERS = '1.26.4'

function readsOf(held: Held) {
  const { api, asked } = hostOf(held)
  return { reads: { api, cache: openCache() }, asked }
}

/** The ids of the jobs of a file, as a run shows them. */
const jobsIn = (file: Awaited<ReturnType<typeof fileAt>>): readonly string[] =>
  file?.kind === 'workflow' ? file.jobs.map(({ id }) => id) : []

const CALLED = ['tests / unit', 'tests / more / last']

describe('what is asked for once', () => {
  it('is kept, and asked for again where it failed', async () => {
    const known = new Map<string, Promise<number>>()
    let times = 0
    const read = (): Promise<number> => {
      times += 1
      return times === 1 ? Promise.reject(new ForgeError('server-error', 'no')) : Promise.resolve(5)
    }
    expect(await failureOf(once(known, 'x', read))).toBe('server-error: no')
    expect([await once(known, 'x', read), await once(known, 'x', read), times]).toEqual([5, 5, 2])
  })
})

describe('the workflow files of a commit', () => {
  it.each([
    { rule: 'show the jobs they call', version: SHOWS_CALLED, jobs: CALLED },
    { rule: 'show their callers where a run does', version: SHOWS_CALLERS, jobs: ['tests'] },
  ])('$rule', async ({ version, jobs }) => {
    const { reads } = readsOf({ trees: { c1: TREE }, version })
    const found = await treeAt(reads, 'c1')
    const ci = found.ok ? found.value.find(({ path }) => path === 'ci.yml') : undefined
    expect(jobsIn(ci ?? null)).toEqual(jobs)
  })

  it('are read once, and again where they could not be read', async () => {
    const trees: Record<string, Tree> = { c1: { why: 'too large' } }
    const { reads, asked } = readsOf({ trees })
    expect(await treeAt(reads, 'c1')).toEqual({ ok: false, why: 'too large' })
    trees['c1'] = TREE
    await treeAt(reads, 'c1')
    await treeAt(reads, 'c1')
    expect(asked).toEqual(['files of c1', 'files of c1'])
  })

  it('of a branch are those of the commit it stands on', async () => {
    const { reads, asked } = readsOf({
      trees: { c1: { 'plain.yml': PLAIN } },
      tips: { main: 'c1' },
    })
    const found = await filesOn(reads, 'main')
    expect(found.ok && [found.value.commit, found.value.files.map(({ path }) => path)]).toEqual([
      'c1',
      ['plain.yml'],
    ])
    expect((await treeOf(reads, 'main')).ok).toBe(true)
    expect(asked).toEqual(['tip of main', 'files of c1'])
    expect(await treeOf(reads, 'gone')).toEqual({ ok: false, why: 'there is no branch gone' })
  })
})

describe('one workflow file of a commit', () => {
  it('is read with the files it calls, each of them once', async () => {
    const { reads, asked } = readsOf({ trees: { c1: TREE }, version: SHOWS_CALLED })
    expect(jobsIn(await fileAt(reads, 'ci.yml', 'c1'))).toEqual(CALLED)
    await fileAt(reads, 'ci.yml', 'c1')
    expect(asked).toEqual(['ci.yml of c1', 'inner.yml of c1', 'deep.yml of c1'])
  })

  it.each([
    { rule: 'the same twice', jobs: "{ a: { uses: './inner.yml' }, b: { uses: './inner.yml' } }" },
    {
      rule: 'one that is not there',
      jobs: "{ a: { uses: './inner.yml' }, b: { uses: './x.yml' } }",
    },
  ])('may call $rule', async ({ rule, jobs }) => {
    const text = `name: CI\non: push\njobs: ${jobs}\n`
    const { reads, asked } = readsOf({
      trees: { c1: { 'ci.yml': text, 'inner.yml': DEEP } },
      version: SHOWS_CALLED,
    })
    const twice = rule === 'the same twice'
    expect(jobsIn(await fileAt(reads, 'ci.yml', 'c1'))).toEqual(
      twice ? ['a / last', 'b / last'] : ['a / last', 'b'],
    )
    const more = twice ? [] : ['x.yml of c1']
    expect(asked).toEqual(['ci.yml of c1', 'inner.yml of c1', ...more])
  })

  it('is read alone where a run shows callers', async () => {
    const { reads, asked } = readsOf({ trees: { c1: TREE }, version: SHOWS_CALLERS })
    expect(jobsIn(await fileAt(reads, 'ci.yml', 'c1'))).toEqual(['tests'])
    expect(asked).toEqual(['ci.yml of c1'])
  })

  it('is taken from the files of its commit where those were read', async () => {
    const { reads, asked } = readsOf({ trees: { c1: TREE }, version: SHOWS_CALLED })
    await treeAt(reads, 'c1')
    expect(jobsIn(await fileAt(reads, 'plain.yml', 'c1'))).toEqual(['a'])
    expect(jobsIn(await fileAt(reads, 'ci.yml', 'c1'))).toEqual(CALLED)
    expect(await fileAt(reads, 'none.yml', 'c1')).toBeNull()
    expect(asked).toEqual(['files of c1', 'none.yml of c1'])
  })
})
