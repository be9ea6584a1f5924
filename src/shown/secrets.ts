/** What is shorter than this is no secret, and hiding it would only spoil words. */
const SHORTEST_SECRET = 4

const HIDDEN_TEXT = '(hidden)'

const hexOf = (code: number, digits = 2): string =>
  code
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, digit => `[${digit}${digit.toUpperCase()}]`)

/** How HTML names a letter, where it has a name for it. */
const HTML_NAMES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/**
 * One letter as itself, or as JSON, an address or HTML would escape it, also more than once. The
 * backslashes before it are taken whole: half an escape would spoil the JSON around it.
 */
function letter(one: string): string {
  const code = one.codePointAt(0) ?? 0
  const units = one
    .split('')
    .map(unit => hexOf(unit.charCodeAt(0), 4))
    .join('\\\\+u')
  const bytes = [...Buffer.from(one)].map(byte => `%(?:25)*${hexOf(byte)}`).join('')
  const named = HTML_NAMES[one] === undefined ? '' : `|${HTML_NAMES[one]}`
  const html = `&(?:amp;)*(?:#0*${code}|#[xX]0*${hexOf(code)}${named});`
  const itself = one.replace(/[^\w\s]/, '\\$&')
  return `\\\\*(?:${itself}|u${units}|x${hexOf(code)}|${bytes}|${html})`
}

/** A run of backslashes is looked at once: from its middle it would be looked through again. */
const spelt = (text: string): string => `(?<!\\\\)${Array.from(text, letter).join('')}`

/**
 * What of the base64 of any text with this secret in it depends on the secret alone, for each of
 * the three places at which it may begin: `Basic` encodes a user's name in front of it.
 */
function encodings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].flatMap(before => {
    const base64 = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const end = Math.floor(((before + bytes.length) * 8) / 6)
    const own = base64.slice(Math.ceil((before * 8) / 6), end)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/**
 * Hides these secrets in any text: as they are, escaped for JSON, an address or HTML, in base64,
 * alone or behind a user's name, and in hexadecimal digits. Servers and proxies repeat what they
 * were sent, and people put what an error says into logs.
 */
export function hiding(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST_SECRET)
  if (known.length === 0) return text => text
  // The longest first: one may be the beginning of another.
  const forms = known.flatMap(secret => [
    ...[secret, ...encodings(secret)].map(spelt),
    [...Buffer.from(secret)].map(byte => hexOf(byte)).join(''),
  ])
  const pattern = new RegExp([...new Set(forms)].sort((a, b) => b.length - a.length).join('|'), 'g')
  return text => text.replace(pattern, HIDDEN_TEXT)
}

/**
 * Hides who somebody is and their password in every address of a text, also where Markdown breaks
 * the address up.
 */
export const withoutUserinfo = (text: string): string =>
  text.replace(/(:(?:&#8203;)?\/\/)[^\s/?#"'<>]*@/g, `$1${HIDDEN_TEXT}@`)

/** Hides these secrets, and of every address who somebody is: what nobody may be shown. */
export function hidingAll(secrets: readonly string[]): (text: string) => string {
  const hide = hiding(secrets)
  return text => withoutUserinfo(hide(text))
}

/**
 * The secrets in addresses that somebody gave: what stands before an `@`, and the password in it.
 * In an address that is none, a password may hold anything.
 */
export const userinfoIn = (given: readonly string[]): readonly string[] => given.flatMap(userinfoOf)

function userinfoOf(given: string): readonly string[] {
  const url = URL.canParse(given) ? new URL(given) : null
  const isOne = url !== null && /^https?:$/.test(url.protocol)
  const before = isOne
    ? url.username === '' && url.password === ''
      ? ''
      : /:\/\/([^/?#]*)@/.exec(given)?.[1]
    : (/:\/\/([^]*)@/.exec(given)?.[1] ?? /^([^\s:/@]+:[^\s@]+)@/.exec(given)?.[1])
  if (before === undefined || before === '') return []
  return [before, before.slice(before.indexOf(':') + 1)]
}
