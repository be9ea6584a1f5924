import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Naming } from '../../src/workflow/contexts.js'
import type { Needs } from '../../src/workflow/needs.js'
import { combinedNeeds, neededBy } from '../../src/workflow/needs.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { writtenByUmbrella } from '../../src/workflow/umbrella-work.js'
import { naming } from '../support/gitea-version.js'
import { holds, holdsLater } from '../support/property.js'

const UMBRELLA = 'CI / all-required (pull_request)'
const read = (path: string, text: string) => parseWorkflow(path, Buffer.from(text))

async function needs(
  files: Readonly<Record<string, string>>,
  version = '1.26.4',
  umbrella = UMBRELLA,
): Promise<Needs> {
  const read_ = await Promise.all(Object.entries(files).map(([path, text]) => read(path, text)))
  const targetSuffix = !/^1\.22/.test(version)
  return neededBy(read_, { umbrella, naming: naming(version), targetSuffix })
}

const ci = (jobs: string, head = 'name: CI\non: [pull_request]\n'): string =>
  `${head}jobs:\n${jobs}`
const job = (id: string, ...lines: readonly string[]): string =>
  `  ${id}:\n${['runs-on: x', ...lines].map(line => `    ${line}\n`).join('')}`
const gate = (...ids: readonly string[]): string =>
  job('all-required', `needs: [${ids.join(', ')}]`, 'if: always()', 'steps: [{ run: echo }]')
const contexts = (...names: readonly string[]): readonly string[] =>
  names.map(name => `CI / ${name} (pull_request)`)

interface Case {
  readonly rule: string
  readonly files: Readonly<Record<string, string>>
  readonly version?: string
  readonly umbrella?: string
  readonly says: readonly string[] | Needs['kind'] | RegExp
  /** Where `says` is the reason: why what is not known. */
  readonly kind?: Needs['kind']
}

const matrix = (lines: readonly string[], name?: string): string =>
  ci(
    job(
      't',
      ...(name === undefined ? [] : [`name: "${name}"`]),
      'strategy:',
      '  matrix:',
      ...lines.map(line => `    ${line}`),
    ) + gate('t'),
  )

