const [QUOTE, BACKSLASH, COMMA, OPENING, CLOSING] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d]
const [OPENING_BRACE, CLOSING_BRACE] = [0x7b, 0x7d]

/** Space, tab and the ends of lines: what JSON allows around its values. */
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/** Where a string ends that begins at this quote: at its last quote, or behind the text. */
function endOfString(json: Buffer, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}

/** Where an element ends that begins here: at the comma or the bracket behind it, or nowhere. */
function endOfElement(json: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < json.length; at += 1) {
    const byte = json[at]
    if (byte === QUOTE) at = endOfString(json, at)
    else if (byte === OPENING || byte === OPENING_BRACE) depth += 1
    else if (depth === 0 && (byte === COMMA || byte === CLOSING)) return at
    else if (byte === CLOSING || byte === CLOSING_BRACE) depth -= 1
  }
  return json.length
}

/** The elements behind the opening bracket at `start`, each parsed by itself. */
function* elementsFrom(json: Buffer, start: number): Generator {
  let from = start + 1
  while (from < json.length && isSpace(json[from] ?? 0)) from += 1
  let end = from
  if (json[from] !== CLOSING)
    for (; ; from = end + 1) {
      end = endOfElement(json, from)
      yield JSON.parse(json.toString('utf8', from, end))
      if (json[end] !== COMMA) break
    }
  if (end >= json.length || !json.subarray(end + 1).every(isSpace))
    throw new SyntaxError('the array does not end where its text does')
}

/**
 * The elements of a JSON array; `null` where the text is no array. One is parsed when it is asked
 * for: a page of pull requests takes 300 kB, of which a few hundred bytes each are wanted, and one
 * that is parsed as a whole is kept as a whole until the last row is read. Throws `SyntaxError`
 * where `JSON.parse` would, though not before that element is reached.
 */
export function elementsOf(json: Buffer): Generator | null {
  const start = json.findIndex(byte => !isSpace(byte))
  return json[start] === OPENING ? elementsFrom(json, start) : null
}
