import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import { asRunKey } from '../../../src/core/model/ids.js'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import type { JobResult } from '../../../src/core/view/job-result.js'
import { newestResult, umbrellaResult } from '../../../src/core/view/newest-run.js'
import { runGroupOf } from '../../../src/core/view/run-group.js'
import { viewOf } from '../../../src/core/view/read.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, head, jobId, policy, run, UMBRELLA } from '../../support/builders.js'
import { checksHead, GATE } from '../../support/check-builders.js'

/** What run 2 says of its own umbrella. */
function said(evidence: Evidence, umbrella = UMBRELLA): JobResult {
  const statuses = headStatusesOf(evidence)
  return umbrellaResult(statuses, runGroupOf(statuses, umbrella, 7), asRunKey(2))
}

const UNSURE = {
  kind: 'unknown',
  run: 2,
  why: `run 2 has no final row of ${UMBRELLA} that nothing pending stands above`,
}
const PROVEN = { kind: 'success', source: 'own-row', run: 2, attempt: null }

describe('what a run says of its own umbrella by its rows, where equal states are written', () => {
  it.each<{
    readonly rule: string
    readonly rows: readonly string[]
    readonly is: Readonly<Record<string, unknown>>
  }>([
    { rule: 'its green end', rows: ['R2 umbrella success'], is: PROVEN },
    {
      rule: 'its green end, over which an older run ended too',
      rows: ['R2 umbrella success', 'R1 umbrella running', 'R1 umbrella failure'],
      is: { ...PROVEN, row: 1, job: { key: jobId(2, 'umbrella'), id: null } },
    },
    {
      rule: 'a pending row below it says nothing',
      rows: [
        ...['@alice umbrella pending', 'R2 umbrella success'],
        ...['R1 umbrella running', 'R1 umbrella failure'],
      ],
      is: { ...PROVEN, row: 2 },
    },
    {
      rule: 'over which an older run is going: nobody knows what it hides',
      rows: ['R2 umbrella success', 'R1 umbrella running'],
      is: UNSURE,
    },
    {
      rule: 'over which an older run that had ended before is going again',
      rows: ['R1 umbrella failure', 'R2 umbrella success', 'R1 umbrella running'],
      is: UNSURE,
    },
    {
      rule: 'over which a person set it pending',
      rows: ['R2 umbrella success', '@alice umbrella pending', 'R1 umbrella failure'],
      is: UNSURE,
    },
    {
      rule: 'its red end proves nothing under the rows of another',
      rows: ['R2 umbrella failure', 'R1 umbrella running', 'R1 umbrella failure'],
      is: UNSURE,
    },
    {
      rule: 'two jobs of it write the name',
      rows: [
        ...['R2.7 umbrella running', 'R2 umbrella success'],
        ...['R1 umbrella running', 'R1 umbrella failure'],
      ],
      is: { kind: 'unknown', why: `two jobs of run 2 write ${UMBRELLA}` },
    },
  ])('$rule', ({ rows, is }) => {
    expect(said(head({ version: '1.26.4', rows }))).toMatchObject(is)
  })

  it('nothing of the kind is believed where equal states are not written', () => {
    const rows = ['R2 umbrella success', 'R1 umbrella running', 'R1 umbrella failure']
    expect(said(head({ version: '1.23.8', rows }))).toMatchObject(UNSURE)
  })
})

describe('what a run says of its own umbrella by its job', () => {
  const green = [run(2, ['Lint success', 'umbrella success'])]
  it.each<{
    readonly rule: string
    readonly seen: HeadChange
    readonly is: Readonly<Record<string, unknown>>
  }>([
    {
      rule: 'its job is green, and its row says so',
      seen: { rows: ['R2 umbrella success'], runs: green },
      is: { kind: 'success', source: 'job' },
    },
    {
      rule: 'its row never got past pending: it was lost',
      seen: { rows: ['R2 umbrella running'], runs: green },
      is: { kind: 'success', source: 'job' },
    },
    {
      rule: 'its row is red and contradicts its job',
      seen: { rows: ['R2 umbrella failure'], runs: green },
      is: { kind: 'disagree', why: 'its status row 1 says failure, its job success' },
    },
  ])('$rule', ({ seen, is }) => {
    expect(said(head({ grade: 'jobs', version: '1.26.4', ...seen }))).toMatchObject(is)
  })
})

describe('what is never asked of rows', () => {
  it('a context that no run of Actions wrote', () => {
    const statuses = headStatusesOf(head({ rows: ['@alice umbrella success'] }))
    const group = runGroupOf(statuses, UMBRELLA, 7)
    expect(newestResult({ head: statuses, group, umbrella: UMBRELLA }, UMBRELLA)).toEqual({
      kind: 'unknown',
      run: null,
      pending: false,
      why: `no run of Actions wrote ${UMBRELLA}`,
    })
  })

  it('a status beside check runs', () => {
    const why = 'a status alone proves nothing beside check runs'
    const evidence = checksHead({ runs: { 2: {} }, statuses: [`R2 ${GATE} success`] })
    const statuses = headStatusesOf(evidence)
    const group = runGroupOf(statuses, GATE, 7)
    const found = newestResult({ head: statuses, group, umbrella: GATE }, GATE)
    expect(found).toMatchObject({ kind: 'unknown', why })
    expect(said(evidence, GATE)).toMatchObject({ kind: 'unknown', why })
  })
})

describe('a job of the newest run that has not ended', () => {
  it.each([
    { row: 'R1 Test waiting', why: 'a job of run 1 is still waiting for a runner' },
    { row: 'R1 Test running', why: 'a job of run 1 is still going' },
  ])('$why', ({ row, why }) => {
    const evidence = head({ grade: 'jobs', rows: ['R1 Lint success', row, 'R1 umbrella blocked'] })
    const { contexts } = viewOf(policy(), evidence, 7)
    expect(contexts.find(({ context }) => context === contextOf('Test'))?.result).toEqual({
      kind: 'open',
      run: 1,
      why,
    })
  })
})
