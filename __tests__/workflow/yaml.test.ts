import { describe, expect, it } from '@jest/globals'
import { readYaml } from '../../src/workflow/yaml.js'
import type { YamlPath } from '../../src/workflow/yaml.js'

async function yaml(text: string) {
  const read = await readYaml('ci.yml', Buffer.from(text))
  if (read.kind === 'unreadable') throw new Error(read.why)
  return read
}

const why = async (text: string): Promise<string | null> => {
  const read = await readYaml('ci.yml', Buffer.from(text))
  return read.kind === 'unreadable' ? read.why : null
}

const FILE = `on: push
jobs:
  a: { x: 1, 2: [p, q] }
  b: &b
    steps:
      - run: r
      -
      - s
  c: *b
  ? [d]
  : e
`

describe('the line of what stands at a path', () => {
  it.each<{ path: YamlPath; line: number | null }>([
    { path: ['on'], line: 1 },
    { path: ['jobs'], line: 2 },
    { path: ['jobs', 'a', 'x'], line: 3 },
    { path: ['jobs', 'a', '2', 1], line: 3 },
    { path: ['jobs', 'b'], line: 4 },
    { path: ['jobs', 'b', 'steps', 0], line: 6 },
    { path: ['jobs', 'b', 'steps', 0, 'run'], line: 6 },
    { path: ['jobs', 'b', 'steps', 2], line: 8 },
    { path: ['jobs', 'c'], line: 9 },
    { path: [], line: null },
    { path: ['gone'], line: null },
    { path: ['jobs', 'd'], line: null },
    { path: ['on', 'x'], line: null },
    { path: ['jobs', 'c', 'steps'], line: null },
    { path: ['jobs', 'b', 'steps', 3], line: null },
    { path: ['jobs', 'b', 'steps', '0'], line: null },
  ])('$path: $line', async ({ path, line }) => {
    expect((await yaml(FILE)).lineOf(path)).toBe(line)
  })
})

/** A place in words: what it is, its text, and its entries by their keys with their texts. */
async function placeIn(path: YamlPath): Promise<object | null> {
  const { text, placeOf } = await yaml(FILE)
  const place = placeOf(path)
  if (place === null) return null
  const { kind, flow, start, end } = place
  const entries = place.entries.map(one => [one.key, text.slice(one.start, one.end)] as const)
  return { kind, flow, text: text.slice(start, end), entries: Object.fromEntries(entries) }
}

const plain = (kind: string, text: string, entries: object = {}): object => ({
  kind,
  flow: false,
  text,
  entries,
})