const CASES: readonly Case[] = [
  {
    rule: 'the needs of the umbrella, by their names or ids',
    files: { 'ci.yml': ci(job('lint') + job('test', 'name: Unit tests') + gate('lint', 'test')) },
    says: contexts('lint', 'Unit tests'),
  },
  {
    rule: 'those of an umbrella whose name says no event, whatever its file runs on',
    files: { 'ci.yml': ci(job('lint') + gate('lint')) },
    umbrella: 'CI / all-required',
    says: ['CI / lint'],
  },
  {
    rule: 'two files that write it, by their paths',
    files: {
      'z.yml': ci(job('lint') + gate('lint')),
      'a.yml': ci(job('test') + gate('test')),
    },
    kind: 'ambiguous',
    says: /^more than one job writes CI \/ all-required \(pull_request\): a\.yml, z\.yml$/,
  },
  {
    rule: 'only its own needs, not theirs',
    files: { 'ci.yml': ci(job('a') + job('b', 'needs: a') + gate('b')) },
    says: contexts('b'),
  },
  {
    rule: 'one need as a text',
    files: { 'ci.yml': ci(job('a') + job('all-required', 'needs: a')) },
    says: contexts('a'),
  },
  {
    rule: 'an umbrella with a name of its own',
    files: { 'ci.yml': ci(job('a') + job('gate', 'name: all-required', 'needs: [a]')) },
    says: contexts('a'),
  },
  {
    rule: 'no needs: every other job',
    files: { 'ci.yml': ci(job('a') + job('all-required')) },
    says: /needs no other job/,
  },
  {
    rule: 'a need that is no job: every other job',
    files: { 'ci.yml': ci(job('a') + gate('a', 'gone')) },
    says: /needs gone/,
  },
  {
    rule: 'no file writes it',
    files: { 'ci.yml': ci(job('a')), 'b.yml': ci(gate(), 'name: Other\non: pull_request\n') },
    says: 'no-such-job',
  },
  { rule: 'no file at all', files: {}, says: 'no-such-job' },
  {
    rule: 'a file for another event does not write it',
    files: { 'ci.yml': ci(job('a') + gate('a'), 'name: CI\non: push\n') },
    says: 'no-such-job',
  },
  {
    rule: 'events as a text',
    files: { 'ci.yml': ci(job('a') + gate('a'), 'name: CI\non: pull_request\n') },
    says: contexts('a'),
  },
  {
    rule: 'events as a map',
    files: {
      'ci.yml': ci(job('a') + gate('a'), 'name: CI\non:\n  pull_request:\n    branches: [main]\n'),
    },
    says: contexts('a'),
  },
  {
    rule: 'pull_request_target writes the same context on 1.22',
    files: { 'ci.yml': ci(job('a') + gate('a'), 'name: CI\non: pull_request_target\n') },
    version: '1.22.6',
    says: contexts('a'),
  },
  {
    rule: 'and one of its own later',
    files: { 'ci.yml': ci(job('a') + gate('a'), 'name: CI\non: pull_request_target\n') },
    says: 'no-such-job',
  },
  {
    rule: 'two files of one name that write it are one too many',
    files: { 'a.yml': ci(job('a') + gate('a')), 'b.yml': ci(job('b') + gate('b')) },
    kind: 'ambiguous',
    says: /more than one job/,
  },
  {
    rule: 'two jobs of one name are one too many',
    files: {
      'ci.yml': ci(job('a') + gate('a') + job('other', 'name: all-required', 'needs: [a]')),
    },
    kind: 'ambiguous',
    says: /more than one job/,
  },
  {
    rule: 'a workflow without a name, before 1.27',
    files: { 'ci.yml': ci(job('a') + gate('a'), 'on: pull_request\n') },
    umbrella: '/ all-required (pull_request)',
    says: ['/ a (pull_request)'],
  },
  {
    rule: 'a workflow without a name goes by its file from 1.27',
    files: { '.gitea/workflows/ci.yml': ci(job('a') + gate('a'), 'on: pull_request\n') },
    version: '1.27.0',
    umbrella: 'ci.yml / all-required (pull_request)',
    says: ['ci.yml / a (pull_request)'],
  },
  {
    rule: 'every leg of a matrix, its values in the order of the axes by name',
    files: { 'ci.yml': matrix(['os: [l, w]', 'go: [1, 2]']) },
    says: contexts('t (1, l)', 't (2, l)', 't (1, w)', 't (2, w)'),
  },
  {
    rule: 'exclude takes legs away',
    files: { 'ci.yml': matrix(['os: [l, w]', 'go: [1, 2]', 'exclude: [{ os: w, go: 1 }]']) },
    says: contexts('t (1, l)', 't (2, l)', 't (2, w)'),
  },
  {
    rule: 'include joins the legs it does not contradict',
    files: { 'ci.yml': matrix(['os: [l, w]', 'include: [{ os: l, fast: true }]']) },
    says: contexts('t (true, l)', 't (w)'),
  },
  {
    rule: 'include makes a leg of its own',
    files: { 'ci.yml': matrix(['os: [l]', 'include: [{ os: mac }]']) },
    says: contexts('t (l)', 't (mac)'),
  },
  {
    rule: 'include alone',
    files: { 'ci.yml': matrix(['include: [{ os: l }, { os: w }]']) },
    says: contexts('t (l)', 't (w)'),
  },
  {
    rule: 'a name with a value of the matrix',
    files: { 'ci.yml': matrix(['os: [l, w]'], 'on ${{ matrix.os }}') },
    says: contexts('on l', 'on w'),
  },
  {
    rule: 'on 1.22 the values are appended all the same',
    files: { 'ci.yml': matrix(['os: [l]'], 'on ${{ matrix.os }}') },
    version: '1.22.6',
    says: contexts('on ${{ matrix.os }} (l)'),
  },
  {
    rule: 'which of the two an older Forgejo does is not known',
    files: { 'ci.yml': matrix(['os: [l]'], 'on ${{ matrix.os }}') },
    version: '11.0.0+gitea-1.22.0',
    says: /known only to a run/,
  },
  {
    rule: 'another expression in a leg is known only to a run',
    files: { 'ci.yml': matrix(['os: [l]'], '${{ github.ref }} ${{ matrix.os }}') },
    says: /known only to a run/,
  },
  {
    rule: 'an expression without a matrix stands as it is on Gitea',
    files: { 'ci.yml': ci(job('a', 'name: "${{ github.ref }}"') + gate('a')) },
    says: contexts('${{ github.ref }}'),
  },
  {
    rule: 'and is resolved by Forgejo, to what nobody knows',
    files: { 'ci.yml': ci(job('a', 'name: "${{ github.ref }}"') + gate('a')) },
    version: '15.0.0+gitea-1.22.0',
    says: /known only to a run/,
  },
  {
    rule: 'a matrix by expression',
    files: {
      'ci.yml': ci(
        job('t', 'strategy:', '  matrix: ${{ fromJSON(needs.a.outputs.m) }}') + gate('t'),
      ),
    },
    says: /known only to a run/,
  },
  {
    rule: 'an axis by expression',
    files: { 'ci.yml': matrix(['os: ${{ fromJSON(vars.os) }}']) },
    says: /known only to a run/,
  },
  {
    rule: 'values that are no text',
    files: { 'ci.yml': matrix(['os: [{ a: 1 }]']) },
    says: /known only to a run/,
  },
  { rule: 'an empty matrix', files: { 'ci.yml': matrix(['os: []']) }, says: /is empty/ },
  {
    rule: 'a strategy without a matrix',
    files: { 'ci.yml': ci(job('t', 'strategy: { fail-fast: false }') + gate('t')) },
    says: contexts('t'),
  },
  {
    rule: 'a called workflow writes one context, under its caller, up to 1.26',
    files: { 'ci.yml': ci('  t:\n    uses: ./.gitea/workflows/t.yml\n' + gate('t')) },
    says: contexts('t'),
  },
  {
    rule: 'a called workflow hides its jobs from 1.27',
    files: { 'ci.yml': ci('  t:\n    uses: ./.gitea/workflows/t.yml\n' + gate('t')) },
    version: '1.27.0',
    says: /calls another workflow/,
  },
  {
    rule: 'a name that the server cuts',
    files: { 'ci.yml': ci(job('a', `name: ${'é'.repeat(128)}`) + gate('a')) },
    says: /longer than 255 bytes/,
  },
  {
    rule: 'anchors, aliases and merge keys',
    files: {
      'ci.yml': ci(
        '  a: &job\n    runs-on: x\n  b:\n    <<: *job\n    name: Second\n' + gate('a', 'b'),
      ),
    },
    says: contexts('a', 'Second'),
  },
  {
    rule: 'a file that cannot be read may be the one',
    files: { 'a.yml': ci(job('a')), 'b.yml': 'a: [' },
    kind: 'unreadable',
    says: /b\.yml: it is no YAML/,
  },
  {
    rule: 'beside one that is, it does not matter',
    files: { 'a.yml': ci(job('a') + gate('a')), 'b.yml': 'a: [' },
    says: contexts('a'),
  },
]

