import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hiding, userinfoIn, withoutUserinfo } from '../../src/shown/secrets.js'
import { holds } from '../support/property.js'

const SECRET = 'gh_s3cret/With+odd"&<signs>\\~'
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const each = (write: (letter: string) => string) => (text: string) =>
  Array.from(text, write).join('')
const hex = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0')

/** Ways in which a server may repeat what it was sent. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': secret => secret,
  'escaped for JSON': secret => JSON.stringify(secret).slice(1, -1),
  'escaped for JSON twice': secret => JSON.stringify(JSON.stringify(secret)),
  'escaped for JSON with slashes': secret =>
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'escaped for JSON as Go does it': secret =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[&<>]/g, letter => `\\u00${hex(letter)}`),
  'all escaped for JSON': each(letter => `\\u00${hex(letter)}`),
  'encoded for an address': encodeURIComponent,
  'encoded twice': secret => encodeURIComponent(encodeURIComponent(secret)),
  'all encoded, in capitals': each(letter => `%${hex(letter).toUpperCase()}`),
  'as HTML': each(letter => `&#${letter.charCodeAt(0)};`),
  'as HTML with names': secret =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;'),
  'in base64': base64,
  'in base64 of addresses': secret => Buffer.from(secret).toString('base64url'),
  'in base64, encoded for an address': secret => encodeURIComponent(base64(secret)),
}

/** Is none of these in the text, for so many letters at a time? */
const keeps = (text: string, form: string, letters = 8): boolean =>
  Array.from({ length: Math.max(1, form.length - letters + 1) }, (_, at) =>
    form.slice(at, at + letters),
  ).some(part => text.includes(part))

describe('a secret', () => {
  it.each(Object.entries(FORMS).map(([name, write]) => ({ name, write })))(
    'is hidden $name',
    ({ write }) => {
      const said = hiding([SECRET])(`before ${write(SECRET)} behind`)
      expect(said).toContain('(hidden)')
      expect(keeps(said, write(SECRET))).toBe(false)
    },
  )

  it.each(['u:', 'me:', 'bot:', 'x-access-token:', 'ü:', ''])(
    'is hidden in base64 behind the name %j',
    name => {
      const sent = base64(`${name}${SECRET}`)
      const said = hiding([SECRET])(`Authorization: Basic ${sent}`)
      const own = base64(`xxx${SECRET}`).slice(4)
      expect(said).toContain('(hidden)')
      expect([keeps(said, own), said.includes(sent)]).toEqual([false, false])
    },
  )

  it('of any letters is hidden in every form, anywhere in a text', () => {
    const letters = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at))
    const unit = fc.constantFrom(...letters)
    const secrets = fc.string({ unit, minLength: 12, maxLength: 40 })
    const around = fc.string({ unit: fc.constantFrom('.', ' ', '§', '\n') })
    holds([secrets, around, fc.constantFrom(...Object.values(FORMS))], (secret, other, write) => {
      const said = hiding([secret])(`${other}${write(secret)}${other}`)
      return said.includes('(hidden)') && !said.includes(write(secret))
    })
  })

  it('leaves JSON readable whatever stands before and behind it', () => {
    holds([fc.string(), fc.string()], (before, behind) => {
      const token = 'nabcdefgh1'
      const json = JSON.stringify({ said: `${before}${token}${behind}`, row: 1 })
      const { said, row } = JSON.parse(hiding([token])(json)) as { said: string; row: number }
      return row === 1 && !said.includes(token)
    })
  })

  it('is quickly looked for in a text that was made for that', () => {
    const hide = hiding([SECRET, 'a'.repeat(40)])
    for (const text of ['\\'.repeat(200_000), 'a'.repeat(200_000), '%25'.repeat(100_000)])
      expect(hide(text).length).toBeGreaterThan(0)
  }, 5000)

  it.each([
    { given: [], text: 'nothing' },
    { given: ['abc'], text: 'too short: abc' },
    { given: ['no-such-thing'], text: 'nothing of it' },
  ])('leaves $text alone', ({ given, text }) => {
    expect(hiding(given)(text)).toBe(text)
  })
})

describe('an address with a password in it', () => {
  it.each([
    { given: 'https://me:pw@x.org/a', text: 'https://(hidden)@x.org/a' },
    { given: 'see http://token@x.org and', text: 'see http://(hidden)@x.org and' },
    { given: 'https:&#8203;//me:pw@&#8203;x.org', text: 'https:&#8203;//(hidden)@&#8203;x.org' },
    { given: 'https://x.org/@me', text: 'https://x.org/@me' },
    { given: 'me@x.org', text: 'me@x.org' },
  ])('$given is shown as $text', ({ given, text }) => {
    expect(withoutUserinfo(given)).toBe(text)
  })

  it.each([
    { given: 'https://me:SECRET@x.org/a', is: ['me:SECRET', 'SECRET'] },
    { given: 'https://SECRET@x.org/a', is: ['SECRET', 'SECRET'] },
    { given: 'https://me:SEC/RET @x@x.org/a', is: ['me:SEC/RET @x', 'SEC/RET @x'] },
    { given: 'ssh://me:SECRET@x.org/a', is: ['me:SECRET', 'SECRET'] },
    { given: 'me:SECRET@x.org/o/r/pulls/1', is: ['me:SECRET', 'SECRET'] },
    { given: 'https://x.org/@me/o/r/pulls/1', is: [] },
    { given: 'git@x.org:o/r', is: [] },
    { given: 'CI / deploy: a @ b', is: [] },
  ])('$given holds $is', ({ given, is }) => {
    expect(userinfoIn([given])).toEqual(is)
  })
})
