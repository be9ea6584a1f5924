// What a server answers: the frame of an answer, every schema of both families, and recorded
// answers with changes.
import fc from 'fast-check'
import { join } from 'node:path'
import { acceptAnswer, readAnswer } from '../../src/forge/answer.js'
import { openClock } from '../../src/forge/answer.js'
import { GITEA_ANSWERS } from '../../src/forge/gitea/open.js'
import { rowSchemas } from '../../src/forge/gitea/wire.js'
import { toRun } from '../../src/forge/github/rest-details.js'
import { readStatus } from '../../src/forge/github/statuses.js'
import * as github from '../../src/forge/github/wire.js'
import { ForgeError } from '../../src/forge/port.js'
import { parseOne } from '../../src/forge/schema.js'
import { hiding } from '../../src/shown/secrets.js'
import { lateClock } from '../../__tests__/support/clock.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import { exchangesIn } from '../simulator/recording.js'
import type { Json } from './json.js'
import { changes, mutated } from './json.js'
import { GITEA_ROWS, GITHUB, RUN, WIRE_STATUS } from './samples.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'
import { anyText, nearly } from './text.js'

/** An answer that cannot be read is a `ForgeError`, and nothing else is thrown. */
function refusedOr(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    demand(error.message.length < 2_000, () => 'a refusal that repeats the answer')
  }
}

/** Everything that reads one object of an answer, with an object it reads. */
const READERS: readonly (readonly [read: (body: unknown) => unknown, row: Json])[] = [
  ...Object.entries(rowSchemas).map(
    ([name, schema]) =>
      [
        (body: unknown) => parseOne<unknown>(schema(), body, name),
        GITEA_ROWS[name as keyof typeof rowSchemas],
      ] as const,
  ),
  ...Object.entries(GITHUB).map(
    ([name, [schema, row]]) => [(body: unknown) => parseOne(schema, body, name), row] as const,
  ),
  [body => toRun(parseOne(github.WireRun, body, 'run')), RUN],
  [body => readStatus(body, 'status'), WIRE_STATUS],
]
// A sample that is refused as it is would show nothing.
for (const [read, row] of READERS) read(row)

const schemas = target(
  { name: 'schemas of both families', kind: 'parser', weight: 200 },
  fc.tuple(fc.constantFrom(...READERS), changes),
  ([[read, row], all]) => {
    refusedOr(() => read(mutated(row, all)))
  },
)

/** How many answers of each recording are kept: the rest says the same once more. */
const KEPT = 80

/** What real servers answered, by the schema that reads its rows. */
function recordedRows(): readonly (readonly [keyof typeof rowSchemas, Json])[] {
  const kinds = [
    [/\/statuses$/, 'status'],
    [/\/pulls\/\d+$/, 'pull'],
    [/\/pulls$/, 'pull'],
    [/\/runs$/, 'run'],
    [/\/jobs$/, 'job'],
    [/\/tasks$/, 'task'],
  ] as const
  const folder = join(import.meta.dirname, '../../__tests__/recordings')
  const names = ['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.26.4', 'gitea-1.27.0', 'forgejo-15.0.3']
  return names.flatMap(name => {
    const exchanges = exchangesIn(join(folder, name))
    return exchanges.slice(0, KEPT).flatMap(({ request, response: { body } }) => {
      const kind = kinds.find(([path]) => path.test(request.path))?.[1]
      if (kind === undefined) return []
      const schema = name.startsWith('forgejo') && kind === 'run' ? 'forgejoRun' : kind
      const rows = Object.values(body ?? {}).find(Array.isArray) as Json[] | undefined
      const found = Array.isArray(body) ? (body as Json[]) : (rows ?? [])
      return found.slice(0, 3).map(row => [schema, row] as const)
    })
  })
}

const RECORDED = recordedRows()
if (RECORDED.length < 100) throw new Error(`only ${RECORDED.length} recorded rows`)

const recorded = target(
  { name: 'recorded rows with changes', kind: 'parser', weight: 100 },
  fc.tuple(fc.constantFrom(...RECORDED), changes),
  ([[kind, row], all]) => {
    refusedOr(() => parseOne<unknown>(rowSchemas[kind](), mutated(row, all), kind))
  },
)

const TOKEN = 'canary0123456789abcdef'
const hide = hiding([TOKEN])

const frame = fc.record({
  status: fc.oneof(fc.constantFrom(200, 201, 204, 301, 401, 403, 404, 429, 500, 502), fc.nat(999)),
  type: fc.oneof(fc.constantFrom('application/json', 'text/html', ''), hostileText),
  date: fc.oneof(nearly(['Sun, 22 Nov 2026 10:12:18 GMT']), hostileText),
  total: fc.oneof(fc.constantFrom('3', '-1', '1e9', '99999999999'), hostileText),
  wait: fc.oneof(fc.constantFrom('3', '-1', '999999', 'NaN'), hostileText),
  body: fc.oneof(
    nearly(['{"message":"no such token"}', '[]', '{}', '[{"id":1}]', '<!DOCTYPE html>']),
    anyText.map(message => JSON.stringify({ message: `${message} ${TOKEN}` })),
    anyText,
  ),
})

const frames = target(
  { name: 'frames of answers', kind: 'parser', weight: 120 },
  fc.tuple(frame, fc.boolean()),
  ([{ status, type, date, total, wait, body }, absent]) => {
    const headers = {
      'content-type': type,
      date,
      'x-total-count': total,
      'retry-after': wait,
    }
    const raw = { status, headers, bytes: Buffer.from(body) }
    const clock = openClock(lateClock)
    const reading = { what: 'GET /x', absent, clock, hide, ...GITEA_ANSWERS }
    refusedOr(() => {
      const { total: count, at } = readAnswer(acceptAnswer(raw, reading))
      demand(count === null || count >= 0, () => `a total of ${String(count)}`)
      demand(at === null || Number.isFinite(at), () => 'a time that is none')
    })
    try {
      acceptAnswer(raw, reading)
    } catch (error) {
      demand(!String(error).includes(TOKEN), () => 'a refusal that repeats the token')
    }
  },
)

/** Readers of what a server answers. */
export const ANSWER_TARGETS: readonly Target[] = [schemas, recorded, frames]
