import { expect, it } from '@jest/globals'
import type { OpenRun } from '../../src/core/plan/rerun.js'
import { asRunKey } from '../../src/core/model/ids.js'
import type { RunSource } from '../../src/forge/reach.js'
import { reachBy } from '../../src/forge/reach.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import type { UnreadableFile, Workflow } from '../../src/workflow/parse.js'
import { policy, UMBRELLA } from '../support/builders.js'
import { workflow } from '../support/fake-reruns.js'
import type { Held, Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const FOLLOWS = 'jobs: { a: { steps: [{ run: make }] } }\n'
const after = (name: string, more = ''): string =>
  `name: After\non: { workflow_run: { workflows: [${name}]${more} } }\n${FOLLOWS}`
const PUSHED = `name: Pushed\non: push\n${FOLLOWS}`
const BROKEN: UnreadableFile = { kind: 'unreadable', path: 'x.yml', why: 'it is no YAML' }

const openRun = (key: number, head: OpenRun['head']): OpenRun => ({
  run: asRunKey(key),
  file: 'ci.yml',
  head,
})
const HERE = { branch: 'topic', repository: 'o/r' }

interface Scene {
  readonly rule: string
  readonly files?: readonly [Workflow | UnreadableFile, ...(Workflow | UnreadableFile)[]]
  readonly onDefault?: Tree
  readonly held?: Partial<Held>
  readonly head?: RunSource['head']
  readonly open?: readonly OpenRun[]
  readonly reach: Readonly<Record<string, unknown>>
}

const GROUP = { concurrency: '${{ github.head_ref }}' }

it.each<Scene>([
  {
    rule: 'workflows of the default branch that start after it, and no others',
    onDefault: { 'a.yml': after('CI'), 'b.yml': after('Release'), 'c.yml': PUSHED },
    reach: { dependents: ['a.yml (on: workflow_run)'] },
  },
  {
    rule: 'the workflow that this sweep is a step of is no other work',
    onDefault: { 'a.yml': after('CI'), 'sweep.yml': after('CI') },
    held: { sweepFile: 'sweep.yml' },
    reach: { dependents: ['a.yml (on: workflow_run)'] },
  },
  {
    rule: 'it is not known where one of its own texts has no such job',
    files: [workflow(), workflow({ name: 'Other', path: 'other.yml' })],
    onDefault: { 'a.yml': after('CI') },
    reach: {
      kind: 'unreadable',
      why: `other.yml of this commit has no single job that writes ${UMBRELLA}`,
    },
  },
  {
    rule: 'what starts when a run is requested anew, where the server tells so',
    onDefault: { 'a.yml': after('CI', ', types: [requested]') },
    reach: { dependents: ['a.yml (on: workflow_run)'] },
  },
  {
    rule: 'nothing that starts when a run is requested, where a second start is not told',
    onDefault: { 'a.yml': after('CI', ', types: [requested]') },
    held: { kind: 'github' },
    reach: { dependents: [] },
  },
  {
    rule: 'nothing that follows another branch',
    head: HERE,
    onDefault: { 'a.yml': after('CI', ', branches: [main]') },
    reach: { dependents: [] },
  },
  {
    rule: 'what follows another branch, where that of the run is not told',
    onDefault: { 'a.yml': after('CI', ', branches: [main]') },
    reach: { dependents: ['a.yml (on: workflow_run)'] },
  },
  {
    rule: 'it is not known where a file of the default branch cannot be read',
    onDefault: { 'a.yml': after('CI'), 'x.yml': 'jobs: []' },
    reach: { kind: 'unreadable', why: 'x.yml: its jobs are no map' },
  },
  {
    rule: 'it is not known where that branch cannot be read',
    onDefault: { why: 'too large' },
    reach: { kind: 'unreadable', why: 'too large' },
  },
  {
    rule: 'it is not known where one of its own texts cannot be read',
    files: [workflow(), BROKEN],
    reach: { kind: 'unreadable', why: 'x.yml: it is no YAML' },
  },
  {
    rule: 'open runs of the same branch of another repository',
    files: [workflow(GROUP)],
    head: HERE,
    open: [
      openRun(1, { ...HERE, repository: 'fork/r' }),
      openRun(2, HERE),
      openRun(3, { branch: 'other', repository: 'fork/r' }),
      openRun(4, null),
    ],
    reach: {
      concurrency: 'head-branch',
      open: [openRun(1, { ...HERE, repository: 'fork/r' }), openRun(4, null)],
    },
  },
  {
    rule: 'every open run where its own branch is not told',
    files: [workflow(GROUP)],
    open: [openRun(2, HERE)],
    reach: { concurrency: 'head-branch', open: [openRun(2, HERE)] },
  },
  {
    rule: 'every open run where all share one group',
    files: [workflow({ concurrency: 'ci' })],
    head: HERE,
    open: [openRun(2, HERE)],
    reach: { concurrency: 'repository', open: [openRun(2, HERE)] },
  },
])('what a re-run touches: $rule', async ({ files, onDefault = {}, held, head, open, reach }) => {
  const { api } = hostOf({ trees: { c1: onDefault }, tips: { main: 'c1' }, ...held })
  const source = {
    event: 'pull_request',
    files: files ?? [workflow()],
    head: head ?? null,
  } as const
  const reads = { api, cache: openCache(), policy: policy() }
  const found = await reachBy(source, reads, () => Promise.resolve(open ?? []))
  const nothing = { kind: 'read', dependents: [], concurrency: 'nothing', open: [] }
  expect(found).toEqual('why' in reach ? reach : { ...nothing, ...reach })
})

it('what starts after one of the texts it may have run by counts', async () => {
  const { api } = hostOf({ trees: { c1: { 'a.yml': after('CI') } }, tips: { main: 'c1' } })
  const reads = {
    api: { ...api, naming: GITHUB_NAMING },
    cache: openCache(),
    policy: policy({ umbrella: 'all-required' }),
  }
  const files = [workflow({ name: 'Renamed' }), workflow()] as const
  const source = { event: 'pull_request', files, head: null }
  expect(await reachBy(source, reads, () => Promise.resolve([]))).toMatchObject({
    kind: 'read',
    dependents: ['a.yml (on: workflow_run)'],
  })
})

it('the name of the default branch is asked for once a sweep', async () => {
  const { api, asked } = hostOf({ trees: {}, tips: { main: 'c1' } })
  const reads = { api, cache: openCache(), policy: policy() }
  const source = { event: 'pull_request', files: [workflow()], head: null } as const
  await reachBy(source, reads, () => Promise.resolve([]))
  expect([...reads.cache.names.keys()]).toEqual([''])
  await reachBy(source, reads, () => Promise.resolve([]))
  expect(asked.filter(question => question === 'default branch')).toHaveLength(1)
})
