// Parsers of short texts: inputs, times, patterns, contexts, marks, command lines.
import fc from 'fast-check'
import { faultOfPattern, isPattern, matches, suffixOf } from '../../src/core/model/context.js'
import { asRowId, asRunKey } from '../../src/core/model/ids.js'
import { readMarker, writeMarker } from '../../src/core/model/marker.js'
import {
  formatDuration,
  formatInstant,
  parseDuration,
  parseGoDuration,
  parseInstant,
} from '../../src/core/model/time.js'
import { authorOf } from '../../src/forge/gitea/signing.js'
import { retryAfter } from '../../src/forge/retry.js'
import { markerOf, readMark } from '../../src/tools/tracking/marker.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'
import { anyText, nearly } from './text.js'

const TIMES = [
  '90s',
  '5m',
  '2h',
  '1d',
  '1h0m3s',
  '10m4s',
  '0.5s',
  '2026-11-22T10:12:18Z',
  '2026-11-22T10:12:18.5+01:00',
  'Sun, 22 Nov 2026 10:12:18 GMT',
  '120',
]

const isLength = (value: number | null): boolean =>
  value === null || (Number.isSafeInteger(value) && value >= 0)

const times = target(
  { name: 'times', kind: 'parser', weight: 240 },
  fc.oneof(nearly(TIMES), anyText),
  text => {
    const [length, took, at] = [parseDuration(text), parseGoDuration(text), parseInstant(text)]
    demand(isLength(length), () => `a duration of ${String(length)}`)
    demand(isLength(took), () => `a Go duration of ${String(took)}`)
    demand(isLength(retryAfter(text, at)), () => 'a wait that is none')
    demand(at === null || Number.isFinite(at), () => 'an instant that is none')
    if (length !== null) demand(/^\d/.test(formatDuration(length)), () => 'no duration')
    if (at !== null) demand(/^(?:[+-]?\d+-|never)/.test(formatInstant(at)), () => 'no instant')
  },
)

/** Does a pattern match, told by trying everything there is, once each. */
function matchesByTable(pattern: readonly string[], text: readonly string[]): boolean {
  let row = [true, ...text.map(() => false)]
  for (const letter of pattern) {
    const next = [letter === '*' && row[0] === true]
    for (const [at, found] of text.entries())
      next.push(
        letter === '*'
          ? next[at] === true || row[at + 1] === true
          : (letter === '?' || letter === found) && row[at] === true,
      )
    row = next
  }
  return row.at(-1) === true
}

const few = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/', '🙂'), maxLength: 12 })

const globs = target(
  { name: 'globs', kind: 'parser', weight: 400 },
  fc.tuple(few, few),
  ([pattern, text]) => {
    const wanted = pattern === text || matchesByTable(Array.from(pattern), Array.from(text))
    demand(matches(pattern, text) === wanted, () => `it matches: ${String(!wanted)}`)
  },
)

/** Patterns over which a matcher that tries again goes on for ever. */
const SLOW = ['*a', '*aa', 'a*', '*?', '?*a', '*a*b', '**', 'a?*', '[a', '{a,', '*ab']

const slowGlobs = target(
  { name: 'globs that are slow', kind: 'parser', weight: 12 },
  fc.record({
    piece: fc.constantFrom(...SLOW),
    times: fc.integer({ min: 1, max: 60 }),
    text: fc.constantFrom('a', 'ab', 'aab', 'b'),
    length: fc.constantFrom(10, 1_000, 10_000, 60_000),
    end: fc.constantFrom('', 'b', 'c', '!'),
  }),
  ({ piece, times: count, text, length, end }) => {
    const pattern = piece.repeat(count) + end
    matches(pattern, text.repeat(length))
    faultOfPattern(pattern)
  },
)

