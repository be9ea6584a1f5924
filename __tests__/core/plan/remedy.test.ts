import { describe, expect, it } from '@jest/globals'
import { readMarker } from '../../../src/core/model/marker.js'
import type { RemedyQuestion } from '../../../src/core/plan/remedy.js'
import { planOf, remedyFor } from '../../../src/core/plan/remedy.js'
import type { Repair } from '../../../src/core/rules/verdict.js'
import { head, judge, SHA, STALE, UMBRELLA } from '../../support/builders.js'
import { server } from '../../support/servers.js'

const writer = { run: '812', url: 'https://git.example.org/o/r/actions/runs/812' }
const proven = judge(head({ rows: STALE })) as Repair
const byJobs = judge(head({ grade: 'jobs', rows: STALE })) as Repair

const asked = (change: Partial<RemedyQuestion>): RemedyQuestion => {
  const question: Omit<RemedyQuestion, 'plan'> = {
    server: server(),
    choice: 'auto',
    sha: SHA,
    context: UMBRELLA,
    verdict: proven,
    basis: { kind: 'shown-stale' },
    writer,
    nonce: 'ab12cd',
    staleBeside: [],
    sharesGroup: false,
    objection: null,
    ...change,
  }
  const { choice, verdict } = question
  return { ...question, plan: planOf(question.server, choice, verdict.stands) }
}

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

  const rerunning = (version: string): RemedyQuestion['server'] =>
    server(version, {
      grade: 'jobs',
      capabilities: { ...server().capabilities, rerun: true },
    })
  const rerun = { kind: 'rerun', run: 1, job: 104 }
  const newer = { server: rerunning('1.27.0'), verdict: byJobs }
  const both = { server: rerunning('1.26.4'), verdict: byJobs }
  const beside = { staleBeside: ['CI / Docs (pull_request)'] }
  const refused = { code: 'refused', why: 'deploy would run again too', byHand: true } as const

  interface ChoiceCase {
    readonly rule: string
    readonly asked: Partial<RemedyQuestion>
    readonly remedy: Readonly<Record<string, unknown>>
  }
  it.each<ChoiceCase>([
    {
      rule: 'auto re-runs where posting a status has no effect',
      asked: newer,
      remedy: { ...rerun, otherwise: null },
    },
    {
      rule: 'so does rerun',
      asked: { ...newer, choice: 'rerun' },
      remedy: { ...rerun, otherwise: null },
    },
    {
      rule: 'status posts nothing there, and names the re-run',
      asked: { ...newer, choice: 'status' },
      remedy: { kind: 'report', why: expect.stringContaining('has no effect'), instead: rerun },
    },
    {
      rule: 'report names the re-run too',
      asked: { ...newer, choice: 'report' },
      remedy: { kind: 'report', why: 'remedy: report', instead: rerun },
    },
    {
      rule: 'what stands against a re-run is said, with the command',
      asked: { ...newer, objection: refused },
      remedy: { kind: 'report', why: refused.why, instead: rerun, stillRed: false },
    },
    {
      rule: 'but without it where it would cover a veto',
      asked: { ...newer, objection: { ...refused, byHand: false } },
      remedy: { kind: 'report', why: refused.why, instead: null },
    },
    {
      rule: 'an umbrella that ended red again is told as that',
      asked: { ...newer, objection: { ...refused, code: 'still-red' } },
      remedy: { kind: 'report', stillRed: true },
    },
    {
      rule: 'no job of the newest run is known',
      asked: { ...newer, verdict: proven },
      remedy: { kind: 'report', why: expect.stringContaining('is not known'), instead: null },
    },
    {
      rule: 'where both win, auto posts',
      asked: both,
      remedy: { kind: 'status' },
    },
    {
      rule: 'where both win, rerun re-runs and never posts',
      asked: { ...both, choice: 'rerun' },
      remedy: { ...rerun, otherwise: null },
    },
    {
      rule: 'auto re-runs where another required context is stale, and else posts',
      asked: { ...both, ...beside },
      remedy: { ...rerun, otherwise: { kind: 'status' } },
    },
    {
      rule: 'and posts at once where something stands against that re-run',
      asked: { ...both, ...beside, objection: refused },
      remedy: { kind: 'status' },
    },
    {
      rule: 'status posts whatever else is stale',
      asked: { ...both, ...beside, choice: 'status' },
      remedy: { kind: 'status' },
    },
    {
      rule: 'rerun on a server without that API names the post',
      asked: { choice: 'rerun' },
      remedy: {
        kind: 'report',
        why: 'this server has no API to run a job again',
        instead: { kind: 'status', post: expect.objectContaining({ sha: SHA, state: 'success' }) },
      },
    },
    {
      rule: 'a new commit where neither is offered',
      asked: { server: server('1.27.0') },
      remedy: { kind: 'report', instead: null },
    },
    {
      rule: 'report on a server where a post wins names the post',
      asked: { choice: 'report' },
      remedy: { kind: 'report', why: 'remedy: report', instead: { kind: 'status' } },
    },
  ])('$rule', ({ asked: change, remedy }) => {
    expect(remedyFor(asked(change))).toMatchObject(remedy)
  })
})

describe('the plan of a sweep', () => {
  it.each([
    { version: '1.22.6', choice: 'auto', kind: 'status' },
    { version: '15.0.3+gitea-1.22.0', choice: 'auto', kind: 'status' },
    { version: '15.0.3+gitea-1.22.0', choice: 'rerun', kind: 'report' },
    { version: '1.26.4', choice: 'auto', kind: 'status' },
    { version: '1.26.4', choice: 'rerun', kind: 'rerun' },
    { version: '1.27.0', choice: 'auto', kind: 'rerun' },
    { version: '28.1.0', choice: 'auto', kind: 'rerun' },
    { version: '29.0.0', choice: 'auto', kind: 'rerun' },
    { version: '28.1.0', choice: 'status', kind: 'report' },
    { version: '1.27.0', choice: 'report', kind: 'report' },
  ] as const)('$choice on $version: $kind', ({ version, choice, kind }) => {
    const { rerunsJobs } = server(version).traits
    const capabilities = { ...server().capabilities, rerun: rerunsJobs }
    const plan = planOf(server(version, { grade: 'jobs', capabilities }), choice)
    expect(plan).toMatchObject({ kind, missing: null })
  })

  it('names the right that is missing where the jobs of runs cannot be read', () => {
    const capabilities = { ...server().capabilities, rerun: true }
    const gradeLimit = 'GET /actions/runs: 403'
    const plan = planOf(server('1.27.0', { capabilities, gradeLimit }), 'auto')
    expect(plan).toMatchObject({
      kind: 'report',
      missing: expect.stringMatching(/403.*permissions: \{actions: write.*write:repository/),
    })
  })
})
