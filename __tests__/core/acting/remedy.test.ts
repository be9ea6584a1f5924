import { describe, expect, it } from '@jest/globals'
import { readMarker } from '../../../src/core/model/marker.js'
import type { RemedyQuestion } from '../../../src/core/acting/remedy.js'
import { remedyFor } from '../../../src/core/acting/remedy.js'
import type { Repair } from '../../../src/core/rules/verdict.js'
import { head, judge, server, SHA, STALE, UMBRELLA } from '../../support/builders.js'

const writer = { run: '812', url: 'https://git.example.org/o/r/actions/runs/812' }
const proven = judge(head({ rows: STALE })) as Repair
const byJobs = judge(head({ grade: 'jobs', rows: STALE })) as Repair

const asked = (change: Partial<RemedyQuestion>): RemedyQuestion => ({
  server: server(),
  choice: 'auto',
  sha: SHA,
  context: UMBRELLA,
  verdict: proven,
  writer,
  nonce: 'ab12cd',
  staleBeside: [],
  objection: null,
  ...change,
})

describe('the remedy', () => {
  it.each(['1.22.6', '1.26.4', '11.0.1+gitea-1.22.0'].map(version => ({ version })))(
    'posts a success where it wins: $version',
    ({ version }) => {
      const remedy = remedyFor(asked({ server: server(version) }))
      expect(remedy).toMatchObject({
        kind: 'status',
        post: { sha: SHA, context: UMBRELLA, state: 'success', targetUrl: writer.url },
      })
      expect(remedy.kind === 'status' ? readMarker(remedy.post.description) : null).toEqual({
        kind: 'green',
        red: 9,
        run: 1,
        nonce: 'ab12cd',
      })
    },
  )

  it('counts as green only what is green, not what may be skipped', () => {
    const [first] = proven.proof
    const verdict: Repair = { ...proven, proof: [first, { ...first, state: 'skipped' }] }
    const remedy = remedyFor(asked({ verdict }))
    const said = remedy.kind === 'status' ? remedy.post.description : ''
    expect(said).toContain('1/2 required green in run 1')
  })

  it.each([
    { choice: 'auto' as const },
    { choice: 'status' as const },
    { choice: 'report' as const },
  ])('never posts where a posted status cannot win: $choice', ({ choice }) => {
    const capabilities = { ...server().capabilities, rerun: true }
    const remedy = remedyFor(
      asked({ server: server('1.27.0', { capabilities }), choice, verdict: byJobs }),
    )
    expect(remedy).toEqual({
      kind: 'report',
      why:
        'a posted status cannot win on this server and would block the commit for good; ' +
        're-run the umbrella job',
      instead: { kind: 'rerun', run: 1, job: 104 },
    })
  })

  it('names a new commit where not even a re-run is offered', () => {
    expect(remedyFor(asked({ server: server('1.27.0') }))).toMatchObject({
      kind: 'report',
      instead: null,
    })
  })

  it('report writes nothing and says how a person could', () => {
    const remedy = remedyFor(asked({ choice: 'report' }))
    expect(remedy).toEqual({
      kind: 'report',
      why: 'remedy: report',
      instead: { kind: 'status', post: expect.objectContaining({ sha: SHA, state: 'success' }) },
    })
  })
})