describe('what an umbrella needs', () => {
  it.each([...CASES])('$rule', async ({ files, version, umbrella, says, kind }) => {
    const found = await needs(files, version, umbrella)
    if (typeof says === 'string') expect(found.kind).toBe(says)
    else if (says instanceof RegExp)
      expect(found).toMatchObject({
        kind: kind ?? 'every-other-job',
        why: expect.stringMatching(says),
      })
    else expect(found).toMatchObject({ kind: 'contexts', contexts: says })
  })

  it('is never the umbrella itself, whatever the order of files and jobs', async () => {
    await holdsLater(
      [fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'all-required')), fc.boolean()],
      async (ids, turned) => {
        const jobs = ids.filter(id => id !== 'all-required').map(id => job(id))
        const all = turned ? [gate(...ids), ...jobs] : [...jobs, gate(...ids)]
        const found = await needs({
          'z.yml': ci(job('z'), 'on: push\n'),
          'ci.yml': ci(all.join('')),
        })
        if (found.kind === 'contexts') expect(found.contexts).not.toContain(UMBRELLA)
        else expect(found.kind).toBe('every-other-job')
      },
    )
  })
})

describe('all that is known of what an umbrella stands for', () => {
  const lets = 'continue-on-error: true'
  const dynamic = 'strategy: { matrix: { v: "${{ fromJSON(vars.v) }}" } }'
  const nameless = ['name: "${{ github.ref }}"', dynamic]
  const leg = (name: string) => ({ prefix: `CI / ${name}`, suffix: ' (pull_request)' })
  const from = { path: 'ci.yml' }
  const every = { ...from, kind: 'every-other-job' }

  it.each([
    {
      rule: 'every need is told',
      jobs: job('a') + job('b') + job('c') + gate('a', 'b'),
      says: {
        ...from,
        kind: 'contexts',
        job: 'all-required',
        jobs: ['a', 'b'],
        contexts: contexts('a', 'b'),
      },
    },
    {
      rule: 'and which of them may fail',
      jobs:
        job('a') + job('b', lets) + job('c', 'continue-on-error: "${{ x }}"') + gate('a', 'b', 'c'),
      says: {
        ...from,
        kind: 'contexts',
        job: 'all-required',
        jobs: ['a', 'b', 'c'],
        contexts: contexts('a', 'b', 'c'),
        mayFail: contexts('b'),
      },
    },
    {
      rule: 'of one need only how its legs begin: no job besides is needed',
      jobs: job('a', lets) + job('b', dynamic) + job('c') + gate('a', 'b'),
      says: {
        ...every,
        why: 'the matrix of b is known only to a run',
        needs: ['a', 'b'],
        jobs: ['a', 'b'],
        untold: ['b'],
        contexts: contexts('a'),
        legs: [leg('b')],
        mayFail: contexts('a'),
      },
    },
    {
      rule: 'of one need nothing: it may be any other job',
      jobs: job('a') + job('b', ...nameless) + job('c', lets) + job('d', dynamic) + gate('a', 'b'),
      says: {
        ...every,
        why: 'the matrix of b is known only to a run',
        needs: ['a', 'b'],
        jobs: ['a', 'b', 'c', 'd'],
        untold: ['b', 'd'],
        contexts: contexts('a', 'c'),
        legs: [leg('d')],
        mayFail: contexts('c'),
      },
    },
    {
      rule: 'a need that no job is: it may be any other job',
      jobs: job('a') + job('c') + gate('a', 'gone'),
      says: {
        ...every,
        why: 'the umbrella needs gone, which is no job of it',
        needs: ['a', 'gone'],
        jobs: ['a', 'gone', 'c'],
        untold: ['gone'],
        contexts: contexts('a', 'c'),
        legs: [],
      },
    },
    {
      rule: 'no need: it stands for every other job',
      jobs: job('a') + job('b', lets) + job('all-required'),
      says: {
        ...every,
        why: 'all-required needs no other job',
        needs: [],
        jobs: ['a', 'b'],
        untold: [],
        contexts: contexts('a', 'b'),
        legs: [],
        mayFail: contexts('b'),
      },
    },
  ])('$rule', async ({ jobs, says }) => {
    expect(await needs({ 'ci.yml': ci(jobs) })).toEqual(says)
  })
})

