import { describe, expect, it } from '@jest/globals'
import type { ProvenRun, RerunReach } from '../../../src/core/plan/rerun.js'
import {
  leadingRepair,
  objectionTo,
  runToRerun,
  staleBeside,
  umbrellaJobOf,
} from '../../../src/core/plan/rerun.js'
import { asRunKey } from '../../../src/core/model/ids.js'
import { decide } from '../../../src/core/rules/decide.js'
import type { Repair } from '../../../src/core/rules/verdict.js'
import type { HeadChange } from '../../support/builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'
import {
  contextOf,
  gap,
  head,
  job,
  judge,
  policy,
  pull,
  run,
  STALE,
  UMBRELLA,
} from '../../support/builders.js'

const FREE: RerunReach = { kind: 'read', dependents: [], concurrency: 'nothing', open: [] }

interface ObjectionCase {
  readonly rule: string
  readonly seen?: Partial<HeadChange>
  readonly reach?: Partial<RerunReach & { readonly kind: 'read' }> | { readonly why: string }
  readonly dependentsToo?: boolean
  /** How the look that proved it differs; else its rows of Actions alone. */
  readonly proof?: Partial<HeadChange>
  /** What the objection says; `null`: there is none. */
  readonly says: string | null
  readonly code?: 'refused' | 'still-red'
  readonly byHand?: boolean
}

const attempt = (state: string, times: number | null): Partial<HeadChange> => ({
  runs: [
    run(1, [], {
      jobs: [
        job(1, 'Lint success'),
        job(1, 'Test success'),
        { ...job(1, `umbrella ${state}`), attempt: times },
      ],
    }),
  ],
})
const docs = (...lines: HeadChange['rows'][number][]): Partial<HeadChange> => ({
  rows: [...STALE, ...lines],
  runs: [run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure'])],
})
const posted = (lines: readonly HeadChange['rows'][number][]): HeadChange['rows'] => [
  ...STALE,
  ...lines,
]

const MORE = ['Docs success', 'Build success']
const over = (row: number, state: string, who: string, name = 'Docs'): string =>
  `a re-run would write over row ${row} of ${contextOf(name)} (${state}), which ${who} wrote, ` +
  'not this workflow'

const CASES: readonly ObjectionCase[] = [
  { rule: 'nothing stands against the first attempt', says: null },
  {
    rule: 'a job that no runner ever took has no attempt',
    seen: attempt('cancelled', 0),
    says: null,
  },
  {
    rule: 'an attempt that cannot be read is never taken for the first',
    seen: attempt('failure', null),
    says: 'how often the umbrella job ran is not known',
  },
  {
    rule: 'a second attempt that ended red is the truth',
    seen: attempt('failure', 2),
    code: 'still-red',
    says: 'the umbrella job ended failure again in attempt 2, over green jobs',
  },
  {
    rule: 'and so is a third',
    seen: attempt('failure', 3),
    code: 'still-red',
    says: 'the umbrella job ended failure again in attempt 3, over green jobs',
  },
  {
    rule: 'so is one that was cancelled',
    seen: attempt('cancelled', 2),
    code: 'still-red',
    says: 'the umbrella job ended cancelled again in attempt 2, over green jobs',
  },
  {
    rule: 'a green umbrella job under a red row is run again: its row is written anew',
    seen: attempt('success', 2),
    says: null,
  },
  {
    rule: 'but not beyond three attempts',
    seen: attempt('success', 3),
    says: 'the umbrella job is green in attempt 3, and its row is still red',
  },
  {
    rule: "a person's row in a context of the run that nothing requires",
    seen: docs('@ann Docs failure'),
    says: over(10, 'failure', 'ann'),
    byHand: false,
  },
  {
    rule: "a person's green in it is covered too, and is a word of theirs",
    seen: docs('@ann Docs success'),
    says: over(10, 'success', 'ann'),
    byHand: false,
  },
  {
    rule: "a workflow token's row in it",
    seen: docs('token Docs failure'),
    says: over(10, 'failure', 'somebody else'),
    byHand: false,
  },
  {
    rule: 'a row of another system in a context that is not of the run is not covered',
    seen: { rows: [...STALE, '@bot deploy/preview success'] },
    says: null,
  },
  {
    rule: 'a row of ours is replaced where a posted status can win',
    seen: { version: '1.26.4', rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa failure'] },
    says: null,
  },
  {
    rule: 'a row of ours is somebody else’s where Actions keeps its rows apart',
    seen: { version: '1.27.0', rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa failure'] },
    says: over(11, 'failure', 'bot', 'umbrella'),
    byHand: false,
  },
  {
    rule: 'two latest rows of a context: only one of them is renewed',
    seen: {
      ...docs('R1 Docs success', '@ann Docs success'),
      latest: rows => rows,
    },
    says: `2 latest rows carry ${contextOf('Docs')}: a re-run renews only one`,
    byHand: false,
  },
  {
    rule: 'a gap in a context of the run',
    seen: { gaps: [gap(contextOf('Docs'))], ...docs() },
    says: 'history: lost',
    byHand: false,
  },
  {
    rule: 'a gap elsewhere covers nothing',
    seen: { gaps: [gap('deploy/preview')] },
    says: null,
  },
  {
    rule: 'jobs that depend on the umbrella are named',
    reach: { dependents: ['deploy', 'notify'] },
    says: 'deploy, notify would run again too; set rerun-dependents: true if that may be',
  },
  {
    rule: 'and may run again where they are allowed to',
    reach: { dependents: ['deploy', 'notify'] },
    dependentsToo: true,
    says: null,
  },
  {
    rule: 'an open run that the group may reach',
    reach: { concurrency: 'repository', open: [{ run: asRunKey(9), file: 'ci.yml', head: null }] },
    says:
      "run 9 of ci.yml is still going, and the workflow's concurrency group may be its too: a " +
      're-run could cancel it; the next sweep looks again',
  },
  {
    rule: 'a group that reaches the repository while nothing is open',
    reach: { concurrency: 'repository' },
    says: null,
  },
  {
    rule: 'a file that cannot be read',
    reach: { why: '.gitea/workflows/ci.yml: it is no YAML' },
    says: 'what a re-run would touch is not known: .gitea/workflows/ci.yml: it is no YAML',
  },
  {
    rule: 'of two rows that it would cover the first by name is told',
    seen: {
      rows: [...STALE, '@ann Docs failure', '@bob Build failure'],
      runs: [run(1, ['Lint success', 'Test success', ...MORE, 'umbrella failure'])],
    },
    says: over(11, 'failure', 'bob', 'Build'),
    byHand: false,
  },
  {
    rule: 'a row of Actions of another workflow file is not of this one',
    seen: {
      rows: [...STALE, 'R2 Docs success'],
      runs: [
        run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure']),
        run(2, ['Docs success'], { file: 'docs.yml' }),
      ],
    },
    proof: { rows: STALE, runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])] },
    says: over(10, 'success', 'somebody else'),
    byHand: false,
  },
  {
    rule: 'where the runs cannot be read any more, not even its own rows are known for its own',
    seen: { grade: 'statuses' },
    proof: { grade: 'jobs' },
    says: over(5, 'success', 'somebody else', 'Lint'),
    byHand: false,
  },
]

