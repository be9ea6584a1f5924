import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { markdown, plain } from '../../src/report/text.js'
import { holds } from '../support/property.js'

const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  'a\nb',
  'a\r\nb',
  '\n::error::gone',
  '::error::gone',
  '##[error]gone',
  '\u202eevil',
  '\u2066evil\u2069',
  '\u200bhidden',
  '\ufefftop',
  'a\u2028b',
  '\u009b31m',
  'x\u0000y',
  '<script>alert(1)</script>',
  '<!-- gone',
  '@everyone',
  'https://evil.example',
  '![x](https://evil.example)',
  '|a|b|',
  '`code`',
  '**bold**',
  '# title',
  '- item',
  '1. item',
  '> quote',
  '~~x~~',
  '\\',
  '&lt;',
  '[link](javascript:alert(1))',
]
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const any = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.constantFrom(...HOSTILE)).map(list => list.join('')),
)

describe('text for a log', () => {
  it.each([
    { given: 'plain words, 12s', text: 'plain words, 12s' },
    { given: 'a\nb', text: 'a\\u000ab' },
    { given: '\u001b[31m', text: '\\u001b[31m' },
    { given: '##[error]x', text: '# #[error]x' },
    { given: '\u202ex', text: '\\u202ex' },
    { given: 'ü漢🙂', text: 'ü漢🙂' },
  ])('writes $text', ({ given, text }) => {
    expect(plain(given)).toBe(text)
  })

  it('has one line, no control character, no mark of direction and no runner command', () => {
    holds([any], text => {
      const shown = plain(text)
      return !CONTROL.test(shown) && !shown.includes('##[')
    })
  })

  it.each(['##[', '####[', '#\u200b#[', '##\n['].map(given => ({ given })))(
    'breaks up a command however it is put together: $given',
    ({ given }) => {
      expect(plain(`${given}error]x`)).not.toContain('##[')
    },
  )

  it('is cut where it was asked to', () => {
    expect(plain('a'.repeat(400), 60)).toBe(`${'a'.repeat(60)}…`)
    expect(plain('a'.repeat(60), 60)).toBe('a'.repeat(60))
  })
})

describe('text for Markdown', () => {
  it.each([
    { given: 'a|b', text: 'a\\|b' },
    { given: '`x`', text: '\\`x\\`' },
    { given: '\\', text: '\\\\' },
  ])('writes $text', ({ given, text }) => {
    expect(markdown(given)).toBe(text)
  })

  it.each([
    { given: '@everyone', text: '&#64;everyone' },
    { given: '<b', text: '&lt;b' },
    { given: 'see WWW.evil.example', text: 'see WWW&#46;evil.example' },
    { given: 'ftp://x', text: 'ftp:&#47;&#47;x' },
    { given: '&amp;', text: '&amp;amp;' },
  ])('entities stay entities: $given', ({ given, text }) => {
    expect(markdown(given)).toBe(text)
  })

  it('leaves no markup, no HTML, no table cell, no mention and no link', () => {
    holds([any], text => {
      const shown = markdown(text)
      const naked = shown.replaceAll(/\\[\\`*_{}[\]()#+\-.!|~>]/g, '')
      return !CONTROL.test(shown) && !/[<@`*|[\]]/.test(naked) && !shown.includes('://')
    })
  })
})
