import { describe, expect, it } from '@jest/globals'
import { markdown, plain } from '../../../src/sweep/report/text.js'
import { commandsIn, HOSTILE, hostileText, UNSEEN } from '../../support/hostile.js'
import { structureOf } from '../../support/markdown.js'
import { holds } from '../../support/property.js'

const examples = HOSTILE.map((text): [string] => [text])

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

  it('has one line, nothing unseen and no runner command', () => {
    holds(
      [hostileText],
      text => !UNSEEN.test(plain(text)) && !plain(text).includes('##['),
      examples,
    )
  })

  it('is cut where it was asked to, and no letter in two', () => {
    expect(plain('a'.repeat(400), 60)).toBe(`${'a'.repeat(60)}…`)
    expect(plain('a'.repeat(60), 60)).toBe('a'.repeat(60))
    expect(plain('🙂🙂', 3)).toBe('🙂…')
  })
})

/** Where a text of others may stand: behind text of ours, or at the start of whatever it may be. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'at the start of a line': text => text,
  'at the start of a line behind another': text => `words\n${text}\nmore words`,
  'behind a word of ours': text => `words ${text} more words`,
  'right behind a word of ours': text => `words${text}`,
  'before a link of ours': text => `${text}[#1](<http://127.0.0.1/1>)`,
  'in a list': text => `- ${text}\n- x`,
  'below an item of a list': text => `- x  \n  ${text}  \n  x`,
  'in a cell of a table': text => `| a | b |\n| --- | --- |\n| ${text} | x |\n`,
  'in the text of a link': text => `[${text}](<http://127.0.0.1/1>)`,
  'in bold': text => `**a ${text} b**`,
  'in a quote': text => `> ${text}`,
  'in a code span': text => `a \`x${text}x\` b`,
}

describe('text for Markdown', () => {
  it.each([
    { given: 'a|b', text: 'a&#124;b' },
    { given: '`x`', text: '&#96;x&#96;' },
    { given: '\\', text: '\\\\' },
    { given: '@everyone', text: '@&#8203;everyone' },
    { given: '<b', text: '&lt;b' },
    { given: 'see WWW.evil.example', text: 'see WWW&#8203;.evil.example' },
    { given: '_www.evil.example', text: '\\_www&#8203;.evil.example' },
    { given: 'Awww.evil.example', text: 'Awww&#8203;.evil.example' },
    { given: 'ftp://x', text: 'ftp:&#8203;//x' },
    { given: '&amp;', text: '&amp;amp;' },
    { given: '# PWNED', text: '\\# PWNED' },
    { given: '> quote', text: '&gt; quote' },
    { given: '- item', text: '\\- item' },
    { given: '12. item', text: '12\\. item' },
    { given: '  code', text: 'code' },
    { given: 'of #12 and GH-7', text: 'of #&#8203;12 and GH-&#8203;7' },
    { given: '$x$', text: '&#36;x&#36;' },
    { given: '5/5 green in run 4 (statuses)', text: '5/5 green in run 4 (statuses)' },
  ])('writes $text', ({ given, text }) => {
    expect(markdown(given)).toBe(text)
  })

  it.each(Object.entries(PLACES).map(([name, place]) => ({ name, place })))(
    '$name is words, and nothing else',
    ({ place }) => {
      const words = structureOf(place('word'))
      holds(
        [hostileText],
        text => {
          const shown = markdown(text)
          // A place without a word is another one.
          if (shown !== '') expect(structureOf(place(shown))).toEqual(words)
        },
        examples,
      )
    },
  )

  it('leaves no mention, no reference, no address, nothing unseen and no runner command', () => {
    holds(
      [hostileText],
      text => {
        const shown = markdown(text)
        // Servers look for these after the entities: a space of no width stands in between.
        const decoded = shown
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&')
        expect(decoded).not.toMatch(/@[\w-]|[#!]\d|\bGH-\d|:\/\/|\bwww\./i)
        expect(shown).not.toMatch(UNSEEN)
        expect(commandsIn(shown).filter(line => line.includes('##['))).toEqual([])
      },
      examples,
    )
  })
})