describe('where what stands at a path begins and ends', () => {
  it.each<{ path: YamlPath; place: object | null }>([
    { path: ['on'], place: plain('scalar', 'push') },
    { path: ['jobs', 'b', 'steps', 2], place: plain('scalar', 's') },
    {
      path: ['jobs', 'a'],
      place: {
        ...plain('map', '{ x: 1, 2: [p, q] }', { x: 'x: 1', 2: '2: [p, q]' }),
        flow: true,
      },
    },
    {
      path: ['jobs', 'a', 2],
      place: { ...plain('list', '[p, q]', { 0: 'p', 1: 'q' }), flow: true },
    },
    {
      path: ['jobs', 'b'],
      place: plain('map', 'steps:\n      - run: r\n      -\n      - s\n', {
        steps: 'steps:\n      - run: r\n      -\n      - s\n',
      }),
    },
    {
      path: ['jobs', 'b', 'steps'],
      place: plain('list', '- run: r\n      -\n      - s\n', { 0: 'run: r\n', 1: '', 2: 's' }),
    },
    { path: ['gone'], place: null },
    { path: ['on', 'x'], place: null },
    { path: ['jobs', 'c'], place: null },
    { path: ['jobs', 'b', 'steps', '0'], place: null },
    { path: ['jobs', 'b', 'steps', 3], place: null },
  ])('$path', async ({ path, place }) => {
    expect(await placeIn(path)).toEqual(place)
  })

  it('is told of the keys that are texts alone', async () => {
    const { placeOf } = await yaml(FILE)
    expect(placeOf(['jobs'])?.entries.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })
})

describe('how deep a file is nested', () => {
  const TOO_DEEP = 'it is nested too deeply'
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, at) => `${' '.repeat(at)}a:\n`).join('')
  const apart = (count: number, between: string): string =>
    Array.from({ length: count }, (_, at) => `${' '.repeat(at)}a:\n${between}\n`).join('')
  const keyed = (count: number): string =>
    Array.from({ length: count }, (_, at) => `${' '.repeat(at * 4)}- a:\n`).join('')
  const keys = (count: number): string =>
    Array.from({ length: count }, (_, at) => `a${at}:\n  - b: c\n    d:\n      - e\n`).join('')

  it.each([
    { rule: '63 lists on the first line', text: `${'- '.repeat(63)}a` },
    { rule: 'one more', text: `${'- '.repeat(64)}a`, says: TOO_DEEP },
    { rule: 'one more, with wide gaps', text: `${'-   '.repeat(64)}a`, says: TOO_DEEP },
    { rule: '63 maps, line by line', text: lines(63) },
    { rule: 'one more, line by line', text: lines(64), says: TOO_DEEP },
    { rule: 'a text in 63 maps', text: `${lines(63)}${' '.repeat(63)}x\n` },
    {
      rule: 'a long comment behind it, which is no line of its own',
      text: `${lines(63)}${' '.repeat(63)}x\n# a${' '.repeat(99)}\n`,
    },
    { rule: 'a text of several lines in 63', text: `${'- '.repeat(62)}a: |-\n${' '.repeat(200)}x` },
    { rule: 'a quoted text in 63', text: `${'- '.repeat(63)}"a & b!"` },
    { rule: 'a comment in 63', text: `${'- '.repeat(63)}a # b & c!` },
    { rule: 'a tag in 63', text: `${'- '.repeat(63)}!a b`, says: TOO_DEEP },
    { rule: 'many tags beside each other', text: '- !!str a\n'.repeat(100) },
    { rule: 'many anchors in one line', text: `[${'&a b, '.repeat(100)}]` },
    { rule: 'tags of one value, far apart', text: '!a  '.repeat(65), says: TOO_DEEP },
    { rule: '64 maps with blank lines between them', text: apart(64, ' '), says: TOO_DEEP },
    { rule: '64 maps with comments between them', text: apart(64, '# a'), says: TOO_DEEP },
    { rule: '63 maps with comments between them', text: apart(63, '# a') },
    {
      rule: 'lists over two lines',
      text: `${'- '.repeat(32)}\n${' '.repeat(64)}${'- '.repeat(32)}a`,
      says: TOO_DEEP,
    },
    {
      rule: 'one less over two lines',
      text: `${'- '.repeat(32)}\n${' '.repeat(64)}${'- '.repeat(31)}a`,
    },
    {
      rule: 'empty keys over two lines',
      text: `${': '.repeat(33)}\n${' '.repeat(66)}${': '.repeat(33)}a`,
      says: TOO_DEEP,
    },
    {
      rule: 'the deepest list but one goes on in the next line',
      text: `${'- '.repeat(63)}a\n${' '.repeat(124)}- b`,
    },
    { rule: 'a key in each list, line by line, 31 times', text: keyed(31) },
    { rule: 'once more', text: keyed(32), says: TOO_DEEP },
    { rule: 'the same within a key', text: `a:\n${keyed(31).replaceAll(/^/gm, '  ')}` },
    {
      rule: '63 maps behind a key, with lines that end as on Windows',
      text: `x: 1\n${lines(63)}`.replaceAll('\n', '\r\n'),
    },
    { rule: 'lists of one place, line by line', text: '- - a\n'.repeat(100) },
    { rule: 'keys with lists, line by line', text: keys(100) },
    {
      rule: 'lists behind the start of a document, which are none',
      text: `--- ${'- '.repeat(63)}a`,
      says: 'it is no YAML (line 1)',
    },
  ])('$rule', async ({ text, says = null }) => {
    expect(await why(text)).toBe(says)
  })
})

it('a file has a hundred thousand parts at most', async () => {
  const text = '\n'.repeat(100_000)
  expect(await why(text)).toBeNull()
  expect(await why(`${text}\n`)).toBe('it has too many parts')
})
