/**
 * Makes text from a server, a pull request or a workflow fit for one line of a log: control
 * characters, line ends, escape sequences and direction marks become visible code points, so
 * nothing can move the cursor, start a line or hide. `##[`, which some runners obey anywhere in a
 * line, is broken up; `::` is obeyed at the start of a line only, and no line of ours starts with a
 * stranger's text.
 */
export function plain(text: string, limit = 300): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  return cut
    .replace(
      // eslint-disable-next-line no-control-regex
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('##[', '# #[')
}

const MARKDOWN = /[\\`*_[\]|~]/g

/**
 * The same for Markdown: no markup, no HTML, no table cell, no mention, no link of a stranger's
 * making.
 */
export function markdown(text: string, limit = 300): string {
  return plain(text, limit)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':&#47;&#47;')
    .replace(/\bwww\./gi, address => `${address.slice(0, -1)}&#46;`)
    .replace(MARKDOWN, character => `\\${character}`)
}