describe('the base branch and the pull together', () => {
  const told = (...names: readonly [string, ...string[]]): Needs => ({
    kind: 'contexts',
    path: 'ci.yml',
    job: 'all-required',
    jobs: names,
    contexts: names,
  })
  const every = {
    kind: 'every-other-job',
    path: 'ci.yml',
    why: 'no needs',
    needs: [],
    jobs: [],
    untold: [],
    contexts: [],
    legs: [],
  } as const satisfies Needs

  it.each([
    {
      rule: 'what the pull adds is required',
      base: told('a'),
      own: told('a', 'b'),
      says: ['a', 'b'],
    },
    { rule: 'what it drops still is', base: told('a', 'b'), own: told('a'), says: ['a', 'b'] },

    { rule: 'needs of the pull that cannot be told', base: told('a'), own: every, says: ['a'] },
    { rule: 'needs of the base that cannot be told', base: every, own: told('a'), says: ['a'] },
  ] as const)('$rule', ({ base, own, says }) => {
    const found = combinedNeeds(base, own, 'main')
    expect(found).toMatchObject({
      kind: base === every || own === every ? 'every-other-job' : 'contexts',
      contexts: says,
      from: 'ci.yml on main',
    })
  })

  it('what the pull takes off a list of which not all can be told is told by its id', () => {
    const base = { ...every, needs: ['a', 'b'], untold: ['b'], jobs: ['a', 'b'] }
    expect(combinedNeeds(base, told('b'), 'main')).toMatchObject({ dropped: ['a'] })
    expect(combinedNeeds(base, told('a'), 'main')).toMatchObject({ dropped: ['b'] })
    expect(combinedNeeds(told('a', 'b'), told('b'), 'main')).not.toHaveProperty('dropped')
  })

  it.each([
    { rule: 'without the file', own: null },
    { rule: 'without the job', own: { kind: 'no-such-job', calls: null } },
  ] as const)('a pull $rule has moved it: every other job counts besides', ({ own }) => {
    expect(combinedNeeds(told('a'), own, 'main')).toEqual({
      kind: 'every-other-job',
      contexts: ['a'],
      legs: [],
      dropped: [],
      from: 'ci.yml on main',
      why: 'no file of the pull request has a job that writes the umbrella',
    })
  })

  const CI = 'ci.yml'
  const dynamic = 'strategy: { matrix: { v: "${{ fromJSON(vars.v) }}" } }'
  const nameless = 'name: "${{ github.ref }}"'
  const both = async (base: string, own: string, version = '15.0.0+gitea-1.22.0') =>
    combinedNeeds(await needs({ [CI]: base }, version), await needs({ [CI]: own }, version), 'main')
  const test = { prefix: 'CI / test', suffix: ' (pull_request)' }

  it.each([
    {
      rule: 'a matrix that only a run tells: what is known stays, and one leg must be there',
      base: ci(job('lint') + job('test', dynamic) + gate('lint', 'test')),
      says: { contexts: contexts('lint'), legs: [test], dropped: [] },
    },
    {
      rule: 'a called workflow',
      version: '1.27.0',
      base: ci(job('lint') + '  test: { uses: ./x.yml }\n' + gate('lint', 'test')),
      says: { contexts: contexts('lint'), legs: [test], dropped: [] },
    },
    {
      rule: 'the pull takes it off the needs',
      base: ci(job('lint') + job('test', dynamic) + gate('lint', 'test')),
      own: ci(job('lint') + job('test', dynamic) + gate('lint')),
      says: { contexts: contexts('lint'), legs: [test], dropped: ['test'] },
    },
    {
      rule: 'the pull takes the job out of the file',
      base: ci(job('lint') + job('test', dynamic) + gate('lint', 'test')),
      own: ci(job('lint') + gate('lint')),
      says: { contexts: contexts('lint'), legs: [test], dropped: ['test'] },
    },
    {
      rule: 'the pull leaves a need without a job',
      base: ci(job('lint') + job('test', dynamic) + gate('lint', 'test')),
      own: ci(job('lint') + gate('lint', 'test')),
      says: { contexts: contexts('lint'), legs: [test], dropped: [] },
    },
    {
      rule: 'a name that only a run tells stands for every other job, at base and head',
      base: ci(job('a') + job('b') + job('test', nameless) + gate('a', 'test')),
      own: ci(job('a') + job('c') + job('test', nameless) + gate('a', 'test')),
      says: { contexts: contexts('a', 'b', 'c'), legs: [], dropped: [] },
    },
    {
      rule: 'the same, which the pull drops',
      base: ci(job('a') + job('b') + job('test', nameless) + gate('a', 'test')),
      own: ci(job('a') + gate('a')),
      says: { contexts: contexts('a', 'b'), legs: [], dropped: ['test'] },
    },
    {
      rule: 'an umbrella without needs stands for every other job, at base and head',
      base: ci(job('a') + job('test', dynamic) + job('all-required')),
      own: ci(job('a') + job('c') + job('test', dynamic) + job('all-required')),
      says: { contexts: contexts('a', 'c'), legs: [test], dropped: [] },
    },
    {
      rule: 'the same, whose file drops one',
      base: ci(job('a') + job('test', nameless) + job('all-required')),
      own: ci(job('a') + job('all-required')),
      says: { contexts: contexts('a'), legs: [], dropped: ['test'] },
    },
    {
      rule: 'the pull adds one that cannot be told',
      base: ci(job('a') + gate('a')),
      own: ci(job('a') + job('test', dynamic) + gate('a', 'test')),
      says: { contexts: contexts('a'), legs: [test], dropped: [] },
    },
  ])('$rule', async ({ base, own = base, version, says }) => {
    expect(await both(base, own, version)).toMatchObject({ kind: 'every-other-job', ...says })
  })

  it('a pull that moved the umbrella needs none of what cannot be told', async () => {
    const base = await needs({
      [CI]: ci(job('lint') + job('test', dynamic) + gate('lint', 'test')),
    })
    expect(combinedNeeds(base, null, 'main')).toMatchObject({ legs: [test], dropped: ['test'] })
  })

  it('a side that cannot be read leaves nothing known', () => {
    const broken: Needs = { kind: 'unreadable', why: 'x' }
    expect(combinedNeeds(broken, null, 'main')).toBeNull()
    expect(combinedNeeds({ kind: 'no-such-job', calls: null }, broken, 'main')).toBeNull()
    expect(combinedNeeds(told('a'), broken, 'main')).toBeNull()
    const several: Needs = { kind: 'ambiguous', why: 'x' }
    expect(combinedNeeds(several, told('a'), 'main')).toBeNull()
    expect(combinedNeeds(told('a'), several, 'main')).toBeNull()
  })

  it('an umbrella that the base branch does not write needs nothing there', () => {
    const found = combinedNeeds({ kind: 'no-such-job', calls: null }, told('a'), 'main')
    expect(found).toEqual({ kind: 'no-such-job', branch: 'main', calls: null })
  })

  const lets = (...mayFail: readonly string[]) => ({ mayFail })
  it.each([
    { rule: 'both let it fail', base: lets('a', 'b'), own: lets('b'), mayFail: ['b'] },
    { rule: 'only the base lets it fail', base: lets('a'), own: {}, mayFail: null },
    { rule: 'only the pull lets it fail', base: {}, own: lets('a'), mayFail: null },
    { rule: 'each lets another one fail', base: lets('a'), own: lets('b'), mayFail: null },
  ])('a need may fail where $rule', ({ base, own, mayFail }) => {
    const sides = [
      { ...told('a', 'b'), ...base },
      { ...told('a', 'b'), ...own },
    ] as const
    expect(combinedNeeds(...sides, 'main')).toEqual({
      kind: 'contexts',
      contexts: ['a', 'b'],
      from: 'ci.yml on main',
      ...(mayFail === null ? {} : { mayFail }),
    })
  })

  it('a need may fail by the base alone, where the pull moved the umbrella', () => {
    const found = combinedNeeds({ ...told('a', 'b'), ...lets('a') }, null, 'main')
    expect(found).toMatchObject({ kind: 'every-other-job', mayFail: ['a'] })
  })

  it('the legs of two needs are two, and those of one at base and head are one', async () => {
    const jobs = job('a', dynamic) + job('b', dynamic)
    const found = await both(ci(jobs + gate('a', 'b')), ci(jobs + gate('b', 'a')))
    const legs = ['a', 'b'].map(name => ({ ...test, prefix: `CI / ${name}` }))
    expect(found).toEqual({
      kind: 'every-other-job',
      contexts: [],
      legs,
      dropped: [],
      from: 'ci.yml on main',
      why: 'the matrix of a is known only to a run',
    })
  })

  it('what either side needs is never lost', () => {
    const side = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
    holds([side, side], (one, other) => {
      const [a = 'a', ...more] = one
      const [b = 'a', ...rest] = other
      const found = combinedNeeds(told(a, ...more), told(b, ...rest), 'main')
      expect(found).toMatchObject({ contexts: [...new Set([...one, ...other])] })
    })
  })
})

