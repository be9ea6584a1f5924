import { describe, expect, it } from '@jest/globals'
import { studyAndJudge } from '../../../src/sweep/study.js'
import { openGiteaForge } from '../../../src/forge/gitea/forge.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { decide } from '../../../src/core/rules/decide.js'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Head } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import {
  gap,
  NATURAL,
  NOW,
  policy,
  pull,
  SHA,
  STALE,
  staleBut,
  UMBRELLA,
} from '../../support/builders.js'
import { fails } from '../../support/acting.js'
import type { FakeForge, FakeStart } from '../../support/fake-forge.js'
import { openFake } from '../../support/fake-forge.js'

const HEAD = { sha: SHA, pulls: [pull()] } as const
const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }

/** The forge as a sweep asks it: previews, whole studies, second looks. */
function collectorOf(fake: FakeForge) {
  const forge = openGiteaForge(fake.api, { place, policy: policy(), cache: openCache() })
  return {
    preview: async (head: Head) => (await forge.preview(head)).evidence,
    study: async (heads: readonly Evidence[]) => {
      const judged = await studyAndJudge({ policy: policy(), baseBranches: [] }, forge, heads)
      return judged.map(({ evidence }) => evidence)
    },
    secondLook: (head: Evidence) => forge.secondLook(head),
    failedHeads: () => forge.failedHeads(),
  }
}
async function study(
  start: FakeStart,
  prepare: (fake: FakeForge) => void = () => undefined,
): Promise<{ readonly fake: FakeForge; readonly evidence: Evidence }> {
  const fake = openFake(start)
  prepare(fake)
  const collector = collectorOf(fake)
  const [evidence] = await collector.study([await collector.preview(HEAD)])
  if (evidence === undefined) throw new Error('nothing seen')
  return { fake, evidence }
}
const reasonOf = (evidence: Evidence): string =>
  decide(policy(), [], evidence).get(7)?.reason ?? 'none'

/** What is asked around a head whose runs nothing tells apart. */
const AROUND = ['workflows', 'commitOf', 'workflows', 'pullsByRef'] as const

