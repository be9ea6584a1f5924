import fc from 'fast-check'
import { HOSTILE, hostileText } from '../../__tests__/support/hostile.js'

/** Pieces of which a text of up to a megabyte is made. */
const PIECES = [
  ...HOSTILE,
  'a',
  ' ',
  '\n',
  '*',
  '`',
  '\\',
  '(',
  '[',
  '<',
  '&',
  '://',
  '@',
  ' (',
  '&amp;',
  '<!--',
]

const LENGTHS = [1_000, 10_000, 100_000, 1_000_000]

/** A text of one piece, very often: what looks twice at it looks a long time. */
const giantText = fc
  .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...LENGTHS), fc.string({ maxLength: 3 }))
  .map(([piece, length, end]) => piece.repeat(Math.ceil(length / piece.length)) + end)

/** Text of anybody: short and hostile, and once in a while very long. */
export const anyText = fc.oneof(
  { weight: 199, arbitrary: hostileText },
  { weight: 1, arbitrary: giantText },
)

/** One change to a text: a part of it goes, comes twice, or is something else. */
interface Edit {
  readonly at: number
  readonly length: number
  readonly put: string | null
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(100_000),
  length: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(60)),
  put: fc.option(fc.oneof(hostileText, fc.constantFrom('', '\n', '  ', ':', '-', '"', "'", '#'))),
})

function edited(text: string, { at, length, put }: Edit): string {
  const start = text.length === 0 ? 0 : at % (text.length + 1)
  const cut = text.slice(start, start + length)
  return text.slice(0, start) + (put ?? cut + cut) + text.slice(start + length)
}

/** One of these texts with a few changes. */
export const nearly = (texts: readonly string[], most = 4): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: most }))
    .map(([text, edits]) => edits.reduce(edited, text))