it('a name that is told is written by a naming, not by chance', () => {
  const names: Naming = naming('1.26.4')
  expect(names.prefix({ name: 'CI', path: 'x/ci.yml' })).toBe('CI / ')
})

describe('a context that can be the umbrella', () => {
  const asked = async (text: string, umbrella = UMBRELLA): Promise<boolean> =>
    writtenByUmbrella([await read('ci.yml', text)], {
      umbrella,
      naming: naming('1.26.4'),
      targetSuffix: true,
    })

  const judge = "steps: [{ run: 'test ${{ needs.a.result }} = success' }]"
  const works = 'steps: [{ run: ./coverage.sh }]'
  const asks = "steps: [{ run: 'test ${{ needs.a.result }} = success && ./coverage.sh' }]"
  const waits = 'steps: [{ uses: upsidr/merge-gatekeeper@v1 }]'
  const one = (...lines: readonly string[]): string => ci(job('a') + job('all-required', ...lines))
  it.each([
    { rule: 'a job that judges', text: one('needs: a', 'if: always()', judge), is: true },
    {
      rule: 'one that reads nothing, though it cannot fail by itself',
      text: ci(job('a') + gate('a')),
      is: false,
    },
    {
      rule: 'one that only a cancellation stops',
      text: one('needs: a', 'if: ${{ ! cancelled() }}', judge),
      is: true,
    },
    {
      rule: 'one that runs on failure alone',
      text: one('needs: a', 'if: failure()', 'steps: [{ run: exit 1 }]'),
      is: true,
    },
    {
      rule: 'one that reads results and works besides',
      text: one('needs: a', 'if: always()', asks),
      is: true,
    },
    { rule: 'one that polls', text: one(waits), is: true },
    {
      rule: 'a job with a verdict of its own, whatever it needs',
      text: one('needs: a', 'if: always()', 'steps: [{ run: exit 1 }]'),
      is: false,
    },
    {
      rule: 'a script of its own, whatever it needs',
      text: one('needs: a', 'if: always()', works),
      is: false,
    },
    {
      rule: 'a verdict on what a need says of itself',
      text: one(
        'needs: a',
        'if: always()',
        'steps: [{ run: \'[ "${{ needs.a.outputs.coverage }}" -ge 80 ]\' }]',
      ),
      is: false,
    },
    { rule: 'a job that works on what others built', text: one('needs: a', works), is: false },
    {
      rule: 'the same, where it reads that they are built',
      text: one('needs: a', "if: needs.a.result == 'success'", works),
      is: false,
    },
    {
      rule: 'the same, where it waits for them by itself',
      text: one('needs: a', waits),
      is: false,
    },
    {
      rule: 'a job with a condition of its own',
      text: one('needs: a', "if: github.ref == 'x'", works),
      is: false,
    },
    {
      rule: 'a job that always runs and needs none',
      text: one('if: always()', 'steps: [{ run: echo }]'),
      is: false,
    },
    { rule: 'a job without needs writes it', text: one(works), is: false },
    { rule: 'no job writes it', text: ci(job('a') + job('b', 'needs: a')), is: false },
    { rule: 'its file cannot be read', text: '[', is: false },
    {
      rule: 'its file does not run on its event',
      text: ci(job('a') + gate('a'), 'name: CI\non: push\n'),
      is: false,
    },
  ])('$rule', async ({ text, is }) => {
    expect(await asked(text)).toBe(is)
  })
})
