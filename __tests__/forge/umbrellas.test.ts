import { describe, expect, it } from '@jest/globals'
import { ForgeError } from '../../src/forge/port.js'
import { inspect, searchUmbrellas } from '../../src/forge/umbrellas.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { UMBRELLA } from '../support/builders.js'
import type { Tree } from '../support/workflow-host.js'
import { hostOf } from '../support/workflow-host.js'

const LINT = 'CI / Lint (pull_request)'
const TEXT =
  'name: CI\non: pull_request\njobs:\n  Lint: { steps: [{ run: make lint }] }\n' +
  '  all-required: { needs: Lint, if: always(), ' +
  "steps: [{ run: 'test ${{ needs.Lint.result }} = success' }] }\n"
const REFUSED = new ForgeError('forbidden', 'not yours')

const answer = <T>(value: T | Error): Promise<T> =>
  value instanceof Error ? Promise.reject(value) : Promise.resolve(value)

describe('the search for an umbrella', () => {
  it.each<{
    rule: string
    required: readonly string[] | Error
    tree?: Tree
    found: Readonly<Record<string, unknown>>
    asked: readonly string[]
  }>([
    {
      rule: 'finds the context that answers for others, of those that are required',
      required: [LINT, UMBRELLA],
      found: { contexts: [UMBRELLA], required: [LINT, UMBRELLA] },
      asked: ['tip of main', 'files of c1'],
    },
    {
      rule: 'takes no pattern for a context',
      required: [LINT, 'CI / *'],
      found: { contexts: [], required: [LINT] },
      asked: ['tip of main', 'files of c1'],
    },
    {
      rule: 'reads no file where nothing is required by name',
      required: ['CI / *'],
      found: { contexts: [], required: [] },
      asked: [],
    },
    {
      rule: 'says why where the files cannot be read',
      required: [UMBRELLA],
      tree: { why: 'too large' },
      found: { kind: 'unreadable', why: 'too large' },
      asked: ['tip of main', 'files of c1'],
    },
    {
      rule: 'says why where nobody tells what is required',
      required: REFUSED,
      found: { kind: 'unreadable', why: 'not yours' },
      asked: [],
    },
  ])('$rule', async ({ required, tree = { 'ci.yml': TEXT }, found, asked }) => {
    const host = hostOf({ trees: { c1: tree }, tips: { main: 'c1' } })
    const search = await searchUmbrellas({
      api: host.api,
      cache: openCache(),
      defaultBranch: () => Promise.resolve('main'),
      requiredToMerge: () => answer(required),
    })
    const searched = { kind: 'searched', branch: 'main' }
    expect(search).toEqual('kind' in found ? found : { ...searched, ...found })
    expect(host.asked).toEqual(asked)
  })
})

describe('an inspection', () => {
  const FILE = { path: 'ci.yml', bytes: Buffer.from(TEXT) }
  it.each<{
    rule: string
    required: readonly string[] | Error
    queue?: boolean | Error
    told: readonly [required: readonly string[] | null, queue: boolean]
  }>([
    { rule: 'of a forge without merge queues', required: [LINT], told: [[LINT], false] },
    { rule: 'of a branch with one', required: [LINT], queue: true, told: [[LINT], true] },
    { rule: 'of a branch without one', required: [LINT], queue: false, told: [[LINT], false] },
    {
      rule: 'where nobody tells of either',
      required: REFUSED,
      queue: REFUSED,
      told: [null, false],
    },
  ])('$rule', async ({ required, queue, told }) => {
    const asked: string[] = []
    const reads = {
      defaultBranch: () => Promise.resolve('main'),
      requiredToMerge: (branch: string) => {
        asked.push(branch)
        return answer(required)
      },
    }
    const hasQueue = (branch: string) => {
      asked.push(branch)
      return answer(queue ?? false)
    }
    const found = await inspect(queue === undefined ? reads : { ...reads, hasQueue }, branch => {
      asked.push(branch)
      return Promise.resolve([FILE])
    })
    const [shown, hasOne] = told
    expect(found).toEqual({ branch: 'main', files: [FILE], required: shown, queue: hasOne })
    expect(new Set(asked)).toEqual(new Set(['main']))
  })
})
