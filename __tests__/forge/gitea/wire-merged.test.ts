import { describe, expect, it } from '@jest/globals'
import { mergedSchema, tagSchema } from '../../../src/forge/gitea/wire-merged.js'
import { BASE_SHA, NOW, SHA } from '../../support/builders.js'

const AT = '2026-05-14T12:00:00Z'

/** A merged pull request as a server tells it, and as it is read. */
const WIRE = {
  number: 7,
  title: 'A change',
  updated_at: AT,
  merged_at: AT,
  merged_by: { login: 'ann' },
  merge_base: BASE_SHA,
  head: { sha: SHA },
  base: { ref: 'main', sha: BASE_SHA },
}
const READ = { ...WIRE, updated_at: NOW, merged_at: NOW }

describe('a closed pull request', () => {
  it('is read whole, and what else a server tells is left out', () => {
    expect(mergedSchema().parse({ ...WIRE, body: 'words' })).toEqual(READ)
  })

  it.each([
    { scene: 'without a title', change: { title: undefined }, read: { title: '' } },
    { scene: 'with a title that is no text', change: { title: 3 }, read: { title: '' } },
    { scene: 'that was not merged', change: { merged_at: null }, read: { merged_at: null } },
    { scene: 'that tells no merge', change: { merged_at: undefined }, read: { merged_at: null } },
    { scene: 'merged by nobody', change: { merged_by: null }, read: { merged_by: null } },
    { scene: 'merged by no name', change: { merged_by: {} }, read: { merged_by: null } },
    { scene: 'without a merge base', change: { merge_base: undefined }, read: { merge_base: '' } },
    {
      scene: 'whose base is no commit',
      change: { base: { ref: 'main', sha: '' } },
      read: { base: { ref: 'main', sha: null } },
    },
    {
      scene: 'whose base has no commit',
      change: { base: { ref: 'main' } },
      read: { base: { ref: 'main', sha: null } },
    },
    {
      scene: 'of a repository with longer names of commits',
      change: { head: { sha: 'c'.repeat(64) } },
      read: { head: { sha: 'c'.repeat(64) } },
    },
  ])('$scene is read', ({ change, read }) => {
    expect(mergedSchema().parse({ ...WIRE, ...change })).toEqual({ ...READ, ...read })
  })

  it('may leave out who merged it', () => {
    const { merged_by: by } = mergedSchema().parse({ ...WIRE, merged_by: undefined })
    expect(by).toBeUndefined()
  })

  it.each([
    { scene: 'without a number', change: { number: undefined }, where: 'number' },
    { scene: 'of number 0', change: { number: 0 }, where: 'number' },
    { scene: 'of half a number', change: { number: 1.5 }, where: 'number' },
    { scene: 'that never changed', change: { updated_at: undefined }, where: 'updated_at' },
    { scene: 'changed at no time', change: { updated_at: 'today' }, where: 'updated_at' },
    { scene: 'merged at no time', change: { merged_at: 'today' }, where: 'merged_at' },
    { scene: 'without a head', change: { head: undefined }, where: 'head' },
    { scene: 'without a commit', change: { head: {} }, where: 'head.sha' },
    { scene: 'with half a commit', change: { head: { sha: 'a'.repeat(39) } }, where: 'head.sha' },
    {
      scene: 'with too long a commit',
      change: { head: { sha: 'a'.repeat(65) } },
      where: 'head.sha',
    },
    { scene: 'with words before it', change: { head: { sha: `x${SHA}` } }, where: 'head.sha' },
    { scene: 'with words after it', change: { head: { sha: `${SHA}x` } }, where: 'head.sha' },
    { scene: 'without a base', change: { base: undefined }, where: 'base' },
    { scene: 'without a base branch', change: { base: { sha: BASE_SHA } }, where: 'base.ref' },
  ])('$scene is not understood', ({ change, where }) => {
    const { error } = mergedSchema().safeParse({ ...WIRE, ...change })
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([where])
  })
})

describe('a tag', () => {
  it('names a commit', () => {
    expect(tagSchema().parse({ name: 'v1', commit: { sha: SHA } })).toEqual({
      commit: { sha: SHA },
    })
  })

  it.each([
    { scene: 'nothing', raw: {}, where: 'commit' },
    { scene: 'no commit', raw: { commit: {} }, where: 'commit.sha' },
    { scene: 'half a commit', raw: { commit: { sha: 'abc' } }, where: 'commit.sha' },
  ])('that names $scene is not understood', ({ raw, where }) => {
    const { error } = tagSchema().safeParse(raw)
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([where])
  })
})
