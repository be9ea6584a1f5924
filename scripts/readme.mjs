// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only says
// whether they are current.
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

/** The README with its tables replaced; a missing or doubled marker is an error. */
export function withTables(readme, tables) {
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const parts = text.split(
      new RegExp(`(?<=<!-- ${name}:start -->\n)[^]*?(?=<!-- ${name}:end -->)`),
    )
    if (parts.length !== 2)
      throw new Error(`README.md needs exactly one pair of markers ${name}:start and ${name}:end`)
    return parts.join(`\n${rows}\n\n`)
  }, readme)
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const before = readFileSync(at('README.md'), 'utf8')
  const after = withTables(before, tablesOf(parse(readFileSync(at('action.yml'), 'utf8'))))
  if (!process.argv.includes('--check')) writeFileSync(at('README.md'), after)
  else if (before !== after) {
    console.error('the tables of README.md are stale; run "node scripts/readme.mjs"')
    process.exitCode = 1
  }
}
