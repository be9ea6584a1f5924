/** What a byte means to somebody who looks for the end of an element. */
const [NOTHING, QUOTE, BACKSLASH, OPENING, CLOSING, COMMA] = [0, 1, 2, 3, 4, 5]

/** By byte. A table, since a page of pull requests has 300,000 bytes to be looked up. */
const MEANINGS = Uint8Array.from({ length: 256 }, (_, byte) => {
  switch (String.fromCharCode(byte)) {
    case '"':
      return QUOTE
    case '\\':
      return BACKSLASH
    case '[':
    case '{':
      return OPENING
    case ']':
    case '}':
      return CLOSING
    case ',':
      return COMMA
    default:
      return NOTHING
  }
})
const [START, END] = [0x5b, 0x5d]
const meaningOf = (byte: number | undefined): number | undefined => MEANINGS[byte ?? 0]

/** Space, tab and the ends of lines: what JSON allows around its values. */
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/** The place behind a string whose first quote is before `from`. */
function behindString(json: Buffer, from: number): number {
  for (let at = from; at < json.length; at += 1) {
    const meaning = meaningOf(json[at])
    if (meaning === QUOTE) return at + 1
    if (meaning === BACKSLASH) at += 1
  }
  return json.length
}

/** Where an element ends that begins here: at the comma or the bracket behind it, or nowhere. */
function endOfElement(json: Buffer, from: number): number {
  let depth = 0
  let at = from
  while (at < json.length) {
    const meaning = meaningOf(json[at])
    if (depth === 0 && (meaning === COMMA || meaning === CLOSING)) return at
    at += 1
    if (meaning === QUOTE) at = behindString(json, at)
    else if (meaning === OPENING) depth += 1
    else if (meaning === CLOSING) depth -= 1
  }
  return json.length
}

/** The elements behind the opening bracket at `start`, each parsed by itself. */
function* elementsFrom(json: Buffer, start: number): Generator {
  let from = start + 1
  while (from < json.length && isSpace(json[from] ?? 0)) from += 1
  let end = from
  if (json[from] !== END)
    for (; ; from = end + 1) {
      end = endOfElement(json, from)
      yield JSON.parse(json.toString('utf8', from, end))
      if (meaningOf(json[end]) !== COMMA) break
    }
  if (json[end] !== END || !json.subarray(end + 1).every(isSpace))
    throw new SyntaxError('the array does not end where its text does')
}

/** Below this many bytes a text is parsed as a whole, which is faster. */
const SMALL = 64 * 1024

/**
 * The elements of a JSON array; `null` where the text is none. Those of a long one are parsed when
 * they are asked for: a page of pull requests takes 300 kB, of which a few hundred bytes each are
 * wanted, and what is parsed as a whole is kept as a whole until the last row is read. Of an array
 * it throws `SyntaxError` where `JSON.parse` would, though not before that element is reached.
 */
export function elementsOf(json: Buffer, small = SMALL): Iterable<unknown> | null {
  if (json.length === 0) return null
  if (json.length < small) {
    const whole: unknown = JSON.parse(json.toString('utf8'))
    return Array.isArray(whole) ? (whole as readonly unknown[]) : null
  }
  const start = json.findIndex(byte => !isSpace(byte))
  return json[start] === START ? elementsFrom(json, start) : null
}
