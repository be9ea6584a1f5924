// The bundled action sweeps a simulated server over real HTTP: before, what it did and why, after.
// `npm run demo -- gitea-1.22.6` for another server.
import { existsSync, writeFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { runBundle } from '../__tests__/support/bundle.js'
import type { ProfileName } from '../verification/simulator/index.js'
import { createForge, PROFILES, serve, takeReruns } from '../verification/simulator/index.js'
import { REQUIRED, STORIES, UMBRELLA } from '../verification/simulator/stories.js'

const wanted = process.argv[2] ?? 'gitea-1.26.4'
if (!Object.hasOwn(PROFILES, wanted))
  throw new Error(`no profile ${wanted}; there are: ${Object.keys(PROFILES).join(', ')}`)
const profile = wanted as ProfileName
if (!existsSync('dist/index.js')) throw new Error('dist/index.js is missing: run npm run build')

const colours =
  process.env['FORCE_COLOR'] !== undefined ||
  (process.stdout.isTTY && process.env['NO_COLOR'] === undefined)
type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim'
const paint = (style: Style, text: string): string =>
  colours ? styleText(style, text, { validateStream: false }) : text
/** What a row means to whoever reads it: repaired, dangerous, somebody's work, or nothing to do. */
const STYLES: Readonly<Record<string, Style>> = {
  repair: 'green',
  alarm: 'red',
  refuse: 'yellow',
  wait: 'dim',
  quiet: 'dim',
}
const row = (cells: readonly string[], widths: readonly number[], style?: Style): string => {
  const text = cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd()
  return style === undefined ? text : paint(style, text)
}

const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
forge.push({ branch: 'release' })
for (const branch of ['main', 'release']) forge.protect(branch, [UMBRELLA])
const pulls = STORIES.map(story => ({ ...story, number: story.make(forge) }))
forge.clock.advance('12m')

const umbrella = (number: number): string =>
  forge
    .latest(forge.head(number))
    .filter(({ context }) => context === UMBRELLA)
    .map(({ state }) => state)
    .join('+') || 'none'
const gate = (number: number): string => (forge.gate(number).mergeable ? 'open' : 'closed')
const before = new Map(
  pulls.map(({ number }) => [number, { umbrella: umbrella(number), gate: gate(number) }]),
)

console.log(paint('bold', `\nBefore: ${pulls.length} pull requests on a simulated ${profile}`))
for (const { number, name, shows } of pulls)
  console.log(row([`#${number}`, name, before.get(number)?.umbrella ?? '', shows], [4, 14, 8, 0]))

const server = await serve(forge)
// A runner of the server: without one a re-run would be waited for until the sweep gives up.
takeReruns(server, run => {
  forge.runAll(run)
})
const run = await runBundle({
  apiUrl: server.apiUrl,
  repo: 'acme/widgets',
  token: server.token,
  inputs: { 'required-contexts': REQUIRED.join('\n') },
})
const posts = server.requests.filter(({ method }) => method === 'POST').length
await server.close()
const keep = process.env['DEMO_SUMMARY']
if (keep !== undefined) writeFileSync(keep, run.summary)

console.log(
  paint(
    'bold',
    `\nThe action's own log (node dist/index.js, ${Math.round(run.ms)} ms, ` +
      `${server.requests.length} requests, ${posts} of them writes)`,
  ),
)
console.log(
  run.stdout
    .split('\n')
    .filter(line => !/^::(add-mask|set-output|(?:warning|error) title=)/.test(line))
    .map(line => `  ${line.replace(/^::(group::)?(endgroup::)?/, '')}`)
    .join('\n')
    .trimEnd(),
)

console.log(paint('bold', '\nAfter'))
const report = run.report as {
  pulls: { number: number; kind: string; reason: string; outcome: string }[]
} | null
const widths = [4, 14, 28, 20, 18, 18]
console.log(row(['', '', 'verdict', 'outcome', 'umbrella', 'merge gate'], widths))
for (const { number, name } of pulls) {
  const said = report?.pulls.find(pull => pull.number === number)
  const was = before.get(number)
  const change = (from: string | undefined, to: string): string =>
    from === to ? to : `${from ?? '?'} > ${to}`
  console.log(
    row(
      [
        `#${number}`,
        name,
        said === undefined ? 'left alone' : `${said.kind}: ${said.reason}`,
        said?.outcome ?? 'none',
        change(was?.umbrella, umbrella(number)),
        change(was?.gate, gate(number)),
      ],
      widths,
      STYLES[said?.kind ?? 'quiet'],
    ),
  )
}
console.log('')
process.exitCode = run.code ?? 1
