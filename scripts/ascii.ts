// Writes a bundle in ASCII: V8 keeps a text with a single letter above U+00FF in two bytes for each
// of its letters, and a bundle of 1.9 MB has a few hundred, most of them in comments.
const OTHER = /[\u0080-\uffff]/g

/** Behind a backslash an escape would be cut in two. */
const ESCAPED = /\\[\u0080-\uffff]/

/** The same program in ASCII. Throws where that cannot be told. */
export function ascii(bundle: string): string {
  if (ESCAPED.test(bundle)) throw new Error('a letter of the bundle stands behind a backslash')
  if (bundle.includes('String.raw'))
    throw new Error('the bundle asks for texts as they are written')
  return bundle.replace(OTHER, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
