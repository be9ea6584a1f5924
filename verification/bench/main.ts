// npm run bench [-- --quick] [--github] [--load] [--previous <ref>] [--out <folder>]; see the
// README.md here.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isFresh } from '../../scripts/sources.js'
import { githubMemory } from './github-memory.js'
import { FULL, QUICK } from './grid.js'
import { loadReport, loads } from './load.js'
import { measure } from './measure.js'
import type { Results } from './measure.js'
import type { Previous } from './previous.js'
import { previousRef, unpack } from './previous.js'
import { reportOf } from './report.js'

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  github: { type: 'boolean', default: false },
  load: { type: 'boolean', default: false },
  previous: { type: 'string' },
  out: { type: 'string' },
} as const

/** Figures to a thousandth: what stands behind is noise. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value

interface Asked {
  readonly quick: boolean
  /** Is the memory on GitHub measured alone? The other figures stay those that were kept. */
  readonly github: boolean
  /** Are large repositories measured alone? */
  readonly load: boolean
  readonly previous?: string
  readonly out?: string
}

const ALLOWED = '--quick, --github, --load, --previous <ref>, --out <folder>'

/** What was asked for, or every fault of it. */
function readAsked(words: readonly string[]): Asked | { readonly faults: readonly string[] } {
  const { values, tokens, positionals } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const names = tokens.flatMap(token => (token.kind === 'option' ? [token.name] : []))
  const unknown = [...names.filter(name => !(name in OPTIONS)), ...positionals]
  const text = (name: 'previous' | 'out'): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const [previous, out] = [text('previous'), text('out')]
  const faults = [
    ...unknown.map(name => `given "${name}"; allowed: ${ALLOWED}`),
    ...(['previous', 'out'] as const)
      .filter(name => names.includes(name) && text(name) === undefined)
      .map(name => `--${name}: nothing was given`),
    ...(out === undefined || existsSync(out)
      ? []
      : [`--out: given "${out}"; allowed: a folder that exists`]),
    ...(isFresh(process.cwd()) ? [] : ['dist is older than src: npm run build']),
  ]
  if (faults.length > 0) return { faults }
  const quick = values.quick === true
  const github = values.github === true
  const load = values.load === true
  return { quick, github, load, ...(previous && { previous }), ...(out && { out }) }
}

/** Measures, prints the report, and keeps it. */
async function bench({ quick, out }: Asked, previous: Previous | null): Promise<void> {
  const found = await measure(quick ? QUICK : FULL, previous, line => {
    process.stderr.write(`${line}\n`)
  })
  keep({ quick, ...found }, out)
}

const KEPT = 'verification/bench'

/** Measures what GitHub's part of the report shows, beside the figures that were kept. */
async function benchGithub({ quick, out }: Asked): Promise<void> {
  const kept = JSON.parse(readFileSync(join(KEPT, 'latest.json'), 'utf8')) as Results
  const github = await githubMemory((quick ? QUICK : FULL).github)
  keep({ ...kept, quick, github }, out)
}

function keep(results: Results, out: string | undefined): void {
  const { quick } = results
  const report = reportOf(results)
  process.stdout.write(report)
  // A quick run is a trial: it leaves the kept results alone, unless it is told where to write.
  const folder = out ?? (quick ? null : KEPT)
  if (folder === null) return
  writeFileSync(join(folder, 'RESULTS.md'), report)
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(results, rounded, 2)}\n`)
}

/** Measures large repositories, whose figures stand in a file of their own. */
async function benchLoad({ out }: Asked): Promise<void> {
  const found = await loads(line => {
    process.stderr.write(`${line}\n`)
  })
  const report = loadReport(found)
  process.stdout.write(report)
  writeFileSync(join(out ?? KEPT, 'LOAD.md'), report)
  if (found.some(({ fault }) => fault !== null)) process.exitCode = 1
}

function refuse(faults: readonly string[]): void {
  process.stderr.write(`nothing was measured. ${faults.join(' | ')}\n`)
  process.exitCode = 1
}

const asked = readAsked(process.argv.slice(2))
if ('faults' in asked) refuse(asked.faults)
else if (asked.github) await benchGithub(asked)
else if (asked.load) await benchLoad(asked)
else {
  const ref = asked.previous ?? previousRef()
  const previous = ref === null ? null : unpack(ref)
  if (previous === null && asked.previous !== undefined)
    refuse([
      `--previous: given "${asked.previous}"; allowed: a commit or tag of this clone that holds ` +
        'dist/index.js',
    ])
  else
    try {
      await bench(asked, previous)
    } finally {
      previous?.remove()
    }
}
