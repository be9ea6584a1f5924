/**
 * What a reader does not see, or what moves what they see: control characters and escape
 * sequences, line ends, marks of direction, letters of no width, halves of a letter. The two marks
 * that choose between a letter and its picture stay: they hide nothing.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/gu

/** Is there anything in a text that a reader does not see, but for its own tabs and line ends? */
export const hidesLetters = (text: string): boolean =>
  text.replace(/\t|\r?\n/g, '').search(UNSEEN) !== -1

/** A text may be nothing but such letters, and there are few of them. */
const escapes = new Map<string, string>()

/** A letter as JSON would escape it, each half of a pair by itself. */
function escaped(letter: string): string {
  const before = escapes.get(letter)
  if (before !== undefined) return before
  const units = letter.split('').map(unit => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  const text = units.map(unit => `\\u${unit}`).join('')
  escapes.set(letter, text)
  return text
}

/**
 * Text in which everything can be seen, on one line. `##[`, which GitHub's runner obeys anywhere
 * in a line, is broken up.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, escaped).replaceAll('##[', '# #[')

/**
 * A line that no runner obeys, whatever stands in it: the runner of GitHub takes one for a command
 * that begins with `::`, behind any blanks. Every line that is printed comes through here.
 */
export const inertLine = (line: string): string =>
  visible(line).replace(/^(\s*):(?=:)/, (_, blanks: string) => `${blanks}: `)

/**
 * Data as lines of JSON in which nothing is unseen and no runner finds a command: they say the same
 * when they are read, for what is replaced stands in texts alone and JSON has escapes for it.
 */
export const jsonLines = (value: unknown, indent = 2): readonly string[] =>
  JSON.stringify(value, null, indent)
    .split('\n')
    .map(line => visible(line.replaceAll('##[', '##\\u005b')))
