import { expect, it } from '@jest/globals'
import { withOwnWriters } from '../../src/forge/commit-writers.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { gap, head, policy, SHA } from '../support/builders.js'
import type { Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const OLD = gap(null)
const NOT_READ = { kind: 'not-read' }
const CI = 'name: CI\non: push\njobs: { Lint: {}, Test: {}, Silent: {} }\n'
const double = (job: string) => ({
  context: `CI / ${job} (push)`,
  where: 'at this commit',
  paths: ['a.yml', 'ci.yml'],
})
const unread = (detail: string) => ({
  what: 'the workflow files',
  cause: 'unreadable',
  context: null,
  detail,
})

it.each<{ rule: string; tree: Tree; writers: object; gaps?: readonly object[] }>([
  {
    rule: 'each context of it has one writer',
    tree: { 'ci.yml': CI },
    writers: { kind: 'read', doubles: [] },
  },
  {
    rule: 'two files write the contexts that stand on it',
    tree: { 'a.yml': CI, 'ci.yml': CI },
    writers: { kind: 'read', doubles: [double('Lint'), double('Test')] },
  },
  {
    rule: 'a file of it cannot be read',
    tree: { 'a.yml': 'jobs: []', 'ci.yml': CI },
    writers: NOT_READ,
    gaps: [unread('its jobs are no map')],
  },
  {
    rule: 'its files cannot be read',
    tree: { why: 'too large' },
    writers: NOT_READ,
    gaps: [unread('too large')],
  },
])('a commit that nobody asks about: $rule', async ({ tree, writers, gaps = [] }) => {
  const { api } = hostOf({ trees: { [SHA]: tree } })
  const before = head({
    rows: ['R1 CI / Lint (push) success', 'R1 CI / Test (push) success'],
    gaps: [OLD],
    writers: NOT_READ as never,
    others: NOT_READ as never,
  })
  const found = await withOwnWriters({ api, cache: openCache(), policy: policy() }, before)
  expect(found).toEqual({
    ...before,
    writers,
    others: { kind: 'read', numbers: [] },
    gaps: [OLD, ...gaps],
  })
})
