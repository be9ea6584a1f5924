import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { doubleWriters } from '../../src/workflow/writers.js'
import { naming } from '../support/gitea-version.js'

const TEST = 'CI / test (pull_request)'

interface Case {
  readonly rule: string
  readonly files: Readonly<Record<string, string>>
  readonly contexts?: readonly string[]
  readonly version?: string
  /** The paths that may write each context. */
  readonly says: Readonly<Record<string, readonly string[]>>
}

const file = (on: string, jobs: string, name = 'CI'): string =>
  `name: ${name}\non: ${on}\njobs: ${jobs}\n`
const plain = (on = 'pull_request', name?: string): string =>
  file(on, '{ test: { runs-on: x } }', name)
const BOTH = { [TEST]: ['a.yml', 'b.yml'] }

const CASES: readonly Case[] = [
  { rule: 'two files of one name', files: { 'b.yml': plain(), 'a.yml': plain() }, says: BOTH },
  { rule: 'one file', files: { 'a.yml': plain() }, says: {} },
  { rule: 'no file', files: {}, says: {} },
  {
    rule: 'two files of two names',
    files: { 'a.yml': plain(), 'b.yml': plain('pull_request', 'Other') },
    says: {},
  },
  {
    rule: 'two files of one name with other jobs',
    files: { 'a.yml': plain(), 'b.yml': file('pull_request', '{ lint: { runs-on: x } }') },
    says: {},
  },
  {
    rule: 'two files of one name for other events',
    files: { 'a.yml': plain(), 'b.yml': plain('push') },
    says: {},
  },
  {
    rule: 'a review writes a suffix of its own',
    files: { 'a.yml': plain(), 'b.yml': plain('pull_request_review') },
    says: {},
  },
  {
    rule: 'and two that listen to it write that',
    files: { 'a.yml': plain('[pull_request_review]'), 'b.yml': plain('pull_request_review') },
    contexts: ['CI / test (pull_request_review)'],
    says: { 'CI / test (pull_request_review)': ['a.yml', 'b.yml'] },
  },
  {
    rule: 'a file in a folder of its own',
    files: { '.gitea/workflows/ci.yml': plain(), '.gitea/workflows/mac/ci.yml': plain() },
    says: { [TEST]: ['.gitea/workflows/ci.yml', '.gitea/workflows/mac/ci.yml'] },
  },
  {
    rule: 'a name of a job',
    files: {
      'a.yml': plain(),
      'b.yml': file('pull_request', '{ other: { name: test, runs-on: x } }'),
    },
    says: BOTH,
  },
  {
    rule: 'a leg of a matrix',
    files: {
      'a.yml': file('pull_request', '{ t: { strategy: { matrix: { os: [l, w] } } } }'),
      'b.yml': file('pull_request', "{ x: { name: 't (w)' } }"),
    },
    contexts: [TEST, 'CI / t (l) (pull_request)', 'CI / t (w) (pull_request)'],
    says: { 'CI / t (w) (pull_request)': ['a.yml', 'b.yml'] },
  },
  {
    rule: 'a matrix that only a run tells may be anything',
    files: {
      'a.yml': plain(),
      'b.yml': file('pull_request', "{ x: { strategy: { matrix: '${{ fromJSON(vars.x) }}' } } }"),
    },
    says: BOTH,
  },
  {
    rule: 'a name that only a run tells',
    files: {
      'a.yml': plain(),
      'b.yml': file('pull_request', "{ x: { name: '${{ github.ref }}' } }"),
    },
    version: '15.0.0+gitea-1.22.0',
    says: BOTH,
  },
  {
    rule: 'a called workflow',
    files: { 'a.yml': plain(), 'b.yml': file('pull_request', '{ x: { uses: ./y.yml } }') },
    version: '1.27.0',
    says: BOTH,
  },
  {
    rule: 'but not under another name',
    files: {
      'a.yml': plain(),
      'b.yml': file('pull_request', '{ x: { uses: ./y.yml } }', 'Other'),
    },
    version: '1.27.0',
    says: {},
  },
  {
    rule: 'nor for another event',
    files: { 'a.yml': plain(), 'b.yml': file('push', '{ x: { uses: ./y.yml } }') },
    version: '1.27.0',
    says: {},
  },
  {
    rule: 'pull_request_target writes the same on 1.22',
    files: { 'a.yml': plain(), 'b.yml': plain('pull_request_target') },
    version: '1.22.6',
    says: BOTH,
  },
  {
    rule: 'and something else later',
    files: { 'a.yml': plain(), 'b.yml': plain('pull_request_target') },
    says: {},
  },
  {
    rule: 'one file for both events is two of it on 1.22',
    files: { 'a.yml': plain('[pull_request, pull_request_target]') },
    version: '1.22.6',
    says: { [TEST]: ['a.yml'] },
  },
  {
    rule: 'one for pull_request_target alone, too',
    files: { 'a.yml': plain('pull_request_target') },
    version: '1.22.6',
    says: { [TEST]: ['a.yml'] },
  },
  {
    rule: 'but not later',
    files: { 'a.yml': plain('[pull_request, pull_request_target]') },
    says: {},
  },
  {
    rule: 'nor in a context of another event',
    files: { 'a.yml': plain('[push, pull_request_target]') },
    version: '1.22.6',
    contexts: ['CI / test (push)'],
    says: {},
  },
  {
    rule: 'YAML without jobs writes nothing',
    files: { 'a.yml': plain(), 'b.yml': 'name: CI\non: pull_request\n' },
    says: {},
  },
  {
    rule: 'YAML without on writes nothing',
    files: { 'a.yml': plain(), 'b.yml': 'name: CI\njobs: { test: { runs-on: x } }\n' },
    says: {},
  },
  {
    rule: 'nor under a name without an event',
    files: { 'a.yml': plain(), 'b.yml': 'name: CI\njobs: { test: { runs-on: x } }\n' },
    contexts: ['CI / test'],
    says: {},
  },
  {
    rule: 'YAML that is no map writes nothing',
    files: { 'a.yml': plain(), 'b.yml': '- a\n', 'c.yml': 'text\n', 'd.yml': '' },
    says: {},
  },
  {
    rule: 'two without a name, before 1.27',
    files: {
      'a.yml': 'on: pull_request\njobs: { test: { runs-on: x } }\n',
      'b.yml': 'on: pull_request\njobs: { test: { runs-on: x } }\n',
    },
    contexts: ['/ test (pull_request)'],
    says: { '/ test (pull_request)': ['a.yml', 'b.yml'] },
  },
  {
    rule: 'two without a name go by their files from 1.27',
    files: {
      'a.yml': 'on: pull_request\njobs: { test: { runs-on: x } }\n',
      'b.yml': 'on: pull_request\njobs: { test: { runs-on: x } }\n',
    },
    version: '1.27.0',
    contexts: ['a.yml / test (pull_request)'],
    says: {},
  },
  {
    rule: 'three files',
    files: { 'a.yml': plain(), 'b.yml': plain(), 'c.yml': plain() },
    says: { [TEST]: ['a.yml', 'b.yml', 'c.yml'] },
  },
  {
    rule: 'one that cannot be read is for whoever asks',
    files: { 'a.yml': plain(), 'b.yml': 'a: [' },
    says: {},
  },
]

describe('which contexts two files may write', () => {
  it.each([...CASES])('$rule', async ({ files, contexts = [TEST], version = '1.26.4', says }) => {
    const read = await Promise.all(
      Object.entries(files).map(([path, text]) => parseWorkflow(path, Buffer.from(text))),
    )
    const targetSuffix = !version.startsWith('1.22')
    const found = doubleWriters(read, { contexts, naming: naming(version), targetSuffix })
    expect(Object.fromEntries(found.map(({ context, paths }) => [context, paths]))).toEqual(says)
  })
})

it('on GitHub a name that looks like an event is a name', async () => {
  const text = 'on: pull_request\njobs: { a: { name: test (push) }, b: {} }'
  const read = await Promise.all(
    ['a.yml', 'b.yml'].map(path => parseWorkflow(path, Buffer.from(text))),
  )
  const contexts = ['test (push)', 'test', 'b', 'b (push)']
  const found = doubleWriters(read, { contexts, naming: GITHUB_NAMING, targetSuffix: false })
  const paths = ['a.yml', 'b.yml']
  expect(found).toEqual([
    { context: 'test (push)', paths },
    { context: 'b', paths },
  ])
})