describe('what can be seen', () => {
  it.each([
    { grade: 'statuses', version: '1.22.6', calls: ['historyPage', 'latestRows', ...AROUND] },
    {
      grade: 'tasks',
      version: '1.23.8',
      // The umbrella is red over green needs, and its job may do other work as well.
      calls: ['historyPage', 'tasks', 'latestRows', 'workflows', 'commitOf', 'workflows'],
    },
    { grade: 'jobs', version: '1.26.4', calls: ['historyPage', 'runs', 'latestRows'] },
    { grade: 'jobs', version: '1.27.0', calls: ['latestRows', 'history', 'runs'] },
  ] as const)(
    'on grade $grade of $version is read in $calls',
    async ({ grade, version, calls }) => {
      const { fake, evidence } = await study({ grade, version })
      expect([fake.calls, evidence.kind, evidence.observedAt, reasonOf(evidence)]).toEqual([
        calls,
        grade,
        NOW,
        'stale',
      ])
    },
  )

  it('a preview reads one page of the history and nothing else', async () => {
    const fake = openFake()
    expect(await collectorOf(fake).preview(HEAD)).toMatchObject({
      history: null,
      gaps: [],
    })
    expect(fake.calls).toEqual(['historyPage'])
  })

  it.each([
    {
      rule: 'a job that failed',
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      settled: true,
    },
    { rule: 'a job that goes on', rows: [...STALE, 'R1 Test running'], settled: true },
    {
      rule: 'our own row',
      rows: [...STALE, 'us green 9 1 abcd'],
      settled: false,
    },
    { rule: 'nothing: it is stale', rows: STALE, settled: false },
  ])('$rule: is the gate not asked how it reads?', async ({ rows, settled }) => {
    const fake = openFake({ rows })
    const collector = collectorOf(fake)
    // Nobody asks for rows of the base branch either.
    const head = { sha: SHA, pulls: [pull(7, { baseSha: null })] } as const
    await collector.study([await collector.preview(head)])
    expect(fake.calls.includes('latestRows')).toBe(!settled)
  })

  it('of a pull request that cannot be read, no branch is asked for as its base', async () => {
    const fake = openFake({})
    fake.before('wholePull', 1, fails('server-error'))
    const derived = policy({ required: [] })
    const forge = openGiteaForge(fake.api, { place, policy: derived, cache: openCache() })
    const head: Head = { sha: SHA, pulls: [{ ...pull(), base: null, baseSha: null }] }
    const [evidence] = await forge.study([(await forge.preview(head)).evidence])
    expect(fake.calls).toEqual(['historyPage', 'wholePull'])
    expect(evidence?.gaps.map(({ what, cause }) => `${what}: ${cause}`)).toEqual([
      'pull request #7: unreadable',
      `what ${UMBRELLA} needs: unreadable`,
    ])
    expect(evidence && decide(derived, [], evidence).get(7)?.reason).toBe('evidence-incomplete')
  })

  it('a row that came after the jobs were read is not judged by them', async () => {
    const rows = [...staleBut('R1 Test success', 'R1 Test failure'), 'us undo 9 1 abcd']
    const { evidence, fake } = await study({ grade: 'jobs', version: '1.26.4', rows }, fake => {
      fake.before('latestRows', 1, () => {
        fake.write('R1 Test success')
        fake.write('R1 umbrella success')
      })
    })
    expect(fake.calls).toEqual(['historyPage', 'runs', 'latestRows'])
    expect(reasonOf(evidence)).not.toBe('false-green')
  })

  it('a page that is not all of the history only says whether to study', async () => {
    const fake = openFake({ pageShows: 'some' })
    const collector = collectorOf(fake)
    const first = await collector.preview(HEAD)
    const [evidence] = await collector.study([first])
    expect(fake.calls).toEqual(['historyPage', 'latestRows', 'history', ...AROUND])
    expect(evidence && reasonOf(evidence)).toBe('stale')
  })

  it('a page without the umbrella is no answer: the latest rows are asked for', async () => {
    const rows = STALE.filter(row => !row.includes('umbrella'))
    const fake = openFake({ rows, pageShows: 'some' })
    await collectorOf(fake).preview(HEAD)
    expect(fake.calls).toEqual(['historyPage', 'latestRows'])
  })

  it('a quiet head keeps nothing but its umbrella', async () => {
    const fake = openFake({ rows: [...STALE, 'R1 all-required success'] })
    const { latest } = await collectorOf(fake).preview(HEAD)
    expect(latest.map(({ context }) => context)).toEqual([UMBRELLA])
  })

  it.each([
    { code: 'forbidden', cause: 'forbidden' },
    { code: 'not-found', cause: 'not-found' },
    { code: 'out-of-time', cause: 'out-of-time' },
    { code: 'server-error', cause: 'unreadable' },
    { code: 'not-json', cause: 'unreadable' },
    { code: 'timeout', cause: 'unreadable' },
  ] as const)(
    '$code is a gap of the whole head, never an exception and never nothing',
    async ({ code, cause }) => {
      const failing = (fake: FakeForge, call: 'historyPage' | 'latestRows'): FakeForge => {
        fake.before(call, 1, () => {
          throw new ForgeError(code, 'no')
        })
        return fake
      }
      const first = await collectorOf(failing(openFake(), 'historyPage')).preview(HEAD)
      const { evidence: studied } = await study({}, fake => {
        failing(fake, 'latestRows')
      })
      for (const evidence of [first, studied]) {
        expect(evidence.gaps).toMatchObject([{ cause, context: null }])
        expect(reasonOf(evidence)).toBe('evidence-incomplete')
      }
    },
  )

  it('runs that cannot be read are a gap on grade jobs', async () => {
    const { evidence } = await study({ grade: 'jobs', version: '1.26.4' }, fake => {
      fake.before('runs', 1, () => {
        throw new ForgeError('forbidden', 'no')
      })
    })
    expect([evidence.gaps[0]?.cause, reasonOf(evidence)]).toEqual([
      'forbidden',
      'evidence-incomplete',
    ])
  })

  it('a bug of ours is no gap', async () => {
    await expect(
      study({}, fake => {
        fake.before('historyPage', 1, () => {
          throw new TypeError('a bug')
        })
      }),
    ).rejects.toThrow('a bug')
  })

  it('tasks that are too many to read are a gap, and never a lower grade', async () => {
    const { evidence } = await study({ grade: 'tasks', version: '1.23.8' }, fake => {
      fake.gap('tasks', gap(null, 'too-long'))
    })
    expect(evidence).toMatchObject({ kind: 'tasks', gaps: [{ cause: 'too-long' }] })
  })

  it('tasks are read once for all heads', async () => {
    const fake = openFake({ grade: 'tasks', version: '1.23.8' })
    const collector = collectorOf(fake)
    await collector.study([
      await collector.preview(HEAD),
      await collector.preview({ sha: 'c'.repeat(40), pulls: [pull(8)] }),
    ])
    expect(fake.calls.filter(call => call === 'tasks').length).toBe(1)
  })

  it('what stands around a head is read once, and only where a write would follow', async () => {
    const around = ['workflows', 'pullsByRef', 'commitOf'] as const
    const callsOf = ({ calls }: FakeForge): readonly string[] =>
      around.filter(call => calls.includes(call))
    const fake = openFake({ rows: NATURAL })
    const collector = collectorOf(fake)
    const preview = await collector.preview(HEAD)
    const [evidence] = await collector.study([preview])
    await collector.study([preview])
    expect(evidence).toMatchObject({ writers: { kind: 'read' }, others: { kind: 'read' } })
    // The tree of the pull request and that of its base branch.
    expect(fake.calls.filter(call => call === 'workflows').length).toBe(2)
    expect(fake.calls.filter(call => call === 'pullsByRef').length).toBe(1)
    const failed = STALE.map(row => row.replace('Test success', 'Test failure'))
    expect(callsOf((await study({ rows: failed })).fake)).toEqual([])
    const told = await study({ rows: NATURAL, grade: 'jobs' })
    expect(callsOf(told.fake)).toEqual([])
  })

  it('a second look asks anew where bases stand and who else names the commit', async () => {
    const fake = openFake({ rows: NATURAL })
    const collector = collectorOf(fake)
    const [evidence] = await collector.study([await collector.preview(HEAD)])
    if (evidence === undefined) throw new Error('nothing studied')
    const before = fake.calls.length
    const again = await collector.secondLook(evidence)
    expect(again).toMatchObject({ writers: { kind: 'read' }, others: { kind: 'read' }, gaps: [] })
    expect(fake.calls.slice(before)).toEqual(
      expect.arrayContaining(['changedOffer', 'commitOf', 'pullsByRef']),
    )
  })

  it.each(['pullsByRef', 'commitOf'] as const)(
    '%s that cannot be read is a gap where a write would follow',
    async call => {
      const fake = openFake({ rows: NATURAL })
      fake.before(call, 1, () => {
        throw new ForgeError('forbidden', 'not yours')
      })
      const collector = collectorOf(fake)
      const [evidence] = await collector.study([await collector.preview(HEAD)])
      expect(evidence?.gaps).toMatchObject([{ context: null }])
    },
  )

  it('what the server offers only now is a gap of the second look', async () => {
    const { fake, evidence } = await study({ changedOffer: '403 then, 200 now' })
    const again = await collectorOf(fake).secondLook(evidence)
    expect(again.gaps).toMatchObject([{ cause: 'incomplete', detail: '403 then, 200 now' }])
  })
})

