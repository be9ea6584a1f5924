// Writes a bundle in ASCII: V8 keeps a text with a single letter above U+00FF in two bytes for each
// of its letters, and a bundle of 1.9 MB has some hundreds, most of them in comments.
const OTHER = /[\u0080-\uffff]/g

/** Where an escape would not stand for its letter, or could be seen. */
const UNSAFE: readonly (readonly [RegExp, string])[] = [
  [/\\[\u0080-\uffff]/, 'a letter stands behind a backslash'],
  [/[^\S \t\n\v\f\r]/, 'there is a space that only Unicode knows'],
  [/\.raw\s*[`[]/, 'a text is asked for as it is written'],
]

/** The same program in ASCII, for texts, patterns and comments. Throws at what is none of them. */
export function ascii(bundle: string): string {
  for (const [unsafe, why] of UNSAFE) if (unsafe.test(bundle)) throw new Error(`the bundle: ${why}`)
  return bundle.replace(OTHER, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
