// The bundled action sweeps a simulated server over real HTTP: before, its log, after.
import { existsSync, writeFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { runBundle } from '../__tests__/support/bundle.js'
import { partOf, statusWord } from '../src/sweep/report/parts.js'
import type { SweepReport } from '../src/sweep/report/report.js'
import { demoWorld } from '../verification/simulator/demo-world.js'
import { serve, takeReruns } from '../verification/simulator/index.js'
import { UMBRELLA } from '../verification/simulator/stories.js'
import { serverNamed, SERVERS_HELP } from './chosen-server.js'

const [wanted = 'gitea-1.26.4'] = process.argv.slice(2)
if (['--help', '-h', 'help'].includes(wanted)) {
  console.log(
    'usage: npm run demo -- [SERVER]\n\nSweeps a simulated server; nothing leaves this machine.',
  )
  console.log(SERVERS_HELP)
  process.exit(0)
}
const profile = serverNamed(wanted)
if (!existsSync('dist/index.js')) throw new Error('dist/index.js is missing: run npm run build')

const COLUMNS = 80
const colours =
  process.env['FORCE_COLOR'] !== undefined ||
  (process.stdout.isTTY && process.env['NO_COLOR'] === undefined)
type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim'
const paint = (style: Style, text: string): string =>
  colours ? styleText(style, text, { validateStream: false }) : text

/** What a row means to whoever reads it. */
const STYLES: Readonly<Record<ReturnType<typeof partOf>, Style>> = {
  repaired: 'green',
  alarm: 'red',
  person: 'yellow',
  'rightly-red': 'yellow',
  waiting: 'dim',
  left: 'dim',
}

const WIDTHS = [4, 38, 20, 15] as const
const row = (cells: readonly string[], style?: Style): string => {
  const text = cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd()
  return style === undefined ? text : paint(style, text)
}

/** A line of the log, broken where the terminal ends. */
function wrapped(line: string): readonly string[] {
  const lines: string[] = []
  let rest = `  ${line}`
  while (rest.length > COLUMNS) {
    const at = rest.lastIndexOf(' ', COLUMNS)
    const cut = at > 4 ? at : COLUMNS
    lines.push(rest.slice(0, cut))
    rest = `      ${rest.slice(cut).trimStart()}`
  }
  return [...lines, rest]
}

const { forge, pulls } = demoWorld(profile)
const umbrella = (number: number): string =>
  forge
    .latest(forge.head(number))
    .filter(({ context }) => context === UMBRELLA)
    .map(({ state }) => state)
    .join('+') || 'none'
const gate = (number: number): string => (forge.gate(number).mergeable ? 'open' : 'blocked')
const before = new Map(pulls.map(({ number }) => [number, gate(number)]))

console.log(paint('bold', `\nBefore: ${pulls.length} pull requests on a simulated ${profile}`))
console.log(row(['', '', 'umbrella', 'merge']))
for (const { number, shows } of pulls)
  console.log(row([`#${number}`, shows, umbrella(number), gate(number)]))

const server = await serve(forge)
// A runner of the server: without one a re-run would be waited for until the sweep gives up.
takeReruns(server, run => {
  forge.runAll(run)
})
const run = await runBundle({
  apiUrl: server.apiUrl,
  repo: 'acme/widgets',
  token: server.token,
})
const writes = server.requests.filter(({ method }) => method === 'POST').length
await server.close()
const keep = process.env['DEMO_SUMMARY']
if (keep !== undefined) writeFileSync(keep, run.summary)

console.log(paint('bold', '\nThe log of the action'))
console.log(
  run.stdout
    .split('\n')
    .filter(line => line !== '' && !/^::(add-mask|set-output|endgroup)/.test(line))
    .map(line => line.replace(/^::(?:group|error)::/, ''))
    .flatMap(wrapped)
    .join('\n'),
)
console.log(`  (${server.requests.length} requests, ${writes} of them writes)`)

console.log(paint('bold', '\nAfter'))
console.log(row(['', 'what happened', 'what was done', 'merge']))
const report = run.report as SweepReport | null
for (const { number, shows } of pulls) {
  const said = report?.pulls.find(pull => pull.number === number)
  const part = said === undefined ? 'left' : partOf(said)
  const word =
    said === undefined
      ? 'left alone'
      : part === 'rightly-red'
        ? 'nothing: rightly red'
        : part === 'person'
          ? 'needs a person'
          : statusWord(said)
  const was = before.get(number) ?? ''
  const is = gate(number)
  console.log(row([`#${number}`, shows, word, was === is ? is : `${was} > ${is}`], STYLES[part]))
}
console.log('')
// An alarm ends the sweep red, and the demo has one.
process.exitCode = report === null || report.problem !== null ? 1 : 0