describe.each(['1.26.4', '1.27.0'])('what stands against a re-run on %s', version => {
  it.each(CASES)('$rule', ({ seen, proof, reach = {}, dependentsToo = false, ...is }) => {
    const { says, code, byHand } = is
    const change: HeadChange = { grade: 'jobs', version, rows: STALE, ...seen }
    const plain = { ...change, gaps: [], rows: ownRows(change), ...proof }
    delete plain.latest
    const objection = objectionTo({
      umbrella: UMBRELLA,
      evidence: head(change),
      pull: 7,
      verdict: judge(head(plain)) as Repair,
      reach: 'why' in reach ? { kind: 'unreadable', why: reach.why } : { ...FREE, ...reach },
      dependentsToo,
      wholeRunToo: false,
    })
    if (says === null) expect(objection).toBeNull()
    else
      expect(objection).toEqual({
        code: code ?? 'refused',
        why: says,
        byHand: byHand ?? true,
      })
  })
})

/** The rows of Actions alone: what the head looked like before somebody else wrote. */
const ownRows = ({ rows }: HeadChange): HeadChange['rows'] =>
  rows.filter(line => typeof line === 'string' && line.startsWith('R'))

describe('a context that only a re-run mends', () => {
  const seen: HeadChange = {
    grade: 'jobs',
    version: '1.26.4',
    rows: posted(['R1 Docs success', 'R0 Docs failure']),
    runs: [
      run(0, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure']),
      run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure']),
    ],
  }
  const asked = policy()
  const proven = (change: HeadChange = seen): ProvenRun => {
    const evidence = head(change)
    return { umbrella: UMBRELLA, evidence, pull: 7, verdict: judge(evidence) as Repair }
  }

  it('is one that the merge requires and an older run wrote over', () => {
    const docs = contextOf('Docs')
    expect(staleBeside(proven(), asked, [UMBRELLA, docs])).toEqual([docs])
    expect(staleBeside(proven(), asked, ['CI / *'])).toEqual([docs])
  })

  it('is none that the merge does not require', () => {
    expect(staleBeside(proven(), asked, [UMBRELLA])).toEqual([])
  })

  it('is none that a run of another workflow would have to write anew', () => {
    const site = 'Site / build (pull_request)'
    const of = (key: number, state: string) =>
      run(key, [], { file: 'site.yml', jobs: [{ ...job(key, `Build ${state}`), name: 'build' }] })
    const both = head({
      grade: 'jobs',
      version: '1.26.4',
      rows: [...STALE, `R3.302 ${site} success`, `R2.202 ${site} failure`],
      runs: [
        run(1, ['Lint success', 'Test success', 'umbrella failure']),
        of(2, 'failure'),
        of(3, 'success'),
      ],
    })
    const wanted = policy({ required: ['Lint', 'Test', site] })
    const verdict = judge(both, wanted) as Repair
    const found = { umbrella: UMBRELLA, evidence: both, pull: 7, verdict }
    expect(verdict).toMatchObject({ kind: 'repair', run: 1 })
    expect(staleBeside(found, wanted, ['*'])).toEqual([])
  })

  it('is none whose job is red in the newest run', () => {
    const red = head({
      ...seen,
      runs: [
        run(0, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure']),
        run(1, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure']),
      ],
    })
    expect(staleBeside({ ...proven(), evidence: red }, asked, ['CI / *'])).toEqual([])
  })
})

describe("the umbrella's job", () => {
  it('is the one that writes its context, in that run', () => {
    const found = umbrellaJobOf(head({ grade: 'jobs', rows: STALE }), UMBRELLA, 7, asRunKey(1))
    expect(found).toMatchObject({ name: 'all-required', state: 'failure' })
  })

  it('is not known where two jobs of the run write it', () => {
    const two = [
      run(1, ['Lint success', 'Test success', 'umbrella failure', 'umbrella success #9']),
    ]
    const seen = head({ grade: 'jobs', rows: STALE, runs: two })
    expect(umbrellaJobOf(seen, UMBRELLA, 7, asRunKey(1))).toBeNull()
  })

  it('is its check run in that run, in its newest execution', () => {
    const seen = checksHead({
      legs: [`R1 ${GATE} failure`, `R2 ${GATE} failure`, `R2.2 ${GATE} cancelled`],
    })
    const job = umbrellaJobOf(seen, GATE, 7, asRunKey(2))
    expect(job).toMatchObject({ name: GATE, state: 'cancelled', attempt: 2 })
    expect(umbrellaJobOf(seen, GATE, 7, asRunKey(1))).toMatchObject({ id: 500, attempt: 1 })
    expect(umbrellaJobOf(seen, GATE, 7, asRunKey(3))).toBeNull()
  })

  it('has to be known before it is run again', () => {
    const evidence = head({ grade: 'jobs', rows: STALE })
    const verdict: Repair = { ...(judge(evidence) as Repair), umbrellaJob: null }
    const question = { umbrella: UMBRELLA, evidence, pull: 7, verdict, reach: FREE }
    expect(objectionTo({ ...question, dependentsToo: false, wholeRunToo: false })).toEqual({
      code: 'refused',
      why: 'the umbrella job of the newest run is not known',
      byHand: false,
    })
  })

  it.each([
    { rule: 'the older run whose check run stands red', stands: 'check-run', job: {}, is: 1 },
    { rule: 'the newest where a row stands', stands: 'row', job: {}, is: 2 },
    { rule: 'the newest where no job is known', stands: 'check-run', job: null, is: 2 },
  ] as const)('is of $rule', ({ stands, job: known, is }) => {
    const verdict = judge(head({ grade: 'jobs', rows: STALE })) as Repair
    const umbrellaJob = known === null ? null : verdict.umbrellaJob
    expect(runToRerun({ ...verdict, run: asRunKey(2), stands, umbrellaJob })).toBe(is)
  })

  it.each([
    { rule: 'none of none', runs: [], leads: undefined },
    { rule: 'the highest of several', runs: [3, 5, 4], leads: 2 },
    { rule: 'the first of two that share a run', runs: [5, 5, 4], leads: 1 },
  ])('the verdict that one write of a head speaks of: $rule', ({ runs, leads }) => {
    const verdict = judge(head({ rows: STALE })) as Repair
    const verdicts = runs.map((key, at) => [at + 1, { ...verdict, run: asRunKey(key) }] as const)
    expect(leadingRepair(new Map(verdicts))?.pull).toBe(leads)
  })

  it('is not known without job rows', () => {
    const evidence = head({ rows: STALE, pulls: [pull()] })
    expect(umbrellaJobOf(evidence, UMBRELLA, 7, asRunKey(1))).toBeNull()
  })
})

describe('a check run that was run again before', () => {
  const objection = (...legs: readonly string[]) => {
    const evidence = checksHead({ legs })
    const [verdict] = [...decide(checkPolicy(), [], evidence).values()]
    if (verdict?.kind !== 'repair') throw new Error(`no repair: ${verdict?.reason ?? ''}`)
    return objectionTo({
      umbrella: GATE,
      evidence,
      pull: 1,
      verdict,
      reach: FREE,
      dependentsToo: false,
      wholeRunToo: false,
    })
  }

  it('and ended red again, when all it stands for was green, says what is true', () => {
    const again = objection(
      ...['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`, `R1.2 ${GATE} failure`],
    )
    expect(again).toMatchObject({ code: 'still-red', byHand: true })
  })

  it('before what it stands for was green is run again', () => {
    const before = objection(
      ...[`R1 ${GATE} failure`, `R1.2 ${GATE} failure`, 'R1 Lint success', 'R1 Test success'],
    )
    expect(before).toBeNull()
  })

  it('and was cancelled is run again', () => {
    const cancelled = objection(
      ...['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`, `R1.2 ${GATE} cancelled`],
    )
    expect(cancelled).toBeNull()
  })
})
