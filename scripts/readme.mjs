// Writes the tables of inputs (README.md) and outputs (docs/outputs.md) from action.yml; with
// --check it only says whether they are current.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const at = name => new URL(`../${name}`, import.meta.url)

/** Text of action.yml as one cell of a Markdown table. */
const cell = text =>
  text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|*<]/g, character => `\\${character}`)

const table = rows => rows.map(row => `| ${row.join(' | ')} |`).join('\n')

/** The tables by the name of their marker. */
export function tablesOf(action) {
  const inputs = Object.entries(action.inputs).map(([name, { default: value, description }]) => [
    `\`${name}\``,
    value === '' ? 'empty' : `\`${value}\``,
    cell(description),
  ])
  const outputs = Object.entries(action.outputs).map(([name, { description }]) => [
    `\`${name}\``,
    cell(description),
  ])
  return {
    inputs: table([['input', 'default', 'meaning'], ['---', '---', '---'], ...inputs]),
    outputs: table([['output', 'meaning'], ['---', '---'], ...outputs]),
  }
}

/** Where each table stands. */
const PAGES = { inputs: 'README.md', outputs: 'docs/outputs.md' }

/** A page with its table replaced; a missing or doubled marker is an error. */
export function withTable(page, name, rows) {
  const parts = page.split(new RegExp(`(?<=<!-- ${name}:start -->\n)[^]*?(?=<!-- ${name}:end -->)`))
  if (parts.length !== 2)
    throw new Error(`${PAGES[name]} needs one pair of markers ${name}:start and ${name}:end`)
  return parts.join(`\n${rows}\n\n`)
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const tables = tablesOf(parse(readFileSync(at('action.yml'), 'utf8')))
  for (const [name, path] of Object.entries(PAGES)) {
    const before = readFileSync(at(path), 'utf8')
    const after = withTable(before, name, tables[name])
    if (!process.argv.includes('--check')) writeFileSync(at(path), after)
    else if (before !== after) {
      console.error(`the table of ${path} is stale; run "node scripts/readme.mjs"`)
      process.exitCode = 1
    }
  }
}
