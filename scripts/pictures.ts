// The pictures of the documentation, from what people really see: the demo's last table as SVG (in
// docs/pictures), and, where Chromium is installed, the job summary at two widths (in
// build/pictures, to look at). `--check` only says whether the SVG is what the demo prints now.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { marked } from 'marked'

const SVG = 'docs/pictures/demo.svg'
const BUILT = 'build/pictures'
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Colours that can be told apart on a dark ground, by the codes of a terminal. */
const COLOURS: Readonly<Record<string, string>> = {
  '32': '#7ee787',
  '31': '#ff7b72',
  '33': '#e3b341',
  '2': '#8b949e',
}
const GROUND = '#0d1117'
const TEXT = '#e6edf3'
const SIZE = { width: 7.9, height: 20, margin: 16 }

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One line of a terminal: a style holds for all of it. */
function lineOf(line: string, at: number): string {
  // eslint-disable-next-line no-control-regex
  const codes = [...line.matchAll(/\u001b\[(\d+)m/g)].map(([, code = '']) => code)
  const fill = COLOURS[codes[0] ?? ''] ?? TEXT
  const weight = codes[0] === '1' ? ' font-weight="bold"' : ''
  const y = SIZE.margin + (at + 1) * SIZE.height - 5
  const text = escape(stripVTControlCharacters(line))
  const place = `x="${SIZE.margin}" y="${y}"`
  return `<text ${place} fill="${fill}"${weight} xml:space="preserve">${text}</text>`
}

/** What a terminal showed, as a picture. */
function drawn(lines: readonly string[], title: string): string {
  const columns = Math.max(...lines.map(line => stripVTControlCharacters(line).length))
  const width = Math.ceil(columns * SIZE.width + 2 * SIZE.margin)
  const height = lines.length * SIZE.height + 2 * SIZE.margin
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">',
    ...lines.map(lineOf),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** The demo's output from its last heading on: what it did, and the gates afterwards. */
function demo(profile: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const printed = execFileSync('node', ['--import', 'tsx', 'scripts/demo.ts', profile], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', ...env },
  })
  const lines = printed
    .trimEnd()
    .split('\n')
    .map(line => line.trimEnd())
  const start = lines.findLastIndex(line => stripVTControlCharacters(line) === 'After')
  if (start < 0) throw new Error('the demo has no heading "After"')
  return ['$ npm run demo', '', ...lines.slice(start + 1)]
}

/** The job summary as a page of this width in pixels, in a style near to that of Gitea. */
function pageOf(markdown: string, width: number): string {
  return (
    '<!doctype html><meta charset="utf-8">' +
    '<style>body{font:14px/1.5 sans-serif;margin:16px;overflow-wrap:anywhere;' +
    `width:${width - 32}px}` +
    'pre{background:#f3f3f3;padding:8px;overflow:auto}table{border-collapse:collapse}' +
    'td,th{border:1px solid #ccc;padding:4px 8px}code{background:#f3f3f3}</style>' +
    marked.parse(markdown, { async: false })
  )
}

/** A photograph of the summary. Chromium opens no window narrower than 500 pixels. */
function photograph(markdown: string, width: number): void {
  const [page, path] = ['html', 'png'].map(end => `${BUILT}/summary-${width}.${end}`)
  writeFileSync(page ?? '', pageOf(markdown, width))
  execFileSync(
    CHROMIUM,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      `--window-size=${Math.max(width, 500)},1800`,
      `--screenshot=${path ?? ''}`,
      `file://${process.cwd()}/${page ?? ''}`,
    ],
    { stdio: 'ignore', timeout: 60_000 },
  )
  console.log(path)
}

const picture = drawn(demo('gitea-1.26.4'), 'What a sweep did to each pull request')
if (process.argv.includes('--check')) {
  if (readFileSync(SVG, 'utf8') !== picture) {
    console.error(`${SVG} is stale; run "npm run pictures"`)
    process.exitCode = 1
  }
} else {
  writeFileSync(SVG, picture)
  console.log(SVG)
  mkdirSync(BUILT, { recursive: true })
  demo('gitea-1.27.0', { DEMO_SUMMARY: `${BUILT}/summary.md` })
  const summary = readFileSync(`${BUILT}/summary.md`, 'utf8')
  if (existsSync(CHROMIUM)) for (const width of [1280, 400]) photograph(summary, width)
  else console.log(`${CHROMIUM} is not there (Debian: apt-get install chromium): no photographs`)
}
