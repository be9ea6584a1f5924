import fc from 'fast-check'

/** Texts by which somebody would speak to a runner, a terminal or a renderer of Markdown. */
export const HOSTILE: readonly string[] = [
  '::add-mask::e',
  '::stop-commands::x',
  '  ::error::gone',
  '\u00a0::error::gone',
  '\u3000::error::gone',
  '\n::error::gone',
  '\r::error::gone',
  'a\nb',
  'a\r\nb',
  '##[error]gone',
  'x ##[command]gone',
  '####[group]',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007',
  '\u009b31m',
  '\u061cmark',
  '\u202eevil',
  '\u2066evil\u2069',
  '\u200bhidden',
  '\u00adsoft',
  '\u034fjoined',
  '\u3164filler',
  '\ufefftop',
  '\u{e0041}tag',
  'a\u2028b',
  'a\u2029b',
  '\u0085next',
  'x\u0000y',
  '\ud800half',
  '\udc00half',
  '%0A::error::gone',
  '%0D%0A##[error]gone',
  '<script>alert(1)</script>',
  '<!-- gone',
  '-->',
  '</details>',
  '<a href=//evil.example>',
  '&#64;everyone',
  '@everyone',
  '@acme/owners',
  'me@evil.example',
  'https://evil.example',
  'www.evil.example',
  '![x](https://evil.example)',
  '[link](javascript:alert(1))',
  '](https://evil.example)',
  '>)[x](<//evil.example>)',
  '[x]: https://evil.example',
  '[^1]',
  '[ ] task',
  'wow!',
  '|a|b|',
  '\\|a\\|',
  '|-|-|',
  '`code`',
  '```',
  '~~~',
  '**bold**',
  '_em_',
  '~~x~~',
  '# title',
  '###### title #',
  '- item',
  '+ item',
  '* item',
  '1. item',
  '12) item',
  '> quote',
  '> [!WARNING]',
  '===',
  '---',
  '***',
  ':-: ',
  '    code',
  '\tcode',
  '\\',
  '&lt;',
  '&#35; x',
  '$x$',
  '$$x$$',
  '\\(x\\)',
  '#12',
  'acme/widgets#7',
  '!7',
  'GH-7',
]

/** Any text, and more often than not one of those above, alone or among others. */
export const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 3 })))
    .map(list => list.join('')),
)

/**
 * The lines of an output that a runner takes for commands. GitHub's trims leading blanks of every
 * kind before `::`, and looks for `##[` anywhere in a line; those of Gitea and Forgejo want both at
 * the start of a line. A line ends for one of them at a return alone, too.
 */
export const commandsIn = (output: string): readonly string[] =>
  output
    .split(/[\r\n\u0085\u2028\u2029]+/)
    .filter(line => /^[\s\p{Cc}\p{Cf}]*::/u.test(line) || line.includes('##['))

/** From where to where letters are that no reader sees, or that move what they see. */
const UNSEEN_LETTERS: readonly (readonly [number, number])[] = [
  [0x0, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
]

const within = ([from, to]: readonly [number, number]): string =>
  `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`

/** Any of those. */
export const UNSEEN = new RegExp(`[${UNSEEN_LETTERS.map(within).join('')}]`, 'u')
