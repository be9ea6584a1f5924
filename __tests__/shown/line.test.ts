import { describe, expect, it } from '@jest/globals'
import { hidesLetters, inertLine, jsonLines, visible } from '../../src/shown/line.js'
import { commandsIn, HOSTILE, hostileText, UNSEEN } from '../support/hostile.js'
import { holds } from '../support/property.js'

describe('a line', () => {
  it.each([
    { given: 'plain words, 12s', text: 'plain words, 12s' },
    { given: '::add-mask::e', text: ': :add-mask::e' },
    { given: '  ::stop-commands::x', text: '  : :stop-commands::x' },
    { given: '\u00a0::error::x', text: '\u00a0: :error::x' },
    { given: ':::x', text: ': ::x' },
    { given: 'in lib::x', text: 'in lib::x' },
    { given: 'a ##[command]x', text: 'a # #[command]x' },
    { given: 'a\n::error::b', text: 'a\\u000a::error::b' },
    { given: '\u001b[31m', text: '\\u001b[31m' },
    { given: '\u061cx', text: '\\u061cx' },
    { given: '\ud800x', text: '\\ud800x' },
    { given: '\u{e0041}x', text: '\\udb40\\udc41x' },
    { given: 'ü漢🙂❤️', text: 'ü漢🙂❤️' },
  ])('is printed as $text', ({ given, text }) => {
    expect(inertLine(given)).toBe(text)
  })

  it('is one line that no runner obeys, with nothing unseen, whatever stands in it', () => {
    holds(
      [hostileText],
      text => {
        const shown = inertLine(text)
        return !UNSEEN.test(shown) && !shown.includes('\n') && commandsIn(shown).length === 0
      },
      HOSTILE.map((text): [string] => [text]),
    )
  })

  it('stays as it is when it comes a second time', () => {
    holds([hostileText], text => inertLine(inertLine(text)) === inertLine(text))
  })

  it.each(['##[', '####[', '#\u200b#[', '##\n['].map(given => ({ given })))(
    'breaks up a command however it is put together: $given',
    ({ given }) => {
      expect(visible(`${given}error]x`)).not.toContain('##[')
    },
  )
})

describe('data', () => {
  it.each([{ indent: 2 }, { indent: 0 }])(
    'says the same when it is read, hides nothing and holds no command: indent $indent',
    ({ indent }) => {
      holds(
        [hostileText],
        text => {
          const data = { text, list: [text], [text]: 1 }
          const lines = jsonLines(data, indent)
          expect(JSON.parse(lines.join('\n'))).toEqual(JSON.parse(JSON.stringify(data)))
          expect(commandsIn(lines.join('\n'))).toEqual([])
          expect(lines.filter(line => UNSEEN.test(line))).toEqual([])
        },
        HOSTILE.map((text): [string] => [text]),
      )
    },
  )
})

describe('a text that may be shown as it is', () => {
  it.each([
    { given: 'a\tb\r\nc\n', hides: false },
    { given: 'ü漢🙂❤️', hides: false },
    { given: 'a\rb', hides: true },
    { given: '\u001b[31m', hides: true },
    { given: '\u202ex', hides: true },
    { given: '\u3164x', hides: true },
    { given: '\ud800x', hides: true },
    { given: 'x\u0000', hides: true },
  ])('$given hides letters: $hides', ({ given, hides }) => {
    expect(hidesLetters(given)).toBe(hides)
  })
})
