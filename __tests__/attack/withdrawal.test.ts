import { describe, expect, it } from '@jest/globals'
import { withdrawalOf } from '../../src/core/plan/withdrawal.js'
import { decide } from '../../src/core/rules/decide.js'
import type { Line } from '../support/builders.js'
import { head, policy } from '../support/builders.js'

const read = {
  others: { kind: 'read', numbers: [] },
  writers: { kind: 'read', doubles: [] },
} as const

const RACE: readonly Line[] = [
  'R1 Lint success',
  'R1 Test failure',
  'R2 Lint success',
  'R2 Test success',
  'R2 umbrella success',
  'R1 umbrella failure',
]

describe('a success is never posted and taken back in turns', () => {
  it.each([
    ['a status of another system', ['@sonar sonar/scan success'], 'sonar/scan'],
    [
      'a job of another workflow, whose newest run failed before an older one came in green',
      ['R4 Deploy/x failure', 'R3 Deploy/x success'],
      'Deploy/x',
    ],
  ])('%s, external, under a pattern of required-contexts', (_name, written, external) => {
    const asked = policy({ required: ['*'], external: [external] })
    const before = head({ ...read, rows: [...written, ...RACE] })
    expect(decide(asked, [], before).get(7)?.kind).toBe('repair')
    const red = written.length + RACE.length
    const after = head({ ...read, rows: [...written, ...RACE, `us green ${red} 2 aaaa`] })
    expect(withdrawalOf(asked, after)).toBeNull()
  })

  it('what the umbrella stands for is asked all the same', () => {
    const asked = policy({ required: ['*'], external: ['sonar/scan'] })
    const written = ['@sonar sonar/scan success', ...RACE, 'us green 7 2 aaaa']
    const two = { ...read, others: { kind: 'read', numbers: [9] } as const, rows: written }
    expect(withdrawalOf(asked, head(two))?.why).toMatch(/superseded-evidence/)
  })
})

describe("a person's pending row over a required green", () => {
  const covered = ['R2 Lint success', 'R2 Test success', 'R2 umbrella failure', 'us green 3 2 aaaa']

  it.each([[[]], [['Lint', 'Test']]])('may hide a re-run, required %j', required => {
    const rows = [...covered, '@jane Test pending']
    expect(withdrawalOf(policy({ required }), head({ ...read, rows }))).toMatchObject({
      state: 'pending',
      why: expect.stringContaining('nothing pending stands above'),
    })
  })

  it('takes nothing back where the context does not count', () => {
    const green = ['Docs', 'Lint', 'Test'].map(job => `R2 ${job} success`)
    const rows = [...green, 'R2 umbrella failure', 'us green 4 2 aaaa', '@jane Docs pending']
    const asked = policy({ required: ['Lint', 'Test'] })
    expect(withdrawalOf(asked, head({ ...read, rows }))).toBeNull()
  })
})
