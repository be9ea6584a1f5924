import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import { viewOf } from '../../../src/core/view/read.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, head, policy, run, STALE } from '../../support/builders.js'

const OPS = 'Ops / Check (pull_request)'
const GREEN = ['Lint success', 'Test success', 'umbrella failure']

describe('what is known of an umbrella by rows', () => {
  it.each<{
    readonly rule: string
    readonly seen: HeadChange
    readonly asked?: Partial<Policy>
    readonly is: Readonly<Record<string, unknown>>
  }>([
    {
      rule: 'nothing is green where there is none',
      seen: { rows: ['R1 Lint success'] },
      is: { isGreen: false, umbrella: null, standing: null, pending: null },
    },
    {
      rule: 'states that nobody knows are told by the names of their contexts',
      seen: {
        rows: [
          ...['@ann b/1 unknown', '@ann c/1 unknown', '@ann a/1 unknown', '@ann d/1 failure'],
          ...['@ann c/1 unknown'],
        ],
      },
      is: {
        unknownRows: [
          { context: 'a/1', id: 3 },
          { context: 'b/1', id: 1 },
          { context: 'c/1', id: 5 },
          { context: 'c/1', id: 2 },
        ],
      },
    },
  ])('$rule', ({ seen, asked, is }) => {
    expect(viewOf(policy(asked), head(seen), 7)).toMatchObject(is)
  })

  it.each<{
    readonly rule: string
    readonly seen: HeadChange
    readonly asked?: Partial<Policy>
    readonly context: string
    /** `null`: it does not count. */
    readonly result: Readonly<Record<string, unknown>> | null
  }>([
    {
      rule: 'of another system the latest row counts, whichever run wrote it',
      seen: { rows: [...STALE, `R3 ${OPS} success`, `R2 ${OPS} failure`] },
      asked: { external: [OPS] },
      context: OPS,
      result: { kind: 'failure', source: 'external', row: 11 },
    },
    {
      rule: 'of another workflow the newest run counts',
      seen: { rows: [...STALE, `R3 ${OPS} success`, `R2 ${OPS} failure`] },
      asked: { required: ['Lint', 'Test', OPS] },
      context: OPS,
      result: { kind: 'success', source: 'own-row', run: 3 },
    },
    {
      rule: 'what only a run of another pull request wrote is not known, whoever wrote it since',
      seen: {
        grade: 'jobs',
        rows: [...STALE, `R5.500 ${OPS} success`, `@ann ${OPS} success`],
        runs: [run(1, GREEN), run(5, ['Check success #0'], { pull: 9, file: 'ops.yml' })],
      },
      asked: { required: ['Lint', 'Test', OPS] },
      context: OPS,
      result: { kind: 'unknown', why: `only runs of another pull request wrote ${OPS}` },
    },
    {
      rule: 'what nobody known wrote is a stranger’s',
      seen: { rows: [...STALE, `@ann ${OPS} success`] },
      asked: { required: ['Lint', 'Test', OPS] },
      context: OPS,
      result: { kind: 'stranger', state: 'success', row: 10 },
    },
    {
      rule: 'by rows alone what an older run of the group wrote counts too',
      seen: { rows: ['R0 Docs success', 'R0 umbrella failure', ...STALE] },
      context: contextOf('Docs'),
      result: { kind: 'unknown', why: `run 1 wrote no row of ${contextOf('Docs')}` },
    },
    {
      rule: 'by jobs it does not: the newest run shows that it has no such job',
      seen: {
        grade: 'jobs',
        rows: ['R0 Docs success', 'R0 umbrella failure', ...STALE],
        runs: [run(0, ['Docs success', 'umbrella failure']), run(1, GREEN)],
      },
      context: contextOf('Docs'),
      result: null,
    },
  ])('$rule', ({ seen, asked, context, result }) => {
    const found = viewOf(policy(asked), head(seen), 7).contexts.find(one => one.context === context)
    if (result === null) expect(found).toBeUndefined()
    else expect(found?.result).toMatchObject(result)
  })
})
