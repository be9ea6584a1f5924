/**
 * What a reader does not see, or what moves what they see: control characters and escape
 * sequences, line ends, marks of direction, letters of no width, halves of a letter. The two marks
 * that choose between a letter and its picture stay: they hide nothing.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/gu

/** A letter as JSON would escape it, each half of a pair by itself. */
const escaped = (letter: string): string =>
  letter
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

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
