import { describe, expect, it } from '@jest/globals'
import { readMarker } from '../../../src/core/model/marker.js'
import type { Plan, RemedyChoice, RemedyQuestion } from '../../../src/core/plan/remedy.js'
import {
  planOf,
  remedyFor,
  rerunRight,
  wantsRerun,
  weakestOf,
} from '../../../src/core/plan/remedy.js'
import type { Server } from '../../../src/core/model/server.js'
import type { Basis, Repair } from '../../../src/core/rules/verdict.js'
import { head, judge, SHA, STALE, UMBRELLA } from '../../support/builders.js'
import { server, traits } from '../../support/servers.js'

const writer = { run: '812', url: 'https://git.example.org/o/r/actions/runs/812' }
const proven = (): Repair => judge(head({ rows: STALE })) as Repair
const byJobs = (): Repair => judge(head({ grade: 'jobs', rows: STALE })) as Repair

/** What a row of a table changes of the question; its verdict is made within the test. */
type Change = Partial<Omit<RemedyQuestion, 'verdict'>> & { readonly verdict?: () => Repair }

const asked = ({ verdict: ask = proven, ...change }: Change): RemedyQuestion => {
  const verdict = ask()
  const question: Omit<RemedyQuestion, 'plan'> = {
    server: server(),
    choice: 'auto',
    sha: SHA,
    context: UMBRELLA,
    verdict,
    basis: { kind: 'shown-stale' },
    writer,
    nonce: 'ab12cd',
    staleBeside: [],
    sharesGroup: false,
    objection: null,
    ...change,
  }
  return { ...question, plan: planOf(question.server, question.choice, verdict.stands) }
}

/** A server that can run one job again, and reads the jobs of runs. */
const rerunning = (version: string, change: Partial<Server> = {}): Server =>
  server(version, {
    grade: 'jobs',
    capabilities: { ...server().capabilities, rerun: true },
    ...change,
  })

/** GitHub: what it shows of a job is a check run. */
const ofChecks = (): Server =>
  rerunning('1.26.4', { traits: { ...traits('1.26.4'), checkRuns: true } })

const SHOWN: Basis = { kind: 'shown-stale' }
const VOUCHED: Basis = { kind: 'over-green-needs', vouch: { by: 'job' } }
const UNSURE: Basis = { kind: 'over-green-needs', vouch: null }

const CANNOT_WIN =
  'posting a status has no effect on this server and would block the commit for good'
const NO_RERUN = 'this server has no API to run a job again'
const CHECK_STANDS = 'no posted status can override a check run'
const UNREAD = (limit: string): string =>
  `the jobs of runs cannot be read${limit}, so none can be run again; that takes permissions: ` +
  '{actions: write, contents: read, pull-requests: read} in a workflow, or the scope ' +
  'write:repository'

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
    const [first] = proven().proof
    const verdict: Repair = { ...proven(), proof: [first, { ...first, state: 'skipped' }] }
    const remedy = remedyFor(asked({ verdict: () => verdict }))
    const said = remedy.kind === 'status' ? remedy.post.description : ''
    expect(said).toContain('1/2 required green in run 1')
  })

  const rerun = { kind: 'rerun', run: 1, job: 104 }
  const newer = { server: rerunning('1.27.0'), verdict: byJobs }
  const both = { server: rerunning('1.26.4'), verdict: byJobs }
  const beside = { staleBeside: ['CI / Docs (pull_request)'] }
  const refused = { code: 'refused', why: 'deploy would run again too', byHand: true } as const

  interface ChoiceCase {
    readonly rule: string
    readonly asked: Change
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
      remedy: {
        kind: 'report',
        why: 'remedy: report',
        instead: { kind: 'status' },
        stillRed: false,
      },
    },
    {
      rule: 'red over green needs is asked of the job, where a person vouches for a post as well',
      asked: { ...both, basis: VOUCHED },
      remedy: { ...rerun, otherwise: { kind: 'status' } },
    },
    {
      rule: 'nothing is posted over green needs for which nobody vouches',
      asked: { ...both, basis: UNSURE, objection: refused },
      remedy: { kind: 'report', why: refused.why, instead: rerun, stillRed: false },
    },
    {
      rule: 'a person is told to ask the job as well, where nothing is sent',
      asked: { ...both, choice: 'report', basis: VOUCHED },
      remedy: { kind: 'report', why: 'remedy: report', instead: rerun },
    },
    {
      rule: 'to post where no job can be asked',
      asked: { choice: 'report', basis: VOUCHED },
      remedy: { kind: 'report', instead: { kind: 'status' } },
    },
    {
      rule: 'and to post what is shown stale, whatever could run again',
      asked: { ...both, choice: 'report' },
      remedy: { kind: 'report', instead: { kind: 'status' } },
    },
    {
      rule: 'an umbrella that ended red again is never posted over',
      asked: { ...both, ...beside, objection: { ...refused, code: 'still-red' } },
      remedy: { kind: 'report', why: refused.why, instead: rerun, stillRed: true },
    },
    {
      rule: 'a person is told to run a red check run again, not to post over it',
      asked: {
        server: ofChecks(),
        choice: 'report',
        verdict: () => ({ ...byJobs(), stands: 'check-run' }),
      },
      remedy: { kind: 'report', why: 'remedy: report', instead: rerun },
    },
    {
      rule: 'why nothing is done and what is missing for more are told in one sentence',
      asked: { server: rerunning('1.27.0', { grade: 'statuses', gradeLimit: '403' }) },
      remedy: { kind: 'report', why: `${CANNOT_WIN}; ${UNREAD(' (403)')}`, instead: null },
    },
  ])('$rule', ({ asked: change, remedy }) => {
    expect(remedyFor(asked(change))).toMatchObject(remedy)
  })
})

