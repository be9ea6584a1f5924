// The pictures of the documentation, from what people see (in docs/pictures): the demo's last
// table as SVG; one pull request before and after, as a page and, where Chromium is installed, its
// photograph. Both that page and the job summary are photographed at two widths to look at (in
// build/pictures). `--check` only says whether table and page are what the bundle prints now.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { marked } from 'marked'
import { mergeBoxPage } from './merge-box.js'

const SVG = 'docs/pictures/demo.svg'
const PAGE = 'docs/pictures/merge-box.html'
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

/**
 * A photograph of a page, cut at its end. Chromium opens no window narrower than 500 pixels, so a
 * narrower page has white beside it.
 */
function photograph(page: string, png: string, width: number): void {
  const window = Math.max(width, 500)
  const taken = (height: number, ...more: readonly string[]): string =>
    execFileSync(
      CHROMIUM,
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
        `--window-size=${window},${height}`,
        ...more,
        `file://${process.cwd()}/${page}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
    )
  // The page says itself how high it is: its title, once it is drawn.
  const height = /<title>(\d+)<\/title>/.exec(taken(400, '--dump-dom'))?.[1]
  taken(Number(height ?? 1800), `--screenshot=${png}`)
  console.log(png)
}

/** The same page for one width, which tells its height as its title. */
function photographed(html: string, name: string, width: number, png: string): void {
  const page = `${BUILT}/${name}-${width}.html`
  const measured =
    `<style>body{box-sizing:border-box;width:${width}px}</style>` +
    '<script>' +
    'document.title=Math.ceil(document.documentElement.getBoundingClientRect().height)</script>'
  writeFileSync(page, html + measured)
  photograph(page, png, width)
}

/** Whether a picture that is kept is the one that is drawn now; writes it if it may. */
function keep(path: string, drawnNow: string): void {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, drawnNow)
    console.log(path)
  } else if (readFileSync(path, 'utf8') !== drawnNow) {
    console.error(`${path} is stale; run "npm run pictures"`)
    process.exitCode = 1
  }
}

const page = await mergeBoxPage()
keep(SVG, drawn(demo('gitea-1.26.4'), 'What a sweep did to each pull request'))
keep(PAGE, page)
if (!process.argv.includes('--check')) {
  mkdirSync(BUILT, { recursive: true })
  demo('gitea-1.27.0', { DEMO_SUMMARY: `${BUILT}/summary.md` })
  const summary = readFileSync(`${BUILT}/summary.md`, 'utf8')
  if (existsSync(CHROMIUM)) {
    photographed(page, 'merge-box', 960, 'docs/pictures/merge-box.png')
    photographed(page, 'merge-box', 400, `${BUILT}/merge-box-400.png`)
    for (const width of [1280, 400])
      photographed(pageOf(summary, width), 'summary', width, `${BUILT}/summary-${width}.png`)
  } else console.log(`${CHROMIUM} is not there (Debian: apt-get install chromium): no photographs`)
}
