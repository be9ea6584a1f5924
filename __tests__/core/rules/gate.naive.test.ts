import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { judgeContext } from '../../../src/core/rules/gate/context.js'
import { contextOf, head, policy, pull, run } from '../../support/builders.js'

type End = 'success' | 'failure'

/** Two runs of one plain job: in which order their rows were written, and how each ended. */
interface World {
  readonly rows: readonly string[]
  readonly newest: End
}

/** Every order in which the rows of two runs can be written, those of each in their own. */
function orders(one: readonly string[], other: readonly string[]): readonly (readonly string[])[] {
  const [first, ...rest] = one
  const [second, ...more] = other
  if (first === undefined) return [other]
  if (second === undefined) return [one]
  return [
    ...orders(rest, other).map(after => [first, ...after]),
    ...orders(one, more).map(after => [second, ...after]),
  ]
}

const stateOf = (row: string): string => row.split(' ').at(-1) ?? ''

/** What a server writes that leaves out a row whose state the context already has. */
const deduped = (rows: readonly string[]): readonly string[] =>
  rows.filter((row, at) => at === 0 || stateOf(rows[at - 1] ?? '') !== stateOf(row))

const ENDS: readonly End[] = ['success', 'failure']
const rowsOf = (key: number, end: End): readonly string[] => [
  `R${key} Test running`,
  `R${key} Test ${end}`,
]

const WORLDS: readonly World[] = ENDS.flatMap(older =>
  ENDS.flatMap(newest =>
    orders(rowsOf(1, older), rowsOf(2, newest)).map(rows => ({ rows, newest })),
  ),
)

/** The janitor of the field: what the latest row says is true, whichever run wrote it. */
const naive = ({ rows }: World): string => stateOf(rows.at(-1) ?? '')

/** The whole evidence of a world, by job rows or by rows alone. */
function seen({ rows, newest }: World, grade: 'jobs' | 'statuses') {
  const written = grade === 'jobs' ? rows : deduped(rows)
  const older = rows.includes('R1 Test failure') ? 'failure' : 'success'
  const runs = [run(2, [`Test ${newest}`]), run(1, [`Test ${older}`])]
  return head({ grade, rows: written, ...(grade === 'jobs' ? { runs } : {}) })
}

const ours = (world: World, grade: 'jobs' | 'statuses') =>
  judgeContext({
    policy: policy(),
    evidence: seen(world, grade),
    pull: pull(),
    context: contextOf('Test'),
  })

describe('two runs of one plain job, in every order in which they can write', () => {
  it.each(['jobs', 'statuses'] as const)('by %s: what is shown is true', grade => {
    for (const world of WORLDS) {
      const { state, class: as } = ours(world, grade)
      // By an older run, and not shown: that is said.
      const says = as === 'unproven' ? as : state
      // Shown stale or green is what the newest run says; a false green and a red, too.
      if (says === 'stale' || says === 'green')
        expect([world, world.newest]).toEqual([world, 'success'])
      if (says === 'false-green' || says === 'red')
        expect([world, world.newest]).toEqual([world, 'failure'])
    }
    const shown = new Set(WORLDS.map(world => ours(world, grade).state))
    expect([...shown]).toEqual(expect.arrayContaining(['stale', 'false-green', 'green', 'red']))
  })

  it('by jobs: nothing is left open', () => {
    const found = WORLDS.map(world => ours(world, 'jobs'))
    expect(found.filter(one => one.state === 'unknown' || one.class === 'unproven')).toEqual([])
  })

  it('who believes the latest row is wrong both ways, by the traces of the docs', () => {
    const evidence = readFileSync(new URL('../../../docs/evidence.md', import.meta.url), 'utf8')
    for (const says of ENDS) {
      const wrong = WORLDS.filter(world => naive(world) === says && world.newest !== says)
      const [trace] = wrong.map(({ rows }) => rows.join(', ')).sort()
      expect(trace).toBeDefined()
      expect(evidence).toContain(`\`${trace ?? ''}\``)
    }
  })
})
