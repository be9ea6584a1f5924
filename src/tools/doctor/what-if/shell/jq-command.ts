import { UNTOLD } from '../expression.js'
import { unknown } from '../unknown.js'
import type { Json } from './jq-value.js'
import { JqError, isTruthy } from './jq-value.js'
import { programOf } from './jq.js'
import type { Shell } from './state.js'
import { knownText } from './state.js'

/** Several texts of JSON, one behind the other, as jq reads them. */
function jqInputs(text: string): readonly Json[] {
  if (text.trim() === '') return []
  try {
    return [JSON.parse(text) as Json]
  } catch {
    // One to a line.
  }
  try {
    return text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Json)
  } catch {
    throw new JqError('no JSON')
  }
}

interface Options {
  readonly flags: string
  readonly program: string
  readonly variables: ReadonlyMap<string, Json>
}

const LONG: Readonly<Record<string, string>> = {
  '--exit-status': 'e',
  '--raw-output': 'r',
  '--compact-output': 'c',
  '--slurp': 's',
  '--null-input': 'n',
}

function jqOptions(words: readonly string[]): Options {
  const rest = [...words]
  const variables = new Map<string, Json>()
  let flags = ''
  let program: string | null = null
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--arg' || word === '--argjson') {
      const [name = '', value = ''] = [rest.shift(), rest.shift()]
      variables.set(name, word === '--arg' ? value : (jqInputs(value)[0] ?? null))
    } else if (/^-[ercnsjaM]+$/.test(word)) flags += word.slice(1)
    else if (word in LONG) flags += LONG[word] ?? ''
    else if (word.startsWith('-') || program !== null)
      return unknown('"jq" with an option or a file')
    else program = word
  }
  return program === null ? unknown('"jq" without a program') : { flags, program, variables }
}

function jqOutput(value: Json, flags: string): string {
  if (/[rj]/.test(flags) && typeof value === 'string') return value
  return JSON.stringify(value, null, flags.includes('c') ? 0 : 2)
}

/** `jq` of its input: prints what it yields, and ends as it does. */
export function jqCommand(words: readonly string[], shell: Shell): number {
  try {
    const { flags, program, variables } = jqOptions(words)
    const run = programOf(program)
    if (shell.input === null && !flags.includes('n')) return unknown('"jq" of a file')
    const read = flags.includes('n') ? [null] : jqInputs(shell.input ?? '')
    const all = flags.includes('s') ? [[...read] as Json] : read
    let last: Json | undefined
    for (const input of all)
      for (const value of run(input, variables)) {
        last = value
        const text = jqOutput(value, flags)
        // What is printed of outputs may be read by what follows.
        shell.out += text + (flags.includes('j') ? '' : '\n')
      }
    if (!flags.includes('e')) return 0
    if (last === undefined) return 4
    if (typeof last === 'string' && last.includes(UNTOLD)) knownText(last)
    return isTruthy(last) ? 0 : 1
  } catch (error) {
    if (!(error instanceof JqError)) throw error
    return 5
  }
}
