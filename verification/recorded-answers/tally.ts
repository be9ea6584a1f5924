// Counts what the bundle makes of recorded answers.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { ForgeError } from '../../src/forge/port.js'
import { whyOf } from '../../src/forge/schema.js'
import type { Exchange } from './formats.js'
import { exchangesIn } from './formats.js'
import type { Reader } from './schemas.js'
import { readersOf, WHAT } from './schemas.js'

/** What came of every answer that one schema would read. */
export interface Counts {
  decodes: number
  /** Where each reason was met. */
  readonly refusals: Map<string, string[]>
  readonly crashes: string[]
}

export const noCounts = (): Counts => ({ decodes: 0, refusals: new Map(), crashes: [] })

/** What one folder holds. */
export interface Tally {
  readonly folder: string
  files: number
  exchanges: number
  /** On a path of ours, but no success: the bundle reads no body of it. */
  failed: number
  /** What no schema of ours reads. */
  unread: number
  readonly schemas: Map<string, Counts>
  /** Files that are recordings and cannot be read, with the reason. */
  readonly broken: string[]
}

/** The reason without the places in lists: a hundred rows are wrong in one way. */
const reasonOf = ({ message }: ForgeError): string => {
  const faults = message.replace(`${WHAT}: `, '').split('; ')
  const each = faults.map(fault => fault.replaceAll(/(^|\.)\d+(?=[. ])/g, '$1*'))
  return [...new Set(each)].join('; ')
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return whyOf(error)
  return error instanceof Error ? error.message : 'no error'
}

/** Reads one answer. What is no refusal is a crash: a sweep would end by it. */
export async function decode(counts: Counts, { read }: Reader, body: unknown, where: string) {
  try {
    // The client refuses a body that is no JSON before any schema sees it.
    if (body === undefined) throw new ForgeError('not-json', 'no JSON')
    await read(body)
    counts.decodes += 1
  } catch (error) {
    if (!(error instanceof ForgeError)) {
      counts.crashes.push(`${where}: ${messageOf(error)}`)
      return
    }
    const reason = reasonOf(error)
    counts.refusals.set(reason, [...(counts.refusals.get(reason) ?? []), where])
  }
}

async function count(tally: Tally, exchange: Exchange, where: string): Promise<void> {
  tally.exchanges += 1
  const readers = readersOf(exchange)
  if (readers.length === 0) tally.unread += 1
  else if (exchange.status < 200 || exchange.status > 299) tally.failed += 1
  else
    for (const reader of readers) {
      const counts = tally.schemas.get(reader.schema) ?? noCounts()
      tally.schemas.set(reader.schema, counts)
      await decode(counts, reader, exchange.body, where)
    }
}

/** Reads every recording below a folder, in the order of their names. */
export async function tallyOf(folder: string): Promise<Tally> {
  const tally: Tally = {
    folder,
    files: 0,
    exchanges: 0,
    failed: 0,
    unread: 0,
    schemas: new Map(),
    broken: [],
  }
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(one => one.isFile()).map(one => join(one.parentPath, one.name))
  for (const file of files.sort()) {
    const where = relative(folder, file)
    try {
      const exchanges = exchangesIn(file)
      if (exchanges === null) continue
      tally.files += 1
      for (const exchange of exchanges) await count(tally, exchange, where)
    } catch (error) {
      tally.broken.push(`${where}: ${messageOf(error)}`)
    }
  }
  return tally
}
