import { describe, expect, it } from '@jest/globals'
import type { Evidence, ListedPull } from '../../src/core/model/evidence.js'
import { hasUmbrella, withNeeds } from '../../src/forge/needs.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { gap, head, policy, pull, SHA, STALE, UMBRELLA } from '../support/builders.js'
import type { Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const needing = (...needs: readonly string[]): Tree => ({
  'ci.yml':
    `name: CI\non: pull_request\njobs:\n${needs.map(id => `  ${id}: {}\n`).join('')}` +
    `  all-required: { needs: [${needs.join(', ')}], if: always() }\n`,
})
const WITHOUT: Tree = { 'ci.yml': 'name: CI\non: pull_request\njobs: { Lint: {} }\n' }
const OLD = gap(null)
const NO_BASE: ListedPull = { ...pull(7), base: null, baseSha: null }
const TIPS = { main: 'm1', release: 'r1' }

function readsOf(trees: Readonly<Record<string, Tree>>, required: readonly string[] = []) {
  const { api, asked } = hostOf({ trees, tips: TIPS })
  return { asked, reads: { api, cache: openCache(), policy: policy({ required }) } }
}

/** The contexts that an umbrella needs, for each pull request. */
const neededIn = ({ needs }: Evidence) =>
  [...needs].map(([number, one]) => [number, 'contexts' in one ? one.contexts : one.kind])
const wordsOf = ({ gaps }: Evidence): readonly string[] =>
  gaps.map(({ what, cause, detail }) => `${what}: ${cause}: ${detail}`)
const context = (job: string): string => `CI / ${job} (pull_request)`

describe('what an umbrella needs', () => {
  it('is told for each pull request by its base, and by its own file', async () => {
    const { reads } = readsOf({ m1: needing('Lint'), r1: needing('Test'), [SHA]: needing('Docs') })
    const pulls = [pull(7), pull(8, { base: 'release' })] as const
    const found = await withNeeds(reads, head({ rows: STALE, pulls, gaps: [OLD] }))
    expect(neededIn(found)).toEqual([
      [7, [context('Lint'), context('Docs')]],
      [8, [context('Test'), context('Docs')]],
    ])
    expect(found.gaps).toEqual([OLD])
  })

  it('is told of each commit by its own file', async () => {
    const other = 'd'.repeat(40)
    const { reads } = readsOf({
      m1: needing('Lint'),
      [SHA]: needing('Docs'),
      [other]: needing('Test'),
    })
    await withNeeds(reads, head({ rows: STALE }))
    const second = await withNeeds(reads, { ...head({ rows: STALE }), sha: other })
    expect(neededIn(second)).toEqual([[7, [context('Lint'), context('Test')]]])
  })

  it('is not asked where a list says it', async () => {
    const { reads, asked } = readsOf({}, ['Lint'])
    expect([neededIn(await withNeeds(reads, head({ rows: STALE }))), asked]).toEqual([[], []])
  })

  it.each<{
    rule: string
    trees: Readonly<Record<string, Tree>>
    pulls?: [ListedPull]
    why: string
  }>([
    {
      rule: 'the files of its base cannot be read',
      trees: { m1: { why: 'too large' } },
      why: 'too large',
    },
    {
      rule: 'the file of its own commit cannot be read',
      trees: { m1: needing('Lint'), [SHA]: { why: 'torn' } },
      why: 'torn',
    },
    {
      rule: 'its base is not known',
      trees: {},
      pulls: [NO_BASE],
      why: 'its base branch is not known',
    },
  ])('is a gap where $rule', async ({ trees, pulls = [pull(7)], why }) => {
    const { reads } = readsOf(trees)
    const found = await withNeeds(reads, { ...head({ rows: STALE, gaps: [] }), pulls })
    expect([neededIn(found), wordsOf(found)]).toEqual([
      [],
      [`what ${UMBRELLA} needs: unreadable: ${why}`],
    ])
  })
})

describe('a branch', () => {
  it.each([
    { rule: 'whose files have the job has the umbrella', tree: needing('Lint'), has: true },
    { rule: 'whose files have no such job has none', tree: WITHOUT, has: false },
    { rule: 'whose files cannot be read is not known', tree: { why: 'too large' }, has: null },
    { rule: 'with a broken file is not known', tree: { 'x.yml': 'jobs: []' }, has: null },
  ])('$rule', async ({ tree, has }) => {
    expect(await hasUmbrella(readsOf({ m1: tree }).reads, 'main')).toBe(has)
  })
})
