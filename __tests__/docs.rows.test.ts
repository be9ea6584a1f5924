import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { exchangesIn } from '../verification/simulator/recording.js'
import { folders, recordings } from './support/replay-asking.js'

interface Row {
  readonly id: number
  readonly status: string
  readonly context: string
  readonly target_url: string
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** Every status row that a recording answered, by its id. */
function recorded(folder: string): ReadonlyMap<number, Row> {
  const rows = new Map<number, Row>()
  for (const { request, response } of exchangesIn(join(recordings, folder))) {
    if (request.method !== 'GET' || !request.path.includes('/statuses')) continue
    if (!Array.isArray(response.body)) continue
    for (const row of response.body as unknown as Row[]) rows.set(row.id, row)
  }
  return rows
}

const BLOCK = /^```text\n(\S+)\n row {2}run {2}job {12}state\n([\s\S]*?)^```$/gm
const LINE = /^ *(\d+) +(\d+) {2}(.+?) {2,}(\w+)(?: +<- .+)?$/

interface Shown {
  readonly page: string
  readonly folder: string
  readonly line: string
}

const SHOWN = ['docs/why-it-happens.md', 'docs/upstream.md'].flatMap(page =>
  [...read(page).matchAll(BLOCK)].flatMap(([, folder = '', lines = '']): Shown[] =>
    lines
      .trimEnd()
      .split('\n')
      .map(line => ({ page, folder, line })),
  ),
)

describe('the rows that documents show are those of the recordings', () => {
  it('both documents show some, of several servers', () => {
    expect(SHOWN.length).toBeGreaterThan(20)
    expect(new Set(SHOWN.map(({ page }) => page)).size).toBe(2)
    expect(new Set(SHOWN.map(({ folder }) => folder)).size).toBeGreaterThan(3)
    expect(folders).toEqual(expect.arrayContaining(SHOWN.map(({ folder }) => folder)))
  })

  it.each(SHOWN)('$page, $folder: $line', ({ folder, line }) => {
    const [, id, run, job, state] = LINE.exec(line) ?? []
    const row = recorded(folder).get(Number(id))
    expect(row).toMatchObject({ status: state, context: `CI / ${job ?? ''} (pull_request)` })
    expect(row?.target_url).toContain(`/actions/runs/${run ?? ''}/`)
  })

  it.each(SHOWN)('$page, $folder: $line fits a telephone', ({ line }) => {
    expect(line.length).toBeLessThanOrEqual(48)
  })

  it('what is said to stand is the newest row of its context', () => {
    const standing = SHOWN.filter(({ line }) => line.endsWith('<- stands'))
    expect(standing.length).toBeGreaterThan(3)
    for (const { folder, line } of standing) {
      const rows = recorded(folder)
      const row = rows.get(Number(LINE.exec(line)?.[1]))
      const newest = Math.max(
        ...[...rows.values()].filter(({ context }) => context === row?.context).map(({ id }) => id),
      )
      expect(row?.id).toBe(newest)
    }
  })
})

describe('every YAML block of the documents', () => {
  const docs = readdirSync(new URL('../docs', import.meta.url)).filter(name => name.endsWith('.md'))
  const pages = ['README.md', ...docs.map(name => `docs/${name}`)]
  const blocks = pages.flatMap(page =>
    [...read(page).matchAll(/^```ya?ml\n([^]*?)^```$/gm)].map(([, text = ''], at) => ({
      page,
      at: at + 1,
      text,
    })),
  )

  it('is found', () => {
    expect(blocks.length).toBeGreaterThan(6)
  })

  it.each(blocks)('$page, block $at, can be read', ({ text }) => {
    expect(() => parse(text) as unknown).not.toThrow()
  })
})
