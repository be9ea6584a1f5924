import { describe, expect, it } from '@jest/globals'
import type { Preview } from '../../../src/core/model/evidence.js'
import type { StatusRow } from '../../../src/core/model/status.js'
import type { HistoryPage } from '../../../src/forge/gitea/api.js'
import { previewOf } from '../../../src/forge/gitea/preview.js'
import { openSweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { ForgeError } from '../../../src/forge/port.js'
import { EPOCH } from '../../../src/forge/reading.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import type { Line } from '../../support/builders.js'
import { NOW, policy, pull, SHA } from '../../support/builders.js'
import { openFake } from '../../support/fake-forge.js'

const HEAD = { sha: SHA, pulls: [pull()] } as const

/** A row that cannot be read, as the page of a history tells it. */
const BROKEN = { what: 'history', cause: 'malformed', context: 'x', detail: 'a row' } as const

interface Scene {
  readonly rule: string
  readonly rows: readonly Line[]
  /** What the page of the history is, other than whole; what it throws is how it fails. */
  readonly page?: Partial<HistoryPage> | Error
  /** What the gate's own read is, other than whole. */
  readonly latest?: Error
  readonly version?: string
  readonly calls?: readonly string[]
  readonly seen: Readonly<Record<string, unknown>>
}

const nameOf = (context: string): string => /([\w-]+) \(/.exec(context)?.[1] ?? context
const lines = (rows: readonly StatusRow[]) => rows.map(row => `${row.id} ${nameOf(row.context)}`)

/** All that a preview tells, its rows by id and job. */
const told = ({ evidence, rows, seen }: Preview) => ({
  latest: lines(evidence.latest),
  rows: rows === null ? null : lines(rows),
  newest: seen?.newest.map(({ context, state }) => `${nameOf(context)} ${state}`),
  isWhole: seen?.isWhole,
  gaps: evidence.gaps.map(({ what, cause }) => `${what}: ${cause}`),
  observedAt: evidence.observedAt,
})

const QUIET = ['R1 Test success', 'R1 umbrella running', 'R1 umbrella success']
const RED_BESIDE = ['R1 Test failure', 'R1 umbrella success']
const RED = ['R1 Test success', 'R1 umbrella failure']

describe('a preview', () => {
  it.each<Scene>([
    {
      rule: 'of a green umbrella keeps nothing but its own rows',
      rows: QUIET,
      seen: {
        latest: ['3 all-required'],
        rows: ['3 all-required'],
        newest: ['all-required success', 'Test success'],
      },
    },
    {
      rule: 'of a green umbrella with a red beside it keeps every row',
      rows: RED_BESIDE,
      seen: {
        latest: ['2 all-required'],
        rows: ['2 all-required', '1 Test'],
        newest: ['all-required success', 'Test failure'],
      },
    },
    {
      rule: 'of a red umbrella tells no rows: they are studied',
      rows: RED,
      seen: {
        latest: ['2 all-required', '1 Test'],
        rows: null,
        newest: ['all-required failure', 'Test success'],
      },
    },
    {
      rule: 'by a page that is not the whole history tells no rows',
      rows: QUIET,
      page: { complete: false },
      seen: {
        latest: ['3 all-required'],
        newest: ['all-required success', 'Test success'],
        isWhole: false,
      },
    },
    {
      rule: 'by an answer without a clock is a gap, and not whole',
      rows: QUIET,
      page: { at: null },
      seen: {
        latest: ['3 all-required'],
        newest: ['all-required success', 'Test success'],
        isWhole: false,
        gaps: ['history: no-clock'],
        observedAt: EPOCH,
      },
    },
    {
      rule: 'by a history that cannot be read is a gap, and nothing else is asked for',
      rows: QUIET,
      page: new ForgeError('forbidden', 'no'),
      seen: {
        latest: [],
        newest: [],
        isWhole: false,
        gaps: ['history: forbidden'],
        observedAt: EPOCH,
      },
    },
    {
      rule: 'by a page with a row that cannot be read asks the gate',
      rows: QUIET,
      page: { complete: false, gaps: [BROKEN] },
      calls: ['latestRows'],
      seen: {
        latest: ['1 Test', '3 all-required'],
        newest: ['all-required success', 'Test success'],
      },
    },
    {
      rule: 'where two rows of a context can stand asks the gate alone',
      version: '1.27.0',
      rows: RED,
      calls: ['latestRows'],
      seen: {
        latest: ['1 Test', '2 all-required'],
        newest: ['all-required failure', 'Test success'],
      },
    },
    {
      rule: 'by a gate that cannot be read is a gap, and not whole',
      version: '1.27.0',
      rows: RED,
      latest: new ForgeError('forbidden', 'no'),
      calls: ['latestRows'],
      seen: {
        latest: [],
        newest: [],
        isWhole: false,
        gaps: ['latest rows: forbidden'],
        observedAt: EPOCH,
      },
    },
  ])('$rule', async ({ rows, page, latest, version = '1.22.6', calls = [], seen }) => {
    const fake = openFake({ rows, version })
    const historyPage = async (sha: string): Promise<HistoryPage> => {
      if (page instanceof Error) throw page
      return { ...(await fake.api.historyPage(sha)), ...page }
    }
    if (latest !== undefined)
      fake.before('latestRows', 1, () => {
        throw latest
      })
    const kept = openSweepCache({ ...fake.api, historyPage }, policy(), openCache())
    expect(told(await previewOf(kept, HEAD))).toEqual({
      rows: null,
      isWhole: true,
      gaps: [],
      observedAt: NOW,
      ...seen,
    })
    expect(fake.calls.filter(call => call !== 'historyPage')).toEqual(calls)
  })

  it('of an umbrella that was red before is the newest of its rows', async () => {
    const fake = openFake({
      rows: ['R1 Test success', 'R1 umbrella failure', 'R1 umbrella success'],
    })
    const kept = openSweepCache(fake.api, policy(), openCache())
    const { evidence } = await previewOf(kept, HEAD)
    expect(lines(evidence.latest)).toEqual(['3 all-required'])
  })
})