describe('a second look', () => {
  it('reads only what is new, and keeps what was', async () => {
    const { fake, evidence } = await study({})
    fake.write('R1 Test waiting')
    const again = await collectorOf(fake).secondLook(evidence)
    expect(again.history?.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      [...STALE, ''].map((_, index) => index + 1),
    )
    expect([reasonOf(evidence), reasonOf(again)]).toEqual(['stale', 'required-open'])
  })

  it('asks for what came in between the history and the latest rows before it', async () => {
    const fake = openFake()
    const collector = collectorOf(fake)
    const first = await collector.preview(HEAD)
    // A newer run fails, and an older one covers that, before the latest rows are read.
    fake.write('R2 Test failure')
    fake.write('R1 Test success')
    const [evidence] = await collector.study([first])
    if (evidence === undefined) throw new Error('nothing seen')
    expect(evidence.history).toHaveLength(STALE.length)
    // Whoever read them, and when: what they show may be younger than the history.
    const [later] = await collectorOf(fake).study([await collectorOf(fake).preview(HEAD)])
    const again = await collector.secondLook({ ...evidence, latest: later?.latest ?? [] })
    expect(again.history).toHaveLength(STALE.length + 2)
    expect(reasonOf(again)).not.toBe('stale')
  })

  it('a row that could not be read stays unread; a gap that healed is gone', async () => {
    const { fake, evidence } = await study({})
    const collector = collectorOf(fake)
    const healed = await collector.secondLook({ ...evidence, gaps: [gap(null, 'unreadable')] })
    const lasting = await collector.secondLook({
      ...evidence,
      gaps: [gap('CI / Test (pull_request)', 'malformed')],
    })
    expect([reasonOf(healed), reasonOf(lasting)]).toEqual(['stale', 'evidence-incomplete'])
  })
})

describe('heads of failed runs', () => {
  it('are asked for only where runs can be listed', async () => {
    const fake = openFake()
    const collector = collectorOf(fake)
    expect(await collector.failedHeads()).toEqual({ shas: new Set(), why: null })
    expect(fake.calls).not.toContain('failedHeads')
  })

  it('are nobody when they cannot be read', async () => {
    const fake = openFake({ grade: 'jobs', version: '1.26.4' })
    fake.before('failedHeads', 1, () => {
      throw new ForgeError('forbidden', 'no')
    })
    expect(await collectorOf(fake).failedHeads()).toEqual({ shas: new Set(), why: 'no' })
  })
})
