import { describe, expect, it } from '@jest/globals'
import { defaultsOf, jobBodyOf, variablesOf } from '../../src/workflow/body.js'

describe('variables', () => {
  it.each([
    { given: undefined, says: {} },
    { given: null, says: {} },
    { given: {}, says: {} },
    { given: { A: 1, B: true, C: null, D: 'e' }, says: { A: '1', B: 'true', C: '', D: 'e' } },
    { given: { A: 'b', C: ['d'] }, says: null },
    { given: '${{ fromJSON(vars.x) }}', says: null },
    { given: ['a'], says: null },
  ])('$given: $says', ({ given, says }) => {
    expect(variablesOf(given)).toEqual(says)
  })
})

describe('what is set for every step', () => {
  const DEFAULTS = ['defaults']
  it.each([
    { given: undefined, shell: null, others: [] },
    { given: null, shell: null, others: [] },
    { given: {}, shell: null, others: [] },
    { given: { run: null }, shell: null, others: [] },
    { given: { run: { shell: 'sh' } }, shell: 'sh', others: [] },
    { given: { run: { shell: null } }, shell: null, others: [] },
    { given: { run: { shell: ['sh'] } }, shell: null, others: ['shell'] },
    { given: { run: { shell: 'sh', 'working-directory': 'a' } }, shell: 'sh', others: 'dir' },
    { given: { run: 'sh' }, shell: null, others: DEFAULTS },
    { given: 'sh', shell: null, others: DEFAULTS },
  ])('$given', ({ given, shell, others }) => {
    const keys = others === 'dir' ? ['working-directory'] : others
    expect(defaultsOf({ defaults: given })).toEqual({ shell, others: keys })
    expect(jobBodyOf({ defaults: given })).toMatchObject({ shell, others: keys })
  })
})

/** Keys that are read, and what of them may fail or change what holds them. */
interface Case {
  readonly given: Readonly<Record<string, unknown>>
  readonly others: readonly string[]
}

const NAMED: readonly Case[] = [
  { given: {}, others: [] },
  { given: { name: 'a', if: null, 'timeout-minutes': 5 }, others: [] },
  { given: { if: ['a'] }, others: ['if'] },
  { given: { if: { a: 'b' } }, others: ['if'] },
  { given: { if: true }, others: [] },
  // An expression that some values cannot be given to fails what holds it.
  { given: { name: "${{ format('{0}', 1) }}" }, others: ['name'] },
  { given: { name: "${{ hashFiles('a') }}" }, others: ['name'] },
  { given: { name: 'informative' }, others: [] },
  { given: { 'continue-on-error': '${{ fromJSON(vars.x) }}' }, others: ['continue-on-error'] },
  { given: { 'continue-on-error': true }, others: [] },
  { given: { 'timeout-minutes': '${{ vars.x }}' }, others: ['timeout-minutes'] },
  { given: { 'timeout-minutes': 0 }, others: ['timeout-minutes'] },
  { given: { 'timeout-minutes': 0.01 }, others: ['timeout-minutes'] },
]

describe('what may change what a step ends with', () => {
  it.each<Case>([
    ...NAMED,
    { given: { id: 'a', run: 'a', uses: null, with: {}, env: {}, shell: null }, others: [] },
    { given: { run: ['a'] }, others: ['run'] },
    { given: { uses: ['a'] }, others: ['uses'] },
    { given: { shell: ['a'] }, others: ['shell'] },
    { given: { 'working-directory': 'a' }, others: ['working-directory'] },
    { given: { run: "echo ${{ format('a') }}" }, others: [] },
  ])('$given: $others', ({ given, others }) => {
    expect(jobBodyOf({ steps: [given] }).steps).toMatchObject([{ others }])
  })
})

describe('what may change what a job ends with', () => {
  it.each<Case>([
    ...NAMED,
    { given: { needs: [], 'runs-on': 'x', env: {}, outputs: {}, permissions: {} }, others: [] },
    { given: { uses: './x.yml' }, others: [] },
    { given: { strategy: { matrix: '${{ fromJSON(vars.x) }}' } }, others: ['strategy'] },
    { given: { strategy: { matrix: { a: ['b'] } } }, others: [] },
    { given: { concurrency: { group: "${{ format('a') }}" } }, others: ['concurrency'] },
    { given: { concurrency: 'a' }, others: [] },
    { given: { container: 'a', services: {} }, others: ['container', 'services'] },
  ])('$given: $others', ({ given, others }) => {
    expect(jobBodyOf(given).others).toEqual(others)
  })

  it.each([
    { rule: 'a label', given: { 'runs-on': 'x' }, says: { runsOn: ['x'] } },
    { rule: 'labels', given: { 'runs-on': ['x', 'y'] }, says: { runsOn: ['x', 'y'] } },
    { rule: 'a group', given: { 'runs-on': { group: 'x' } }, says: { runsOn: null } },
    { rule: 'no output', given: { outputs: null }, says: { outputs: [] } },
    { rule: 'outputs', given: { outputs: { a: 'b' } }, says: { outputs: ['a'] } },
    { rule: 'no steps', given: {}, says: { steps: null } },
    { rule: 'a step that is none', given: { steps: [{ run: 'a' }, 'b'] }, says: { steps: null } },
  ])('$rule', ({ given, says }) => {
    expect(jobBodyOf(given)).toMatchObject(says)
  })
})
