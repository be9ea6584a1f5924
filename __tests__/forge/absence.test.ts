import { describe, expect, it } from '@jest/globals'
import type { ListedPull } from '../../src/core/model/evidence.js'
import { withUmbrellaWriters } from '../../src/forge/absence.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { head, policy, pull, STALE } from '../support/builders.js'
import type { Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const FILE =
  'name: CI\non: pull_request\njobs:\n  Lint: {}\n  all-required: { needs: Lint, if: always() }\n'
const NO_BASE: ListedPull = { ...pull(9), base: null, baseSha: null }

function readsOf(trees: Readonly<Record<string, Tree>>) {
  const { api, asked } = hostOf({ trees, tips: { main: 'm1', release: 'r1' } })
  return { asked, reads: { api, cache: openCache(), policy: policy() } }
}

describe('who would write an umbrella', () => {
  const ASKED = { umbrellaWriters: new Map() }
  const BARE = ['R1 Lint success']

  it('is asked where nothing carries it, for each pull request by its base', async () => {
    const { reads } = readsOf({ m1: { 'ci.yml': FILE }, r1: { why: 'too large' } })
    const pulls = [pull(7), pull(8, { base: 'release' })] as const
    const before = { ...head({ rows: BARE, pulls }), ...ASKED }
    const found = await withUmbrellaWriters(reads, {
      ...before,
      pulls: [...pulls, NO_BASE],
    })
    expect([...found.umbrellaWriters]).toEqual([
      [7, { kind: 'file', path: 'ci.yml', filters: '' }],
      [8, { kind: 'unreadable', why: 'too large' }],
      [9, { kind: 'unreadable', why: 'its base branch is not known' }],
    ])
  })

  it.each([
    { rule: 'something carries it', rows: STALE, change: ASKED },
    { rule: 'nobody asks', rows: BARE, change: {} },
  ])('is not read where $rule', async ({ rows, change }) => {
    const { reads, asked } = readsOf({ m1: { 'ci.yml': FILE } })
    const before = { ...head({ rows }), ...change }
    expect([(await withUmbrellaWriters(reads, before)) === before, asked]).toEqual([true, []])
  })
})
