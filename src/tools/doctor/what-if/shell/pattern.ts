import { unknown } from '../unknown.js'

const misread = (): never => unknown('a pattern that is not understood')

/**
 * A letter of a pattern, as a regular expression has it; `null` for what stands for any text. A
 * backslash before a letter means that letter, and never a class such as `\d`.
 */
function letterOf(found: string): string | null {
  if (found === '*') return null
  if (found === '?') return '[^]'
  if (found === '[!') return '[^'
  const letter = found.slice(-1)
  return /\w/.test(letter) ? letter : `\\${letter}`
}

/**
 * A pattern of a shell as regular expressions: between any two stands a `*`. Each of them matches
 * as many letters as it has.
 */
function piecesOf(pattern: string): readonly string[] {
  const pieces = ['']
  const add = (text: string): void => {
    pieces.push((pieces.pop() ?? '') + text)
  }
  let at = 0
  for (const { 0: found, index } of pattern.matchAll(/\\[^]|[.+^${}()|\\*?]|\[!/g)) {
    add(pattern.slice(at, index))
    const letter = letterOf(found)
    if (letter === null) pieces.push('')
    else add(letter)
    at = index + found.length
  }
  add(pattern.slice(at))
  const isOpen = (piece: string): boolean => /\[(?!\^?[^\]]+\])/.test(piece.replace(/\\[^]/g, ''))
  return pieces.some(isOpen) ? misread() : pieces
}

/** A regular expression; unknown where it is none. */
function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    return misread()
  }
}

/**
 * Does a pattern of a shell match a text whole? What stands between two `*` is found once, from the
 * left, and nothing is tried again: a pattern cannot make it slow.
 */
export function matchesWhole(pattern: string, text: string): boolean {
  const pieces = piecesOf(pattern)
  let from = 0
  return pieces.every((piece, at) => {
    const [start, end] = [at === 0 ? '^' : '', at === pieces.length - 1 ? '$' : '']
    const regex = compiled(`${start}(?:${piece})${end}`, 'g')
    regex.lastIndex = from
    const found = regex.test(text)
    from = regex.lastIndex
    return found
  })
}

/** Steps that a regular expression may take: some hundredths of a second. */
const MOST_STEPS = 50_000_000
/** A group that is repeated and can match one text in two ways may take two to this many steps. */
const LONGEST_NESTED = 20

/** What in a regular expression means more than a letter: escapes and classes are one. */
const lettersOnly = (source: string): string =>
  source.replace(/\\[^]/g, 'x').replace(/\[[^\]]*\]/g, 'x')

/** Can none of these alternatives begin as another does? */
function areApart(inner: string): boolean {
  const all = inner.replace(/^\?:/, '').split('|')
  const isBegun = (one: string, at: number): boolean =>
    all.some((other, index) => index !== at && other.startsWith(one))
  return !all.some((one, at) => !/^[\w -]+$/.test(one) || isBegun(one, at))
}

/** Is a group repeated that may match one text in two ways? The innermost are looked at first. */
function isNested(source: string): boolean {
  let [rest, found] = [lettersOnly(source), false]
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replace(/\(([^()]*)\)([*+{])?/, (_, inner: string, repeat: string | undefined) => {
      const isPlain = /^(?:\?:)?[\w -]*$/.test(inner) || areApart(inner)
      found ||= repeat !== undefined && !isPlain
      // What holds no repetition counts as a letter of its surroundings.
      return (isPlain ? 'x' : '.*') + (repeat ?? '')
    })
  }
  return found
}

/**
 * A regular expression for texts of this length. Unknown where it is none, and where it could take
 * too long: what is repeated without an end is tried from every place to every other.
 */
export function regexFor(source: string, length: number, flags = ''): RegExp {
  const repeats = lettersOnly(source).match(/[*+]|\{\d*,\}/g)?.length ?? 0
  const steps = (length + 1) ** (repeats + 1)
  const isSlow = steps > MOST_STEPS || (length > LONGEST_NESTED && isNested(source))
  return isSlow ? unknown('a pattern that may take too long') : compiled(source, flags)
}

/** The first place, or every one, at which a pattern of a shell matches, replaced. */
export function replacedIn(text: string, pattern: string, put: string, all: boolean): string {
  const source = piecesOf(pattern).join('[^]*')
  const regex = regexFor(source, text.length, all ? 'g' : '')
  return text.replace(regex, () => put)
}

/** `${x#pattern}` and its kin: the shortest or the longest, from the front or from the end. */
export function removedFrom(text: string, operator: string, pattern: string): string {
  if ((text.length + 1) ** 2 > MOST_STEPS) return unknown('a text that is too long')
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => at)
  const front = operator.startsWith('#')
  const short = operator.length === 1
  const order = front === short ? cuts : cuts.reverse()
  for (const at of order) {
    const part = front ? text.slice(0, at) : text.slice(at)
    if (matchesWhole(pattern, part)) return front ? text.slice(at) : text.slice(0, at)
  }
  return text
}
