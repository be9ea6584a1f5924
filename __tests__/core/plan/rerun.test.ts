import { describe, expect, it } from '@jest/globals'
import type { RerunReach } from '../../../src/core/plan/rerun.js'
import { objectionTo, staleBeside, umbrellaJobOf } from '../../../src/core/plan/rerun.js'
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
  /** What the objection says, in part; `null`: there is none. */
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
    says: 'ended failure again in attempt 2',
  },
  {
    rule: 'so is one that was cancelled',
    seen: attempt('cancelled', 2),
    code: 'still-red',
    says: 'ended cancelled again in attempt 2',
  },
  {
    rule: 'a green umbrella job under a red row is run again: its row is written anew',
    seen: attempt('success', 2),
    says: null,
  },
  {
    rule: 'but not beyond three attempts',
    seen: attempt('success', 3),
    says: 'green in attempt 3',
  },
  {
    rule: "a person's row in a context of the run that nothing requires",
    seen: docs('@ann Docs failure'),
    says: 'which ann wrote',
    byHand: false,
  },
  {
    rule: "a person's green in it is covered too, and is a word of theirs",
    seen: docs('@ann Docs success'),
    says: 'which ann wrote',
    byHand: false,
  },
  {
    rule: "a workflow token's row in it",
    seen: docs('token Docs failure'),
    says: 'somebody else wrote',
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
    says: 'which bot wrote',
    byHand: false,
  },
  {
    rule: 'two latest rows of a context: only one of them is renewed',
    seen: {
      ...docs('R1 Docs success', '@ann Docs success'),
      latest: rows => rows,
    },
    says: 'latest rows carry',
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
    says: 'deploy, notify would run again too',
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
    says: 'run 9 of ci.yml is still going',
  },
  {
    rule: 'a group that reaches the repository while nothing is open',
    reach: { concurrency: 'repository' },
    says: null,
  },
  {
    rule: 'a file that cannot be read',
    reach: { why: '.gitea/workflows/ci.yml: it is no YAML' },
    says: 'is not known: .gitea/workflows/ci.yml: it is no YAML',
  },
]

describe.each(['1.26.4', '1.27.0'])('what stands against a re-run on %s', version => {
  it.each(CASES)('$rule', ({ seen, reach = {}, dependentsToo = false, says, code, byHand }) => {
    const change: HeadChange = { grade: 'jobs', version, rows: STALE, ...seen }
    const evidence = head(change)
    const plain = { ...change, gaps: [], rows: ownRows(change) }
    delete plain.latest
    const proven = judge(head(plain))
    const objection = objectionTo({
      umbrella: UMBRELLA,
      evidence,
      pull: 7,
      verdict: proven as Repair,
      reach: 'why' in reach ? { kind: 'unreadable', why: reach.why } : { ...FREE, ...reach },
      dependentsToo,
      wholeRunToo: false,
    })
    if (says === null) expect(objection).toBeNull()
    else
      expect(objection).toEqual({
        code: code ?? 'refused',
        why: expect.stringContaining(says),
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
  const asked = policy({ required: [contextOf('Lint'), contextOf('Test')], optional: [] })
  const evidence = head(seen)
  const verdict = judge(evidence, asked) as Repair
  const proven = { umbrella: UMBRELLA, evidence, pull: 7, verdict }

  it('is one that the merge requires and an older run wrote over', () => {
    expect(staleBeside(proven, asked, [UMBRELLA, contextOf('Docs')])).toEqual([contextOf('Docs')])
    expect(staleBeside(proven, asked, ['CI / *'])).toEqual([contextOf('Docs')])
  })

  it('is none that the merge does not require', () => {
    expect(staleBeside(proven, asked, [UMBRELLA])).toEqual([])
  })

  it('is none whose job is red in the newest run', () => {
    const red = head({
      ...seen,
      runs: [
        run(0, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure']),
        run(1, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure']),
      ],
    })
    expect(staleBeside({ ...proven, evidence: red }, asked, ['CI / *'])).toEqual([])
  })
})

describe("the umbrella's job", () => {
  it('is the one that writes its context, in that run', () => {
    const found = umbrellaJobOf(head({ grade: 'jobs', rows: STALE }), UMBRELLA, 7, asRunKey(1))
    expect(found).toMatchObject({ name: 'all-required', state: 'failure' })
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
