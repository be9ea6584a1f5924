import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Instant } from '../../../src/core/model/time.js'
import { secondLook, study } from '../../../src/forge/gitea/looks.js'
import { previewOf } from '../../../src/forge/gitea/preview.js'
import { openSweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { ForgeError } from '../../../src/forge/port.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { fails } from '../../support/acting.js'
import { head, NOW, policy, pull, SHA, STALE, task } from '../../support/builders.js'
import type { Call, FakeForge, FakeStart } from '../../support/fake-forge.js'
import { openFake } from '../../support/fake-forge.js'

const HEAD = { sha: SHA, pulls: [pull()] } as const
const JOBS = { grade: 'jobs', version: '1.26.4' } as const
const TASKS = { grade: 'tasks', version: '1.23.8' } as const

const keptOver = ({ api }: FakeForge) => openSweepCache(api, policy(), openCache())

async function studied(start: FakeStart, failing: readonly Call[] = []): Promise<Evidence> {
  const fake = openFake(start)
  for (const call of failing) fake.before(call, 1, fails('server-error'))
  const kept = keptOver(fake)
  const [evidence] = await study(kept, [(await previewOf(kept, HEAD)).evidence])
  if (evidence === undefined) throw new Error('nothing studied')
  return evidence
}

const none = () => Promise.resolve({ value: [], gaps: [], at: NOW })

const gapsOf = ({ gaps }: Evidence): readonly string[] =>
  gaps.map(({ what, cause, detail }) => `${what}: ${cause}: ${detail}`)

describe('what a study cannot read', () => {
  it.each<{ start: FakeStart; failing: Call; gap: string }>([
    { start: { pageShows: 'some' }, failing: 'history', gap: 'history' },
    { start: { pageShows: 'some' }, failing: 'latestRows', gap: 'latest rows' },
    { start: TASKS, failing: 'tasks', gap: 'tasks' },
    { start: JOBS, failing: 'runs', gap: 'runs' },
  ])('is a gap that says so: $gap', async ({ start, failing, gap }) => {
    const { gaps } = await studied(start, [failing])
    expect(gaps.map(({ what, cause, context }) => [what, cause, context])).toEqual([
      [gap, 'unreadable', null],
    ])
  })

  it('is every run, where rows link to one that no list shows', async () => {
    expect(gapsOf(await studied({ version: '1.25.5', grade: 'jobs', runs: [] }))).toEqual([])
    const fake = openFake(JOBS)
    const api = { ...fake.api, server: { ...fake.api.server, grade: 'tasks' as const } }
    const kept = openSweepCache({ ...api, runs: none, tasks: none }, policy(), openCache())
    const [evidence] = await study(kept, [(await previewOf(kept, HEAD)).evidence])
    expect(evidence && gapsOf(evidence)).toEqual([
      'runs: incomplete: the list is empty, though run 1 wrote on this commit',
    ])
  })
})

describe('what a second look cannot read', () => {
  it.each<{ failing: Call; start: FakeStart; gap: string }>([
    { failing: 'changedOffer', start: {}, gap: 'what this token may read of Actions' },
    { failing: 'latestRows', start: {}, gap: 'latest rows' },
    { failing: 'history', start: {}, gap: 'history' },
    { failing: 'runs', start: JOBS, gap: 'runs' },
    { failing: 'tasks', start: TASKS, gap: 'tasks' },
  ])('is a gap that says so: $gap', async ({ failing, start, gap }) => {
    const fake = openFake(start)
    const kept = keptOver(fake)
    const [evidence] = await study(kept, [(await previewOf(kept, HEAD)).evidence])
    if (evidence === undefined) throw new Error('nothing studied')
    fake.before(failing, 1, () => {
      throw new ForgeError('forbidden', 'not yours')
    })
    expect(gapsOf(await secondLook(kept, evidence))).toEqual([`${gap}: forbidden: not yours`])
  })

  it('is what the server offers only now, in its own words', async () => {
    const fake = openFake({ changedOffer: '403 then, 200 now' })
    expect(gapsOf(await secondLook(keptOver(fake), head({ rows: STALE })))).toEqual([
      'what this token may read of Actions: incomplete: 403 then, 200 now',
    ])
  })
})

describe('the latest rows of a head', () => {
  it('are read where no preview of it is known', async () => {
    const fake = openFake()
    const kept = keptOver(fake)
    const { evidence } = await previewOf(kept, HEAD)
    await study(kept, [{ ...evidence }])
    expect(fake.calls).toEqual(['historyPage', 'latestRows', 'history'])
  })
})

describe('the tasks of heads', () => {
  it('are asked for since the first row of any of them, and each has its own', async () => {
    const at = (minutes: number): Instant => (NOW - minutes * 60_000) as Instant
    const other = 'c'.repeat(40)
    const fake = openFake({
      ...TASKS,
      rows: [
        { line: 'R1 Test waiting', createdAt: at(20) },
        { line: 'R1 umbrella blocked', createdAt: at(30) },
        { line: 'R1 umbrella failure', createdAt: at(10) },
      ],
      tasks: [task(1, 'Test success'), task(1, 'Lint success', { sha: other })],
    })
    const since: Instant[] = []
    const tasks = (from: Instant) => {
      since.push(from)
      return fake.api.tasks(from)
    }
    const kept = openSweepCache({ ...fake.api, tasks }, policy(), openCache())
    const heads = [HEAD, { sha: other, pulls: [pull(8)] }] as const
    const previews = await Promise.all(
      heads.map(async one => (await previewOf(kept, one)).evidence),
    )
    const found = await study(kept, previews)
    expect(since).toEqual([at(30)])
    expect(
      found.map(one => (one.kind === 'tasks' ? one.tasks.map(({ name }) => name) : one.kind)),
    ).toEqual([['Test'], ['Lint']])
  })
})