const contexts = target(
  { name: 'contexts', kind: 'parser', weight: 240 },
  fc.oneof(nearly(['CI / Test (pull_request)', 'a (b) (push)', ' (pull_request)']), anyText),
  text => {
    const suffix = suffixOf(text)
    demand(text.endsWith(suffix), () => 'an event that is not at the end')
    demand(suffix === '' || /^ \([a-z_]+\)$/.test(suffix), () => `an event ${suffix}`)
    if (!isPattern(text)) demand(matches(text, text), () => 'a context that is not itself')
    const fault = faultOfPattern(text)
    demand(fault !== null || !text.includes('\n'), () => 'a pattern of two lines')
  },
)

const id = fc.integer({ min: 1, max: 999_999_999_999_999 })
const mark = fc.record({
  kind: fc.constantFrom('green', 'undo'),
  red: id.map(asRowId),
  run: id.map(asRunKey),
  nonce: fc.string({ unit: fc.constantFrom('a', '0', 'z', '9'), minLength: 4, maxLength: 12 }),
})

const rowMarks = target(
  { name: 'marks of rows', kind: 'parser', weight: 240 },
  fc.tuple(anyText, mark, nearly([' [ur-green 12 7 abcdef]', ' [ur-undo 1 2 0000]'])),
  ([text, given, odd]) => {
    const read = readMarker(text + writeMarker(given))
    demand(JSON.stringify(read) === JSON.stringify(given), () => 'a mark that is read otherwise')
    for (const description of [text, text + odd, odd + text]) {
      const found = readMarker(description)
      demand(found === null || description.endsWith(writeMarker(found)), () => 'a mark of nobody')
    }
  },
)

/** As a comment keeps them: our words, and no longer than those. */
const repair = fc.record({
  key: hostileText.map(text => `#1 ${text}`.slice(0, 120)),
  cause: hostileText.map(text => `c${text}`.slice(0, 120)),
  job: hostileText.map(text => `j${text}`.slice(0, 120)),
})

const commentMarks = target(
  { name: 'marks of comments', kind: 'parser', weight: 200 },
  fc.tuple(
    anyText,
    repair,
    nearly([
      '<!-- umbrella-reaper/1 {"kind":"quiet"} -->',
      '<!-- umbrella-reaper/1 {"kind":"repairs","repairs":[{"key":"a","cause":"b","job":"c"}]} -->',
    ]),
  ),
  ([text, one, odd]) => {
    const given = { kind: 'repairs', repairs: [one] } as const
    const written = markerOf(given)
    const inside = written.slice('<!--'.length, -'-->'.length)
    demand(!/<|>|--/.test(inside), () => 'a mark that ends its comment')
    const read = JSON.stringify(readMark(`${text}\n\n${written}`))
    demand(read === JSON.stringify(given), () => 'a mark that is read otherwise')
    readMark(text + odd)
    readMark(odd + text)
  },
)

const rows = target(
  { name: 'signatures of rows', kind: 'parser', weight: 240 },
  fc.record({
    description: fc.oneof(nearly(['Successful in 12s', 'Failing after 1h0m3s']), anyText),
    targetUrl: fc.oneof(nearly(['/a/b/actions/runs/12/jobs/0']), anyText),
    creator: fc.option(hostileText),
    state: fc.constantFrom('success', 'failure', 'pending', 'skipped', 'unknown'),
  }),
  row => {
    const rest = { id: asRowId(1), context: 'x', createdAt: parseInstant('2026-01-01T00:00:00Z') }
    if (rest.createdAt === null) throw new Error('that is a time')
    const signed = { ...rest, ...row, createdAt: rest.createdAt }
    for (const dialect of ['classic', 'gitea-1.27'] as const) {
      const author = authorOf(signed, dialect)
      const isTheirs = author.kind === 'actions' && row.creator !== null
      demand(!isTheirs, () => "a person's row that counts as one of Actions")
    }
  },
)

/** Parsers of what is one line long. */
export const WORD_TARGETS: readonly Target[] = [
  times,
  globs,
  slowGlobs,
  contexts,
  rowMarks,
  commentMarks,
  rows,
]