describe('the plan of a sweep', () => {
  it.each([
    { version: '1.22.6', choice: 'auto', kind: 'status', why: '' },
    { version: '15.0.3+gitea-1.22.0', choice: 'auto', kind: 'status', why: '' },
    { version: '15.0.3+gitea-1.22.0', choice: 'rerun', kind: 'report', why: NO_RERUN },
    { version: '1.26.4', choice: 'auto', kind: 'status', why: '' },
    { version: '1.26.4', choice: 'status', kind: 'status', why: '' },
    { version: '1.26.4', choice: 'rerun', kind: 'rerun', why: '' },
    { version: '1.27.0', choice: 'auto', kind: 'rerun', why: CANNOT_WIN },
    { version: '28.1.0', choice: 'auto', kind: 'rerun', why: CANNOT_WIN },
    { version: '29.0.0', choice: 'auto', kind: 'rerun', why: CANNOT_WIN },
    { version: '28.1.0', choice: 'status', kind: 'report', why: CANNOT_WIN },
    { version: '1.27.0', choice: 'report', kind: 'report', why: 'remedy: report' },
  ] as const)('$choice on $version: $kind', ({ version, choice, kind, why }) => {
    const { rerunsJobs } = server(version).traits
    const capabilities = { ...server().capabilities, rerun: rerunsJobs }
    const plan = planOf(server(version, { grade: 'jobs', capabilities }), choice)
    expect(plan).toEqual({ kind, why, missing: null })
  })

  it.each<{
    readonly rule: string
    readonly server: Server
    readonly choice: RemedyChoice
    readonly stands?: Repair['stands']
    readonly plan: Plan
  }>([
    {
      rule: 'where jobs cannot be read, the right that is missing is named with the answer',
      server: rerunning('1.27.0', { grade: 'statuses', gradeLimit: 'GET /actions/runs: 403' }),
      choice: 'auto',
      plan: { kind: 'report', why: CANNOT_WIN, missing: UNREAD(' (GET /actions/runs: 403)') },
    },
    {
      rule: 'and alone where the server said nothing of it',
      server: rerunning('1.26.4', { grade: 'statuses' }),
      choice: 'rerun',
      plan: { kind: 'report', why: '', missing: UNREAD('') },
    },
    {
      rule: 'a server that can neither is told both',
      server: server('1.27.0'),
      choice: 'auto',
      plan: { kind: 'report', why: `${CANNOT_WIN}; ${NO_RERUN}`, missing: null },
    },
    ...(['auto', 'rerun'] as const).map(choice => ({
      rule: `${choice}, before a head is seen: check runs are run again`,
      server: ofChecks(),
      choice,
      plan: {
        kind: 'rerun' as const,
        why: 'a red check run is run again, a red commit status is posted over',
        missing: null,
      },
    })),
    {
      rule: 'status, before a head is seen: posts',
      server: ofChecks(),
      choice: 'status',
      plan: { kind: 'status', why: CHECK_STANDS, missing: null },
    },
    {
      rule: 'auto runs a red check run again',
      server: ofChecks(),
      choice: 'auto',
      stands: 'check-run',
      plan: { kind: 'rerun', why: CHECK_STANDS, missing: null },
    },
    {
      rule: 'status never posts over a check run',
      server: ofChecks(),
      choice: 'status',
      stands: 'check-run',
      plan: { kind: 'report', why: CHECK_STANDS, missing: null },
    },
    {
      rule: 'auto posts over a red row',
      server: ofChecks(),
      choice: 'auto',
      stands: 'row',
      plan: { kind: 'status', why: '', missing: null },
    },
    {
      rule: 'so does status',
      server: ofChecks(),
      choice: 'status',
      stands: 'row',
      plan: { kind: 'status', why: '', missing: null },
    },
    {
      rule: 'rerun finds no job behind a red row',
      server: ofChecks(),
      choice: 'rerun',
      stands: 'row',
      plan: {
        kind: 'report',
        why: 'the umbrella is a commit status, and no job of that name can be run again',
        missing: null,
      },
    },
  ])('$rule', ({ server: on, choice, stands, plan }) => {
    expect(planOf(on, choice, stands)).toEqual(plan)
  })

  it.each<{ readonly rule: string; readonly bases: readonly Basis[]; readonly is: Basis | null }>([
    { rule: 'of no basis there is none', bases: [], is: null },
    { rule: 'shown stale alone', bases: [SHOWN], is: SHOWN },
    { rule: 'over green needs is weaker than shown stale', bases: [SHOWN, VOUCHED], is: VOUCHED },
    { rule: 'and weakest where nobody vouches', bases: [SHOWN, VOUCHED, UNSURE], is: UNSURE },
  ])('the weakest of several bases counts: $rule', ({ bases, is }) => {
    expect(weakestOf(bases)).toBe(is)
  })

  it.each<{ readonly rule: string; readonly wish: Change; readonly wants: boolean }>([
    { rule: 'a row that a post can answer', wish: { server: rerunning('1.26.4') }, wants: false },
    {
      rule: 'the same where its job could say the contrary',
      wish: { server: rerunning('1.26.4'), basis: VOUCHED },
      wants: true,
    },
    {
      rule: 'the same where the user wants posts',
      wish: { server: rerunning('1.26.4'), basis: VOUCHED, choice: 'status' },
      wants: false,
    },
    {
      rule: 'the same where the user wants nothing sent',
      wish: { server: rerunning('1.26.4'), basis: VOUCHED, choice: 'report' },
      wants: false,
    },
    { rule: 'the same on a server that cannot', wish: { basis: VOUCHED }, wants: false },
    {
      rule: 'a server where only that helps, and jobs cannot be read',
      wish: { server: rerunning('1.27.0', { grade: 'statuses' }), basis: VOUCHED },
      wants: false,
    },
    {
      rule: 'a red status on a server of check runs',
      wish: { server: ofChecks(), basis: VOUCHED, staleBeside: ['Docs'] },
      wants: false,
    },
    {
      rule: 'a red check run',
      wish: { server: ofChecks(), verdict: () => ({ ...byJobs(), stands: 'check-run' }) },
      wants: true,
    },
  ])('a re-run is wished for: $rule: $wants', ({ wish, wants }) => {
    expect(wantsRerun(asked(wish))).toBe(wants)
  })

  it.each([
    {
      rule: 'of check runs',
      on: ofChecks(),
      right:
        'permissions: {actions: write, checks: read, statuses: write, pull-requests: read, ' +
        'contents: read} in a workflow, or the scope repo',
    },
    {
      rule: 'of rows',
      on: server('1.26.4'),
      right:
        'permissions: {actions: write, contents: read, pull-requests: read} in a workflow, or ' +
        'the scope write:repository',
    },
  ])('what a token must have for a re-run on a server $rule', ({ on, right }) => {
    expect(rerunRight(on)).toBe(right)
  })
})
