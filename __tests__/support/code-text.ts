/** A word, a number or a single sign of a source, and where it stands. */
interface Sign {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Where a piece of code stands in a source. */
interface Place {
  readonly start: number
  readonly end: number
}

const isQuote = (text: string | undefined): boolean => text === "'" || text === '`'

/**
 * The signs of a source without what a formatter decides: white space, which quotes, a comma before
 * a closing bracket, and where a long text is broken in two.
 */
function signsOf(source: string): readonly Sign[] {
  const signs: Sign[] = []
  for (const { 0: found, index } of source.matchAll(/[\w$]+|[^\s\w$]/g)) {
    const text = found === '"' ? "'" : found
    if (')]}'.includes(text) && signs.at(-1)?.text === ',') signs.pop()
    if (isQuote(text) && signs.at(-1)?.text === '\\') signs.pop()
    signs.push({ text, start: index, end: index + found.length })
    const [before, plus, after] = signs.slice(-3)
    if (isQuote(before?.text) && plus?.text === '+' && isQuote(after?.text)) signs.splice(-3)
  }
  return signs
}

/** Every place at which this code stands in a source, however either is formatted. */
export function placesOf(source: string, code: string): readonly Place[] {
  const [all, wanted] = [signsOf(source), signsOf(code)]
  const [first, last] = [wanted[0], wanted.at(-1)]
  if (first === undefined || last === undefined) return []
  return all.flatMap((sign, at): Place[] => {
    const fits = wanted.every(({ text }, offset) => all[at + offset]?.text === text)
    const end = all[at + wanted.length - 1]
    return fits && end !== undefined ? [{ start: sign.start, end: end.end }] : []
  })
}
