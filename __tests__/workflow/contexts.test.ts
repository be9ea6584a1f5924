import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import type { Naming } from '../../src/workflow/contexts.js'
import { jobNames, literalNameOf } from '../../src/workflow/contexts.js'
import type { Matrix } from '../../src/workflow/keys.js'
import type { WorkflowJob } from '../../src/workflow/parse.js'
import { workflowJob as job } from '../support/builders.js'
import { naming } from '../support/gitea-version.js'

interface Case {
  readonly rule: string
  readonly job?: Partial<WorkflowJob>
  readonly naming?: Naming
  readonly says: readonly string[] | string
}

const APPENDS = naming('1.22.6')
const INTERPOLATES = naming('1.26.4')

const literal = (
  axes: Readonly<Record<string, readonly unknown[]>>,
  include: readonly Readonly<Record<string, unknown>>[] = [],
): Matrix => ({ kind: 'literal', axes, include, exclude: [] })

const of = (value: unknown): Partial<WorkflowJob> => ({ matrix: literal({ v: [value] }) })

const UNKNOWN = 'the name of t is known only to a run'

const CASES: readonly Case[] = [
  { rule: 'the id without a name', says: ['t'] },
  { rule: 'the name', job: { name: 'Test' }, says: ['Test'] },
  { rule: 'a text of a matrix', job: of('a'), says: ['t (a)'] },
  { rule: 'a whole number', job: of(3), says: ['t (3)'] },
  { rule: 'a fraction', job: of(1.5), says: ['t (1.5)'] },
  { rule: 'a truth', job: of(true), says: ['t (true)'] },
  { rule: 'a number a server writes otherwise', job: of(1e15), says: UNKNOWN },
  { rule: 'one that is just written plainly', job: of(1e15 - 1), says: ['t (999999999999999)'] },
  { rule: 'no number at all', job: of(Infinity), says: UNKNOWN },
  { rule: 'a list as a value', job: of(['a']), says: UNKNOWN },
  { rule: 'nothing as a value', job: of(null), says: UNKNOWN },
  {
    rule: 'values in the order of their axes',
    job: { matrix: literal({ b: ['2'], a: ['1'], c: ['3'] }) },
    says: ['t (1, 2, 3)'],
  },
  {
    rule: 'values as they are given, on GitHub',
    job: { matrix: literal({ b: ['2'], a: ['1'], c: ['3'] }) },
    naming: GITHUB_NAMING,
    says: ['t (2, 1, 3)'],
  },
  { rule: 'an empty matrix', job: { matrix: literal({}) }, says: 'the matrix of t is empty' },
  {
    rule: 'a matrix of a run',
    job: { matrix: { kind: 'expression' } },
    says: 'the matrix of t is known only to a run',
  },
  {
    rule: 'an axis in the name',
    job: { ...of('a'), name: 'T ${{matrix.v}} ${{   matrix.v   }}' },
    says: ['T a a'],
  },
  {
    rule: 'an axis in the name, where values are put behind it',
    job: { ...of('a'), name: 'T ${{ matrix.v }}' },
    naming: APPENDS,
    says: ['T ${{ matrix.v }} (a)'],
  },
  {
    rule: 'an axis that this leg does not have',
    job: { ...of('a'), name: 'T ${{ matrix.v }} ${{ matrix.w }}' },
    says: UNKNOWN,
  },
  {
    rule: 'another expression in the name of a leg',
    job: { ...of('a'), name: 'T ${{ matrix.v }} ${{ github.ref }}' },
    says: UNKNOWN,
  },
  { rule: 'a name of 255 bytes', job: { name: 'x'.repeat(255) }, says: ['x'.repeat(255)] },
  {
    rule: 'a longer one',
    job: { name: `${'x'.repeat(254)}\u00e9` },
    says: 'the name of t is longer than 255 bytes',
  },
  {
    rule: 'one longer name of several',
    job: { matrix: literal({ v: ['a', 'x'.repeat(255)] }) },
    says: 'the name of t is longer than 255 bytes',
  },
]

describe('the names of a job', () => {
  it.each(CASES)('$rule', ({ job: change = {}, naming: by = INTERPOLATES, says }) => {
    expect(jobNames(job(change), by)).toEqual(
      typeof says === 'string'
        ? { kind: 'unresolvable', why: says }
        : { kind: 'names', names: says },
    )
  })
})

describe('as much of a name as the file tells', () => {
  it.each([
    { rule: 'the id without a name', change: {}, says: 't' },
    { rule: 'the name', change: { name: 'Test' }, says: 'Test' },
    { rule: 'not one with an expression', change: { name: 'on ${{ matrix.os }}' }, says: null },
    { rule: 'one of 255 bytes', change: { name: 'x'.repeat(255) }, says: 'x'.repeat(255) },
    { rule: 'not a longer one', change: { name: `${'x'.repeat(254)}\u00e9` }, says: null },
  ])('$rule', ({ change, says }) => {
    expect(literalNameOf(job(change))).toBe(says)
  })
})
