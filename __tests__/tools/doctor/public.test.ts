import { describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Named } from './examined.js'
import { CORPUS, SERVERS, examined, filesIn } from './examined.js'

const FOLDER = 'public'
const files = filesIn(FOLDER)

/** What is told of one file on one server: tables, findings, changes. */
async function toldOf(file: Named, server: string): Promise<string> {
  const { report } = await examined([file], server)
  const { umbrellas, findings, changes } = report
  const lines = [
    ...umbrellas.flatMap(({ job, event, table }) => [
      `${job} on ${event}`,
      ...table.map(({ what, says, gate, right, why }) => {
        const said = why === null ? says : `${says}: ${why}`
        return `${right === false ? '!' : ' '} ${what} | ${said} | ${gate}`
      }),
    ]),
    ...(umbrellas.length === 0 ? ['no umbrella'] : []),
    ...findings.map(
      ({ severity, code, line, what }) => `${severity} ${code} :${line ?? '-'} ${what}`,
    ),
    ...changes.map(({ diff }) => diff.split('\n').slice(2).join('\n').trimEnd()),
  ]
  return lines.join('\n')
}

/** The same of all servers, those that say the same together. */
async function toldOnAll(file: Named): Promise<string> {
  const told = new Map<string, string[]>()
  for (const server of SERVERS) {
    const text = await toldOf(file, server)
    told.set(text, [...(told.get(text) ?? []), server])
  }
  return [...told].map(([text, servers]) => `== ${servers.join(' ')}\n${text}\n`).join('\n')
}

describe('files as people write them', () => {
  it('are enough', () => {
    expect(files.length).toBeGreaterThanOrEqual(60)
  })

  // `CORPUS=write` writes what is told now: to be read by a person, line by line, before it stands.
  it.each(files)('$name has its table, its findings and its change', async file => {
    const told = await toldOnAll(file)
    const kept = join(CORPUS, FOLDER, 'expected', file.name.replace(/\.yml$/, '.txt'))
    if (process.env['CORPUS'] === 'write') writeFileSync(kept, told)
    expect(existsSync(kept) ? readFileSync(kept, 'utf8') : '').toBe(told)
  })
})
